"""Whether each rule of the ledger has a test that dies without it: `python benchmarks/mutants.py`.

Each mutant is a rule taken out of the source by hand; a copy of the program without it must fail a test. It says which
mutants live. The text of a mutant must stand in the source: a rule that moved asks for its mutant to be moved.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = (
    "ledger/test_standing.py",
    "ledger/test_ledger.py",
    "ledger/test_earlier.py",
    "ledger/test_histories.py",
    "review/test_two_people.py",
)

#: What is taken out -> module, the rule, what stands there instead.
MUTANTS = {
    "a signature need not name objections": ("standing", "set(against) <= set(event.re) and ", ""),
    "an answer needs no reason": ("standing", " and bool(event.reason.strip())", ""),
    "any role signs": ("model/trust", "role not in self.roles or ", ""),
    "the list of people is ignored": ("model/trust", "(self.people and name not in self.people)", "False"),
    "whoever is listed signs in any role": ("model/trust", " and role in each.roles", ""),
    "whoever is listed signs for ever": ("model/trust", " and each.serves(on)", ""),
    "one's own text is reviewed": ("standing", "if wrote and not trust.own_text and _one_of", "if False and _one_of"),
    "anybody revokes": ("standing", "event.reviewer in trust.coordinators and ", ""),
    "objections are revoked": (
        "standing",
        "if own in known and known[own].verdict in REVOCABLE)",
        "if own in known)",
    ),
    "anybody withdraws": ("standing", " and known[own].reviewer == event.reviewer)", ")"),
    "a name alone takes back": ("standing", " not in ended and _proven(event, trust):", " not in ended:"),
    "a name alone revokes": (
        "standing",
        " in trust.coordinators and _proven(event, trust):",
        " in trust.coordinators:",
    ),
    "a withdrawal is withdrawn": ("standing", "if known[own].verdict not in _FINAL)", "if True)"),
    "a revoked withdrawal counts": (
        "standing",
        "        if event.id not in ended and _proven(event, trust):\n            mine",
        "        if _proven(event, trust):\n            mine",
    ),
    "a lapse ends objections": (
        "standing",
        "if own in known and known[own].verdict is Verdict.SIGN)",
        "if own in known)",
    ),
    "dating back helps": ("standing", "(other.id not in seen or other.on >= event.since)", "(other.on >= event.since)"),
    "the day itself is spared": ("standing", "other.on >= event.since", "other.on > event.since"),
    "what is known is one step deep": ("standing", "            todo += known[own].prev\n", ""),
    "a look-alike is not meant": (
        "standing",
        "faces(other.reviewer) & faces(event.whose)",
        "other.reviewer == event.whose",
    ),
    "ended signatures count": ("standing", "if event.id in ended or not _may_sign", "if not _may_sign"),
    "withdrawn objections stand": (
        "standing",
        "for event in by[Verdict.REJECT] if event.id not in ended)",
        "for event in by[Verdict.REJECT])",
    ),
    "any answer answers": (
        "standing",
        "if each in known and subject(known[each]) == subject(event))",
        "if each in known)",
    ),
    "revoked waivers waive": (
        "standing",
        "for event in by[Verdict.WAIVE] if event.id not in ended)",
        "for event in by[Verdict.WAIVE])",
    ),
    "look-alikes are two": ("standing", "names if trust.known else different(names)", "names"),
    "questions stay open": ("standing", " and e.id not in answered)", ")"),
    "a hash is not compared": (
        "entry",
        'return own if line[:_ID_ENDS] == b\'{"id":"%b",\' % own.encode() else ""',
        "return line[7:71].decode()",
    ),
    "one thing may be said twice": ("entry", "if len(record) != len(pairs):", "if False:"),
    "missing lines are not missed": ("book", "frozenset(self._wanted - records.keys())", "frozenset()"),
    "what is answered may be missing": ("book", 'if "re" in record else followed', "if False else followed"),
    "the old form is still written": ("book", 'if any("id" in', 'if False and any("id" in'),
    "half characters are kept": ("entry", "if _plain(lines[own], record)}", "}"),
    "half characters are kept as bytes": ("entry", "joined.decode()", 'joined.decode("utf-8", "surrogatepass")'),
    "any version signs again": ("events", "version != entry.VERSION or from_words", "from_words"),
    "a source is known by its hash": ("events", " or from_words[0] != source", ""),
    "words are known by their hash": ("events", " or to_words[0] != forms", ""),
    "kinds of values are not looked at again": ("events", '        "".join((key, who, role, on))\n', ""),
    "words are taken unseen": ("events", "and seen[0] == forms else", "else"),
    "a source is taken unseen": ("events", "and seen[0] == source else", "else"),
    "a torn line counts as junk": (
        "book",
        "Kind.TORN if last else Kind.JUNK\n        if kind",
        "Kind.JUNK\n        if kind",
    ),
    "any version is of today": ("events", '("id" in record and record.get("version") != entry.VERSION)', "False"),
    "any date": ("events", "name or on or self._too_early(event)", "name or self._too_early(event)"),
    "any name": ("events", 'f"the name {fault}" if fault else ""', '""'),
    "an answer before its question": ("events", " or on or self._too_early(event)", " or on"),
    "a wrong rejection counts for nothing": (
        "events",
        "if not fault or event.verdict is Verdict.REJECT:",
        "if not fault:",
    ),
    "any words": ("events", "if digest(*parts) != wanted:", "if False:"),
    "an old signature answers nothing": ("earlier", "Verdict.SIGN: (Verdict.REJECT, Verdict.UNSURE),", ""),
    "an old signature answers what came later": ("earlier", "span[each][0] < at < span[each][1]", "True"),
}


def place(module: str) -> str:
    """Where a module stands: one of the ledger, or of the room that is named."""
    return f"campaign/{module if '/' in module else f'ledger/{module}'}.py"


def lives(folder: Path, module: str, rule: str, instead: str) -> bool:
    """Whether the tests pass without a rule."""
    source = (ROOT / place(module)).read_text(encoding="utf-8")
    if source.count(rule) != 1:
        raise SystemExit(f"{place(module)} has {source.count(rule)} times: {rule!r}")
    path = folder / place(module)
    path.write_text(source.replace(rule, instead), encoding="utf-8")
    # Most die within a second; only what is still alive then meets the slow tests.
    alive = all(passes(folder, lane) for lane in ("not slow", "slow"))
    path.write_text(source, encoding="utf-8")
    return alive


def passes(folder: Path, lane: str) -> bool:
    """Whether a lane of the tests passes; one in which no test is (exit 5) does."""
    tests = [str(folder / "tests" / name) for name in TESTS]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-m", lane, *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode in (0, 5)


def main() -> None:
    """Try every mutant; exit 1 when one lives."""
    alive = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("campaign", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("templates", "locales", "assets", "glossary", "pyproject.toml", "campaign.toml", "contacts.toml"):
            (folder / name).symlink_to(ROOT / name)
        if not lives(folder, "standing", "def standing(", "def standing("):
            raise SystemExit("the tests fail without any mutant")
        for name, (module, rule, instead) in MUTANTS.items():
            living = lives(folder, module, rule, instead)
            print(f"{'LIVES ' if living else 'killed'} {module}: {name}", flush=True)
            alive += [name] * living
    print(f"{len(MUTANTS) - len(alive)} of {len(MUTANTS)} mutants were killed.")
    raise SystemExit(bool(alive))


if __name__ == "__main__":
    main()
