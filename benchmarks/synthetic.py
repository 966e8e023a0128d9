"""A workspace of any size: audiences that repeat the reference campaign's, each with sentences of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: At 1x: three audiences in two languages for one country.
AUDIENCES = ("migrants", "seasonal-workers", "homeless")
LANGUAGES = ("en", "de")


def make(folder: Path, size: int) -> None:
    """Write a workspace of `size` times three audiences. Its German is the English sentence: only the amount counts."""
    hidden = shutil.ignore_patterns(".*")
    shutil.copytree(ROOT / "templates", folder / "templates", ignore=hidden)
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=hidden)
    for name in ("config", "messages"):
        (folder / "templates" / name).mkdir(exist_ok=True)
    own = [path.stem for path in (folder / "assets" / "illustrations").glob("*.svg")]
    for audience in own:
        (folder / "templates" / "messages" / f"{audience}.j2").unlink(missing_ok=True)
    names = [f"{audience}-{number}" for number in range(1, size + 1) for audience in AUDIENCES]
    for name in names:
        audience, _, number = name.rpartition("-")
        text = (ROOT / "templates" / "messages" / f"{audience}.j2").read_text(encoding="utf-8")
        text = re.sub(r"\s*(\{%-?\s*endtrans)", rf" ({number})\1", text)
        (folder / "templates" / "messages" / f"{name}.j2").write_text(text, encoding="utf-8")
        picture = ROOT / "assets" / "illustrations" / f"{audience}.svg"
        shutil.copy(picture, folder / "assets" / "illustrations" / f"{name}.svg")
    (folder / "campaign.toml").write_text(_config(names), encoding="utf-8")
    contacts = (ROOT / "contacts.toml").read_text(encoding="utf-8")
    parts = [part for part in re.split(r"(?m)^(?=\[\[contact\]\])", contacts) if 'country = "BE"' in part]
    (folder / "contacts.toml").write_text(
        re.sub(r"(?m)^audiences = .*$", 'audiences = ["*"]', "".join(parts)), encoding="utf-8"
    )


def _config(names: list[str]) -> str:
    text = (ROOT / "campaign.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^languages = .*$", 'languages = ["en", "de"]', text)
    text = re.sub(r"(?m)^countries = .*$", 'countries = ["BE"]', text)
    sections = [part for part in re.split(r"(?m)^(?=\[)", text) if not part.startswith("[audiences.")]
    return "".join(sections) + "".join(f'\n[audiences.{name}]\nname = "{name}"\n' for name in names)


def add(folder: Path, locale: str) -> None:
    """One language more in campaign.toml, without a catalogue yet."""
    path = folder / "campaign.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(languages = \[.*)\]$", rf'\1, "{locale}"]', text), encoding="utf-8")


def translate(folder: Path) -> None:
    """Fill the German catalogue (after extract and update) with the source sentences."""
    from campaign.catalogue import store, warm
    from campaign.project import Project

    path = Project(folder).catalogue("de")
    units = store.read(path, path.name, "de").units
    edits = {unit.key: store.Edit((unit.source, unit.plural)[: len(unit.forms)], fuzzy=True) for unit in units}
    warm.edit(path, path.name, "de", edits)


def reword(folder: Path, number: int) -> None:
    """Change one sentence of one audience in German."""
    path = folder / "locales" / "de" / "LC_MESSAGES" / "campaign.po"
    text = path.read_text(encoding="utf-8")
    start = text.index('msgstr "', text.index("migrants-1.j2"))
    end = text.index("\n", start)
    path.write_text(f'{text[:start]}msgstr "Changed {number} (1)"{text[end:]}', encoding="utf-8")
