"""How many of the faults that we planted in right sentences the rules find, by kind and language.

tests/vectors/planted.json holds a fault a line: the source, the right text, the text with one fault, and its kind.
Run it with: make planted. It writes its table into benchmarks/RESULTS.md, and prints each fault that no rule found.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from campaign import checks
from campaign.model.finding import Finding

CASES = Path(__file__).parents[1] / "tests" / "vectors" / "planted.json"
RESULTS = Path(__file__).with_name("RESULTS.md")
TITLE = "## Planted faults"
#: Of all planted faults so many must be found.
LIMIT = 0.85

Case = Mapping[str, object]


def cases() -> list[Case]:
    """The planted faults, as the file has them."""
    return list(json.loads(CASES.read_text(encoding="utf-8")))


def findings(case: Case, which: str) -> list[Finding]:
    """What the rules say of a case's "text", which has the fault, or of the "right" one."""
    terms = case.get("terms")
    return checks.run(
        str(case["source"]),
        str(case[which]),
        str(case["locale"]),
        block=str(case.get("block", "")),
        child=bool(case.get("child")),
        women=bool(case.get("women")),
        terms=[checks.Term(term, tuple(good), tuple(bad)) for term, good, bad in terms or ()],  # type: ignore[attr-defined]
    )


def unfound(planted: Iterable[Case]) -> Iterator[Case]:
    """The faults that no rule finds."""
    return (case for case in planted if not findings(case, "text"))


def table(planted: list[Case], missed: list[Case]) -> str:
    """Kinds down, languages across: found of planted."""
    every, lost = (Counter((str(c["kind"]), str(c["locale"])) for c in some) for some in (planted, missed))
    kinds, tags = (sorted({str(c[key]) for c in planted}) for key in ("kind", "locale"))

    def row(name: str, keys: list[list[tuple[str, str]]]) -> str:
        cells = ((sum(every[k] for k in some), sum(lost[k] for k in some)) for some in keys)
        return f"| {name} | " + " | ".join(f"{all_ - gone}/{all_}" if all_ else "" for all_, gone in cells) + " |"

    rows = [row(kind, [*([(kind, tag)] for tag in tags), [(kind, tag) for tag in tags]]) for kind in kinds]
    whole = row("all", [*([(kind, tag) for kind in kinds] for tag in tags), [(k, t) for k in kinds for t in tags]])
    return "\n".join([f"| kind | {' | '.join(tags)} | all |", "|---|" + "---|" * (len(tags) + 1), *rows, whole])


def main() -> int:
    """Count, print and write the table; 1 when the limit is not kept or a right text has a finding."""
    planted = cases()
    missed, wrong = list(unfound(planted)), [c for c in planted if findings(c, "right")]
    for case in missed:
        print(f"not found: {case['kind']} {case['locale']}: {case['source']} | {case['text']}")
    for case in wrong:
        print(f"false alarm: {case['locale']}: {case['right']}")
    written = (
        f"{TITLE}\n\nCommand: `make planted`. {len(planted)} faults planted in right sentences of the reference "
        "drafts, each alone\n(tests/vectors/planted.json): found of planted. Right sentences with a finding: "
        f"{len(wrong)}. What no rule can find, and why:\ndocs/reference/rules.md.\n\n{table(planted, missed)}\n"
    )
    before, title, after = RESULTS.read_text(encoding="utf-8").partition(TITLE)
    rest = after[after.index("\n## ") :] if title and "\n## " in after else ""
    RESULTS.write_text(f"{before.rstrip()}\n\n{written}{rest}", encoding="utf-8")
    print(written)
    return int(len(missed) > (1 - LIMIT) * len(planted) or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
