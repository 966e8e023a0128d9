"""The language that a file goes by: in its name, in its folder, or in itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import PurePath

import regex

from campaign import languages
from campaign.model.language import Language

#: Other names of a language of the registry: the bibliographic codes of ISO 639-2, codes of what is written the same
#: (ISO 639-3), withdrawn codes, regions that say the script, and names that people type.
_ALSO = {
    "fre": "fr", "ger": "de", "dut": "nl", "gre": "el", "per": "fa", "chi": "zh-Hans", "rum": "ro", "alb": "sq",
    "arm": "hy", "geo": "ka", "bur": "my", "cze": "cs", "slo": "sk", "mac": "mk", "pes": "fa", "arb": "ar",
    "cmn": "zh-Hans", "swh": "sw", "pbt": "ps", "pbu": "ps", "gaz": "om", "orm": "om", "tgl": "fil", "tl": "fil",
    "ku": "kmr", "kur": "kmr", "ku-arab": "ckb", "ku-iq": "ckb", "ku-ir": "ckb", "iw": "he", "no": "nb", "nor": "nb",
    "srp": "sr-Cyrl",
    "sr": "sr-Cyrl", "zh": "zh-Hans", "zho": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-my": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "fa-af": "prs", "ar-ma": "ary", "ar-eg": "arz",
    "farsi": "fa", "persian": "fa", "sorani": "ckb", "kurmanji": "kmr", "flemish": "nl",
    "tagalog": "fil", "filipino": "fil", "mandarin": "zh-Hans", "chinese": "zh-Hans", "simplified": "zh-Hans",
    "traditional": "zh-Hant", "cantonese": "zh-Hant", "burmese": "my", "myanmar": "my", "punjabi": "pa",
    "panjabi": "pa", "pidgin": "pcm", "romani": "rom", "romany": "rom", "serbian": "sr-Cyrl", "oromo": "om",
    "sinhalese": "si", "brazilian": "pt-BR", "moldovan": "ro", "norwegian": "nb", "castilian": "es", "dari": "prs",
    "pashto": "ps", "pushto": "ps", "bangla": "bn", "fula": "ff", "fulani": "ff", "azeri": "az", "uighur": "ug",
}  # fmt: skip

#: Words of so many letters may be codes of languages: taken for one only as the last word of a name, or as a folder.
_WORDLIKE = 3


#: What people write behind the language: a year, a version, the word for the last one.
_VERSION = regex.compile(r"v?\d{1,8}|rev\d*|final\d*|", regex.IGNORECASE)


def declared(file: str, own: str) -> str:
    """The registry tag that a file goes by, empty when there is none.

    In its name (`leaflet-ar.pdf`, `leaflet-fra.pdf`, `French leaflet.docx`, `leaflet-es-MX.pdf`), in its folder
    (`ar/…`), or in itself (`own`: the lang of HTML, the /Lang of PDF). BCP 47, ISO 639-1 to 3, English and own names.
    """
    path = PurePath(file)
    pieces = regex.split(r"[-_.,() ]+", (path.name.rpartition(".")[0] or path.name).strip("()"))
    while len(pieces) > 1 and _VERSION.fullmatch(pieces[-1]):
        pieces.pop()
    # A folder may be called mac, geo or no: only what is more than an old code counts there.
    folders = [name for name in reversed(path.parts[:-1][-3:]) if len(name) > _WORDLIKE or name.lower() not in _ALSO]
    alone = len(pieces) == 1 and len(path.parts) == 1
    # From the end: the tag is the last word of a name more often than the first. A lone short word may be a word.
    for one, two in reversed(list(pairwise(pieces))):
        if found := _paired(one, two):
            return found
    for piece in (pieces[-1], *folders):
        if found := tag(piece):
            return found if not alone or piece == path.stem else ""
    for piece in reversed(pieces):
        if len(piece) > _WORDLIKE and (found := tag(piece)):
            return found
    if len(pieces) > 1 and len(pieces[0]) <= _WORDLIKE and (found := tag(pieces[0])):
        return found
    return tag(own.replace("_", "-"))


def tag(name: str) -> str:
    """The registry tag of a tag, code or name of a language; empty when it is none. An unknown region falls."""
    known = _known(languages.own())
    wanted = unicodedata.normalize("NFC", name.replace("_", "-")).casefold()
    while wanted:
        if wanted in known:
            return known[wanted]
        wanted = wanted.rpartition("-")[0]
    return ""


def _paired(one: str, two: str) -> str:
    """The tag of a language and its region or script (`es-MX`, `zh-Hant`); empty when the two are not that."""
    whole = f"{one}-{two}".casefold()
    if whole in _known(languages.own()):
        return _known(languages.own())[whole]
    found = tag(one) if regex.fullmatch(r"[a-z]{2,3}", one) else ""
    if not found or tag(two) == found:
        return ""
    script = regex.fullmatch(r"[A-Z][a-z]{3}", two)
    fits = two == languages.registry()[found].script if script else regex.fullmatch(r"[A-Z]{2}|419", two)
    return found if fits else ""


@cache
def _known(_: tuple[Language, ...]) -> Mapping[str, str]:
    """Every code and name, casefolded -> registry tag; what the registry itself says goes first. Of the workspace's own
    languages too, for whose sake it is asked for anew.
    """
    found: dict[str, str] = {}
    for known in languages.registry().values():
        names = (known.tag, known.iso639_3, known.autonym, known.english, known.english.partition(" (")[0])
        for name in names:
            found.setdefault(unicodedata.normalize("NFC", name).casefold(), known.tag)
    del found["kurdish"]  # Sorani or Kurmanji: the name alone does not say
    for also, meant in _ALSO.items():
        found.setdefault(also, meant)
    return found
