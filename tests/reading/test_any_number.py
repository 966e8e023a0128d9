"""Any number of any country, written in any way in any language and any kind of file, is read back; another one never."""

from __future__ import annotations

import io
import os
import random
import tomllib
from dataclasses import dataclass
from importlib import resources

import phonenumbers
import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign import languages
from campaign.audit.compare import compare
from campaign.audit.profile import of_document
from campaign.audit.readers import READERS
from campaign.bidi import LRI, LRM, PDI, strip_controls
from campaign.identify.guess import guess
from campaign.model.finding import Severity
from campaign.reading.cues import listed, words
from campaign.reading.fold import fold
from campaign.reading.seek import may_show, seek, wanted_phone
from campaign.typeset.fonts import load

TAGS = tuple(languages.registry())
KINDS = {
    "txt": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
COUNTRIES = sorted(filter(phonenumbers.example_number, phonenumbers.SUPPORTED_REGIONS))
#: Files of each kind that the suite makes, each with a number in every language; `make fuzz` makes more.
DEEPER = int(os.environ.get("CAMPAIGN_EXAMPLES", "0")) // 1000
UNSPACED = {"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"}

#: How people write the same number, from its national form, its international one and bare digits.
WAYS = (
    lambda n, i, e: i,
    lambda n, i, e: e,
    lambda n, i, e: n,
    lambda n, i, e: i.replace(" ", "\u00a0"),
    lambda n, i, e: i.replace(" ", "\u202f"),
    lambda n, i, e: i.replace(" ", "."),
    lambda n, i, e: i.replace(" ", "-"),
    lambda n, i, e: i.replace(" ", "\u2011"),
    lambda n, i, e: i.replace(" ", " - "),
    lambda n, i, e: i.replace("+", "00", 1),
    lambda n, i, e: i.replace(" ", "/", 1),
    lambda n, i, e: i.replace("+", "+ ", 1),
    lambda n, i, e: i.replace(" ", " (0)", 1) if n.startswith("0") and i.count(" ") > 1 else i,
    lambda n, i, e: "(" + i.replace(" ", ") ", 1) if " " in i else f"({i})",
)  # fmt: skip
#: Where a number stands in a line: {w} is a word of the language, {n} the number.
PLACES = ("{w} {n} {w}", "{w}: {n}", "{w} ({n})", "{w} {n}, 112", "{w} [{n}]", "{n} {w}", "{w} {n}.")
TOUCHING = ("{w}{n}{w}", "{w}：{n}。")


@dataclass(frozen=True)
class Number:
    """A valid number: what is dialled (E.164), and one way to write it."""

    plain: str
    written: str


def some_number(chance: random.Random) -> Number:
    """A number of any country in any writing."""
    while True:
        example = phonenumbers.example_number(chance.choice(COUNTRIES))
        digits = str(example.national_number)
        made = int(digits[:-3] + f"{chance.randrange(1000):03}")
        number = phonenumbers.PhoneNumber(
            country_code=example.country_code, national_number=made, italian_leading_zero=example.italian_leading_zero
        )
        if phonenumbers.is_valid_number(number) and len(str(made)) >= 7:
            kinds = phonenumbers.PhoneNumberFormat
            national, international, plain = (
                phonenumbers.format_number(number, kind) for kind in (kinds.NATIONAL, kinds.INTERNATIONAL, kinds.E164)
            )
            return Number(plain, chance.choice(WAYS)(national, international, plain))


def spoilt(number: Number, chance: random.Random) -> str:
    """The number with one digit changed, two of them swapped, or all in reverse."""
    written = number.written
    places = [index for index, c in enumerate(written) if c.isdigit()]
    if "(0)" in written:
        places.remove(written.index("(0)") + 1)  # nobody dials that one
    digits = [written[index] for index in places]
    while True:
        wrong = list(digits)
        match chance.choice(("changed", "swapped", "reversed")):
            case "changed":
                at = chance.randrange(len(wrong))
                wrong[at] = str((int(wrong[at]) + chance.randrange(1, 10)) % 10)
            case "swapped":
                one, two = chance.sample(range(len(wrong)), 2)
                wrong[one], wrong[two] = wrong[two], wrong[one]
            case "reversed":
                wrong.reverse()
        if wrong != digits:
            line = list(written)
            for place, digit in zip(places, wrong, strict=True):
                line[place] = digit
            return "".join(line)


def line_of(tag: str, number: str, kind: str, chance: random.Random) -> str:
    """A line in a language with the number kept from left to right as files of the kind do it."""
    language = languages.get(tag)
    shown = number
    if language.rtl:
        isolated = f"{LRI}{number}{PDI}"
        marked = isolated if kind == "pdf" else f"{LRM}{number}{LRM}"
        tagged = chance.choice((f"<bdi dir=ltr>{number}</bdi>", f"<span dir=ltr>{number}</span>"))
        shown = chance.choice((isolated, marked, tagged if kind == "html" else isolated))
    places = PLACES + (TOUCHING if language.script in UNSPACED else ())
    return chance.choice(places).format(w=language.autonym, n=shown)


def as_file(kind: str, lines: dict[str, str]) -> bytes:
    """A file with a line, a paragraph or a page in each language, in that language's direction."""
    rtl = {tag for tag in lines if languages.get(tag).rtl}
    match kind:
        case "txt":
            return "\n".join(lines.values()).encode()
        case "html":
            paragraphs = (f"<p lang={t} dir={'rtl' if t in rtl else 'ltr'}>{line}</p>" for t, line in lines.items())
            return f"<!doctype html><meta charset=utf-8>{''.join(paragraphs)}".encode()
        case "docx":
            return _docx(lines, rtl)
        case _:
            return _pdf(lines, rtl)


def _docx(lines: dict[str, str], rtl: set[str]) -> bytes:
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    for tag, line in lines.items():
        paragraph = document.add_paragraph(line)
        if tag in rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(lines: dict[str, str], rtl: set[str]) -> bytes:
    import typst

    pages = []
    for tag, line in lines.items():
        side = "rtl" if tag in rtl else "ltr"
        shown = line.replace("\\", "\\\\").replace('"', '\\"')
        pages.append(f'#text(lang: "{tag.partition("-")[0]}", dir: {side}, "{shown}")')
    fonts = ", ".join(f'"{name}"' for name in dict.fromkeys(f for t in lines for f in languages.get(t).fonts))
    source = f"#set page(width: 18cm, height: 4cm)\n#set text(font: ({fonts}), size: 10pt)\n"
    made: bytes = typst.compile((source + "\n#pagebreak()\n".join(pages)).encode(), font_paths=load(None))
    return made


def findings(kind: str, lines: dict[str, str], numbers: dict[str, Number]):
    """What `audit` says of the numbers of a file, against a reference that has each of them in its plainest form."""
    document = READERS[KINDS[kind]](as_file(kind, lines))
    plain = "\n".join(f"Call {number.plain}" for number in numbers.values())
    known = of_document("en.txt", READERS["text/plain"](plain.encode()))
    _, found = compare(f"a.{kind}", document, known, "en")
    return known, [f for f in found if f.code == "contact-changed"]


def check(kind: str, seed: int, tags: tuple[str, ...]) -> None:
    """Right numbers are clean, and each wrong one is an error of its own."""
    chance = random.Random(seed)
    numbers: dict[str, Number] = {}
    while len(numbers) < len(tags):
        number = some_number(chance)
        if number.plain[-7:] not in {other.plain[-7:] for other in numbers.values()}:
            numbers[tags[len(numbers)]] = number
    right = {tag: line_of(tag, number.written, kind, chance) for tag, number in numbers.items()}
    _, found = findings(kind, right, numbers)
    assert [f.detail for f in found] == [], (kind, seed)
    wrong = {tag: line_of(tag, spoilt(number, chance), kind, chance) for tag, number in numbers.items()}
    known, found = findings(kind, wrong, numbers)
    errors = [f.detail for f in found if f.severity is Severity.ERROR]
    if len(errors) < len(numbers):
        for tag, line in wrong.items():  # which one was it?
            assert findings(kind, {tag: line}, {tag: numbers[tag]})[1] != [], (kind, seed, tag, line, numbers[tag])
    assert len(errors) >= len(numbers) == len(known.wanted), (kind, seed, errors)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.sample(1)
def test_any_number_is_read_back_and_another_never_is(kind):
    """A number in every language of the registry, each in some writing: all are clean. With a digit changed, two
    swapped or all reversed each of them is an error.
    """
    for seed in range(max(DEEPER, 1 if kind == "pdf" else 2)):
        check(kind, seed, TAGS)


@pytest.mark.slow
@settings(max_examples=max(20, DEEPER * 100), deadline=None)
@given(seed=st.integers(10, 1 << 40), tag=st.sampled_from(TAGS), kind=st.sampled_from(["txt", "html"]))
def test_a_number_alone_is_read_back_and_another_never_is(seed, tag, kind):
    """One number, one file: nothing else stands there that could be taken for it."""
    check(kind, seed, (tag,))


@settings(max_examples=max(30, DEEPER * 100), deadline=None)
@given(seed=st.integers(), tag=st.sampled_from([tag for tag in TAGS if languages.get(tag).rtl]), html=st.booleans())
def test_a_number_that_the_eye_meets_in_another_order_is_an_error(seed, tag, html):
    """Without marks, what right-to-left text shows is judged: as the Unicode algorithm of another library says."""
    number, name = some_number(random.Random(seed)), languages.get(tag).autonym
    line = f"{name} {number.written} {name}"
    eye = strip_controls(str(get_display(line, base_dir="R")))
    lines = {tag: line}
    _, found = findings("html" if html else "txt", lines, {tag: number})
    reads = number.written.replace("\u2011", "-") in eye.replace("\u2011", "-")
    assert ([f.severity for f in found] == []) is reads, (line, eye, [f.detail for f in found])
    assert all(f.severity is Severity.ERROR for f in found)


@settings(max_examples=max(30, DEEPER * 100), deadline=None)
@given(seed=st.integers(), tag=st.sampled_from([tag for tag in TAGS if not languages.get(tag).rtl]))
def test_second_numbers_are_read_back_and_others_never_are(seed, tag):
    """As in "16 90 / 91" and "-33 or -34": the number that shares its beginning is compared like the first."""
    chance = random.Random(seed)
    first = f"+32 3 201 16 {chance.randrange(20, 60)}"
    tail, other = chance.sample([str(n) for n in range(60, 90)], 2)
    name = languages.get(tag).autonym
    word = chance.choice(("or", "ou", "oder", "ή", "или", "বা", "या", "ወይ", "หรือ", "または", "ឬ"))
    write = chance.choice(("{} / {}", "{}/{}", "{}, -{}", f"{{}} {word} -{{}}"))
    reference = f"Call {first}\nCall {first[:-2]}{tail}"
    for end, clean in ((tail, True), (other, False)):
        document = READERS["text/plain"](f"{name} {write.format(first, end)} {name}".encode())
        known = of_document("en.txt", READERS["text/plain"](reference.encode()))
        found = [f.detail for f in compare("a.txt", document, known, tag)[1] if f.code == "contact-changed"]
        assert (found == []) is clean, (document.text, found)


def test_every_language_of_the_registry_has_words_before_a_number():
    """A language without them would lose its short codes."""
    assert set(TAGS) - listed() == set()


CODES = ("112", "911", "1522", "116 000", "0800", "1450", "116 123")


@pytest.mark.slow
@settings(max_examples=max(50, DEEPER * 100), deadline=None)
@given(
    tag=st.sampled_from(TAGS),
    code=st.sampled_from(CODES),
    write=st.sampled_from(["{}", "({})", "[{}]", "{}/911", "112, {}", "{}|112", "112/{}"]),
    place=st.integers(0, 5),
    step=st.integers(1, 9),
)
def test_a_code_with_a_cue_of_any_language_is_a_contact(tag, code, write, place, step):
    """A word of the registry's language before the code, brackets and lists around it: it is read and compared, and
    with another digit it is never right.
    """
    document = READERS["text/plain"](f"{_cue(tag)} {write.format(code)}".encode())
    found = {"".join(filter(str.isdigit, wanted.text)) for wanted in of_document("en.txt", document).wanted}
    assert code.replace(" ", "") in found, document.text
    digits = [index for index, character in enumerate(code) if character.isdigit()]
    at = digits[place % len(digits)]
    wrong = code[:at] + str((int(code[at]) + step) % 10) + code[at + 1 :]
    known = of_document("en.txt", READERS["text/plain"](f"Call {code}".encode()))
    document = READERS["text/plain"](f"{_cue(tag)} {wrong}".encode())
    assert [f for f in compare("a.txt", document, known, tag)[1] if f.severity is Severity.ERROR], document.text


def _cue(tag: str) -> str:
    table = tomllib.loads(resources.files("campaign").joinpath("data", "cues.toml").read_text(encoding="utf-8"))
    entry = table[tag]
    word = table[entry.get("same_as", tag)]["call"][0].removesuffix(".")
    assert words("call").search(word)
    return str(word)


def test_a_guess_needs_no_contacts():
    """The lines of these tests are too short to be taken for another language."""
    assert guess("français +32 3 201 16 90 français").code == ""


@given(
    st.lists(
        st.sampled_from(["1", "2", "11", "112", "١١٢", "፩", " ", "-", ".", "/", "\n", "+32", "a", "no ", "%31"]),
        max_size=12,
    ),
    st.sampled_from(["112", "12", "911"]),
)
def test_a_code_whose_digits_are_not_there_is_not_sought(pieces, code):
    """The quick answer that a text shows no such code is never given where the long search finds it."""
    folded, wanted = fold("".join(pieces)), wanted_phone(code)
    if seek([wanted_phone("+32 3 201 16 90"), wanted], folded)[1]:
        assert may_show(wanted, folded)
