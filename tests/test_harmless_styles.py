"""A style sheet whose signature stands: changes that no reader can take for other words, and those that they can."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaign.model.cover import Cover
from campaign.provenance.harmless import bare

SHEET = (Path(__file__).parents[1] / "templates" / "channels" / "page.css").read_text(encoding="utf-8")

HARMLESS = [
    "main { margin: 0 }",
    "p, li { margin-block-start: 1.5rem; padding: 2px 4px }",
    "main { max-width: 42rem }",
    "@media print { h2 { margin: 12pt 0 0 } }",
    "h1 { text-align: center }",
    ".rights { gap: 1rem; row-gap: 8px }",
    ".lead { font-style: italic }",
    "a { cursor: pointer }",
    "h2 { break-after: avoid; orphans: 2 }",
    ".x { }",
    "/* color: red */",
]
SPEAKS = [
    "p { display: none }",
    "p { visibility: hidden }",
    "p { font-size: 0 }",
    "p { color: transparent }",
    "p { color: white !important }",
    "p { opacity: 0 }",
    "p { margin: -999px }",
    "p { margin-left: -1px }",
    "p { padding: 900rem }",
    "p { padding: 50vw }",
    "p { padding: calc(1px * 9999) }",
    "p { margin: var(--far) }",
    "main { max-width: 1px }",
    "p { direction: rtl }",
    "p { unicode-bidi: bidi-override }",
    "ul { flex-direction: row-reverse }",
    "li { order: -1 }",
    "p { text-indent: -99rem }",
    "p { text-transform: uppercase }",
    "p::before { content: 'No' }",
    ":root { --text: #fff }",
    "p { font-family: Wingdings }",
    "p { letter-spacing: -1em }",
    "p { line-height: 0 }",
    "p { font-weight: 1 }",
    "p { background: var(--text) }",
    "p { border: 99rem solid white }",
    "@import 'x.css';",
    "p { position: absolute; margin: 1rem }",
    "p { overflow: hidden; margin: 1rem }",
    "p { user-select: none }",
]


@pytest.mark.parametrize("rule", HARMLESS)
def test_a_rule_that_changes_no_words_leaves_the_signature(rule: str) -> None:
    """Added in front, behind, and taken out again."""
    assert bare(f"{SHEET}\n{rule}\n") == bare(f"{rule}\n{SHEET}") == bare(SHEET)


@pytest.mark.parametrize("rule", SPEAKS)
@pytest.mark.sample(16)
def test_a_rule_that_can_change_what_is_read_does_not(rule: str) -> None:
    """Hidden, moved, covered, in another order, another direction, other letters."""
    assert bare(f"{SHEET}\n{rule}\n") != bare(SHEET)


@pytest.mark.parametrize(
    ("harm", "cure"),
    [
        ("p { margin: -999rem }", "p { margin: 0 }"),
        ("p { padding-left: 500rem }", "p { padding: 0 }"),
        ("p { line-height: 0 }", "p { line-height: 1.5 }"),
        ("p { max-width: 1px }", "p { max-width: none }"),
        ("@media screen { p { text-align: inherit } }", "p { text-align: start }"),
    ],
)
def test_what_undoes_harm_is_not_left_out(harm: str, cure: str) -> None:
    """A sheet that was signed with both is another one without the cure."""
    assert bare(f"{SHEET}{harm}{cure}") != bare(f"{SHEET}{harm}")


@pytest.mark.parametrize(
    "cut", ["p { overflow: hidden; height: 3rem }", "p { clip-path: inset(0) }", "p { contain: paint }"]
)
def test_room_counts_where_anything_is_cut_off(cut: str) -> None:
    """More room inside may push words out of sight there."""
    assert bare(f"{SHEET}{cut}p {{ padding: 3rem }}") != bare(f"{SHEET}{cut}")


def test_a_broken_sheet_is_never_less_than_it_is() -> None:
    """What cannot be read stays as it stands."""
    for broken in ("p { margin: 1rem; color", "} p { display: none", "p { ; ; x }", "@media { p { margin: 0; a b } }"):
        assert bare(f"{SHEET}{broken} q {{ display: none }}") != bare(f"{SHEET}{broken}")


@pytest.mark.parametrize(
    ("then", "now", "same"),
    [
        ("all", "all,words", True),
        ("all", "other,words", False),
        ("all,words", "other,words", True),
        ("all,words", "all,words", True),
        ("all,words", "other,others", False),
    ],
)
def test_signatures_of_earlier_versions_know_the_whole_sheet(then: str, now: str, same: bool) -> None:
    """They are held to all of it, as they were; those of today to what can change words."""
    cover = Cover("f", {"form": "1", "style:page.css": now}, frozenset({"form", "style:page.css"}))
    assert cover.same(f"f form=1 style:page.css={then}") is same
    other = Cover("f", {"form": now}, frozenset({"form"}))
    assert other.same(f"f form={then}") is (then == now), "of no other part"
