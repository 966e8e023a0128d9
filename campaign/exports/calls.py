"""Voice messages for telephone systems and RapidPro: prompts by language and name, and flows that play them.

A telephone system looks for a sound by its name in the folder of a language (Asterisk, FreeSWITCH). RapidPro fetches
sounds from an address: `@globals.voice_files`, under which whoever runs it lays the unpacked files. Its flows follow
goflow's specification 13: `play_audio` in a call, `send_msg` with an attachment in a messenger.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from campaign import languages
from campaign.errors import CampaignError, Problem
from campaign.exports.rapidpro import MOST_CHARACTERS, one_code

#: The flows, in the folder of RapidPro's files; and where the address of the sounds is looked up.
FLOWS, ADDRESS = "rapidpro/voice-flows.json", "@globals.voice_files"
_SPACE = uuid.UUID("c0ffee24-0000-5000-8000-766f69636500")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice message of a language: where its prompts, the whole for telephones and that for messengers lie in a pack
    (paths, empty where the voice did not agree to it), and the words that a messenger shows beside it.
    """

    country: str
    locale: str
    audience: str
    prompts: tuple[str, ...] = ()
    whole: str = ""
    sent: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One action of a flow: what it plays or sends, by language code."""

    kind: str
    values: Mapping[str, Mapping[str, object]]


def prompt(country: str, locale: str, audience: str, file: str) -> str:
    """Where a sound for telephones lies in a pack: the same name in the folder of each language."""
    return f"telephone/{locale}/{country.lower()}-{audience}-{PurePosixPath(file).name}"


def flows(messages: Sequence[Spoken], base: str) -> Mapping[str, bytes]:
    """The file of flows: for each audience one that calls and one that sends. `base` is the source language's tag.

    Raises:
        CampaignError: two languages have the same ISO 639-3 code, or the words of a message are too long.
    """
    problems, made = dict[Problem, None](), list[Mapping[str, object]]()
    for country, audience in dict.fromkeys((each.country, each.audience) for each in messages):
        own: dict[str, Spoken] = {}
        for each in messages:
            if (each.country, each.audience) == (country, audience):
                other = own.setdefault(languages.get(each.locale).iso639_3, each)
                if other is not each:
                    problems[one_code(other.locale, each.locale)] = None
        problems |= dict.fromkeys(_too_long(own.values()))
        name = f"{country.lower()}-{audience}"
        made += _flow(f"{name}-call", "voice", _calls(own), base)
        made += _flow(f"{name}-voice-message", "messaging", _sends(own), base)
    if problems:
        raise CampaignError(problems)
    kinds = ("campaigns", "triggers", "fields", "groups")
    document = {"version": "13", "site": "", "flows": made, **{kind: [] for kind in kinds}}
    return {FLOWS: (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()} if made else {}


def _too_long(messages: Iterable[Spoken]) -> Iterator[Problem]:
    for each in messages:
        if each.sent and len(each.words) > MOST_CHARACTERS:
            what = f"has {len(each.words)} characters in its first block, RapidPro takes {MOST_CHARACTERS}"
            yield Problem(f"{each.country}/{each.locale}/{each.audience}/voice", what, "shorten the first block")


def _calls(own: Mapping[str, Spoken]) -> list[_Step]:
    """The prompts in their order; the whole at once where languages have not the same prompts."""
    heard = {code: each.prompts for code, each in own.items() if each.whole}
    if len({len(prompts) for prompts in heard.values()}) != 1:
        heard = {code: (own[code].whole,) for code in heard}
    count = len(next(iter(heard.values()), ()))
    places = ({code: prompts[number] for code, prompts in heard.items()} for number in range(count))
    return [
        _Step("play_audio", {code: {"audio_url": f"{ADDRESS}/{path}"} for code, path in place.items()})
        for place in places
    ]


def _sends(own: Mapping[str, Spoken]) -> list[_Step]:
    values = {
        code: {"text": each.words.replace("@", "@@"), "attachments": [f"audio/ogg:{ADDRESS}/{each.sent}"]}
        for code, each in own.items()
        if each.sent
    }
    return [_Step("send_msg", values)] if values else []


def _flow(name: str, kind: str, steps: Sequence[_Step], base: str) -> Iterator[Mapping[str, object]]:
    """A flow of one node; nothing where there is nothing to do."""
    if not steps:
        return
    first = languages.get(base).iso639_3
    code = first if first in steps[0].values else next(iter(steps[0].values))
    node, leave = _id(name, "node"), _id(name, "exit")
    others: dict[str, dict[str, Mapping[str, object]]] = {}
    actions = []
    for number, step in enumerate(steps):
        action = _id(name, f"action {number}")
        actions.append({"uuid": action, "type": step.kind, **step.values[code]})
        for other, value in step.values.items():
            if other != code:
                said = {field: text if isinstance(text, list) else [text] for field, text in value.items()}
                others.setdefault(other, {})[action] = said
    yield {
        "uuid": _id(name, "flow"),
        "name": name,
        "spec_version": "13.1.0",
        "language": code,
        "type": kind,
        "revision": 1,
        "expire_after_minutes": 10080 if kind == "messaging" else 15,
        "localization": others,
        "nodes": [{"uuid": node, "actions": actions, "exits": [{"uuid": leave, "destination_uuid": None}]}],
        "_ui": {"nodes": {node: {"type": "execute_actions", "position": {"left": 100, "top": 100}}}},
    }


def _id(name: str, part: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{name} {part}"))
