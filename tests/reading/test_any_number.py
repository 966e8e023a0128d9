"""Any number of any country, written in any way in any language and any kind of file, is read back; another one never."""

from __future__ import annotations

import io

import phonenumbers
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from campaign import languages
from campaign.audit.compare import compare
from campaign.audit.profile import of_document
from campaign.audit.readers import READERS
from campaign.bidi import LRI, PDI
from campaign.identify.guess import guess
from campaign.reading.cues import listed, words

PROSE = {tag: language.autonym for tag, language in languages.registry().items()}
FIRST = {".txt": "text/plain", ".html": "text/html"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)

#: How people write the same number; each takes the national form, the international one, and bare digits.
WAYS = (
    lambda n, i, e: i,
    lambda n, i, e: e,
    lambda n, i, e: n,
    lambda n, i, e: i.replace(" ", "\u00a0"),
    lambda n, i, e: i.replace(" ", "."),
    lambda n, i, e: i.replace(" ", "-"),
    lambda n, i, e: i.replace("+", "00", 1),
    lambda n, i, e: f"({i})",
    lambda n, i, e: i.replace(" ", "\u202f"),
)


@st.composite
def numbers(draw):
    """(E.164, as it is written) of a valid number of any country."""
    country = draw(st.sampled_from(COUNTRIES))
    example = phonenumbers.example_number(country)
    assume(example is not None)
    tail = draw(st.text("0123456789", min_size=2, max_size=2))
    number = phonenumbers.PhoneNumber(
        country_code=example.country_code, national_number=int(str(example.national_number)[:-2] + tail),
        italian_leading_zero=example.italian_leading_zero,
    )  # fmt: skip
    assume(phonenumbers.is_valid_number(number) and len(str(number.national_number)) >= 7)
    national, international, plain = (
        phonenumbers.format_number(number, kind)
        for kind in (
            phonenumbers.PhoneNumberFormat.NATIONAL,
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        )
    )
    return plain, draw(st.sampled_from(WAYS))(national, international, plain)


def as_file(kind: str, tag: str, text: str) -> bytes:
    """A file of this kind with one line of text in a language, its direction as that language has it."""
    if kind == "text/plain":
        return text.encode()
    if kind == "text/html":
        side = "rtl" if languages.get(tag).rtl else "ltr"
        return f"<html lang={tag} dir={side}><meta charset=utf-8><p>{text}</p></html>".encode()
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def findings(kind: str, tag: str, number: str, reference: str):
    """What `audit` says of the number in a sentence of the language, against a reference that has another way."""
    name = PROSE[tag]
    shown = f"{LRI}{number}{PDI}" if languages.get(tag).rtl else number
    document = READERS[kind](as_file(kind, tag, f"{name} {shown} {name}"))
    known = of_document("en.txt", READERS["text/plain"](f"Call {reference}".encode()))
    _, found = compare(f"a-{tag}.x", document, known, tag)
    return [f.detail for f in found if f.code == "contact-changed"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text/plain", "text/html", WORD], ids=["txt", "html", "docx"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(number=numbers(), tag=st.sampled_from(sorted(PROSE)), data=st.data())
def test_any_number_is_read_back_and_another_never_is(kind, number, tag, data):
    """The number in any writing is clean; with one digit changed, two swapped, or reversed it never is."""
    plain, written = number
    assert findings(kind, tag, written, plain) == []
    places = [index for index, c in enumerate(written) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = str((int(written[place]) + data.draw(st.integers(1, 9))) % 10)
    digits = [written[index] for index in places]
    wrongs = {written[:place] + digit + written[place + 1 :]}
    one, two = places[-2:]
    wrongs.add(written[:one] + written[two] + written[one + 1 : two] + written[one] + written[two + 1 :])
    turned = iter(reversed(digits))
    wrongs.add("".join(next(turned) if c.isdigit() else c for c in written))
    for wrong in wrongs:
        if "".join(filter(str.isdigit, wrong)) != "".join(digits):
            assert findings(kind, tag, wrong, plain) != [], wrong


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(number=numbers(), tag=st.sampled_from(["fr", "ar", "he", "ur", "bn", "ti", "th", "el", "zh-Hans"]))
def test_any_number_is_read_back_from_a_pdf(number, tag, tmp_path_factory):
    """A PDF in the language's own fonts and direction: the number is read by its place, a changed one is found."""
    import typst

    plain, written = number
    language = languages.get(tag)
    side = "rtl" if language.rtl else "ltr"
    for text, clean in ((written, True), (written[:-1].rstrip(")") + str((int(plain[-1]) + 1) % 10), False)):
        shown = f"{LRI}{text}{PDI}" if language.rtl else text
        source = f'#set text(dir: {side}, font: ("Noto Sans",))\n#set page(width: 18cm, height: 4cm)\n'
        source += f'#text("{language.autonym} {shown} {language.autonym}")'
        path = tmp_path_factory.mktemp("pdf") / "a.typ"
        path.write_text(source, encoding="utf-8")
        document = READERS["application/pdf"](typst.compile(str(path)))
        known = of_document("en.txt", READERS["text/plain"](f"Call {plain}".encode()))
        found = [f.detail for f in compare("a.pdf", document, known, tag)[1] if f.code == "contact-changed"]
        assert (found == []) is clean, (text, found)


@settings(max_examples=50, deadline=None)
@given(
    tag=st.sampled_from(sorted(PROSE)),
    code=st.sampled_from(["112", "911", "1522", "116 000", "0800", "1450"]),
    write=st.sampled_from(["{}", "({})", "[{}]", "{}/911", "112, {}"]),
)
def test_a_code_with_a_cue_of_any_language_is_a_contact(tag, code, write):
    """A word of the registry's language before the code, brackets and lists around it: it is read and compared."""
    assert tag in listed()
    document = READERS["text/plain"](f"{_cue(tag)} {write.format(code)}".encode())
    found = {"".join(filter(str.isdigit, wanted.text)) for wanted in of_document("en.txt", document).wanted}
    assert code.replace(" ", "") in found, document.text


def _cue(tag: str) -> str:
    import tomllib
    from importlib import resources

    table = tomllib.loads(resources.files("campaign").joinpath("data", "cues.toml").read_text(encoding="utf-8"))
    entry = table[tag]
    word = table[entry.get("same_as", tag)]["call"][0].removesuffix(".")
    assert words("call").search(word)
    return str(word)


def test_a_guess_needs_no_contacts():
    """The lines of these tests are too short to be taken for another language."""
    assert guess("français +32 3 201 16 90 français").code == ""
