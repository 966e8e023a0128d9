"""The interface's own languages: whole, with the same placeholders, drafts that say so, in the right direction."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from visitor import Visitor, first_key

import campaign.webapp
from campaign import config
from campaign.catalogue import store
from campaign.catalogue.exchange import html, xlsx
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.html import Section
from campaign.model.campaign import Campaign
from campaign.model.placeholders import placeholders
from campaign.model.state import State
from campaign.model.trust import ROLES
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.review import offline_recorder, waiting
from campaign.spoken import FOLDER, NOTED, SPOKEN, TURNED, texts
from campaign.spoken.guide import Guide, parts, rewritten

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
def said(messages: set[str], repository: Path) -> dict[str, set[str]]:
    """Every text of the catalogues of the page and of the HTML pack; tests/spoken has what the checks find."""
    return {"webapp": messages, "pack": asked_by_the_pack(config.load(Project(repository)))}


def asked_by_the_pack(campaign: Campaign) -> set[str]:
    """Every text that an HTML pack with all of its parts asks for, a worksheet, and a letter about what waits."""
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
        asked |= set(offline_recorder.SAID)
        patch.setattr(xlsx, "texts", lambda tag, domain: Listening())
        xlsx.write([row for section in sections for row in section.rows], "de", "1", "fr")
        patch.setattr(waiting, "texts", lambda tag, domain: Listening())
        waiting.letter(campaign, waiting.Waiting("N", "de"), "fr")
    return asked


@pytest.mark.parametrize(("domain", "tag"), [(domain, tag) for domain in ("webapp", "pack") for tag in SPOKEN[1:]])
def test_every_text_has_a_draft(said: dict[str, set[str]], tag: str, domain: str) -> None:
    """No text is missing and none is left over; each is marked as a draft with its origin, and keeps its placeholders."""
    units = store.read(FOLDER / tag / "LC_MESSAGES" / f"{domain}.po", tag, tag).units
    assert {unit.source for unit in units} == said[domain]
    assert all(unit.fuzzy and "not reviewed" in unit.origin and unit.translated for unit in units)
    assert all(sorted(placeholders(unit.text)) == sorted(placeholders(unit.source)) for unit in units)


@pytest.mark.slow
@pytest.mark.parametrize("tag", SPOKEN)
@pytest.mark.sample(3)
def test_the_page_speaks_the_language_that_was_chosen(visitor: Visitor, tag: str) -> None:
    """Chosen at the foot of the page: words, `lang` and `dir` follow, and a draft says that it is one."""
    once = visitor.hidden("/", 'class="tongues"')["once"]
    assert visitor.post("/you", {"once": once, "interface": tag, "back": "//evil.example/"}).headers["Location"] == "/"
    page = visitor.get("/de/").text
    assert f'<html lang="{tag}" dir="{"rtl" if tag in TURNED else "ltr"}">' in page
    assert ("Who signed what" in page) == (tag == "en")
    draft = texts(tag).gettext("The words of this page are a draft that nobody has reviewed yet.")
    assert (draft in page) == (tag != "en")
    assert "A. Haddad" in page


def test_without_a_choice_the_browser_decides(visitor: Visitor) -> None:
    """A browser that asks for Greek gets Greek, one that asks for a language we lack gets English."""
    assert '<html lang="el"' in visitor.get("/", **{"Accept-Language": "el,en;q=0.5"}).text
    assert '<html lang="en"' in visitor.get("/", **{"Accept-Language": "ja"}).text


@pytest.mark.slow
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


@pytest.mark.slow
def test_notes_and_audiences_are_said_in_the_language(visitor: Visitor, workspace: Project) -> None:
    """As far as somebody put them into it; the workspace's own words go first, and what nobody knows stays English."""
    once = visitor.hidden("/", 'class="tongues"')["once"]
    visitor.post("/you", {"once": once, "interface": "el", "back": "/"})
    page = visitor.get("/de/").text
    assert 'lang="el"' in page and "Ασυνόδευτα και χωρισμένα παιδιά" in page
    own = workspace.catalogue("el").with_name("notes.po")
    own.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    own.write_text(f'{head}msgid "Migrants, refugees, undocumented people"\nmsgstr "Οι δικοί μας"\n', encoding="utf-8")
    assert "Οι δικοί μας" in visitor.get("/de/").text
    path = f"/de/unit/{first_key(visitor, 'de', 'Health and travel information')}"
    assert "το πολύ 200 χαρακτήρες" in visitor.get(path).text


@pytest.mark.parametrize("tag", NOTED[1:])
def test_notes_have_drafts_that_say_so(tag: str, repository: Path) -> None:
    """Every note of the reference campaign, and the name of every audience and form, can be read in every language."""
    units = store.read(FOLDER / tag / "LC_MESSAGES" / "notes.po", tag, tag).units
    campaign = config.load(Project(repository))
    names = {campaign.called(name) for name in (*campaign.audiences, *campaign.forms)}
    template = store.read(repository / "locales" / "campaign.pot", "campaign.pot", "en").units
    notes = {part for unit in template for part in parts(unit.notes)}
    assert sorted((names | notes) - {unit.source for unit in units}) == [], f"no draft in {tag}"
    assert all(unit.fuzzy and "not reviewed" in unit.origin and unit.translated for unit in units)


@pytest.mark.parametrize("tag", NOTED[1:])
def test_notes_of_a_campaign_in_another_language_are_found_again(tag: str, repository: Path) -> None:
    """Templates turned into it say their notes in it; a reader of any other language still reads them in that one."""
    for unit in store.read(repository / "locales" / "campaign.pot", "campaign.pot", "en").units:
        turned = rewritten(unit.notes, "en", tag)
        assert rewritten(turned, tag, "en") == rewritten(unit.notes, "en", "en")
        assert Guide("fr", written=tag).said(turned) == Guide("fr").said(rewritten(unit.notes, "en", "en"))


def test_the_page_brings_the_letters_of_its_own_language(visitor: Visitor) -> None:
    """Bengali words in a campaign without Bengali: no telephone has to have their letters."""
    assert "Bengali" not in visitor.get("/letters.css").text
    once = visitor.hidden("/", 'class="tongues"')["once"]
    visitor.post("/you", {"once": once, "interface": "bn", "back": "/"})
    style = visitor.get("/letters.css").text
    assert 'font-family: "Noto Sans Bengali"' in style and ":lang(bn)" in style
