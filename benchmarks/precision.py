"""How often each rule raises a false alarm on clean text: the catalogues of Debian packages in twelve languages.

Translations of programs in wide use were read by many people, so a finding on them is taken for a false alarm, though
some are true: the rates are upper bounds. Run it with: make precision (Debian: apt-get install coreutils grep sed wget
apt libgtk-3-common libgtk2.0-common iso-codes shared-mime-info gsettings-desktop-schemas
packagekit libpam-runtime; what is absent is left out). It writes its table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import gettext
import itertools
import os
import platform
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from campaign.checks import CHECKS, RULES, check_unit
from campaign.model.finding import Severity
from campaign.model.unit import Unit

LOCALES = Path("/usr/share/locale")
RESULTS = Path(__file__).with_name("RESULTS.md")
LANGUAGES = ("nl", "fr", "de", "el", "it", "ro", "bg", "uk", "ar", "fa", "bn", "es")
DOMAINS = (
    "coreutils", "grep", "sed", "wget", "gtk30", "gtk20", "shared-mime-info", "gsettings-desktop-schemas", "Linux-PAM",
    "PackageKit", "apt", "iso_3166-1", "iso_3166-3", "iso_639-2", "iso_639-3", "iso_4217", "iso_15924",
)  # fmt: skip
#: No error rule may raise more false alarms than this.
LIMIT = 0.02

# A campaign's sentence has none of these: formats, keys of menus, options, paths, code, line breaks.
_PLAIN = re.compile(r"%\(a\d+\)s")
_CODE = re.compile(
    r"[%\\<>|{}$#*=~^@\[\]\n\t_`]|--|(?<!\w)-\w|/|\w+\.\w|\w+\(|\b(?:[A-Z]+_)+[A-Z]+\b|[a-z][A-Z]|&|^\W|\b0x"
)
_FORMAT = re.compile(r"%(?:(\d+)\$)?[-+ 0#']*\d*(?:\.\d+)?(?:l{0,2}|z)[sdiufxc]")
_WORD = re.compile(r"[^\W\d_]+")
#: A word that this many other languages keep as it stands is a name (GTK, setuid, Anvin), given to the checks as one.
KEPT = 2
#: A word that a language itself keeps in this many sentences is a term that its translators agreed to keep (colormap),
#: as a campaign's glossary says do_not_translate.
AGREED = 3
#: Of the messages without a filter one in so many is counted: they are many, and all are counted alike.
EVERY = 10


def units(language: str, *, raw: bool = False) -> Iterator[Unit]:
    """The prose of every catalogue of a language: three words or more, no code. `raw` leaves nothing out."""
    seen: set[str] = set()
    for domain in DOMAINS:
        path = LOCALES / language / "LC_MESSAGES" / f"{domain}.mo"
        if not path.exists():
            continue
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # the public way hides keys
        for key, text in catalogue.items():
            if not isinstance(key, str):  # one form of a plural
                continue
            context, _, source = key.rpartition("\x04")
            source, text = _placeholders(source), _placeholders(text)
            if not text or not source or source in seen:
                continue
            prose = len(source.split()) >= 3 and not any(_CODE.search(_PLAIN.sub("", part)) for part in (source, text))
            if not prose and not raw:
                continue
            seen.add(source)
            yield Unit(language, context, source, "", (text,), where=domain)


def _placeholders(text: str) -> str:
    """The text with its printf formats as placeholders of ours, so that the rule about them has work to do."""
    count = itertools.count(1)
    return _FORMAT.sub(lambda match: f"%(a{match[1] or next(count)})s", text)


def names(everything: Mapping[str, Iterable[Unit]]) -> Callable[[Unit], list[str]]:
    """Gives the names in a unit: the words of its source that enough other languages keep as they stand, and those that
    its own language keeps again and again.
    """
    kept: dict[str, Counter[str]] = defaultdict(Counter)
    agreed: dict[str, Counter[str]] = defaultdict(Counter)
    for mine in everything.values():
        for unit in mine:
            words = _words(unit.source) & _words(unit.text)
            kept[unit.source].update(words)
            agreed[unit.locale].update(words)

    def of(unit: Unit) -> list[str]:
        own, terms = _words(unit.text), agreed[unit.locale]
        return [
            word for word, times in kept[unit.source].items() if times - (word in own) >= KEPT or terms[word] >= AGREED
        ]

    return of


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def count(
    everything: Mapping[str, Iterable[Unit]], names_of: Callable[[Unit], list[str]]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Sentences by language, and those with a finding by rule (with the letter of its severity) and language."""
    texts, alarms, shown = Counter[str](), Counter[tuple[str, str]](), Counter[str]()
    for language, mine in everything.items():
        for unit in mine:
            texts[language] += 1
            found = check_unit(unit, names=names_of(unit))
            for code, severity in {(f.code, f.severity) for f in found}:
                alarms[f"{code} {severity.value[0].upper()}", language] += 1
                if "--show" in sys.argv and code in sys.argv and shown[code + language] < 12:
                    shown[code + language] += 1
                    detail = next(f.detail for f in found if f.code == code)
                    print(f"{code} {severity.value} {language} {detail} | {unit.source} | {unit.text}")
    return texts, alarms


def main() -> int:
    """Count, print and write the table; 1 when an error rule is above the limit."""
    everything = {language: list(units(language)) for language in LANGUAGES}
    texts, alarms = count(everything, names(everything))
    if not texts:
        print("No catalogue is installed.", file=sys.stderr)
        return 1
    whole = {language: itertools.islice(units(language, raw=True), 0, None, EVERY) for language in LANGUAGES}
    return _report(texts, alarms, *count(whole, lambda unit: []))


def _rows(
    kinds: Iterable[str], texts: Counter[str], alarms: Counter[tuple[str, str]]
) -> Iterator[tuple[str, float, float]]:
    """(line of the table, rate over all, worst rate of one language) of each kind."""
    total = sum(texts.values())
    for kind in kinds:
        rate = sum(alarms[kind, language] for language in texts) / total
        rates = [alarms[kind, language] / texts[language] for language in texts]
        each = " | ".join(f"{100 * one:.1f}" for one in rates)
        yield f"| {kind} | {100 * rate:.2f} | {each} |", rate, max(rates)


def _report(
    texts: Counter[str],
    alarms: Counter[tuple[str, str]],
    raw_texts: Counter[str],
    raw_alarms: Counter[tuple[str, str]],
) -> int:
    total = sum(texts.values())
    kinds = sorted(
        {kind for kind, _ in alarms} | {f"{code} {RULES[code].severity.value[0].upper()}" for code in CHECKS}
    )
    lines = list(_rows(kinds, texts, alarms))
    letter = Severity.ERROR.value[0].upper()
    worst = max(most for (_, _, most), kind in zip(lines, kinds, strict=True) if kind.endswith(letter))
    rows = [line for line, _, _ in lines]
    errors = sorted({kind for kind, _ in raw_alarms if kind.endswith(letter)})
    raw_rows = [line for line, _, _ in _rows(errors, raw_texts, raw_alarms)]
    heading = (
        "## False alarms on clean text\n\n"
        f"Command: `make precision`. {total} sentences of Debian's catalogues in {len(texts)} languages, "
        f"read with gettext; {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}.\n"
        "Per cent of the sentences with a finding of the rule (E error, W warning). Every finding\n"
        "counts as a false alarm, so these are upper bounds: some are faults of the catalogues. The filter: sentences\n"
        "of three words or more without code (formats other than %s and %d, menu keys, markup, options, paths, names\n"
        "with capitals or underscores inside, addresses, line breaks). A word that two other languages keep as it\n"
        "stands is a name, and one that the language itself keeps in three sentences is an agreed term, as a glossary\n"
        "has them.\n\n"
    )
    head = f"| rule | all | {' | '.join(texts)} |\n|{'---|' * (len(texts) + 2)}\n"
    sentences = f"| sentences | {total} | {' | '.join(map(str, texts.values()))} |\n"
    every = f"| messages | {sum(raw_texts.values())} | {' | '.join(map(str, raw_texts.values()))} |\n"
    unfiltered = (
        "\nThe same catalogues without any filter, every tenth translated message, nothing taken for a name or a\n"
        "term; error rules only. Most of it is no text of a campaign: code, formats, keys, lists of options.\n\n"
    )
    table = heading + head + sentences + "\n".join(rows) + "\n" + unfiltered + head + every + "\n".join(raw_rows) + "\n"
    before, title, after = RESULTS.read_text(encoding="utf-8").partition("## False alarms on clean text")
    rest = after[after.index("\n## ") :] if title and "\n## " in after else ""
    RESULTS.write_text(f"{before.rstrip()}\n\n{table}{rest}", encoding="utf-8")
    print(table)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
