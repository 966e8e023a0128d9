"""What a layout is made of: what it can reach by name counts, and nothing else; in doubt everything does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.typeset.taken_in import reached, sources

STYLE = """// What all share.
#let ink = rgb("#000000")
#let picture(path) = image(path)
#let claims(lines) = {
  icon(lines)
}
#let icon(lines) = lines.len()
#set text(fill: ink)
"""


def made(folder: Path, card: str, style: str = STYLE) -> str:
    """What a card of this text reaches."""
    (folder / "card.typ").write_text(card, encoding="utf-8")
    (folder / "style.typ").write_text(style, encoding="utf-8")
    files = {path.name: path for path in folder.glob("*.typ")}
    return reached("card", sources(files, "card"))


@pytest.mark.parametrize(
    ("card", "names", "none"),
    [
        ("#picture(d.logo)", {"picture"}, {"claims", "icon"}),
        ("#claims(d)", {"claims", "icon"}, {"picture"}),
        ("#let all = (..claims(d))", {"claims", "icon"}, {"picture"}),
        ("#d.claims.map(x => x)", set(), {"claims", "icon", "picture"}),
        ("#f(claims: 1)", set(), {"claims", "icon", "picture"}),
        ("#icon: #picture", {"icon", "picture"}, {"claims"}),
        ("// #picture(d.logo)", set(), {"claims", "icon", "picture"}),
    ],
)
def test_a_definition_counts_where_its_name_is_used(tmp_path: Path, card: str, names: set[str], none: set[str]) -> None:
    """Calls and what they call; not fields, arguments and comments of the same name. What is no definition always counts."""
    text = made(tmp_path, f'#import "style.typ": *\n{card}\n')
    assert all(f"#let {name}(" in text for name in names)
    assert not any(f"#let {name}(" in text for name in none)
    assert "#set text" in text and "#let ink" in text


@pytest.mark.parametrize(
    "card",
    [
        '#import "style.typ": *\n#dictionary(style).at("pict" + "ure")',
        '#import "style.typ" as s\n#s.picture(d.logo)',
        '#import "style.typ"\n#style.picture(d.logo)',
        '#import "style.typ": *\n#eval("picture(d.logo)")',
    ],
)
def test_what_is_reached_without_its_name_counts_too(tmp_path: Path, card: str) -> None:
    """Modules as values, and code as a text."""
    assert "#let picture(" in made(tmp_path, card)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("#let a = 1\n", "// why\n#let a = 1\n\n\n"),
        ("#let a = 1\n\n#let b = 2\n", "#let a = 1\n\n\n\n  // why\n#let b = 2\n"),
    ],
)
def test_a_comment_says_nothing(tmp_path: Path, before: str, after: str) -> None:
    """Nor do more empty lines than one."""
    assert made(tmp_path, before) == made(tmp_path, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('#let a = "x\n// one\n"\n', '#let a = "x\n// two\n"\n'),
        ("```\n// one\n```\n", "```\n// two\n```\n"),
        ("/*\n*/\n#a\n", "/*\n#a\n*/\n"),
        ("#a\n#b\n", "#a\n\n#b\n"),
        ('#link("https://one")\n', '#link("https://two")\n'),
    ],
)
def test_what_only_looks_like_a_comment_counts(tmp_path: Path, before: str, after: str) -> None:
    """A line of a text, of a raw stretch, of what a comment leaves; the empty line that parts two paragraphs."""
    assert made(tmp_path, before) != made(tmp_path, after)


def test_a_layout_takes_in_nothing_from_outside(tmp_path: Path) -> None:
    """Whatever path it names, only the files that it is given count; a slash in front is their folder."""
    for name in ("card.typ", "style.typ", "parts/panel.typ"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("#let ink = 1", encoding="utf-8")
    (tmp_path / "secret.typ").write_text("#let secret = 1", encoding="utf-8")
    taken = ("/style.typ", "parts/panel.typ", "../secret.typ", f"{tmp_path}/secret.typ", "secret.typ")
    (tmp_path / "card.typ").write_text("".join(f'#import "{name}": *\n' for name in taken), encoding="utf-8")
    files = {name: tmp_path / name for name in ("card.typ", "style.typ", "parts/panel.typ")}
    assert set(sources(files, "card")) == files.keys()


@given(st.text(), st.text())
def test_any_text_is_read(card: str, style: str) -> None:
    """Strangers' layouts are read without a fault, and another text is another one unless only comments differ."""
    one = reached("card", {"card.typ": card, "style.typ": style})
    assert one == reached("card", {"card.typ": card, "style.typ": style})
    assert reached("card", {"card.typ": f"{card}#z", "style.typ": style}) != one
