"""How long a ledger of 100,000 events takes to read, and to judge; writes its section of benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import results

from campaign.ledger import events as said_in
from campaign.ledger import ledger
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict

SENTENCES = 2000
VERDICTS = (*[Verdict.SIGN] * 8, Verdict.COMMENT, Verdict.WAIVE)
PEOPLE = ("Amina Haddad", "Bilal Omar", "M. Weber", "L. Petrova")


def written(count: int) -> bytes:
    """A ledger as people leave it: sentences of twelve words in both languages, one after the other."""
    lines, prev = [], tuple[str, ...]()
    for number in range(count):
        which = number % SENTENCES
        source = ("", f"Sentence {which}: you can call this number at any hour, nobody asks your name.", "")
        forms = (f"Satz {which}: Sie können hier jederzeit anrufen, niemand fragt nach Ihrem Namen.",)
        said, who = VERDICTS[number % len(VERDICTS)], PEOPLE[number % len(PEOPLE)]
        hashes = digest(*source), digest(*forms)
        about = (hashes[0][:12], *hashes, who, "mediator", "2026-11-20", said)
        event = Event(*about, rule="length" if said is Verdict.WAIVE else "", source=source, forms=forms)
        own, line = said_in.written(event, (), event.on, prev)
        lines.append(line)
        prev = (own,)
    return b"\n".join(lines) + b"\n"


def processor(act: Callable[[], object], repeat: int = 5) -> float:
    """Seconds of processor time, the least of several: other programs on the machine do not count."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Measure reading, judging, and one event more."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    data = written(count)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reviews.jsonl"
        path.write_bytes(data)
        book = ledger.read(path, "x")
        assert len(book.events) == count and not book.flaws
        read = processor(lambda: ledger.read(path, "x"))
        judge = processor(lambda: ledger.standing(book.events, Trust()))
        again = processor(lambda: ledger.read(path, "x", book))
        one = Event("0" * 12, "0" * 64, "0" * 64, "Amina Haddad", "mediator", "2026-11-20", Verdict.SIGN)
        more = processor(lambda: ledger.append(path, "x", [one], book), repeat=3)
    rows = [
        ("read, every line proved", f"{read:.2f} s"),
        ("judge: who stands for which words", f"{judge:.2f} s"),
        ("read again, nothing new", f"{again:.3f} s"),
        ("add one event", f"{more:.2f} s"),
    ]
    results.write(
        "Ledger",
        f"Command: `make bench-ledger`. {count:,} events in {SENTENCES:,} sentences, {len(data) // 1_000_000} MB, "
        f"processor time, the least of five. Machine: {results.machine()}.\n\n" + results.table(("what", "time"), rows),
    )
    print(results.table(("what", "time"), rows))


if __name__ == "__main__":
    main()
