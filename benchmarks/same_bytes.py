"""Whether two checkouts of the program make the same files, byte for byte: both editions of one country and all packs.

Each checkout runs as a process of its own, by the command line alone, on the same copy of the reference workspace of
the old one. Prints a table of what was compared and names what differs; the exit code is 1 when anything does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import results

ROOT = Path(__file__).resolve().parents[1]

#: What a workspace consists of; the rest of a checkout is the program.
WORKSPACE = ("campaign.toml", "contacts.toml", "templates", "assets", "locales", "glossary")

#: The fields of a manifest that two programs may fill differently for the same files; nothing else is left out.
#: `inputs` hashes the program's own code, `tools` is its version and those of the libraries.
MAY_DIFFER = ("inputs", "tools")
#: The same for the items of these formats, which are made of many: their `content` hashes the program too.
MAY_DIFFER_IN_ITEMS: Mapping[str, tuple[str, ...]] = {"languages": ("content",), "contact-sheet": ("content",)}

#: The languages that the scratch reviewer signs: one of each direction, and one of another script.
SIGNED = ("de", "ar", "bn")

#: Names of files that are printed when they differ.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Checkout:
    """A tree of the program; runs its command line."""

    folder: Path

    def run(self, at: Path, *arguments: str, ok: Sequence[int] = (0,)) -> str:
        """What `campaign …` prints in the folder `at`; an exit code that is not in `ok` ends the script."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "CAMPAIGN_CACHE": "off"}
        command = (sys.executable, "-m", "campaign", *arguments)
        done = subprocess.run(command, cwd=at, env=environment, capture_output=True, check=False)
        if done.returncode not in ok:
            sys.exit(f"{self.folder}: campaign {' '.join(arguments)}: {done.returncode}\n{done.stderr.decode()}")
        if done.returncode:
            print(f"note: campaign {' '.join(arguments)}: exit code {done.returncode}: {done.stderr.decode()[:300]!r}")
        return done.stdout.decode()


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the reference campaign that is compared; no names of a kind are all of them."""

    country: str
    languages: tuple[str, ...]
    audiences: tuple[str, ...]
    signed: tuple[str, ...]
    printed: tuple[str, ...]
    formats: tuple[str, ...]

    def options(self, languages: Sequence[str], audiences: Sequence[str]) -> tuple[str, ...]:
        """The options that choose these languages and audiences of the country."""
        return ("--country", self.country, *_each("--lang", languages), *_each("--audience", audiences))


def _each(option: str, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(part for value in values for part in (option, value))


def fresh(old: Checkout, at: Path) -> None:
    """A copy of the reference workspace of a checkout."""
    at.mkdir()
    for name in WORKSPACE:
        source = old.folder / name
        if source.is_dir():
            shutil.copytree(source, at / name, ignore=shutil.ignore_patterns(".*"))
        else:
            shutil.copy2(source, at / name)


def verify_contacts(checkout: Checkout, at: Path, part: Part) -> None:
    """Have every contact of the country checked, as this checkout writes it down; no output holds who checked it."""
    listed = json.loads(checkout.run(at, "contacts", "list", "--country", part.country, "--json"))
    for contact in listed["contacts"]:
        who = ("--name", "Scratch", "--on", "2026-11-01", "--how", "for a comparison")
        checkout.run(at, "contacts", "verify", contact["id"], *who)


def sign(old: Checkout, at: Path, part: Part) -> None:
    """Sign every text of a copy in some languages."""
    audiences = part.audiences or tuple(tomllib.loads((at / "campaign.toml").read_text(encoding="utf-8"))["audiences"])
    for language in part.signed:
        chosen = (*_each("--audience", audiences), "--country", part.country)
        old.run(at, "review", "sign", language, *chosen, "--name", "Scratch")


def make(checkout: Checkout, at: Path, part: Part, *, release: bool) -> dict[str, str]:
    """Build an edition and make all its packs; the seconds that each command took are printed, its words given back."""
    edition = ("--release",) if release else ()
    contents = ("--country", part.country)
    printed = part.options(part.signed if release else part.languages, part.printed or part.audiences)
    printed += _each("--format", part.formats)
    commands = (
        ("build", *part.options(part.languages, part.audiences), *edition),
        *(("pack", receiver, *contents, *edition) for receiver in ("web", "sms", "social")),
        ("pack", "printer", *printed, *(() if release else ("--proof",))),
    )
    said = {}
    for command in commands:
        start = time.perf_counter()
        said[f"said by {' '.join(command)}"] = checkout.run(at, *command, ok=(0, 1))
        print(f"{time.perf_counter() - start:7.1f} s  {checkout.folder.name}: campaign {' '.join(command)}", flush=True)
    return said


def hashes(at: Path) -> Iterator[tuple[str, str]]:
    """Each file that was made, and each member of each ZIP in its order, with the hash of its bytes."""
    for path in sorted(at.rglob("*")):
        name = path.relative_to(at).as_posix()
        if not path.is_file() or path.name.startswith(".") or name.startswith(".build/"):  # how files lie on this disk
            continue
        if path.suffix != ".zip":
            yield name, _hash(path.name, path.read_bytes())
            continue
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(archive.infolist()):
                yield f"{name} {number}: {member.filename}", _hash(member.filename, archive.read(member))


def _hash(name: str, data: bytes) -> str:
    """The hash of a file without the fields that may differ."""
    if PurePosixPath(name).name == "manifest.json":
        document = json.loads(data)
        for item in document["items"]:
            for field in MAY_DIFFER_IN_ITEMS.get(item["format"], ()):
                del item[field]
        data = json.dumps({key: value for key, value in document.items() if key not in MAY_DIFFER}).encode()
    return hashlib.sha256(data).hexdigest()


def compare(old: Checkout, new: Checkout, work: Path, part: Part) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of the table, and the names of what differs."""
    rows, different = [], []
    for release in (False, True):
        edition, found = "release" if release else "review", []
        start = work / f"{edition} workspace"
        fresh(old, start)
        if release:
            sign(old, start, part)
        for checkout in (old, new):
            at = work / "workspace"  # the same path for both, should anything print it
            shutil.copytree(start, at)
            if release:
                verify_contacts(checkout, at, part)
            said = make(checkout, at, part, release=release)
            files = dict(hashes(at / "output"))
            if (at / "releases.jsonl").exists():
                files["releases.jsonl"] = _hash("releases.jsonl", (at / "releases.jsonl").read_bytes())
            found.append(files | {name: _hash(name, text.encode()) for name, text in said.items()})
            shutil.rmtree(at)
        groups: dict[str, list[str]] = {}
        for name in sorted(found[0].keys() | found[1].keys()):
            groups.setdefault(_group(name), []).append(name)
        for group, names in groups.items():
            wrong = [name for name in names if found[0].get(name) != found[1].get(name)]
            equal = len(names) - len(wrong)
            rows.append((f"{edition}: {group}", str(len(names)), str(equal), str(len(wrong))))
            different += [f"{edition}: {name}" for name in wrong]
    return rows, different


def _group(name: str) -> str:
    if name.startswith("packs/"):
        return f"ZIPs: {re.split('[-_]', PurePosixPath(name).parts[2])[0]}"
    if name.startswith("said by"):
        return "what the commands say"
    return "history of releases" if name == "releases.jsonl" else "files of the edition"


def main() -> int:
    """Compare two checkouts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="the checkout whose output is right; its reference workspace is used")
    parser.add_argument("new", type=Path, nargs="?", default=ROOT, help="the checkout to compare; this one if left out")
    parser.add_argument("--country", default="BE")
    parser.add_argument("--lang", action="append", default=[], help="only this language of the review edition")
    parser.add_argument("--audience", action="append", default=[], help="only this audience")
    parser.add_argument("--signed", action="append", default=[], help="a language to sign and release")
    parser.add_argument("--printed", action="append", default=[], help="only this audience in packs for printers")
    parser.add_argument("--format", action="append", default=[], help="only this format in packs for printers")
    parser.add_argument("--quick", action="store_true", help="four languages, two audiences, little printed")
    given = parser.parse_args()
    names = given.lang, given.audience, given.signed or SIGNED, given.printed, given.format
    part = Part(given.country, *map(tuple, names))
    if given.quick:
        audiences = ("migrants", "unaccompanied-children")
        part = Part(given.country, ("en", *SIGNED), audiences, ("de", "ar"), audiences[:1], ("palm-card", "trifold-a4"))
    with tempfile.TemporaryDirectory(prefix="same-bytes-") as folder:
        rows, different = compare(Checkout(given.old.resolve()), Checkout(given.new.resolve()), Path(folder), part)
    print(results.table(("what", "compared", "equal", "different"), rows))
    for name in different[:SHOWN]:
        print(f"differs: {name}")
    if len(different) > SHOWN:
        print(f"differs: and {len(different) - SHOWN} more")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
