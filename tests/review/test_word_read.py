"""A Word pack is read whatever people did to it: what becomes a text, what a remark, and what is listed instead."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from word_file import MAIN, W, WordFile, deleted, inserted, packed, read, run, w

from campaign.catalogue.exchange import docx, unpacked, word
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.docx import Part
from campaign.catalogue.exchange.word_runs import Reader, Styles
from campaign.errors import CampaignError
from campaign.model.state import State
from campaign.model.unit import Unit

CALL, RIGHTS, DAYS = "Call %(phone)s", "Your rights", "For one day"
UNITS = (
    Unit("ar", "", CALL, "", ("اتصل %(phone)s",), notes="a number"),
    Unit("ar", "", RIGHTS, "", ("حقوقك",)),
    Unit("ar", "", DAYS, "For %(days)s days", tuple(f"يوم {form}" for form in range(6))),
    Unit("ar", "menu", "Open", "", ("افتح",)),
    Unit("ar", "sign", "Open", "", ("مفتوح",)),
)


@pytest.fixture
def file() -> WordFile:
    """A pack of two items; the second shows the first sentence too."""
    rows = tuple(Row(unit, State.DRAFT) for unit in UNITS)
    parts = (Part("BE · Migrants · leaflet", rows[:2]), Part("BE · Migrants · sms", (rows[0], *rows[2:])))
    return WordFile(docx.write(parts, "ar", "You have rights", "en", "0123456789abcdef"))


def test_a_pack_that_nobody_touched_says_nothing(file: WordFile) -> None:
    """Every sentence comes back once, with its exact text, silent; nothing is listed."""
    returned = file.answers()
    assert (returned.locale, returned.pack, returned.refused) == ("ar", "0123456789abcdef", ())
    assert {answer.key: answer.forms for answer in returned.answers} == {unit.key: unit.forms for unit in UNITS}
    assert all(answer.silent for answer in returned.answers)


def test_the_file_tracks_changes_and_shows_each_sentence_once(file: WordFile) -> None:
    """Word is told to track; a sentence stands once; a later item names the number where it stands."""
    assert b"<w:trackRevisions/>" in file.parts["word/settings.xml"]
    assert len(file.tables) == 3
    texts = ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in file.body.findall(f"{W}p")]
    assert "Also shows: 1" in texts
    assert sum(file.said(cell) == CALL for cell in file.body.iter(f"{W}tc")) == 1


@pytest.mark.parametrize(("tag", "rtl"), [("ar", True), ("fa", True), ("ur", True), ("de", False), ("zh-Hans", False)])
def test_the_text_runs_from_its_side(tag: str, rtl: bool) -> None:
    """Paragraph and words of Arabic, Persian and Urdu run from the right, placeholders from the left."""
    unit = Unit(tag, "", CALL, "", ("x %(phone)s y",))
    made = WordFile(docx.write([Part("i", (Row(unit, State.DRAFT),))], tag, "c", "en", "0" * 16))
    cell = made.cell(CALL)
    assert (cell.find(f"{W}p/{W}pPr/{W}bidi") is not None) is rtl
    sides = [each.find(f"{W}rPr/{W}rtl") is not None for each in cell.iter(f"{W}r")]
    assert sides == [rtl, False, rtl]
    assert made.cell(CALL, 1).find(f"{W}p/{W}pPr/{W}bidi") is None


def test_tracked_changes_are_a_text_by_whoever_made_them(file: WordFile) -> None:
    """The result counts, as the last one who changed it; everybody who did is named."""
    file.put(
        RIGHTS,
        run("حقوقك"),
        inserted(" دائمًا", "A. Jurist", "2026-11-25T10:00:00Z"),
        inserted(" هنا", "B. Ministry", "2026-11-26T10:00:00Z"),
        deleted("قديم", "A. Jurist", "2026-11-24T10:00:00Z"),
    )
    answer = file.answer(RIGHTS)
    assert answer.forms == ("حقوقك دائمًا هنا",)
    assert answer.shown == ("حقوقكقديم",)
    assert (answer.by, answer.comment, answer.silent) == (
        "B. Ministry",
        "changed by A. Jurist, then B. Ministry",
        False,
    )


PIECES = st.lists(
    st.tuples(
        st.text("abc %ا\u200f", min_size=1, max_size=4), st.sampled_from(["", "ins", "del", "both", "to", "from"])
    ),
    max_size=8,
)


@pytest.mark.slow
@given(st.lists(PIECES, min_size=1, max_size=3))
def test_before_and_after_hold_exactly_what_they_should(paragraphs: list[list[tuple[str, str]]]) -> None:
    """Whatever is put in, taken out, moved, or put in by one and taken out by another: nothing is lost or doubled."""
    cell, before, after = w("tc"), [], []
    for pieces in paragraphs:
        paragraph, old, new = w("p"), "", ""
        for text, kind in pieces:
            made = {
                "": lambda t: run(t),
                "ins": inserted,
                "del": deleted,
                "both": lambda t: w("ins", deleted(t, "B"), id="1", author="A"),
                "to": lambda t: w("moveTo", run(t), id="1", author="A"),
                "from": lambda t: w("moveFrom", run(t), id="1", author="A"),
            }[kind](text)
            paragraph.append(made)
            old += text if kind in ("", "del", "from") else ""
            new += text if kind in ("", "ins", "to") else ""
        cell.append(paragraph)
        before.append(old)
        after.append(new)
    words = Reader(Styles(None)).read(cell)
    assert (words.before, words.after) == ("\n".join(before).strip(), "\n".join(after).strip())


def test_a_line_break_that_is_put_in_or_taken_out_is_followed() -> None:
    """A tracked paragraph mark parts or joins lines only in the text that holds it."""

    def marked(text: str, tag: str) -> Any:
        return w("p", w("pPr", w("rPr", w(tag, author="A", id="1"))), run(text))

    words = Reader(Styles(None)).read(w("tc", marked("a", "ins"), marked("b", "del"), w("p", run("c"))))
    assert (words.before, words.after) == ("ab\nc", "a\nbc")


def test_comments_become_remarks_of_those_who_wrote_them(file: WordFile) -> None:
    """With their replies, the words that they are about, the column where it is another one, and what was closed."""
    first = file.comment(file.on(CALL), "wrong tone", "A. Jurist")
    file.comment(file.on(CALL), "I agree", "B. Ministry", to=first, done=True)
    file.comment(None, "me too", "C. Judge", to=first)
    file.comment(file.on(RIGHTS, 1), "say: statutory rights", "B. Ministry", range_=False)
    paragraph = file.on("Open")
    paragraph.insert(1, w("commentRangeStart", id="4"))
    paragraph.insert(2, run("كلمة"))
    paragraph.insert(3, w("commentRangeEnd", id="4"))
    file.comment(None, "this word", "A. Jurist")
    file.comment(file.body.find(f"{W}p"), "good work", "A. Jurist")
    assert file.remarks() == [
        ("A. Jurist", "wrong tone"),
        ("B. Ministry", "in reply to A. Jurist: I agree (resolved)"),
        ("C. Judge", "in reply to A. Jurist: me too"),
        ("B. Ministry", "source: say: statutory rights"),
        ("A. Jurist", "“كلمة”: this word"),
    ]
    assert file.answers().refused == ("a comment of A. Jurist beside the tables: “good work”",)


def test_words_in_other_columns_are_remarks(file: WordFile) -> None:
    """A proposal for the source or the note, and a column that somebody added, are kept as what was said."""
    file.reword(RIGHTS, "Your statutory rights", "B. Ministry", column=1)
    for row in file.tables[1].findall(f"{W}tr"):
        row.append(w("tc", w("p", run("Ministry" if row.find(f"{W}trPr/{W}tblHeader") is not None else ""))))
    file.row(CALL).findall(f"{W}tc")[5].find(f"{W}p").append(run("needs a date"))
    file.fill("Your name or pseudonym", "C. Judge")
    assert file.remarks() == [
        ("C. Judge", "ministry: needs a date"),
        ("B. Ministry", "source, proposed: Your statutory rights"),
    ]
    assert file.answers().refused == ()


def moved(file: WordFile) -> None:
    for row in file.tables[1].findall(f"{W}tr"):
        row.insert(1, row[-1])
        row.insert(2, row[4])


def fewer(file: WordFile) -> None:
    for row in file.tables[1].findall(f"{W}tr"):
        for cell in row.findall(f"{W}tc")[3:]:
            row.remove(cell)


def turned(file: WordFile) -> None:
    rows = file.tables[1].findall(f"{W}tr")
    file.tables[1].append(rows[1])


def titled(file: WordFile) -> None:
    row = w("tr", w("tc", w("tcPr", w("gridSpan", val="5")), w("p", run("Ministry of the Interior"))))
    file.tables[1].insert(2, row)


def wrapped(file: WordFile) -> None:
    row = file.row(RIGHTS)
    parent, at = row.getparent(), row.getparent().index(row)
    parent.insert(at, w("sdt", w("sdtContent", row)))


def added(file: WordFile) -> None:
    for name in ("bookmarkStart", "bookmarkEnd"):
        for node in list(file.row(RIGHTS).iter(f"{W}{name}")):
            node.getparent().remove(node)


@pytest.mark.parametrize("change", [moved, fewer, turned, titled, wrapped])
def test_rows_and_columns_may_be_moved(file: WordFile, change: Callable[[WordFile], None]) -> None:
    """Columns moved or taken away, rows sorted, a title row, content controls: a correction still comes back."""
    file.reword(RIGHTS, "حقوقك القانونية")
    change(file)
    returned = file.answers()
    assert returned.refused == ()
    assert {answer.key: answer.forms for answer in returned.answers if not answer.silent} == {
        UNITS[1].key: ("حقوقك القانونية",)
    }


def test_a_row_without_its_hidden_name_is_known_by_its_source(file: WordFile) -> None:
    """The answer has no key, but the source."""
    added(file)
    assert file.answer(RIGHTS).key == ""


def struck(file: WordFile) -> None:
    properties = file.row(RIGHTS).find(f"{W}trPr")
    properties.append(w("del", id="1", author="A"))


def merged(file: WordFile) -> None:
    cell = file.cell(RIGHTS, 1)
    cell.find(f"{W}tcPr").append(w("gridSpan", val="2"))
    file.row(RIGHTS).remove(file.cell(RIGHTS, 2))


def tall(file: WordFile) -> None:
    file.cell(RIGHTS).find(f"{W}tcPr").append(w("vMerge"))


def pieces(*made: Any) -> Callable[[WordFile], None]:
    return lambda file: file.put(RIGHTS, run("حقوقك"), *made)


def nested(file: WordFile) -> None:
    file.cell(RIGHTS).append(w("tbl", w("tr", w("tc", w("p", run("x"))))))


def copied(file: WordFile) -> None:
    copy = deepcopy(file.row(RIGHTS))
    file.row(RIGHTS).addnext(copy)
    file.reword(RIGHTS, "غيره")


BOX = etree.fromstring(
    f'<w:r xmlns:w="{MAIN}"><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent><w:p><w:r><w:t>in a box'
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>"
)
DATE = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
FIELD = (DATE[0], run(" DATE ", tag="instrText"), DATE[1], run("1 May"), DATE[2])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (struck, "the row was struck out"),
        (merged, "was merged with another one"),
        (tall, "was merged with another one"),
        (nested, "a table inside a cell"),
        (copied, "stands here 2 times with different texts"),
        (pieces(BOX), "a text box"),
        (pieces(*FIELD), "a field that a program fills in (DATE)"),
        (pieces(w("fldSimple", run("3"), instr=" PAGE ")), "a field that a program fills in (PAGE)"),
        (pieces(run("secret", "vanish")), "hidden text"),
        (pieces(run("gone", "strike")), "words struck through by hand"),
        (pieces(w("r", w("drawing"))), "a picture or a drawing"),
        (pieces(w("r", w("footnoteReference", id="2"))), "a footnote"),
        (pieces(w("r", w("object"))), "an embedded file"),
        (pieces(w("r", w("sym", char="F0E0"))), "a sign of a symbol font"),
    ],
)
def test_what_is_no_plain_text_is_named_and_the_rest_is_taken(
    file: WordFile, change: Callable[[WordFile], None], said: str
) -> None:
    """The row is refused by table, row and number; every other sentence comes back."""
    change(file)
    file.reword(CALL, "رن %(phone)s")
    returned = file.answers()
    assert any(said in line and "table 2, row 3" in line for line in returned.refused), returned.refused
    taken = {answer.key: answer.forms for answer in returned.answers}
    assert UNITS[1].key not in taken
    assert taken.keys() == {unit.key for unit in UNITS} - {UNITS[1].key}
    assert taken[UNITS[0].key] == ("رن %(phone)s",)


def test_a_link_is_text_and_its_code_is_none(file: WordFile) -> None:
    """Word makes links of addresses by itself: their words count, the code behind them does not."""
    ends = [w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    link = w("hyperlink", run("example.org"))
    file.put(
        RIGHTS,
        link,
        run(" "),
        ends[0],
        run(' HYPERLINK "https://evil.example" ', tag="instrText"),
        ends[1],
        run("here"),
        ends[2],
    )
    assert file.answer(RIGHTS).forms == ("example.org here",)


def test_what_stands_beside_the_tables_is_listed(file: WordFile) -> None:
    """Paragraphs, a changed line of ours, a row and a table that somebody added, a header, a footnote: each with its words."""
    file.body.insert(1, w("p", run("Please call us")))
    file.body.find(f"{W}p").append(run(" (old)"))
    file.tables[1].append(w("tr", *(w("tc", w("p", run(text))) for text in ("", "", "new sentence", "", ""))))
    file.body.insert(2, w("tbl", w("tr", w("tc", w("p", run("my list"))))))
    file.parts["word/header1.xml"] = etree.tostring(w("hdr", w("p", run("CONFIDENTIAL"))))
    file.refer(file.parts, "x/header", "header1.xml")
    assert sorted(file.answers().refused) == [
        "beside the tables: not taken: “Please call us”",
        "beside the tables: not taken: “You have rights · العربية (old)”",
        "in the header: not taken: “CONFIDENTIAL”",
        "table 1, which is none of the pack: not taken: “my list”",
        "table 3, row 4: is no row of the pack: not taken: “new sentence”",
    ]


def test_plural_forms_come_back_together_or_not_at_all(file: WordFile) -> None:
    """A correction in one form keeps the others; without one of the rows nothing of the sentence is taken."""
    rows = [row for row in file.tables[2].findall(f"{W}tr") if "يوم" in "".join(row.itertext())]
    rows[3].findall(f"{W}tc")[2].find(f"{W}p").append(inserted("!"))
    key = UNITS[2].key
    (answer,) = [each for each in file.answers().answers if each.key == key]
    assert answer.forms == ("يوم 0", "يوم 1", "يوم 2", "يوم 3!", "يوم 4", "يوم 5")
    rows[5].getparent().remove(rows[5])
    rows[4].getparent().remove(rows[4])
    rows[0].getparent().remove(rows[0])
    assert any("plural forms of the sentence are not complete" in line for line in file.answers().refused)


def test_the_strict_form_of_the_standard_is_read(file: WordFile) -> None:
    """Word's "Strict Open XML Document" says the same with other names."""
    file.reword(RIGHTS, "غيره")
    file.parts["word/document.xml"] = b""
    with_strict = WordFile(file.data)
    strict = {
        name: part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, part in with_strict.parts.items()
    }
    taken = {answer.key: answer.forms for answer in read(packed(strict), lambda pack: "ar").answers}
    assert taken[UNITS[1].key] == ("غيره",)


@pytest.mark.parametrize(
    ("name", "part", "said"),
    [
        ("word/vbaProject.bin", b"x", "holds macros"),
        ("word/document.xml", b"<broken", "cannot be read as a Word document"),
        ("_rels/.rels", b"<Relationships/>", "is no Word document"),
    ],
)
def test_a_file_that_is_none_or_does_more_is_refused_whole(file: WordFile, name: str, part: bytes, said: str) -> None:
    """Macros, damage, no document: one sentence says why."""
    whole = {**WordFile(file.data).parts, name: part}
    with pytest.raises(CampaignError, match=said):
        read(packed(whole), lambda pack: "ar")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_however_a_document_is_mangled_no_text_ends_up_elsewhere(file: WordFile, data: st.DataObject) -> None:
    """Elements taken out, doubled and moved at random: a refusal, or texts that each stood in the row of their sentence."""
    mangled = WordFile(file.data)
    for _ in range(data.draw(st.integers(1, 6))):
        nodes = [
            node
            for node in mangled.root.iter()
            if node.getparent() is not None and node.getparent() is not mangled.root
        ]
        node, other = (data.draw(st.sampled_from(nodes)) for _ in range(2))
        kind = data.draw(st.sampled_from(["out", "twice", "into", "bare"]))
        if kind == "out":
            node.getparent().remove(node)
        elif kind == "twice":
            node.addnext(deepcopy(node))
        elif kind == "into" and node not in other.iterancestors() and node is not other:
            other.append(node)
        else:
            node.attrib.clear()
    try:
        returned = read(mangled.data, lambda pack: "ar")
    except CampaignError:
        return
    texts = [answer for answer in returned.answers if not answer.remark]
    named = [answer.key for answer in texts if answer.key]
    assert len(named) == len(set(named)) and set(named) <= {unit.key for unit in UNITS}
    assert all(answer.by == "" for answer in texts)


@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/document.xml", "_rels/.rels"])
def test_damaged_bytes_are_refused(file: WordFile, part: str) -> None:
    """A file that was cut, or whose parts lost bytes on their way: a sentence, never a traceback."""
    whole = bytearray(file.data)
    at = bytes(whole).index(part.encode()) + len(part)
    whole[at : at + 20] = bytes(20)
    for damaged in (bytes(whole), file.data[:-30], file.data[:200]):
        assert word.is_text(damaged) in ("", "docx")
        with pytest.raises(CampaignError):
            unpacked.look_inside(damaged, "back.docx", word.KIND)


def test_a_part_that_is_linked_from_outside_is_never_asked_for(file: WordFile) -> None:
    """A template or a picture on somebody's server stays where it is."""
    rels = file.parts["word/_rels/document.xml.rels"]
    outside = (
        b'<Relationship Id="e" Type="x/header" Target="http://192.0.2.1/h.xml" TargetMode="External"/></Relationships>'
    )
    file.parts["word/_rels/document.xml.rels"] = rels.replace(b"</Relationships>", outside)
    assert file.answers().refused == ()
