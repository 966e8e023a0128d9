"""A mediator at work in a real browser: see, correct, be refused in plain words, sign; and only that is released."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from campaign.editions.build import build
from campaign.model.edition import Edition
from campaign.model.finding import Severity
from campaign.project import Project
from campaign.workspace.selection import Selection

pytestmark = pytest.mark.slow

LOST = "In danger now? Call %(emergency)s"


def released(project: Project) -> set[str]:
    """What a release holds, as country/language/audience/first word of the file."""
    build(
        project,
        edition=Edition.RELEASE,
        selection=Selection(),
        workers=1,
        today=date.today(),
        progress=lambda done, total: None,
    )
    folder = project.output(Edition.RELEASE)
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {file.partition("-")[0] for file in files if file != "manifest.json"}


def alone(project: Project) -> None:
    """Let one person write and review: this campaign has nobody else for the language."""
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(text.replace("[review]\n", "[review]\nown_text = true\n"), encoding="utf-8")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.sample(1)
def test_a_mediator_corrects_and_signs_one_leaflet(
    workspace: Project, served: Callable[..., str], chromium: Any, attest: Callable[[Project], None], script: bool
) -> None:
    """Arabic is opened, a lost placeholder is refused in plain words, put right, the leaflet signed; it alone is released."""
    project = workspace
    alone(project)
    attest(project)
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served(project))
    page.fill("input[name=name]", "ه. صالح")
    page.click("text=Keep")
    page.click("a.name:has-text('العربية')")
    page.click("text=Start: most important sentences first")
    page.click(f"a.name:has-text('{LOST}')")
    editor = page.locator("#text0")
    assert (editor.get_attribute("lang"), editor.get_attribute("dir")) == ("ar", "rtl")

    editor.fill("هل أنت في خطر الآن؟ للاتصال:")
    page.click("text=I changed it")
    refusal = page.locator(".refused").inner_text()
    assert "%(emergency)s is missing" in refusal
    assert "keep each one exactly" in refusal
    assert page.locator("#text0").input_value() == "هل أنت في خطر الآن؟ للاتصال:", "what was typed is still there"
    assert LOST in project.catalogue("ar").read_text(encoding="utf-8")
    assert "هل أنت في خطر الآن؟ للاتصال: %(emergency)s" in project.catalogue("ar").read_text(encoding="utf-8")

    page.locator("#text0").fill("أنت في خطر الآن؟ اتصل بالرقم: %(emergency)s")
    page.click("text=I changed it")
    assert "Saved as a draft" in page.locator(".said").inner_text()
    assert "أنت في خطر الآن؟ اتصل بالرقم" in project.catalogue("ar").read_text(encoding="utf-8")

    page.goto(re.sub(r"/ar/.*", "/ar/item/BE/migrants/leaflet", page.url))
    if not script:
        assert page.locator("input[name=read]").count() == 0, "what is not shown cannot be signed"
        while page.locator(".coming a").count():
            page.wait_for_timeout(300)
            page.locator(".coming a").click()
    page.locator(".look img").nth(1).wait_for()
    assert page.locator(".look img").count() == 2
    page.check("input[name=read]")
    page.click("text=Sign: good to publish")
    assert "Signed" in page.locator(".said").inner_text()
    assert page.locator("main .tags .state").first.inner_text() == "signed"

    assert released(project) == {"BE/ar/migrants/leaflet"}
    context.close()


def test_everything_works_by_keyboard(workspace: Project, served: Callable[..., str], chromium: Any) -> None:
    """Keys alone: come in, type a name, open a language, correct with Ctrl+Enter, move with Alt+arrows, leave with Esc."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served(workspace))

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(f"the Tab key does not reach {selector}")

    tab_to("input[name=name]")
    page.keyboard.type("A. Haddad")
    tab_to("button.main")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to("a.name[href='/de/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/de/")
    tab_to("a.button.main")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue**")
    tab_to("ol.queue a.name")
    page.keyboard.press("Enter")
    page.wait_for_url("**/unit/**")
    first = page.url
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_url(lambda url: url != first)
    second = page.url
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_url(first)
    tab_to("#text0")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    assert page.locator("#text0").input_value().endswith("\n"), "plain Enter is a line break"
    page.keyboard.press("Backspace")
    page.keyboard.type("!")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(second)
    key = re.search(r"unit/(\w+)", first)[1]  # type: ignore[index]
    assert "edited by A. Haddad" in workspace.catalogue("de").read_text(encoding="utf-8")
    assert key
    page.keyboard.press("Escape")
    page.wait_for_url("**/queue**")
    context.close()


@pytest.mark.breadth
def test_a_chip_goes_into_the_text_and_the_preview_follows(
    workspace: Project, served: Callable[..., str], chromium: Any
) -> None:
    """A click on a placeholder puts it where the cursor is; while typing, findings and the SMS's cost are those of the new text."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(served(workspace))
    page.goto(page.url + "de/queue?audience=migrants")
    page.click("a.name:has-text('Health and travel information')")
    page.locator("mark").wait_for()
    assert page.locator("mark").count() == 1
    before = page.locator(".meter").inner_text()
    editor = page.locator("#text0")
    editor.fill("Ruf an: ")
    page.locator("#looks .findings", has_text="%(phone)s is missing").wait_for()
    page.locator(".meter").filter(has_not_text=before).wait_for()
    page.locator("button.chip", has_text="phone").click()
    assert editor.input_value() == "Ruf an: %(phone)s"
    assert errors == []
    context.close()


PAGES = (
    "",
    "{lang}/",
    "{lang}/queue",
    "{lang}/unit/{key}",
    "{lang}/item/BE/migrants/leaflet",
    "{lang}/item/BE/migrants/sms",
    "{lang}/log",
    "{lang}/nothing",
)


@pytest.mark.parametrize("interface", ["en", "ar"])
@pytest.mark.breadth
def test_axe_finds_nothing_on_any_page(
    signed: Project, served: Callable[..., str], chromium: Any, axe: Callable[[Any], list[str]], interface: str
) -> None:
    """Every page, in a left-to-right and a right-to-left interface, wide and at 360 px: no violation, nothing sticks out."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(served(signed))
    home = page.url
    page.fill("input[name=name]", "A. Haddad")
    page.select_option("select[name=second]", "de")
    page.click("button.main")
    page.click(f"footer button[value={interface}]")
    assert page.locator("html").get_attribute("dir") == ("rtl" if interface == "ar" else "ltr")
    page.goto(home + "de/queue?audience=migrants")
    key = re.search(r"unit/(\w+)", page.locator("ol.queue a").first.get_attribute("href"))[1]  # type: ignore[index]
    found = []
    for path in PAGES:
        page.goto(home + path.format(lang="de" if interface == "en" else "ar", key=key))
        page.locator("[data-coming]").wait_for(state="detached")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            if width == 1280 or "unit" in path or path == "":
                found += [f"{path}: {violation}" for violation in axe(page)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{path}: {wide} px wide at {width}")
    assert found == []
    context.close()


@pytest.mark.breadth
def test_a_refused_text_and_two_versions_are_accessible(
    workspace: Project, served: Callable[..., str], chromium: Any, axe: Callable[[Any], list[str]]
) -> None:
    """Two tabs: the second save gets both texts, overwrites nothing, and its page has no violation either."""
    context = chromium.new_context()
    one, two = context.new_page(), context.new_page()
    one.goto(served(workspace))
    one.fill("input[name=name]", "A. Haddad")
    one.click("button.main")
    one.goto(one.url + "de/queue?audience=migrants")
    one.click(f"a.name:has-text('{LOST}')")
    two.goto(one.url)
    one.fill("#text0", "Gefahr? %(emergency)s anrufen")
    one.click("text=I changed it")
    two.fill("#text0", "In Gefahr? Ruf %(emergency)s an")
    two.click("text=I changed it")

    assert "Gefahr? %(emergency)s anrufen" in two.locator(".theirs").inner_text()
    assert two.locator("#text0").input_value() == "In Gefahr? Ruf %(emergency)s an"
    assert "Ruf %(emergency)s an" not in workspace.catalogue("de").read_text(encoding="utf-8")
    assert axe(two) == []
    two.click("text=Keep my text")
    assert "Ruf %(emergency)s an" in workspace.catalogue("de").read_text(encoding="utf-8")
    two.fill("#text0", "nichts")
    two.click("text=I changed it")
    assert axe(two) == []
    assert Severity.ERROR.value in two.locator(".findings li").first.get_attribute("class")
    context.close()
