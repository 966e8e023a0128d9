"""The glossary file, its check, and the translation memory."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue import glossary
from campaign.catalogue.glossary import Term, used
from campaign.catalogue.memory import Memory
from campaign.checks.facts import Facts
from campaign.checks.facts import Term as Agreed
from campaign.checks.terms import unapproved_terms
from campaign.errors import CampaignError
from campaign.model.unit import Unit

FACTS = Facts(None, "en", frozenset(), None, False)
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
    assert bool(used(form, text)) is there


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


#: language, agreed form, a text that uses it, a text that does not.
INFLECTED = [
    ("ar", "الشرطة", "اتصل بالشرطة الآن", "اتصل بالشركة الآن"),
    ("ar", "الشرطة", "وللشرطة رقم", "شراط"),
    ("ar", "الشرطة", "والشرطة", "الشراء"),
    ("ar", "محامي", "تكلم مع المحامي", "تكلم مع المحاسب"),
    ("ary", "البوليس", "عيط للبوليس", "عيط للناس"),
    ("he", "משטרה", "התקשרו למשטרה", "התקשרו למשרד"),
    ("he", "משטרה", "ושהמשטרה תעזור", "משמרת"),
    ("hu", "rendőrség", "Szóljon a rendőrségnek!", "Szóljon a rendezőnek!"),
    ("hu", "rendőrség", "a rendőrségünkkel", "rendes"),
    ("tr", "polis", "Polislerimizden yardım isteyin", "Politika"),
    ("tr", "avukat", "avukatınızla konuşun", "avuç"),
    ("tr", "kitap", "kitabınızı alın", "kitle"),
    ("fi", "poliisi", "Soita poliisille", "poliittinen"),
    ("ka", "პოლიცია", "დაურეკეთ პოლიციას", "პოლიტიკა"),
    ("et", "politsei", "politseile", "poliitika"),
    ("am", "ፖሊስ", "ለፖሊስ ይደውሉ", "ለፖለቲካ"),
    ("ti", "ፖሊስ", "ናብፖሊስ ደውል", "ፖለቲካ"),
    ("th", "ตำรวจ", "โทรหาตำรวจได้ทันที", "โทรหาหมอ"),
    ("zh-Hans", "警察", "请马上报警察局", "请找医生"),
    ("ja", "警察", "すぐに警察に電話", "医者に電話"),
    ("my", "ရဲ", "ရဲကိုခေါ်ပါ", "ဆရာဝန်"),
    ("de", "Polizei", "Rufen Sie die Polizei", "Politik"),
    ("de", "Pass", "zwei Pässe", "Passagier"),
    ("de", "Arzt", "eine Ärztin", "arglos"),
    ("ar", "خط", "الخط مفتوح، خطنا", "هذا خطأ"),
    ("ar", "حق", "حقوقك وحقك", "حقيبة"),
    ("ar", "مساعدة", "بمساعدتكم", "مساعد"),
    ("ar", "مستشفى", "في مستشفاهم", "شفاء"),
    ("he", "זכות", "יש לך זכויות וזכותך", "זכוכית"),
    ("he", "רופא", "לרופאים", "רופף"),
    ("fa", "پزشک", "با پزشکتان", "پژوهش"),
    ("fa", "شماره", "شماره‌های ما", "شمار"),
    ("ti", "ሰነድ", "ሰነዳትኩምን ሓዙ", "ሰንበት"),
    ("am", "ሐኪም", "ሐኪሞች አሉ", "ሐምሌ"),
    ("am", "ጠበቃ", "ከጠበቃዎ ጋር", "ጠብታ"),
    ("fi", "oikeus", "sinulla on oikeuden", "oikein"),
    ("fi", "ihminen", "auta ihmisiä", "ihme"),
    ("hu", "ügyvéd", "az ügyvédjével", "ügynök"),
    ("hu", "orvos", "az orvoshoz", "ország"),
    ("hu", "tolmács", "képzett tolmáccsal", "tolvaj"),
    ("hu", "asszony", "egy asszonnyal", "asztal"),
    ("tr", "hak", "haklarınızı bilin", "haber"),
    ("tr", "doktor", "doktorunuza", "dokuz"),
    ("tr", "iş", "işinizi kaybetmezsiniz", "bir işaret"),
    ("tr", "hak", "hakkınız var", "hakaret"),
    ("hu", "jog", "jogaid vannak", "jogging"),
    ("hu", "ház", "a házban", "házasság"),
    ("fi", "apu", "avunne", "apina"),
    ("fi", "neuvonta", "neuvonnasta", "neuvola"),
    ("fi", "tulkki", "tulkin kanssa", "tulva"),
    ("he", "עורך דין", "לעורכי הדין", "עורב"),
    ("ar", "محامٍ", "مع محاميك", "محاسبة"),
    ("az", "sənəd", "sənədləriniz", "sənət"),
    ("ka", "ექიმი", "დაურეკეთ ექიმს", "ექვსი"),
    ("ka", "ადვოკატი", "ადვოკატებთან", "ადგილი"),
    ("ta", "பணம்", "உங்கள் பணத்தை", "பயணம்"),
    ("el", "γραμμή", "των γραμμών", "ένα γράμμα"),
    ("el", "δικαίωμα", "τα δικαιώματά σου", "δικαστής"),
    ("it", "tratta", "le tratte", "ti trattano male"),
    ("it", "medico", "i medici", "medicina"),
    ("es", "abogado", "abogadas", "abogar"),
    ("pt", "lote", "dois lotes", "lotear"),
    ("pt", "associação", "as associações", "associar"),
    ("fr", "travailleur social", "travailleurs sociaux", "travail social"),
    ("ro", "act", "actelor", "actor"),
    ("ro", "linie", "liniile", "linguri"),
    ("uk", "документ", "з документами", "документальний"),
    ("uk", "телефон", "за телефонами", "телефонуйте"),
    ("ru", "право", "ваших правах", "правда"),
    ("pl", "pomoc", "pomocy", "pomost"),
    ("pl", "prawnik", "powiedz prawnikowi", "prawnuk"),
    ("cs", "lékař", "lékařovi", "lékárna"),
    ("bg", "адвокат", "адвокатите", "авокадо"),
    ("bg", "законен представител", "законния представител", "закона"),
    ("cs", "právník", "s právníky", "právo"),
    ("hr", "policija", "s policijom", "policajac"),
    ("lt", "policija", "policijoje", "politika"),
    ("lv", "advokāts", "advokātam", "adventes"),
    ("id", "bantu", "membantunya", "banting"),
    ("sw", "daktari", "madaktari", "dakika"),
    ("vi", "an", "bình an", "anh ấy"),
    ("ko", "경찰", "경찰에게서", "경치"),
    ("th", "ยา", "รับยาฟรี", "ยิ้ม"),
    ("km", "ប៉ូលិស", "ហៅប៉ូលិសភ្លាម", "គ្រូពេទ្យ"),
    ("lo", "ຕຳຫຼວດ", "ໂທຫາຕຳຫຼວດທັນທີ", "ຫາໝໍ"),
    ("zgh", "ⵜⴰⵡⵉⵣⵉ", "ⵜⴰⵡⵉⵣⵉ ⵏⵏⴽ", "ⵜⴰⵎⵓⵔⵜ"),
]


@pytest.mark.parametrize(("tag", "form", "uses", "other"), INFLECTED)
def test_drafting_and_checking_find_a_form_as_its_language_writes_it(tag, form, uses, other):
    """Clitics before it, endings behind it, no spaces: the same answer in both, and another word is another word."""
    facts = replace(FACTS, terms=(Agreed("police", (form,), ()),))
    for text, there in ((uses, True), (other, False)):
        assert bool(used(form, text, tag)) is there, text
        found = list(unapproved_terms(Unit(tag, "", "Call the police now", "", (text,)), facts))
        assert (not found) is there, text


@pytest.mark.parametrize("forms", [("",), ("Call the police now",)])
def test_a_sentence_that_nobody_translated_misses_no_term(forms):
    """It is missing as a whole, which another rule says."""
    facts = replace(FACTS, terms=(Agreed("police", ("Polizei",), ()),))
    assert list(unapproved_terms(Unit("de", "", "Call the police now", "", forms), facts)) == []


def test_memory_gives_the_signed_text_first_and_the_most_alike_one():
    """The same source whatever its context; a similar source above 85 % only; nothing for a stranger."""
    draft, signed = unit("Call us now.", "Liga"), unit("Call us now.", "Ligue", "b")
    memory = Memory([draft, signed, unit("Call us today.", "Hoje")], {signed.key})
    assert memory.exact(unit("Call us now.", "")).unit.text == "Ligue"
    match = memory.similar(unit("Call us now!", ""))
    assert match.unit.source == "Call us now." and 85 <= match.percent < 100
    assert memory.similar(unit("Wash your hands.", "")) is None
    assert memory.exact(unit("Call", "")) is None


def test_memory_of_another_campaign_has_the_same_sentence_for_the_same_key():
    """A sentence without a text takes the words that another catalogue has for it; its own words are no memory."""
    theirs = unit("Call us now.", "Liga")
    memory = Memory([theirs])
    assert memory.exact(unit("Call us now.", "")).unit.text == "Liga"
    assert memory.exact(unit("Call us now.", "Ligue já")).unit.text == "Liga"
    assert memory.exact(theirs) is None
