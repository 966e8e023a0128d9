"""No promise that only a contact's record can make."""

import tomllib
from pathlib import Path

import pytest

import campaign
from campaign import checks, languages
from campaign.checks.claims import KINDS

DATA = tomllib.loads((Path(campaign.__file__).parent / "data" / "claims.toml").read_text(encoding="utf-8"))
NEEDED = ["en", "nl", "fr", "de", "el", "it", "ro", "bg", "uk", "ar", "fa", "ti", "bn", "pt"]


def claims(text, locale, source="Neutral words", **context):
    """The details of the claim findings alone."""
    return [f.detail for f in checks.run(source, text, locale, **context) if f.code == "claim-unbacked"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Help is free"), ("en", "Free and anonymous"), ("en", "Call for free"), ("en", "free of charge"),
        ("nl", "Bellen is gratis"), ("nl", "24 uur per dag"), ("nl", "in uw taal"), ("nl", "anonieme hulp"),
        ("fr", "Appel gratuit"), ("fr", "24h/24"), ("fr", "dans votre langue"), ("fr", "en toute confidentialité"),
        ("de", "gebührenfrei anrufen"), ("de", "ein vertrauliches Gespräch"), ("de", "rund um die Uhr"),
        ("de", "in Ihrer Sprache"),
        ("el", "δωρεάν"), ("el", "ΔΩΡΕΑΝ"), ("el", "ανώνυμα"), ("el", "όλο το 24ωρο"), ("el", "στη γλώσσα σας"),
        ("it", "numero gratuito"), ("it", "una chiamata riservata"), ("it", "giorno e notte"),
        ("it", "nella tua lingua"),
        ("ro", "apel gratuit"), ("ro", "zi și noapte"), ("ro", "zi si noapte"), ("ro", "în limba dumneavoastră"),
        ("bg", "безплатно"), ("bg", "денонощно"), ("bg", "анонимно"), ("bg", "поверително"), ("bg", "на Вашия език"),
        ("uk", "безкоштовно"), ("uk", "цілодобово"), ("uk", "анонімно"), ("uk", "вашою мовою"),
        ("ur", "کال مفت ہے"), ("ur", "دن رات کھلی"), ("zh-Hans", "通话免费"), ("zh-Hans", "我们为您保密"),
        ("zh-Hans", "用您的语言"), ("vi", "cuộc gọi miễn phí"), ("vi", "bằng ngôn ngữ của bạn"), ("vi", "24 giờ"),
        ("ar", "المكالمة مجّانية"), ("ar", "مجاناً"), ("ar", "٢٤ ساعة"), ("ar", "ليلاً ونهاراً"),
        ("ar", "بسرية تامة"), ("ar", "بلغتكم"),
        ("fa", "رایگان"), ("fa", "۲۴ ساعته"), ("fa", "شبانه‌روزی"), ("fa", "محرمانه"), ("fa", "به زبان خودتان"),
        ("ti", "ብነጻ"), ("ti", "24 ሰዓት"), ("ti", "ለይትን መዓልትን"), ("ti", "ብቋንቋኹም"), ("ti", "ምስጢራዊ"),
        ("bn", "বিনামূল্যে"), ("bn", "২৪ ঘণ্টা"), ("bn", "দিনরাত"), ("bn", "আপনার ভাষায়"), ("bn", "গোপনীয়"),
        ("pt", "Ligação grátis"), ("pt", "dia e noite"), ("pt", "na sua língua"), ("pt-BR", "gratuita"),
        ("prs", "رایگان"),
    ],
)  # fmt: skip
def test_a_promise_in_a_text_is_found(locale, text):
    """A leaflet promises only what a record says."""
    assert len(claims(text, locale)) >= 1


@pytest.mark.parametrize("locale", NEEDED)
def test_day_and_night_in_figures_is_found_in_every_listed_language(locale):
    """24/7 means the same everywhere."""
    assert claims("24/7", locale) == ['"24/7" promises that somebody answers day and night']


@pytest.mark.parametrize("locale", NEEDED)
def test_the_compiled_sentences_may_promise(locale):
    """The same words pass where they come from the records."""
    assert claims("24/7", locale, compiled=True) == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "You are free to leave."), ("en", "It is free from danger"),
        ("en", "A bed should not cost you your freedom."),
        ("en", "Nobody is free"), ("en", "Born free and equal"), ("en", "Ask within 24 hours"), ("en", "carefree"),
        ("en", "You can ask for a person who speaks your language."), ("en", "Most people are kind."),
        ("nl", "Neem iemand in vertrouwen"), ("nl", "Vrij reizen"),
        ("de", "Sie dürfen frei entscheiden"), ("de", "eine Person, die deine Sprache spricht"),
        ("el", "που μιλάει τη γλώσσα σου"), ("it", "un posto tranquillo e riservato"), ("ro", "muncă fără plată"),
        ("bg", "човек, който говори на твоя език"), ("uk", "людину, яка говорить твоєю мовою"),
        ("ar", "العمل دون مقابل"), ("ar", "بسرعة"), ("ar", "كلمة سرية"), ("fa", "آدم‌های ناشناس"),
        ("fa", "کسی که به زبان تو حرف می‌زند"),
        ("ti", "ነጻነት"), ("bn", "তোমার ভাষায় কথা বলেন, এমন কাউকে"),
    ],
)  # fmt: skip
def test_the_same_words_in_another_sense_pass(locale, text):
    """Freedom is no price, and unpaid work is no free call."""
    assert claims(text, locale) == []


def test_a_promise_of_the_source_is_found_in_every_language():
    """Also where nobody listed the words of the language."""
    (detail,) = claims("Wac nu", "wo", source="Help without charge")
    assert detail == '"without charge" in the source promises that it costs nothing'


def test_a_sign_of_exploitation_is_no_promise():
    """"You must work day and night" warns; its translations do too."""  # fmt: skip
    source = "You must work day and night."
    assert claims(source, "en", source=source) == []
    assert claims("Sie müssen Tag und Nacht arbeiten.", "de", source=source) == []


def test_the_finding_shows_the_words_as_they_are_written():
    """With their accents and capitals, so that they can be searched for."""
    assert claims("Der Anruf ist GEBÜHRENFREI.", "de")[0].startswith('"GEBÜHRENFREI"')


def test_a_language_without_a_list_is_said_to_be_unchecked():
    """No finding is not the same as checked."""
    assert checks.unlisted("lt")
    assert checks.unlisted("*")
    assert not any(checks.unlisted(tag) for tag in [*NEEDED, "pt-BR", "prs"])
    assert claims("24/7", "lt") == []


@pytest.mark.parametrize("tag", [tag for tag in DATA if tag != "*"])
def test_each_list_is_whole(tag):
    """Every list belongs to a known language, covers every kind and says where it comes from."""
    entry = DATA[tag]

    assert tag in languages.registry()
    assert entry["origin"]
    if "same_as" in entry:
        assert entry.keys() == {"origin", "same_as"}
    else:
        assert entry.keys() - {"origin", "harmless"} == KINDS.keys()
        assert all(entry[kind] for kind in KINDS)
        assert entry.get("harmless", {}).keys() <= KINDS.keys()
