"""False alarms of each rule on running prose of a crisis kind: parallel sentences of our own in eleven languages.

Nothing is wrong with these sentences as far as their writers know (nobody has reviewed them), so every finding counts
as a false alarm. Run it with: make prose. It writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from campaign.checks import CHECKS, check_unit
from campaign.checks.rules import RULES
from campaign.model.unit import Unit

FOLDER, RESULTS = Path(__file__).with_name("prose"), Path(__file__).with_name("RESULTS.md")
TITLE = "## False alarms on prose of a crisis kind"
SOURCE = "en"
#: Of the sentences of a language so many may have a warning of a rule; none may have an error.
WARNINGS = 0.02


def units() -> dict[str, list[Unit]]:
    """The sentences of each language beside those of the source, the source among them."""
    lines = {file.stem: file.read_text(encoding="utf-8").splitlines() for file in sorted(FOLDER.glob("*.txt"))}
    return {
        tag: [
            Unit(tag, "", source, "", (text,), where=f"{tag}.txt:{number}")
            for number, (source, text) in enumerate(zip(lines[SOURCE], own, strict=True), start=1)
        ]
        for tag, own in lines.items()
    }


def count(texts: dict[str, list[Unit]]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """The sentences with a finding by rule (with the letter of its severity) and language, and each finding said."""
    alarms, said = Counter[tuple[str, str]](), []
    for tag, mine in texts.items():
        for unit in mine:
            found = check_unit(unit)
            for kind in {f"{each.code} {each.severity.value[0].upper()}" for each in found}:
                alarms[kind, tag] += 1
            said += [f"{each.severity.value} {each.code} {each.where}: {each.detail} | {unit.text}" for each in found]
    return alarms, said


def broken(texts: dict[str, list[Unit]], alarms: Counter[tuple[str, str]]) -> list[str]:
    """Where the limits are not kept: a rule and a language."""
    return [
        f"{kind} {tag}"
        for (kind, tag), times in alarms.items()
        if kind.endswith("E") or times > WARNINGS * len(texts[tag])
    ]


def main() -> int:
    """Count, print and write the table; 1 when a limit is not kept."""
    texts = units()
    alarms, said = count(texts)
    if "--show" in sys.argv:
        print("\n".join(said))
    kinds = sorted(
        {kind for kind, _ in alarms} | {f"{code} {RULES[code].severity.value[0].upper()}" for code in CHECKS}
    )
    heading = (
        f"{TITLE}\n\nCommand: `make prose`. {len(texts[SOURCE])} parallel sentences in {len(texts)} languages, our own "
        "drafts, which nobody has reviewed\n(benchmarks/prose). Per cent of the sentences with a finding of the rule "
        "(E error, W warning). The limits: no error, and\nat most 2 % of the sentences of a language with a warning of "
        "a rule.\n\n"
    )
    rows = [
        f"| {kind} | " + " | ".join(f"{100 * alarms[kind, tag] / len(texts[tag]):.1f}" for tag in texts) + " |"
        for kind in kinds
    ]
    table = f"{heading}| rule | {' | '.join(texts)} |\n|{'---|' * (len(texts) + 1)}\n" + "\n".join(rows) + "\n"
    before, title, after = RESULTS.read_text(encoding="utf-8").partition(TITLE)
    rest = after[after.index("\n## ") :] if title and "\n## " in after else ""
    RESULTS.write_text(f"{before.rstrip()}\n\n{table}{rest}", encoding="utf-8")
    print(table)
    return int(bool(broken(texts, alarms)))


if __name__ == "__main__":
    sys.exit(main())
