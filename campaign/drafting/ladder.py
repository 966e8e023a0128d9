"""Sentences through an engine, a batch per rung of the ladder, until each has a translation that is proved whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from campaign.drafting import confidence, sentences, surrogates, verify
from campaign.drafting.protect import Span, spans
from campaign.drafting.surrogates import Surrogate
from campaign.model.hypothesis import Hypothesis
from campaign.protocols import TranslationEngine

HYPOTHESES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a sentence: its text and score, or why there is none. `stitched`: translated in pieces."""

    text: str = ""
    score: float | None = None
    stitched: bool = False
    fault: str = ""


#: Makes the stand-ins of a sentence on a rung; the glossary puts its own among them.
Maker = Callable[[str, Sequence[Span], str], "list[Surrogate] | None"]


def plain(text: str, protected: Sequence[Span], rung: str) -> list[Surrogate] | None:
    """The stand-ins of a sentence without a glossary."""
    return surrogates.make(protected, rung, text)


def climb(
    engine: TranslationEngine, texts: Sequence[str], locale: str, names: Sequence[str] = (), *, stitch: bool = True
) -> dict[str, Outcome]:
    """The outcome of each sentence, by sentence."""
    outcomes: dict[str, Outcome] = {}
    open_ = {text: spans(text, names) for text in dict.fromkeys(texts)}
    for rung in surrogates.RUNGS:
        waiting = {text: found for text, found in open_.items() if found or rung == surrogates.RUNGS[0]}
        waiting = {text: found for text, found in waiting.items() if not outcomes.get(text, Outcome()).text}
        outcomes |= attempt(engine, waiting, rung, locale, names, plain)
    if stitch:
        failed = [text for text, found in open_.items() if found and not outcomes[text].text]
        outcomes |= _stitch(engine, failed, locale, names)
    return outcomes


def attempt(
    engine: TranslationEngine,
    waiting: Mapping[str, Sequence[Span]],
    rung: str,
    locale: str,
    names: Sequence[str],
    maker: Maker,
) -> dict[str, Outcome]:
    """One batch: each sentence with its stand-ins of this rung; only proved translations come back with a text."""
    made = {text: maker(text, found, rung) for text, found in waiting.items()}
    ready = [text for text, own in made.items() if own is not None]
    cases = {text: _lowered(text, waiting[text]) for text in ready}
    shown = [surrogates.shown_text(cases[text], waiting[text], made[text] or ()) for text in ready]
    offers = list(engine.translate(shown, hypotheses=HYPOTHESES)) if shown else []
    outcomes = {text: Outcome(fault="it holds too many placeholders") for text in waiting if text not in cases}
    # An engine that gives fewer answers than it was asked for has none for the rest.
    offers += [[]] * (len(ready) - len(offers))
    for text, offered in zip(ready, offers, strict=False):
        outcomes[text] = _best(text, offered, made[text] or (), locale, names, raised=cases[text] != text)
    return outcomes


def _best(
    text: str,
    offered: Sequence[Hypothesis],
    own: Sequence[Surrogate],
    locale: str,
    names: Sequence[str],
    *,
    raised: bool,
) -> Outcome:
    """The proved hypothesis with the fewest flags, the engine's order deciding between equals."""
    fault, best, fewest = "the engine gave nothing", None, 99
    for hypothesis in offered[:HYPOTHESES]:
        parts = surrogates.restore(hypothesis.text, own)
        if parts is None:
            fault = "a placeholder, a number or a name did not come back" if own else fault
            continue
        words = "".join(part if protected else _raise(part, locale, raised) for part, protected in parts).strip()
        kept = [_raise(item.original, locale, raised and item.kind == "term") for item in own]
        # A sentence is one line; only the source's own line ends, which are outside of it, make a new one.
        if found := verify.faults(text, words, names, kept=kept):
            fault = found[0]
            continue
        flags = len(confidence.flags(text, words, locale))
        if flags < fewest:
            best, fewest = Outcome(_cased(text, words), hypothesis.score), flags
    return best or Outcome(fault=fault)


def _lowered(text: str, protected: Sequence[Span]) -> str:
    """A sentence in capitals as an ordinary one (engines copy capitals or spell them out); same length, same places."""
    own = {place for span in protected for place in range(span.start, span.end)}
    letters = [c for place, c in enumerate(text) if place not in own and c.isalpha()]
    if len(letters) < 4 or any(c.islower() for c in letters):
        return text
    lowered = [c if place in own or len(c.lower()) > 1 else c.lower() for place, c in enumerate(text)]
    first = next(place for place, c in enumerate(lowered) if place not in own and c.isalpha())
    lowered[first] = text[first]
    return "".join(lowered)


def _raise(text: str, locale: str, raised: bool) -> str:
    if not raised:
        return text
    return (text.replace("i", "İ") if locale in ("tr", "az") else text).upper()


def _cased(source: str, text: str) -> str:
    """A capital at the start where the source has one, and none where it has none."""
    if source[:1].isupper() and text[:1].islower() and not text.startswith(("http", "www")):
        return text[0].upper() + text[1:]
    return text


def _stitch(engine: TranslationEngine, texts: Sequence[str], locale: str, names: Sequence[str]) -> dict[str, Outcome]:
    """Translate what stands between the protected stretches piece by piece, and put it together: a low hand."""
    pieces = {text: _between(text, names) for text in texts}
    wanted = [core for parts in pieces.values() for _, core, _, protected in parts if core and not protected]
    done = climb(engine, wanted, locale, names, stitch=False) if wanted else {}
    outcomes = {}
    for text, parts in pieces.items():
        words, scores, fault = "", [], ""
        for lead, core, tail, protected in parts:
            if protected or not core:
                words += lead + core + tail
                continue
            outcome = done[core]
            fault = fault or outcome.fault
            scores.append(outcome.score)
            words += lead + _piece(core, outcome.text) + tail
        found = [fault] if fault else verify.faults(text, words, names)
        known = [score for score in scores if score is not None]
        score = sum(known) / len(known) if known and len(known) == len(scores) else None
        outcomes[text] = Outcome(fault=found[0]) if found else Outcome(words, score, stitched=True)
    return outcomes


def _between(text: str, names: Sequence[str]) -> list[tuple[str, str, str, bool]]:
    """The text as (lead, core, tail, protected) pieces; leads and tails are spaces and signs."""
    parts, at = [], 0
    for span in [*spans(text, names), Span(len(text), len(text), "", "")]:
        between = re.fullmatch(r"(?s)([\W_]*)(.*?)([\W_]*)", text[at : span.start])
        assert between is not None  # noqa: S101 - the pattern matches any text
        parts += [(between[1], between[2], between[3], False), ("", span.text, "", True)]
        at = span.end
    return parts


def _piece(source: str, text: str) -> str:
    """A piece without the full stop and the capital that engines give to what they take for a whole sentence."""
    text = text if source[-1:] in ".!?" else text.rstrip(".!?")
    return text[:1].lower() + text[1:] if source[:1].islower() else text


def is_wordless(text: str, names: Sequence[str] = ()) -> bool:
    """Whether there is nothing to translate: it stays as it is."""
    return not sentences.has_words(text, spans(text, names))
