"""How a language writes a word of its glossary: clitics before it, endings behind it, other last letters, no spaces.

One matcher for drafting and for checking. It finds more than a grammar would, and no other word: letters are added to a
word only where they are listed, or so many that a word of this length is still the same one. Words are compared folded
(`campaign.folded`): without accents, vowel signs and hamza.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

from campaign.folded import folded

_LETTER, _EDGE = r"[\p{L}\p{M}']", r"[\p{L}\p{M}]"


@dataclass(frozen=True, slots=True)
class Inflection:
    """What may stand around a word, as patterns.

    before   what may touch it in front; `article` is what this holds already
    behind   its endings, where they are listed; `last` says what the last letters of a word may be instead, by them
    few      the endings of a word of fewer letters than `tiny`, where all of them would make other words
    short    the endings of a short word, where they are not listed
    grown    how many letters more than it has a longer word may end with, by its length; `dropped`: how many may go
    spaced   whether words are parted by spaces
    """

    before: str = ""
    behind: str | None = None
    article: str = ""
    last: Mapping[str, str] | None = None
    few: str | None = None
    tiny: int = 3
    short: str = rf"(?:{_LETTER}|es|en|er)?"
    grown: tuple[int, int, int] = (2, 3, 4)
    dropped: tuple[int, int, int] = (1, 2, 2)
    spaced: bool = True

    def word(self, word: str) -> str:
        """The pattern of one word of a form; the word is folded."""
        bare = word.removeprefix(self.article) if len(word) > len(self.article) + 1 else word
        if self.behind is not None:
            few = self.few is not None and len(bare) < self.tiny
            return self.before + self._ended(bare) + ((self.few if few else self.behind) or "")
        if len(bare) < _SHORT:
            return self.before + regex.escape(bare) + self.short
        size = 0 if len(bare) < _MIDDLE else 1 if len(bare) < _LONG else 2
        dropped = self.dropped[size]
        return self.before + regex.escape(bare[:-dropped]) + rf"{_LETTER}{{0,{dropped + self.grown[size]}}}"

    def _ended(self, word: str) -> str:
        """A word before its listed endings: what its last letters may be."""
        for ending in sorted(self.last or (), key=len, reverse=True):
            if word.endswith(ending) and len(word) > len(ending):
                return regex.escape(word.removesuffix(ending)) + (self.last or {})[ending]
        if self.last is _ETHIOPIC_ROWS and word:
            return regex.escape(word[:-1]) + _row(word[-1])
        return regex.escape(word)


#: Letters from which on a word is more than short, middling, and long.
_SHORT, _MIDDLE, _LONG = 5, 7, 9


def _row(letter: str) -> str:
    """An Ethiopic letter with any of the eight vowels of its row (Unicode lists them so): ም, ሞ."""
    if not regex.fullmatch(r"\p{Ethiopic}", letter):
        return regex.escape(letter)
    first = ord(letter) // 8 * 8
    return f"[{chr(first)}-{chr(first + 7)}]"


_PLAIN = Inflection()
_GERMANIC = Inflection(short="(?:e|en|er|es|s|n|em|ern|in|innen)?")
#: Vowels, and behind them what cases, numbers and articles end in; the last vowel of a word, or its soft sign, goes.
_CYRILLIC, _VOWELS = "аеёєиіїоуыьюяйъ", "aeiouy"
_CYRILLIC_SLAVIC = Inflection(
    behind=f"(?:[{_CYRILLIC}]?(?:ми|ма|го|му|та|то|те|ва)|[{_CYRILLIC}]{{0,3}}[хмвйт]?)",
    last={**dict.fromkeys(_CYRILLIC, ""), "ен": "е?н", "ец": "е?ц", "ок": "о?к"},
)
_LATIN_SLAVIC = Inflection(
    behind=f"[{_VOWELS}]{{0,3}}(?:m|mi|ma|ch|h|w|wi|v|vi|j|go|ho|mu|ga|t)?",
    last={**dict.fromkeys(_VOWELS, ""), "ek": "e?k"},
)
_BALTIC = Inflection(
    behind=f"[{_VOWELS}]{{0,3}}(?:mis|ms|m|s|je|se|n|jos|t|i)?",
    last={**dict.fromkeys((*_VOWELS, "as", "is", "us", "es"), ""), "s": "s?"},
)
_ITALIAN = Inflection(
    behind="",
    last={
        **dict.fromkeys("aeio", "[aeio]"), "ca": "c(?:a|he|o|hi|i)", "co": "c(?:o|hi|i|a|he)", "ga": "g(?:a|he|o|hi|i)",
        "go": "g(?:o|hi|i|a|he)", "che": "(?:ca|che)", "chi": "(?:co|chi)", "tore": "(?:tore|tori|trice|trici)",
        "trice": "(?:tore|tori|trice|trici)",
    },
)  # fmt: skip
#: Number and gender of Spanish, Catalan, Galician and Portuguese.
_IBERIAN = Inflection(
    behind="(?:es|s)?",
    last={
        "o": "[oa]", "a": "[ao]", "os": "[oa]s?", "as": "[oa]s?", "es": "(?:es?)?", "s": "s?", "ao": "(?:ao|oe|ae)",
        "oes": "(?:ao|oes)", "l": "[li]", "is": "(?:l|is)", "m": "[mn]", "z": "[zc]",
    },
)  # fmt: skip
_FRENCH = Inflection(
    behind="(?:es|e|s|x)?",
    last={
        "s": "s?", "x": "x?", "es": "(?:es?)?", "e": "e?", "al": "a[lu]", "eur": "(?:eur|eus|ric)",
        "rice": "(?:rice|eur)",
    },
)  # fmt: skip
#: The article stands behind: acte, actele, actelor.
_ROMANIAN = Inflection(
    behind="(?:urilor|urile|uri|ului|ul|iilor|iile|ilor|ile|ii|elor|ele|ei|lor|lui|le|l|i|e|a)?",
    last=dict.fromkeys(("ul", "ului", "le", "ele", "a", "e", "i"), "") | dict.fromkeys(("ia", "ie", "iei", "ii"), "i"),
)
#: The endings of each kind of noun and adjective: a word keeps its kind (γραμμή is no γράμμα).
_GREEK_A, _GREEK_O, _GREEK_E = "α[σς]?|ε[σς]|ων", "ο[σςν]?|ου[σς]?|οι|ων|α|ε", "η[σς]?|ε[σς]|ων|ει[σς]|εω[σς]|εων"
_GREEK = Inflection(
    behind="",
    last={
        "μα": "μα(?:το[σς]|τα|των)?", "ι": "ι(?:ου|α|ων)?", "ια": f"ι(?:{_GREEK_A}|ου)?", "α": f"(?:{_GREEK_A}|ο|ου)",
        "ας": f"(?:{_GREEK_A})", "εα": "ε(?:α[σς]?|ων|ω[σς]|ι[σς])", "η": f"(?:{_GREEK_E})", "ης": f"(?:{_GREEK_E}|ου)",
        "ες": f"(?:{_GREEK_E}|α[σς]?|ο[σς]|οι|ου[σς]?)", "ος": f"(?:{_GREEK_O}|η[σς]?)", "ο": f"(?:{_GREEK_O})",
        "οι": f"(?:{_GREEK_O})", "ων": f"(?:{_GREEK_O}|{_GREEK_E})",
    },
)  # fmt: skip
#: Words never change: a letter more is another word.
_FIXED = Inflection(behind="")
#: And, so; with, like, for; the article, which for and the article make one. Behind: number, then whose.
_ARABIC = Inflection(
    "[وف]?(?:[بك]?ال|لل|[بكلس])?",
    "(?:اتي?|تين?|ان|ين|ون|ا|ي|ت)?(?:هما|هم|هن|ها|ه|كما|كم|كن|ك|نا|ني|ي)?",
    "ال",
    {"ة": "[ةته]", "ى": "[ىاي]"},
    "(?:ان|ين)?(?:هما|هم|هن|ها|ه|كما|كم|كن|ك|نا)?",
)
_HEBREW = Inflection(
    "(?:כש|לכש|[והבכלמש]){0,3}",
    "(?:ים|ות|יות|י|ה|ת)?(?:יהם|יהן|יכם|יכן|ינו|יך|יו|יה|הם|הן|כם|כן|נו|ני|ך|ו|ה|ם|ן|י)?",
    last={"ה": "[הת]?", "ם": "[םמ]", "ן": "[ןנ]", "ץ": "[ץצ]", "ף": "[ףפ]", "ך": "[ךכ]", "ים": "(?:ים|י)"},
)
#: In Persian and Dari endings may stand behind a joiner, without, between them a glide.
_PERSIAN = Inflection(
    "",
    "\u200c?(?:های|ها|ان|یان|گان|ات)?\u200c?(?:یی|ای|ی|یم|یت|یش|م|ت|ش|مان|تان|شان|یمان|یتان|یشان|ام|ات|اش|اند|است|ند|ید|ایم)?",
)
_ETHIOPIC_ROWS: Mapping[str, str] = {}
_ETHIOPIC = Inflection(
    "(?:ስለ|እንደ|ወደ|እስከ|ያለ|ካብ|ናብ|ናይ|ብዘይ|ከም|እን|በ|ለ|ከ|የ|ብ|ን|ዝ|ም|ኣብ){0,2}", r"\p{L}{0,4}", last=_ETHIOPIC_ROWS
)
#: Endings follow each other, and the last letter of the word may be another before them: kitap, kitabı. Behind a word
#: of three letters and fewer only real endings: işe is of iş, işaret is another word.
_ENDINGS = rf"{_LETTER}{{0,12}}"
_CHANGED = {
    "p": "[pb]", "t": "[td]", "k": "(?:kk?|g)", "c": "[cg]", "s": "[sdk]", "i": "[ie]?", "п": "[пб]", "к": "[кг]",
    "қ": "[қғ]", "ი": "ი?", "ა": "ა?", "ე": "ე?", "ம்": "(?:ம்|த்த)", "்": "்?", "ు": "[ుి]",
}  # fmt: skip
_STACKED = Inflection(behind=_ENDINGS, last=_CHANGED, few=rf"{_LETTER}{{0,5}}", tiny=4)
_TURKISH = Inflection(
    behind=_ENDINGS,
    last=_CHANGED,
    few="(?:l[ae]r)?(?:[iıu]?m(?:[iıu]z)?|[iıu]?n(?:[iıu]z)?|s?[iıu]|l[ae]r[iı])?"
    "(?:n?[iıu]n|[yn]?[iıu]|[yn]?[ae]|n?[dt][ae]n?|y?l[ae]|s[iıu]z|l[iıu])?(?:ki|m[iıu]|[dt][iıu]r)?",
    tiny=4,
)
#: A Hungarian letter of two signs doubles its first before -val: tolmács, tolmáccsal.
_HUNGARIAN = Inflection(
    behind=_ENDINGS,
    last=_CHANGED | {letter: f"{letter[0]}?{letter}" for letter in ("cs", "sz", "zs", "gy", "ny", "ly", "ty")},
    few="(?:[aeou]?k|j?[ae]i?|[aeou]?[md]|j?[ae]?i(?:m|d|nk|tok|tek|k)?|[uo]?nk|[aeo]?t[oe]k|j?uk)?"
    "(?:[aeou]?t|n[ae]k|[brt]ol|b[ae]n?|r[ae]|[aeo]?n|n[ae]l|h[oe]z|ig|ert|kent|[bcdfghjklmnprstvz]{1,3}[ae]l)?",
    tiny=4,
)
#: Finnish consonants before the last vowel are strong or weak: apu, avun; neuvonta, neuvonnan.
_GRADES = {
    "nt": "n[tn]", "ht": "h[td]", "lt": "l[tl]", "rt": "r[tr]", "nk": "n[kg]", "mp": "m[pm]", "kk": "kk?", "pp": "pp?",
    "tt": "tt?", "t": "[td]", "p": "[pv]", "k": "k?",
}  # fmt: skip
_FINNISH = Inflection(
    behind=_ENDINGS,
    last=_CHANGED
    | {"nen": "(?:nen|s)", "mies": "mieh?[se]?"}
    | {grade + vowel: both + vowel for grade, both in _GRADES.items() for vowel in "aeouy"}
    | {f"{grade}i": f"{both}[ie]?" for grade, both in _GRADES.items()},
    few=rf"{_LETTER}{{0,6}}",
    tiny=4,
)
_MALAY = Inflection("(?:di|ke|se|ber|ter|pe(?:m|n|ng)?|me(?:m|n|ng)?)?", "(?:kan|an|i)?(?:nya|ku|mu)?(?:lah|kah|pun)?")
_SWAHILI = Inflection("(?:ma|wa|mi|vi)?", "(?:ni|yako|yenu|yangu)?")
_TIGHT = Inflection(spaced=False)

_LANGUAGES: Mapping[str, Inflection] = {
    **dict.fromkeys(("ar", "ary", "arz"), _ARABIC),
    "he": _HEBREW,
    "el": _GREEK,
    "it": _ITALIAN,
    "fr": _FRENCH,
    "ro": _ROMANIAN,
    **dict.fromkeys(("es", "pt", "pt-BR", "ca", "gl"), _IBERIAN),
    **dict.fromkeys(("fa", "prs"), _PERSIAN),
    **dict.fromkeys(("am", "ti"), _ETHIOPIC),
    **dict.fromkeys(("de", "nl", "sv", "da", "nb"), _GERMANIC),
    **dict.fromkeys(("bg", "mk", "uk", "ru", "sr-Cyrl"), _CYRILLIC_SLAVIC),
    **dict.fromkeys(("hr", "sl", "sk", "cs", "pl"), _LATIN_SLAVIC),
    **dict.fromkeys(("lt", "lv"), _BALTIC),
    **dict.fromkeys(("uz", "kk", "ky", "mn", "ug", "et", "ka", "eu", "qu", "gn", "om", "ta", "te"), _STACKED),
    **dict.fromkeys(("tr", "az"), _TURKISH),
    "hu": _HUNGARIAN,
    "fi": _FINNISH,
    "id": _MALAY,
    "ko": Inflection(behind=rf"{_LETTER}{{0,9}}"),  # folded, a syllable is two or three letters
    "sw": _SWAHILI,
    **dict.fromkeys(("vi", "yo", "ig"), _FIXED),
    **dict.fromkeys(("th", "lo", "km", "my", "zh-Hans", "zh-Hant", "ja"), _TIGHT),
}


@lru_cache(maxsize=4096)
def pattern(form: str, locale: str) -> regex.Pattern[str]:
    """The pattern of an agreed form in folded text: its words in this order, as the language may write each."""
    rules = _LANGUAGES.get(locale, _PLAIN)
    words = folded(form).split()
    if not rules.spaced:  # what ends within a letter and its marks is another letter
        return regex.compile(r"\s*".join(map(regex.escape, words)) + r"(?!\p{M})", regex.IGNORECASE)
    whole = r"[\s\-]+".join(map(rules.word, words))
    return regex.compile(rf"(?<!{_EDGE})(?:{whole})(?!{_EDGE})", regex.IGNORECASE)
