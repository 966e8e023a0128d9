"""The ledger: what was signed stays signed, what was tampered with shows, and a crash costs nothing that was said."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.project import Project

NAME = "locales/de/reviews.jsonl"


def event(number: int = 0, **changes: Any) -> Event:
    """The n-th of many events."""
    words = {"unit_key": f"{number:012x}", "source_hash": f"{number:064x}", "text_hash": "ab" * 32}
    return Event(
        **{**words, "reviewer": "أ. حداد", "role": "mediator", "on": "2026-11-20", "verdict": "sign", **changes}
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A ledger with three events."""
    path = tmp_path / "reviews.jsonl"
    ledger.append(path, NAME, [event(1), event(2)])
    ledger.append(path, NAME, [event(3, verdict="comment", comment="Zeile 1\nZeile 2 \u2028 „so“")])
    return path


def problems(path: Path) -> list[str]:
    """The places that reading the ledger objects to."""
    return [problem.where for problem in ledger.read(path, NAME).problems(NAME)]


def test_no_file_is_an_empty_ledger(tmp_path: Path) -> None:
    """A language in which nobody has signed yet needs no file."""
    assert ledger.read(tmp_path / "reviews.jsonl", NAME) == ledger.Ledger()


def test_what_was_said_is_read_back_in_order(book: Path) -> None:
    """Names in any script, line breaks in comments: all as it was said."""
    assert ledger.read(book, NAME).events == (
        event(1),
        event(2),
        event(3, verdict="comment", comment="Zeile 1\nZeile 2 \u2028 „so“"),
    )


def test_a_line_proves_itself_and_names_what_its_author_had_seen(book: Path) -> None:
    """The file can be read and checked with any tool: JSON lines, each begins with the SHA-256 of its rest."""
    lines = book.read_bytes().split(b"\n")

    assert lines.pop() == b""
    ids = [hashlib.sha256(b"{" + line[73:]).hexdigest() for line in lines]
    assert [line[:73] for line in lines] == [f'{{"id":"{own}",'.encode() for own in ids]
    assert [json.loads(line)["prev"] for line in lines] == [[], ids[:1], ids[1:2]]
    assert {json.loads(line)["version"] for line in lines} == {3}


def test_facts_are_kept_once_and_only_as_hashes_of_items(book: Path) -> None:
    """A line tells what no line before it told."""
    told = (("item:BE/migrants/sms", "aa"), ("item:BE/migrants/leaflet", "bb"))
    ledger.append(book, NAME, [event(4, facts=told), event(5, facts=told)])
    ledger.append(book, NAME, [event(6, facts=(told[0], ("item:BE/migrants/leaflet", "cc")))])
    assert [found.facts for found in ledger.read(book, NAME).events[3:]] == [
        told,
        (),
        (("item:BE/migrants/leaflet", "cc"),),
    ]


def test_appending_only_adds(book: Path) -> None:
    """The bytes that were there stay as they were."""
    before = book.read_bytes()

    ledger.append(book, NAME, [event(4)])

    assert book.read_bytes().startswith(before)
    assert len(ledger.read(book, NAME).events) == 4


TAMPERED: dict[str, tuple[Any, dict[str, str]]] = {
    "a line deleted": (lambda lines: [lines[0], lines[2]], {"2": "follows a line that is not here"}),
    "the first line deleted": (lambda lines: lines[1:], {"1": "follows a line that is not here"}),
    "a name changed": (
        lambda lines: [lines[0].replace("أ. حداد".encode(), b"somebody"), *lines[1:]],
        {"1": "was edited", "2": "follows a line that is not here"},
    ),
    "a space added": (
        lambda lines: [lines[0], lines[1].replace(b":", b": ", 9), lines[2]],
        {"2": "is not an event", "3": "follows a line that is not here"},
    ),
    "the last line changed": (
        lambda lines: [*lines[:2], lines[2].replace(b"comment", b"signing")],
        {"3": "was edited"},
    ),
    "an event made up": (
        lambda lines: [*lines, lines[1].replace(b"000000000002", b"000000000009")],
        {"4": "was edited"},
    ),
    "a merge left half done": (
        lambda lines: [b"<<<<<<< HEAD", *lines[:2], b"=======", lines[2], b">>>>>>> theirs"],
        {"1": "a merge was left half done", "4": "a merge was left half done", "6": "a merge was left half done"},
    ),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_an_edited_history_shows_with_its_line(book: Path, case: str) -> None:
    """Nobody can take a rejection out or put a signature in without a line that does not fit."""
    change, lines = TAMPERED[case]
    book.write_bytes(b"\n".join(change(book.read_bytes().split(b"\n")[:-1])) + b"\n")

    found = ledger.read(book, NAME).problems(NAME)
    assert [problem.where for problem in found] == [f"{NAME}:{line}" for line in lines]
    assert all(words in problem.what for problem, words in zip(found, lines.values(), strict=True))


@pytest.mark.parametrize("case", ["swapped", "repeated", "blank lines", "line ends of Windows"])
def test_neither_order_nor_number_of_lines_means_anything(book: Path, case: str) -> None:
    """What plain git or a shared folder makes of a file says the same."""
    before, (one, two, three, _) = ledger.read(book, NAME), book.read_bytes().split(b"\n")
    lines = {
        "swapped": [three, one, two],
        "repeated": [one, two, three, two, three, one],
        "blank lines": [one, b"", two, b"", b"", three],
        "line ends of Windows": [one + b"\r", two + b"\r", three + b"\r"],
    }[case]
    book.write_bytes(b"\n".join(lines) + b"\n")

    after = ledger.read(book, NAME)
    assert (after.events, after.heads, after.flaws) == (before.events, before.heads, ())
    assert [event.id for event in after.events] == [event.id for event in before.events]


GARBAGE = [
    b"not json",
    b"[]",
    b"null",
    b"1",
    b"{}",
    b"\xff\xfe",
    b"\0",
    b"[" * 100_000,
    b'{"prev": "x"}',
    json.dumps({"prev": "0" * 64, "verdict": "sign"}).encode(),
    b'{"id":"',
    b'{"id":"' + b"0" * 64 + b'",',
]


@pytest.mark.parametrize("line", GARBAGE, ids=lambda line: repr(line[:20]))
def test_a_line_that_is_no_event_is_named_and_the_others_count(book: Path, line: bytes) -> None:
    """Damage is found where it is; reviewing goes on with what is whole."""
    lines = book.read_bytes().split(b"\n")
    book.write_bytes(b"\n".join([lines[0], line, *lines[1:]]))

    assert problems(book) == [f"{NAME}:2"]
    assert len(ledger.read(book, NAME).events) == 3


def proving_itself(record: dict[str, Any], raw: bytes = b"") -> bytes:
    """A line with a right hash, whatever it says: somebody knows the format."""
    rest = raw or json.dumps(record, separators=(",", ":")).encode()[1:]
    return b'{"id":"' + hashlib.sha256(b"{" + rest).hexdigest().encode() + b'",' + rest


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verdict": ["sign"]}, "is not an event"),
        ({"verdict": "endorse"}, "newer version"),
        ({"verdict": "bless"}, "newer version"),
        ({"version": 4}, "newer version"),
        ({"version": 1}, "is not an event"),
        ({"version": True}, "is not an event"),
        ({"on": 20261120}, "is not an event"),
        ({"role": None}, "is not an event"),
        ({"reviewer": ["x"]}, "is not an event"),
        ({"facts": {"item:x": 7}}, "is not an event"),
        ({"re": "x"}, "is not an event"),
        ({"source": ["other", "words", ""]}, "is not an event"),
        ({"comment": "\ud800"}, "is not an event"),
        ({"on": "9999-99-99 <b>"}, "is no day"),
        ({"on": "2026-02-30"}, "is no day"),
        ({"on": "30.11.2026"}, "is no day"),
        ({"on": "20261120"}, "is no day"),
        ({"on": "2999-01-01"}, "in the future"),
        ({"reviewer": "Mina\u200b"}, "cannot be seen"),
        ({"reviewer": "Mi\u0301na"}, "is not composed"),
        ({"reviewer": "x" * 121}, "longer than 120"),
    ],
    ids=str,
)
def test_an_event_with_a_wrong_value_counts_for_nothing(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    """A right hash does not make it one: names, dates and words are strict, unknown acts ask for a newer program."""
    good = ledger.append(tmp_path / "good.jsonl", NAME, [event()])
    record = json.loads((tmp_path / "good.jsonl").read_bytes())
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(proving_itself({**{key: value for key, value in record.items() if key != "id"}, **change}) + b"\n")

    found = ledger.read(path, NAME)
    assert [words in problem.what for problem in found.problems(NAME)] == [True]
    assert good.events and not found.events
    assert "copy" not in found.problems(NAME)[0].todo or "newer" not in words


@pytest.mark.parametrize("name", ["source", "forms"])
def test_words_behind_a_hash_that_was_seen_are_compared_all_the_same(tmp_path: Path, name: str) -> None:
    """The second event with a hash is held to its words as the first is."""
    source, forms = ("", "words", ""), ("Wörter",)
    said = {"source": source, "forms": forms, "source_hash": digest(*source), "text_hash": digest(*forms)}
    ledger.append(tmp_path / "good.jsonl", NAME, [event(**said), event(**said, reviewer="K. Roth")])
    assert len(ledger.read(tmp_path / "good.jsonl", NAME).events) == 2
    first, second = (json.loads(line) for line in (tmp_path / "good.jsonl").read_bytes().splitlines())
    others = {**{key: value for key, value in second.items() if key != "id"}, name: ["", "other words", ""]}
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(
        (tmp_path / "good.jsonl").read_bytes().splitlines(keepends=True)[0] + proving_itself(others) + b"\n"
    )
    found = ledger.read(path, NAME)
    assert [each.id for each in found.events] == [first["id"]]
    assert ["is not an event" in problem.what for problem in found.problems(NAME)] == [True]


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 4},
        {"version": "3"},
        {"verdict": ["sign"]},
        {"verdict": "bless"},
        {"reviewer": 7},
        {"role": None},
        {"on": 20261120},
        {"unit_key": ["0"]},
        {"source_hash": {}},
        {"text_hash": "ab" * 32},
        {"source": [["a"], "words", ""]},
        {"comment": 1},
    ],
    ids=str,
)
def test_a_sentence_read_before_lets_nothing_wrong_pass(tmp_path: Path, wrong: dict[str, object]) -> None:
    """Fifty signatures of one sentence: each is looked at as the first one was, whatever in it is wrong."""
    source, forms = ("", "words", ""), ("Wörter",)
    said = {"source": source, "forms": forms, "source_hash": digest(*source), "text_hash": digest(*forms)}
    path = tmp_path / "reviews.jsonl"
    ledger.append(path, NAME, [event(**said)])
    record = {**json.loads(path.read_bytes()), "reviewer": "K. Roth", **wrong}
    del record["id"]
    path.write_bytes(path.read_bytes() + proving_itself(record) + b"\n")
    found = ledger.read(path, NAME)
    assert [each.reviewer for each in found.events] == ["أ. حداد"]
    assert problems(path) == [f"{NAME}:2"]


@pytest.mark.parametrize("name", ["comment", "reviewer"])
def test_half_a_character_is_no_text(tmp_path: Path, name: str) -> None:
    """A line with half of a character, escaped or as bytes, could be neither shown nor written: it is no event."""
    path = tmp_path / "reviews.jsonl"
    ledger.append(path, NAME, [event(), event(reviewer="K. Roth", comment="whole")])
    first, second = path.read_bytes().splitlines(keepends=True)
    record = json.loads(second) | {name: "half \ud800 of it"}
    del record["id"]
    escaped = json.dumps(record, separators=(",", ":")).encode()
    raw = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    for line in (escaped, raw):
        path.write_bytes(first + proving_itself({}, line[1:]) + b"\n")
        assert problems(path) == [f"{NAME}:2"]
        assert len(ledger.read(path, NAME).events) == 1


def test_one_thing_said_twice_is_no_event(tmp_path: Path) -> None:
    """What a person reads first is not what a program takes: two values of one key."""
    ledger.append(tmp_path / "good.jsonl", NAME, [event(verdict="reject", reason="no")])
    rest = (tmp_path / "good.jsonl").read_bytes().strip()[73:]
    path = tmp_path / "reviews.jsonl"
    for twice in (
        rest.replace(b'"verdict"', b'"verdict":"sign","verdict"'),
        rest[:-1] + b',"facts":{"a":"1","a":"2"}}',
    ):
        path.write_bytes(proving_itself({}, twice) + b"\n")
        assert problems(path) == [f"{NAME}:1"]
        assert not ledger.read(path, NAME).events
    path.write_bytes(proving_itself({}, rest + b"," + rest) + b"\n" + proving_itself({}, rest) + b"\n")
    assert problems(path) == [f"{NAME}:1"] and len(ledger.read(path, NAME).events) == 1


def test_a_wrong_rejection_is_named_and_stands(tmp_path: Path) -> None:
    """What only asks people to look again counts whatever its date: else a wrong clock would release it."""
    path = tmp_path / "reviews.jsonl"
    ledger.append(path, NAME, [event(verdict="reject", reason="no")])
    record = json.loads(path.read_bytes())
    del record["id"]
    wrong = proving_itself({**record, "on": "2999-01-01"})
    path.write_bytes(wrong + b"\n")
    ledger.append(path, NAME, [event()])

    assert problems(path) == [f"{NAME}:1"]
    assert not ledger.read(path, NAME).approvals(Trust())
    taken = event(verdict="withdraw", re=(wrong[7:71].decode(),))
    assert not ledger.append(path, NAME, [taken]).flaws, "who takes it back settles it"
    assert ledger.read(path, NAME).approvals(Trust())


def test_a_day_before_what_its_author_had_seen_is_wrong(book: Path) -> None:
    """An answer is not older than what it answers; the program itself never writes one, whatever the clock says."""
    path = book.with_name("other.jsonl")
    path.write_bytes(book.read_bytes())
    assert [e.on for e in ledger.append(path, NAME, [event(4, on="2026-11-19")]).events[-2:]] == ["2026-11-20"] * 2
    *_, last = book.read_bytes().splitlines()
    record = {**json.loads(last), "on": "2026-11-19", "verdict": "sign"}
    del record["id"]
    book.write_bytes(book.read_bytes() + proving_itself({**record, "prev": [last[7:71].decode()]}) + b"\n")
    assert "before what its author had seen" in ledger.read(book, NAME).problems(NAME)[0].what
    assert len(ledger.read(book, NAME).events) == 3


def test_reviewing_goes_on_in_a_damaged_ledger(book: Path) -> None:
    """A new event is added behind what is whole; what is wrong stays named, and no byte of it is lost."""
    data = book.read_bytes()
    book.write_bytes(data[data.index(b"\n") + 1 :])
    before = book.read_bytes()

    after = ledger.append(book, NAME, [event(4)])

    assert book.read_bytes().startswith(before)
    assert [e.unit_key[-1] for e in after.events] == ["2", "3", "4"]
    assert problems(book) == [f"{NAME}:1"]


def test_a_last_line_that_lacks_only_its_end_counts(book: Path) -> None:
    """Its hash says that it is whole; the next event gets a line of its own."""
    said = ledger.append(book, NAME, [event(4, verdict="reject", reason="no")])
    book.write_bytes(book.read_bytes()[:-1])
    assert ledger.read(book, NAME).events == said.events and problems(book) == []
    assert len(ledger.append(book, NAME, [event(5)]).events) == 5
    assert ledger.read(book, NAME).flaws == () and len(ledger.read(book, NAME).events) == 5


@pytest.mark.parametrize("lost", [2, 60, 300])
def test_a_torn_last_line_is_reported_and_set_aside(book: Path, lost: int) -> None:
    """A crash in the middle of a write costs that one event, which nobody was told is stored, and no other."""
    whole = book.read_bytes()
    torn = whole[:-lost]
    tail = torn[torn.rfind(b"\n") + 1 :]
    book.write_bytes(torn)

    reading = ledger.read(book, NAME)
    assert reading.torn
    assert reading.events == (event(1), event(2))
    assert book.read_bytes() == torn, "reading repairs nothing"

    ledger.append(book, NAME, [event(5)])

    assert ledger.read(book, NAME).events == (event(1), event(2), event(5))
    assert not ledger.read(book, NAME).torn
    assert book.with_name("reviews.jsonl.torn").read_bytes() == tail + b"\n"


def test_a_torn_line_stops_no_command(signed: Project, cli: Any) -> None:
    """After a crash `status` still works, and says that the last line is torn."""
    lines = len(signed.ledger("de").read_bytes().splitlines())
    with signed.ledger("de").open("ab") as stream:
        stream.write(b'{"prev": "12')

    done = cli.run("status", at=signed)

    assert done.code == 0, done.err
    assert f"reviews.jsonl:{lines + 1}: the last line is torn" in done.out + done.err


def test_a_folder_in_its_place_is_an_error_in_words(tmp_path: Path) -> None:
    """What cannot be read is the user's to put right."""
    (tmp_path / "reviews.jsonl").mkdir()

    with pytest.raises(CampaignError, match=r"reviews\.jsonl: cannot be read"):
        ledger.read(tmp_path / "reviews.jsonl", NAME)


def test_a_name_that_no_file_can_hold_is_refused(book: Path) -> None:
    """A lone surrogate from a broken terminal ends in words, and the events beside it are not half stored."""
    before = book.read_bytes()

    with pytest.raises(CampaignError, match="lone surrogate"):
        ledger.append(book, NAME, [event(4), event(5, reviewer="M\udcff")])

    assert book.read_bytes() == before


def _append_some(path: str, who: int, count: int) -> None:
    """What one of several people does at the same time."""
    for number in range(count):
        ledger.append(Path(path), NAME, [event(number, reviewer=f"person {who}")])


@pytest.mark.slow
def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    """Fifty signatures from two programs at the same moment are fifty lines in one unbroken chain."""
    path = tmp_path / "reviews.jsonl"
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_append_some, args=(str(path), who, 25)) for who in (1, 2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert [person.exitcode for person in people] == [0, 0]
    events = ledger.read(path, NAME).events
    for who in (1, 2):
        mine = [int(found.unit_key, 16) for found in events if found.reviewer == f"person {who}"]
        assert mine == list(range(25))
    assert len(events) == 50


KILLED = """
import sys
from pathlib import Path
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.ledger import ledger

path, start = Path(sys.argv[1]), int(sys.argv[2])
for number in range(start, start + 100_000):
    ledger.append(path, "x", [Event(str(number), "a" * 64, "b" * 64, "M. Weber", "mediator", "2026-11-20", "sign")])
    print(number, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(tmp_path: Path, repository: Path) -> None:
    """A signature of which the program said that it is stored is stored, whatever happens next."""
    path = tmp_path / "reviews.jsonl"
    acknowledged: list[int] = []
    for turns in (1, 3, 8, 20, 50):
        command = [sys.executable, "-c", KILLED, str(path), str(1000 * turns)]
        with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            acknowledged += [int(process.stdout.readline()) for _ in range(turns)]
            process.send_signal(signal.SIGKILL)
            acknowledged += [
                int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")
            ]

        stored = [int(found.unit_key) for found in ledger.read(path, NAME).events]

        assert [number for number in acknowledged if number not in stored] == []
        assert len(stored) - len(acknowledged) <= 5, "at most one event a kill was stored and not acknowledged"
        assert len(set(stored)) == len(stored)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_a_ledger_that_names_file_and_line(tmp_path: Path, data: st.DataObject) -> None:
    """No file content, however odd, ends in a traceback, and none gives an event that nobody appended."""
    path = tmp_path / "reviews.jsonl"
    path.unlink(missing_ok=True)
    said = [event(number) for number in range(3)]
    ledger.append(path, NAME, said)
    good = path.read_bytes()
    position = data.draw(st.integers(0, len(good)))
    noise = data.draw(st.binary(max_size=6) | st.sampled_from([b"\n", b"\r\n", b'"', b"{}", b"\\ud800", b"[[", b"NaN"]))
    kind = data.draw(st.sampled_from(["only noise", "put in", "cut off", "written over"]))
    path.write_bytes(
        {
            "only noise": noise,
            "put in": good[:position] + noise + good[position:],
            "cut off": good[:position],
            "written over": good[:position] + noise + good[position + len(noise) :],
        }[kind]
    )
    found = ledger.read(path, NAME)
    assert all(problem.where.startswith(f"{NAME}:") for problem in found.problems(NAME))
    assert [each for each in found.events if each not in said] == []


@pytest.mark.slow
def test_a_damaged_ledger_stops_what_goes_out_and_nothing_else(signed: Project, cli: Any) -> None:
    """A history that was edited is named with file and line: reviewing goes on, a release and its packs do not."""
    path = signed.ledger("de")
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join(lines[1:]))

    status = cli.run("status", at=signed)
    assert status.code == 0 and "reviews.jsonl:1: follows a line that is not here" in status.out + status.err
    assert "reviews.jsonl:1" in cli.run("check", "--no-layout", at=signed).out
    for command in (["build", "--release"], ["pack", "printer"]):
        done = cli.run(*command, at=signed)
        assert done.code == 1
        assert "locales/de/reviews.jsonl:1: follows a line that is not here" in done.err
