"""Three people at two copies of a workspace that merge, and an oracle that knows their acts alone.

Each act is kept as its author would tell it, with what stood before their eyes: everything that had been said in that
copy until then. The oracle never asks the program what counts: it knows who rejected, answered and took back what.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from visitor import TODAY, Visitor, make_app

from campaign.model.state import State
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import take
from campaign.review.session import Desk
from campaign.workspace.selection import Selection

PEOPLE = ("Anna Schmidt", "Boris Lang", "Carla Neri")
ITEM = "item:BE/migrants/sms"
#: Three German sentences that hold no placeholder, and the one of the text message.
SENTENCES = (
    "You have rights, whatever your papers",
    "Without papers you still have rights.",
    "Take one step at a time",
    "Health and travel information",
)


@dataclass(frozen=True)
class Act:
    """What somebody did and the program took. `subject` is a sentence's key with its words, or the item; `knew` are the
    numbers of the acts that they had before their eyes; `typed` is whatever they typed.
    """

    number: int
    kind: str
    who: str
    subject: tuple[str, ...]
    knew: frozenset[int]
    typed: tuple[str, ...] = ()
    answers: frozenset[str] = frozenset()


@dataclass
class Copy:
    """One copy of the workspace, the page of each person in it, and the acts that it holds."""

    project: Project
    desk: Desk
    visitors: dict[str, Visitor]
    acts: set[int] = field(default_factory=set)
    #: Packs that were sent out: number, the sentences as they were, the acts that were known.
    packs: list[tuple[str, dict[str, dict[str, Any]], frozenset[int]]] = field(default_factory=list)


class Sessions:
    """One random session."""

    def __init__(self, start: Path, folder: Path, cli: Any, seed: int) -> None:
        self.random, self.cli = Random(seed), cli
        self.acts: list[Act] = []
        self.told: list[str] = []
        self.copies = [self._copy(start, folder / name) for name in ("a", "b")]
        units = self.copies[0].desk.sheet("de").lines
        self.keys = [k for k, line in units.items() if line.unit.source.startswith(SENTENCES)]
        self.first = {key: units[key].unit.text for key in self.keys}

    @staticmethod
    def _copy(start: Path, to: Path) -> Copy:
        project = Project(Path(shutil.copytree(start, to)))
        app = make_app(project)
        visitors = {name: Visitor(app).enter().introduce(name) for name in PEOPLE}
        return Copy(project, app.extensions["review"].desk, visitors)

    def run(self, length: int) -> None:
        """Do this many deeds, then unite the copies."""
        deeds = {
            self.good: 8,
            self.reject: 4,
            self.change: 5,
            self.remark: 2,
            self.take_back: 2,
            self.sign_item: 3,
            self.reject_item: 2,
            self.send_pack: 2,
            self.answer_pack: 4,
            self.pull: 3,
        }
        for deed in self.random.choices([*deeds], [*deeds.values()], k=length):
            copy, who = self.random.choice(self.copies), self.random.choice(PEOPLE)
            self.told.append(f"{deed.__name__} by {who} in {copy.project.root.name}")
            deed(copy, who)
        self.pull(self.copies[0], "", both=True)

    # What people do on the page

    def _line(self, copy: Copy, key: str) -> tuple[Any, tuple[str, ...]]:
        line = copy.desk.sheet("de").lines[key]
        return line, (key, *line.unit.forms)

    def _word(self) -> str:
        return f"Wort{len(self.told)}"

    def _take(self, kind: str, who: str, copy: Copy, subject: tuple[str, ...], *typed: str, **more: Any) -> None:
        knew = more.pop("knew", frozenset(copy.acts))
        act = Act(len(self.acts), kind, who, subject, knew, tuple(filter(None, typed)), **more)
        self.acts.append(act)
        copy.acts.add(act.number)
        self.told.append(f"  taken: {act}")

    def _page(self, copy: Copy, who: str, key: str, answer: str, *texts: str, reason: str = "") -> bool:
        code = copy.visitors[who].answer(f"/de/unit/{key}", answer, *texts, reason=reason).status_code
        self.told.append(f"  page {answer}: {code}")
        return bool(code == 303)

    def good(self, copy: Copy, who: str) -> None:
        """Good to publish, often of what was just changed; with a reason every other time: the page names who objects."""
        changed, key = [act for act in self._in(copy) if act.kind == "change"], self.random.choice(self.keys)
        if changed and self.random.random() < 0.6:
            key = changed[-1].subject[0]
            who = self.random.choice([who, changed[-1].who])
        _, subject = self._line(copy, key)
        reason = self._word() if self.random.random() < 0.5 else ""
        standing = self._open(copy, subject) if reason else frozenset()
        if self._page(copy, who, key, "good", reason=reason):
            known = any(a.kind == "sign" and a.who == who and a.subject == subject for a in self._in(copy))
            self._take("sign", who, copy, subject, "" if known else reason, answers=standing)

    def reject(self, copy: Copy, who: str) -> None:
        """Not right, because."""
        key, reason = self.random.choice(self.keys), self._word()
        _, subject = self._line(copy, key)
        if self._page(copy, who, key, "reject", reason=reason):
            self._take("reject", who, copy, subject, reason)

    def change(self, copy: Copy, who: str) -> None:
        """Another text: a new one, or what somebody wrote before."""
        key = self.random.choice(self.keys)
        line, _ = self._line(copy, key)
        end = "." if self.first[key].endswith(".") else ""
        fresh = f"{self.first[key].removesuffix('.')} {self._word()}{end}"
        before = [a.subject[1] for a in self._in(copy) if a.kind == "change" and a.subject[0] == key]
        text = self.random.choice(before) if before and self.random.random() < 0.3 else fresh
        if text != line.unit.text and self._page(copy, who, key, "changed", text):
            wrote = next((a for a in self._in(copy) if a.kind == "change" and a.subject == (key, text)), None)
            author = wrote.who if wrote else who
            self._take("change", author, copy, (key, text), text)

    def remark(self, copy: Copy, who: str) -> None:
        """Only comment, or I don't know."""
        key, text = self.random.choice(self.keys), self._word()
        _, subject = self._line(copy, key)
        kind = self.random.choice(["comment", "unsure"])
        if self._page(copy, who, key, kind, reason=text):
            self._take(kind, who, copy, subject, text)

    # On the command line

    def take_back(self, copy: Copy, who: str) -> None:
        """All of one's own open objections."""
        mine = {a.number for a in self._in(copy) if a.kind == "reject" and a.who == who}
        reason = self._word()
        done = self.cli.run("review", "withdraw", "de", "--name", who, "--reason", reason, at=copy.project).code == 0
        if done:
            now = {s for number in mine if self._current(copy, s := self.acts[number].subject)}
            for subject in now:
                if self._open(copy, subject, mine=True) >= {who}:
                    self._take("withdraw", who, copy, subject)

    def sign_item(self, copy: Copy, who: str) -> None:
        """The text message as a whole; every other time whoever objects is answered by name."""
        key = self._sms(copy)
        _, subject = self._line(copy, key)
        reason = self._word() if self.random.random() < 0.6 else ""
        open_ = self._open(copy, subject) | self._open(copy, (ITEM,))
        answers = [part for name in open_ for part in ("--answer", name)] if reason else []
        told = ("review", "sign", "--item", "BE/de/migrants/sms", "--name", who, *answers)
        if self.cli.run(*told, *(("--reason", reason) if answers else ()), at=copy.project).code == 0:
            named = open_ if answers else frozenset()
            self._take("sign", who, copy, subject, answers=named)
            self._take("sign", who, copy, (ITEM,), answers=named)

    def reject_item(self, copy: Copy, who: str) -> None:
        """Not right as a whole, on the item's page."""
        visitor, path, reason = copy.visitors[who], "/de/item/BE/migrants/sms", self._word()
        form = visitor.hidden(path, 'id="say"')
        if visitor.post(f"{path}/say", {**form, "answer": "reject", "reason": reason}).status_code == 303:
            self._take("reject", who, copy, (ITEM,), reason)

    def _sms(self, copy: Copy) -> str:
        sheet = copy.desk.sheet("de")
        return str(next(item for item in sheet.items if item.job.item == ITEM).keys[0])

    # By files

    def send_pack(self, copy: Copy, who: str) -> None:
        """A pack is exported; its answers come later, or never. A worksheet takes less time to write than a page."""
        export(copy.project, "de", "xlsx", Selection(), TODAY)
        issued = copy.project.review_packs("de").read_text(encoding="utf-8").splitlines()
        lines = copy.desk.sheet("de").lines
        shown = {
            key: {
                "key": key,
                "source_hash": lines[key].source_hash,
                "text_hash": lines[key].text_hash,
                "forms": [*lines[key].unit.forms],
            }
            for key in self.keys
        }
        number = next(record["pack"] for record in map(json.loads, reversed(issued)) if "pack" in record)
        copy.packs.append((number, shown, frozenset(copy.acts)))

    def answer_pack(self, copy: Copy, who: str) -> None:
        """An answer file comes back, perhaps late, perhaps twice: good, not right, or another text."""
        if not copy.packs:
            return
        pack, shown, knew = self.random.choice(copy.packs)
        row = self.random.choice([*shown.values()])
        kind, typed = self.random.choice(["good", "good", "reject"]), self._word()
        subject = (row["key"], *row["forms"])
        answer = {**row, "answer": kind, "comment": typed}
        whole = {"campaign-answers": 1, "pack": pack, "language": "de", "name": who, "role": "mediator"}
        file = copy.project.root / "answers.json"
        file.write_text(json.dumps({**whole, "answers": [answer]}), encoding="utf-8")
        for _ in range(self.random.choice([1, 2])):
            found = take(copy.project, file, TODAY)
            self.told.append(f"  file {kind} of {knew}: {found}")
            if kind == "reject" and found.comments and not found.refused:
                self._take("reject", who, copy, subject, typed, knew=knew)
            elif kind == "good" and found.signed:
                self._take("sign", who, copy, subject, typed, knew=knew)
            else:  # what was typed stands beside the words of today, once
                self._take("comment", who, copy, self._line(copy, row["key"])[1], typed, knew=knew)
        file.unlink()

    # Copies meet

    def pull(self, copy: Copy, who: str, *, both: bool = False) -> None:
        """Git unites the lines of the ledgers; of two versions of a catalogue somebody takes one."""
        other = next(each for each in self.copies if each is not copy)
        lines = [self._ledger(each).splitlines(keepends=True) for each in (copy, other)]
        united = [*lines[0], *(line for line in lines[1] if line not in lines[0])]
        for each, mine in ((copy, united), (other, [*lines[1], *(x for x in lines[0] if x not in lines[1])])):
            if each is copy or both:
                path = each.project.ledger("de")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"".join(mine))
        if both or self.random.random() < 0.7:
            shutil.copy(other.project.catalogue("de"), copy.project.catalogue("de"))
        copy.acts |= other.acts
        if both:
            other.acts |= copy.acts

    @staticmethod
    def _ledger(copy: Copy) -> bytes:
        path = copy.project.ledger("de")
        return path.read_bytes() if path.is_file() else b""

    # What the oracle knows

    def _in(self, copy: Copy) -> list[Act]:
        return [self.acts[number] for number in sorted(copy.acts)]

    def _current(self, copy: Copy, subject: tuple[str, ...]) -> bool:
        return subject == (ITEM,) or self._line(copy, subject[0])[1] == subject

    def _against(self, acts: list[Act], subject: tuple[str, ...]) -> list[Act]:
        """The rejections of these words, or of the item, that were not taken back by who made them."""
        ended = [a for a in acts if a.subject == subject and a.kind in ("withdraw", "sign")]
        return [
            act
            for act in acts
            if (act.kind, act.subject) == ("reject", subject)
            and not any(act.number in each.knew and each.who == act.who for each in ended)
        ]

    def _counts(self, acts: list[Act], act: Act) -> bool:
        """Whether a signature stands: its author knew every rejection that stands, and did not write the words."""
        against = self._against(acts, act.subject)
        wrote = {a.who for a in acts if (a.kind, a.subject) == ("change", act.subject)}
        return act.who not in wrote and {a.number for a in against} <= act.knew

    def _open(self, copy: Copy, subject: tuple[str, ...], *, mine: bool = False) -> frozenset[str]:
        """Who objects in this copy and was not answered by a signature that stands."""
        acts = self._in(copy)
        against = self._against(acts, subject)
        signed = [a for a in acts if a.kind == "sign" and a.subject == subject and self._counts(acts, a)]
        return frozenset(a.who for a in against if mine or not any(a.number in s.knew for s in signed))

    def judge(self) -> None:
        """Nothing is signed over an open objection, no word is lost, and both copies say the same in any order."""
        first, second = (Desk(copy.project).sheet("de") for copy in self.copies)
        assert dict(_states(first)) == dict(_states(second)), self.story()
        acts = self._in(self.copies[0])
        assert len(acts) == len(self.acts)
        for key, line in first.lines.items():
            if line.state is State.SIGNED:
                self._justified(acts, (key, *line.unit.forms))
        item = next(item for item in first.items if item.job.item == ITEM)
        if first.state_of(item) is State.SIGNED:
            open_ = self._open(self.copies[0], (ITEM,))
            assert not open_, f"signed over {open_}\n{self.story()}"
        told = self._ledger(self.copies[0]).decode()
        said = json.dumps([json.loads(line) for line in told.splitlines()], ensure_ascii=False)
        for act in acts:
            for word in act.typed:
                assert json.dumps(word, ensure_ascii=False)[1:-1] in said, f"lost: {word}\n{self.story()}"

    def _justified(self, acts: list[Act], subject: tuple[str, ...]) -> None:
        signed = [a for a in acts if (a.kind, a.subject) == ("sign", subject)]
        assert any(self._counts(acts, act) for act in signed), f"{subject} is signed\n{self.story()}"

    def story(self) -> str:
        """What was done, for whoever reads a failure."""
        return "\n".join(self.told)


def _states(sheet: Any) -> Iterator[tuple[str, object]]:
    """Everything that a copy says, to be compared."""
    stands = sheet.standing
    yield from ((key, (line.state, line.approved_by, line.own_by)) for key, line in sheet.lines.items())
    yield from ((item.job.item, sheet.state_of(item)) for item in sheet.items)
    yield "objections", dict(stands.objections)
    yield "questions", {about: {e.id for e in events} for about, events in stands.questions.items()}
    yield "ended", stands.ended
