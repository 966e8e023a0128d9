"""The same numbers in every text, in whatever digits, and contacts in digits that can be dialled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import checks
from campaign.reading.fold import fold

SCRIPTS = [
    "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "੦੧੨੩੪੫੬੭੮੯", "០១២៣៤៥៦៧៨៩", "၀၁၂၃၄၅၆၇၈၉", "๐๑๒๓๔๕๖๗๘๙",
    "０１２３４５６７８９",
]  # fmt: skip


def details(source, text, locale="fa"):
    """Code and detail of the findings about numbers and contacts."""
    found = checks.run(source, text, locale)
    return [(f.code, f.detail) for f in found if f.code in ("number", "contact-changed")]


@given(st.integers(0, 10**12), st.sampled_from(SCRIPTS))
def test_digits_of_any_script_fold_to_the_same_number(number, digits):
    """What is written in native digits, with a soft hyphen or a direction mark in it, is the same number."""
    native = "\u200e" + "\u00ad".join(digits[int(digit)] for digit in str(number))
    assert fold(native).text == str(number)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("፩", "1"), ("፲፪", "12"), ("፳፬", "24"), ("፻", "100"), ("፪፻፶", "250"), ("፳፻፲፮", "2016"), ("፼", "10000")],
)  # fmt: skip
def test_ethiopic_numerals_are_read(numeral, value):
    """They have no zero: signs for tens and hundreds stand side by side."""
    assert fold(numeral).text == value


def test_the_same_number_in_native_digits_or_other_groups_passes():
    """Persian writes 24 as ۲۴, and a thousand with a space."""
    assert details("Within 24 hours", "در ۲۴ ساعت") == []
    assert details("1,000 people", "۱ ۰۰۰ نفر") == []


def test_a_changed_number_stops_the_release_and_a_lost_small_one_asks_for_a_look():
    """Two hours can be a word; four hours instead of two cannot."""
    changed, lost = (
        checks.run("Wait 2 hours", "۴ ساعت صبر کنید", "fa"),
        checks.run("Wait 2 hours", "دو ساعت صبر کنید", "fa"),
    )

    assert [(f.code, f.severity.value) for f in changed] == [("number", "error")]
    assert [(f.code, f.severity.value) for f in lost] == [("number", "warning")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("با +32 3 201 16 9 تماس بگیرید.", "is truncated: 323201169"),
        ("با +09 61 102 3 23 تماس بگیرید.", "is reversed: 0961102323"),
        ("با +32 3 201 61 90 تماس بگیرید.", "became 3232016190"),
        ("تماس بگیرید.", "is missing"),
        ("با 32 3 201 16 90 تماس بگیرید.", "the number 32 3 201 16 90 lacks the plus sign of +32 3 201 16 90"),
        ("با +۳۲ ۳ ۲۰۱ ۱۶ ۹۰ تماس بگیرید.", "is in digits that telephones do not have: write 3232011690"),
    ],
)
def test_a_changed_telephone_number_says_how(text, words):
    """The finding shows the difference, so that the right number is found."""
    ((code, detail),) = details("Call +32 3 201 16 90.", text)
    assert code == "contact-changed"
    assert words in detail


@pytest.mark.parametrize(
    "text",
    ["با +32 3 201 16 90 تماس بگیرید.", "با +32/3-201.16.90 تماس بگیرید.", "با +32\u00a03\u2009201 1690 تماس بگیرید."],
)
def test_the_same_number_in_other_groups_passes(text):
    """Spaces, dots and slashes are each country's own."""
    assert details("Call +32 3 201 16 90.", text) == []


def test_a_span_of_years_and_a_time_are_no_telephone_numbers():
    """They may be in native digits."""
    assert details("From 1914-1918, on 2026-11-24, 08:00-20:00", "۱۹۱۴-۱۹۱۸، ۲۰۲۶-۱۱-۲۴، ۰۸:۰۰-۲۰:۰۰") == []


def test_a_changed_address_is_named_with_what_it_became():
    """A misspelt e-mail address reaches nobody."""
    assert details("Write to help@example.org", "به hlep@example.org بنویسید") == [
        ("contact-changed", "the e-mail help@example.org is missing, it became hlep@example.org")
    ]


def test_a_changed_address_is_found_behind_what_nobody_sees():
    """A soft hyphen within "www" hides no misspelt web address, even where no digit stands beside it."""
    assert details("Read www.example.org", "بخوانید: w\u00adww.exmaple.org") == [
        ("contact-changed", "the web address www.example.org is missing, it became www.exmaple.org")
    ]


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ("118,381 people", "118\u00a0381 personnes", "fr"),
        ("118,381 people", "118\u202f381 людей", "uk"),
        ("118,381 people", "118’381 Personen", "de"),
        ("118,381 people", "১,১৮,৩৮১ জন মানুষ", "bn"),
        ("118,381 people", "118.381 ανθρώπους", "el"),
        ("2.5 million people", "২৫ লাখ মানুষ", "bn"),
        ("2 million people", "2 000 000 personnes", "fr"),
        ("1,234.50 euros", "1.234,50 Euro", "de"),
        ("Open until 5 pm", "Ouvert jusqu'à 17 h", "fr"),
        ("Open until 5 pm", "Geöffnet bis 17 Uhr", "de"),
        ("Open until 5 p.m.", "17:00 பற்றி", "ta"),
        ("From 9:00 to 17:00", "9-ka subaxnimo ilaa 5-ta galabnimo", "so"),
        ("From 9 am to 5 pm", "सुबह 9 बजे से शाम 5 बजे तक", "hi"),
        ("Within twenty-four hours", "خلال 24 ساعة", "ar"),
        ("Two hundred and fifty people", "250 qof", "so"),
        ("Opens at 18:00", "Ouvre à 18 h", "fr"),
        ("Opens at 6:30 pm", "Ouvre à 18 h 30", "fr"),
        ("Opens at 6:30 pm", "Öffnet um 18 Uhr 30", "de"),
        ("Opens at 6:30 pm", "о 18 год. 30 хв.", "uk"),
        ("Opens at 18:30", "午後6時30分", "ja"),
        ("Opens at 6:30 pm", "সন্ধ্যা ৬টা ৩০ মিনিটে", "bn"),
        ("Open 24 hours a day", "Ouvert 24 h sur 24", "fr"),
        ("Half an hour", "30 minuti", "it"),
        ("On 14 May 2025", "Am 14.05.2025", "de"),
        ("At midday", "Um 12 Uhr", "de"),
        ("Opens at 9:00", "ንግሆ ሰዓት 3", "ti"),
        ("Opens at 18:00", "saa 12 jioni", "sw"),
    ],
)
def test_a_number_grouped_or_timed_the_languages_own_way_passes(source, text, locale):
    """Spaces of every kind, apostrophes, lakhs, decimal commas, the clock of twelve hours, numbers in words."""
    assert details(source, text, locale) == []


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ("118,381 people", "118\u00a0318 personnes", "fr"),
        ("118,381 people", "১,১৮,৩১৮ জন", "bn"),
        ("Open until 5 pm", "Ouvert jusqu'à 16 h", "fr"),
        ("2.5 % of all", "25 % von allen", "de"),
        ("Within twenty-four hours", "خلال 42 ساعة", "ar"),
        ("Opens at 6:30 pm", "Ouvre à 18 h 20", "fr"),
        ("Opens at 18:00", "Ouvre à 17 h", "fr"),
        ("Opens at 9:00", "ንግሆ ሰዓት 4", "ti"),
        ("On 14 May 2025", "Am 14.06.2026", "de"),
    ],
)
def test_another_value_is_an_error(source, text, locale):
    """However it is grouped, another number is another number."""
    assert [code for code, _ in details(source, text, locale)] == ["number"]


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ("Read https://example.org/help.", "পড়ুন https://example.org/help।", "bn"),
        ("Read https://example.org/help.", "詳しくはhttps://example.org/helpをご覧ください。", "ja"),
        ("Read example.org/help.", "请访问example.org/help。", "zh-Hans"),
        ("Write to help@example.org.", "help@example.orgに書いてください", "ja"),
        ("Read https://пример.рф/помощь.", "اقرأ https://пример.рф/помощь؟", "ar"),
        ("Call 112/911.", "اتصل 112/911.", "ar"),
        ("Call +32 3 201 16 33 or -34.", "Bel +32 3 201 16 33 of -34.", "nl"),
    ],
)
def test_an_address_that_touches_its_sentence_is_the_same(source, text, locale):
    """Dandas, full-width marks and words without spaces belong to the sentence."""
    assert details(source, text, locale) == []
    changed = text.replace("example", "exampel").replace("помощь", "помошь").replace("911", "919").replace("-34", "-43")
    assert details(source, changed, locale) != []
