"""Objections on the page: shown wherever somebody signs, with replies, at a point of a picture, in the coordinator's list."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from visitor import Visitor, first_key

from campaign.model.artefact import Artefact
from campaign.model.spot import Spot
from campaign.model.state import State
from campaign.project import Project
from campaign.webapp.threads import WIDTH, plate

LEAFLET, SMS = "/de/item/BE/migrants/leaflet", "/de/item/BE/migrants/sms"


@pytest.fixture
def other(app: Flask) -> Visitor:
    """Somebody else at the same page."""
    return Visitor(app).enter().introduce("M. Weber")


def said(visitor: Visitor, path: str, answer: str, reason: str, **more: str) -> int:
    """Say something of an item as its page offers it."""
    form = visitor.hidden(path, 'id="say"')
    return int(visitor.post(f"{path}/say", {**form, "answer": answer, "reason": reason, **more}).status_code)


def signed(visitor: Visitor, path: str, reason: str = "") -> int:
    """Sign an item as its page offers it."""
    form = visitor.hidden(path, 'id="sign"')
    return int(visitor.post(path, {**form, "answer": "sign", "read": "1", "reason": reason}).status_code)


@pytest.mark.slow
def test_an_objection_to_an_item_stands_on_its_page(visitor: Visitor, other: Visitor) -> None:
    """Whoever opens it sees by whom and why; signing is refused until a reason answers; who objected may take it back."""
    assert said(other, SMS, "reject", "") == 422, "without a reason it is none"
    assert said(other, SMS, "reject", "zu <b>lang") == 303
    page = visitor.get(SMS).text
    assert "M. Weber" in page and "zu &lt;b&gt;lang" in page and ">open<" in page
    assert "Take it back" not in page and "Take it back" in other.get(SMS).text
    assert signed(visitor, SMS) == 422
    assert signed(visitor, SMS, "drei Teile sind bezahlt") == 303
    page = visitor.get(SMS).text
    assert ">answered<" in page and "A. Haddad" in page and "drei Teile sind bezahlt" in page


@pytest.mark.slow
def test_replies_questions_and_who_shall_look(visitor: Visitor, other: Visitor) -> None:
    """In the list of all that is open, with what it is about; the one who was asked finds it under their name."""
    key = first_key(visitor, "de", "In danger now?")
    assert other.answer(f"/de/unit/{key}", "reject", reason="so spricht niemand").status_code == 303
    page = visitor.get("/open").text
    assert html.escape("In danger now?") in page and "so spricht niemand" in page
    own = re.search(r"/de/thread/(\w{64})", page)
    assert own
    path = f"/de/thread/{own[1]}"
    for answer, more in (("reply", {"reason": "Wie dann?"}), ("assign", {"whose": "A. Haddad"})):
        form = visitor.hidden("/open", path)
        assert visitor.post(path, {**form, "answer": answer, **more}).status_code == 303
    for place in ("/open", f"/de/unit/{key}"):
        assert "Wie dann?" in visitor.get(place).text
    assert "You were asked to look" in visitor.get("/waiting").text
    assert "You were asked to look" not in other.get("/waiting").text
    form = visitor.hidden("/open", path)
    assert visitor.post(path, {**form, "answer": "withdraw"}).status_code == 422, "only who said it takes it back"
    form = other.hidden(f"/de/unit/{key}", path)
    assert other.post(path, {**form, "answer": "withdraw", "reason": "doch"}).status_code == 303
    assert "so spricht niemand" not in visitor.get("/open").text
    assert (
        visitor.post("/de/thread/" + "0" * 64, {**visitor.hidden("/de/", "tongues"), "answer": "reply"}).status_code
        == 404
    )


@pytest.mark.slow
def test_a_point_of_the_picture(visitor: Visitor, other: Visitor) -> None:
    """Touched without any script: the form says where, and everybody sees the place on the picture."""
    page = visitor.get(f"{LEAFLET}/point").text
    names = re.findall(r'<input type="image" class="plate" name="([\w-]*page-\d+\.png)"[^>]*height="(\d+)"', page)
    assert len(names) > 1 and "<svg" not in page
    name, height = names[0][0], int(names[0][1])
    touched = visitor.get(f"{LEAFLET}/point?{name}.x={WIDTH // 2}&{name}.y={height // 4}").text
    at = re.search(r'name="at" value="([^"]+)"', touched)
    assert at and re.fullmatch(rf"{re.escape(name)} 500,2[45]\d", at[1])
    assert said(visitor, LEAFLET, "comment", "Der Kopf ist ab", at=at[1]) == 303
    seen = other.get(f"{LEAFLET}/point").text
    assert "Der Kopf ist ab" in seen and '<circle cx="150.0"' in seen
    assert "50 % from the left, 25 % from the top" in other.get(LEAFLET).text
    assert said(visitor, LEAFLET, "comment", "hier", at="../etc 1,2") == 422
    for wrong in ("x=1", f"{name}.x=9999&{name}.y=1", f"{name}.x=a&{name}.y=b", "nothing.png.x=1&nothing.png.y=1"):
        assert 'name="at"' not in visitor.get(f"{LEAFLET}/point?{wrong}").text


def test_where_a_point_lies_on_a_picture() -> None:
    """The picture is drawn as wide as the page says, whatever its size, and points lie where they were touched."""
    file = Artefact(
        "page-1.png",
        "image/png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (420).to_bytes(4, "big") + (595).to_bytes(4, "big"),
        (),
    )
    drawn = plate(file)
    assert (drawn.width, drawn.height) == (WIDTH, 425)
    assert drawn.mark(Spot("page-1.png", 500, 1000)) == (150, 425)


@pytest.mark.slow
def test_what_cannot_be_shown_whole_cannot_be_signed(visitor: Visitor, workspace: Project, cli: object) -> None:
    """On the page and by the command: a text too long for the leaflet has no picture to sign."""
    path = f"/de/unit/{first_key(visitor, 'de', 'In danger now?')}"
    form = visitor.hidden(LEAFLET, 'id="sign"')
    assert (
        visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an. " + "Sehr viele Worte. " * 300).status_code
        == 303
    )
    page = visitor.get(LEAFLET).text
    assert "so nobody can sign it" in page and 'name="read"' not in page
    assert visitor.post(LEAFLET, {**form, "answer": "sign", "read": "1"}).status_code == 409
    ended = cli.run(*["review", "sign", "--item", "BE/de/migrants/leaflet", "--name", "Weber"], at=workspace)  # type: ignore[attr-defined]
    assert ended.code != 0 and "cannot be shown whole" in ended.err and "Traceback" not in ended.err


@pytest.mark.slow
def test_own_words_leave_the_queue_and_wait(visitor: Visitor, other: Visitor, workspace: Project) -> None:
    """What I signed is not open for me; it stands under "waits for a second person", for everybody."""
    path = f"/de/unit/{first_key(visitor, 'de', 'In danger now?')}"
    key = path.rpartition("/")[2]
    visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an")
    visitor.answer(path, "good")
    assert "A second person must sign it too" in visitor.get(path).text
    assert key not in visitor.get("/de/queue?state=open").text and key in other.get("/de/queue?state=open").text
    assert key in visitor.get("/de/queue?state=second").text
    other.answer(path, "good")
    assert key not in visitor.get("/de/queue?state=second").text
    assert key in visitor.get("/de/queue?state=signed").text


@pytest.mark.slow
def test_a_blind_second_reading(visitor: Visitor, other: Visitor, workspace: Project) -> None:
    """Until they answered themselves, the second reader sees neither who signed nor what was remarked; objections they do."""
    config = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(
        config.replace("\nsignatures = 1\n", "\nsignatures = 2\nblind = true\n"), encoding="utf-8"
    )
    path = f"/de/unit/{first_key(visitor, 'de', 'In danger now?')}"
    visitor.answer(path, "good", reason="klingt freundlich")
    for place in (path, "/de/log"):
        assert "klingt freundlich" in visitor.get(place).text
        assert "klingt freundlich" not in other.get(place).text and "A. Haddad" not in other.get(place).text
    other.answer(path, "good")
    assert "klingt freundlich" in other.get(path).text


@pytest.mark.slow
def test_who_reads_blind_does_not_see_who_wrote(visitor: Visitor, other: Visitor, workspace: Project) -> None:
    """One signature is asked for: its author is the second pair of eyes all the same. Who wrote sees their own words."""
    config = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(
        config.replace("\nsignatures = 1\n", "\nsignatures = 1\nblind = true\n"), encoding="utf-8"
    )
    path = f"/de/unit/{first_key(visitor, 'de', 'In danger now?')}"
    visitor.answer(path, "comment", reason="noch zu lang")
    assert "noch zu lang" in other.get(path).text, "whoever reads first sees what was remarked"
    visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an", reason="kürzer")
    assert "kürzer" in visitor.get(path).text
    assert "kürzer" not in other.get(path).text and "A. Haddad" not in told(other.get(path).text)
    other.answer(path, "good")
    assert "kürzer" in other.get(path).text and "A. Haddad" in other.get(path).text


@pytest.mark.slow
def test_signing_an_item_can_be_undone(visitor: Visitor, other: Visitor, workspace: Project) -> None:
    """Its sentences are drafts again, and what the signer had objected to them and to the whole stands again."""
    desk, path = visitor.app.extensions["review"].desk, f"/de/unit/{first_key(visitor, 'de', 'Health and travel')}"
    visitor.answer(path, "reject", reason="zu lang")
    said = visitor.hidden(SMS, 'id="say"')
    assert visitor.post(f"{SMS}/say", {**said, "answer": "reject", "reason": "Bild fehlt"}).status_code == 303
    before = desk.sheet("de")
    assert visitor.post(SMS, {**visitor.hidden(SMS, 'id="sign"'), "read": "1"}).status_code == 303
    item = next(each for each in desk.sheet("de").items if each.job.item == "item:BE/migrants/sms")
    assert desk.sheet("de").state_of(item) is State.SIGNED
    assert visitor.post("/de/undo", visitor.hidden(SMS, 'class="undo"')).headers["Location"].endswith(SMS)
    assert "Undone." in visitor.get(SMS).text
    after = desk.sheet("de")
    assert after.state_of(item) is State.DRAFT
    assert [line.unit.forms for line in after.lines.values()] == [line.unit.forms for line in before.lines.values()]
    assert "zu lang" in other.get(SMS).text and "Bild fehlt" in other.get(SMS).text
    assert other.post(SMS, {**other.hidden(SMS, 'id="sign"'), "read": "1"}).status_code == 422, "nobody answered them"


@pytest.mark.slow
def test_who_signed_an_item_is_not_told_to_whoever_reads_blind(
    visitor: Visitor, other: Visitor, workspace: Project
) -> None:
    """On its page and in the history: until they signed it too."""
    config = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(
        config.replace("\nsignatures = 1\n", "\nsignatures = 2\nblind = true\n"), encoding="utf-8"
    )
    assert visitor.post(SMS, {**visitor.hidden(SMS, 'id="sign"'), "read": "1"}).status_code == 303
    for place in (SMS, "/de/log"):
        assert "A. Haddad" in visitor.get(place).text and "A. Haddad" not in other.get(place).text, place
    assert other.post(SMS, {**other.hidden(SMS, 'id="sign"'), "read": "1"}).status_code == 303
    for place in (SMS, "/de/log"):
        assert "A. Haddad" in other.get(place).text, place


def told(page: str) -> str:
    """A page without what was said of earlier words, which everybody may read."""
    return re.sub(r"<li>(?:(?!</li>).)*other words.*?</li>", "", page, flags=re.DOTALL)
