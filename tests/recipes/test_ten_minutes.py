"""Ten minutes of somebody new: "Your own leaflet, from nothing" of the tutorial, from the wheel, in an empty folder."""

import os
import re
import shlex
import signal
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path

import pytest
from own_campaigns import REPOSITORY

PAGE = (REPOSITORY / "docs" / "tutorials" / "staff.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## Your own leaflet, from nothing\n")[1].split("\n## ")[0]
#: Every command of the section, indented or between accents, in the order in which a reader meets it.
COMMANDS = [
    shlex.split(found.strip("` "))
    for found in re.findall(r"(?m)^ {7}(?:campaign|cd) .*$|`campaign [a-z]+ [^`]*`|`campaign (?:draft|check)`", SECTION)
    if "add`" not in found
]
#: What its author writes into the message, a block a line, and how people who know the languages say it.
MESSAGE = {
    "title": "Cleaning after the flood? Your work has a price",
    "lead": "After a flood, some people offer cleaning work and do not pay.",
    "signs": "Somebody keeps your passport or your phone.",
    "rights": "You may leave a job at any time.",
    "steps": "Call the helpline below.",
    "closing": "You are not alone.",
    "sms": "Cleaning after the flood? Ask us:",
    "post": "Cleaning after the flood? You have rights.",
    "alt": "A bucket and a broom beside an open door.",
}
TRANSLATED = {
    "ar": [
        "تنظّف بعد الفيضان؟ لعملك ثمن",
        "بعد الفيضان يعرض بعض الناس أعمال تنظيف ولا يدفعون.",
        "شخص يحتفظ بجواز سفرك أو هاتفك.",
        "يحق لك أن تترك العمل في أي وقت.",
        "اتصل بخط المساعدة أدناه.",
        "لست وحدك.",
        "تنظّف بعد الفيضان؟ اسألنا:",
        "تنظّف بعد الفيضان؟ لك حقوق.",
        "دلو ومكنسة بجانب باب مفتوح.",
    ],
    "ro": [
        "Faci curățenie după inundație? Munca ta are un preț",
        "După o inundație, unii oferă muncă la curățenie și nu plătesc.",
        "Cineva îți ține pașaportul sau telefonul.",
        "Poți pleca oricând de la un loc de muncă.",
        "Sună la linia de ajutor de mai jos.",
        "Nu ești singur.",
        "Faci curățenie după inundație? Întreabă-ne:",
        "Faci curățenie după inundație? Ai drepturi.",
        "O găleată și o mătură lângă o ușă deschisă.",
    ],
}
#: What a reader puts for the dots of the tutorial: the public line of the Spanish police. No test calls anybody.
FILLED = {"…": "Línea de ayuda", "+34…": "+34900105090"}


class Newcomer:
    """Somebody with a fresh installation and an empty folder; `typed` counts what they typed."""

    def __init__(self, folder: Path, wheel: Path):
        self.at = folder / "empty"
        self.at.mkdir()
        self.typed = 0
        place = folder / "installed"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
        python = place / "bin" / "python"
        pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
        subprocess.run(pip, check=True, capture_output=True)
        (library,) = place.glob("lib/python*/site-packages")
        (library / "libraries.pth").write_text(sysconfig.get_path("purelib"))  # those of this suite, not the program
        self.program = place / "bin" / "campaign"
        self.variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DISPLAY")}
        self.variables["XDG_CACHE_HOME"] = str(folder / "cache")

    def command(self, *words: str) -> subprocess.Popen[str]:
        """What was typed, running."""
        self.typed += 1
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [self.program, *words], cwd=self.at, env=self.variables, stdout=pipe, stderr=subprocess.STDOUT, text=True
        )

    def types(self, *words: str, code: int = 0) -> str:
        """What the command says, once it has ended as it should."""
        running = self.command(*words)
        said = running.communicate(timeout=300)[0]
        assert running.returncode == code, said
        return said


@pytest.fixture
def newcomer(tmp_path: Path) -> Newcomer:
    """The wheel, built from this folder and installed alone."""
    built = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, REPOSITORY]
    subprocess.run(built, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    return Newcomer(tmp_path, wheel)


def _next(command: str) -> list[str]:
    """The words of the tutorial for a command, its dots filled in."""
    words = next(words for words in COMMANDS if words[1:2] == [command] or words[1:3] == command.split())
    return [FILLED.get(word, word) for word in words[1:]]


def _writes(path: Path) -> None:
    """What the author types into the message that `init` laid out."""
    text = path.read_text(encoding="utf-8")
    for block, words in MESSAGE.items():
        found = re.compile(rf"({{% block {block} %}}\n.*?){{#- {{% trans %}}….*?-#}}", re.DOTALL)
        text, count = found.subn(lambda match, words=words: f"{match[1]}{{% trans %}}{words}{{% endtrans %}}", text, 1)
        assert count == 1, block
    path.write_text(text, encoding="utf-8")


def _translates(catalogue: Path, words: list[str]) -> None:
    """What a translator saves in Poedit."""
    text = catalogue.read_text(encoding="utf-8")
    for source, target in zip(MESSAGE.values(), words, strict=True):
        text, count = re.subn(rf'(msgid "{re.escape(source)}"\nmsgstr )""', rf'\1"{target}"', text)
        assert count == 1, source
    catalogue.write_text(text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.breadth
def test_a_leaflet_of_ones_own_in_two_languages_leaves_as_a_pack(newcomer: Newcomer) -> None:
    """From nothing to press files with an own message in Arabic and Romanian, in less than twelve commands."""
    newcomer.types(*_next("init"))
    newcomer.at /= COMMANDS[1][1]
    newcomer.types(*_next("add contact"))
    message = newcomer.at / "templates" / "messages" / "flood-cleaners.j2"
    watching = newcomer.command(*_next("preview"))
    page = newcomer.at / "output" / "preview.html"
    _until(lambda: page.exists() and "the block title is empty" in page.read_text(encoding="utf-8"))
    _writes(message)
    _until(lambda: "the block title is empty" not in page.read_text(encoding="utf-8"))
    _until(lambda: MESSAGE["title"] in page.read_text(encoding="utf-8"))
    watching.send_signal(signal.SIGINT)
    assert watching.wait(timeout=60) == 130
    for tag, words in TRANSLATED.items():
        _translates(newcomer.at / "locales" / tag / "LC_MESSAGES" / "campaign.po", words)
    said = newcomer.types(*_next("check"), code=1)  # nobody has signed yet, and nobody called
    assert "is not verified" in said
    for contact in ("es-helpline", "es-emergency"):
        newcomer.types("contacts", "verify", contact, "--name", "A. García", "--how", "called it")
    settings = newcomer.at / "campaign.toml"
    settings.write_text(
        re.sub(r'base_url = ".*"', 'base_url = "https://ayuda-inundacion.es/ayuda"', settings.read_text())
    )
    for tag in TRANSLATED:
        newcomer.types("review", "sign", tag, "--audience", "flood-cleaners", "--name", "M. Popa")
    said = newcomer.types(*_next("build"), code=1)  # Spanish and English are nobody's yet
    released = newcomer.at / "output" / "release" / "ES"
    assert {path.name for path in released.iterdir()} >= {"ar", "ro"}
    assert not {"es", "en"} & {path.name for path in released.iterdir()}
    said = newcomer.types(*_next("pack printer"), code=1)  # as above
    assert "es: is in no pack" in said
    packs = sorted((newcomer.at / "output" / "packs").rglob("*.zip"))
    names = [name for pack in packs for name in zipfile.ZipFile(pack).namelist()]
    assert len([name for name in names if name.endswith("press.pdf")]) >= 2, names
    assert newcomer.typed < 12


def _until(true) -> None:
    """Wait for what somebody waits for who looks at the page."""
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("nothing happened for two minutes")
