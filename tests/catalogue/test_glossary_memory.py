"""The glossary file, its check, and the translation memory."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue import glossary
from campaign.catalogue.glossary import Term, used
from campaign.catalogue.memory import Memory
from campaign.errors import CampaignError
from campaign.model.unit import Unit

HEADER = "term,translation,gender,note,do_not_translate,forbidden\n"


def unit(source, text, context=""):
    """A Portuguese unit."""
    return Unit("pt", context, source, "", (text,))


def test_every_column_arrives():
    """Several forms with a bar, a name to keep, a forbidden word, a comma in quotes."""
    rows = glossary.read(
        (HEADER + 'helpline,linha de apoio|linha,f,"calm, short",,hotline\n\nPayoke,,,,yes,\n').encode(), "pt.csv"
    )
    assert rows == [
        Term("helpline", ("linha de apoio", "linha"), "f", "calm, short", False, ("hotline",)),
        Term("Payoke", keep=True),
    ]


def test_every_wrong_row_is_named_with_its_line():
    """All problems at once, each with file and line."""
    text = HEADER + ",x,,,,\na,b,q,,,\na,c,,,perhaps,\nb,c,,,yes,\nc,d,,,,d\nd,e,,,,,,\n\x1b,f,,,,\nA,g,,,,\n"
    with pytest.raises(CampaignError) as caught:
        glossary.read(text.replace("a,c", "e,c").replace("A,g", "f,g\nF,h").encode(), "glossary/pt.csv")
    found = {problem.where: problem.what for problem in caught.value.problems}
    assert set(found) == {f"glossary/pt.csv:{line}" for line in (2, 3, 4, 5, 6, 7, 8, 10)}
    assert "no term" in found["glossary/pt.csv:2"] and "second time" in found["glossary/pt.csv:10"]


@pytest.mark.parametrize(
    ("header", "words"),
    [("term,tranlation\n", "did you mean 'translation'"), ("", "lacks the column 'term'"), ('"', "no CSV")],
)
def test_a_wrong_first_line_is_named(header, words):
    """Unknown columns with the nearest known one; missing ones; what is no CSV."""
    with pytest.raises(CampaignError, match=words):
        glossary.read(header.encode(), "glossary/pt.csv")


#: How spreadsheet programs of several countries save a table of commas.
SAVED = {
    "as it was": str.encode,
    "Excel in Belgium, CSV UTF-8": lambda text: text.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
    "Excel in Spain, six columns and two empty ones": lambda text: (
        text.replace(",", ";").replace("\n", ";;\r\n").encode("utf-8-sig")
    ),
    "Excel in Britain, CSV UTF-8": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "Excel, Unicode text": lambda text: b"\xff\xfe" + text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16-le"),
    "Excel, with its first line": lambda text: ("sep=;\r\n" + text.replace(",", ";").replace("\n", "\r\n")).encode(
        "utf-8-sig"
    ),
    "LibreOffice, all in quotes": lambda text: "\n".join(
        ";".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
    "Mac": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16, the other way": lambda text: b"\xfe\xff" + text.replace(",", ";").encode("utf-16-be"),
}


@pytest.mark.parametrize("case", SAVED)
def test_a_glossary_is_read_from_any_spreadsheet_program(case):
    """Marks, line ends, delimiters and UTF-16 are the program's own; the terms are the same."""
    text = HEADER + "policía,الشرطة|البوليس,f,calm,,\nPayoke,,,,yes,\n"
    rows = glossary.read(SAVED[case](text), "ar.csv")
    assert rows == [Term("policía", ("الشرطة", "البوليس"), "f", "calm"), Term("Payoke", keep=True)]


def test_a_fault_after_the_first_line_of_excel_has_its_own_line():
    """The line that names the delimiter is counted: an editor shows the same number."""
    with pytest.raises(CampaignError) as caught:
        glossary.read(("sep=;\n" + HEADER.replace(",", ";") + "a;b;q;;;\n").encode(), "x.csv")
    assert caught.value.problems[0].where == "x.csv:3"


def test_letters_of_an_unknown_charset_are_refused():
    """A code page is not guessed: ń and ñ are the same byte in two of them."""
    with pytest.raises(CampaignError, match=r"x\.csv:2: byte 0xf1 is not UTF-8"):
        glossary.read((HEADER + "child,niño,,,,\n").encode("cp1252"), "x.csv")


@given(st.text(max_size=200))
def test_no_text_brings_the_reader_down(text):
    """Anything is either rows or an error in words."""
    try:
        assert all(term.term for term in glossary.read((HEADER + text).encode(errors="replace"), "x.csv"))
    except CampaignError as error:
        assert all(problem.where.startswith("x.csv") for problem in error.problems)


@pytest.mark.parametrize(
    ("form", "text", "there"),
    [
        ("linha de apoio", "Ligue para a Linha de apoio.", True),
        ("linha de apoio", "as linhas de apoio", True),
        ("intérprete", "dois intérpretes", True),
        ("sem documentos", "pessoas sem documento", True),
        ("lote", "lotear", False),
        ("linha", "linhagem", False),
    ],
)
def test_an_agreed_form_is_found_with_its_endings(form, text, there):
    """Long words may end otherwise; short ones may not."""
    assert used(form, text) is there


def test_what_is_not_said_as_agreed_is_found(workspace, cli, rewrite):
    """`glossary check` names the sentence, the term and the words; exit 1; a clean glossary ends with 0."""
    (workspace.root / "glossary").mkdir()
    assert cli.run("glossary", "check", "de", at=workspace).code == 0
    (workspace.root / "glossary" / "de.csv").write_text(
        HEADER + "doctor,Medizinerin,,,,Arzt|Ärztin\n", encoding="utf-8"
    )
    ended = cli.run("glossary", "check", "--json", at=workspace)
    findings = json.loads(ended.out)["findings"]
    assert ended.code == 1 and {finding["code"] for finding in findings} == {"term"}
    assert any(
        '"doctor" has none of its approved forms: write Medizinerin' in finding["detail"] for finding in findings
    )
    assert any("is forbidden by the glossary: write Medizinerin" in finding["detail"] for finding in findings)
    assert cli.run("glossary", "check", "nl", at=workspace).code == 1


@pytest.mark.slow
def test_a_name_that_was_translated_is_found(workspace, cli):
    """do_not_translate holds for finished texts as well, and `check` says so too."""
    (workspace.root / "glossary").mkdir()
    (workspace.root / "glossary" / "en.csv").write_text(HEADER + "doctor,,,,yes,\n", encoding="utf-8")
    assert "write doctor" in cli.run("glossary", "check", "de", at=workspace).out
    found = json.loads(cli.run("check", "--json", "--no-layout", "--lang", "de", at=workspace).out)["findings"]
    assert any(finding["code"] == "term" and "write doctor" in finding["detail"] for finding in found)


def test_memory_gives_the_signed_text_first_and_the_most_alike_one():
    """The same source whatever its context; a similar source above 85 % only; nothing for a stranger."""
    draft, signed = unit("Call us now.", "Liga"), unit("Call us now.", "Ligue", "b")
    memory = Memory([draft, signed, unit("Call us today.", "Hoje")], {signed.key})
    assert memory.exact(unit("Call us now.", "")).unit.text == "Ligue"
    match = memory.similar(unit("Call us now!", ""))
    assert match.unit.source == "Call us now." and 85 <= match.percent < 100
    assert memory.similar(unit("Wash your hands.", "")) is None
    assert memory.exact(unit("Call", "")) is None
