"""The page of a form on this computer: typed, typed again by a second person, printed, and nothing kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campaign.forms import record
from campaign.forms.fill import Asked
from campaign.forms.filled import Desk
from campaign.project import Project
from campaign.webapp.form_page import create_app
from campaign.workspace import loader

pytestmark = pytest.mark.slow
OWN = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page(office: Project) -> FlaskClient:
    """A browser that came in by the first address."""
    app = create_app(Desk.of(loader.load(office)), Asked("visit", "ar", "BE", "de", ("a5",)), hosts=("localhost",))
    browser = app.test_client()
    assert browser.get("/").status_code == 403
    assert browser.get(f"/?token={app.extensions['tokens'].give()}").status_code == 303
    return browser


def send(page: FlaskClient, before: str, **values: str) -> TestResponse:
    """The page's form with these values, as a browser sends it."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', before))
    return page.post("/", data={**hidden, **values}, headers=OWN)


def test_two_people_fill_a_form_in(page: FlaskClient, office: Project, helper) -> None:
    """The weekday is said back, a slip of the second person is found, the sheet goes straight to the browser."""
    day = (date.today() + timedelta(days=20)).isoformat()
    first = {"first-change": "later", "first-day": day, "first-time": "14:30", "first-helper": helper()}
    start = page.get("/").text
    again = send(page, start, **first).text
    assert "is that what the letter says?" in again and 'name="again-day" value=""' in again
    wrong = send(page, again, **{"again-day": day, "again-time": "15:30", "again-case": ""})
    assert "typed differently" in wrong.text and tuple(record.read(office)) == ()
    done = send(page, wrong.text, **{"again-day": day, "again-time": "14:30", "again-case": ""})
    (line,) = record.read(office)
    assert line.id in done.text and "14:30" in done.text
    sheet = page.get("/file/a5.pdf")
    assert sheet.data.startswith(b"%PDF") and sheet.headers["Cache-Control"] == "no-store"
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in (wrong, done))
    assert page.get("/file/other.pdf").status_code == 404


def test_the_page_speaks_the_language_that_was_chosen(page: FlaskClient, helper) -> None:
    """Its own words, what is wrong with a value, and the labels; choosing it loses nothing that was typed."""
    typed = {"first-day": "2020-01-01", "first-time": "14:30", "first-helper": helper()}
    german = send(page, page.get("/").text, **typed, interface="de").text
    assert '<html lang="de" dir="ltr">' in german and 'value="2020-01-01"' in german and 'value="14:30"' in german
    assert "Uhrzeit" in german and "darf leer bleiben" in german and "Weiter" in german
    wrong = send(page, german, **typed).text
    assert "liegt in der Vergangenheit" in wrong and "Montag" not in wrong and "lies in the past" not in wrong
    arabic = send(page, wrong, **typed, interface="ar").text
    assert '<html lang="ar" dir="rtl">' in arabic and "الوقت" in arabic
    assert "nobody has reviewed" not in arabic and "Your visit has changed" not in arabic
    bengali = send(page, arabic, **typed, interface="bn").text
    assert '<span lang="en" dir="auto">Time</span>' in bengali and "Bengali" in page.get("/letters.css").text


def test_nothing_is_chosen_by_itself(page: FlaskClient) -> None:
    """A sentence and a number are somebody's choice: the first of a list is not taken for one."""
    said = send(page, page.get("/").text, **{"first-change": "", "first-day": "", "first-helper": ""}).text
    assert said.count("is missing") == 4 and "selected" not in said


@pytest.mark.breadth
def test_the_first_person_may_correct(page: FlaskClient, helper) -> None:
    """The second one found a slip: back to the first values, which are still there."""
    day = (date.today() + timedelta(days=20)).isoformat()
    first = {"first-change": "later", "first-day": day, "first-time": "14:30", "first-helper": helper()}
    again = send(page, page.get("/").text, **first).text
    assert 'name="first-time" value="14:30"' in again
    assert 'id="first-time" name="first-time" value="14:30"' in send(page, again, back="1").text


@pytest.mark.breadth
def test_a_nepali_date_is_typed_by_hand(office: Project, helper) -> None:
    """Where a reader lives by the Nepali calendar there is a field for it, and the second person types it too."""
    config = office.config.read_text()
    office.config.write_text(config.replace('languages = ["en", "de", "ar"]', 'languages = ["en", "de", "ar", "ne"]'))
    app = create_app(Desk.of(loader.load(office)), Asked("visit", "ne", "BE", "de", ("a5",)), hosts=("localhost",))
    page = app.test_client()
    page.get(f"/?token={app.extensions['tokens'].give()}")
    day = date.today() + timedelta(days=20)
    first = {"first-change": "later", "first-day": day.isoformat(), "first-time": "14:30", "first-helper": helper()}
    wrong = send(page, page.get("/").text, **first, **{"nepali-first-day": "2026-01-01"}).text
    assert "Nepali date is of another year" in wrong and 'value="2026-01-01"' in wrong
    again = send(page, wrong, **first, **{"nepali-first-day": f"{day.year + 57}-08-25"}).text
    assert 'name="nepali-again-day"' in again and f'name="nepali-first-day" value="{day.year + 57}-08-25"' in again
    other = {"again-day": day.isoformat(), "again-time": "14:30", "nepali-again-day": f"{day.year + 57}-08-26"}
    assert "typed differently" in send(page, again, **other).text


def test_a_gate_that_is_closed_is_said_without_values(page: FlaskClient, office: Project, helper) -> None:
    """Who keeps the campaign gets lines that hold no value; what was typed is still on the page."""
    layout = office.layouts / "form.typ"
    layout.write_text(layout.read_text().replace("radius: 2mm", "radius: 3mm"))
    day = (date.today() + timedelta(days=20)).isoformat()
    values = {"change": "later", "day": day, "time": "14:30", "place": "Qmarker 12", "helper": helper()}
    again = send(page, page.get("/").text, **{f"first-{name}": value for name, value in values.items()}).text
    said = send(page, again, **{"again-day": day, "again-time": "14:30"}).text
    lines = re.search(r'<ul lang="en" dir="ltr">.*?</ul>', said, re.S)[0]
    assert "ar/visit" in lines and "14:30" not in lines and "Qmarker" not in lines
    assert "cannot go out yet" in said and 'value="Qmarker 12"' in said


def test_nobody_else_comes_in(page: FlaskClient) -> None:
    """No other host, no page of another site, no form that this page did not make."""
    assert page.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert page.post("/", data={"once": "x"}, headers=OWN).status_code == 403
    assert page.post("/", headers={"Origin": "http://evil.example"}).status_code == 403
    refused = page.application.test_client().get("/file/a5.pdf", headers={"Accept-Language": "de"})
    assert refused.status_code == 403 and "Öffnen Sie" in refused.text


@pytest.mark.breadth
def test_what_is_typed_is_never_markup(page: FlaskClient, helper) -> None:
    """A page that shows a value again shows it as text."""
    start = page.get("/").text
    said = send(page, start, **{"first-place": '"><script>x</script>', "first-helper": helper()}).text
    assert "<script>" not in said and "&lt;script&gt;" in said
