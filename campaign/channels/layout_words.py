"""What a layout says by itself: words of the finished PDF that are no words of the values it was given."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

import regex

from campaign.provenance.remainder import bare, texts_in
from campaign.typeset import layer

#: Scripts whose letters a PDF reader gives back as they were set (measured in de, el, ru, ti; not so ar, bn, km).
_EXACT = frozenset({"Latn", "Grek", "Cyrl", "Ethi"})
_OF_EXACT = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Ethiopic}\p{N}]+")
_HYPHEN = regex.compile(r"(?<=\p{L})[-\u2010\u2011](?=\p{L})")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}\p{Sc}\p{So}]+")
#: Not for readers: what the compiler and the layout are told.
_TOLD = frozenset(
    (
        "lang",
        "region",
        "dir",
        "script",
        "fonts",
        "palette",
        "accent",
        "logo",
        "illustration",
        "qr",
        "words",
        "runs",
        "format",
    )
)


def foreign_words(pdf: bytes, values: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """(page, word) of every word of a PDF, and of what it tells a screen reader, that no value of its layout holds.

    The numbers of a list and of pages are a layout's own. In a script whose text layer is not what was set, only words
    of other scripts and figures can be judged: a layout is the same file in every language.
    """
    texts = {bare(text) for text in texts_in({name: value for name, value in values.items() if name not in _TOLD})}
    # A word with a hyphen of its own (rendez-vous) that is parted there comes back without it.
    words = {word for text in texts for each in (text, _HYPHEN.sub("", text)) for word in _words(each)}
    exact = str(values["script"]) in _EXACT
    letters = {"".join(sorted(word)) for word in words}
    joined = "\n".join("".join(_words(text)) for text in texts)
    for number, page in enumerate(layer.page_texts(pdf), start=1):
        for word in dict.fromkeys(_strange(_words(page), words)):
            # In a right-to-left line a reader turns a code such as T36PMN round, letters and figures by themselves, and
            # loses the spaces between Latin words that stand beside Nastaliq.
            turned = "".join(sorted(word)) in letters or word in joined
            known = not exact and (turned or not _OF_EXACT.fullmatch(word))
            if not known and not _numeral(word):
                yield number, word
    if exact:
        for number, text in dict.fromkeys(layer.alternatives(pdf)):
            if bare(text) not in texts and any(word not in words for word in _words(text)):
                yield number, text


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", bare(text)))


def _strange(found: list[str], words: set[str]) -> Iterator[str]:
    """Words that are in no value, nor the first or the last part of one that stands on two lines."""
    for before, word, after in zip(["", *found], found, [*found[1:], ""], strict=False):
        if word not in words and before + word not in words and word + after not in words:
            yield word


def _numeral(word: str) -> bool:
    """Whether a word numbers a line of a list or a page: one or two figures."""
    return len(word) <= 2 and word.isdecimal()
