"""XLIFF, TMX and TBX as values: what goes out comes back, and what others do to it is understood or refused by name."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import poxliff
from translate.storage import tbx as toolkit_tbx
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff2 as toolkit_xliff2

from campaign import languages, limits
from campaign.catalogue import glossary
from campaign.catalogue.exchange import safe_xml, segments, tbx, tmx, xliff, xliff2
from campaign.catalogue.exchange.answers import Answer, Row
from campaign.catalogue.exchange.segments import Sentence
from campaign.catalogue.exchange.tmx import Pair, Signature
from campaign.catalogue.glossary import Term
from campaign.errors import CampaignError
from campaign.model.placeholders import placeholders
from campaign.model.state import State
from campaign.model.unit import Unit

EXAMPLES = int(os.environ.get("CAMPAIGN_EXAMPLES", "20"))
PACK = "0123456789abcdef"
WRITE = {"1.2": xliff.write, "2.0": xliff2.write}
READ = {"1.2": xliff.read, "2.0": xliff2.read}
VERSIONS = pytest.mark.parametrize("version", WRITE)

#: Every letter that XML holds; control characters and half letters are refused on their way out.
_letters = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff")
_pieces = st.one_of(
    st.text(_letters | st.sampled_from("\n\t\r <>&]"), max_size=12), st.sampled_from(["%(phone)s", "%%"])
)
_texts = st.lists(_pieces, min_size=1, max_size=5).map("".join)
_words = _texts.filter(str.strip)


@st.composite
def _catalogues(draw: st.DrawFn) -> list[Sentence]:
    """The sentences of a catalogue: contexts, plurals, placeholders in another order, notes, states, empty texts."""
    locale = draw(st.sampled_from(["ar", "de", "ja", "pl", "zh-Hans"]))
    found: dict[str, Sentence] = {}
    for source in draw(st.lists(_words, min_size=1, max_size=6, unique=True)):
        plural = draw(st.sampled_from(["", f"{source} all"]))
        count = languages.get(locale).nplurals if plural else 1
        form = st.lists(st.sampled_from([source, "%%", " ", "»", "ש"]), min_size=1, max_size=3).map("".join)
        filled = tuple(draw(form.filter(str.strip)) for _ in range(count))
        forms = draw(st.sampled_from([filled, ("",) * count]))
        unit = Unit(locale, draw(_texts | st.just("")), source, plural, forms, draw(st.booleans()), notes=draw(_texts))
        state = State.MISSING if not forms[0] else draw(st.sampled_from([State.DRAFT, State.STALE, State.SIGNED]))
        comments = tuple(dict.fromkeys(" ".join(text.split()) for text in draw(st.lists(_words, max_size=2))))
        found[unit.key] = Sentence(Row(unit, state), tuple(filter(None, comments)))
    return list(found.values())


def _back(version: str, data: bytes, locale: str) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    return segments.answers([*READ[version](safe_xml.parse(data, "a.xlf"))], locale)


@pytest.mark.slow
@VERSIONS
@settings(max_examples=EXAMPLES)
@given(_catalogues())
def test_a_catalogue_comes_back_whole(version: str, catalogue: list[Sentence]) -> None:
    """Keys, every plural form, placeholders, the translators' comments and states, of any letters that XML holds."""
    locale = catalogue[0].row.unit.locale
    data = WRITE[version](catalogue, "en", locale, PACK)
    answers, refused = _back(version, data, locale)
    assert refused == ()
    by_key = {answer.key: answer for answer in answers}
    assert by_key.keys() == {each.row.unit.key for each in catalogue}
    for each in catalogue:
        unit, answer = each.row.unit, by_key[each.row.unit.key]
        assert answer.forms == (unit.forms if unit.forms[0] else None)
        assert {" ".join(text.split()) for text in answer.sources} <= {
            " ".join(t.split()) for t in (unit.source, unit.plural)
        }
        assert list(answer.notes) == [text for text in each.comments if not text.startswith("origin: ")]
        if unit.forms[0]:
            assert answer.fuzzy == (each.state == "needs-review")
        assert each.state != "final" or each.row.state is State.SIGNED
    assert WRITE[version](catalogue, "en", locale, PACK) == data


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(_catalogues())
def test_a_memory_comes_back_whole(catalogue: list[Sentence]) -> None:
    """Each form with its source, context and category; who signed it."""
    locale, signature = catalogue[0].row.unit.locale, Signature("A. Haddad", "mediator", "2026-11-20")
    units = [each.row.unit for each in catalogue if each.row.unit.forms[0]]
    root = safe_xml.parse(tmx.write([Pair(unit, "signed", (signature,)) for unit in units], "en", locale), "a.tmx")
    proposals = tmx.read(root, "a.tmx", "en", locale)
    categories = languages.get(locale).categories
    wanted = [
        (
            unit.plural if unit.plural and categories[number] != "one" else unit.source,
            *(form, unit.context, unit.key, categories[number] if unit.plural else "", (str(signature),), "2026-11-20"),
        )
        for unit in units
        for number, form in enumerate(unit.forms)
    ]
    got = [(p.source, p.text, p.context, p.key, p.plural, p.signed, p.on) for p in proposals]
    assert got == wanted


_cell = st.text(st.characters(whitelist_categories=("Ll", "Lu", "Lo", "Mn", "Nd")), min_size=1, max_size=9)
_terms = st.builds(
    Term,
    _cell,
    st.lists(_cell.map("a{}".format), max_size=3, unique_by=str.casefold).map(tuple),
    st.just(""),
    _cell | st.just(""),
    st.just(False),
    st.lists(_cell.map("b{}".format), max_size=2, unique_by=str.casefold).map(tuple),
)


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(st.lists(_terms, max_size=6, unique_by=lambda term: term.term.casefold()))
def test_a_glossary_comes_back_whole(terms: list[Term]) -> None:
    """Agreed and avoided words in their order, and notes; through TBX and through the file of the workspace."""
    names = [Term("Payoke", (), "", "a name", True), Term("shelter", ("Unterkunft",), "f", "", False, ("Heim",))]
    terms = [term for term in terms if term.forms or term.forbidden or term.note] + names
    root = safe_xml.parse(tbx.write(terms, "en", "de", "A <campaign>"), "a.tbx")
    assert [term for _, term in tbx.read(root, "en", "de")] == terms
    assert glossary.read(glossary.written(terms), "de.csv") == terms


def _unit(source: str = "Call %(phone)s or %(emergency)s", *forms: str, plural: str = "", locale: str = "de") -> Unit:
    return Unit(locale, "", source, plural, forms or ("Ruf %(emergency)s oder %(phone)s an",), True)


def _file(version: str, *units: Unit) -> bytes:
    rows = [Sentence(Row(unit, State.DRAFT)) for unit in units or (_unit(),)]
    return WRITE[version](rows, "en", (units or (_unit(),))[0].locale, PACK)


@VERSIONS
def test_a_placeholder_is_a_code_with_the_number_of_its_source(version: str) -> None:
    """A program that moves or copies codes by number puts the right one; each of them is protected."""
    root = safe_xml.parse(_file(version), "a.xlf")
    numbers = [[code.get("id") for code in element.iter("ph")] for element in root.iter("source", "target")]
    assert numbers == [["1", "2"], ["2", "1"]]
    assert "%(" not in "".join(part.tail or "" for part in root.iter("ph"))


def test_the_translate_toolkit_reads_what_we_write() -> None:
    """The library of Weblate and Virtaal: sources, targets, plural forms, states, notes."""
    unit = _unit("%(count)s day", *"abcdef", plural="%(count)s days", locale="ar")
    (found,) = poxliff.PoXliffFile.parsestring(_file("1.2", unit)).units
    assert (list(found.source.strings), list(found.target.strings)) == (
        [unit.source, *[unit.plural] * 5],
        list("abcdef"),
    )
    store = toolkit_xliff2.Xliff2File.parsestring(_file("2.0", unit))
    assert [(each.getid(), each.target) for each in store.units] == [(f"{unit.key}.{n}", "abcdef"[n]) for n in range(6)]
    assert all(each.isfuzzy() for each in store.units)
    memory = toolkit_tmx.tmxfile.parsestring(tmx.write([Pair(_unit(), "draft")], "en", "de"))
    assert [(each.source, each.target) for each in memory.units] == [(_unit().source, _unit().text)]
    data = tbx.write([Term("shelter", ("Unterkunft",), "f", "a note", False, ("Heim",))], "en", "de", "x")
    (term,) = toolkit_tbx.tbxfile.parsestring(data, "en", "de").units
    assert (term.source, term.target, term.getnotes()) == ("shelter", "Unterkunft", "a note")


#: What programs make of our files, and the German text that it still says.
KEPT: dict[str, tuple[str, Callable[[str], str]]] = {
    "a code without its content": ("1.2", lambda t: t.replace('ctype="x-python-format">%(phone)s</ph> an', "/> an")),
    "x in place of ph": ("1.2", lambda t: t.replace('<ph id="1" ctype="x-python-format">%(phone)s</ph> an', '<x id="1"/> an')),
    "the placeholder as text": ("1.2", lambda t: t.replace('<ph id="1" ctype="x-python-format">%(phone)s</ph> an', "%(phone)s an")),
    "cut into segments": ("1.2", lambda t: t.replace(">Ruf <", '><mrk mtype="seg" mid="1">Ruf </mrk><')),
    "marked words": ("2.0", lambda t: t.replace("<target>Ruf ", '<target><mrk id="m" type="term">Ruf</mrk> ')),
    "another namespace": ("1.2", lambda t: t.replace("xliff:document:1.2", "xliff:document:1.1")),
    "a later version": ("2.0", lambda t: t.replace('version="2.0"', 'version="2.1"')),
    "a comment": ("1.2", lambda t: t.replace("<body>", "<body><!-- by hand -->")),
    "a match beside it": ("1.2", lambda t: t.replace("</trans-unit>", "<alt-trans><target>x</target></alt-trans></trans-unit>")),
    "UTF-16": ("1.2", lambda t: t.replace("encoding='UTF-8'", "encoding='UTF-16'")),
    "a name of the document type": ("1.2", lambda t: t.replace("<xliff", '<!DOCTYPE xliff SYSTEM "xliff.dtd">\n<xliff')),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_what_programs_make_of_a_file_is_understood(case: str) -> None:
    """Codes by number, segments put together, marks left out, other encodings and versions: the same text."""
    version, change = KEPT[case]
    text = _file(version).decode()
    changed = change(text)
    assert changed != text
    data = changed.encode("utf-16" if case == "UTF-16" else "utf-8")
    answers, refused = _back(version, data, "de")
    assert (refused, answers[0].forms) == ((), _unit().forms)


#: What hostile or broken files do to one sentence, and what is said of it.
REFUSED: dict[str, tuple[str, Callable[[str], str], str]] = {
    "bold": ("1.2", lambda t: t.replace(">Ruf ", '><g id="9">Ruf</g> '), "markup of another program (<g>)"),
    "native code": ("1.2", lambda t: t.replace(">Ruf ", '><bpt id="9">\\b</bpt>Ruf<ept id="9">\\b0</ept> '), "markup of another"),
    "bold in 2.0": ("2.0", lambda t: t.replace("<target>Ruf", '<target><pc id="9">Ruf</pc>'), "markup of another program (<pc>)"),
    "a control character": ("2.0", lambda t: t.replace("<target>Ruf", '<target><cp hex="0007"/>Ruf'), "markup of another program (<cp>)"),
    "a code of its own": ("1.2", lambda t: t.replace(">Ruf ", '><ph id="7">{0}</ph>Ruf '), "inline code"),
    "a code of no number": ("1.2", lambda t: t.replace(">Ruf ", '><x id="7"/>Ruf '), "inline code"),
    "twice": ("1.2", lambda t: t.replace("</body>", t[t.index("<trans-unit") : t.index("</body>")].replace("Ruf", "Wähl") + "</body>"), "stands twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_text_can_hold_is_refused_by_line(case: str) -> None:
    """Markup, foreign codes, two texts for one sentence: named with the line and the sentence."""
    version, change, said = REFUSED[case]
    text = _file(version).decode()
    assert change(text) != text
    answers, refused = _back(version, change(text).encode(), "de")
    assert answers == () and len(refused) == 1
    assert refused[0].startswith("line ") and "Call %(phone)s" in refused[0] and said in refused[0]


def test_a_text_cut_into_pieces_of_which_some_are_empty_is_refused() -> None:
    """XLIFF 2 lets programs cut: order and what stands between are kept, half a text is none."""
    unit = _unit("One. Two.", "Eins. Zwei.")
    whole = '<segment state="initial" subState="campaign:needs-review"><source>One. Two.</source><target>Eins. Zwei.</target></segment>'
    text = _file("2.0", unit).decode()
    assert whole in text
    parts = (
        '<segment state="translated"><source>One.</source><target order="3">Eins.</target></segment><ignorable><source> </source></ignorable>'
        '<segment state="final"><source>Two.</source><target order="1">Zwei.</target></segment>'
    )
    answers, refused = _back("2.0", text.replace(whole, parts).encode(), "de")
    assert (refused, answers[0].forms, answers[0].sources, answers[0].fuzzy) == (
        (),
        ("Zwei. Eins.",),
        ("One. Two.",),
        False,
    )
    half = parts.replace('<target order="1">Zwei.</target>', "")
    answers, refused = _back("2.0", text.replace(whole, half).encode(), "de")
    assert answers == () and "translated in part" in refused[0]


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [("final", False), ("signed-off", False), ("translated", False), ("needs-translation", True), ("new", True),
     ("needs-adaptation", True), ("x-approved-by-boss", True), ("nonsense", True), ("", True)],
)  # fmt: skip
def test_every_state_says_whether_a_text_waits_for_a_look(state: str, fuzzy: bool) -> None:
    """A state that nobody knows asks for a look; without one `approved` says it."""
    text = _file("1.2").decode().replace("needs-review-translation", state)
    answers, _ = _back("1.2", text.encode(), "de")
    assert answers[0].fuzzy is fuzzy


def test_plural_forms_that_are_missing_are_named() -> None:
    """Five of six forms are no text; the forms of a language of one form need no second."""
    unit = _unit("%(count)s day", *"abcdef", plural="%(count)s days", locale="ar")
    text = _file("1.2", unit).decode()
    less = text[: text.index(f'<trans-unit id="{unit.key}[5]')] + "</group>\n</body>\n</file>\n</xliff>"
    answers, refused = _back("1.2", less.encode(), "ar")
    assert answers == () and "other plural forms" in refused[0]
    japanese = _unit("%(count)s day", "日", plural="%(count)s days", locale="ja")
    for version in WRITE:
        assert _back(version, _file(version, japanese), "ja")[0][0].forms == ("日",)


LAUGHS = (
    "<!DOCTYPE xliff [" + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)) + '<!ENTITY l0 "ha">]>'
)
HOSTILE = {
    "billion laughs": f"{LAUGHS}<xliff>&l9;</xliff>",
    "a file of the machine": '<!DOCTYPE xliff [<!ENTITY f SYSTEM "file:///etc/passwd">]><xliff>&f;</xliff>',
    "an address": '<!DOCTYPE xliff [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]><xliff>&f;</xliff>',
    "a parameter entity": '<!DOCTYPE xliff [<!ENTITY % f SYSTEM "http://127.0.0.1:9/x"> %f;]><xliff/>',
    "an entity of nowhere": '<!DOCTYPE xliff SYSTEM "x.dtd"><xliff>&nowhere;</xliff>',
    "half a file": "<xliff><file>",
    "two roots": "<xliff/><xliff/>",
    "nothing": "",
    "no XML": "Dear all, here is the file.",
    "deep": "<g>" * 5000 + "</g>" * 5000,
    "a NUL": "<xliff>\0</xliff>",
    "another encoding": "<?xml version='1.0' encoding='no-such'?><xliff/>",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_xml_is_refused_with_its_file(case: str) -> None:
    """Entities of any kind, depth, what is no XML: a named refusal, and nothing of the machine is read."""
    with pytest.raises(CampaignError, match=r"evil\.xlf") as caught:
        safe_xml.parse(HOSTILE[case].encode(), "evil.xlf")
    assert "root:" not in str(caught.value)


def test_more_tags_than_the_workspace_allows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """`import_rows` in [limits] bounds what a file makes of the memory."""
    monkeypatch.setattr(limits, "_inforce", [limits.Limits(import_rows=10)])
    with pytest.raises(CampaignError, match="import_rows"):
        safe_xml.parse(b"<xliff>" + b"<a/>" * 700 + b"</xliff>", "much.xlf")


@pytest.mark.parametrize("text", ["bell \x07", "half \ud83d", "form\x0cfeed", "no letter \uffff"])
def test_what_xml_cannot_hold_is_named_on_its_way_out(text: str) -> None:
    """A control character in a catalogue stops the file, with the sentence and the character."""
    with pytest.raises(CampaignError, match=r"'Call.*U\+"):
        tmx.write([Pair(_unit("Call", text), "draft")], "en", "de")


def test_a_memory_of_another_program_is_read() -> None:
    """Regions, both spellings of the language, codes that give a form, any letters of a date; other pairs are left."""
    body = (
        '<tu changedate="20250101T000000Z"><tuv xml:lang="EN-US"><seg>Call <bpt i="1">{\\b </bpt>now<ept i="1">}</ept></seg></tuv>'
        '<tuv xml:lang="de-AT"><seg><hi>Ruf</hi> <bpt i="1">{\\b </bpt>jetzt<ept i="1">}</ept> an</seg></tuv></tu>'
        '<tu><tuv lang="en"><seg>Help</seg></tuv><tuv lang="fr"><seg>Aide</seg></tuv></tu>'
    )
    data = f'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en-US"/><body>{body}</body></tmx>'
    root = safe_xml.parse(data.encode(), "m.tmx")
    assert tmx.language(root, "m.tmx", ["de", "ar"], "") == "de"
    (pair,) = tmx.read(root, "m.tmx", "en", "de")
    assert (pair.source, pair.text, pair.on, pair.signed) == ("Call now", "Ruf jetzt an", "2025-01-01", ())
    for known, asked, said in (
        (["de", "fr"], "", "de, fr"),
        (["ar"], "", "no language"),
        (["de", "ar"], "ar", "nothing in ar"),
    ):
        with pytest.raises(CampaignError, match=said):
            tmx.language(root, "m.tmx", known, asked)
    with pytest.raises(CampaignError, match="translated from 'en-US'"):
        tmx.read(root, "m.tmx", "fr", "de")


def test_a_glossary_of_another_program_is_read() -> None:
    """The style of 2019, terms in groups, synonyms of the source, statuses in any spelling."""
    data = b"""<tbx type="TBX-Core" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://x/min"><text><body>
    <conceptEntry id="1"><langSec xml:lang="en-GB"><termSec><term>shelter</term></termSec><termSec><term>safe house</term></termSec></langSec>
    <langSec xml:lang="de"><termSec><term>Heim</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>Unterkunft</term><min:grammaticalGender>feminine</min:grammaticalGender></termSec></langSec></conceptEntry>
    </body></text></tbx>"""
    root = safe_xml.parse(data, "g.tbx")
    wanted = [Term(word, ("Unterkunft",), "f", "", False, ("Heim",)) for word in ("shelter", "safe house")]
    assert [term for _, term in tbx.read(root, "en", "de")] == wanted


@pytest.mark.parametrize(
    "term", [Term("=1+1"), Term("a", ("@SUM(1)",)), Term("a", ("b|c",)), Term("a", ("-x(1)",)), Term("a", ("b\x01",))]
)
def test_a_term_that_harms_a_table_is_refused(term: Term) -> None:
    """Formulas, the sign between words, what nobody sees: none of it comes into glossary/<lang>.csv."""
    assert glossary.faults(term)
    assert not glossary.faults(Term("self-help", ("Selbst-Hilfe",), "f", "not: -help", False, ("Hilfe (alt)",)))


def test_placeholders_are_the_only_codes() -> None:
    """What the program fills in is protected; a percent sign and braces are words."""
    root = etree.fromstring(_file("2.0", _unit("100 % of {you}", "100 % von {dir}")))
    assert not root.findall(".//{*}ph") and placeholders("100 % of {you}") == ()
