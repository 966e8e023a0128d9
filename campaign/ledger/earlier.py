"""Lines of earlier versions of a ledger: understood as what they always meant, never written any more.

Version 1 has no field `version`, and one field `comment` for everything: a question is a comment that begins with
"I don't know", a waiver's comment is "<rule>: <reason>". Version 2 has fields for rule and reason. Both carry the
SHA-256 of the line before as `prev`: so the hash of such a line is its id, and what it follows is known as well.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from campaign.ledger import entry
from campaign.ledger.book import NewerError, prev
from campaign.ledger.entry import Record
from campaign.model.verdict import Verdict

#: The newest of the earlier versions, and what the first line of a ledger followed.
VERSION, ROOT = 2, "0" * 64

_FIRST = frozenset({"unit_key", "source_hash", "text_hash", "reviewer", "role", "on", "verdict", "comment"})
_SECOND = _FIRST | {"rule", "reason"}
_OLD = frozenset({Verdict.SIGN, Verdict.REJECT, Verdict.COMMENT, Verdict.WAIVE, Verdict.LAPSE})
_NEW = _OLD | {Verdict.UNSURE, Verdict.SUGGEST}
_OLD_QUESTION = "I don't know"

#: Why a signature after an objection answered it: earlier versions did not always ask.
ANSWERED = "signed again after the objection"


def read(line: bytes) -> Record | None:
    """The record of a line, in the fields of today; None for a line that is no event.

    Raises:
        NewerError: a newer version of the program wrote it.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    version = record.pop("version", 1)
    if type(version) is not int:
        return None
    if version > entry.VERSION:
        raise NewerError
    rest = {name: record.pop(name) for name in ("source", "forms", "facts") if name in record}
    before = record.pop("prev", None)
    if version not in (1, VERSION) or set(record) != (_FIRST if version == 1 else _SECOND):
        return None
    if not all(isinstance(value, str) for value in (before, *record.values())):
        return None
    if version == VERSION and record["verdict"] not in set(Verdict):
        raise NewerError
    if record["verdict"] not in (_OLD if version == 1 else _NEW):
        return None
    if version == 1:
        _understand(record)
    return {**record, **rest, "version": version, "prev": [] if before == ROOT else [before]}


def _understand(record: dict[str, str]) -> None:
    """Put what an event of version 1 says into the fields of version 2."""
    verdict, comment = record["verdict"], record["comment"]
    if verdict == Verdict.WAIVE:
        record["rule"], _, record["reason"] = comment.partition(": ")
        record["comment"] = ""
    elif verdict in (Verdict.REJECT, Verdict.LAPSE):
        record["reason"], record["comment"] = comment, ""
    elif verdict == Verdict.COMMENT and comment.startswith(_OLD_QUESTION):
        record["verdict"] = Verdict.UNSURE.value
        record["comment"] = comment.removeprefix(_OLD_QUESTION).removeprefix(":").strip()


def answers(records: Mapping[str, Record]) -> dict[str, tuple[str, ...]]:
    """What each event of an earlier version ended or answered, by its id: it named nothing, the order of lines did.

    A signature answered every objection and question about its words that came before it, a lapse ended the signatures.
    Before it is what it follows: after copies were united, other lines may stand above it.
    """
    old = {own: record for own, record in records.items() if record.get("version") != entry.VERSION}
    span = _spans(old)
    said: dict[tuple[str, object, object], list[str]] = defaultdict(list)
    for own, record in old.items():
        said[str(record["verdict"]), record["source_hash"], record["text_hash"]].append(own)
    found = {}
    for own, record in old.items():
        ends = _ENDS.get(str(record["verdict"]), ())
        events = (each for name in ends for each in said.get((name, record["source_hash"], record["text_hash"]), ()))
        at = span[own][0]
        named = tuple(sorted(each for each in events if span[each][0] < at < span[each][1]))
        if named:
            found[own] = named
    return found


_ENDS: Mapping[str, tuple[str, ...]] = {
    Verdict.SIGN: (Verdict.REJECT, Verdict.UNSURE),
    Verdict.LAPSE: (Verdict.SIGN,),
}


def _spans(old: Mapping[str, Record]) -> dict[str, tuple[int, int]]:
    """By id: when a walk through what follows what comes to an event, and when it has seen all behind it."""
    behind: dict[str, list[str]] = defaultdict(list)
    roots: list[str] = []
    for own, record in old.items():
        parents = [each for each in prev(record) if each in old]
        (behind[parents[0]] if parents else roots).append(own)
    clock, begun, span = 0, dict[str, int](), dict[str, tuple[int, int]]()
    todo: list[tuple[str, bool]] = [(own, False) for own in reversed(roots)]
    while todo:
        own, done = todo.pop()
        clock += 1
        if done:
            span[own] = begun[own], clock
            continue
        begun[own] = clock
        todo.append((own, True))
        todo += [(each, False) for each in behind[own]]
    return span
