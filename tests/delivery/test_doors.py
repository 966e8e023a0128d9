"""Every door through which something leaves, against everything that may have happened since the release."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from own_campaigns import PROFILES
from signing import verify_contacts

from campaign.delivery import recall
from campaign.ledger import verdicts
from campaign.ledger.verdicts import Person
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.commands import sign_items
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: How each door is asked; all of them about German, migrants.
DOORS = {
    "web": ("pack", "web", "--release"),
    "social": ("pack", "social", "--release"),
    "sms": ("pack", "sms", "--release"),
    "printer": ("pack", "printer", "--format", "palm-card", "--lang", "de", "--audience", "migrants"),
    "office": ("pack", "office", "--format", "palm-card", "--lang", "de", "--audience", "migrants"),
    "verify": ("verify", "--release", "--no-ocr", "--jobs", "1"),
    "build": ("build", "--release", "--lang", "de", "--audience", "migrants", "--jobs", "1"),
}


def text_of(project: Project, begins: str) -> str:
    """The key of the German sentence whose source begins like this."""
    units = loader.load(project).texts["de"].units
    return next(key for key, unit in units.items() if unit.source.startswith(begins))


def say_of(project: Project, begins: str, verdict: Verdict) -> None:
    """A mediator's verdict on a German sentence, as the ledger keeps it."""
    unit = loader.load(project).texts["de"].units[text_of(project, begins)]
    event = verdicts.event(unit, verdict, Person("K. Roth", "mediator"), date.today(), reason="wrong")
    verdicts.record(project, "de", [event])


def replace_in(path, old: str, new: str) -> None:
    """Change every place of a text file; a text that is not there is a broken test."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def every_file(project: Project):
    """The files of the release that a test changes: a text, a page, a picture's description."""
    folder = project.output("release") / "BE/de/migrants"
    return [folder / name for name in ("sms.txt", "index.html", "x.txt", "leaflet-a5-screen.pdf")]


def changed_digit(project: Project) -> None:
    """A digit of a number that somebody checked."""
    replace_in(project.contacts, '"+3232011690"', '"+3232011691"')


def expired(project: Project) -> None:
    """The check of a number that every item prints is over."""
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    text = project.contacts.read_text(encoding="utf-8")
    until = next(line for line in text.splitlines() if line.startswith("valid_until"))
    project.contacts.write_text(text.replace(until, f"valid_until = {yesterday}"), encoding="utf-8")


def tampered_files(project: Project) -> None:
    """Somebody edits what was built."""
    for path in every_file(project):
        path.write_bytes(path.read_bytes() + b" ")


def tampered_manifest(project: Project) -> None:
    """Somebody edits what was built, and corrects the hashes that the manifest has."""
    tampered_files(project)
    manifest = project.manifest("release")
    document = json.loads(manifest.read_text(encoding="utf-8"))
    for item in document["items"]:
        data = (project.output("release") / item["path"]).read_bytes()
        item["size"], item["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    manifest.write_text(json.dumps(document), encoding="utf-8")


def cut_history(project: Project) -> None:
    """The last lines of the history are gone."""
    lines = project.history.read_bytes().splitlines(keepends=True)
    project.history.write_bytes(b"".join(lines[:-3]))


def photograph(project: Project) -> None:
    """A photograph that nobody agreed to."""
    from PIL import Image

    Image.new("RGB", (8, 8)).save(project.assets / "illustrations" / "market.jpg")


def headers(project: Project) -> None:
    """The catalogue says that it is in another language."""
    replace_in(project.catalogue("de"), '"Language: de', '"Language: fr')


def checked_again(project: Project) -> None:
    """A digit changed, and somebody checked the new number: nobody signed an item with it."""
    changed_digit(project)
    verify_contacts(project)


def corrected(project: Project) -> None:
    """A sentence was corrected and signed again: what lies there shows the old one."""
    replace_in(project.catalogue("de"), "mit oder ohne Papiere", "mit Papieren oder ohne")
    chosen = Selection(audiences=("migrants",))
    sign_items(project, "de", chosen, reviewer="M. Weber", role="mediator", on=date.today(), comment="")


def recalled(project: Project) -> None:
    """Somebody took everything back that shows a number."""
    found = recall.find(project, "be-payoke", date.today())
    recall.mark(project, found, by="A. Peeters", reason="wrong", on=date.today())


def example_address(project: Project) -> None:
    """A setting that would lead every reader nowhere."""
    replace_in(project.config, "base_url = ", 'base_url = "https://example.org/help" # ')


@dataclass(frozen=True, slots=True)
class Condition:
    """What happened since the release: who must refuse, what is said; whoever is not named lets pass what is right."""

    happened: Callable[[Project], None]
    said: str
    refusing: frozenset[str] = frozenset(DOORS)


def only(*doors: str) -> frozenset[str]:
    return frozenset(doors)


LEAVING_FILES = only("web", "social", "sms", "verify")

CONDITIONS = {
    "draft": Condition(
        lambda p: replace_in(p.catalogue("de"), "mit oder ohne Papiere", "mit Papieren oder ohne"),
        "a draft that nobody signed",
        only("web", "social", "verify", "build"),
    ),
    "format": Condition(
        lambda p: replace_in(p.catalogue("de"), "Information und Beratung", "Rat und Information"),
        "a draft that nobody signed",
        only("web", "printer", "office", "verify", "build"),
    ),
    "rejected": Condition(
        lambda p: say_of(p, "Health and travel information", Verdict.REJECT),
        "a draft that nobody signed",
        only("sms", "verify", "build"),
    ),
    "expired": Condition(expired, "was valid until"),
    "digit": Condition(changed_digit, "was changed after it was checked"),
    "checked": Condition(checked_again, "changed since it was signed"),
    "corrected": Condition(
        corrected, "shows something else than what would be released now", only("web", "social", "verify")
    ),
    "recalled": Condition(recalled, "was recalled on", only("web", "social", "sms", "verify", "build")),
    "example": Condition(example_address, "is an example"),
    "contrast": Condition(
        lambda p: replace_in(p.config, "[review]", '[brand.palette]\nprimary = "#FFE680"\n\n[review]'),
        "1.24",
        frozenset(DOORS) - {"sms"},
    ),
    "photograph": Condition(photograph, "photograph without a consent record", frozenset(DOORS) - {"sms"}),
    "catalogue": Condition(headers, "the file says that its language is fr"),
    "files": Condition(tampered_files, "was changed after it was built", LEAVING_FILES),
    "manifest": Condition(tampered_manifest, "has other hashes for it", LEAVING_FILES | {"build"}),
    "history": Condition(cut_history, "lines are missing there"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.sample(1)
def test_every_door_asks_at_the_last_moment(released, repository, cli, name):
    """Whatever happened after the release: each door that would let it out says what, and nothing is written."""
    condition = CONDITIONS[name]
    shutil.copytree(repository / PROFILES, released.root / PROFILES, dirs_exist_ok=True)
    condition.happened(released)
    before = released.history.read_bytes()
    for door, arguments in DOORS.items():
        ended = cli.run(*arguments, at=released)
        told = ended.out + ended.err
        if door in condition.refusing:
            assert ended.code == 1, (door, told)
            assert condition.said in told, (door, told)
            assert door in ("build",) or released.history.read_bytes() == before, door
        else:
            assert ended.code == 0, (door, told)
            before = released.history.read_bytes()
    assert not [
        p.name for p in released.packs("release").glob("*.zip") if p.name.partition("-")[0] in condition.refusing
    ]
