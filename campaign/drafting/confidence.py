"""How far a draft can be trusted, by what can be counted: a hint for the mediator, never a verdict.

The mean log-probability per token is the best signal where the engine gives it; the others are heuristics that were
tried on campaign sentences.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from campaign import sentence_ends
from campaign.languages import get


class Level(StrEnum):
    """What a mediator reads."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Confidence:
    """A level, the mean log-probability behind it (None when the engine gives none), and what was noticed."""

    level: Level
    score: float | None
    flags: tuple[str, ...] = ()

    def __str__(self) -> str:
        score = "no score" if self.score is None else f"{self.score:.2f}"
        return f"{self.level} ({score})" + (f"; {', '.join(self.flags)}" if self.flags else "")


#: Above the first a draft reads well, below the second it is a guess (judged by eye on the test model's sentences).
GOOD, POOR = -0.35, -0.9

#: One of these makes a draft doubtful by itself.
GRAVE = frozenset({"copy of the source", "source words left", "negation", "repetition", "in pieces"})

_WORD = re.compile(r"[^\W\d_]+")
_NO = re.compile(r"\b(not|never|no|nobody|none|without|cannot|nothing|neither|nor|\w+n[’']t)\b", re.IGNORECASE)

#: Words that deny, by language; a language that is not here gets no flag.
NEGATIONS = {
    "pt": r"não|nunca|jamais|nada|ninguém|nenhum\w*|nem|sem",
    "es": r"no|nunca|jamás|nada|nadie|ning[uú]n\w*|ni|sin|tampoco",
    "fr": r"ne|n|pas|jamais|rien|personne|aucun\w*|ni|sans|non",
    "it": r"non|mai|niente|nulla|nessun\w*|né|senza|no",
    "de": r"nicht|nie|niemals|nichts|niemand\w*|kein\w*|weder|noch|ohne|nein",
    "nl": r"niet|nooit|niets|niemand|geen|noch|zonder|nee",
    "ro": r"nu|niciodată|nimic|nimeni|niciun\w*|nici|fără",
    "ru": r"не|нет|никогда|ничего|ничто|никто|никого|ни|без|нельзя",
    "uk": r"не|немає|нема|ніколи|нічого|ніщо|ніхто|нікого|ні|без",
    "bg": r"не|няма|никога|нищо|никой|ни|без|нито",
    "el": r"δεν|δε|μη|μην|ποτέ|τίποτα|κανείς|κανένας|χωρίς|ούτε|όχι",
}

#: English words that no other language of the registry in Latin script has as an ordinary word.
_ENGLISH = frozenset(
    (
        "the",
        "and",
        "of",
        "your",
        "you",
        "is",
        "are",
        "with",
        "for",
        "that",
        "this",
        "have",
        "from",
        "they",
        "will",
        "not",
    )
)


def judge(
    source: str,
    text: str,
    locale: str,
    score: float | None,
    *,
    stitched: bool = False,
    copied: bool = False,
    language: str = "en",
) -> Confidence:
    """The confidence in a draft of `source`, a text in `language`; `copied` when one of its sentences came back as it
    was.
    """
    found = flags(source, text, locale, language) + (["in pieces"] if stitched else [])
    if copied and "copy of the source" not in found:
        found.append("source words left")
    if GRAVE & set(found) or (score is not None and score < POOR) or len(found) > 1:
        level = Level.LOW
    elif found or score is None or score < GOOD:
        level = Level.MEDIUM
    else:
        level = Level.HIGH
    return Confidence(level, score, tuple(found))


def _negation(language: str) -> re.Pattern[str] | None:
    """The words of a language that say no; None where nobody listed them."""
    words = NEGATIONS.get(language.partition("-")[0])
    return _NO if language == "en" else re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None


def _english(words: list[str]) -> bool:
    """Whether more words of a text are English than a name or two would bring."""
    return bool(words) and sum(word in _ENGLISH for word in words) > max(1, len(words) / 5)


def flags(source: str, text: str, locale: str, language: str = "en") -> list[str]:
    """What can be counted and differs, in words; `language` is the one of the source."""
    before, after = _words(source), _words(text)
    found = []
    if len(" ".join(before)) > 3 and difflib.SequenceMatcher(None, before, after).ratio() > 0.9:
        found.append("copy of the source")
    elif language == "en" and get(locale).script == "Latn" and _english(after):
        found.append("source words left")
    asked, own = _negation(language), _negation(locale)
    if asked and own and bool(asked.search(source)) != bool(own.search(text)):
        found.append("negation")
    if _repeats(after) and not _repeats(before):
        found.append("repetition")
    if not 0.4 <= (len(text) + 8) / (len(source) + 8) <= 2.2 and get(locale).script == "Latn":
        found.append("length")
    plain = sentence_ends.plain(text, locale)
    if [source.count(sign) for sign in "?!:("] != [plain.count(sign) for sign in "?!:("]:
        found.append("punctuation")
    if sentence_ends.count(source) != sentence_ends.count(text, locale) and locale not in sentence_ends.UNPOINTED:
        found.append("sentence count")
    return found


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _repeats(words: list[str]) -> bool:
    """Whether one to three words are said twice in a row, or three words come back anywhere."""
    doubled = any(
        words[at : at + size] == words[at + size : at + 2 * size]
        for size in (1, 2, 3)
        for at in range(len(words) - 2 * size + 1)
    )
    triples = Counter(tuple(words[at : at + 3]) for at in range(len(words) - 2))
    return doubled or any(count > 1 for count in triples.values())
