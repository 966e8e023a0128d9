"""What is wrong with a workspace's sentences and messages, less what somebody waived: the one wiring of the rules."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from campaign.catalogue import glossary, store
from campaign.checks import RULES, Place, check_message, check_unit
from campaign.checks.pictures import strange_words, unconsented_pictures
from campaign.checks.same_source import mixed_terms, mixed_translations
from campaign.checks.whose import strange_catalogue
from campaign.config.consents import consents
from campaign.model.blocks import NAMES
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.finding import Finding
from campaign.model.message import Message
from campaign.model.subject import MESSAGE
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.render.texts import Texts
from campaign.workspace import described
from campaign.workspace.loader import Workspace
from campaign.workspace.terms import agreed


def unit_findings(
    space: Workspace, locale: str, known: Mapping[str, Place], only: Container[str] | None = None
) -> Iterator[tuple[Unit, list[Finding]]]:
    """Each unit of a language (or `only` of these keys) with its findings that nobody waived; `known` are places."""
    names, elsewhere = sorted({contact.name for contact in space.campaign.contacts}), Place()
    fonts, terms = space.project.fonts, agreed(glossary.load(space.project, locale, space.campaign.source_language))
    for unit in space.texts[locale].units.values():
        if only is not None and unit.key not in only:
            continue
        codes = space.waivers[locale].codes(unit.key, unit.source_hash, unit.text_hash)
        yield (
            unit,
            check_unit(
                unit,
                names=names,
                fonts=fonts,
                source_language=space.campaign.source_language,
                waived=codes,
                place=known.get(unit.key, elsewhere),
                terms=terms,
            ),
        )


def consistency_findings(space: Workspace, locale: str, known: Mapping[str, Place]) -> Iterator[Finding]:
    """The findings about sentences and terms that a catalogue says in several ways, and that nobody waived there."""
    if locale == space.campaign.source_language:
        return
    units = tuple(space.texts[locale].units.values())
    source = space.campaign.source_language
    terms = agreed(glossary.load(space.project, locale, source))
    for unit, found in (*mixed_translations(units, known), *mixed_terms(units, terms, source)):
        if found.code not in space.waivers[locale].codes(unit.key, unit.source_hash, unit.text_hash):
            yield found


def catalogue_findings(space: Workspace, locale: str) -> Iterator[Finding]:
    """The findings about a catalogue as a whole; the messages themselves are that of the source language."""
    path = space.project.catalogue(locale)
    forms = (form for unit in space.texts[locale].units.values() for form in unit.forms)
    if locale == space.campaign.source_language:
        yield from strange_catalogue(locale, space.project.name(space.project.messages), "", forms)
        return
    if not path.exists():
        return
    name = space.project.name(path)
    yield from strange_catalogue(locale, name, store.language(path, name), forms)


def picture_findings(project: Project, campaign: Campaign) -> Iterator[Finding]:
    """The findings about the pictures of a workspace; `where` is the file.

    Raises:
        CampaignError: a record of assets/consents.toml cannot be used.
    """
    yield from strange_words((each.file, each.words) for each in described.strangers(project, campaign))
    files = (file for _, file in project.below(project.illustrations, hidden=True))
    yield from unconsented_pictures(((project.name(file), file.read_bytes()) for file in files), consents(project))


def message_findings(space: Workspace, message: Message) -> Iterator[Finding]:
    """The findings about a message that nobody waived; those without a language are waived in the source language."""
    campaign = space.campaign
    for found in check_message(message, campaign.audiences[message.audience], campaign.source_language):
        texts = space.texts[found.locale or campaign.source_language]
        if not waived(space, found, message, texts):
            yield found


def waived(space: Workspace, found: Finding, message: Message, texts: Texts) -> bool:
    """Whether a finding about a message is waived for the words that the message has in a language now."""
    codes = space.waivers[texts.locale].codes(*item_words(message.audience, message, texts))
    return found.code in codes and RULES[found.code].waivable


def item_words(audience: str, message: Message, texts: Texts) -> tuple[str, str, str]:
    """What a waiver on a message covers: key, hash of its sources, hash of its words; the contacts are left out."""
    keys = dict.fromkeys(used.key for block in NAMES for used in message.units.get(block, ()))
    known = [texts.units[key] for key in keys if key in texts.units]
    sources, words = digest(*(unit.source_hash for unit in known)), digest(*(unit.text_hash for unit in known))
    return f"{MESSAGE}{audience}", sources, words
