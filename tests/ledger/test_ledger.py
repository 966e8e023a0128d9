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
from campaign.model.event import Event
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
    with pytest.raises(CampaignError) as caught:
        ledger.read(path, NAME)
    return [problem.where for problem in caught.value.problems]


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


def test_a_line_is_one_event_and_carries_the_hash_of_the_line_before(book: Path) -> None:
    """The file can be read and checked with any tool: JSON lines, chained by SHA-256."""
    lines = book.read_bytes().split(b"\n")

    assert lines.pop() == b""
    assert [json.loads(line)["prev"] for line in lines] == [
        "0" * 64,
        hashlib.sha256(lines[0]).hexdigest(),
        hashlib.sha256(lines[1]).hexdigest(),
    ]


def test_facts_are_kept_once_and_only_as_hashes_of_items(book: Path) -> None:
    """A line tells what no line before it told; a line whose facts are none is no event."""
    told = (("item:BE/migrants/sms", "aa"), ("item:BE/migrants/leaflet", "bb"))
    ledger.append(book, NAME, [event(4, facts=told), event(5, facts=told)])
    ledger.append(book, NAME, [event(6, facts=(told[0], ("item:BE/migrants/leaflet", "cc")))])
    assert [found.facts for found in ledger.read(book, NAME).events[3:]] == [
        told,
        (),
        (("item:BE/migrants/leaflet", "cc"),),
    ]
    lines = book.read_bytes().splitlines(keepends=True)
    book.write_bytes(b"".join(lines[:5]) + lines[5].replace(b'"cc"', b"7"))
    assert problems(book) == [f"{NAME}:6"]


def test_appending_only_adds(book: Path) -> None:
    """The bytes that were there stay as they were."""
    before = book.read_bytes()

    ledger.append(book, NAME, [event(4)])

    assert book.read_bytes().startswith(before)
    assert len(ledger.read(book, NAME).events) == 4


TAMPERED = {
    "a line deleted": (lambda lines: [lines[0], lines[2]], ["2"]),
    "the first line deleted": (lambda lines: lines[1:], ["1"]),
    "two lines swapped": (lambda lines: [lines[1], lines[0], lines[2]], ["1", "2", "3"]),
    "a name changed": (lambda lines: [lines[0].replace("أ. حداد".encode(), b"somebody"), *lines[1:]], ["2"]),
    "a space added": (lambda lines: [lines[0], lines[1] + b" ", lines[2]], ["3"]),
    "an event made up": (
        lambda lines: [*lines[:2], lines[1].replace(b"000000000002", b"000000000009"), lines[2]],
        ["3", "4"],
    ),
    "a line repeated": (lambda lines: [*lines, lines[2]], ["4"]),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_an_edited_history_shows_with_its_line(book: Path, case: str) -> None:
    """Nobody can take a rejection out or put a signature in without the chain breaking."""
    change, lines = TAMPERED[case]
    book.write_bytes(b"\n".join(change(book.read_bytes().split(b"\n")[:-1])) + b"\n")

    assert problems(book) == [f"{NAME}:{line}" for line in lines]


GARBAGE = [
    b"",
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
]


@pytest.mark.parametrize("line", GARBAGE, ids=lambda line: repr(line[:20]))
def test_a_line_that_is_no_event_is_named(book: Path, line: bytes) -> None:
    """Damage is found where it is, and the ledger is not used as if nothing had happened."""
    lines = book.read_bytes().split(b"\n")
    book.write_bytes(b"\n".join([lines[0], line, *lines[1:]]))

    assert problems(book) == [f"{NAME}:2", f"{NAME}:3"]


@pytest.mark.parametrize(
    "change",
    [{"verdict": "approve"}, {"on": 20261120}, {"role": None}, {"reviewer": ["x"]}, {"more": "x"}],
    ids=str,
)
def test_an_event_with_a_wrong_value_is_no_event(tmp_path: Path, change: dict[str, Any]) -> None:
    """A verdict that the program does not know approves nothing."""
    good = tmp_path / "good.jsonl"
    ledger.append(good, NAME, [event()])
    path = tmp_path / "reviews.jsonl"
    path.write_text(json.dumps({**json.loads(good.read_text(encoding="utf-8")), **change}) + "\n", encoding="utf-8")

    assert problems(path) == [f"{NAME}:1"]


def test_nothing_is_added_to_a_ledger_that_cannot_be_trusted(book: Path) -> None:
    """A new signature does not paper over a broken history."""
    data = book.read_bytes()
    book.write_bytes(data[data.index(b"\n") + 1 :])
    before = book.read_bytes()

    with pytest.raises(CampaignError):
        ledger.append(book, NAME, [event(4)])

    assert book.read_bytes() == before


@pytest.mark.parametrize("lost", [1, 2, 60, 300])
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
    with signed.ledger("de").open("ab") as stream:
        stream.write(b'{"prev": "12')

    done = cli.run("status", at=signed)

    assert done.code == 0, done.err
    assert "locales/de/reviews.jsonl: the last line is torn" in done.out + done.err


def test_a_broken_ledger_stops_every_command_that_trusts_it(signed: Project, cli: Any) -> None:
    """A history that was edited is an error with file and line, never a release."""
    path = signed.ledger("de")
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join(lines[1:]))

    for command in (["status"], ["check"], ["build", "--release"]):
        done = cli.run(*command, at=signed)
        assert done.code == 1
        assert "locales/de/reviews.jsonl:1: does not follow the line before it" in done.err


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
def test_any_bytes_are_a_ledger_or_an_error_that_names_file_and_line(tmp_path: Path, data: st.DataObject) -> None:
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
    try:
        events = ledger.read(path, NAME).events
    except CampaignError as error:
        assert error.problems
        assert all(problem.where.startswith(f"{NAME}:") for problem in error.problems)
    else:
        # The chain covers every line but the last: of that one, only the writer's word is there.
        assert list(events[:-1]) == said[: len(events) - 1] if events else True
