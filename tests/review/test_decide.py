"""One decision, three doors: the page, returned files and the command line answer it the same, in every state and role."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from signing import answer, sign

from campaign import checks
from campaign.catalogue import store, warm
from campaign.catalogue.exchange.answers import WORDS
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.ledger.verdicts import Person
from campaign.model.finding import Finding, Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.commands import waive
from campaign.review.decision import Why
from campaign.review.export_bundle import export
from campaign.review.history_report import audit_report
from campaign.review.import_bundle import take
from campaign.review.pasted import Stray
from campaign.review.session import Desk
from campaign.webapp import create_app
from campaign.workspace import loader
from campaign.workspace.selection import Selection

ON = date(2026, 11, 24)
OTHER, ME = Person("L. Omar", "second reader"), "M. Weber"
MIGRANTS = Selection(audiences=("migrants",))
NEW = "Ganz andere Worte"

#: What a person answers, each about a sentence of its own: the button or the word of a file, and what they type.
ANSWERS = {
    "good": ("good", "vorgelesen"),
    "changed": ("changed", "kürzer"),
    "reject": ("reject", "zu hart"),
    "reject without reason": ("reject", ""),
    "unsure": ("unsure", "eine Klinik?"),
    "comment": ("comment", "schön"),
    "waive": ("waive:length", "kurz genug"),
}

#: Which of these roles is heard, by answer and state. Nobody is heard about a text that changed meanwhile.
ALL, SIGNING = {"mediator", "translator"}, {"mediator"}
HEARD: Mapping[str, Mapping[str, set[str]]] = {
    "good": {"draft": SIGNING, "signed": SIGNING, "waived": SIGNING},
    "changed": dict.fromkeys(("missing", "draft", "signed", "rejected", "waived"), ALL),
    "reject": dict.fromkeys(("missing", "draft", "signed", "rejected", "waived"), ALL),
    "reject without reason": {},
    "unsure": dict.fromkeys(("missing", "draft", "signed", "rejected", "waived"), ALL),
    "comment": dict.fromkeys(("missing", "draft", "signed", "rejected", "waived"), ALL),
    "waive": dict.fromkeys(("draft", "signed", "rejected"), SIGNING),
}

#: What the ledger then says: verdict, rule, reason, comment.
SAID = {
    "good": [("sign", "", "", "vorgelesen")],
    "changed": [("change", "", "", ""), ("comment", "", "", "kürzer")],
    "reject": [("reject", "", "zu hart", "")],
    "unsure": [("unsure", "", "", "eine Klinik?")],
    "comment": [("comment", "", "", "schön")],
    "waive": [("waive", "length", "kurz genug", "")],
}


@dataclass(frozen=True)
class Scene:
    """A workspace and the sentence of each answer."""

    project: Project
    units: Mapping[str, Unit]

    def now(self) -> dict[str, Unit]:
        """The sentences as they are now."""
        path = self.project.catalogue("de")
        known = {unit.key: unit for unit in store.read(path, path.name, "de").units}
        return {name: known[unit.key] for name, unit in self.units.items()}

    def edit(self, texts: Callable[[Unit], str]) -> None:
        """Somebody gives every sentence another text."""
        path = self.project.catalogue("de")
        edits = {unit.key: Edit((texts(unit),), fuzzy=bool(texts(unit))) for unit in self.now().values()}
        warm.edit(path, path.name, "de", edits)

    def said(self) -> list[Any]:
        """What the ledger says."""
        return list(ledger.read(self.project.ledger("de"), "de").events)


def missing(scene: Scene) -> None:
    """No sentence has a text."""
    scene.edit(lambda unit: "")


def draft(scene: Scene) -> None:
    """As it was drafted."""


def signed(scene: Scene) -> None:
    """Somebody else signed all."""
    sign(scene.project, "de", scene.now().values(), reviewer=OTHER.name, role=OTHER.role, on=ON)


def rejected(scene: Scene) -> None:
    """Somebody else said that none is right."""
    desk = Desk(scene.project)
    for unit in scene.units.values():
        assert answer(desk, "de", unit.key, Verdict.REJECT, OTHER, ON, reason="so spricht niemand").done


def waived(scene: Scene) -> None:
    """Somebody else waived the finding of all."""
    for unit in scene.units.values():
        waive(scene.project, "de", unit.key, "length", name=OTHER.name, role=OTHER.role, reason="kurz", on=ON)


def changed(scene: Scene) -> None:
    """Somebody changed the texts between looking and answering."""
    scene.edit(lambda unit: f"Neu: {unit.text}")


BEFORE = {"missing": missing, "draft": draft, "signed": signed, "rejected": rejected, "waived": waived}
STATES = (*BEFORE, "changed meanwhile")


@pytest.fixture
def scene(workspace: Project, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Seven sentences with a warning each; the first is the whole SMS, which the command line can sign alone."""
    desk = Desk(workspace)
    sheet = desk.sheet("de")
    sms = next(item for item in sheet.items if item.job.item == "item:BE/migrants/sms")
    leaflet = next(item for item in sheet.items if item.job.item == "item:BE/migrants/leaflet")
    units = [line.unit for key, line in sheet.lines.items() if key in leaflet.keys and "%" not in line.unit.source]
    plain = [unit for unit in units if not unit.plural and "." in unit.source]
    chosen = [sheet.lines[sms.keys[0]].unit, *plain]
    named = dict(zip(ANSWERS, chosen, strict=False))
    assert len(sms.keys) == 1 and len({unit.key for unit in named.values()}) == len(ANSWERS)
    sources = {unit.source for unit in named.values()}

    def wordy(unit: Unit, facts: object) -> Iterator[Finding]:
        if unit.source in sources:
            yield Finding("length", Severity.WARNING, unit.locale, unit.source, "wordy", (), "rule")

    monkeypatch.setattr(checks, "CHECKS", {**checks.CHECKS, "length": wordy})
    return Scene(workspace, named)


Door = Callable[[Scene, str, Callable[[], None], Any], set[str]]


def by_page(scene: Scene, role: str, meanwhile: Callable[[], None], cli: Any) -> set[str]:
    """Open the page, look, answer each sentence with its button."""
    app = create_app(scene.project, token="t", today=lambda: ON)  # noqa: S106 - no secret
    app.testing = True
    client = app.test_client()
    client.get("/?token=t", headers={"Host": "127.0.0.1"})
    with client.session_transaction(base_url="http://127.0.0.1") as session:
        session["name"], session["role"] = ME, role
    desk = app.extensions["review"].desk
    seen, head = desk.sheet("de").lines, desk.sheet("de").ledger.head
    meanwhile()
    for name, (button, typed) in ANSWERS.items():
        unit = scene.units[name]
        page = client.get("/", headers={"Host": "127.0.0.1"}).text
        form = {
            "once": re.search(r'name="once" value="([^"]+)"', page)[1],  # type: ignore[index]
            "seen": seen[unit.key].text_hash,
            "since": head,
            "text0": NEW if name == "changed" else seen[unit.key].unit.text,
            "answer": button,
            "reason": typed,
        }
        headers = {"Host": "127.0.0.1", "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
        assert client.post(f"/de/unit/{unit.key}", data=form, headers=headers).status_code in (303, 409, 422)
    return set(ANSWERS)


def by_answer_file(scene: Scene, role: str, meanwhile: Callable[[], None], cli: Any) -> set[str]:
    """Send the HTML pack, get the answer file of its script back."""
    page = export(scene.project, "de", "html", Selection(audiences=("migrants",), channels=("sms", "leaflet")), ON)
    about = json.loads(re.search(rb'id="about"[^>]*>(.*?)</script>', page.data)[1])  # type: ignore[index]
    answers = []
    for name, unit in scene.now().items():
        if name == "waive":  # a pack has no button for it
            continue
        word, typed = ANSWERS[name]
        forms = [NEW] if name == "changed" else list(unit.forms)
        hashes = {"key": unit.key, "source_hash": unit.source_hash, "text_hash": unit.text_hash}
        answers.append({**hashes, "forms": forms, "answer": "" if name == "comment" else word, "comment": typed})
    whole = {"campaign-answers": 1, "pack": about["pack"], "language": "de", "name": ME, "role": role}
    file = scene.project.root / "answers.json"
    file.write_text(json.dumps({**whole, "answers": answers}), encoding="utf-8")
    meanwhile()
    take(scene.project, file, ON)
    return set(ANSWERS) - {"waive"}


def by_worksheet(scene: Scene, role: str, meanwhile: Callable[[], None], cli: Any) -> set[str]:
    """Send the worksheet, get it back filled in."""
    book = load_workbook(io.BytesIO(export(scene.project, "de", "xlsx", MIGRANTS, ON).data))
    sheet = book.worksheets[0]
    rows = {cells[0].value: cells[0].row for cells in sheet.iter_rows(min_row=2)}
    for name, unit in scene.units.items():
        if name == "waive":
            continue
        row, (word, typed) = rows[unit.key], ANSWERS[name]
        sheet.cell(row, 8).value = typed
        sheet.cell(row, 9).value = WORDS.get(word, "")
        if name == "changed":
            sheet.cell(row, 7).value = NEW
    book["legend"]["B1"].value, book["legend"]["B2"].value = ME, role
    file = scene.project.root / "sheet.xlsx"
    book.save(file)
    meanwhile()
    take(scene.project, file, ON)
    return set(ANSWERS) - {"waive"}


def by_po(scene: Scene, role: str, meanwhile: Callable[[], None], cli: Any) -> set[str]:
    """Send the PO file, get it back with another text; it names nobody."""
    file = scene.project.root / "de.po"
    file.write_bytes(export(scene.project, "de", "po", MIGRANTS, ON).data)
    warm.edit(file, "de.po", "de", {scene.units["changed"].key: Edit((NEW,), fuzzy=True)})
    meanwhile()
    take(scene.project, file, ON)
    return {"changed"}


def by_command(scene: Scene, role: str, meanwhile: Callable[[], None], cli: Any) -> set[str]:
    """`campaign review sign` and `campaign review waive`; they always speak of the text as it is."""
    who = ("--name", ME, "--role", role)
    cli.run("review", "sign", "--item", "BE/de/migrants/sms", *who, "--comment", "vorgelesen", at=scene.project)
    waiver = ("review", "waive", "de", scene.units["waive"].key, "length", *who, "--reason", "kurz genug")
    cli.run(*waiver, at=scene.project)
    return {"good", "waive"}


DOORS: Mapping[str, Door] = {
    "page": by_page,
    "answer file": by_answer_file,
    "worksheet": by_worksheet,
    "po": by_po,
    "command": by_command,
}


def is_heard(name: str, state: str, role: str, door: str) -> bool:
    """Whether an answer is taken. The page shows who objects: what is typed beside "good" answers them by name."""
    if (name, state, door) == ("good", "rejected", "page"):
        return role in SIGNING
    return role in HEARD[name].get(state, ())


def expected(name: str, state: str, role: str, door: str) -> list[tuple[str, str, str, str]]:
    """What the ledger says more about a sentence."""
    if (name, state) == ("changed", "changed meanwhile") and door != "page" and role != "pirate":
        return [
            ("suggest", "", "", ""),
            *(each for each in (SAID[name] if door != "po" else []) if each[0] != "change"),
        ]  # who sent a file does not see the other text
    if not is_heard(name, state, role, door):
        typed = ANSWERS[name][1] if door in ("answer file", "worksheet") and role != "pirate" else ""
        return [("comment", "", "", typed)] if typed else []  # nobody types it a second time
    if (name, state) == ("good", "rejected"):
        return [("sign", "", "vorgelesen", "")]
    if name == "changed":
        lapse = [("lapse", "", "the text was changed", "")] if state == "signed" else []
        return lapse + (SAID[name] if door != "po" else [])
    if (name, state, door) == ("good", "signed", "command"):
        return []  # a sentence that is signed already needs no second signature when its item is signed
    return SAID[name]


ROLES = ("mediator", "translator", "pirate")


def has_case(door: str, state: str, role: str) -> bool:
    """Whether a door can be in this case: a command shows nothing first, a PO file names no role but the translator's."""
    return (door, state) != ("command", "changed meanwhile") and (door != "po" or role == "translator")


CASES = [
    pytest.param(door, state, role, marks=() if (state, role) == (STATES[1], ROLES[0]) else pytest.mark.slow)
    for door in DOORS
    for state in STATES
    for role in ROLES
    if has_case(door, state, role)
]


@pytest.mark.slow
@pytest.mark.parametrize(("door", "state", "role"), CASES)
@pytest.mark.sample(4)
def test_the_same_decision_has_the_same_outcome_at_every_door(
    scene: Scene, cli: Any, door: str, state: str, role: str
) -> None:
    """For every answer: what the ledger says more, the text, the state; a refused one leaves what was typed."""
    BEFORE.get(state, draft)(scene)
    shown, earlier = scene.now(), scene.said()
    answered = DOORS[door](scene, role, lambda: changed(scene) if state == "changed meanwhile" else None, cli)

    states, after = loader.load(scene.project).texts["de"].states, scene.now()
    for name in sorted(answered):
        heard, unit = is_heard(name, state, role, door), after[name]
        mine = [e for e in scene.said() if e.unit_key == unit.key and e not in earlier]
        told = [(e.verdict, e.rule, e.reason, e.comment) for e in mine]
        # Of one day and one act the order in the file means nothing.
        assert sorted(told) == sorted(expected(name, state, role, door)), name
        assert all((e.reviewer, e.role) == (ME, role) for e in mine) or door == "po"
        there = f"Neu: {shown[name].text}" if state == "changed meanwhile" else shown[name].text
        assert unit.text == (NEW if heard and name == "changed" else there), name
        was = {"missing": State.MISSING, "signed": State.SIGNED}.get(state, State.DRAFT)
        becomes = {"good": State.SIGNED, "changed": State.DRAFT, "reject": was if was is State.MISSING else State.DRAFT}
        assert states[unit.key] is (becomes.get(name, was) if heard else was), name


# What a person typed is judged alike, whoever carries it


TOO_MUCH = {
    "no reason": ({"verdict": Verdict.REJECT, "reason": " "}, Why.REASON),
    "no comment": ({"verdict": Verdict.COMMENT, "comment": ""}, Why.REASON),
    "a long comment": ({"verdict": Verdict.COMMENT, "comment": "x" * 4001}, Why.LONG),
    "a long reason": ({"verdict": Verdict.REJECT, "reason": "x" * 4001}, Why.LONG),
    "a lone surrogate": ({"verdict": Verdict.COMMENT, "comment": "\ud800"}, Why.FORM),
    "an escape sequence in a name": ({"by": Person("Eve\x1b[2J", "mediator")}, Why.FORM),
    "a name that is turned round": ({"by": Person("\u202eevE", "mediator")}, Why.FORM),
    "a name with a letter that nobody sees": ({"by": Person("M. \u200bWeber", "mediator")}, Why.FORM),
    "a long name": ({"by": Person("x" * 121, "mediator")}, Why.FORM),
    "no name": ({"by": Person(" ", "mediator")}, Why.NAME),
    "nobody": ({"by": Person("no name", "mediator")}, Why.NAME),
    "a role that is none": ({"verdict": Verdict.COMMENT, "comment": "x", "by": Person(ME, "pirate")}, Why.ROLE),
    "a long text": ({"verdict": Verdict.CHANGE, "forms": ("x" * 10_001,)}, Why.LONG),
    "an empty text": ({"verdict": Verdict.CHANGE, "forms": (" ",)}, Why.TEXT),
    "too many texts": ({"verdict": Verdict.CHANGE, "forms": ("a", "b")}, Why.TEXT),
    "markup": ({"verdict": Verdict.CHANGE, "forms": ("<b>Hilfe</b>",)}, Why.ERROR),
    "a piece of a template": ({"verdict": Verdict.CHANGE, "forms": ("Hilfe {{ x }}",)}, Why.ERROR),
    "a placeholder of another sentence": ({"verdict": Verdict.CHANGE, "forms": ("Hilfe %(phone)s",)}, Why.ERROR),
    "a long suggestion": ({"verdict": Verdict.UNSURE, "forms": ("x" * 10_001,)}, Why.LONG),
    "words that nobody showed": ({"shown": False}, Why.STALE),
    "other words": ({"seen": "0" * 64}, Why.STALE),
    "no such sentence": ({"key": "0" * 12}, Why.STALE),
    "a rule that finds nothing": ({"verdict": Verdict.WAIVE, "rule": "promise", "reason": "x"}, Why.RULE),
    "a rule that nobody may waive": ({"verdict": Verdict.WAIVE, "rule": "placeholder", "reason": "x"}, Why.RULE),
    "a rule that is none": ({"verdict": Verdict.WAIVE, "rule": "mood", "reason": "x"}, Why.RULE),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", TOO_MUCH)
@pytest.mark.sample(8)
def test_what_cannot_be_kept_is_refused_with_its_reason(
    workspace: Project, contents: Callable[[Path], dict[str, bytes]], case: str
) -> None:
    """One reason is said, and not a byte is written."""
    desk = Desk(workspace)
    unit = next(line.unit for line in desk.sheet("de").lines.values() if line.unit.source == "Your rights")
    changes, why = TOO_MUCH[case]
    before = contents(workspace.root)
    whole: dict[str, Any] = {"key": unit.key, "verdict": Verdict.SIGN, "by": Person(ME, "mediator"), **changes}
    outcome = answer(desk, "de", whole.pop("key"), whole.pop("verdict"), whole.pop("by"), ON, **whole)
    assert {refusal.why for refusal in outcome.refused} == {why}
    assert contents(workspace.root) == before


def test_names_of_every_script_are_names(workspace: Project) -> None:
    """The joiners of Persian and Indian names are letters; combining marks and apostrophes are too."""
    desk = Desk(workspace)
    key = next(key for key, line in desk.sheet("de").lines.items() if line.unit.source == "Your rights")
    for name in ("علی\u200cرضا حسینی", "क्\u200dष", "N’Diaye", "Đặng Thị", "ሰላም", "O'Neill-Sørensen (Oslo)"):
        assert answer(desk, "de", key, Verdict.COMMENT, Person(name, "staff"), ON, comment=name).done


@pytest.mark.slow
@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.COMMENT, Verdict.UNSURE])
def test_a_correction_typed_beside_another_answer_is_kept_as_a_suggestion(scene: Scene, verdict: Verdict) -> None:
    """The text stays as it is; the other words stand in the ledger, whatever they hold, and are said once."""
    unit, desk = scene.units["reject"], Desk(scene.project)
    for _ in range(2):
        outcome = answer(
            desk,
            "de",
            unit.key,
            verdict,
            Person(ME, "translator"),
            ON,
            reason="hart",
            comment="so?",
            forms=("Neu <b>",),
        )
        assert outcome.done
    first, second = scene.said()
    assert (first.verdict, second.verdict, second.forms) == (verdict, Verdict.SUGGEST, ("Neu <b>",))
    assert scene.now()["reject"].text == unit.text
    assert "Neu &lt;b&gt;" in audit_report(scene.project, "de")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["<b>Hilfe</b> 112", "Hilfe {{ x }}", "Hilfe\x07 jetzt"])
@pytest.mark.sample(2)
def test_the_command_signs_no_text_that_the_page_refuses(scene: Scene, cli: Any, text: str) -> None:
    """Whoever put it into the PO file: `review sign` names the sentence and signs nothing."""
    path = scene.project.catalogue("de")
    unit = scene.units["good"]
    warm.edit(path, path.name, "de", {unit.key: Edit((f"{text} {unit.text}",), fuzzy=True)})
    done = cli.run("review", "sign", "--item", "BE/de/migrants/sms", "--name", ME, at=scene.project)
    assert done.code == 1
    assert "not signed: " in done.err and unit.source[:40] in done.err
    assert scene.said() == []


# An objection stands until it is answered by name


@pytest.mark.slow
def test_the_command_names_who_objects_and_signs_when_they_are_answered(scene: Scene, cli: Any) -> None:
    """Without an answer nothing is signed; another name or no reason is no answer; the ledger keeps the reason."""
    rejected(scene)
    before = scene.said()
    sign_it = ("review", "sign", "--item", "BE/de/migrants/sms", "--name", ME)
    for more in ((), ("--answer", "A. Nother", "--reason", "x"), ("--answer", OTHER.name), ("--reason", "x")):
        done = cli.run(*sign_it, *more, at=scene.project)
        assert done.code == 1
        assert "L. Omar (second reader) said that it is not right: so spricht niemand" in done.err
    assert scene.said() == before
    assert cli.run(*sign_it, "--answer", "l. omar", "--reason", "Das Amt sagt so.", at=scene.project).code == 0
    event = scene.said()[len(before)]
    assert (event.verdict, event.reason, event.unit_key) == ("sign", "Das Amt sagt so.", scene.units["good"].key)


@pytest.mark.slow
def test_who_objected_takes_it_back_by_signing(scene: Scene) -> None:
    """The same person, who knows what they said, needs no answer."""
    rejected(scene)
    outcome = answer(Desk(scene.project), "de", scene.units["good"].key, Verdict.SIGN, OTHER, ON)
    assert outcome.done


def pack(scene: Scene) -> tuple[str, dict[str, Any]]:
    """An HTML pack: its number and the whole answer file of somebody to whom all is good, but for one correction."""
    page = export(scene.project, "de", "html", MIGRANTS, ON)
    number = json.loads(re.search(rb'id="about"[^>]*>(.*?)</script>', page.data)[1])["pack"]  # type: ignore[index]
    answers = [
        {
            "key": unit.key,
            "source_hash": unit.source_hash,
            "text_hash": unit.text_hash,
            "forms": [NEW] if name == "changed" else list(unit.forms),
            "answer": "changed" if name == "changed" else "good",
            "comment": "",
        }
        for name, unit in scene.units.items()
    ]
    return number, {
        "campaign-answers": 1,
        "pack": number,
        "language": "de",
        "name": ME,
        "role": "mediator",
        "answers": answers,
    }


def import_(scene: Scene, whole: dict[str, Any]) -> Any:
    """Import an answer file."""
    file = scene.project.root / "answers.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    return take(scene.project, file, ON)


@pytest.mark.slow
@pytest.mark.parametrize("who", [OTHER, Person(ME, "mediator")], ids=["somebody else", "the same person later"])
@pytest.mark.sample(1)
def test_an_old_good_does_not_override_a_rejection_that_came_after_it(scene: Scene, who: Person) -> None:
    """Whoever filled in the file could not know: every answer about these words is refused, and says who objects."""
    _, whole = pack(scene)
    desk = Desk(scene.project)
    for unit in scene.units.values():
        assert answer(desk, "de", unit.key, Verdict.REJECT, who, ON, reason="falsch").done
    taken = import_(scene, whole)
    assert (taken.signed, len(taken.refused)) == (0, len(scene.units) - 1)
    assert all(f"{who.name} ({who.role}) said that it is not right: falsch" in text for text in taken.refused)


@pytest.mark.slow
def test_a_file_that_is_imported_twice_says_nothing_a_second_time(
    scene: Scene, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    """Also when its signatures were voided and its correction was put back meanwhile; a new answer is a new answer."""
    shown = scene.now()
    _, whole = pack(scene)
    first = import_(scene, whole)
    assert (first.texts, first.signed, first.refused) == (1, len(scene.units) - 1, ())
    desk, by = Desk(scene.project), Person(ME, "mediator")
    assert answer(desk, "de", shown["good"].key, Verdict.REJECT, by, ON, reason="doch nicht").done
    assert answer(desk, "de", shown["changed"].key, Verdict.CHANGE, by, ON, forms=shown["changed"].forms).done
    before = contents(scene.project.root)
    again = import_(scene, whole)
    assert (again.texts, again.signed, again.comments, again.refused) == (0, 0, 0, ())
    assert again.same == len(scene.units)
    assert contents(scene.project.root) == before
    # With other spaces and in another order it is the same file.
    (scene.project.root / "b.json").write_text(
        json.dumps({**whole, "answers": whole["answers"][::-1]}, indent=4), encoding="utf-8"
    )
    assert take(scene.project, scene.project.root / "b.json", ON).same == len(scene.units)


@pytest.mark.slow
def test_what_was_typed_beside_a_refused_answer_is_kept(scene: Scene, contents: Callable[[Path], object]) -> None:
    """Beside a rejection, a broken text, a sentence with another source; once, however often the file comes."""
    _, whole = pack(scene)
    desk, shown = Desk(scene.project), scene.now()
    assert answer(desk, "de", shown["good"].key, Verdict.REJECT, OTHER, ON, reason="falsch").done
    given = {each["key"]: each for each in whole["answers"]}
    given[shown["good"].key]["comment"] = "steht so im Gesetz"
    given[shown["changed"].key] |= {"forms": ["Ruf %(wen)s an"], "comment": "klarer"}
    given[shown["unsure"].key] |= {"answer": "reject", "comment": "zu alt", "source_hash": "0" * 64}
    given["0" * 12] = {**given[shown["unsure"].key], "key": "0" * 12, "answer": "changed", "forms": ["Verwaist"]}
    whole["answers"] = [*given.values()]
    taken = import_(scene, whole)
    assert len(taken.refused) == 4
    assert [each.verdict for each in scene.said() if each.reviewer == ME and each.verdict is Verdict.REJECT] == []
    told = {
        (e.verdict, e.forms, e.comment) for e in scene.said() if e.unit_key != shown["waive"].key and e.reviewer == ME
    }
    assert {
        (Verdict.COMMENT, shown["good"].forms, "steht so im Gesetz"),
        (Verdict.SUGGEST, ("Ruf %(wen)s an",), ""),
        (Verdict.COMMENT, ("Ruf %(wen)s an",), "klarer"),
        (Verdict.COMMENT, shown["unsure"].forms, "zu alt"),
    } <= told
    said = "\n".join(taken.refused)
    assert "kept as a suggestion" in said and "kept as a remark" in said
    assert "no sentence to keep this beside: 'Verwaist', 'zu alt'" in said
    before = scene.project.ledger("de").read_bytes()
    assert len(import_(scene, whole).refused) == 4
    assert scene.project.ledger("de").read_bytes() == before


@pytest.mark.breadth
@pytest.mark.slow
def test_a_pack_of_an_earlier_version_knows_no_objection(scene: Scene) -> None:
    """Its line names no head of the ledger: any rejection may have come after it, so it stands."""
    rejected(scene)
    _, whole = pack(scene)
    path = scene.project.review_packs("de")
    lines = [
        {k: v for k, v in json.loads(line).items() if k != "head"} for line in path.read_text("utf-8").splitlines()
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert import_(scene, {**whole, "name": OTHER.name, "role": OTHER.role}).signed == 0


@pytest.mark.slow
def test_a_pack_that_was_made_after_it_lets_the_same_person_sign(scene: Scene) -> None:
    """Who rejected, then got the pack and says good in it, has changed their mind; others must answer by name."""
    rejected(scene)
    _, whole = pack(scene)
    assert import_(scene, whole).signed == 0
    assert import_(scene, {**whole, "name": OTHER.name, "role": OTHER.role}).signed == len(scene.units) - 1


@pytest.mark.slow
def test_an_import_is_written_whole_or_not_at_all(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the ledger cannot be written, the texts are put back, byte for byte."""
    _, whole = pack(scene)
    path = scene.project.catalogue("de")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise CampaignError.single("no space left")

    monkeypatch.setattr(ledger, "append", full)
    with pytest.raises(CampaignError, match="no space left"):
        import_(scene, whole)
    assert path.read_bytes() == before
    assert not scene.project.ledger("de").exists()


def test_what_nobody_sees_in_a_comment_is_taken_out_and_named(scene: Scene) -> None:
    """Nobody is told to delete what they cannot see: marks of direction and escape sequences go, words stay."""
    desk, key = Desk(scene.project), scene.units["good"].key
    for verdict, field in ((Verdict.COMMENT, "comment"), (Verdict.REJECT, "reason")):
        typed = f"gut\u202e so\x1b[31m rot\ufeff {field}"
        outcome = answer(desk, "de", key, verdict, OTHER, ON, **{field: typed})
        assert outcome.done and set(outcome.cleaned) == {Stray.DIRECTION, Stray.BYTES, Stray.CONTROL}
        assert getattr(outcome.events[0], field) == f"gut so[31m rot {field}"


def test_a_line_break_in_a_name_stays_out_of_what_is_said(scene: Scene, cli: Any) -> None:
    """A name is one line wherever it is told, as in the ledger."""
    key = scene.units["good"].key
    who = ("--name", "M.\nWeber signed all", "--role", "mediator")
    for command in (
        ("review", "sign", "--item", "BE/de/migrants/sms", *who),
        ("review", "waive", "de", key, "length", *who, "--reason", "kurz"),
        ("review", "withdraw", "de", "--last", *who),
    ):
        told = cli.run(*command, at=scene.project)
        assert told.code == 0 and told.out.startswith("M. Weber signed all (mediator) "), told


def test_a_comment_cannot_forge_a_line_of_the_log(scene: Scene, cli: Any) -> None:
    """A line break in a comment stays inside its line."""
    key = scene.units["good"].key
    comment = "schön\n2026-11-24 sign    M. Weber (mediator) all"
    assert answer(Desk(scene.project), "de", key, Verdict.COMMENT, OTHER, ON, comment=comment).done
    assert len(cli.run("review", "log", "de", at=scene.project).out.splitlines()) == 2
