"""A language that only the workspace describes, at every door: extract, update, check, review, build, release, packs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pypdfium2
import pytest
from signing import verify_contacts

from campaign import languages
from campaign.catalogue import store, warm
from campaign.project import Project

KANNADA = """
[language.kn]
autonym = "ಕನ್ನಡ"
english = "Kannada"
script = "Knda"
plural = "nplurals=2; plural=(n > 1);"
"""
#: help, free, doctor, call, house, night, work, money: words, and no sentences that anybody should read.
WORDS = ("ಸಹಾಯ", "ಉಚಿತ", "ವೈದ್ಯರು", "ಕರೆ", "ಮನೆ", "ರಾತ್ರಿ", "ಕೆಲಸ", "ಹಣ")
TODAY = date.today().isoformat()

pytestmark = pytest.mark.slow


def worded(source: str) -> str:
    """Kannada words in place of the English ones, with everything else as it is."""
    words = cycle(WORDS)
    return re.sub(
        r"%\(\w+\)[sd]|[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: m[0] if m[0][0] == "%" else next(words), source
    )


@pytest.fixture(scope="module")
def kannada(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory, cli) -> Iterator[Project]:
    """The small campaign with a language of its own, each sentence of it signed for migrants."""
    root = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("own") / "workspace"))
    project = Project(root)
    told = project.config.read_text(encoding="utf-8").replace('"de", "ar"]', '"de", "ar", "kn"]')
    project.config.write_text(told + KANNADA, encoding="utf-8")
    verify_contacts(project)
    assert cli.run("update", "kn", at=project).code == 0
    path = project.catalogue("kn")
    units = store.read(path, "kn", "kn").units
    edits = {
        u.key: store.Edit(tuple(map(worded, (u.source, u.plural) if u.plural else (u.source,))), False, "A. Gowda", ())
        for u in units
    }
    warm.edit(path, "kn", "kn", edits, seen={unit.key: unit.text_hash for unit in units})
    signed = cli.run("review", "sign", "kn", "--audience", "migrants", "--name", "A. Gowda", at=project)
    assert signed.code == 0, signed.err
    yield project
    languages.hold(())


@pytest.mark.breadth
def test_it_is_released_in_its_own_script(kannada: Project, cli) -> None:
    """Two processes make the items; the leaflet is set in the font of the script, and the packs leave."""
    built = cli.spawn("build", "--release", "--lang", "kn", "--audience", "migrants", "--jobs", "2", at=kannada)

    assert built.code == 0, built.out + built.err
    released = kannada.root / "output" / "release" / "BE" / "kn" / "migrants"
    page = pypdfium2.PdfDocument(released / "leaflet-a5-screen.pdf")[0].get_textpage().get_text_range()
    assert "ಸಹಾಯ" in page
    assert 'lang="kn"' in (released / "index.html").read_text(encoding="utf-8")
    assert '"encoding": "UCS-2"' in (released / "sms.json").read_text(encoding="utf-8")
    for kind in ("sms", "social", "web"):
        packed = cli.run("pack", kind, "--release", at=kannada)
        assert packed.code == 0, packed.out + packed.err
    verified = cli.spawn("verify", "--release", at=kannada)
    assert verified.code == 0, verified.out + verified.err


def test_what_nobody_listed_is_said(kannada: Project, cli) -> None:
    """Rules that need words say that they are not checked; none of them calls the script wrong."""
    checked = cli.run("check", "--lang", "kn", "--audience", "migrants", "--no-layout", at=kannada)

    assert checked.out.count("nobody listed the words of Kannada yet") > 5
    assert "script (error" not in checked.out
    assert "glyph" not in checked.out


@pytest.mark.breadth
def test_reviewers_get_and_send_it(kannada: Project, cli, tmp_path: Path) -> None:
    """The pack, the worksheet and the history name the language as the workspace does."""
    for kind in ("html", "xlsx", "po"):
        out = tmp_path / f"pack.{kind}"
        assert cli.spawn("review", "export", "kn", "--to", kind, "--output", str(out), at=kannada).code == 0
    assert "ಕನ್ನಡ" in (tmp_path / "pack.html").read_text(encoding="utf-8")
    answered = cli.spawn("review", "import", str(tmp_path / "pack.xlsx"), at=kannada)
    assert "Traceback" not in answered.err
    assert "unknown language" not in answered.err
    assert cli.spawn("review", "log", "kn", at=kannada).code == 0
    listed = cli.spawn("models", "list", at=kannada)
    assert "kn Kannada" in listed.out


@pytest.mark.breadth
def test_a_described_direction_is_what_was_signed(kannada: Project, cli, tmp_path: Path) -> None:
    """Another font or another space between lines is another look: the leaflet is asked for again, English is not."""
    other = Project(Path(shutil.copytree(kannada.root, tmp_path / "other", ignore=shutil.ignore_patterns("output"))))
    before = cli.spawn("status", "--json", at=other).out
    told = other.config.read_text(encoding="utf-8")
    other.config.write_text(told + "leading = 1.2\n", encoding="utf-8")

    after = cli.spawn("status", "--json", at=other).out

    assert '"stale": 0' in before
    assert before != after


def test_a_finished_file_is_audited_in_it(kannada: Project, cli, tmp_path: Path) -> None:
    """A file that says it is Kannada is judged as Kannada, in the readers' processes too."""
    sentence = " ".join(WORDS) + " 112. "
    (tmp_path / "a-en.txt").write_text("Help is free. A doctor helps you at night. Call 112. " * 3, encoding="utf-8")
    (tmp_path / "a-kn.txt").write_text(sentence * 3, encoding="utf-8")

    audited = cli.spawn("audit", str(tmp_path / "a-en.txt"), str(tmp_path / "a-kn.txt"), at=kannada)

    assert "script" not in audited.out
    assert "unknown" not in audited.out + audited.err
