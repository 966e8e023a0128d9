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


def test_nobody_else_comes_in(page: FlaskClient) -> None:
    """No other host, no page of another site, no form that this page did not make."""
    assert page.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert page.post("/", data={"once": "x"}, headers=OWN).status_code == 403
    assert page.post("/", headers={"Origin": "http://evil.example"}).status_code == 403
    assert page.application.test_client().get("/file/a5.pdf").status_code == 403


@pytest.mark.breadth
def test_what_is_typed_is_never_markup(page: FlaskClient, helper) -> None:
    """A page that shows a value again shows it as text."""
    start = page.get("/").text
    said = send(page, start, **{"first-place": '"><script>x</script>', "first-helper": helper()}).text
    assert "<script>" not in said and "&lt;script&gt;" in said
