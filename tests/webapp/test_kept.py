"""Nothing that somebody typed is lost: kept on the device, kept as a suggestion, shown again, undone on request."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from visitor import Visitor, first_key, make_app, running

from campaign.catalogue import store
from campaign.ledger import ledger
from campaign.project import Project

pytestmark = pytest.mark.slow

CALL = "In danger now? Call %(emergency)s"
#: How often the program is stopped while somebody types; the last line of what is typed is read back each time.
STOPS = int(os.environ.get("CAMPAIGN_KILLS", "3"))


def path_of(visitor: Visitor, source: str = "Your rights") -> str:
    """The page of a sentence in German."""
    return f"/de/unit/{first_key(visitor, 'de', source)}"


def said(project: Project) -> list[tuple[str, tuple[str, ...], str]]:
    """What the ledger says: verdict, words, remark."""
    events = ledger.read(project.ledger("de"), "de").events
    return [(event.verdict.value, event.forms, event.remark) for event in events]


@pytest.mark.parametrize("answer", ["reject", "comment", "unsure"])
@pytest.mark.sample(2)
def test_a_correction_beside_another_answer_is_a_suggestion(visitor: Visitor, workspace: Project, answer: str) -> None:
    """The words are shown beside the text with who wrote them, and go into the editor with one press."""
    path = path_of(visitor)
    assert visitor.answer(path, answer, "Was Ihnen zusteht", reason="klingt kalt").status_code == 303
    assert ("suggest", ("Was Ihnen zusteht",), "") in said(workspace)
    page = visitor.get(path).text
    other = page[page.index('class="other"') :]
    assert "Was Ihnen zusteht" in other
    press = other.partition('value="use:')[2].partition('"')[0]
    form = {**visitor.hidden(path, 'id="editor"'), "text0": "x", "answer": f"use:{press}"}
    assert ">\nWas Ihnen zusteht</textarea>" in visitor.post(path.replace("/unit/", "/try/"), form).text


def test_two_versions_are_both_kept_whoever_came_first(app: Flask, visitor: Visitor, workspace: Project) -> None:
    """The second one chooses the other's text, and their own stays beside it."""
    late, path = Visitor(app).enter().introduce("B. Weber"), path_of(visitor)
    form = {**late.hidden(path, 'id="editor"'), "text0": "Was dir zusteht", "answer": "changed", "reason": "kürzer"}
    visitor.answer(path, "changed", "Deine Rechte hier")
    page = late.post(path, form)
    assert page.status_code == 409
    assert "kürzer" in page.text
    hidden = dict(part.split('" value="') for part in _hidden(page.text))
    kept = late.post(path, {**hidden, "text0": "Was dir zusteht", "reason": "kürzer", "answer": "other"})
    assert kept.status_code == 303
    assert sorted(said(workspace)) == [
        ("change", ("Deine Rechte hier",), ""),
        ("suggest", ("Was dir zusteht",), "kürzer"),
    ]
    assert "Deine Rechte hier" in workspace.catalogue("de").read_text(encoding="utf-8")


def _hidden(page: str) -> Iterator[str]:
    form = page[page.index('id="merge"') :].partition("</form>")[0]
    for part in form.split('type="hidden" name="')[1:]:
        yield part.partition('">')[0]


def test_an_old_text_is_never_offered_as_yours(app: Flask, visitor: Visitor) -> None:
    """Who only wrote a reason gets the new text, and the reason again."""
    late, path = Visitor(app).enter().introduce("B. Weber"), path_of(visitor)
    old = late.get(path).text.partition('lang="de" dir="ltr" rows')[2].partition(">\n")[2].partition("<")[0]
    form = {**late.hidden(path, 'id="editor"'), "text0": old, "answer": "reject", "reason": "falsch"}
    visitor.answer(path, "changed", "Deine Rechte hier")
    page = late.post(path, form)
    assert page.status_code == 409
    assert ">\nDeine Rechte hier</textarea>" in page.text
    assert ">\nfalsch</textarea>" in page.text
    assert f">\n{old}</textarea>" not in page.text


def test_what_a_refused_form_held_stands_on_the_page(visitor: Visitor) -> None:
    """A form that was sent before, or that another run made: the words are there to copy."""
    path = path_of(visitor)
    form = {"once": "of.another-run", "text0": "Meine Worte", "reason": "warum", "answer": "changed"}
    page = visitor.post(path, form)
    assert page.status_code == 403
    assert "Meine Worte" in page.text
    assert "warum" in page.text
    foreign = visitor.post(path, form, Origin="http://evil.example")
    assert "Meine Worte" not in foreign.text


@pytest.mark.parametrize("answer", ["changed", "good", "reject"])
@pytest.mark.sample(2)
def test_the_last_answer_can_be_undone_once(visitor: Visitor, workspace: Project, answer: str) -> None:
    """A text is put back as a draft, what was said is withdrawn; a second press says that nothing is left."""
    path = path_of(visitor)
    before = store.read(workspace.catalogue("de"), "de", "de").by_key()[path[-12:]]
    visitor.answer(path, answer, *(["Was dir zusteht"] if answer == "changed" else []), reason="so")
    press = visitor.hidden(path, 'class="undo"')
    assert visitor.post("/de/undo", press).status_code == 303
    assert "Undone." in visitor.get(path).text
    after = store.read(workspace.catalogue("de"), "de", "de").by_key()[path[-12:]]
    assert after.forms == before.forms
    assert after.fuzzy
    again = visitor.hidden(path, 'class="tongues"')
    visitor.post("/de/undo", again)
    assert "Nothing is left to undo." in visitor.get(path).text


@pytest.mark.slow
@pytest.mark.parametrize("door", ["page", "command"])
def test_an_objection_stands_again_when_the_signature_that_ended_it_is_undone(
    visitor: Visitor, workspace: Project, cli: Any, door: str
) -> None:
    """Who objected pressed "good" by mistake: nobody signs over what they said, once they took the press back."""
    path = path_of(visitor)
    visitor.answer(path, "reject", reason="macht Angst")
    visitor.answer(path, "good", reason="doch gut")
    desk = visitor.app.extensions["review"].desk
    assert not desk.sheet("de").lines[path[-12:]].objections
    if door == "page":
        visitor.post("/de/undo", visitor.hidden(path, 'class="undo"'))
    else:
        told = cli.run("review", "withdraw", "de", "--last", "--name", "A. Haddad", at=workspace)
        assert "1 objections that this had taken back stand again" in told.out, told
    (objection,) = desk.sheet("de").lines[path[-12:]].objections
    assert (objection.reviewer, objection.reason) == ("A. Haddad", "macht Angst")
    assert not desk.sheet("de").lines[path[-12:]].approved_by


def test_a_paste_is_cleaned_and_the_page_says_so(visitor: Visitor, workspace: Project) -> None:
    """Soft hyphens, an override, a byte order mark, empty lines: gone from the text, and named."""
    path = path_of(visitor)
    visitor.answer(path, "changed", "\ufeffWas\u00a0dir zu\u00adsteht\u202e\r\n\r\n")
    assert 'class="taken-out"' in visitor.get(path).text
    assert store.read(workspace.catalogue("de"), "de", "de").by_key()[path[-12:]].text == "Was dir zusteht"


@pytest.mark.breadth
def test_the_program_stops_while_somebody_types(workspace: Project, chromium: Any) -> None:
    """At random moments: the page says so, an answer waits and is sent by itself, a closed tab loses no character."""
    chance, app, port = random.Random(19), make_app(workspace), 0
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page, typed = context.new_page(), ""
    key = next(key for key, line in app.extensions["review"].desk.sheet("ar").lines.items() if line.unit.source == CALL)
    for turn in range(STOPS):
        with running(app, port) as port:
            address = f"http://127.0.0.1:{port}/"
            if not turn:
                page.goto(f"{address}?token={app.extensions['tokens'].give()}")
                page.fill("input[name=name]", "ه. صالح")
                page.click("button.main")
            page.goto(f"{address}ar/unit/{key}")
            assert page.input_value("#reason") == typed
            more = "".join(chance.choices("abc دريس \u200c", k=chance.randint(1, 9)))
            page.locator("#reason").press_sequentially(more)
            typed += more
        late = "".join(chance.choices("هو xyz", k=3))
        page.locator("#reason").press_sequentially(late)
        typed += late
        page.click("button[value=comment]")
        page.locator(".lost").wait_for()
        assert page.input_value("#reason") == typed, "the page stays, with every word"
        if turn % 2:
            page.close()
            page = context.new_page()
    with running(app, port):
        page.goto(f"{address}ar/unit/{key}")
        assert page.input_value("#reason") == typed
    page.click("button[value=comment]")
    page.locator(".lost").wait_for()
    with running(app, port):
        page.locator(".said").wait_for()
        page.goto(f"{address}ar/unit/{key}")
        assert page.input_value("#reason") == "", "what was taken is not offered again"
    context.close()
    (event,) = ledger.read(workspace.ledger("ar"), "ar").events
    assert event.comment == typed.strip()


def test_whatever_one_leaves_by_the_words_are_there_again(workspace: Project, served: Any, chromium: Any) -> None:
    """Esc, Next, the Back key, "see it first", a refusal: each time the text and the reason stand in the form."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served(workspace))
    page.fill("input[name=name]", "A. Haddad")
    page.click("button.main")
    page.goto(f"{page.url}de/queue?audience=migrants")
    page.click(f"a.name:has-text('{CALL}')")
    here = page.url
    page.fill("#text0", "Gefahr? Ruf an")
    page.fill("#reason", "kürzer")

    def still() -> None:
        # A page that is there has not run its scripts yet.
        page.wait_for_function("document.querySelector('#reason')?.value === 'kürzer'")
        assert (page.input_value("#text0"), page.input_value("#reason")) == ("Gefahr? Ruf an", "kürzer")

    page.keyboard.press("Escape")
    page.wait_for_url("**/queue**")
    page.locator(".unsent").first.wait_for()
    assert page.locator(".unsent").count() == 1
    page.go_back()
    still()
    page.click("a[rel=next]")
    page.goto(here)
    still()
    page.click("button[value=try]")
    page.goto(here)
    still()
    page.click("button[value=next]")
    page.locator(".refused").first.wait_for()
    still()
    page.goto(here)
    still()
    page.click(".kept button")
    page.reload()
    assert page.input_value("#reason") == ""
    context.close()


def test_a_comment_forges_no_line_of_the_log(visitor: Visitor, workspace: Project, cli: Any) -> None:
    """A comment with line breaks and a made-up event is one line of `review log`; Persian joiners stay as they are."""
    forged = "ok\n0123456789ab 2026-11-24 sign    M. Weber (mediator) 0123456789ab\u2028x\x85می\u200cشود"
    assert visitor.answer(path_of(visitor), "comment", reason=forged).status_code == 303
    lines = cli.run("review", "log", "de", at=workspace).out.splitlines()
    assert len(lines) == 2
    assert "comment" in lines[0]
    assert "می\u200cشود" in lines[0]


def test_a_name_is_kept_without_what_nobody_sees(visitor: Visitor) -> None:
    """U+200B and U+202E of a paste are gone from the name that signs; an escape sequence is refused when it would sign."""
    visitor.introduce("A.\u200b Haddad\u202e")
    assert "<bdi>A. Haddad</bdi>" in visitor.get("/").text
    visitor.introduce("\x1b[31mEvil")
    assert visitor.answer(path_of(visitor), "good").status_code == 422
