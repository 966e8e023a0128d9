"""A tiny campaign, what people do to it, and an oracle that knows their acts alone.

The oracle never asks the program: it keeps what was typed, signed, rejected, checked and recalled, and reads the files
that left by itself. Each wording that a test types holds a word of its own (Wortaab), each number its own digits.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from own_campaigns import lay_out

from campaign.ledger import verdicts
from campaign.ledger.verdicts import Person
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.workspace import loader

NAME, OTHER = "M. Weber", "K. Roth"
#: Three German sentences: of the page, of both, of the text message; with the words that stand there at first.
SENTENCES = {
    "title": "You have rights, whatever your papers",
    "closing": "Without papers you still have rights.",
    "sms": "Health and travel information",
}
FORMS = {
    "title": "Sie haben Rechte {}, mit oder ohne Papiere",
    "closing": "Auch ohne Papiere haben Sie Rechte {}.",
    "sms": "Gesundheit {}: Sie dürfen zum Arzt, mit oder ohne Papiere. Fragen? %(phone)s. In Gefahr: %(emergency)s.",
}
#: Numbers that Payoke may have, as written in contacts.toml.
NUMBERS = [f"+323201{end}" for end in ("1690", "1691", "1692", "1693", "1694")]
WORD, DIALLED = re.compile(r"Wort[a-z]{3}"), re.compile(r"\+32[\d ]{8,}")


def tiny(root: Path) -> Project:
    """One audience, two languages, text messages and pages, one helpline and the emergency number."""
    project = lay_out("small", root)
    text = project.config.read_text(encoding="utf-8")
    text = text.replace('languages = ["en", "de", "ar"]', 'languages = ["en", "de"]')
    text = text.replace('channels = ["leaflet", "sms", "social", "web"]', 'channels = ["sms", "web"]')
    text = re.sub(r"\[audiences\.unaccompanied-children\].*?(?=\n\[)", "", text, flags=re.DOTALL)
    project.config.write_text(text, encoding="utf-8")
    records = project.contacts.read_text(encoding="utf-8").split("[[contact]]")
    kept = [records[0], *(r for r in records if 'id = "be-emergency"' in r or 'id = "be-payoke"' in r)]
    project.contacts.write_text("[[contact]]".join(kept), encoding="utf-8")
    for name in ("ar",):
        shutil.rmtree(project.root / "locales" / name)
    (project.messages / "unaccompanied-children.j2").unlink()
    return project


@dataclass
class Acts:
    """What was done, as the people who did it would tell it; `cli` runs the program for them."""

    project: Project
    cli: object
    random: Random
    counter: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    #: The words of each sentence that stand approved.
    approved: set[tuple[str, str]] = field(default_factory=set)
    #: The number of Payoke, and the words that were signed while it was which number.
    number: str = NUMBERS[0]
    together: set[tuple[str, str]] = field(default_factory=set)
    checked: str = ""
    #: Hashes of files that were taken back.
    recalled: set[str] = field(default_factory=set)
    copies: list[Path] = field(default_factory=list)
    lost: list[tuple[Path, bytes]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> int:
        ended = self.cli.run(*arguments, at=self.project)
        self.told.append(f"{' '.join(arguments)} -> {ended.code} {(ended.out + ended.err)[-600:]}")
        return ended.code

    # What people do.

    def edit(self) -> None:
        """Somebody changes a German sentence in its file."""
        name = self.random.choice([*SENTENCES])
        self._type(name, FORMS[name].format(self._word()))

    def _word(self) -> str:
        self.counter += 1
        letters = self.counter // 676, self.counter // 26 % 26, self.counter % 26
        return "Wort" + "".join(chr(ord("a") + place) for place in letters)

    def undo(self) -> None:
        """Somebody types again what was approved before."""
        name, text = self.random.choice(sorted(self.approved) or [("title", self.texts["title"])])
        self._type(name, text)

    def begin(self) -> None:
        """Every sentence gets a word of its own, and everything is signed and checked."""
        for name in SENTENCES:
            self._type(name, FORMS[name].format(self._word()))
        self.sign()
        self.check()
        assert len(self.approved) == 3 and self.checked, self.story()

    def _type(self, name: str, text: str) -> None:
        path = self.project.catalogue("de")
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        (at,) = (n for n, block in enumerate(blocks) if f'"{SENTENCES[name]}' in block)
        blocks[at] = re.sub(r"^msgstr .*", lambda _: f'msgstr "{text}"', blocks[at], flags=re.DOTALL | re.MULTILINE)
        path.write_text("\n\n".join(blocks).rstrip("\n") + "\n", encoding="utf-8")
        self.texts[name] = text
        self.told.append(f"type {name}: {text}")

    def sign(self) -> None:
        """A mediator signs everything that the German items show, as it stands there, and answers every objection."""
        answer = ("--answer", OTHER, "--reason", "it is right")
        code = self.run("review", "sign", "de", "--audience", "migrants", "--name", NAME, *answer)
        if code != 0:
            code = self.run("review", "sign", "de", "--audience", "migrants", "--name", NAME)
        if code == 0:
            self.approved |= {*self.texts.items()}
            self.together |= {(word, self.number) for text in self.texts.values() for word in WORD.findall(text)}

    def reject(self) -> None:
        """Another mediator rejects the words of a sentence."""
        name = self.random.choice([*SENTENCES])
        units = loader.load(self.project).texts["de"].units.values()
        unit = next(unit for unit in units if unit.source.startswith(SENTENCES[name]))
        event = verdicts.event(unit, Verdict.REJECT, Person(OTHER, "mediator"), date.today(), reason="misleading")
        verdicts.record(self.project, "de", [event])
        self.approved.discard((name, self.texts[name]))
        self.told.append(f"reject {name}")

    def renumber(self) -> None:
        """A digit of the helpline's number is changed."""
        new = self.random.choice([number for number in NUMBERS if number != self.number])
        path = self.project.contacts
        path.write_text(path.read_text(encoding="utf-8").replace(self.number, new), encoding="utf-8")
        self.number = new
        self.told.append(f"number {new}")

    def check(self) -> None:
        """Somebody calls the number and notes it."""
        done = [
            self.run(
                "contacts", "verify", name, "--name", "A. Peeters", "--how", "called", "--on", date.today().isoformat()
            )
            for name in ("be-payoke", "be-emergency")
        ]
        if done == [0, 0]:
            self.checked = self.number

    def tamper(self) -> None:
        """Somebody edits a finished file; every other time the manifest's hash too."""
        files = sorted(self.release.rglob("sms.txt")) + sorted(self.release.rglob("index.html"))
        if not files:
            return
        path = self.random.choice(files)
        path.write_bytes(path.read_bytes().replace(b"Papiere", self._word().encode()))
        if self.random.random() < 0.5:
            self._correct_hashes()
        self.told.append(f"tamper {path}")

    def _correct_hashes(self) -> None:
        manifest = self.project.manifest("release")
        document = json.loads(manifest.read_text(encoding="utf-8"))
        for item in document["items"]:
            path = self.release / item["path"]
            data = path.read_bytes() if path.is_file() else b""
            item["size"], item["sha256"] = len(data), hashlib.sha256(data).hexdigest()
        manifest.write_text(json.dumps(document), encoding="utf-8")

    def keep(self) -> None:
        """Somebody keeps a copy of the release."""
        if self.project.manifest("release").is_file():
            self.copies.append(
                Path(shutil.copytree(self.release, self.project.root.parent / f"copy-{len(self.copies)}"))
            )

    def put_back(self) -> None:
        """Somebody puts an earlier copy of the release in its place."""
        if self.copies:
            shutil.rmtree(self.release, ignore_errors=True)
            shutil.copytree(self.random.choice(self.copies), self.release)
            self.told.append("put back")

    def cut(self) -> None:
        """The last lines of the history or of the signatures are lost; somebody has a copy."""
        path = self.random.choice([self.project.history, self.project.ledger("de")])
        if path.is_file():
            whole = path.read_bytes()
            self.lost.append((path, whole))
            lines = whole.splitlines(keepends=True)
            path.write_bytes(b"".join(lines[: -self.random.randint(1, 3)]))
            self.told.append(f"cut {path.name}")

    def _unite(self) -> None:
        """The lines that were lost are put back, as a merge of the copies does."""
        for path, whole in self.lost:
            now = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
            then = whole.splitlines(keepends=True)
            path.write_bytes(b"".join([*then, *(line for line in now if line not in then)]))

    def recall(self) -> None:
        """Somebody takes back every file with the number that the release holds."""
        files = {path: path.read_bytes() for path in self.release.rglob("sms.txt")}
        if self.run("recall", self.number, "--name", NAME, "--reason", "wrong") == 0:
            shown = (data for data in files.values() if self.number.lstrip("+") in re.sub(rb"\D", b"", data).decode())
            self.recalled |= {hashlib.sha256(data).hexdigest() for data in shown}

    # What leaves.

    @property
    def release(self) -> Path:
        return self.project.root / "output" / "release"

    def build(self) -> None:
        """A release; what its manifest lists has left, unless the program refused and left everything as it lay."""
        manifest = self.project.manifest("release")
        before = manifest.read_bytes() if manifest.is_file() else b""
        code = self.run("build", "--release", "--lang", "de", "--jobs", "1")
        if code == 0 or (manifest.is_file() and manifest.read_bytes() != before):
            self._judge("build", self._listed())

    def pack(self) -> None:
        """A pack for the web site or for the SMS operator."""
        kind = self.random.choice(["web", "sms"])
        path = self.project.root / "output" / "packs" / "release" / f"{kind}-BE.zip"
        path.unlink(missing_ok=True)
        code = self.run("pack", kind, "--release")
        assert path.is_file() == (code == 0), self.story()
        if code == 0:
            with zipfile.ZipFile(path) as archive:
                self._judge("pack", {name: archive.read(name) for name in archive.namelist()})

    def verify(self) -> None:
        """Whoever reads it again and hears that all is well relies on the whole release."""
        if self.run("verify", "--release", "--no-ocr", "--jobs", "1") == 0:
            self._judge(
                "verify",
                {
                    str(p): p.read_bytes()
                    for p in self.release.rglob("*")
                    if p.is_file() and p.name in ("sms.txt", "index.html")
                },
            )

    def _listed(self) -> dict[str, bytes]:
        manifest = self.project.manifest("release")
        if not manifest.is_file():
            return {}
        items = json.loads(manifest.read_text(encoding="utf-8"))["items"]
        return {item["path"]: (self.release / item["path"]).read_bytes() for item in items}

    def _judge(self, door: str, files: dict[str, bytes]) -> None:
        """Every word that leaves is approved as it is typed now; the number is the one that was signed and checked."""
        standing = {
            word for name, text in self.texts.items() if (name, text) in self.approved for word in WORD.findall(text)
        }
        for path, data in files.items():
            shown = html.unescape(data.decode("utf-8"))
            assert {*WORD.findall(shown)} <= standing, (door, path, self.story())
            numbers = {re.sub(r"\D", "", found) for found in DIALLED.findall(shown.replace("\u200e", ""))}
            numbers.discard("")
            if numbers:
                assert numbers == {self.number.lstrip("+")}, (door, path, numbers, self.story())
                assert self.number == self.checked, (door, path, self.story())
                both = {(word, self.number) for word in WORD.findall(shown)}
                assert both <= self.together, (door, path, both - self.together, self.story())
            assert hashlib.sha256(data).hexdigest() not in self.recalled, (door, path, self.story())

    def finish(self) -> None:
        """In the end lost lines come back, everything is signed and checked, and all of a new release leaves."""
        self._unite()
        shutil.rmtree(self.release, ignore_errors=True)
        for name in SENTENCES:  # a new wording of each: nobody objected to it
            self._type(name, FORMS[name].format(self._word()))
        self.sign()
        self.check()
        self.build()
        assert {*self._listed()} >= {"BE/de/migrants/sms.txt", "BE/de/migrants/index.html"}, self.story()
        for kind in ("web", "sms"):
            assert self.run("pack", kind, "--release") == 0, self.story()
        assert self.run("verify", "--release", "--no-ocr", "--jobs", "1") == 0, self.story()

    def story(self) -> str:
        """Everything that was done, for whoever looks for the fault."""
        return "\n".join(self.told)


#: What happens how often.
DEEDS = {
    "edit": 4, "undo": 2, "sign": 6, "reject": 3, "renumber": 2, "check": 4, "tamper": 2, "keep": 1, "put_back": 2,
    "cut": 2, "recall": 1, "build": 7, "pack": 6, "verify": 2,
}  # fmt: skip


def deeds(random: Random, count: int) -> Iterator[str]:
    """A random sequence of deeds."""
    yield from random.choices([*DEEDS], [*DEEDS.values()], k=count)
