"""PO packs that come back from Poedit, Weblate and others: the pack says the language, nothing is misread."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign.catalogue import store
from campaign.catalogue.exchange.po import translator
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import take
from campaign.workspace.selection import Selection

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
TITLE = "You have rights, whatever your papers"


def units(project: Project, locale: str) -> dict[str, Unit]:
    """The units of a language by source."""
    path = project.catalogue(locale)
    return {unit.source: unit for unit in store.read(path, path.name, locale).units}


def pack(project: Project, locale: str, words: str) -> str:
    """A PO pack in which somebody wrote other words for the title."""
    text = export(project, locale, "po", Selection(), ON).data.decode()
    return re.sub(rf'(msgid "{TITLE}"\n)msgstr ".*"', rf'\1msgstr "{words}"', text)


def named(text: str, language: str) -> str:
    """The file with another Language header."""
    return re.sub(r"Language: [^\\]*", f"Language: {language}", text, count=1)


@pytest.fixture
def chinese(workspace: Project, cli: Any) -> Project:
    """The workspace with Chinese and Dari in it."""
    text = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(text.replace('"ar"]', '"ar", "zh-Hans", "prs"]'), encoding="utf-8")
    assert cli.run("update", at=workspace).code == 0
    return workspace


SAVED: dict[str, Callable[[str], bytes]] = {
    "as it was": str.encode,
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "both": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "another charset": lambda text: text.replace("UTF-8", "windows-1252", 1).encode("windows-1252", "ignore"),
    "de_DE": lambda text: named(text, "de_DE").encode(),
    "de_AT": lambda text: named(text, "de_AT.UTF-8").encode(),
    "deu": lambda text: named(text, "deu").encode(),
    "DE": lambda text: named(text, "DE").encode(),
    "no language": lambda text: named(text, "").encode(),
    "no known language": lambda text: named(text, "Deutsch").encode(),
}


@pytest.mark.parametrize("case", SAVED)
@pytest.mark.sample(2)
def test_what_other_programs_save_is_taken(workspace: Project, tmp_path: Path, case: str) -> None:
    """The number of the pack says the language; marks, line ends, character set and spelling are the program's own."""
    file = tmp_path / "back.po"
    file.write_bytes(SAVED[case](pack(workspace, "de", "Du hast Rechte, immer")))
    taken = take(workspace, file, ON)
    assert (taken.locale, taken.texts, taken.refused) == ("de", 1, ())
    assert units(workspace, "de")[TITLE].text == "Du hast Rechte, immer"


@pytest.mark.parametrize(
    ("tag", "spelt"),
    [("zh-Hans", "zh_Hans"), ("zh-Hans", "zh_CN"), ("zh-Hans", "zh"), ("zh-Hans", "zh-Hans-SG"), ("prs", "fa_AF")],
)
@pytest.mark.sample(1)
def test_every_spelling_of_a_language_is_that_language(chinese: Project, tmp_path: Path, tag: str, spelt: str) -> None:
    """Weblate's, Crowdin's and glibc's names of one language, with the pack's number and without it."""
    text = named(pack(chinese, tag, "x"), spelt)
    for number, whole in enumerate((text, re.sub(r'"X-Campaign-Pack.*\n', "", text))):
        file = tmp_path / f"{number}.po"
        file.write_text(whole, encoding="utf-8")
        assert take(chinese, file, ON).locale == tag


@pytest.mark.parametrize(
    ("tag", "spelt"), [("de", "ar"), ("de", "de_Arab"), ("zh-Hans", "zh_TW"), ("prs", "fa"), ("ar", "fa_IR")]
)
@pytest.mark.sample(2)
def test_a_header_that_contradicts_its_pack_is_an_error(
    chinese: Project, tmp_path: Path, contents: Callable[[Path], dict[str, bytes]], tag: str, spelt: str
) -> None:
    """Another language, or the same in another script: somebody mixed up two files, and nothing is taken."""
    file = tmp_path / "back.po"
    file.write_text(named(pack(chinese, tag, "x"), spelt), encoding="utf-8")
    before = contents(chinese.root / "locales")
    with pytest.raises(CampaignError, match=f"pack was made for {tag}"):
        take(chinese, file, ON)
    assert contents(chinese.root / "locales") == before


def test_a_file_of_no_pack_and_no_language_is_refused(workspace: Project, tmp_path: Path) -> None:
    """Nobody knows what it is in: the line to correct is named."""
    file = tmp_path / "back.po"
    file.write_text(re.sub(r'"X-Campaign-Pack.*\n', "", named(pack(workspace, "de", "x"), "Deutsch")), encoding="utf-8")
    with pytest.raises(CampaignError, match="'Deutsch', which is not known"):
        take(workspace, file, ON)


def test_who_translated_is_the_origin_of_the_text(workspace: Project, tmp_path: Path) -> None:
    """Poedit names its user in Last-Translator; the address stays out of the catalogue, and nothing is signed."""
    text = pack(workspace, "de", "Du hast Rechte, immer")
    assert "Last-Translator: Automatically generated" in text
    file = tmp_path / "back.po"
    file.write_text(text.replace("Automatically generated", "Ana Kovač <ana@example.org>"), encoding="utf-8")
    assert take(workspace, file, ON).texts == 1
    assert units(workspace, "de")[TITLE].origin == "from a review pack, Ana Kovač (translator), 2026-11-24"
    assert {event.verdict for event in ledger.read(workspace.ledger("de"), "de").events} == {Verdict.CHANGE}


@pytest.mark.parametrize(
    ("header", "name"),
    [("", ""), ("FULL NAME <EMAIL@ADDRESS>", ""), ("Automatically generated", ""), ("<a@example.org>", ""),
     ("a@example.org", ""), ("Ana  Kovač <a@example.org>", "Ana Kovač"), ("Ana", "Ana"), ("ه. صالح <x@y>", "ه. صالح")],
)  # fmt: skip
def test_a_name_is_a_name(header: str, name: str) -> None:
    """What templates and tools write there names nobody."""
    assert translator(header) == name


def test_the_latvian_file_of_an_older_tool_is_refused_with_both_formulas(
    workspace: Project, tmp_path: Path, cli: Any
) -> None:
    """ "one" would stand where "zero" is shown; the command says how each of the two counts, and takes nothing."""
    text = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(text.replace('"ar"]', '"ar", "lv"]'), encoding="utf-8")
    assert cli.run("update", at=workspace).code == 0
    theirs = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);"
    file, own = tmp_path / "lv.po", export(workspace, "lv", "po", Selection(), ON).data.decode()
    own = re.sub(r"Plural-Forms: [^\\]*", lambda found: f"Plural-Forms: {theirs}", own)
    file.write_text(re.sub(r'msgstr\[(\d)\] ""', r'msgstr[\1] "forma \1"', own), encoding="utf-8")
    done = cli.run("review", "import", str(file), at=workspace)
    assert done.code == 1
    assert theirs in done.err
    assert "n%10==0 || n%100>=11 && n%100<=19 ? 0" in done.err


@pytest.fixture
def display(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A screen that nobody sees, with the settings of a person who starts Poedit for the first time."""
    missing = [name for name in ("Xvfb", "poedit", "xdotool") if not shutil.which(name)]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: apt-get install xvfb poedit xdotool)")
    home = tmp_path / "home"
    home.mkdir()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert screen.stdout is not None
        number = screen.stdout.readline().decode().strip()
        yield {**os.environ, "DISPLAY": f":{number}", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    finally:
        screen.terminate()
        screen.wait()


def until(seen: Callable[[], Any], seconds: float = 60) -> Any:
    """What `seen` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while not (found := seen()):
        assert time.monotonic() < end, "Poedit did not get so far"
        time.sleep(0.5)
    return found


@pytest.mark.breadth
def test_poedit_opens_edits_and_saves_a_pack(workspace: Project, tmp_path: Path, display: dict[str, str]) -> None:
    """The real program: open the pack, type over the first text, Ctrl+S; exactly that text comes back."""
    file = tmp_path / "pack.po"
    file.write_bytes(export(workspace, "de", "po", Selection(), ON).data)
    first = store.read(file, file.name, "de").units[0].source
    before, data = units(workspace, "de"), file.read_bytes()

    def xdotool(*words: str) -> str:
        return subprocess.run(["xdotool", *words], env=display, capture_output=True, text=True, check=False).stdout

    for _ in range(2):  # the first start greets its user and may not take the keys
        program = subprocess.Popen(["poedit", file], env=display, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            window = until(lambda: xdotool("search", "--name", "pack.po").split()[:1])[0]
            time.sleep(2)
            place = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).split())
            xdotool("windowfocus", window)
            at = (int(place["X"]) + 200, int(place["Y"]) + int(place["HEIGHT"]) - 60)
            xdotool("mousemove", *map(str, at), "click", "1")
            xdotool("key", "ctrl+a")
            xdotool("type", "Neue Worte hier")
            xdotool("key", "ctrl+s")
            end = time.monotonic() + 10
            while file.read_bytes() == data and time.monotonic() < end:
                time.sleep(0.5)
        finally:
            program.terminate()
            program.wait()
        if file.read_bytes() != data:
            break
    assert "X-Generator: Poedit" in file.read_text(encoding="utf-8")
    taken = take(workspace, file, ON)

    after = units(workspace, "de")
    assert (taken.texts, taken.refused) == (1, ())
    assert after[first].text == "Neue Worte hier"
    assert {s: u for s, u in after.items() if s != first} == {s: u for s, u in before.items() if s != first}


@pytest.mark.skipif(not shutil.which("msgcat"), reason="msgcat is not installed (Debian package gettext)")
def test_escapes_of_msgcat_are_words_after_update(workspace: Project, cli: Any) -> None:
    """The whole Arabic catalogue through `msgcat -E`, then `campaign update`: the same texts, not figures."""
    path, before = workspace.catalogue("ar"), units(workspace, "ar")
    path.write_bytes(subprocess.run(["msgcat", "-E", path], capture_output=True, check=True).stdout)
    assert b"\\331" in path.read_bytes()
    assert cli.run("update", at=workspace).code == 0
    assert {source: unit.forms for source, unit in units(workspace, "ar").items()} == {
        source: unit.forms for source, unit in before.items()
    }
    assert b"\\331" not in path.read_bytes()


def test_a_catalogue_saved_on_windows_is_no_reason_to_stop(workspace: Project, cli: Any) -> None:
    """Poedit on the workspace's own file: status, check and update read it, and update writes Unix line ends again."""
    path, before = workspace.catalogue("de"), units(workspace, "de")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert cli.run("status", at=workspace).code == 0
    assert units(workspace, "de") == before
    assert cli.run("update", at=workspace).code == 0
    assert b"\r" not in path.read_bytes()
    assert units(workspace, "de") == before


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="msgfmt is not installed (Debian package gettext)")
def test_what_check_calls_clean_compiles(workspace: Project, cli: Any) -> None:
    """A percent sign beside a placeholder: `msgfmt -c` refuses the catalogue, and `check` says where and what to type."""
    path = workspace.catalogue("de")
    known = units(workspace, "de")["In danger now? Call %(emergency)s"].text
    text = path.read_text(encoding="utf-8").replace(f'"{known}"', '"100 % vertraulich: %(emergency)s"')
    path.write_text(text.replace("#, fuzzy, python-format", "#, python-format"), encoding="utf-8")
    compiled = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, check=False)
    assert compiled.returncode != 0
    done = cli.run("check", "--lang", "de", "--no-layout", at=workspace)
    assert done.code == 1
    assert "write %%" in done.out + done.err
    path.write_text(path.read_text(encoding="utf-8").replace("100 % v", "100 %% v"), encoding="utf-8")
    subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True)
    assert "write %%" not in cli.run("check", "--lang", "de", "--no-layout", at=workspace).out
