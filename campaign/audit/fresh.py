"""The proof of files that were made a moment ago: their contacts, read back from the finished bytes.

The same judgement as `proof` has of files that lie somewhere, by readers that trust what made them: nothing is hidden
in a page of ours, so nobody looks for it. Pictures hold no text; `campaign verify` reads their codes and digits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from campaign.audit.document import Document
from campaign.audit.proof import PICTURES, Proof, prove, prove_text, thread_findings
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.finding import Finding
from campaign.typeset import guard

_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_WITHIN_A_LINE = re.compile(r"</?(?:a|span|strong|em|b|i|small|bdi|bdo|abbr|time|wbr)\b[^>]*>")
_ELEMENT = re.compile(r"<[^>]*>")
_LINK = re.compile(r'\bhref="([^"]*)"')


def _page(data: bytes) -> Document:
    """A page of ours: no script, one style sheet that adds no text, every value escaped."""
    page = _STYLE.sub("", data.decode())
    links = tuple(dict.fromkeys(html.unescape(link) for link in _LINK.findall(page)))
    text = html.unescape(_ELEMENT.sub("\n", _WITHIN_A_LINE.sub("", page)))
    return Document(text, text, links)


def _printed(data: bytes) -> Document:
    """A PDF of ours, in which every text is seen."""
    text = "\n".join(guard.visual_lines(data))
    return Document(text, text, visual=True)


_READERS: Mapping[str, Callable[[bytes], Document]] = MappingProxyType(
    {"text/html": _page, "application/pdf": _printed}
)


def fresh_findings(made: Sequence[tuple[Entry, bytes]], campaign: Campaign) -> Iterator[Finding]:
    """What is wrong with the contacts of an item's files, of which all are given."""
    proofs = [_prove(entry, data, campaign) for entry, data in made]
    for proof in proofs:
        yield from proof.findings
    yield from thread_findings([entry for entry, _ in made], proofs, campaign)


def _prove(entry: Entry, data: bytes, campaign: Campaign) -> Proof:
    if entry.media_type in PICTURES:
        return Proof(entry.path, "", {}, (), ())
    reader = _READERS.get(entry.media_type)
    return prove_text(entry, reader(data), campaign) if reader else prove(entry, data, campaign, ocr=False)
