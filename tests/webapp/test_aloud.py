"""Read aloud: the button speaks the text as readers will have it, in its language, through the browser's own speech."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaign.project import Project

pytestmark = [pytest.mark.slow, pytest.mark.breadth]

#: A voice as any program can give one to the browser: it keeps what it is told to say. A machine without ears needs no more.
MANIFEST = {
    "manifest_version": 3,
    "name": "voice",
    "version": "1",
    "permissions": ["ttsEngine"],
    "background": {"service_worker": "voice.js"},
    "tts_engine": {"voices": [{"voice_name": "German", "lang": "de-DE", "event_types": ["start", "end"]}]},
}
VOICE = """
self.heard = [];
chrome.ttsEngine.onSpeak.addListener((words, options, send) => {
  self.heard.push([words, options.lang]);
  send({ type: "start", charIndex: 0 });
});
chrome.ttsEngine.onStop.addListener(() => self.heard.push("stopped"));
"""


@pytest.fixture
def speaking(chromium: Any, tmp_path: Path) -> Any:
    """A browser with one voice, for German."""
    folder = tmp_path / "voice"
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (folder / "voice.js").write_text(VOICE, encoding="utf-8")
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=shutil.which("chromium"),
        headless=False,  # the old headless mode has no voices
        args=[
            "--headless=new",
            "--no-sandbox",
            f"--disable-extensions-except={folder}",
            f"--load-extension={folder}",
            "--disable-features=DisableLoadExtensionCommandLineSwitch",
        ],
        ignore_default_args=["--disable-extensions"],
    )
    yield context
    context.close()


def test_the_button_speaks_what_readers_will_have(
    workspace: Project, served: Callable[..., str], speaking: Any
) -> None:
    """Numbers in place of their names, the language of the text; pressed again it stops; no voice, no button."""
    worker = speaking.service_workers[0] if speaking.service_workers else speaking.wait_for_event("serviceworker")
    page = speaking.new_page()
    page.goto(served(workspace))
    home = page.url
    page.goto(f"{home}de/queue?audience=migrants&words=danger+now")
    page.click("a.name:has-text('In danger now?')")
    page.locator("#aloud").wait_for()
    page.locator(".face").first.fill("In Gefahr? Rufen Sie %(emergency)s an")
    page.click("#aloud")
    page.locator("#aloud", has_text="Stop reading").wait_for()
    assert worker.evaluate("self.heard") == [["In Gefahr? Rufen Sie 112 an", "de-DE"]]
    page.click("#aloud")
    for _ in range(50):
        if len(worker.evaluate("self.heard")) == 2:
            break
        page.wait_for_timeout(100)
    assert worker.evaluate("self.heard")[1:] == ["stopped"]
    page.goto(f"{home}ar/queue?audience=migrants&words=danger+now")
    page.click("a.name:has-text('In danger now?')")
    page.locator("#text0").wait_for(state="attached")
    assert page.locator("#aloud").count() == 0
