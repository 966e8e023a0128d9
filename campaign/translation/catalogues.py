"""extract and update: templates to campaign.pot, campaign.pot to each language's PO file."""

from __future__ import annotations

from collections.abc import Mapping

from campaign import config
from campaign.catalogue import extract, form_templates, merge, store
from campaign.errors import CampaignError, Problem
from campaign.ledger import ledger
from campaign.model.campaign import Campaign
from campaign.model.verdict import Verdict
from campaign.project import Project, locked
from campaign.render.template_check import template_problems
from campaign.workspace import described

#: Context, source, plural.
_IDENTITY = 3


def extract_pot(project: Project, fits: tuple[str, ...] = ()) -> int:
    """Write campaign.pot from the templates; the number of messages. Words that are new are tied to their pictures;
    `fits` are pictures whose words are right as they are.

    Raises:
        CampaignError: broken templates, or `fits` that no message shows; the old campaign.pot stays.
    """
    campaign = config.load(project)
    messages = extract.extract(project)
    if problems := [*template_problems(project), *form_templates.problems(project, campaign.forms)]:
        raise CampaignError(problems)
    with locked(project.pot, project.name(project.pot)):
        described.note(project, campaign, fits)
        store.write(project.pot, extract.build_pot(messages, campaign.name, campaign.edition.isoformat()))
    return len(messages)


def update(project: Project, only: tuple[str, ...] = ()) -> Mapping[str, merge.Merged]:
    """Bring the PO file of every language (or of `only` these) in step with the templates, making missing ones.

    A campaign.pot that says something else than the templates is written anew first: what is new is told by them.

    Raises:
        CampaignError: a file cannot be read; then no file is changed.
    """
    campaign = config.load(project)
    if not project.pot.exists():
        raise CampaignError.single(
            "there is no campaign.pot yet", where=project.name(project.pot), todo="run: campaign extract"
        )
    store.parse(project.pot, project.name(project.pot), "")  # one that is damaged is not written over
    pot = extract.build_pot(extract.extract(project), campaign.name, campaign.edition.isoformat())
    locales = [tag for tag in campaign.languages if tag != campaign.source_language and (not only or tag in only)]
    problems: list[Problem] = []
    signed: dict[str, merge.Signed] = {}
    for locale in locales:
        path = project.catalogue(locale)
        try:
            if path.exists():
                store.parse(path, project.name(path), locale)
            signed[locale] = _signed(project, campaign, locale)
        except CampaignError as error:
            problems += error.problems
    if problems:
        raise CampaignError(problems)
    with locked(project.pot, project.name(project.pot)):
        store.write(project.pot, pot)
    results = {}
    for locale in locales:
        path = project.catalogue(locale)
        with locked(path, project.name(path)):
            po = (
                store.parse(path, project.name(path), locale)
                if path.exists()
                else store.new(locale, campaign.name, campaign.edition.isoformat())
            )
            results[locale] = merge.merge(pot, po, locale, signed[locale])
            store.write(path, po)
    return results


def _signed(project: Project, campaign: Campaign, locale: str) -> merge.Signed:
    """What is signed in a language, whether a template says it at present or not."""
    book = project.ledger(locale)
    reviews = ledger.read(book, project.name(book))
    needed = campaign.needed(locale)
    hashes = {words for words, people in reviews.approvals(campaign.trusted(locale)).items() if len(people) >= needed}
    words = {
        (event.source[0], event.source[1], event.source[2]): event.forms
        for event in reviews.events
        if event.verdict is Verdict.SIGN and event.forms and len(event.source) == _IDENTITY
        if (event.source_hash, event.text_hash) in hashes
    }
    return merge.Signed(hashes, words)
