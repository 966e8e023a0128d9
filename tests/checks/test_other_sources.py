"""A source that is not English: its own typography is no fault of the translations, and others' promises are not ours."""

import pytest

from campaign.catalogue.glossary import occurs
from campaign.checks import check_unit
from campaign.model.unit import Unit


def codes(source: str, locale: str, text: str) -> set[str]:
    """The rules that find something in a translation from French."""
    unit = Unit(locale, "", source, "", (text,))
    return {finding.code for finding in check_unit(unit, source_language="fr")}


@pytest.mark.parametrize(
    ("source", "locale", "right", "wrong"),
    [
        ("Tu es en danger\u202f?", "ur", "تم خطرے میں ہو؟", "تم خطرے میں ہو"),
        ("Tu es en danger ?", "zh-Hans", "你有危险吗？", "你有危险吗"),
        ("Ce numéro\u00a0:", "ur", "یہ نمبر:", "یہ نمبر"),
        ("Appelle maintenant !", "de", "Ruf jetzt an!", "Ruf jetzt an"),
    ],
)
def test_the_space_of_french_before_a_mark_is_none_of_the_translation(source, locale, right, wrong):
    """Readers of other languages expect no space before the mark; a mark that is not there is still found."""
    assert "punctuation" not in codes(source, locale, right)
    assert "punctuation" in codes(source, locale, wrong)


@pytest.mark.parametrize(
    ("source", "text", "promised"),
    [
        ("Certaines personnes promettent un bon salaire.", "کچھ لوگ اچھی تنخواہ کا وعدہ کرتے ہیں۔", False),
        ("Nous vous promettons un travail.", "ہم وعدہ کرتے ہیں۔", True),
        ("Nous vous promettons un travail.", "ہم آپ سے کام کا وعدہ کرتے ہیں۔", True),
    ],
)
def test_what_others_promise_is_no_promise_in_urdu(source, text, promised):
    """Urdu says "they promise" and "we promise" with one form of the verb: who promises stands before it."""
    assert ("promise" in codes(source, "ur", text)) is promised


@pytest.mark.parametrize(
    ("source", "language", "text", "lost"),
    [
        ("Trabaja sin guantes, mascarilla ni agua.", "es", "You work without gloves, mask or water.", False),
        (
            "Vous travaillez sans gants, sans masque ou sans eau.",
            "fr",
            "You work without gloves, mask or water.",
            False,
        ),
        ("On vous interdit de sortir.", "fr", "They forbid you to leave.", False),
        ("Pour ne plus recevoir de messages", "fr", "To stop these messages", False),
        ("Vous n'êtes pas en faute.", "fr", "You are to blame.", True),
        ("No es culpa suya.", "es", "It is your fault.", True),
        ("مفتوح ليلاً ونهاراً.", "ar", "Open day and night.", False),
        ("لمن يرعون غيرهم.", "ar", "For those who care for others.", False),
        ("دوّن رقم السيارة.", "ar", "Write down the number of the car.", False),
        ("اعمل دون خوف.", "ar", "Work with fear.", True),
        ("لا أحد يأخذ جوازك.", "ar", "Somebody takes your passport.", True),
        ("Sie sind nicht schuld, und Sie sind nicht allein.", "de", "You are to blame, and you are not alone.", True),
    ],
)
def test_a_no_of_the_source_is_sought_as_its_language_says_it(source, language, text, lost):
    """What a language says in a list, or with a verb, is no lost negation; a lost one is found in every source."""
    found = check_unit(Unit("en", "", source, "", (text,)), source_language=language)
    assert ("negation" in {each.code for each in found}) is lost


@pytest.mark.parametrize(
    ("source", "language", "text", "extra"),
    [
        ("Espere dos días.", "es", "Wait 2 days.", False),
        ("Attendez jusqu'au mois de mars.", "fr", "Wait until month 3.", False),
        ("Warten Sie zwölf Tage.", "de", "Wait 12 days.", False),
        ("Espere dos días.", "es", "Wait 5 days.", True),
    ],
)
def test_numbers_are_spelt_in_the_language_of_the_source(source, language, text, extra):
    """Two days are 2 days whatever the source is written in; five are not."""
    found = check_unit(Unit("en", "", source, "", (text,)), source_language=language)
    assert ("number" in {each.code for each in found}) is extra


@pytest.mark.parametrize(
    ("language", "hard", "plain"),
    [
        ("es", "En virtud de la ley será informado por la oficina.", "La oficina le informa."),
        ("fr", "Conformément à la loi, le courrier est envoyé par le bureau.", "Le bureau vous écrit."),
        ("de", "Gemäß dem Gesetz wird der Brief vom Amt geschickt.", "Das Amt schreibt Ihnen."),
    ],
)
def test_plain_language_follows_the_source(language, hard, plain):
    """Words of offices are found in the language that messages are written in, and everyday words are none of them."""
    said = [check_unit(Unit(language, "", text, "", (text,)), source_language=language) for text in (hard, plain)]
    assert ["plain" in {each.code for each in found} for found in said] == [True, False]


def test_agreed_words_are_found_in_the_plural_of_the_source():
    """A term of a French glossary is found where a sentence has it in the plural, and not inside another word."""
    assert occurs("ligne d'aide", "Les lignes d'aide sont gratuites.", "fr")
    assert not occurs("port", "Votre passeport est à vous.", "fr")


@pytest.mark.parametrize(
    ("source", "language", "locale"),
    [
        ("Guarda este número.", "es", "pt"),
        ("Código QR que abre %(url)s", "es", "pt"),
        ("Du er ikke alene.", "da", "nb"),
        ("Máte právo na pomoc.", "sk", "cs"),
        ("شما تنها نیستید و حق دارید.", "fa", "prs"),
    ],
)
def test_close_languages_may_say_a_sentence_in_the_same_words(source, language, locale):
    """A sentence that is right in both was not left behind."""
    found = check_unit(Unit(locale, "", source, "", (source,)), source_language=language)
    assert "script" not in {each.code for each in found}


@pytest.mark.parametrize(
    ("source", "language", "locale"),
    [
        ("Nadie puede quitarle sus papeles.", "es", "pt"),
        ("Você não está só.", "pt", "es"),
        ("Rufen Sie diese Nummer an.", "de", "nl"),
        ("Это не ваша вина.", "ru", "uk"),
        ("Вие имате право на помощ.", "bg", "ru"),
        ("आज ही फ़ोन करें।", "hi", "ne"),
        ("شما تنها نیستید و حق دارید.", "fa", "ur"),
        ("Никто не может забрать паспорт.", "ru", "de"),
        ("لا يجوز لأحد أن يأخذ جوازك.", "ar", "de"),
        ("لا يجوز لأحد أن يأخذ جوازك.", "ar", "fa"),
    ],
)
def test_a_sentence_left_in_any_source_is_an_error(source, language, locale):
    """Of a neighbour, and in the letters of any script: they are no names because they are not Latin."""
    found = check_unit(Unit(locale, "", source, "", (source,)), source_language=language)
    assert [each.severity.value for each in found if each.code == "script"] == ["error"]


def test_a_name_in_latin_letters_stays_in_a_russian_source():
    """Readers meet PAG-ASA and WhatsApp as they are written on the door."""
    found = check_unit(
        Unit("el", "", "Позвоните в PAG-ASA через WhatsApp.", "", ("Καλέστε το PAG-ASA στο WhatsApp.",)),
        source_language="ru",
    )
    assert "script" not in {each.code for each in found}


def test_a_source_of_many_plural_forms_says_one_and_many():
    """A template knows no other numbers: an Arabic one is no error, an Arabic translation with two forms is."""
    source = ("يتحدثون لغة واحدة", "يتحدثون %(count)s لغات")
    codes = [
        {each.code for each in check_unit(Unit("ar", "", *source, source), source_language=language)}
        for language in ("ar", "en")
    ]
    assert ["plural-form" in each for each in codes] == [False, True]
