"""The language registry against CLDR (through Babel) and against the fonts it names."""

import dataclasses
import gettext
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import pretix_fontpackfree
import pytest
import typst
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from fontTools.ttLib import TTFont

from campaign import languages
from campaign.catalogue.store import gettext_tag
from campaign.errors import CampaignError
from campaign.model.language import Language

ROOT = Path(__file__).parents[1]

# content-guide.md, section 2: English and the tags every campaign can count on.
REQUIRED = """
en ar fa ur ps prs ckb ary arz sd ug he fr es pt pt-BR nl de it ro hu pl cs sk sl hr sq tr az fi lt lv et sv da nb
so sw om ha yo ig pcm ff wo ln kmr vi id fil uz rom el bg uk ru mk sr-Cyrl ky kk mn ti am ka hy bn hi ne pa gu ta te
si th lo km my zh-Hans zh-Hant ja ko
ca eu gl bm gn qu zgh
"""
RIGHT_TO_LEFT = {"ar", "fa", "ur", "ps", "prs", "ckb", "ary", "arz", "sd", "ug", "he"}

# Argos Translate index of mid 2025: models from English (English itself is the source).
ARGOS_INDEX = """
ar az bg bn cs de el eo es et fa fi fr he hi hu id it ja ko ky lt lv ms nb nl pl pt pb ro ru sk sl sq sv th tl tr uk ur
zh zt
"""
ARGOS_RENAMES = {"pt-BR": "pb", "fil": "tl", "zh-Hans": "zh", "zh-Hant": "zt"}

# Two-letter tags that stand for a group of languages keep the code of the group.
MACROLANGUAGES = {
    "ar": "ara", "az": "aze", "et": "est", "fa": "fas", "ff": "ful", "gn": "grn", "lv": "lav", "mn": "mon", "ne": "nep",
    "om": "orm", "ps": "pus", "qu": "que", "sq": "sqi", "sw": "swa", "uz": "uzb", "zh": "zho",
}  # fmt: skip
# The librarians' codes of ISO 639-2, which CLDR accepts and ISO 639-3 does not have.
BIBLIOGRAPHIC = {"alb", "arm", "bur", "chi", "cze", "dut", "fre", "geo", "ger", "gre", "mac", "per", "rum", "slo"}

# Tags Babel cannot load, and the locale whose CLDR data hold for them. Romani has none.
STAND_INS = {"pt": "pt_PT", "prs": "fa_AF", "ary": "ar_MA", "arz": "ar_EG"}
NOT_IN_CLDR = {"rom"}

# Autonyms that differ from CLDR's, each with the reason.
OWN_AUTONYM = {
    "ary": "CLDR has no name for it here; the stand-in would say plain Arabic",
    "pt": "the stand-in would say European Portuguese; readers look for Portuguese",
    "arz": "CLDR has no name for it here; the stand-in would say plain Arabic",
    "az": "CLDR's bare word is also the country",
    "ckb": "CLDR says Central Kurdish; readers look for Sorani",
    "id": "CLDR's bare word is also the country",
    "kmr": "Babel adds the country to its own name for the stand-in",
    "om": "speakers write Afaan Oromoo, the Oromo language",
    "pcm": "CLDR uses a linguists' spelling that readers do not",
    "sr-Cyrl": "CLDR adds the script, which the letters already show",
    "uz": "CLDR's bare word is the people",
}
# Native digits that differ from CLDR's, each with the reason.
OWN_DIGITS = {
    "ary": "CLDR's native system for ar-MA is arab, yet Moroccans write Latin digits, CLDR's default there",
    "zh-Hans": "hanidec is ideographs; numbers are written in Latin digits",
    "zh-Hant": "hanidec is ideographs; numbers are written in Latin digits",
}
ZERO_OF = {
    "latn": "0", "arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "gujr": "૦", "guru": "੦",
    "khmr": "០", "laoo": "໐", "mymr": "၀", "tamldec": "௦", "telu": "౦", "thai": "๐",
}  # fmt: skip

# How Unicode names start for the letters of each script.
LETTERS_OF = {
    "Arab": "ARABIC", "Aran": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI", "Ethi": "ETHIOPIC", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI",
    "Guru": "GURMUKHI", "Hans": "CJK", "Hant": "CJK", "Hebr": "HEBREW", "Jpan": "CJK", "Khmr": "KHMER",
    "Kore": "HANGUL", "Laoo": "LAO", "Latn": "LATIN", "Mymr": "MYANMAR", "Sinh": "SINHALA", "Taml": "TAMIL",
    "Telu": "TELUGU", "Tfng": "TIFINAGH", "Thai": "THAI",
}  # fmt: skip

# Em between lines as measured (design.md, section 6); 0.65 for the rest.
LEADING = {
    "Aran": 1.5, "Mymr": 0.95, "Khmr": 0.85, "Laoo": 0.85, "Arab": 0.8, "Thai": 0.8,
    "Deva": 0.75, "Beng": 0.75, "Guru": 0.75, "Gujr": 0.75, "Taml": 0.75, "Telu": 0.75, "Sinh": 0.75,
}  # fmt: skip

every_language = pytest.mark.parametrize("language", languages.registry().values(), ids=lambda language: language.tag)
every_cldr_language = pytest.mark.parametrize(
    "language",
    [language for language in languages.registry().values() if language.tag not in NOT_IN_CLDR],
    ids=lambda language: language.tag,
)


def babel_locale(tag: str) -> Locale | None:
    """Babel's locale for the tag or its stand-in; None when CLDR has no data for the language."""
    try:
        return Locale.parse(STAND_INS.get(tag, tag.replace("-", "_")))
    except UnknownLocaleError:
        return None


def in_cldr(language: Language) -> Locale:
    """Babel's locale of a language that CLDR describes."""
    locale = babel_locale(language.tag)
    assert locale is not None, "Babel lost a language it used to know"
    return locale


def plural_form(language: Language) -> Callable[[int], int]:
    """The header's rule as gettext itself reads it: a whole number in, the index of msgstr[n] out."""
    header = re.fullmatch(r"nplurals=\d+; plural=(.+);", language.plural)
    assert header, "translate-toolkit, Poedit and gettext expect this shape"
    return gettext.c2py(header[1])  # type: ignore[attr-defined]


def noto_files() -> Iterator[Path]:
    """The campaign's own fonts and the Noto files of the font pack.

    The pack also holds Noto Sans 2.000 (*-webfont.ttf) under the same family name; it lacks Devanagari and is not used.
    """
    yield from (ROOT / "assets" / "fonts").glob("*.ttf")
    pack = Path(pretix_fontpackfree.__file__).parent / "static" / "pretix_fontpackfree"
    yield from (file for file in pack.glob("Noto-Sans*_v*.ttf") if "italic" not in file.name)


@cache
def coverage() -> dict[tuple[str, int], frozenset[int]]:
    """Code points each font can show, by family name and weight."""
    found = {}
    for file in noto_files():
        with TTFont(file, lazy=True) as font:
            key = (font["name"].getDebugName(1), font["OS/2"].usWeightClass)
            found[key] = frozenset(font.getBestCmap())
    return found


def test_every_language_of_the_guide_is_known():
    """A campaign can name any of the promised languages, and both Chinese and both Portuguese among them."""
    assert set(REQUIRED.split()) <= set(languages.registry())
    assert all(languages.get(tag).tag == tag for tag in REQUIRED.split())


def test_the_registry_cannot_be_changed_by_accident():
    """One part of the program cannot change a language under the hands of another."""
    with pytest.raises(TypeError):
        languages.registry()["xx"] = languages.get("en")  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        languages.get("ar").rtl = False  # type: ignore[misc]


def test_labels_tell_languages_apart():
    """Staff and readers never meet two languages under one name."""
    for label in ("autonym", "english"):
        names = [getattr(language, label) for language in languages.registry().values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("pt_BR", "pt-BR"), ("EN", "en"), ("de-AT", "de"), ("dari", "prs"), ("kurdish", "kmr"), ("fra", "fr"),
     ("zh", "zh-Hant"), ("sr", "sr-Cyrl"), ("Tigrinia", "ti"), ("العربية", "ar"), ("tagalog", "fil"), ("Norwegian", "nb"), ("serbian", "sr-Cyrl")],
)  # fmt: skip
def test_an_unknown_tag_suggests_the_likely_one(typed, meant):
    """Whoever mistypes a tag, or types a name, is told the tag to use."""
    with pytest.raises(CampaignError) as raised:
        languages.get(typed)

    (problem,) = raised.value.problems
    assert repr(typed) in problem.what
    assert f"{meant} ({languages.get(meant).english})" in problem.todo


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tl", "fil"), ("tgl", "fil"), ("iw", "he"), ("in", "id"), ("mo", "ro"), ("no", "nb"), ("nor", "nb"), ("ku", "kmr"),
     ("kur", "kmr"), ("fa-AF", "prs"), ("fa_AF", "prs"), ("sr-Latn", "sr-Cyrl"), ("sr@latin", "sr-Cyrl"), ("zh-TW", "zh-Hant"),
     ("zh_HK", "zh-Hant"), ("zh_Hans", "zh-Hans"), ("zh_CN", "zh-Hans"), ("cmn", "zh-Hans"), ("deu", "de"), ("ger", "de"),
     ("swh", "sw"), ("arb", "ar"), ("pes", "fa"), ("uz_Cyrl", "uz"), ("de_DE.UTF-8", "de"), ("pt_PT", "pt"), ("te-IN", "te"), ("cat", "ca"), ("eus", "eu"), ("bam", "bm"), ("gug", "gn"), ("ku-Arab", "ckb"), ("ku_IQ", "ckb"), ("kmr-Arab", "kmr"), ("fil-PH", "fil"), ("zgh-MA", "zgh")],
)  # fmt: skip
def test_a_code_is_looked_up_and_never_compared_by_its_letters(typed, meant):
    """CLDR's alias data decides: tl is Filipino and no Telugu, mo is Romanian."""
    with pytest.raises(CampaignError) as raised:
        languages.get(typed)
    assert raised.value.problems[0].todo.startswith(f"did you mean {meant} (")


@pytest.mark.parametrize(
    "typed", ["sh", "hbs", "nn", "jw", "xx", "ber", "tzm", "kab", "x", "1", "", "tlh", "zz-Latn", "_", "-", "é"]
)
def test_a_code_of_no_language_here_gets_the_list(typed):
    """A language that the registry lacks is not another one with two letters in common."""
    with pytest.raises(CampaignError) as raised:
        languages.get(typed)
    assert raised.value.problems[0].todo.startswith("use one of: ")


@pytest.mark.parametrize(
    ("written", "tag"),
    [("de_DE", "de"), ("de", "de"), ("zh_Hans", "zh-Hans"), ("zh", "zh-Hans"), ("zh_TW", "zh-Hant"), ("sr@cyrillic", "sr-Cyrl"),
     ("sr", "sr-Cyrl"), ("sr@latin", ""), ("sr_Latn", ""), ("pa_PK", ""), ("pa_IN", "pa"), ("ur_PK", "ur"), ("uz@cyrillic", ""),
     ("pt_BR", "pt-BR"), ("pt_AO", "pt"), ("fa_AF", "prs"), ("prs_Arab", "prs"), ("prs-AF", "prs"), ("pes_Arab", "fa"), ("fa_IR", "fa"), ("ckb", "ckb"), ("ku-Arab", "ckb"), ("ku_IQ", "ckb"), ("ku_TR", "kmr"), ("ku-Cyrl", ""), ("", ""),
     ("Deutsch", ""), ("en_US.UTF-8", "en"), ("ca@valencia", "ca"), ("cat", "ca"), ("baq", "eu"), ("gl_ES", "gl"), ("gug", "gn"), ("quz", "qu")],
)  # fmt: skip
def test_a_language_of_another_program_is_the_registrys(written, tag):
    """POSIX, gettext, Weblate and Crowdin spell tags in their own ways; another script is another language."""
    assert languages.resolve(written) == tag


@every_language
def test_every_tag_is_itself_in_every_spelling(language):
    """Capitals, underscores and gettext's own form lead back to the tag."""
    for spelt in (language.tag, language.tag.upper(), language.tag.replace("-", "_"), gettext_tag(language.tag)):
        assert languages.resolve(spelt) == language.tag


def test_a_tag_like_no_other_gets_the_list():
    """When nothing is close, the message lists what there is instead of guessing."""
    with pytest.raises(CampaignError) as raised:
        languages.get("xx")

    assert all(f" {tag}" in raised.value.problems[0].todo for tag in REQUIRED.split())


@pytest.mark.slow
@every_cldr_language
@pytest.mark.sample(10)
def test_direction_is_cldrs(language):
    """Text runs the way its readers read, in layouts and on the web page alike."""
    assert language.rtl == (language.tag in RIGHT_TO_LEFT)
    locale = in_cldr(language)
    assert language.rtl == (locale.text_direction == "rtl") == (locale.character_order == "right-to-left")


@every_cldr_language
def test_script_is_cldrs(language):
    """Checks and fonts look for the script the language is written in."""
    locale = in_cldr(language)
    likely = locale.script or get_global("likely_subtags")[locale.language].split("_")[1]
    # ISO 15924 counts Nastaliq, the style Urdu is printed in, as a script of its own; CLDR does not.
    assert language.script == ("Aran" if language.tag == "ur" else likely)


@every_cldr_language
def test_autonym_is_cldrs_or_reasoned(language):
    """Readers find their language by the name they use for it."""
    locale = in_cldr(language)
    cldr = {name.casefold() for name in (locale.languages.get(str(locale)), locale.display_name) if name}
    if language.tag in OWN_AUTONYM:
        assert language.autonym.casefold() not in cldr, "the exception is not needed any more"
    else:
        assert language.autonym.casefold() in cldr


@every_language
def test_autonym_is_written_as_a_label(language):
    """A language's name starts with a capital where its script has them, and is written in that script."""
    letters = [letter for letter in language.autonym if unicodedata.category(letter) in ("Lu", "Ll", "Lo")]
    assert {unicodedata.name(letter).split()[0] for letter in letters} == {LETTERS_OF[language.script]}
    assert not letters[0].islower() or language.script == "Geor", "Georgian has no capitals in running text"


@every_cldr_language
def test_every_count_gets_the_plural_form_of_cldr(language):
    """Whatever the number, the reader gets the form that goes with it ("1 hour", "2 hours")."""
    locale = in_cldr(language)
    form = plural_form(language)

    chosen = {number: language.categories[form(number)] for number in range(1001)}

    assert chosen == {number: locale.plural_form(number) for number in range(1001)}


@every_language
def test_plural_header_is_complete(language):
    """A mediator is asked for exactly the forms a count can reach: none is missing, none is never shown."""
    form = plural_form(language)
    assert language.nplurals == len(language.categories) == len(set(language.categories))
    assert {form(number) for number in range(1001)} == set(range(language.nplurals))
    order = ("zero", "one", "two", "few", "many", "other")
    assert list(language.categories) == sorted(language.categories, key=order.index)


@every_cldr_language
def test_digits_are_cldrs(language):
    """Numbers in native digits are recognised as the same numbers."""
    assert language.digits in ZERO_OF
    native = in_cldr(language).other_numbering_systems.get("native", "latn")
    if language.tag in OWN_DIGITS:
        assert language.digits != native, "the exception is not needed any more"
    else:
        assert language.digits == native


@pytest.mark.slow
@every_language
def test_fonts_show_the_name_and_the_numbers(language):
    """In regular and in bold, the language's name, phone numbers and native digits are never blank boxes."""
    zero = ord(ZERO_OF[language.digits])
    needed = set(map(ord, language.autonym + language.english + "0123456789+()")) | set(range(zero, zero + 10))
    for weight in (400, 700):
        shown = frozenset().union(*(coverage()[family, weight] for family in language.fonts))
        assert not {chr(point) for point in needed - shown}


@pytest.mark.slow
@every_language
def test_the_first_font_is_for_the_script(language):
    """The script's own font comes first, so a line is set in one hand; Noto Sans is the last resort."""
    assert language.fonts[-1] == "Noto Sans"
    letters = {ord(letter) for letter in language.autonym if letter.isalpha()}
    assert letters <= coverage()[language.fonts[0], 400]


def test_typst_knows_the_fonts_by_these_names(tmp_path):
    """A font name in the registry is the name Typst finds it by, in regular and in bold."""
    for file in noto_files():
        (tmp_path / file.name).symlink_to(file)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path]).fonts()

    available = {(font.family, font.weight) for font in fonts}

    wanted = {family for language in languages.registry().values() for family in language.fonts}
    assert {(family, weight) for family in wanted for weight in (400, 700)} <= available


@every_language
def test_typesetting_values_are_sane(language):
    """Lines do not collide, and no language is set smaller than the design says."""
    assert language.leading == LEADING.get(language.script, 0.65)
    assert 1.0 <= language.scale <= 1.15
    assert re.fullmatch("[a-z]{2,3}", language.typst_lang), "all that Typst takes"
    assert language.tag.startswith(language.typst_lang)
    assert language.typst_region is None or re.fullmatch("[A-Z]{2}", language.typst_region)


def test_chinese_and_brazilian_say_their_region():
    """Typst sees only two or three letters of the tag; the region keeps the variants apart."""
    regions = {language.tag: language.typst_region for language in languages.registry().values()}
    assert {tag: region for tag, region in regions.items() if region} == {
        "pt-BR": "BR",
        "zh-Hans": "CN",
        "zh-Hant": "TW",
    }


@every_language
def test_argos_code_is_in_the_index(language):
    """Drafting asks Argos only for models that exist, and for each one that does."""
    code = ARGOS_RENAMES.get(language.tag, language.tag)
    assert language.argos == (code if code in {"en", *ARGOS_INDEX.split()} else None)


@every_language
def test_iso_639_3_is_the_tags(language):
    """SMS gateways file each text under the right language."""
    base = language.tag.partition("-")[0]
    if base in MACROLANGUAGES:
        assert language.iso639_3 == MACROLANGUAGES[base]
    assert language.iso639_3 not in BIBLIOGRAPHIC
    # CLDR knows Dari as fa-AF and Kurmanji as ku; a tag of three letters is an ISO 639-3 code already.
    assert base == (language.iso639_3 if len(base) == 3 else get_global("language_aliases")[language.iso639_3])


@pytest.mark.parametrize(
    "key", ["autonym", "script", "direction", "plural", "categories", "fonts", "leading", "iso639_3"]
)
def test_a_language_that_lacks_something_is_named(key: str) -> None:
    """Whoever adds one and forgets a key hears which, of every table at once, and no traceback."""
    text = resources.files("campaign").joinpath("data", "languages.toml").read_text(encoding="utf-8")
    cut = re.sub(rf"(?m)^{key} = .*\n", "", text, count=2)
    with pytest.raises(CampaignError) as caught:
        languages.read(cut.encode())
    assert [(p.where, p.what) for p in caught.value.problems] == [
        (f"campaign/data/languages.toml: [{tag}]", f"{key} is missing") for tag in [*languages.shipped()][:2]
    ]
    assert all(p.todo for p in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('direction = "ltr"', 'direction = "left"', "neither ltr nor rtl"),
        ('script = "Latn"', "script = 7", "is not what it may be"),
        ('autonym = "English"', "autonym = true", "is not what it may be"),
        ('autonym = "English"', 'autonym = "English"\nautonymm = "x"', "is no key of a language"),
        ('plural = "nplurals', 'plural = "plurals', "is no formula"),
        ("[en]", "[en", "cannot be read"),
        ("[en]", "zz = 1\n[en]", "is no table of a language"),
    ],
)
def test_a_wrong_table_of_a_language_is_named(old: str, new: str, what: str) -> None:
    """Another kind of value, a key that does not exist, broken TOML."""
    text = resources.files("campaign").joinpath("data", "languages.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CampaignError) as caught:
        languages.read(text.replace(old, new, 1).encode())
    assert [what in problem.what for problem in caught.value.problems] == [True]
    with pytest.raises(CampaignError, match="cannot be read"):
        languages.read(text.encode("utf-16"))
