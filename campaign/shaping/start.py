"""A fresh workspace: the reference campaign cut down to what was asked for, with room for one's own."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaign import languages as registry
from campaign.errors import CampaignError, Problem
from campaign.project import Project, write_atomic
from campaign.shaping import audiences, countries, languages, settings, source_language
from campaign.shaping.trial import reshape
from campaign.typeset import pictures
from campaign.workspace import version_control

STARTER = ("campaign.toml", "contacts.toml", "templates", "locales", "assets", "glossary")
_LOGO = re.compile(r"\.(svg|png|jpg|jpeg)", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a campaign is to begin with; an empty field takes what the reference campaign has.

    `audiences` are ids; one that the reference campaign lacks gets a message to fill in. `empty`: no message of the
    reference campaign is taken, whatever its name. `source` is the language that the messages are written in.
    """

    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    name: str = ""
    organisation: str = ""
    logo: Path | None = None
    colour: str = ""
    crisis: str = ""
    empty: bool = False
    source: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing was asked for: the reference campaign as it is."""
        return self == Wanted()


def starter() -> Path:
    """Where the starter lies: inside the installed package, or the checkout's root."""
    package = Path(__file__).resolve().parents[1]
    return package / "starter" if (package / "starter").is_dir() else package.parent


def offered() -> tuple[str, ...]:
    """The audiences that the starter has a message for."""
    return tuple(settings.table(Project(starter()), "audiences"))


def sources() -> tuple[str, ...]:
    """The languages that a campaign can begin in: those in which the starter has all its texts."""
    held = settings.listed(Project(starter()), "languages")
    return tuple(tag for tag in held if tag == _reference_source() or Project(starter()).catalogue(tag).exists())


def _reference_source() -> str:
    return str(settings.values(Project(starter()), Project(starter()).config)["source_language"])


def lay_out(root: Path, wanted: Wanted, today: date) -> None:
    """Write a fresh workspace into `root`, a new empty folder.

    Raises:
        CampaignError: languages, countries, colours or files that cannot be; every problem at once.
    """
    _checked(wanted)
    for name in STARTER:
        source = starter() / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns(".*"))
        elif source.is_file():
            shutil.copyfile(source, root / name)
    project = Project(root)
    if not wanted.whole:
        _cut_down(project, wanted)
        _brand(project, wanted)
        _dated(project, wanted, today)
        for change in reshape(project, lambda trial: None).changes:  # catalogues in step with what is left
            write_atomic(root / change.path, change.after or b"")
        _forget_unused(project)
        _countries(project, wanted.countries)  # last: until somebody fills in their helplines nothing can be loaded
        if wanted.countries:
            _helplines(project)
    version_control.write(project, fresh=True)


def _checked(wanted: Wanted) -> None:
    problems: list[Problem] = []
    checks = [(countries.checked, code) for code in wanted.countries] + [
        (registry.get, tag) for tag in wanted.languages
    ]
    for check, value in checks:
        try:
            check(value)
        except CampaignError as error:
            problems += error.problems
    for name in wanted.audiences:
        try:
            settings.named(name, "an audience")
        except CampaignError as error:
            problems += error.problems
    if wanted.source and wanted.source not in sources():
        what = f"the reference campaign has no texts in {wanted.source!r} to begin with"
        todo = f"one of: {', '.join(sources())}; or begin in one, translate, and then: campaign rename source"
        problems.append(Problem("--source", what, todo))
    if wanted.colour and not _COLOUR.fullmatch(wanted.colour):
        problems.append(Problem("--colour", f"{wanted.colour!r} is not a colour", "write it like #7A1F3D"))
    if wanted.logo and not wanted.logo.is_file():
        problems.append(Problem("--logo", f"there is no file {wanted.logo}", "name an SVG, PNG or JPEG file"))
    elif wanted.logo and not _LOGO.fullmatch(wanted.logo.suffix):
        what = f"{wanted.logo.name!r} is no kind of picture that a logo can be"
        problems.append(Problem("--logo", what, "name an SVG, PNG or JPEG file"))
    elif wanted.logo:
        try:
            pictures.read(wanted.logo, f"--logo {wanted.logo}")
        except CampaignError as error:
            problems += error.problems
    if problems:
        raise CampaignError(problems)


def _cut_down(project: Project, wanted: Wanted) -> None:
    """Take out what was not asked for, and lay out what the reference campaign lacks."""
    shipped = list(settings.table(project, "audiences"))
    mine = wanted.audiences or (() if wanted.empty else tuple(shipped))
    if wanted.empty:
        mine = mine or ("readers",)
        for name in mine:
            if name in shipped:
                audiences.rename(project, name, f"{name}-shipped")
        shipped = list(settings.table(project, "audiences"))
    for name in mine:
        if name not in shipped:
            audiences.add(project, name, name.replace("-", " ").capitalize())
    if wanted.audiences or wanted.empty:
        _without_forms(project)
    for name in shipped:
        if name not in mine:
            audiences.remove(project, name)
    source = wanted.source or _reference_source()
    mine = (source, *(tag for tag in wanted.languages if tag != source)) if wanted.languages else ()
    _languages(project, tuple(dict.fromkeys((_reference_source(), *mine))) if mine else ())  # fewer to turn
    source_language.change(project, source)
    _languages(project, mine)


def _without_forms(project: Project) -> None:
    """Take out the forms of offices, and the rehearsals that name them: they are other texts than those asked for."""
    for line in project.config.read_text(encoding="utf-8").splitlines():
        if re.match(r"\[(forms|drills)\.", line):
            settings.take_out(project, project.config, line.strip())
    shutil.rmtree(project.inside(project.root / "templates" / "forms"), ignore_errors=True)


def _languages(project: Project, tags: tuple[str, ...]) -> None:
    had = settings.listed(project, "languages")
    for tag in tags:
        if tag not in had:
            languages.add(project, tag)
    for tag in had if tags else ():
        if tag not in tags:
            languages.remove(project, tag)
            shutil.rmtree(
                project.inside(project.root / "locales" / tag), ignore_errors=True
            )  # nobody's work yet: the starter's draft
            project.glossary(tag).unlink(missing_ok=True)
    if tags:
        settings.change_list(project, "languages", lambda _: list(tags))


def _countries(project: Project, codes: tuple[str, ...]) -> None:
    had = settings.listed(project, "countries")
    for code in codes:
        if code not in had:
            countries.add(project, code)
    for code in had if codes else ():
        if code not in codes:
            countries.remove(project, code)


def _brand(project: Project, wanted: Wanted) -> None:
    with settings.document(project, project.config) as held:
        brand = held["brand"]
        if wanted.organisation:
            brand["organisation"] = wanted.organisation
        if wanted.logo:
            brand["logo"] = _named(wanted.logo)
    if wanted.colour:
        # "teal" is the accent of most audiences: their bands and drawings take the colour too.
        accents = f'[brand.accents]\nteal = "{wanted.colour}"'
        colours = f'[brand.palette]\nprimary = "{wanted.colour}"\n\n{accents}'
        settings.append(project, project.config, colours, after="[brand]")
    if wanted.logo:
        for old in project.files(project.inside(project.assets / "logos"), "*"):
            old.unlink()
        write_atomic(project.inside(project.assets / "logos" / _named(wanted.logo)), wanted.logo.read_bytes())
        _own_words(project, wanted.organisation, wanted.source or _reference_source())


def _named(logo: Path) -> str:
    """What the file is called in the workspace: a name that every system takes, without spaces ("mi logo.SVG")."""
    stem = re.sub(r"[^\w-]+", "-", logo.stem).strip("-") or "logo"
    return f"{stem}{logo.suffix.lower()}"


#: What a logo is called for who cannot see it, and what stands there while nobody said whose it is.
_LOGO_OF = {
    "en": ("Logo of {}", "Logo of the organisation that gives you this"),
    "es": ("Logotipo de {}", "Logotipo de la organización que te da esto"),
    "fr": ("Logo de {}", "Logo de l'organisation qui vous donne ceci"),
    "it": ("Logo di {}", "Logo dell'organizzazione che ti dà questo"),
    "pt": ("Logótipo de {}", "Logótipo da organização que lhe dá isto"),
    "de": ("Logo von {}", "Logo der Organisation, die Ihnen dies gibt"),
    "nl": ("Logo van {}", "Logo van de organisatie die u dit geeft"),
}


def _own_words(project: Project, organisation: str, source: str) -> None:
    """Another logo, other words for who cannot see it: the reference campaign's describe its own."""
    path = project.inside(project.messages / "labels.j2")
    text = path.read_text(encoding="utf-8")
    named, unnamed = _LOGO_OF.get(source, ("{}", "Logo"))
    words = named.format(organisation) if organisation else unnamed
    macro = re.compile(r"(\{% macro logo_alt\(\) %\}.*?\{%-? trans %\}).*?(\{% endtrans %\})", re.DOTALL)
    write_atomic(
        path, macro.sub(lambda found: found[1] + words.replace("{", "").replace("}", "") + found[2], text).encode()
    )


#: What stands at the head of contacts.toml when none of the reference campaign's helplines is in it.
_HEAD = """\
# The helplines that readers are told to call. Fill in each record from the operator's own page, never from memory:
#   campaign add contact ID --name "…" --number +…      (or --chat, --email, --address)
# Then try it, and say what you checked and how: campaign contacts verify ID
# Until then nothing is released that carries it. Every key is explained in docs/reference/campaign-toml.md.
"""


def _helplines(project: Project) -> None:
    """Another head for contacts.toml: the reference campaign's speaks of its own records."""
    text = project.contacts.read_text(encoding="utf-8")
    records = text[text.index("[[contact]]") :]
    write_atomic(project.contacts, f"{_HEAD}\n{records}".encode())


def _dated(project: Project, wanted: Wanted, today: date) -> None:
    with settings.document(project, project.config) as held:
        held["edition"] = today
        if wanted.name or wanted.organisation:
            held["name"] = wanted.name or wanted.organisation
        held["crisis"] = wanted.crisis


def _forget_unused(project: Project) -> None:
    """Take what nothing uses out of the fresh catalogues: it is the reference campaign's, and nobody's history."""
    from campaign.catalogue import store

    for tag in settings.listed(project, "languages"):
        path = project.catalogue(tag)
        if path.exists():
            held = store.parse(path, project.name(path), tag)
            held.units = [unit for unit in held.units if not unit.isobsolete()]
            store.write(path, held)
