"""The interface's own languages: whole, with the same placeholders, drafts that say so, in the right direction."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from visitor import Visitor, first_key

import campaign.webapp
from campaign.catalogue import store
from campaign.catalogue.exchange import html
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.html import Section
from campaign.checks import RULES, check_unit
from campaign.config.load import ROLES
from campaign.model.finding import Finding
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.render.placeholders import placeholders
from campaign.spoken import FOLDER, SPOKEN, findings, texts
from campaign.workspace import loader
from campaign.workspace.findings import unit_findings

ROOM = Path(campaign.webapp.__file__).parent


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Every text of the templates and routes."""
    found = extract_from_dir(
        ROOM,
        [("**.py", "python"), ("**.html", "jinja2")],
        {"**.html": {"trimmed": "true", "newstyle_gettext": "true"}},
        keywords={"gettext": None, "_": None},
    )
    return {str(message[2]) for message in found}


@pytest.fixture(scope="module")
def said(messages: set[str]) -> dict[str, set[str]]:
    """Every text of each catalogue: the page, what the checks find, the HTML pack."""
    return {
        "webapp": messages,
        "findings": {*findings.DETAILS, findings.FORM, *(rule.words for rule in RULES.values())},
        "pack": asked_by_the_pack(),
    }


def asked_by_the_pack() -> set[str]:
    """Every text that an HTML pack with all of its parts asks for."""
    asked = set()

    class Listening:
        def gettext(self, text: str) -> str:
            asked.add(text)
            return text

    units = Unit("de", "", "A", "B", ("x", "y")), Unit("de", "", "A", "", ("x",))
    sections = [Section("T", (b"",), tuple(Row(unit, State.DRAFT) for unit in units)), Section("", (), ())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "texts", lambda tag, domain: Listening())
        html.write(sections, "de", "C", "en", "1", ROLES, b"", "fr")
    return asked


@pytest.mark.parametrize("domain", ["webapp", "findings", "pack"])
@pytest.mark.parametrize("tag", [tag for tag in SPOKEN if tag != "en"])
def test_every_text_has_a_draft(said: dict[str, set[str]], tag: str, domain: str) -> None:
    """No text is missing and none is left over; each is marked as a draft with its origin, and keeps its placeholders."""
    units = store.read(FOLDER / tag / "LC_MESSAGES" / f"{domain}.po", tag, tag).units
    assert {unit.source for unit in units} == said[domain]
    assert all(unit.fuzzy and "not reviewed" in unit.origin and unit.translated for unit in units)
    assert all(sorted(placeholders(unit.text)) == sorted(placeholders(unit.source)) for unit in units)


@pytest.mark.parametrize("tag", SPOKEN)
def test_the_page_speaks_the_language_that_was_chosen(visitor: Visitor, tag: str) -> None:
    """Chosen at the foot of the page: words, `lang` and `dir` follow, and a draft says that it is one."""
    once = visitor.hidden("/", 'class="tongues"')["once"]
    assert visitor.post("/you", {"once": once, "interface": tag, "back": "//evil.example/"}).headers["Location"] == "/"
    page = visitor.get("/de/").text
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar" else "ltr"}">' in page
    assert ("Who signed what" in page) == (tag == "en")
    draft = texts(tag).gettext("The words of this page are a draft that nobody has reviewed yet.")
    assert (draft in page) == (tag != "en")
    assert "A. Haddad" in page


def test_without_a_choice_the_browser_decides(visitor: Visitor) -> None:
    """A browser that asks for Greek gets Greek, one that asks for a language we lack gets English."""
    assert '<html lang="el"' in visitor.get("/", **{"Accept-Language": "el,en;q=0.5"}).text
    assert '<html lang="en"' in visitor.get("/", **{"Accept-Language": "ja"}).text


#: Texts with mistakes, by the source that they answer to: what a mediator meets, in each family of rules.
MISTAKES = (
    ("Call %(phone)s. In danger: %(emergency)s.", "", ("Ruf %(telefon)s an, %(phone)s oder %(phone)s, %(x s.",)),
    ("You are not alone.", "", ("Sie sind allein <b>{{ x }}\u200e\ufeff",)),
    ("Open from 9 to 17, call +32 3 201 16 90", "", ("Offen von 8 bis 17 Uhr, +32 3 201 16 09, +32 2 511 64 64",)),
    (
        "Write to help@example.org or https://example.org/a",
        "",
        ("Schreib an hilfe@example.org oder http://evil.example",),
    ),
    ("You can see a doctor, whatever your papers.", "", ("Sie können in die Praxis gehen, wenn Sie krank sind.",)),
    ("Call (today)!", "", ("Ruf an [heute",)),
    ("You will be safe.", "", ("Sie werden sicher sein! Es ist kostenlos, anonym und vertraulich, Tag und Nacht.",)),
    ("They speak %(count)s language", "They speak %(count)s languages", ("Sie sprechen", "")),
    ("This is a sentence about help", "", ("This is a sentence about help",)),
    ("This is a sentence", "", ("Hier ist ist ein Satz",)),
    ("This is a sentence", "", ("Das ist еin Satz مرحبا",)),
    ("Help for victims", "", ("Hilfe für illegale Prostituierte",)),
)

FAMILIES = {
    "placeholder",
    "markup",
    "plural-form",
    "claim-unbacked",
    "script",
    "contact-changed",
    "number",
    "promise",
    "status-condition",
    "stigma",
    "repetition",
    "punctuation",
}


@pytest.fixture(scope="module")
def found(_fresh_workspace: Path) -> list[Finding]:
    """Every finding about the drafts of the campaign and about texts full of mistakes."""
    units = [Unit("de", "", source, plural, forms) for source, plural, forms in MISTAKES]
    found = [each for unit in units for each in check_unit(unit, source_language="en")]
    space = loader.load(Project(_fresh_workspace))
    found += [each for locale in ("de", "ar") for _, some in unit_findings(space, locale, {}) for each in some]
    return found


@pytest.mark.parametrize("tag", [tag for tag in SPOKEN if tag != "en"])
def test_what_the_checks_find_is_said_in_the_language_of_the_page(tag: str, found: list[Finding]) -> None:
    """In each language, each rule that these texts break; no finding is left in English."""
    assert {each.code for each in found} >= FAMILIES
    for each in found:
        words = findings.detail(each.detail, tag)
        assert words is not None, each.detail
        assert words != each.detail
        assert findings.rule(RULES[each.code].words, tag) != RULES[each.code].words


@pytest.mark.parametrize("template", [*findings.DETAILS, f"{findings.FORM} %(what)s is missing"])
def test_the_values_of_a_finding_stay_as_they_are(template: str) -> None:
    """From every sentence: the values come through in Greek, and nothing of the English sentence is left."""
    names = dict.fromkeys(placeholders(template))
    values = {name: f"«{number}7»" for number, name in enumerate(names)}
    words = findings.detail(template % values, "el")
    assert words is not None
    assert all(value in words for value in values.values())
    assert "%(" not in words


def test_what_has_no_words_in_a_language_is_shown_in_english_and_marked_so(visitor: Visitor) -> None:
    """A sentence that nobody translated is never passed off as the page's language."""
    assert findings.detail("something that no list holds", "el") is None
    assert findings.detail("something that no list holds", "en") == "something that no list holds"


def test_a_greek_mediator_reads_findings_in_greek(visitor: Visitor) -> None:
    """On the page of a sentence, refused with a lost placeholder: no English sentence but the source of the rule."""
    once = visitor.hidden("/", 'class="tongues"')["once"]
    visitor.post("/you", {"once": once, "interface": "el", "back": "/"})
    path = f"/de/unit/{first_key(visitor, 'de', 'In danger now?')}"
    page = visitor.answer(path, "changed", "In Gefahr?").text
    assert "λείπει %(emergency)s" in page
    assert "συμπληρώνονται αργότερα" in page
    assert "is missing" not in page
    assert "keep each one exactly" not in page
