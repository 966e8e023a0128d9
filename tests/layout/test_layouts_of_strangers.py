"""A layout from anybody: it takes no minutes and no gigabytes, sees nothing but itself, and costs its own item only."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from campaign import limits
from campaign.errors import CampaignError
from campaign.limits import Limits
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.typeset import apart
from campaign.typeset.session import Typesetter

HEAD = '#set document(title: "x", date: none)\n#set page(width: 50mm, height: 50mm)\n'

#: Layouts that never end or grow without end, each with the limit that stops it, or with what Typst itself says.
BOMBS = {
    "loops in loops": ("#for a in range(100000) { for b in range(100000) { } }", "layout_seconds"),
    "a loop that waits for nothing": (
        "#{ let n = 0\nwhile true { n = calc.rem(n + 1, 7) } }",
        "always true|infinite",
    ),
    "a function that calls itself": ("#let f(n) = f(n + 1)\n#f(0)", "recursion|depth|layout_"),
    "a text of three gigabytes": ('#let t = "a" * 3000000000\n#t.len()', "layout_mb"),
    "a text that doubles": ('#{ let t = "abcdefgh"\nfor n in range(40) { t = t + t }\n[#t.len()] }', "layout_mb"),
    "a list that doubles": ("#{ let t = (1, 2, 3, 4)\nfor n in range(34) { t = t + t }\n[#t.len()] }", "layout_mb"),
    "pages without end": ("#for n in range(3000000) { pagebreak(weak: false) }", "layout_"),
    "a page of a square kilometre": ("#for n in range(100000) { for m in range(1000) { place(rect()) } }", "layout_"),
    "letters without end": ("#lorem(30000000)", "layout_"),
}


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    yield
    limits.hold(Limits())


def write(project: Project, text: str, name: str = "peek") -> None:
    """Put a layout into the workspace."""
    (project.layouts / f"{name}.typ").write_text(HEAD + text + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("case", BOMBS)
@pytest.mark.sample(2)
def test_a_layout_that_takes_too_much_is_refused_by_name(workspace: Project, case: str) -> None:
    """Time and memory end; the next layout is set as if nothing had happened."""
    text, words = BOMBS[case]
    limits.hold(replace(Limits(), layout_seconds=40 if words == "layout_mb" else 2, layout_mb=600))
    write(workspace, text)
    write(workspace, "fine", "fine")
    typesetter = Typesetter(workspace)
    with pytest.raises(CampaignError, match=words) as caught:
        typesetter.lay_out("peek", {})
    assert caught.value.problems[0].where == "templates/layouts/peek.typ"
    assert typesetter.lay_out("fine", {}).pdf.startswith(b"%PDF")


@pytest.mark.slow
def test_a_picture_of_a_huge_page_is_refused(workspace: Project) -> None:
    """The PDF of a page of ten metres is small; its pixels are not."""
    write(workspace, "#set page(width: 10000mm, height: 10000mm)\nx")
    limits.hold(replace(Limits(), layout_seconds=40, layout_mb=600))
    laid = Typesetter(workspace).lay_out("peek", {})
    with pytest.raises(CampaignError, match=r"templates/layouts/peek\.typ: (takes more than|cannot be drawn)"):
        laid.pages(600)


@pytest.mark.parametrize(
    "name", ["/etc/hostname", "../../etc/hostname", "/../x", "../campaign.toml", "/packages/../../x"]
)
@pytest.mark.sample(3)
def test_a_layout_reads_its_own_files_only(workspace: Project, name: str) -> None:
    """`read`, `image`, `json` and the like end at the copy of the layouts and pictures."""
    for call in ("read", "image", "json", "include"):
        write(workspace, f'#include "{name}"' if call == "include" else f'#{call}("{name}")')
        with pytest.raises(CampaignError, match=r"templates/layouts/peek\.typ"):
            Typesetter(workspace).lay_out("peek", {})


def test_a_compiler_that_was_killed_is_started_again(workspace: Project) -> None:
    """Somebody's out-of-memory killer: the next item is set."""
    write(workspace, "fine")
    typesetter = Typesetter(workspace)
    first = typesetter.lay_out("peek", {}).pdf
    os.kill(apart._processes["compiler"].running.pid, signal.SIGKILL)
    apart._processes["compiler"].running.wait()
    assert typesetter.lay_out("peek", {}).pdf == first


def test_the_limits_of_the_workspace_are_those_of_the_compiler(workspace: Project) -> None:
    """Another workspace with other limits gets a process of its own."""
    write(workspace, "fine")
    typesetter = Typesetter(workspace)
    typesetter.lay_out("peek", {})
    before = apart._processes["compiler"].running.pid
    typesetter.lay_out("peek", {})
    assert apart._processes["compiler"].running.pid == before
    limits.hold(replace(Limits(), layout_seconds=4))
    typesetter.lay_out("peek", {})
    assert apart._processes["compiler"].kept[0] == 4


@pytest.mark.breadth
@pytest.mark.slow
def test_a_build_with_a_layout_that_hangs_names_it_and_ends(
    workspace: Project, cli: Any, rewrite: Callable[[Path, str, str], None]
) -> None:
    """What does not need the layout is written; what hung once is not tried for every item again."""
    rewrite(workspace.config, "[brand]", "[limits]\nlayout_seconds = 2\n\n[brand]")
    (workspace.layouts / "leaflet-a5.typ").write_text(HEAD + BOMBS["loops in loops"][0])
    ended = cli.spawn("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert ended.code == 1
    assert "templates/layouts/leaflet-a5.typ: takes more than 2 seconds to set" in ended.err
    assert "layout_seconds" in ended.err
    assert list(workspace.output(Edition.REVIEW).rglob("sms.txt"))


@pytest.mark.slow
def test_a_layout_that_hung_once_is_not_tried_again(workspace: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred items that each wait a minute are three hours."""
    limits.hold(replace(Limits(), layout_seconds=0.5))
    write(workspace, BOMBS["loops in loops"][0])
    typesetter = Typesetter(workspace)
    with pytest.raises(CampaignError, match="layout_seconds"):
        typesetter.lay_out("peek", {})
    monkeypatch.setattr("campaign.typeset.session.compiled", lambda *_: pytest.fail("tried again"))
    with pytest.raises(CampaignError, match="layout_seconds"):
        typesetter.lay_out("peek", {"other": "values"})
