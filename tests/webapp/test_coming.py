"""Previews come after their page: no request waits for the compiler, and nothing unseen is signed."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from visitor import Visitor, first_key, make_app

from campaign.errors import Problem
from campaign.project import Project
from campaign.review.preview import Wish

LEAFLET = "/de/item/BE/migrants/leaflet"


@pytest.fixture
def quick(workspace: Project) -> Visitor:
    """A mediator at a page that waits for nothing."""
    return Visitor(make_app(workspace, patience=0.0)).enter().introduce()


def ticket(page: str) -> str:
    """The address to ask for the rest of a page's previews; "" when all are there."""
    found = re.search(r'data-coming="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def asked(visitor: Visitor, page: str) -> str:
    """The previews of a page, asked for until all are there."""
    for _ in range(600):
        if not (address := ticket(page)):
            return page
        answer = visitor.get(address)
        assert answer.status_code in (200, 202)
        assert (answer.status_code == 202) == (not answer.text or bool(ticket(answer.text)))
        page = answer.text or page
        time.sleep(0.05)
    raise AssertionError("the previews never came")


@pytest.mark.slow
def test_a_sentence_opens_before_its_previews_are_made(quick: Visitor) -> None:
    """The page comes with the editor and without pictures; asked again it has all; the second time it has them at once."""
    path = f"/de/unit/{first_key(quick, 'de', 'You have rights, whatever your papers')}"
    page = quick.get(path).text
    assert 'id="editor"' in page and ticket(page)
    assert "The preview is being made." in page
    assert f'<a href="{path}?">Show it</a>' in page, "without JavaScript a link"
    rest = asked(quick, page)
    assert {"leaflet", "social", "web"} <= set(re.findall(r'id="look-(\w+)"', rest))
    assert "being made" not in rest
    assert not ticket(quick.get(path).text)


@pytest.mark.slow
def test_what_is_tried_comes_with_its_findings_at_once(quick: Visitor) -> None:
    """A lost placeholder is said in the first answer, the picture of the new words follows; the same words are known."""
    path = f"/de/unit/{first_key(quick, 'de', 'In danger now?')}"
    form = quick.hidden(path, 'id="editor"')
    sent = {**form, "text0": "In Gefahr?", "part": "1"}
    answer = quick.post(path.replace("/unit/", "/try/"), sent)
    assert answer.status_code == 202 and "%(emergency)s is missing" in answer.text
    assert "%(emergency)s is missing" in asked(quick, answer.text)
    assert quick.post(path.replace("/unit/", "/try/"), sent).status_code == 200


@pytest.mark.slow
def test_an_item_is_signed_only_when_its_picture_is_there(quick: Visitor) -> None:
    """Its page has no form to sign until the final look is there; then it is whole."""
    page = quick.get(LEAFLET).text
    assert "You can sign when the preview is there." in page and 'name="read"' not in page
    point = quick.get(f"{LEAFLET}/point").text
    assert "data-coming" in point or 'class="plate"' in point
    asked(quick, page)
    page = quick.get(LEAFLET).text
    assert not ticket(page) and "You can sign when" not in page


@pytest.mark.slow
def test_nobody_asks_with_the_ticket_of_somebody_else(quick: Visitor) -> None:
    """A ticket is good for its browser and its language, and no made-up one is."""
    address = ticket(quick.get(f"/de/unit/{first_key(quick, 'de', 'You have rights')}").text)
    other = Visitor(quick.app).enter().introduce("B. Lang")
    assert other.get(address).status_code == 404
    assert quick.get(address.replace("/de/", "/ar/")).status_code == 404
    assert quick.get("/de/coming/none").status_code == 404
    assert quick.get(address).status_code in (200, 202)


@pytest.mark.slow
def test_a_new_wish_takes_the_place_of_an_old_one(app: Flask) -> None:
    """Whoever goes on does not wait for what they left: of a browser the queue holds the last wish alone."""
    visitor = Visitor(app).enter().introduce()
    review, sheet = app.extensions["review"], app.extensions["review"].desk.sheet("de")
    coming = review.coming
    coming._works = True  # nobody works: what is asked for stays in the queue
    wishes = [Wish(sheet, item.job) for item in sheet.items[:2]]
    with coming._changed:
        for wish in wishes:
            coming._want("one browser", (wish,))
        coming._want("another", (wishes[0],))
    assert list(coming._wanted.items()) == [("one browser", (wishes[1],)), ("another", (wishes[0],))]
    assert visitor.get("/").status_code == 200


@pytest.mark.slow
def test_what_could_not_be_shown_is_tried_again(app: Flask) -> None:
    """A look that failed is kept only until somebody asks anew."""
    review = app.extensions["review"]
    sheet = review.desk.sheet("de")
    wish = Wish(sheet, next(item.job for item in sheet.items if item.job.channel == "sms"))
    review.previews.failed(wish, Problem("", "took too long", "wait"))
    assert review.previews.known(wish).problems
    review.previews.forget(wish)
    assert review.previews.known(wish) is None
    assert not review.previews.made(wish).problems


@pytest.mark.slow
def test_an_equal_look_is_made_once(app: Flask, visitor: Visitor) -> None:
    """A sentence that another item says is corrected: the text message, which shows it not, is not made anew."""
    review = app.extensions["review"]
    sheet = review.desk.sheet("de")
    sms = next(item for item in sheet.items if (item.job.audience, item.job.channel) == ("migrants", "sms"))
    known = review.previews.made(Wish(sheet, sms.job))
    children = next(i for i in sheet.items if (i.job.audience, i.job.channel) == ("unaccompanied-children", "sms"))
    key = next(key for key in children.keys if key not in sms.keys)
    text = sheet.lines[key].unit.text
    assert visitor.answer(f"/de/unit/{key}", "changed", text.replace(".", "!", 1)).status_code == 303
    assert review.desk.sheet("de") is not sheet
    assert review.previews.known(Wish(review.desk.sheet("de"), sms.job)) is known


@pytest.mark.slow
def test_a_browser_gets_the_previews_by_itself(workspace: Project, served: Callable[..., str], chromium: Any) -> None:
    """While one types, the preview of the new words comes without a key pressed; the item's page brings its form."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(served(workspace))
    home = page.url
    page.goto(home + "de/queue?audience=migrants")
    page.click("a.name:has-text('Health and travel information')")
    page.locator(".look .bubble").wait_for()
    page.locator(".face").first.fill("Gesundheit: neue Worte. %(phone)s %(emergency)s")
    page.locator(".bubble", has_text="neue Worte").wait_for()
    assert page.locator("#looks").get_attribute("aria-busy") == "false"
    page.fill("#reason", "what was typed meanwhile")
    page.goto(home + LEAFLET[1:])
    page.locator("#sign input[name=read]").wait_for()
    assert page.locator(".look img").count() == 2
    context.close()
