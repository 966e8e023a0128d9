"""What a build does once: rendering a message, reading an input file, warming a renderer."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from campaign.cache import Cache
from campaign.editions.build import build
from campaign.model.edition import Edition
from campaign.render.renderer import Renderer
from campaign.workspace import inputs
from campaign.workspace.selection import Selection

TODAY = date(2026, 11, 24)
ONE = Selection(locales=("de",), audiences=("migrants",))


@pytest.fixture
def counts(monkeypatch):
    """How often each message was rendered, each file hashed, and a renderer made, in this process."""
    found = {"renderers": Counter(), "messages": Counter(), "files": Counter()}
    made, message, sha256 = Renderer.__init__, Renderer.message, inputs._sha256

    def make(self, project, campaign):
        found["renderers"][Renderer] += 1
        made(self, project, campaign)

    def render(self, audience, locale, country, texts):
        found["messages"][audience, locale, country] += 1
        return message(self, audience, locale, country, texts)

    def read(path):
        found["files"][path] += 1
        return sha256(path)

    inputs.program_hash()  # reads the program's own files, once in a process
    monkeypatch.setattr(Renderer, "__init__", make)
    monkeypatch.setattr(Renderer, "message", render)
    monkeypatch.setattr(inputs, "_sha256", read)
    monkeypatch.setattr(inputs, "RECENT", 0)  # the scratch copy was written a moment ago
    return found


def run(project, edition, **options):
    """Build one message in this process."""
    return build(
        project, edition=edition, selection=ONE, workers=1, today=TODAY, progress=lambda done, total: None, **options
    )


@pytest.mark.slow
def test_a_first_release_of_one_message_does_everything_once(signed, counts):
    """The gates, the plan and the items share one renderer, one rendering of each message, one look at the files."""
    assert len(run(signed, Edition.RELEASE).made) == 4
    assert counts["messages"]["migrants", "de", "BE"] == 1
    assert set(counts["messages"].values()) == {1}
    assert sum(counts["renderers"].values()) == 1
    assert signed.config in counts["files"]
    assert set(counts["files"].values()) == {1}


@pytest.mark.slow
def test_a_changed_sentence_is_rendered_once(workspace, rewrite, counts, tmp_path):
    """What the plan rendered to look at it is what the items are made from."""
    cache = Cache(tmp_path / "cache")
    run(workspace, Edition.REVIEW, cache=cache)
    for each in counts.values():
        each.clear()
    rewrite(workspace.catalogue("de"), "Jemand behält Ihren Pass", "Jemand nimmt Ihren Pass")
    assert run(workspace, Edition.REVIEW, cache=cache).made
    assert counts["messages"] == {("migrants", "de", "BE"): 1}
    assert sum(counts["renderers"].values()) == 1
    assert set(counts["files"].values()) == {1}


@pytest.mark.slow
def test_a_file_that_is_edited_during_a_build_is_read_again(workspace, counts, rewrite):
    """Only files that lie there otherwise are read a second time, and then nothing counts as made from either."""

    def edit(done, total):
        if done == total:
            with workspace.contacts.open("a", encoding="utf-8") as contacts:
                contacts.write("# a note\n")

    build(workspace, edition=Edition.REVIEW, selection=ONE, workers=1, today=TODAY, progress=edit)
    assert {path for path, count in counts["files"].items() if count > 1} == {workspace.contacts}
    assert not run(workspace, Edition.REVIEW).unchanged
