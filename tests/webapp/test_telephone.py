"""The review page on a telephone: one screen for a sentence, pieces that cannot break, dark mode, zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from visitor import Visitor

from campaign.project import Project

pytestmark = pytest.mark.slow

CALL = "In danger now? Call %(emergency)s"


def at_the_sentence(served: Callable[..., str], project: Project, context: Any, interface: str) -> Any:
    """The page of a sentence with a number in it, in Arabic."""
    page = context.new_page()
    page.goto(served(project))
    page.fill("input[name=name]", "ه. صالح")
    page.click("button.main")
    page.click(f"footer button[value={interface}]")
    page.goto(f"{page.url}ar/queue?audience=migrants&words=danger+now")
    page.click(f"a.name:has-text('{CALL}')")
    page.wait_for_load_state()  # a click ends when the next page begins, before its scripts have run
    return page


@pytest.mark.parametrize(("interface", "scheme"), [("ar", "dark"), ("fr", "light")])
@pytest.mark.sample(1)
def test_sentence_answers_and_picture_are_on_one_screen(
    workspace: Project,
    served: Callable[..., str],
    chromium: Any,
    axe: Callable[[Any], list[str]],
    interface: str,
    scheme: str,
) -> None:
    """At 360 x 740 nothing is scrolled: source, text, the sentence as it will be printed, the four answers; axe is content."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page = at_the_sentence(served, workspace, context, interface)
    page.locator(".glimpse img").wait_for()
    for part in ("#sentence", ".face", ".glimpse img", "#reason", ".answers.first"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 740, part
        assert box["height"] >= 20, part
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 450})  # 640 x 900 at 200 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_a_piece_cannot_be_broken_and_the_text_stays_exact(
    workspace: Project, served: Callable[..., str], chromium: Any
) -> None:
    """In a right-to-left text the number is drawn as a whole; one key deletes it whole, a press on its chip brings it back."""
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = at_the_sentence(served, workspace, context, "en")
    face, area, exact = page.locator(".face"), page.locator("#text0"), "%(emergency)s"
    before = area.input_value()
    assert exact in before
    assert page.evaluate("document.querySelector('.face .piece').getClientRects().length") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.face .piece'), '::before').content") == '"112"'
    face.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" هنا")
    assert area.input_value() == f"{before} هنا"
    page.reload()
    page.locator(".kept button").click()
    page.evaluate("""() => {
        const piece = document.querySelector('.face .piece'), range = document.createRange();
        document.querySelector('.face').focus();
        range.setStartAfter(piece); range.collapse(true);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.keyboard.press("Backspace")
    assert area.input_value() == before.replace(exact, "")
    page.locator("button.chip").click()
    assert area.input_value() == before
    context.close()


def test_the_queue_is_searched_in_both_languages_and_comes_back_to_its_place(visitor: Visitor) -> None:
    """Words of the source or of the text, whatever their case; the way back leads to the sentence."""
    german = visitor.get("/de/queue?words=GEFAHR").text
    assert CALL in german
    assert german.count('class="name"') < visitor.get("/de/queue").text.count('class="name"')
    assert CALL in visitor.get("/de/queue?words=danger+now").text
    key = german.partition("/de/unit/")[2][:12]
    page = visitor.get(f"/de/unit/{key}?words=GEFAHR").text
    assert f'href="/de/queue?page=1&amp;words=GEFAHR#{key}"' in page
    assert f'<li id="{key}"' in german
