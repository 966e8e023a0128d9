"""Every command that writes, with the workspace that it needs; and the commands that write nothing.

A new command is one line in WRITERS or in READERS.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

import offices
from own_campaigns import CAMPAIGNS, REPOSITORY
from signing import answer

sys.path.insert(0, str(REPOSITORY / "tests" / "voice"))
from reader import ESPEAK, agree, read_aloud, tones, wav

from campaign.catalogue import store, warm
from campaign.cli.main import _run
from campaign.editions import voices
from campaign.editions.build import build
from campaign.ledger.verdicts import Person
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.session import Desk
from campaign.translation.catalogues import extract_pot
from campaign.voice.recordings import Take, Voice
from campaign.voice.script import DIGITS, Script
from campaign.workspace.selection import Selection

PACKAGE = REPOSITORY / "tests" / "fixtures" / "translate-en_pt-tiny.argosmodel"
TODAY = date.today()

#: Where the models of a workspace of the harness lie: inside it, so that they are compared like everything else.
MODELS = "models"


@dataclass(frozen=True, slots=True)
class Writer:
    """A command that writes: its arguments, the kind of workspace it runs in (a key of WORKSPACES), the words with
    which it may refuse to run again, the files (patterns) that are never twice the same, or are written step by step, and
    what stands on its standard input.
    """

    arguments: tuple[str, ...]
    workspace: str = "edited"
    refuses: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    stdin: str = ""


def _build(project: Project, edition: str, *channels: str) -> None:
    chosen = Selection(locales=("de",), audiences=("migrants",), channels=channels)
    build(project, edition=edition, selection=chosen, workers=1, today=TODAY, progress=lambda done, total: None)


def printing(project: Project) -> None:
    """The profile of a press is there."""
    shutil.copytree(REPOSITORY / "assets" / "icc", project.profiles)


def edited(project: Project) -> None:
    """One sentence of the source changed and was collected; German does not know it yet."""
    path = project.messages / "migrants.j2"
    text = path.read_text(encoding="utf-8")
    assert text.count("somebody always watches you") == 1
    path.write_text(text.replace("somebody always watches you", "somebody watches you all the time"), encoding="utf-8")
    assert extract_pot(project)


def built(project: Project) -> None:
    """German drafts for the migrants: text message, posts, page."""
    _build(project, "review", "sms", "social", "web")


def texted(project: Project) -> None:
    """A German draft of the migrants' text message."""
    _build(project, "review", "sms")


def released(project: Project) -> None:
    """The German release of the migrants; since then a number has changed."""
    _build(project, "release")
    text = project.contacts.read_text(encoding="utf-8")
    project.contacts.write_text(text.replace('"+3232011690"', '"+3232011699"'), encoding="utf-8")


def drafting(project: Project) -> None:
    """Portuguese is there but for sixty sentences, and so is its model."""
    text = project.config.read_text(encoding="utf-8")
    project.config.write_text(text.replace('"de", "ar"]', '"de", "ar", "pt"]'), encoding="utf-8")
    path = project.catalogue("pt")
    path.parent.mkdir(parents=True)
    shutil.copy(CAMPAIGNS / "wide" / "locales" / "pt" / "LC_MESSAGES" / "campaign.po", path)
    assert _run(("-C", str(project.root), "update", "pt")) == 0
    units = [unit for unit in store.read(path, path.name, "pt").units if len(unit.forms) == 1]
    warm.edit(path, path.name, "pt", {unit.key: store.Edit(("",), fuzzy=False) for unit in units[:60]})
    installed(project)


def installed(project: Project) -> None:
    """A model is installed."""
    from campaign.engines import archive

    before = os.environ.get("CAMPAIGN_MODELS")
    os.environ["CAMPAIGN_MODELS"] = str(project.root / MODELS)
    try:
        archive.install(PACKAGE)
    finally:
        os.environ.pop("CAMPAIGN_MODELS")
        if before is not None:
            os.environ["CAMPAIGN_MODELS"] = before


def model_file(project: Project) -> None:
    """The file of a model lies in the workspace."""
    shutil.copy(PACKAGE, project.root / "model.argosmodel")


def doubtful(project: Project) -> None:
    """A German text promises something."""
    path = project.catalogue("de")
    unit = next(unit for unit in store.read(path, path.name, "de").units if unit.source == SENTENCE)
    text = "Sie können in die Praxis gehen, mit oder ohne Papiere. Sie werden sicher sein."
    warm.edit(path, path.name, "de", {unit.key: store.Edit((text,), fuzzy=True)})


def lettered(project: Project) -> None:
    """An Arabic text came out of an old program: joined forms in place of letters."""
    path = project.catalogue("ar")
    unit = next(unit for unit in store.read(path, path.name, "ar").units if unit.source == SENTENCE)
    warm.edit(path, path.name, "ar", {unit.key: store.Edit(("\ufef3\ufee4\ufedc\ufee8\ufede",), fuzzy=True)})


SENTENCE = "You can see a doctor, whatever your papers."


def answered(project: Project) -> None:
    """Answers of a phone came back: some texts are good, some rejected, some changed, one has a comment."""
    page = export(project, "ar", "html", Selection(audiences=("migrants",)), TODAY).data.decode()
    about = json.loads(re.search(r'id="about"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    path = project.catalogue("ar")
    shown = set(re.findall(r'data-key="(\w+)"', page))
    answers = []
    for number, unit in enumerate(u for u in store.read(path, path.name, "ar").units if u.key in shown):
        change = number % 4 == 2 and "%(" not in unit.text
        answers.append(
            {
                "key": unit.key,
                "source_hash": unit.source_hash,
                "text_hash": unit.text_hash,
                "forms": [f"{form} اليوم" for form in unit.forms] if change else list(unit.forms),
                "answer": "" if change else ("good", "reject", "good", "unsure")[number % 4],
                "comment": "لا" if number % 4 == 1 else "",
            }
        )
    whole = {"campaign-answers": 1, "pack": about["pack"], "language": "ar", "name": "ه. صالح", "role": "mediator"}
    (project.root / "answers.json").write_text(json.dumps({**whole, "answers": answers}), encoding="utf-8")


def objected(project: Project) -> None:
    """M. Weber, who may revoke too, said that a German sentence is not right."""
    head, word = project.config.read_text(encoding="utf-8").split("[review]\n")
    project.config.write_text(f'{head}[review]\ncoordinators = ["M. Weber"]\n{word}', encoding="utf-8")
    desk = Desk(project)
    key = next(unit.key for unit in desk.sheet("de").texts.units.values() if unit.source == SENTENCE)
    assert answer(desk, "de", key, Verdict.REJECT, Person("M. Weber", "mediator"), TODAY, reason="zu hart").done


def copied(project: Project) -> None:
    """The German ledger came back on a stick, with lines that are not here."""
    ledger = project.ledger("de")
    shutil.copy(ledger, project.root / "stick.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[: len(lines) // 2]))


def filling(project: Project) -> None:
    """An office: its form is signed, every contact verified, and an emergency is to be rehearsed."""
    offices.signed(project)
    with project.config.open("a", encoding="utf-8") as file:
        file.write('\n[drills.lockdown]\nname = "Lockdown"\nforms = ["visit"]\n')


_TYPED = offices.letter("be-surya", case="2026/AB/123")
#: What an office pipes into `campaign fill`.
LETTER = json.dumps({"values": _TYPED, "again": _TYPED})
#: Where the sheets of an office go: beside the workspace, never into it.
SHEETS = "../sheets"


def speaking(project: Project) -> None:
    """The campaign has a voice, whose message is a title and a number, and a folder of recordings from a telephone."""
    assert _run(("-C", str(project.root), "add", "channel", "voice")) == 0
    (project.root / "templates/channels/voice.j2").write_text("{{ title }}\n\n{{ phone }}\n", encoding="utf-8")
    folder = project.root / "of-tuesday"
    folder.mkdir()
    for name in ("1", "digit-7"):
        (folder / f"{name}.wav").write_bytes(wav(tones(name, "v1", 0.4)))


def agreed(project: Project) -> None:
    """S. Haddad agreed that the voice is used."""
    speaking(project)
    agree(project, "de")


def listed(project: Project) -> None:
    """A voice read all eleven digits: what they sound like is not asked for here, and is not there."""
    agreed(project)
    script = voices.first(project, "de").script
    signs = zip(DIGITS, script.digits, HEARD.takes.values(), strict=True)
    lines = [json.dumps({**asdict(take), "key": words.key, "digit": sign}) for sign, words, take in signs]
    (project.root / "recordings/de/v1/takes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_elsewhere(project: Project) -> None:
    """A pack came back in which somebody agreed and read a line aloud."""
    speaking(project)
    page = export(project, "de", "html", Selection(audiences=("migrants",), channels=("voice",)), TODAY).data.decode()
    about = json.loads(re.search(r'id="about"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    keys = re.findall(r'data-clip="(\w+)"', page)[:1]
    sent = [{"key": key, "data": base64.b64encode(wav(tones(key, "v1", 0.4))).decode()} for key in keys]
    voice = {"given": TODAY.isoformat(), "until": "2031-01-01", "uses": ["web"], "recordings": sent}
    whole = {"campaign-answers": 1, "pack": about["pack"], "language": "de", "name": "S. Haddad", "role": "mediator"}
    (project.root / "answers.json").write_text(json.dumps({**whole, "answers": [], "voice": voice}), encoding="utf-8")


def heard(project: Project) -> None:
    """S. Haddad read all of it in German, and its files were built."""
    agreed(project)
    read_aloud(project, voices.first(project, "de", Selection(audiences=("migrants",))).script)
    _build(project, "review", "voice")


#: Eleven takes of digits, and what whoever writes them down must hear.
_DIGITS = Script("de", (), tuple(DIGITS))
HEARD = Voice(
    "de", "v1", takes={w.key: Take(w.key, w.words, f"{n:064x}", 0.5, "", "") for n, w in enumerate(_DIGITS.digits)}
)

#: Kind of workspace -> what is done to the small signed workspace first.
WORKSPACES: Mapping[str, Callable[[Project], None]] = {
    "signed": lambda project: None,
    "printing": printing,
    "edited": edited,
    "built": built,
    "texted": texted,
    "released": released,
    "drafting": drafting,
    "installed": installed,
    "model file": model_file,
    "doubtful": doubtful,
    "answered": answered,
    "lettered": lettered,
    "objected": objected,
    "copied": copied,
    "filling": filling,
    "speaking": speaking,
    "agreed": agreed,
    "listed": listed,
    "heard": heard,
    "read elsewhere": read_elsewhere,
}

_MIGRANTS = ("--lang", "de", "--audience", "migrants")
_CHILDREN = ("--audience", "unaccompanied-children", "--channel", "sms")
_UNSIGNED = ("items were not written",)
_NAME = ("--name", "M. Weber")

#: What a change of the campaign's shape writes, one file after another: the settings that name the rest come last.
_SHAPED = ("templates/*", "assets/*", "locales/*", "contacts.toml", "campaign.toml", "weights.csv")

#: Every command that writes.
WRITERS: Mapping[str, Writer] = {
    "init": Writer(("init", "fresh"), refuses=("not empty", "not an empty")),
    "add audience": Writer(("add", "audience", "bakers", "--like", "migrants"), steps=_SHAPED, refuses=("already",)),
    "add language": Writer(("add", "language", "ur"), steps=_SHAPED, refuses=("already",)),
    "rename contact": Writer(("rename", "contact", "be-surya", "be-liege"), steps=_SHAPED, refuses=("is not a contact", "already")),
    "remove audience": Writer(("remove", "audience", "migrants"), steps=_SHAPED, refuses=("is not an audience",)),
    "extract": Writer(("extract",), workspace="edited"),
    "update": Writer(("update",)),
    "draft": Writer(("draft", "pt", "--engine", "argos"), workspace="drafting", steps=("locales/pt/*",)),
    "draft --worksheet": Writer(("draft", "pt", "--worksheet"), workspace="drafting", steps=("output/worksheets/*",)),
    "models install": Writer(("models", "install", "model.argosmodel"), workspace="model file"),
    "models remove": Writer(("models", "remove", "en-pt"), workspace="installed", refuses=("no model en-pt",)),
    "build": Writer(("build", *_MIGRANTS, "--jobs", "1")),
    "build --jobs 2": Writer(("build", "--lang", "ar", "--audience", "migrants", "--jobs", "2")),
    "build --release": Writer(("build", "--release", *_MIGRANTS, "--channel", "web", "--channel", "sms", "--jobs", "1"), refuses=_UNSIGNED),
    "verify": Writer(("verify", "--jobs", "1"), workspace="texted"),
    "pack sms": Writer(("pack", "sms"), workspace="texted"),
    "pack social": Writer(("pack", "social"), workspace="built"),
    "pack web": Writer(("pack", "web"), workspace="built"),
    "pack printer": Writer(
        ("pack", "printer", "--proof", *_MIGRANTS, "--format", "palm-card", "--jobs", "1"), workspace="printing"
    ),
    "review sign": Writer(
        ("review", "sign", "de", *_CHILDREN, *_NAME)
    ),
    "review sign --notice": Writer(("review", "sign", "de", "--notice", *_NAME)),
    "review waive": Writer(
        ("review", "waive", "de", SENTENCE, "promise", *_NAME, "--reason", "quoted"), workspace="doubtful",
        refuses=("has no finding of the rule promise",),
    ),
    "review export": Writer(
        ("review", "export", "ar", "--to", "html", *_CHILDREN), steps=("review-ar.html", "*packs.jsonl")
    ),
    # The texts are written before the signatures: a text that waits for its signature is a draft.
    "review import": Writer(
        ("review", "import", "answers.json"), workspace="answered", steps=("locales/ar/reviews.jsonl",)
    ),
    "review withdraw": Writer(("review", "withdraw", "de", *_NAME), workspace="objected", refuses=("no open objection",)),
    "review revoke": Writer(
        ("review", "revoke", "de", "--whose", "A. Haddad", "--since", "2020-01-01", *_NAME, "--reason", "not read"),
        workspace="objected", refuses=("nothing",),
    ),
    "ledger merge": Writer(("ledger", "merge", "stick.jsonl"), workspace="copied"),
    "catalogue export": Writer(("catalogue", "export", "de", "--output", "memory.tmx"), workspace="signed"),
    "review log --html": Writer(("review", "log", "de", "--html", "log.html"), workspace="signed"),
    "fix letters": Writer(("fix", "letters", "ar"), workspace="lettered"),
    "contacts verify": Writer(
        ("contacts", "verify", "be-payoke", "--name", "A. Peeters", "--how", "called it", "--on", "2026-11-20"),
        workspace="signed",
    ),
    "contacts expire": Writer(("contacts", "expire", "be-payoke", "--reason", "changed"), workspace="signed"),
    "recall": Writer(
        ("recall", "be-payoke", "--name", "A. Peeters", "--reason", "changed", "--notice"), workspace="released"
    ),
    # Each form has another number.
    "fill --to": Writer(
        ("fill", "visit", "--lang", "ar", "--beside", "de", "--country", "BE", "--to", SHEETS),
        workspace="filling", steps=("fills.jsonl",), stdin=LETTER,
    ),
    "fill --sample": Writer(("fill", "visit", "--lang", "ar", "--country", "BE", "--sample", SHEETS), workspace="filling"),
    # The seconds that the machine takes.
    "drill": Writer(("drill", "lockdown", "--country", "BE", "--lang", "de"), workspace="filling", steps=("output/drills/*",)),
    "hand-over": Writer(
        ("hand-over", "visit", "whatsapp", "--country", "BE", "--output", "templates.json"), workspace="filling"
    ),
    "status --html --png": Writer(("status", *_MIGRANTS, "--channel", "sms", "--html", "status.html", "--png", "status.png"), workspace="signed"),
    "add channel": Writer(("add", "channel", "voice"), steps=_SHAPED, refuses=("already",)),
    "voice consent": Writer(
        ("voice", "consent", "de", "--reader", "S. Haddad", "--until", "2031-01-01"), workspace="speaking"
    ),
    "voice import": Writer(
        ("voice", "import", "de", "of-tuesday", "--by", "S. Haddad", "--audience", "migrants"), workspace="agreed",
        steps=("recordings/de/v1/*",),
    ),
    "review import, recordings": Writer(
        ("review", "import", "answers.json"), workspace="read elsewhere", steps=("recordings/de/v1/*",)
    ),
    "voice dictation": Writer(
        ("voice", "dictation", "de", "--by", "A. Peeters", "--digits", voices.dictation_of(HEARD, _DIGITS)),
        workspace="listed",
    ),
    "voice dictation, its sound": Writer(("voice", "dictation", "de", "--by", "A. Peeters"), workspace="heard"),
    "voice withdraw": Writer(("voice", "withdraw", "de"), workspace="agreed"),
    "pack voice": Writer(("pack", "voice"), workspace="heard"),
    **(
        {"voice draft": Writer(("voice", "draft", "de", "--audience", "migrants"), workspace="speaking")} if ESPEAK else {}
    ),
    "audit --html": Writer(
        ("audit", "contacts.toml", "output/review/BE/de/migrants/sms.txt", "--html", "audit.html", "--jobs", "1"),
        workspace="texted",
    ),
}  # fmt: skip

#: Every command that writes nothing -> its arguments.
READERS: Mapping[str, tuple[str, ...]] = {
    "check": ("check", "--no-layout", "--lang", "de", "--audience", "migrants", "--jobs", "1"),
    "status": ("status",),
    "plan": ("plan",),
    "measure": ("measure", "sms", "Call 112"),
    "audit": ("audit", "contacts.toml", "contacts.toml", "--jobs", "1"),
    "models list": ("models", "list"),
    "glossary check": ("glossary", "check"),
    "contacts list": ("contacts", "list"),
    "review log": ("review", "log", "de"),
    "ledger verify": ("ledger", "verify"),
    "draft --dry-run": ("draft", "de", "--dry-run"),
    "review open": ("review", "open"),
    "review waiting": ("review", "waiting"),
    "voice status": ("voice", "status"),
}

#: Killed by a test of its own while ten mediators save: tests/webapp/test_kill.py.
ELSEWHERE = ("review serve",)
#: Not killed yet: what they write goes the way of those above, and their own tests show that nothing is half taken.
NOT_YET = (
    *("add contact", "add country", "add layout", "rename audience", "rename layout", "rename source"),
    *("remove contact", "remove country", "remove language", "remove layout", "init --logo"),
    *(
        "models add",
        "catalogue import",
        "memory align",
        "memory take",
        "preview",
        "open",
        "review assign",
        "review reply",
    ),
    *("review invite", "review invitations log", "review invitations revoke"),
    *("addresses", "pack office", "pack wall"),
    *(() if ESPEAK else ("voice draft",)),
)
