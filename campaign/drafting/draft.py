"""Source texts to drafts: split, protect, translate in batches, put together; the whole string is proved last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaign.catalogue.glossary import Glossary
from campaign.drafting import ladder, sentences, verify
from campaign.drafting.confidence import Confidence, judge
from campaign.drafting.terms import Terms
from campaign.protocols import TranslationEngine


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of one text: proved whole, or empty with the reason in `fault`. `terms` says what the glossary did."""

    source: str
    text: str = ""
    confidence: Confidence | None = None
    terms: tuple[str, ...] = ()
    fault: str = ""


class Drafter:
    """An engine, a language, its glossary and the names that stay as they are, ready for texts."""

    def __init__(
        self, engine: TranslationEngine, locale: str, glossary: Glossary | None = None, names: Sequence[str] = ()
    ) -> None:
        self.engine, self.locale = engine, locale
        glossary = glossary or Glossary(locale)
        self._language = glossary.source
        self._names = tuple(dict.fromkeys((*names, *glossary.names)))
        self._terms = Terms(engine, glossary, locale)

    def draft(self, texts: Sequence[str]) -> list[Draft]:
        """One draft per text, in order; every sentence of every text goes through the engine in the same batches."""
        spoken = {text: _spoken(text) for text in texts}
        split = {text: sentences.split(text, self._names) for text in dict.fromkeys(spoken.values())}
        cores = dict.fromkeys(
            piece.core
            for pieces in split.values()
            for piece in pieces
            if piece.core and not ladder.is_wordless(piece.core, self._names)
        )
        outcomes = ladder.climb(self.engine, tuple(cores), self.locale, self._names) if cores else {}
        done = {core: self._terms.apply(core, outcome) for core, outcome in outcomes.items()}
        made = {text: self._assembled(text, pieces, done) for text, pieces in split.items()}
        return [made[spoken[text]] if text == spoken[text] else _together(text, made[spoken[text]]) for text in texts]

    def _assembled(
        self, text: str, pieces: Sequence[sentences.Sentence], done: dict[str, tuple[ladder.Outcome, list[str]]]
    ) -> Draft:
        words, scores, notes, stitched, copied = "", [], [], False, False
        for piece in pieces:
            outcome, terms = done.get(piece.core, (ladder.Outcome(piece.core), []))
            if piece.core and not outcome.text:
                return Draft(text, fault=outcome.fault)
            words += piece.lead + outcome.text + piece.tail
            notes += terms
            stitched = stitched or outcome.stitched
            copied = copied or (piece.core in done and outcome.text.casefold() == piece.core.casefold())
            if piece.core in done:
                scores.append((outcome.score, len(piece.core)))
        # A glossary term that holds a do-not-translate name or a digit is caught here as well.
        if found := verify.faults(text, words, self._names):
            return Draft(text, fault=found[0])
        known = [(score, length) for score, length in scores if score is not None]
        total = sum(length for _, length in known)
        score = sum(s * n for s, n in known) / total if total and len(known) == len(scores) else None
        confidence = judge(text, words, self.locale, score, stitched=stitched, copied=copied, language=self._language)
        return Draft(text, words, confidence, tuple(dict.fromkeys(notes)))


def _spoken(text: str) -> str:
    """Words written together for a hashtag, as a sentence: engines do not know YouHaveRights."""
    if not re.fullmatch(r"(?:[A-Z][a-z]+){2,}", text):
        return text
    first, *rest = re.findall(r"[A-Z][a-z]+", text)
    return " ".join([first, *map(str.lower, rest)])


def _together(source: str, draft: Draft) -> Draft:
    """The draft of such a sentence written together again; with low lines where a script has no capitals."""
    words = re.findall(r"[^\W_]+", draft.text)
    link = "" if draft.text.lower() != draft.text.upper() else "_"
    return replace(draft, source=source, text=link.join(word[:1].upper() + word[1:] for word in words))


def back_translate(engine: TranslationEngine, texts: Sequence[str], source: str = "en") -> list[str]:
    """Each text in the other language again, for people who cannot read it: unreliable, shown and never judged by.

    An engine makes good source text of a bad translation, and of an untranslated copy. What cannot be proved whole is
    given as the engine says it; a text that it has nothing for is empty.
    """
    drafts = Drafter(engine, source).draft(texts)
    raw = iter(engine.translate([draft.source for draft in drafts if not draft.text], hypotheses=1))
    return [draft.text or next((offer.text for offer in next(raw, [])), "") for draft in drafts]
