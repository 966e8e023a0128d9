"""What goes wrong while somebody works: said in words, with what was typed, and nothing is lost."""

from __future__ import annotations

import html
import re

import pytest
from visitor import Visitor, first_key

from campaign.project import Project


def typed(page: str) -> list[str]:
    """What stands in the text areas of a page."""
    return [html.unescape(found) for found in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)]


@pytest.mark.slow
def test_settings_that_break_meanwhile_are_a_page(workspace: Project, visitor: Visitor) -> None:
    """Somebody saves a half-written campaign.toml: every page says what and where, typed words are shown; then it goes on."""
    path = f"/de/unit/{first_key(visitor, 'de', 'You have rights')}"
    form, good = visitor.hidden(path, 'id="editor"'), workspace.config.read_bytes()
    workspace.config.write_text('name = "half\n', encoding="utf-8")
    sent = visitor.post(path, {**form, "text0": "Sie haben Rechte", "answer": "changed", "reason": "besser so"})
    assert sent.status_code == 422
    assert "campaign.toml" in sent.text and "Something in the campaign’s files" in html.unescape(sent.text)
    assert "Sie haben Rechte" in sent.text and "besser so" in sent.text
    for page in ("/", "/de/", "/de/queue", path, "/open", "/waiting"):
        answer = visitor.get(page)
        assert answer.status_code in (200, 422) and "Traceback" not in answer.text
        assert answer.status_code == 200 or "campaign.toml" in answer.text
    assert visitor.get("/here").status_code == 200
    assert visitor.get("/letters.css").status_code == 200
    workspace.config.write_bytes(good)
    assert visitor.answer(path, "changed", "Sie haben Rechte").status_code == 303


@pytest.mark.slow
def test_what_is_too_long_comes_back_whole(visitor: Visitor) -> None:
    """A text, a reason and a reply beyond what a ledger keeps: refused with how long they may be, no letter is gone."""
    path = f"/de/unit/{first_key(visitor, 'de', 'You have rights')}"
    long = "Rechte " * 1500
    answer = visitor.answer(path, "changed", long)
    assert answer.status_code == 422 and "at most 10000 characters" in answer.text
    assert typed(answer.text)[0] == long
    why = "weil " * 900
    answer = visitor.answer(path, "reject", reason=why)
    assert answer.status_code == 422 and "at most 4000 characters" in answer.text
    assert why.strip() in " ".join(typed(answer.text))
    assert "maxlength" not in "".join(re.findall(r"<textarea[^>]*>", visitor.get(path).text))
    assert visitor.answer(path, "reject", reason="nein").status_code == 303
    page = visitor.get(path).text
    address = html.unescape(re.findall(r'action="(/de/thread/[^"]+)"', page)[0])
    reply = visitor.post(address, {**visitor.hidden(path, address), "answer": "reply", "reason": why})
    assert reply.status_code == 422 and why.strip() in " ".join(typed(reply.text))


@pytest.mark.slow
def test_the_first_text_of_a_sentence_can_be_undone(workspace: Project, visitor: Visitor) -> None:
    """There was none before: undone, there is none again."""
    path = workspace.catalogue("de")
    text = path.read_text(encoding="utf-8")
    at = text.index('msgid "You have rights, whatever your papers"')
    end = text.index("\n\n", at)
    path.write_text(text[:at] + re.sub(r"msgstr .*", 'msgstr ""', text[at:end], flags=re.DOTALL) + text[end:], "utf-8")
    page = f"/de/unit/{first_key(visitor, 'de', 'You have rights')}"
    assert typed(visitor.get(page).text)[0] == ""
    assert visitor.answer(page, "changed", "Sie haben Rechte").status_code == 303
    shown = visitor.get(page).text
    assert typed(shown)[0] == "Sie haben Rechte"
    undo = dict(re.findall(r'name="(once)" value="([^"]*)"', shown[shown.index('class="undo"') :]))
    assert (
        "Undone." in visitor.http.get(visitor.post("/de/undo", undo).headers["Location"], headers=visitor.headers).text
    )
    assert typed(visitor.get(page).text)[0] == ""
