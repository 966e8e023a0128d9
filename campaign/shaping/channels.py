"""A channel added to a workspace: its line in campaign.toml, its templates, the sentences of its own with drafts."""

from __future__ import annotations

import tomllib
from importlib import resources

from campaign.catalogue import store
from campaign.catalogue.store import Edit
from campaign.model.channels import CHANNELS
from campaign.project import Project, write_atomic
from campaign.shaping import settings
from campaign.shaping.start import starter
from campaign.translation import catalogues
from campaign.voice.script import DIGITS

_WHAT = "a channel of campaign.toml"
#: What a workspace made before the channel lacks, from the starter; and what only a campaign with the channel has.
_SHARED = (
    *("templates/channels/voice.j2", "templates/channels/spot.j2"),
    *("templates/layouts/voice-script.typ", "templates/layouts/voice-film.typ"),
)
_DIGITS = "templates/channels/digits.j2"
_ORIGIN = "draft written by the campaign team, 2026-11; not reviewed by a mediator"


def add(project: Project, name: str) -> None:
    """A channel that the campaign did not have.

    Raises:
        CampaignError: there is no such channel, or the campaign has it.
    """
    settings.known(name, CHANNELS, "a channel", "the program")
    usual = [spec.name for spec in CHANNELS.values() if spec.usual]
    listed = settings.listed(project, "channels") or usual
    settings.fresh(name, listed, _WHAT, "campaign.toml")
    with settings.document(project, project.config) as held:
        held["channels"] = [*listed, name]
    if name == "voice":
        _voice(project)


def _voice(project: Project) -> None:
    """The templates of the channel, and the words of the digits as drafts."""
    data = resources.files("campaign") / "data" / "voice"
    for file in _SHARED:
        _lay(project, file, (starter() / file).read_bytes())
    _lay(project, _DIGITS, (data / "digits.j2").read_bytes())
    catalogues.extract_pot(project)
    catalogues.update(project)
    drafts: dict[str, list[str]] = tomllib.loads((data / "digits.toml").read_text(encoding="utf-8"))
    for locale in settings.listed(project, "languages"):
        if locale in drafts and project.catalogue(locale).is_file():
            _draft(project, locale, drafts[locale])


def _lay(project: Project, file: str, data: bytes) -> None:
    """Write a template, unless the workspace has its own."""
    path = project.inside(project.root / file)
    if not path.exists():
        write_atomic(path, data)


def _draft(project: Project, locale: str, words: list[str]) -> None:
    """Put the drafts of the digit words where a language has none."""
    path, name = project.catalogue(locale), project.name(project.catalogue(locale))
    catalogue = store.parse(path, name, locale)
    names = dict(zip(_sources(), words, strict=True))
    for unit in store.live(catalogue):
        context, source, _ = store.identity(unit)
        if context == CONTEXT and source in names and not store.unit_of(unit, locale).translated:
            store.apply(unit, Edit((names[source],), fuzzy=True, origin=_ORIGIN))
    store.write(path, catalogue)


#: The context of the digits' words in a catalogue.
CONTEXT = "digit, read aloud"


def _sources() -> tuple[str, ...]:
    """The words of the template, in the order of DIGITS."""
    return (*["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], "plus")[: len(DIGITS)]
