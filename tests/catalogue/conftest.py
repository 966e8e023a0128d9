"""A workspace with templates of a few lines, and a look into PO files as text."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign.project import Project
from campaign.translation import catalogues

Templates = Callable[..., None]


@pytest.fixture
def little(workspace: Project) -> Project:
    """The workspace without any template and without any catalogue."""
    shutil.rmtree(workspace.templates)
    shutil.rmtree(workspace.root / "locales")
    return workspace


@pytest.fixture
def templates(little: Project) -> Templates:
    """`templates(migrants="…", shared="…")` makes these the only message templates."""

    def write(**files: str) -> None:
        shutil.rmtree(little.messages, ignore_errors=True)
        little.messages.mkdir(parents=True)
        for name, text in files.items():
            (little.messages / f"{name}.j2").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def say(little: Project, templates: Templates) -> Callable[[str], None]:
    """`say(template)` makes this the only template, and brings campaign.pot and every PO file in step with it."""

    def change(text: str) -> None:
        templates(migrants=text)
        catalogues.extract_pot(little)
        catalogues.update(little)

    return change


@pytest.fixture
def entry() -> Callable[[Path, str], str]:
    """`entry(path, msgid)` is the whole text of an entry, as it stands in the file."""

    def find(path: Path, msgid: str) -> str:
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        (found,) = [block.strip("\n") for block in blocks if f'msgid "{msgid}"\n' in f"{block}\n".replace("#| ", "#|")]
        return found

    return find


@pytest.fixture
def translate(
    little: Project, rewrite: Callable[[Path, str, str], None], entry: Callable[[Path, str], str]
) -> Callable[..., None]:
    """`translate(locale, msgid, *texts)` types texts into the PO file as a translator does, and takes `fuzzy` away."""

    def write(locale: str, msgid: str, *texts: str) -> None:
        path = little.catalogue(locale)
        old = entry(path, msgid)
        kept = [line for line in old.split("\n") if not line.startswith(("msgstr", "#, fuzzy", "#|"))]
        forms = (
            [f'msgstr "{texts[0]}"']
            if "msgid_plural" not in old
            else [f'msgstr[{n}] "{text}"' for n, text in enumerate(texts)]
        )
        rewrite(path, f"{old}\n", "\n".join([*kept, *forms]) + "\n")

    return write
