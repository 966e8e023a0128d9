"""Raw machine text: an item that shows a machine's draft which no person has edited or read says so."""

from __future__ import annotations

import json
from datetime import date

import pypdfium2
import pytest
from signing import sign

from campaign.catalogue import store, warm
from campaign.catalogue.origins import raw
from campaign.model.digest import digest
from campaign.model.unit import Unit
from campaign.project import Project

UNREAD = "Machine draft, nobody has read this"
SENTENCE = "You can see a doctor, whatever your papers."


def drafted(text: str = "Sie können zum Arzt.", engine: str = "machine translation, argos x 1 (licence: MIT)") -> Unit:
    """A unit as `campaign draft` leaves it."""
    return Unit("de", "", SENTENCE, "", (text,), True, origin=f"{engine}; text {digest(text)[:8]}")


def test_who_has_read_a_draft_is_asked() -> None:
    """Nobody's is raw; edited, finished, spoken about or taken from what was signed is not."""
    unit = drafted()
    words = (unit.source_hash, unit.text_hash)

    assert raw(unit, frozenset())
    assert not raw(unit, {words})
    assert not raw(Unit("de", "", SENTENCE, "", ("Geh zum Arzt.",), True, origin=unit.origin), frozenset())
    assert not raw(Unit("de", "", SENTENCE, "", unit.forms, False, origin=unit.origin), frozenset())
    assert not raw(drafted(engine="translation memory, same source; signed"), frozenset())
    assert raw(drafted(engine="translation memory, same source; machine translation, argos x 1"), frozenset())


@pytest.fixture
def machine(workspace: Project) -> Project:
    """The workspace with one sentence of the German leaflet drafted by a machine."""
    path = workspace.catalogue("de")
    unit = next(unit for unit in store.read(path, "de", "de").units if unit.source == SENTENCE)
    made = drafted()
    warm.edit(
        path, "de", "de", {unit.key: store.Edit(made.forms, True, made.origin, ())}, seen={unit.key: unit.text_hash}
    )
    return workspace


def shown(project: Project) -> dict[str, str]:
    """What the German items for migrants say, by file."""
    folder = project.root / "output" / "review" / "BE" / "de" / "migrants"
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in (".txt", ".html")
    }
    pages = pypdfium2.PdfDocument(folder / "leaflet-a5-screen.pdf")
    return texts | {"leaflet": " ".join(page.get_textpage().get_text_range() for page in pages)}


@pytest.mark.slow
def test_an_item_says_that_nobody_has_read_it(machine: Project, cli) -> None:
    """Its own mark in place of the usual line, until somebody has read the words; items without them stay as they were."""
    build = ("build", "--lang", "de", "--audience", "migrants", "--jobs", "1")
    assert cli.run(*build, at=machine).code == 0
    unread = {name for name, text in shown(machine).items() if UNREAD in " ".join(text.split())}
    assert {"leaflet", "index.html"} <= unread
    assert "sms.txt" not in unread
    rows = json.loads(cli.run("status", "--json", at=machine).out)["languages"]
    assert {row["language"]: row["machine_unread"] for row in rows} == {"en": 0, "de": 1, "ar": 0}
    assert "de: 1 sentences are machine drafts that nobody has read" in cli.run("status", at=machine).out

    path = machine.catalogue("de")
    unit = next(unit for unit in store.read(path, "de", "de").units if unit.source == SENTENCE)
    warm.edit(
        path,
        "de",
        "de",
        {unit.key: store.Edit(("Sie können zum Arzt gehen.",), True, "M. Weber", ())},
        seen={unit.key: unit.text_hash},
    )
    assert cli.run(*build, at=machine).code == 0
    assert not [name for name, text in shown(machine).items() if UNREAD in " ".join(text.split())]


@pytest.mark.slow
def test_every_channel_has_its_mark(machine: Project, cli) -> None:
    """Where every sentence is a machine's, cards, posts and text messages say so too."""
    path = machine.catalogue("de")
    units = store.read(path, "de", "de").units
    edits = {
        u.key: store.Edit(u.forms, True, f"machine translation, argos x 1; text {u.text_hash[:8]}", ())
        for u in units
        if u.translated
    }
    warm.edit(path, "de", "de", edits, seen={unit.key: unit.text_hash for unit in units})

    assert cli.run("build", "--lang", "de", "--audience", "migrants", "--jobs", "1", at=machine).code == 0

    texts = shown(machine)
    assert not [name for name, text in texts.items() if UNREAD not in " ".join(text.split())]
    assert texts["sms.txt"].startswith("[ENTWURF / DRAFT / Machine draft, nobody has read this] ")


def test_somebody_who_read_it_is_in_the_ledger(machine: Project, cli) -> None:
    """A person who signs, rejects or comments has read the words; the mark goes, the draft mark stays."""
    path = machine.catalogue("de")
    unit = next(unit for unit in store.read(path, "de", "de").units if unit.source == SENTENCE)
    sign(machine, "de", [unit], reviewer="M. Weber", role="mediator", on=date(2026, 11, 20))

    rows = json.loads(cli.run("status", "--json", at=machine).out)["languages"]
    assert {row["language"]: row["machine_unread"] for row in rows}["de"] == 0
