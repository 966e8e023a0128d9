"""PO files of any program: the same texts, whatever the writing; forms in the registry's order, or a refusal."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign import languages
from campaign.catalogue import dialect, store
from campaign.errors import CampaignError
from campaign.model import plural_rule
from campaign.model.unit import Unit

HEAD = (
    'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plural}\\n"\n'
)
BODY = (
    '\n#, fuzzy\n#| msgid "Who"\nmsgid "Who can help"\nmsgstr "Wer hilft, Ämter"\n\n#~ msgid "Gone"\n#~ msgstr "Weg"\n'
)


def catalogue(tag: str = "de", body: str = BODY, plural: str = "") -> str:
    """A small catalogue."""
    return HEAD.format(tag=tag, plural=plural or languages.get(tag).plural) + body


def units(tmp_path: Path, data: bytes | str, tag: str = "de") -> tuple[Unit, ...]:
    """The units of a file with these bytes."""
    path = tmp_path / "campaign.po"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return store.read(path, path.name, tag).units


def in_charset(name: str) -> Callable[[str], bytes]:
    """A file in another character set, which its header names."""
    return lambda text: text.replace("charset=UTF-8", f"charset={name}").encode(name)


DIALECTS: dict[str, Callable[[str], bytes]] = {
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "both, as Poedit on Windows": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "CR alone": lambda text: text.replace("\n", "\r").encode(),
    "CR CR LF": lambda text: text.replace("\n", "\r\r\n").encode(),
    "UTF-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, the other way": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Latin 1": in_charset("ISO-8859-1"),
    "Windows": in_charset("windows-1252"),
    "tab before the string": lambda text: text.replace('msgstr "W', 'msgstr\t"W').encode(),
    "nothing before the string": lambda text: text.replace('msgstr "W', 'msgstr"W').encode(),
    "spaces at the beginning": lambda text: text.replace('\nmsgid "Who can', '\n  msgid "Who can').encode(),
    "pieces on one line": lambda text: text.replace('msgid "Who can help"', 'msgid "Who " "can help"').encode(),
    "pieces without a space": lambda text: text.replace('msgid "Who can help"', 'msgid "Who ""can"" help"').encode(),
    "the keyword alone": lambda text: text.replace('msgid "Who can help"', 'msgid\n"Who can help"').encode(),
    "other wrapping": lambda text: text.replace('msgstr "Wer hilft, ', 'msgstr ""\n"Wer hilft, "\n"').encode(),
    "two entries on one line": lambda text: text.replace('help"\nmsgstr', 'help" msgstr').encode(),
    "octal": lambda text: text.replace("Ä", r"\303\204").encode(),
    "hexadecimal": lambda text: text.replace("Ämter", r"\xc3\x84mter").encode(),
    "an ASCII letter as octal": lambda text: text.replace("Wer", r"\127er").encode(),
    "octal over two strings": lambda text: text.replace("Ämter", '\\303"\n"\\204mter').encode(),
    "octal in Latin 1": lambda text: text.replace("UTF-8", "ISO-8859-1").replace("Ä", r"\304").encode("ascii"),
    "flags that stay": lambda text: text.replace("#, fuzzy\n", "#, fuzzy\n#= no-wrap\n").encode(),
    "flags without a space": lambda text: text.replace("#, fuzzy", "#,fuzzy").encode(),
    "blank line at the top": lambda text: b"\n\n" + text.encode(),
    "no line end at the end": lambda text: text.encode().rstrip(b"\n"),
    "header in lower case": lambda text: text.replace("charset=UTF-8", "charset=utf-8").encode(),
}


@pytest.mark.parametrize("case", DIALECTS)
def test_every_writing_of_a_file_is_the_same_file(tmp_path: Path, case: str) -> None:
    """Texts, marks, previous and obsolete messages arrive as from a file that this program wrote."""
    text = catalogue()
    expected = units(tmp_path, text)
    assert units(tmp_path, DIALECTS[case](text)) == expected
    whole = store.parse(tmp_path / "campaign.po", "campaign.po", "de")
    assert [str(unit.source) for unit in whole.units if unit.isobsolete()] == ["Gone"]
    assert whole.parseheader()["Content-Type"].casefold() == "text/plain; charset=utf-8"


CHARSETS = {
    "windows-1256": ("ar", "صالح للنشر"),
    "windows-1251": ("ru", "Кто поможет"),
    "KOI8-R": ("ru", "Кто поможет"),
    "KOI8-U": ("uk", "Хто допоможе"),
    "ISO-8859-7": ("el", "Ποιος βοηθά"),
    "windows-1255": ("he", "מי עוזר"),
    "ISO-8859-2": ("hu", "Ki segít, rendőrség"),
    "ISO-8859-9": ("tr", "Kim yardım eder"),
    "BIG5": ("zh-Hant", "誰可以幫忙"),
    "GB18030": ("zh-Hans", "谁可以帮忙"),
    "GBK": ("zh-Hans", "谁可以帮忙"),
    "EUC-KR": ("ko", "누가 도울 수"),
    "Shift_JIS": ("ja", "誰が助けて"),
    "TIS-620": ("th", "ใครช่วย"),
}


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_charset_is_read_by_its_header(tmp_path: Path, charset: str) -> None:
    """What an older program saved in its own character set is the same words, and UTF-8 from then on."""
    tag, words = CHARSETS[charset]
    text = catalogue(tag, f'\nmsgid "Who can help"\nmsgstr "{words}"\n')
    assert units(tmp_path, in_charset(charset)(text), tag)[0].text == words
    assert bytes(store.parse(tmp_path / "campaign.po", "campaign.po", tag)).decode("utf-8") == text


REFUSED = {
    "bytes of another charset": (lambda text: text.encode("latin-1"), 10, "UTF-8"),
    "UTF-8 that says Latin 1": (lambda text: text.replace("UTF-8", "ISO-8859-1").encode(), 5, "ISO-8859-1"),
    "a charset that is a code": (lambda text: text.replace("UTF-8", "rot13").encode(), 5, "rot13"),
    "a NUL": (lambda text: text.replace("Wer", "W\0r").encode(), 12, "NUL"),
    "an escaped NUL": (lambda text: text.replace("Wer", r"W\000r").encode(), 12, "NUL"),
    "octal that is no letter": (lambda text: text.replace("Ä", r"\304").encode(), 12, "no text in UTF-8"),
    "half a letter": (lambda text: text.replace("Ämter", r"\303").encode(), 13, "middle of a letter"),
    "an escape of JSON": (lambda text: text.replace("Ä", r"\u00c4").encode(), 12, r"\u"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_text_is_refused_by_line(tmp_path: Path, case: str) -> None:
    """Letters are never guessed: the line is named, and nothing is taken."""
    change, line, words = REFUSED[case]
    with pytest.raises(CampaignError) as caught:
        units(tmp_path, change(catalogue()))
    assert words in str(caught.value)
    if case != "bytes of another charset":
        assert caught.value.problems[0].where == f"campaign.po:{line}"


def test_a_fault_is_named_by_the_line_of_the_file(tmp_path: Path) -> None:
    """Lines that are taken apart do not shift the numbers that a person looks for in an editor."""
    text = catalogue(body='\nmsgid "a" "b"\nmsgstr "c" "d"\n\nmsgid "x"\nmsgstr "y" thanks!\n')
    with pytest.raises(CampaignError) as caught:
        units(tmp_path, text)
    assert caught.value.problems[0].where == "campaign.po:13"


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["C"], include_characters="\n\t"), min_size=1, max_size=20).filter(
        str.strip
    ),
    octal=st.booleans(),
    cut=st.integers(0, 60),
    crlf=st.booleans(),
)
def test_any_words_survive_escapes_and_line_ends(tmp_path: Path, text: str, octal: bool, cut: int, crlf: bool) -> None:
    """Every letter as octal or hexadecimal escapes, cut anywhere between two of them, comes back as itself."""
    pieces = [f"\\{byte:03o}" if octal else f"\\x{byte:02x}" for byte in text.encode()]
    at = cut % (len(pieces) + 1)
    body = f'\nmsgid "Who can help"\nmsgstr "{"".join(pieces[:at])}"\n"{"".join(pieces[at:])}"\n'
    whole = catalogue(body=body)
    assert units(tmp_path, whole.replace("\n", "\r\n") if crlf else whole)[0].text == text


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("msgcat"), reason="msgcat is not installed (Debian package gettext)")
@pytest.mark.parametrize("options", [["-E"], ["-E", "-w", "20"], ["--no-wrap"], ["-i"], ["-t", "UTF-8"], ["-s"]])
@pytest.mark.sample(3)
def test_what_msgcat_writes_says_the_same(wide: Path, tmp_path: Path, options: list[str]) -> None:
    """Thirteen real catalogues through gettext's own writer: not one letter differs."""
    for path in sorted((wide / "locales").glob("*/LC_MESSAGES/campaign.po")):
        tag = path.parts[-3]
        done = subprocess.run(["msgcat", *options, path], capture_output=True, check=True)
        before = store.read(path, path.name, tag).by_key()
        after = {unit.key: unit for unit in units(tmp_path, done.stdout, tag)}
        assert {key: (unit.forms, unit.fuzzy, unit.origin) for key, unit in after.items()} == {
            key: (unit.forms, unit.fuzzy, unit.origin) for key, unit in before.items()
        }, tag


# Plural forms

PLURAL = '\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'


def forms(*texts: str) -> str:
    """An entry with these forms."""
    return PLURAL + "".join(f'msgstr[{number}] "{text}"\n' for number, text in enumerate(texts))


#: tag -> what another program counts by, its texts, and the texts in our order (None: refused).
ORDERS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...] | None]] = {
    "the same, written otherwise": ("de", "nplurals=2; plural=n != 1;", ("Tag", "Tage"), ("Tag", "Tage")),
    "the other way round": ("de", "nplurals=2; plural=(n == 1 ? 1 : 0);", ("Tage", "Tag"), ("Tag", "Tage")),
    "millions of French": (
        "fr",
        "nplurals=3; plural=(n==0 || n==1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
        ("jour", "millions", "jours"),
        ("jour", "jours"),
    ),
    "millions of Spanish": (
        "es",
        "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
        ("día", "millones", "días"),
        ("día", "días"),
    ),
    "Arabic from other to zero": (
        "ar",
        "nplurals=6; plural=(n==0 ? 5 : n==1 ? 4 : n==2 ? 3 : n%100>=3 && n%100<=10 ? 2 : n%100>=11 ? 1 : 0);",
        ("o", "m", "f", "t", "1", "z"),
        ("z", "1", "t", "f", "m", "o"),
    ),
    "old Latvian": ("lv", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);", ("1", "o", "z"), None),
    "old Latvian, nothing said": (
        "lv",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
        ("", "", ""),
        ("", "", ""),
    ),
    "tens of Hebrew": (
        "he",
        "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n>10 && n%10==0 ? 2 : 3);",
        ("1", "2", "10", "o"),
        None,
    ),
    "tens of Hebrew, with the same words": (
        "he",
        "nplurals=4; plural=(n==1 ? 0 : n==2 ? 1 : n>10 && n%10==0 ? 2 : 3);",
        ("1", "2", "o", "o"),
        ("1", "2", "o"),
    ),
    "two forms for six": ("ar", "nplurals=2; plural=n != 1;", ("1", "o"), None),
    "one form for two": ("de", "nplurals=1; plural=0;", ("Tage",), None),
    "two forms for one": ("ja", "nplurals=2; plural=n != 1;", ("a", "b"), None),
    "two forms for one, the same": ("ja", "nplurals=2; plural=n != 1;", ("a", "a"), ("a",)),
    "a template's": ("de", "nplurals=INTEGER; plural=EXPRESSION;", ("Tag", "Tage"), None),
    "a program": ("de", "nplurals=2; plural=__import__('os').getpid();", ("Tag", "Tage"), None),
    "a division by nothing": ("de", "nplurals=2; plural=1/n;", ("Tag", "Tage"), None),
    "too deep": ("de", f"nplurals=2; plural={'(' * 200}n{')' * 200};", ("Tag", "Tage"), None),
}


@pytest.mark.parametrize("case", ORDERS)
def test_plural_forms_stand_in_the_order_of_the_registry_or_are_refused(tmp_path: Path, case: str) -> None:
    """ "one" never stands where "zero" is shown: the formulas decide, and a refusal shows both of them."""
    tag, formula, texts, expected = ORDERS[case]
    data = catalogue(tag, forms(*texts), formula)
    if expected is None:
        with pytest.raises(CampaignError) as caught:
            units(tmp_path, data, tag)
        assert formula[:150].rstrip(";") in str(caught.value)
        assert languages.get(tag).plural in str(caught.value)
        assert caught.value.problems[0].where == "campaign.po:7"
    else:
        assert units(tmp_path, data, tag)[0].forms == expected
        whole = bytes(store.parse(tmp_path / "campaign.po", "campaign.po", tag))
        assert units(tmp_path, whole, tag)[0].forms == expected, "what is written is in the order that it states"


def test_a_file_that_does_not_say_how_it_counts_counts_as_gettext_does(tmp_path: Path) -> None:
    """Two forms of a language that counts so are taken; six forms whose order nobody states are not."""
    silent = re.sub(r'"Plural-Forms.*\n', "", catalogue("de", forms("Tag", "Tage")))
    assert units(tmp_path, silent)[0].forms == ("Tag", "Tage")
    arabic = re.sub(r'"Plural-Forms.*\n', "", catalogue("ar", forms(*"123456")))
    with pytest.raises(CampaignError, match="Arabic"):
        units(tmp_path, arabic, "ar")


@pytest.mark.parametrize("tag", languages.registry())
def test_any_order_of_forms_is_put_right(tmp_path: Path, tag: str) -> None:
    """For every language: its own forms in the opposite order come back in its order."""
    language = languages.get(tag)
    last = language.nplurals - 1
    formula = language.plural.partition("plural=")[2].rstrip("; ")
    names = [f"form {number}" for number in range(last + 1)]
    turned = f"nplurals={last + 1}; plural={last}-({formula});"
    assert units(tmp_path, catalogue(tag, forms(*reversed(names)), turned), tag)[0].forms == tuple(names)


@given(st.text("n0123456789()?:!=<>&|%*/+- ", max_size=40))
def test_any_formula_is_a_rule_or_an_error(formula: str) -> None:
    """Whatever a header holds, it is either a form for every number or refused; nothing runs."""
    try:
        rule = plural_rule.parse(f"nplurals=3; plural={formula};")
    except ValueError:
        return
    assert all(0 <= rule.index(number) < 3 for number in plural_rule.NUMBERS)


def test_a_rewritten_line_keeps_its_number() -> None:
    """Each line of the new writing knows the line of the file that it came from."""
    written = dialect.rewritten(b'msgid "a" "b"\r\nmsgstr "c"\r\n', "x.po")
    assert written.lines == ('msgid "a"', '"b"', 'msgstr "c"', "")
    assert written.numbers == (1, 1, 2, 3)
