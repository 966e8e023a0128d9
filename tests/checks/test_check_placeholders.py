"""Placeholders stand in every text as in the source."""

import pytest

from campaign import checks

CALL = "Call %(phone)s. In danger: %(emergency)s."


def details(source, text, locale, **context):
    """The details of the placeholder findings alone."""
    return [f.detail for f in checks.run(source, text, locale, **context) if f.code == "placeholder"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de", "Rufen Sie an. In Gefahr: %(emergency)s."),
        ("el", "Καλέστε. Σε κίνδυνο: %(emergency)s."),
        ("uk", "Дзвоніть. У небезпеці: %(emergency)s."),
        ("ar", "اتصلوا. عند الخطر: %(emergency)s."),
        ("fa", "تماس بگیرید. در خطر: %(emergency)s."),
        ("ti", "ደውሉ። ኣብ ሓደጋ፦ %(emergency)s።"),
        ("bn", "ফোন করুন। বিপদে: %(emergency)s।"),
    ],
)
def test_a_lost_number_is_named(locale, text):
    """A leaflet without its helpline number is not printed."""
    assert details(CALL, text, locale) == ["%(phone)s is missing"]


def test_the_order_of_placeholders_is_the_language_s_own():
    """A translation may turn the sentence round."""
    assert details(CALL, "In Gefahr: %(emergency)s. Rufen Sie %(phone)s an.", "de") == []


def test_a_repeated_placeholder_is_found():
    """The same number twice in an SMS costs a part."""
    text = "%(phone)s: rufen Sie %(phone)s an. In Gefahr: %(emergency)s."
    assert details(CALL, text, "de") == ["%(phone)s stands 2 times, in the source 1"]


def test_a_renamed_placeholder_is_found_with_what_was_meant():
    """An engine that translated the name is corrected in one step."""
    text = "Rufen Sie %(telephone)s an. In Gefahr: %(emergency)s."
    assert "%(telephone)s is not in the source; write %(phone)s" in details(CALL, text, "de")


@pytest.mark.parametrize(
    "broken",
    ["%(phone)", "%s", "{phone}", "{{ phone }}", "%( phone )s", "%(phone)d", "％（phone）s", "${phone}", "%1$s"],
)
def test_a_damaged_placeholder_is_shown_as_it_stands(broken):
    """Whatever a keyboard or an engine made of it, the mediator sees the piece to replace."""
    found = details("Call %(phone)s", f"Rufen Sie {broken} an", "de")

    assert found == ["%(phone)s is missing", f"{broken} is no placeholder; write %(phone)s"]


@pytest.mark.parametrize(
    "text", ["50 % der Menschen", "%50 indirim", "100%% sicher", "(siehe unten)", "#YouHaveRights"]
)
def test_ordinary_percent_signs_and_brackets_pass(text):
    """Not every percent sign is code."""
    assert details("Many people", text, "tr") == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("100 % confidentiel : %(phone)s", "% c"),
        ("100% confidencial: %(phone)s", "% c"),
        ("%100 gizli: %(phone)s", "%1"),
        ("%(phone)s, 50 %", "%"),
        ("%(phone)s, 50 %\n", "%"),
        ("%(phone)s 100 %, immer", "%"),
    ],
)
def test_a_percent_sign_beside_a_placeholder_is_written_twice(text, piece):
    """gettext takes it for a format there and refuses the whole catalogue: the mediator is told what to type."""
    assert details("Call %(phone)s", text, "fr") == [f"{piece} is no placeholder; write %%"]
    assert (
        details("Call %(phone)s", text.replace("%(phone)s", "\0").replace("%", "%%").replace("\0", "%(phone)s"), "fr")
        == []
    )


@pytest.mark.parametrize("text", ["%(phone)s: 100 ٪", "%(phone)s 100％", "%(phone)s %%", "%%(x) %(phone)s"])
def test_other_percent_signs_beside_a_placeholder_pass(text):
    """Arabic and full-width percent signs mean nothing to gettext, and a doubled one is right."""
    assert details("Call %(phone)s", text, "ar") == []


def test_a_piece_of_code_that_the_source_has_passes():
    """A text about placeholders can be translated."""
    assert details("Write {name} here", "Schreiben Sie {name} hierher", "de") == []


COUNT = {"plural": "They speak %(count)s languages:"}


def test_a_form_for_one_or_two_may_say_the_number_in_words():
    """Arabic has a word for two languages; digits there would read oddly."""
    forms = ("لا لغة", "لغة واحدة", "لغتان", *["%(count)s لغات"] * 3)
    assert details("They speak %(count)s language:", forms[0], "ar", forms=forms, **COUNT) == []


def test_a_form_for_many_keeps_the_number():
    """"They speak languages" would say nothing."""  # fmt: skip
    forms = ("لا لغة", "لغة واحدة", "لغتان", "لغات", *["%(count)s لغات"] * 2)
    found = details("They speak %(count)s language:", forms[0], "ar", forms=forms, **COUNT)

    assert found == ["plural form 3: %(count)s is missing"]


def test_a_form_that_also_counts_twenty_one_keeps_the_number():
    """Ukrainian uses the form of 1 for 21 too, so it cannot say "one"."""
    forms = ("Розмовляють однією мовою", *["Розмовляють %(count)s мовами"] * 2)
    found = details("They speak %(count)s language:", forms[0], "uk", forms=forms, **COUNT)

    assert found == ["plural form 0: %(count)s is missing"]


def test_other_placeholders_stay_in_every_form():
    """Only the number can be said in words, never a telephone number."""
    found = details(
        "Call %(phone)s in %(count)s hour",
        "Anrufen",
        "de",
        plural="Call %(phone)s in %(count)s hours",
        forms=("In einer Stunde anrufen", "%(phone)s in %(count)s Stunden anrufen"),
    )
    assert found == ["plural form 0: %(phone)s is missing"]
