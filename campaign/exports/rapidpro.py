"""RapidPro: a broadcast for each message, and a PO file for each language.

A broadcast is the body of POST /api/v2/broadcasts.json without its recipients (contacts, groups, urns): whoever sends
it adds them in RapidPro. The PO file is what RapidPro's flow editor imports: it finds its language in `Language-3`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from campaign import languages
from campaign.catalogue import store
from campaign.errors import CampaignError, Problem
from campaign.exports.sending import Sending

MOST_CHARACTERS = 640  # of one text (RapidPro, Msg.MAX_TEXT_LEN)


def files(sendings: Sequence[Sending], base: str, edition: str) -> Mapping[str, bytes]:
    """The files by their path; see `exports.ExportSpec`."""
    made = {**broadcasts(sendings, base), **translations(sendings, base, edition)}
    return {f"rapidpro/{name}": data for name, data in made.items()}


def broadcasts(sendings: Sequence[Sending], base: str, /) -> Mapping[str, bytes]:
    """File name -> broadcast, one for each message. `base` is the tag of the source language; where a message has no
    text in it, the first language stands in.

    Raises:
        CampaignError: a text is too long, or two languages have the same ISO 639-3 code.
    """
    problems: dict[Problem, None] = {}
    messages: dict[str, dict[str, Sending]] = defaultdict(dict)
    for sending in sendings:
        other = messages[sending.message_id].setdefault(sending.iso639_3, sending)
        if other is not sending:
            problems[one_code(other.locale, sending.locale)] = None
        if len(sending.text) > MOST_CHARACTERS:
            over = len(sending.text) - MOST_CHARACTERS
            what = f"has {len(sending.text)} characters, RapidPro takes {MOST_CHARACTERS}: {over} too many"
            where = f"{sending.country}/{sending.locale}/{sending.audience}/sms"
            problems[Problem(where, what, "shorten the text")] = None
    if problems:
        raise CampaignError(problems)
    files = {}
    for message_id, texts in messages.items():
        first = next((code for code, sending in texts.items() if sending.locale == base), next(iter(texts)))
        body = {"text": {code: sending.text for code, sending in texts.items()}, "base_language": first}
        files[f"{message_id}.json"] = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def one_code(first: str, second: str) -> Problem:
    """Two languages that RapidPro cannot tell apart."""
    code = languages.get(first).iso639_3
    what = f"{first} and {second} are both {code} (ISO 639-3), RapidPro's only key"
    return Problem("RapidPro", what, "pack them one at a time, with --lang")


def translations(sendings: Sequence[Sending], base: str, edition: str, /) -> Mapping[str, bytes]:
    """File name -> PO file, one for each language but the base; none when the base has no texts.

    `edition` is an ISO date.
    """
    sources = {sending.message_id: sending.text for sending in sendings if sending.locale == base}
    by_language: dict[tuple[str, str], list[Sending]] = defaultdict(list)
    for sending in sendings:
        if sending.locale != base and sending.message_id in sources:
            by_language[sending.iso639_3, sending.locale].append(sending)
    files = {}
    for (code, locale), mine in by_language.items():
        header = {
            "POT-Creation-Date": f"{edition} 00:00+0000",
            "Language": store.gettext_tag(locale),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Language-3": code,
        }
        files[f"{code}.po"] = store.bilingual(header, _pairs(mine, sources))
    return files


def _pairs(sendings: Iterable[Sending], sources: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(where, source, text), each source once."""
    pairs = {sources[s.message_id]: (s.message_id, sources[s.message_id], s.text) for s in sendings}
    return list(pairs.values())
