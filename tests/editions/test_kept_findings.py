"""What was found about an item is kept as data between builds; what an earlier program kept is dropped, not believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from campaign.checks.rules import finding
from campaign.editions import cached_item, state
from campaign.model.artefact import Artefact
from campaign.model.job import Job
from campaign.model.sentence import say, together
from campaign.project import Project

FOUND = finding("length", "ar", "migrants/sms", together(say("takes %(parts)s parts", parts=3), say("\u0644\u0627")))

#: The same finding as the program wrote it when a finding was a finished sentence.
FORMER = {
    "code": "length",
    "severity": "warning",
    "locale": "ar",
    "where": "migrants/sms",
    "detail": "takes 3 parts",
    "rule": "The text fits.",
}


def test_an_item_from_the_cache_says_what_it_said() -> None:
    """Its findings come back with their words and values, so that a mediator reads them in her language."""
    packed = cached_item.pack("k", (), (Artefact("sms.txt", "text/plain", b"x", (), "sms", (FOUND,)),))
    kept = cached_item.unpack(packed, ())
    assert kept is not None
    assert kept.artefacts[0].findings == (FOUND,)


def test_an_item_that_an_earlier_program_put_away_is_made_again() -> None:
    """A finding without words of its own is none: the item counts as not there."""
    packed = cached_item.pack("k", (), (Artefact("sms.txt", "text/plain", b"x", (), "sms", (FOUND,)),))
    line, _, rest = packed.partition(b"\n")
    head = json.loads(line)
    head["artefacts"][0]["findings"] = [FORMER]
    assert cached_item.unpack(json.dumps(head).encode() + b"\n" + rest, ()) is None


@pytest.mark.parametrize("version", [3, state.VERSION])
def test_the_record_of_an_earlier_program_is_dropped(tmp_path: Path, version: int) -> None:
    """The next build makes its items again; a record of today is read as it was written."""
    project, job = Project(tmp_path), Job("BE", "ar", "migrants", "sms")
    made = state.BuiltItem("t", ("u",), "m", "k", ("p",), (), "draft", {"a": ("0", 1, 2)}, (FOUND,))
    state.write(project, "review", state.Record({job: made}))
    assert state.read(project, "review").items == {job: made}
    path = project.record("review")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["version"] = version
    document["items"][0][-1]["warnings"] = [FORMER]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert state.read(project, "review") == state.Record()
