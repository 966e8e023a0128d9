"""Answers that came back as the text of an e-mail: found anywhere in it, whatever the mail program made of its lines.

The page offers a block of base64 between two marks, with a check sum: wrapping, quoting, greetings and smart quotes do
not touch it, and what is damaged is said to be. Pages that were sent out before offered bare JSON, which is put
together again as well as can be.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import html
import json
import re
import zlib
from collections.abc import Iterator

from campaign import foreign
from campaign.errors import CampaignError

_GAP = r"[\s>|*_]+"
_BEGIN = re.compile(rf"CAMPAIGN{_GAP}ANSWERS{_GAP}BEGIN", re.IGNORECASE)
_END = re.compile(rf"CAMPAIGN{_GAP}ANSWERS{_GAP}END{_GAP}([0-9a-f]{{8}})(?![0-9a-z])", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_QUOTED = re.compile(r"(?m)^[ \t]*(?:\w{0,3}>[ \t]?)+")

#: What stands in every answer file, and how mail programs write the quotes around it.
_NAMED = re.compile(r"\{\s*[\"“”„«»]campaign-answers[\"“”„«»]")
_QUOTES = frozenset('"“”„«»')
#: What follows the quote that ends a JSON string: the end of a list, or the next name or value.
_AFTER = re.compile(r"\s*(?:[:}\]]|,\s*[\"“”„«»{\[])")

#: How a message begins that was saved as a file (.eml).
_MESSAGE = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")


def find(data: bytes, name: str) -> bytes | None:
    """The answer file that a text holds, None where it holds none.

    Raises:
        CampaignError: a block that is damaged, or two different ones.
    """
    charset, rest = foreign.marked(data)
    whole = rest.decode(charset or "utf-8", "replace")
    texts = [*_parts(rest, whole)] or [whole]
    blocks = [block for text in texts for block in _blocks(text)]
    found = {block for block in blocks if isinstance(block, bytes)}
    if len(found) > 1:
        raise _no(name, "holds the answers of two packs, or two versions of them")
    if blocks and not found:
        raise _no(name, next(filter(None, map(str, blocks))))
    return found.pop() if found else next(filter(None, map(_bare, texts)), None)


def _parts(data: bytes, whole: str) -> Iterator[str]:
    """The texts of a message that was saved with its headers: parts may be in base64 or quoted-printable."""
    if not _MESSAGE.match(whole.replace("\r\n", "\n")):
        return
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and part.get_content_maintype() in ("text", "application"):
            yield payload.decode("utf-8", "replace")


def _blocks(text: str) -> Iterator[bytes | str]:
    """The answers between each pair of marks, or what is wrong with them."""
    for begin in _BEGIN.finditer(text):
        end = _END.search(text, begin.end())
        if not end:
            yield "holds only the beginning of the answers"
            continue
        lines = html.unescape(_TAG.sub("\n", text[begin.end() : end.start()])).splitlines()
        letters = re.sub(r"[^A-Za-z0-9+/]", "", "".join(line.rpartition(">")[2] for line in lines))
        try:
            data = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
        except binascii.Error:
            data = b""
        whole = bool(data) and f"{zlib.crc32(data):08x}" == end[1].lower()
        yield data if whole else "holds answers that were damaged on their way: a part is missing or changed"


def _bare(text: str) -> bytes | None:
    """Bare JSON, put together from its lines; the quotes of its own notation are made straight again."""
    plain = _QUOTED.sub("", text.replace("\ufeff", "").replace("\r\n", "\n").replace("\u00a0", " "))
    start = _NAMED.search(plain)
    if not start:
        return None
    joined = re.sub(r"[ \t]*\n", " ", plain[start.start() :])
    if '"campaign-answers"' not in start[0]:
        joined = _straight(joined)
    try:
        record, _ = json.JSONDecoder(strict=False).raw_decode(joined)
    except (ValueError, RecursionError):
        return None
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def _straight(text: str) -> str:
    """JSON whose quotes became smart: those that begin and end its strings are made straight, others stay."""
    made: list[str] = []
    inside = skip = False
    for at, sign in enumerate(text):
        if skip:
            made.append('"' if sign in _QUOTES else sign)
            skip = False
        elif inside and sign == "\\":
            made.append(sign)
            skip = True
        elif sign in _QUOTES and not inside:
            made.append('"')
            inside = True
        elif sign in _QUOTES and _AFTER.match(text, at + 1):
            made.append('"')
            inside = False
        else:
            made.append('\\"' if inside and sign == '"' else sign)
    return "".join(made)


def _no(name: str, what: str) -> CampaignError:
    return CampaignError.single(what, where=name, todo="ask for the answer file itself; nothing was changed")
