"""Letters of the language; nothing left in the source language."""

import pytest

from campaign import checks, languages
from campaign.scripts import SCRIPTS

HELP = "Call someone now."
WORDS = {
    "en": "Call someone now.", "de": "Rufen Sie jetzt an.", "el": "Καλέστε κάποιον τώρα.", "uk": "Подзвоніть комусь.",
    "bg": "Обадете се на някого.", "ru": "Позвоните кому-нибудь.", "ar": "اتصلوا بشخص ما الآن.",
    "fa": "به کسی زنگ بزنید.",
    "ur": "کسی کو فون کریں۔", "ti": "ሕጂ ንሰብ ደውሉ።", "bn": "এখনই কাউকে ফোন করুন।", "he": "התקשרו עכשיו.",
    "ja": "今すぐ電話してください。",
    "ko": "지금 전화하세요.", "zh-Hans": "现在打电话。", "th": "โทรหาใครสักคนตอนนี้", "ka": "დარეკეთ ახლავე.",
    "ro": "Sunați pe cineva.",
}  # fmt: skip


def details(source, text, locale, **context):
    """The details of the script findings alone."""
    return [f.detail for f in checks.run(source, text, locale, **context) if f.code == "script"]


@pytest.mark.parametrize("locale", WORDS)
def test_a_text_in_its_own_letters_passes(locale):
    """Right texts in many scripts, the source language's own text among them."""
    assert details(HELP, WORDS[locale], locale) == []


@pytest.mark.parametrize("locale", [tag for tag in WORDS if languages.get(tag).script != "Latn"])
def test_a_latin_word_among_other_letters_is_found(locale):
    """A word that stayed English in an Arabic leaflet is named."""
    (detail,) = details(HELP, f"{WORDS[locale]} Helpline", locale)
    assert '"Helpline"' in detail


@pytest.mark.parametrize("locale", ["el", "uk", "ar", "fa", "ti", "bn"])
def test_names_and_addresses_may_stay_latin(locale):
    """The sign on the door, a web address and capitals like QR stay as the reader meets them."""
    source = "Scan the QR code of PAG-ASA on WhatsApp: example.org"
    text = f"{WORDS[locale]} QR PAG-ASA WhatsApp Payoke https://example.org/x a.b@example.org example.org %(url)s"
    assert details(source, text, locale, names=["Payoke Antwerp"]) == []


@pytest.mark.parametrize("locale", ["el", "uk", "ar", "fa", "ti", "bn"])
def test_an_acronym_stays_and_shouted_english_does_not(locale):
    """PDF is PDF everywhere; CALL is the word Call of the source, and DO NOT is a sentence."""
    assert details(HELP, f"{WORDS[locale]} PDF", locale) == []
    (word,) = details(HELP, f"{WORDS[locale]} CALL", locale)
    (words,) = details("Wait here.", f"{WORDS[locale]} DO NOT", locale)
    assert '"CALL"' in word and '"DO", "NOT"' in words


def test_a_latin_word_in_brackets_behind_its_translation_asks_for_a_look():
    """Readers may meet the word so on a door: no error, but somebody decides. A sentence in brackets stays an error."""
    source = "Call the line (help)."
    (found,) = checks.run(source, "Обадете се на линията (helpline).", "bg")
    assert (found.code, found.severity.value) == ("script", "warning")
    (found,) = checks.run(source, "Обадете се на линията (call them at any time).", "bg")
    assert (found.code, found.severity.value) == ("script", "error")


def test_capitals_in_a_source_that_is_all_capitals_are_words():
    """"DRAFT" is translated; it is no name."""  # fmt: skip
    assert details("DRAFT", "DRAFT", "el") == ['not in Greek letters: "DRAFT"']


@pytest.mark.parametrize(("locale", "word"), [("uk", "пoмощ"), ("bg", "пoмощ"), ("el", "βoήθεια")])
def test_one_latin_letter_inside_a_word_is_found(locale, word):
    """It looks right and breaks search, hyphenation and reading aloud."""
    (detail,) = details("Help", word, locale)
    assert detail == f'the Latin letter o (U+006F) inside the word "{word}"'


def test_a_latin_letter_beside_letters_without_spaces_is_ordinary():
    """Chinese writes T恤 for a T-shirt."""
    assert details("A shirt", "一件T恤", "zh-Hans") == []


@pytest.mark.parametrize(("locale", "word"), [("de", "Помощь"), ("en", "Помощь"), ("ro", "Βοήθεια"), ("el", "Помощь")])
def test_letters_of_a_third_script_are_found(locale, word):
    """A row that slipped in a spreadsheet shows."""
    (detail,) = details("Help", word, locale)
    assert word in detail


def test_another_language_s_own_name_may_stand_in_its_own_letters():
    """A list of languages keeps the names as in the source."""
    assert details("They speak العربية and Ελληνικά", "Sie sprechen العربية und Ελληνικά", "de") == []


@pytest.mark.parametrize("locale", ["de", "nl", "el", "uk", "ar", "fa", "ti", "bn"])
def test_a_text_left_in_english_is_found(locale):
    """A poster with a line that nobody translated is not printed."""
    assert details("Ask for help today", "Ask for help today", locale) == [
        'left in the source language: "Ask for help today"'
    ]


def test_one_sentence_left_in_english_is_found():
    """Also when the rest is translated."""
    found = details("Ask a nurse. Talk to someone you trust.", "Fragen Sie. Talk to someone you trust.", "de")
    assert found == ['left in the source language: "Talk to someone you trust."']


def test_short_words_may_be_the_same_in_two_languages():
    """"Hotel, Restaurant" needs no translation, and a name is a name."""  # fmt: skip
    assert details("Hotel, Restaurant", "Hotel, Restaurant", "de") == []
    assert details("Nummer gegen Kummer", "Nummer gegen Kummer", "nl", names=["Nummer gegen Kummer"]) == []


def test_the_source_language_need_not_be_english():
    """A German campaign's German text is no copy."""
    assert details("Rufen Sie uns an", "Rufen Sie uns an", "de", source_language="de") == []
    assert details("Rufen Sie uns an", "Rufen Sie uns an", "nl", source_language="de") != []


@pytest.mark.parametrize(
    ("locale", "word", "letter", "instead"),
    [
        ("ar", "کل", "ک (U+06A9", "write ك"),
        ("ar", "فی", "ی (U+06CC", "write ي or ى"),
        ("fa", "كمک", "ك (U+0643", "write ک"),
        ("fa", "ياری", "ي (U+064A", "write ی"),
        ("prs", "ياری", "ي (U+064A", "write ی"),
        ("ur", "ہے ك", "ك (U+0643", "write ک"),
        ("uk", "мы", "ы (U+044B", "write и"),
        ("uk", "ЭТО", "э (U+044D", "write е or є"),
        ("bg", "мы", "ы (U+044B", "write и"),
        ("bg", "їжа", "ї (U+0457", "ї"),
        ("ru", "допомоґа", "ґ (U+0491", "write г"),
        ("bn", "কৰা", "ৰ (U+09F0", "write র"),
        ("ro", "şi", "ş (U+015F", "write ș"),
    ],
)
def test_a_letter_of_the_neighbour_language_is_found(locale, word, letter, instead):
    """The wrong keyboard or the neighbour's text shows, with what to write."""
    (detail,) = details("Word", word, locale)
    assert letter in detail
    assert instead in detail


@pytest.mark.parametrize(
    ("locale", "text"),
    [("fa", "دایرةالمعارف فوراً ۱۲۳"), ("ar", "مستشفى ١٢٣ مجاناً"), ("uk", "п’ять ґанок їжа 123"), ("bg", "ѝ ъгъл"), ("bn", "১২৩ আছে")],
)  # fmt: skip
def test_rare_letters_and_native_digits_pass(locale, text):
    """Only letters that are wrong for sure are named, and digits are no letters."""
    assert details("Word", text, locale) == []


def test_a_letter_typed_in_two_parts_is_the_same_letter():
    """A text from a Mac, with accents apart, reads as any other."""
    assert details("Word", "ї й".replace("й", "и\u0306").replace("ї", "і\u0308"), "uk") == []


def test_every_script_of_the_registry_is_known():
    """A new language cannot end in a crash here."""
    assert {language.script for language in languages.registry().values()} <= SCRIPTS.keys()


@pytest.mark.parametrize("tag", languages.registry())
def test_a_language_s_own_name_is_written_in_its_letters(tag):
    """The registry and the lists of letters agree."""
    assert details("Language", languages.get(tag).autonym, tag) == []
