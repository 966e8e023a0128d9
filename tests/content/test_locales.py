"""The catalogues that the reference campaign ships: complete, honest about being drafts, readable for all tools."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign import config, languages
from campaign.catalogue import states, store
from campaign.ledger import ledger
from campaign.model.state import State
from campaign.project import Project
from campaign.translation import catalogues
from campaign.workspace import loader

ROOT = Path(__file__).parents[2]
LOCALES = sorted(path.parts[-3] for path in (ROOT / "locales").glob("*/LC_MESSAGES/campaign.po"))


def test_every_language_of_the_campaign_has_a_catalogue(reference: Path) -> None:
    """campaign.toml promises no language that nobody has drafted."""
    campaign = config.load(Project(reference))

    assert sorted({*LOCALES, campaign.source_language}) == sorted(campaign.languages)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.sample(13)
def test_gettext_accepts_it(reference: Path, msgfmt: Callable[[Path], str], locale: str) -> None:
    """msgfmt -c: header, placeholders and plural forms are in order."""
    assert msgfmt(Project(reference).catalogue(locale)) == ""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.sample(13)
def test_opening_and_saving_it_changes_nothing(reference: Path, locale: str) -> None:
    """A translator who opens the file here and elsewhere sees no difference that nobody made."""
    path = Project(reference).catalogue(locale)

    assert bytes(store.parse(path, path.name, locale)) == path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.sample(7)
def test_it_asks_for_every_sentence(reference: Path, locale: str) -> None:
    """Every sentence of every template has its place in every plural form, also where nobody has written a text yet."""
    project = Project(reference)
    wanted = {unit.key: unit.source for unit in loader.source_units(project, locale)}
    have = store.read(project.catalogue(locale), locale, locale).by_key()

    assert [source for key, source in wanted.items() if key not in have] == []
    assert [
        unit.source for unit in have.values() if unit.plural and len(unit.forms) != languages.get(locale).nplurals
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.sample(13)
def test_it_is_complete(reference: Path, locale: str) -> None:
    """A language of the campaign has a text for every sentence of every template."""
    project = Project(reference)
    have = store.read(project.catalogue(locale), locale, locale).by_key()

    assert [unit.source for unit in loader.source_units(project, locale) if not have[unit.key].translated] == []


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.sample(7)
def test_nothing_in_it_pretends_to_be_reviewed(reference: Path, locale: str) -> None:
    """A text without the fuzzy mark is one that the ledger holds a signature for; each says where it comes from."""
    project = Project(reference)
    campaign = config.load(project)
    book = ledger.read(project.ledger(locale), locale)
    approvals = book.approvals(campaign.trust)
    units = store.read(project.catalogue(locale), locale, locale).units

    assert [unit.source for unit in units if unit.translated and not unit.origin] == []
    assert [
        unit.source
        for unit in units
        if unit.translated
        and not unit.fuzzy
        and states.state(unit, approvals, campaign.needed(locale)) is not State.SIGNED
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("tags", [LOCALES[half::2] for half in (0, 1)], ids="-".join)
@pytest.mark.sample(1)
def test_templates_and_catalogues_are_in_step(reference: Path, tmp_path: Path, tags: list[str]) -> None:
    """extract and update have nothing to do: whoever changes a template runs them."""
    for name in ("campaign.toml", "contacts.toml"):
        shutil.copy(reference / name, tmp_path)
    for name in ("templates", "locales"):
        shutil.copytree(reference / name, tmp_path / name, ignore=shutil.ignore_patterns(".*"))
    project = Project(tmp_path)

    catalogues.extract_pot(project)
    assert project.pot.read_bytes() == Project(reference).pot.read_bytes(), "run: campaign extract && campaign update"
    catalogues.update(project, tuple(tags))

    for locale in tags:
        assert project.catalogue(locale).read_bytes() == Project(reference).catalogue(locale).read_bytes(), locale
