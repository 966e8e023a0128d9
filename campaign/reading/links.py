"""What a link does when it is tapped: which number it dials or writes to, which address it opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from campaign.reading import addresses
from campaign.reading.fold import fold

PHONE, EMAIL, WEB = "phone", "email", "web"

#: Schemes whose rest is a number (RFC 3966, RFC 5724, and what telephones take beside them).
_NUMBER_FIRST = frozenset(
    {"tel", "sms", "smsto", "mms", "mmsto", "callto", "facetime", "facetime-audio", "skype", "sip", "sips"}
)
#: Schemes and hosts that write to a number which a parameter names.
_PARAMETERS = ("phone", "number", "to", "recipient")
_MESSENGERS = frozenset({"whatsapp", "viber", "tg", "sgnl", "signal", "imo", "line"})
#: Hosts that stand for a number: what follows is the number itself, or the parameter `phone`.
_NUMBER_HOSTS = frozenset({"wa.me", "api.whatsapp.com", "web.whatsapp.com", "signal.me", "viber.click"})
_NAME_HOSTS = frozenset({"t.me", "telegram.me"})
_IN_SCRIPT = re.compile(r"(?i)\b(?:tel|sms|smsto|mailto|whatsapp|viber|tg|https?):[^\s'\"`<>]{1,2000}")
_DIALLED = re.compile(r"\+?[ (]{0,2}\d[\d ()./-]{1,40}")


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: `kind` is phone, email or web, `text` the number or the address; `link` the link itself."""

    kind: str
    text: str
    link: str


def targets(link: str) -> tuple[Target, ...]:
    """What a link leads to: none for a place on the same page or something that is neither called nor opened.

    A script is looked through for links that stand in it. Percent signs are decoded, parameters taken off.
    """
    link = link.strip()
    scheme, colon, rest = link.partition(":")
    scheme = scheme.lower()
    if not colon or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
        return _web(f"https:{link}", link) if link.startswith("//") else ()
    if scheme in ("javascript", "data", "vbscript"):
        return tuple(t for inner in _IN_SCRIPT.findall(unquote(rest)) for t in targets(inner))
    if scheme in ("http", "https"):
        return _web(link, link)
    if scheme == "mailto":
        return _mails(rest, link)
    if scheme in _NUMBER_FIRST:
        return _number_first(scheme, rest, link)
    if scheme in _MESSENGERS:
        return _messenger(scheme, rest, link)
    return (
        tuple(t for inner in re.findall(r"(?i)\btel:[^;#]+", link) for t in targets(inner))
        if scheme == "intent"
        else ()
    )


def script_links(script: str) -> tuple[str, ...]:
    """The links that stand in a piece of script (`location.href='tel:…'`)."""
    return tuple(_IN_SCRIPT.findall(script))


def dialled(address: str) -> str:
    """The number that a web address stands for (`wa.me/3232011690`), with its plus sign; empty for any other one."""
    found = _web(address if "://" in address else f"https://{address}", address)
    return found[0].text if found and found[0].kind == PHONE else ""


def _number_first(scheme: str, rest: str, link: str) -> tuple[Target, ...]:
    plain = fold(unquote(rest.partition("?")[0].partition(";")[0])).text.strip().removeprefix("//")
    if scheme in ("sip", "sips", "skype") and not _DIALLED.fullmatch(plain.partition("@")[0]):
        return ()
    found = []
    for part in re.split(r"[,&]", plain.partition("@")[0]):
        if number := part.strip():
            context = re.search(r"(?i);phone-context=(\+\d+)", unquote(rest))
            whole = f"{context[1]} {number}" if context and not number.startswith("+") else number
            found.append(Target(PHONE, whole, link))
    return tuple(found)


def _messenger(scheme: str, rest: str, link: str) -> tuple[Target, ...]:
    values = _query(rest.partition("?")[2])
    number = next((values[name] for name in _PARAMETERS if values.get(name)), "")
    if number:
        return (_abroad(number, link),)
    if scheme == "tg" and (name := values.get("domain")):
        return (Target(WEB, f"https://t.me/{name}", link),)
    if scheme in ("sgnl", "signal") and (inner := re.search(r"#p/(.+)", unquote(rest))):
        return (_abroad(inner[1], link),)
    return ()


def _web(address: str, link: str) -> tuple[Target, ...]:
    try:
        parts = urlsplit(address)
        host = addresses.host_key(parts.hostname or "")
    except ValueError:
        return (Target(WEB, address, link),)
    if not host:
        return ()
    path = unquote(parts.path).strip("/")
    if host in _NUMBER_HOSTS:
        values = _query(parts.query)
        number = next((values[name] for name in _PARAMETERS if name in values), "")
        number = number or path or unquote(parts.fragment).removeprefix("p/")
        if _DIALLED.fullmatch(fold(number).text.strip()):
            return (_abroad(number, link),)
    if host in _NAME_HOSTS and re.fullmatch(r"\+\d{7,15}", path):
        return (_abroad(path, link),)
    return (Target(WEB, address, link),)


def _abroad(number: str, link: str) -> Target:
    """A number of a messenger: always with its calling code, with or without its plus sign."""
    plain = fold(number).text.strip().lstrip("+ ")
    return Target(PHONE, f"+{plain.removeprefix('00')}", link)


def _mails(rest: str, link: str) -> tuple[Target, ...]:
    people, _, query = rest.partition("?")
    values = _query(query)
    listed = ",".join(filter(None, (unquote(people), values.get("to"), values.get("cc"), values.get("bcc"))))
    return tuple(Target(EMAIL, fold(one).text.strip(), link) for one in re.split(r"[,;]", listed) if one.strip())


def _query(query: str) -> dict[str, str]:
    # A plus sign of a number is a plus sign, whatever forms make of it.
    found = parse_qs(query.replace("+", "%2B"), separator="&", max_num_fields=64) if query.count("&") < 64 else {}
    return {name.lower(): values[0] for name, values in found.items()}
