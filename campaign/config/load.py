"""campaign.toml, contacts.toml and reviewers.toml into one checked Campaign value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlsplit, urlunsplit

from campaign import languages, limits
from campaign.config import contacts as contact_file
from campaign.config import forms as form_tables
from campaign.config.audiences import read_audiences
from campaign.config.own_languages import read_own_languages
from campaign.config.printing import number, read_inks, read_layouts, read_profiles
from campaign.config.reviewing import read_review, with_people
from campaign.config.sms import read_sms
from campaign.config.tables import ID, Table, check_language, parse, placed, suggestion
from campaign.config.walls import read_walls
from campaign.errors import CampaignError, Problem
from campaign.limits import Limits
from campaign.model.brand import Brand
from campaign.model.campaign import Campaign
from campaign.model.channels import CHANNELS
from campaign.model.contact import Contact
from campaign.project import Project

#: The look of docs/visual: deep teal, warm sand, coral, ink; campaign.toml may replace each. The coral is the lightest
#: one that white type can be read on when it is printed.
PALETTE: Mapping[str, str] = {
    "primary": "#0B5563",
    "paper": "#F6EFE6",
    "ink": "#1A1A1A",
    "mist": "#DCEBED",
    "alert": "#BE4029",
}
ACCENTS: Mapping[str, str] = {
    "teal": "#0B5563",
    "coral": "#BE4029",
    "plum": "#8A3A6B",
    "forest": "#2F6B45",
    "indigo": "#3B4F9E",
    "ochre": "#8F5A0A",
    "berry": "#A8324F",
}

#: Two figures or more in any script, with what people put between them: it could be dialled.
_NUMBER = re.compile(r"\+?\d(?:[\s().\-\u00a0\u202f/]*\d)+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def load(project: Project) -> Campaign:
    """The campaign of a workspace.

    Raises:
        CampaignError: with every problem of all files; a file that is no TOML has that one.
    """
    problems: list[Problem] = []
    documents = _documents(project, problems)
    if project.config.name not in documents:
        raise CampaignError(problems)
    top = Table(documents[project.config.name], "", project.name(project.config), problems)
    languages.hold(own := read_own_languages(described := top.table("language")))
    name, (source, tags) = top.text("name"), _languages(top, described.keys())
    countries, channels = _countries(top), _channels(top)
    edition, base_url = top.take("edition", date), _base_url(top)
    crisis, brand, kept = _crisis(top), _brand(top.table("brand")), _limits(top.table("limits"))
    (exit_url, codes, web_key), film = _web(top.table("web")), _film(top.table("voice"))
    layouts, profiles = read_layouts(top.table("layouts")), read_profiles(top.table("print"))
    audiences = read_audiences(top.table("audiences", required=True), brand, channels, layouts, codes=codes)
    if documents[project.config.name].get("audiences") == {}:
        top.problem("audiences", "is empty; name at least one")
    plan, hashtags = read_sms(top.table("sms"), countries), _hashtags(top.table("social"), tags)
    signatures, trust, by_language = read_review(top.table("review"), tags)
    forms, drills = form_tables.read_both(top, audiences)
    walls = read_walls(top.table("walls"), tags, countries, audiences, layouts)
    top.close()
    trust = with_people(project, trust, tags, problems)
    contacts = _contacts(project, documents, countries, audiences, problems)
    if problems or edition is None:
        raise CampaignError(placed(problems, project.contacts, project.name(project.contacts), "contact"))
    return Campaign(
        name=name,
        source_language=source,
        languages=tags,
        countries=countries,
        audiences=audiences,
        channels=channels,
        contacts=contacts,
        brand=brand,
        edition=edition,
        base_url=ascii_address(base_url.rstrip("/")),
        sms=plan,
        trust=trust,
        signatures=signatures,
        signatures_by_language=by_language,
        hashtags=hashtags,
        exit_url=exit_url,
        web_key=web_key,
        film=film,
        layouts=layouts,
        profiles=profiles,
        crisis=crisis,
        forms=forms,
        drills=drills,
        limits=kept,
        own_languages=own,
        walls=walls,
    )


def _contacts(
    project: Project,
    documents: Mapping[str, dict[str, object]],
    countries: Sequence[str],
    audiences: Collection[str],
    problems: list[Problem],
) -> tuple[Contact, ...]:
    if project.contacts.name not in documents:
        return ()
    book = Table(documents[project.contacts.name], "", project.name(project.contacts), problems)
    return contact_file.read(book, tuple(filter(contact_file.is_place, countries)), audiences)


def hold(campaign: Campaign) -> None:
    """Say in which campaign this process works: it keeps its limits and knows its languages."""
    limits.hold(campaign.limits)
    languages.hold(campaign.own_languages)


def _documents(project: Project, problems: list[Problem]) -> dict[str, dict[str, object]]:
    """What the two files hold by their names; one that is no TOML is left out and its problems noted."""
    documents: dict[str, dict[str, object]] = {}
    limits.hold(Limits())
    languages.hold(())
    for path in (project.config, project.contacts):
        try:
            documents[path.name] = parse(path, project.name(path))
            if path == project.config:  # its own size is held to the usual limit: nobody raises that from inside
                limits.hold(_limits(Table(documents[path.name].get("limits", {}), "", "", [])))
        except CampaignError as error:
            problems += error.problems
    return documents


def _limits(table: Table) -> Limits:
    """How much files may be and take, by key."""
    usual = Limits()
    before = len(table.problems)
    found = {key: number(table, key, getattr(usual, key), *bounds) for key, bounds in limits.BOUNDS.items()}
    table.close()
    return Limits(**found) if len(table.problems) == before else usual


def _languages(top: Table, described: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The source language, and all of them; what is wrong with one that is described is said where it is."""
    source, tags = top.text("source_language"), top.texts("languages", some=True)
    for key, tag in (("source_language", source), *(("languages", tag) for tag in tags)):
        if tag and tag not in described:
            check_language(top, key, tag)
    if source and source not in tags:
        top.problem("languages", f"does not name the source language {source!r}", "add it")
    return source, tags


def _countries(top: Table) -> tuple[str, ...]:
    countries = top.texts("countries", some=True)
    for country in countries:
        if not contact_file.is_place(country):
            top.problem("countries", *contact_file.no_country(country))
    return countries


def _channels(top: Table) -> tuple[str, ...]:
    channels = top.texts("channels", tuple(name for name, spec in CHANNELS.items() if spec.usual), some=True)
    for channel in channels:
        if channel not in CHANNELS:
            top.problem("channels", f"{channel!r} is not one of {', '.join(CHANNELS)}{suggestion(channel, CHANNELS)}")
    return channels


def _base_url(top: Table) -> str:
    base_url = top.text("base_url")
    if base_url and not (re.fullmatch(r"https://[^\s<>\"?#]+", base_url) and ascii_address(base_url)):
        top.problem("base_url", f"{base_url!r} is not an address that starts with https://")
    return base_url


def _crisis(top: Table) -> str:
    crisis = top.text("crisis", " ").strip()
    if crisis and not ID.fullmatch(crisis):
        top.problem("crisis", f"{crisis!r} is not a name of small letters, digits and hyphens, like flood")
    return crisis


def _brand(table: Table) -> Brand:
    palette = _colours(table.table("palette"), PALETTE)
    accents = _colours(table.table("accents"), ACCENTS)
    inks = read_inks(table.table("inks"), (*palette, *accents))
    organisation = table.text("organisation", " ").strip()
    if number := _NUMBER.search(organisation):
        what = f"{organisation!r} holds the number {number[0]!r}, and no record of contacts.toml vouches for it"
        table.problem("organisation", what, "leave the number out; numbers to call stand in contacts.toml")
    brand = Brand(organisation, table.text("logo", "campaign.svg"), palette, accents, inks)
    if not re.fullmatch(r"[\w-]+\.(svg|png|jpg|jpeg)", brand.logo):
        table.problem("logo", f"{brand.logo!r} is not the name of an SVG file in assets/logos, or of a PNG or JPEG")
    table.close()
    return brand


def _colours(table: Table, defaults: Mapping[str, str]) -> dict[str, str]:
    colours = {role: table.text(role, value) for role, value in defaults.items()}
    for role, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            table.problem(role, f"{colour!r} is not a colour like #0B5563")
    table.close()
    return colours


def ascii_address(url: str) -> str:
    """The address in ASCII: its host in Punycode (RFC 3492), its path percent-encoded (RFC 3986); empty if it has none.

    Platforms end a link at the first letter that they do not expect in one.
    """
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return urlunsplit(parts._replace(netloc=host, path=quote(parts.path, safe="/%:@!$&'()*+,;=~-._")))


def _web(table: Table) -> tuple[str, bool, str]:
    """Where the quick exit of pages leads, whether print has codes, and the word of the campaign's own addresses."""
    url = table.text("exit_url", "https://www.wikipedia.org/")
    if not re.fullmatch(r"https://[^\s<>\"]+", url):
        table.problem("exit_url", f"{url!r} is not an address that starts with https://")
    codes = bool(table.take("qr", bool, True))
    key = table.text("key", " ").strip()
    table.close()
    return url, codes, key


def _film(table: Table) -> bool:
    """Whether voice messages are films too."""
    film = bool(table.take("film", bool, False))
    table.close()
    return film


def _hashtags(table: Table, tags: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    lists = table.table("hashtags")
    found = {}
    for key in lists.keys():  # noqa: SIM118 - a Table is not a mapping
        if key not in tags:
            lists.problem(key, "is not one of the campaign's languages")
        found[key] = lists.texts(key)
    table.close()
    return found
