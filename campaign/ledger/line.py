"""One line of a ledger: how an event is written, and how lines of every version are understood.

Version 1 has no field `version`, and one field `comment` for everything: a question is a comment that begins with
"I don't know", a waiver's comment is "<rule>: <reason>". Version 2 has fields for rule and reason. A line is written as
version 1 while that says the same, so that an earlier program reads all that it can understand.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.verdict import WRITTEN, Verdict

#: The newest version that is understood.
VERSION = 2

_FIRST = ("unit_key", "source_hash", "text_hash", "reviewer", "role", "on", "verdict", "comment")
_SECOND = (*_FIRST, "rule", "reason")
_WORDS = ("source", "forms")
_OLD = frozenset({Verdict.SIGN, Verdict.REJECT, Verdict.COMMENT, Verdict.WAIVE, Verdict.LAPSE})
_OLD_QUESTION = "I don't know"


class NewerError(ValueError):
    """A line that a newer version of the program wrote: nothing is wrong with it, but it is not understood here."""


def written(event: Event, prev: str) -> bytes:
    """The line of an event, without its line break; `prev` is the hash of the line before.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate.
    """
    first = not event.rule and not event.reason and event.verdict in _OLD and _understood(event) == event
    record: dict[str, object] = {"prev": prev} if first else {"prev": prev, "version": VERSION}
    record |= {name: getattr(event, name) for name in (_FIRST if first else _SECOND)}
    record |= {name: getattr(event, name) for name in _WORDS if getattr(event, name)}
    if event.facts:
        record["facts"] = dict(event.facts)
    return json.dumps(record, ensure_ascii=False).encode()


def read(line: bytes) -> tuple[str, Event | None]:
    """The hash that a line carries, and its event; None for a line that is no event.

    Raises:
        NewerError: a newer version of the program wrote it.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "", None
    if not isinstance(record, dict):
        return "", None
    version = record.pop("version", 1)
    if type(version) is not int:
        return "", None
    if version > VERSION:
        raise NewerError(version)
    words = {name: record.pop(name) for name in _WORDS if name in record}
    facts = record.pop("facts", {})
    prev = record.pop("prev", None)
    if version not in (1, VERSION) or set(record) != set(_FIRST if version == 1 else _SECOND):
        return "", None
    if not all(isinstance(value, str) for value in (prev, *record.values())):
        return "", None
    if version == VERSION and record["verdict"] not in set(Verdict):
        raise NewerError(record["verdict"])
    if record["verdict"] not in (_OLD if version == 1 else WRITTEN) or not _hold(words, record):
        return "", None
    if not isinstance(facts, dict) or not all(isinstance(value, str) for value in facts.values()):
        return "", None
    verdict = Verdict(record.pop("verdict"))
    source, forms = (tuple(cast(list[str], words.get(name, []))) for name in _WORDS)
    event = Event(**record, verdict=verdict, source=source, forms=forms, facts=tuple(facts.items()))
    return cast(str, prev), _understood(event) if version == 1 else event


def _hold(words: dict[str, object], record: dict[str, str]) -> bool:
    """Whether the words of a line are those behind its hashes."""
    for name, hash_of in (("source", record["source_hash"]), ("forms", record["text_hash"])):
        parts = words.get(name, [])
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            return False
        if name in words and digest(*parts) != hash_of:
            return False
    return True


def _understood(event: Event) -> Event:
    """What an event of version 1 says in the fields of version 2."""
    if event.verdict == Verdict.WAIVE:
        rule, _, reason = event.comment.partition(": ")
        return replace(event, rule=rule, reason=reason, comment="")
    if event.verdict in (Verdict.REJECT, Verdict.LAPSE):
        return replace(event, reason=event.comment, comment="")
    if event.verdict == Verdict.COMMENT and event.comment.startswith(_OLD_QUESTION):
        said = event.comment.removeprefix(_OLD_QUESTION).removeprefix(":").strip()
        return replace(event, verdict=Verdict.UNSURE, comment=said)
    return event
