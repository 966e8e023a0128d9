"""PO files in and out: what we did not mean to change is not changed, and what cannot be kept is refused."""

from __future__ import annotations

import itertools
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from campaign.catalogue import dialect, store, warm
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.model.unit import Unit, unit_key
from campaign.project import Project

HEADER = r"""# Ana Kovač <ana@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: test\n"
"Language: de\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"X-Generator: Poedit 3.4.2\n"
"""
#: The line where the text after the header and an empty line begins.
START = HEADER.count("\n") + 2
ENTRIES = """
# origin: draft written by hand
#. [shared/call] a step
#: templates/messages/shared.j2
#, fuzzy
msgid "Call us"
msgstr "Rufen Sie an"

#: templates/messages/claims.j2
#, python-format
msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s Tag"
msgstr[1] "%(n)s Tage"

#~ msgid "Gone"
#~ msgstr "Weg"
"""


@pytest.fixture
def po(tmp_path: Path) -> Path:
    """A small German catalogue as a PO editor leaves it."""
    path = tmp_path / "campaign.po"
    path.write_text(HEADER + ENTRIES, encoding="utf-8")
    return path


def units(path: Path) -> tuple[Unit, ...]:
    """The units of a German file."""
    return store.read(path, path.name, "de").units


def key(source: str, plural: str = "") -> str:
    """The key of a unit without context."""
    return unit_key("", source, plural)


def test_a_unit_has_all_that_its_entry_says(po: Path) -> None:
    """Source, forms, flag, origin, places and notes arrive; obsolete entries are no units."""
    call, day = units(po)

    assert call == Unit(
        locale="de",
        context="",
        source="Call us",
        plural="",
        forms=("Rufen Sie an",),
        fuzzy=True,
        origin="draft written by hand",
        where="templates/messages/shared.j2",
        notes="[shared/call] a step",
    )
    assert (day.source, day.plural, day.forms, day.fuzzy) == (
        "%(n)s day",
        "%(n)s days",
        ("%(n)s Tag", "%(n)s Tage"),
        False,
    )


def test_what_is_read_is_written_byte_by_byte(wide: Path, po: Path) -> None:
    """Opening and saving any catalogue of fourteen languages changes nothing."""
    files = sorted((wide / "locales").rglob("campaign.po*"))
    assert len(files) >= 14

    for path in [po, *files]:
        locale = "de" if path == po else "" if path.suffix == ".pot" else path.parts[-3]
        assert bytes(store.parse(path, path.name, locale)) == path.read_bytes(), path


@dataclass(frozen=True)
class Written:
    """One entry as a translators' program could write it."""

    unit: Unit
    text: str


def _quoted(keyword: str, text: str, cuts: list[int], prefix: str = "") -> str:
    """A PO string, on one line or in pieces."""
    escaped = [{"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t", "\r": r"\r"}.get(c, c) for c in text]
    edges = sorted({0, len(escaped), *(cut % (len(escaped) + 1) for cut in cuts)})
    pieces = ["".join(escaped[start:end]) for start, end in itertools.pairwise(edges)] or [""]
    lines = [f'{keyword} "{pieces[0]}"'] if len(pieces) == 1 else [f'{keyword} ""', *(f'"{piece}"' for piece in pieces)]
    return "".join(f"{prefix}{line}\n" for line in lines)


# Category C: what editors do not let through; "\r" is written escaped.
TEXT = st.text(st.characters(exclude_categories=["C"], include_characters="\n\t\r\u200c\u200f"), max_size=12)
SOURCE = TEXT.filter(lambda text: text.strip() and not text.startswith("_:"))  # KDE's old contexts: nobody writes them
WORDS = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)


@st.composite
def entries(draw: st.DrawFn) -> Written:
    """An entry in one of the many ways in which PO files are written."""
    context, source = draw(st.sampled_from(["", "button", 'a "b" \\']) | SOURCE), draw(SOURCE)
    plural = draw(st.just("") | SOURCE)
    forms = tuple(draw(TEXT) for _ in range(2 if plural else 1))
    fuzzy = draw(st.booleans())
    earlier = draw(SOURCE) if fuzzy and draw(st.booleans()) else ""
    cuts = draw(st.lists(st.integers(0, 20), max_size=2))
    notes = draw(st.lists(WORDS, max_size=2))
    text = "".join(f"# {word}\n" for word in draw(st.lists(WORDS, max_size=2)))
    text += "".join(f"#. {note}\n" for note in notes)
    text += "#: templates/messages/x.j2\n" if draw(st.booleans()) else ""
    text += "#, fuzzy, python-format\n" if fuzzy else ""
    text += _quoted("msgid", earlier, cuts, "#| ") if earlier else ""
    text += _quoted("msgctxt", context, cuts) if context else ""
    text += _quoted("msgid", source, cuts)
    if plural:
        text += _quoted("msgid_plural", plural, cuts)
        text += "".join(_quoted(f"msgstr[{number}]", form, cuts) for number, form in enumerate(forms))
    else:
        text += _quoted("msgstr", forms[0], cuts)
    where = "templates/messages/x.j2" if "#: " in text.split("msgid")[0] else ""
    previous = ("", earlier, "") if earlier else None
    unit = Unit("de", context, source, plural, forms, fuzzy, "", where, "\n".join(notes), previous)
    return Written(unit, text)


CATALOGUES = st.lists(entries(), max_size=4, unique_by=lambda entry: (entry.unit.context, entry.unit.source))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogue=CATALOGUES)
def test_any_catalogue_is_understood_and_comes_back_byte_by_byte(tmp_path: Path, catalogue: list[Written]) -> None:
    """Whatever a translators' program writes, we read the words that it means and leave its file as it is."""
    path = tmp_path / "campaign.po"
    path.write_text("\n".join([HEADER, *(entry.text for entry in catalogue)]), encoding="utf-8", newline="")

    assert bytes(store.parse(path, path.name, "de")) == path.read_bytes()
    read = [(u.context, u.source, u.plural, u.forms, u.fuzzy, u.notes, u.previous) for u in units(path)]
    assert read == [
        (u.context, u.source, u.plural, u.forms, u.fuzzy, u.notes, u.previous)
        for u in (entry.unit for entry in catalogue)
    ]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("msgcat"), reason="msgcat is not installed (Debian package gettext)")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogue=CATALOGUES, texts=st.lists(TEXT.filter(str.strip), min_size=8, max_size=8))
def test_gettext_reads_what_we_write_and_we_read_what_gettext_writes(
    tmp_path: Path, catalogue: list[Written], texts: list[str]
) -> None:
    """A translator may use gettext's own tools: they and we see the same words."""
    assume(not any("\r" in text for entry in catalogue for text in (entry.text.replace("\\r", "\r"), *texts)))
    # A line that begins with "_:" is KDE's old context, and refused: msgcat may break or join a sentence there.
    assume(not any("_:" in f"{entry.unit.source}{entry.unit.plural}" for entry in catalogue))
    path = tmp_path / "campaign.po"
    path.write_text("\n".join([HEADER, *(entry.text for entry in catalogue)]), encoding="utf-8", newline="")
    ours = units(path)
    warm.edit(path, path.name, "de", {u.key: Edit(tuple(texts[: len(u.forms)]), u.fuzzy) for u in ours})

    done = subprocess.run(["msgcat", "--no-wrap", "-o", path, path], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [(u.key, u.forms, u.fuzzy, u.previous) for u in units(path)] == [
        (u.key, tuple(texts[: len(u.forms)]), u.fuzzy, u.previous) for u in ours
    ]


@pytest.mark.skipif(not shutil.which("msgmerge"), reason="msgmerge is not installed (Debian package gettext)")
def test_gettext_merges_the_real_catalogues(workspace: Project) -> None:
    """msgmerge, Poedit's engine, merges our files with campaign.pot without a complaint or a change of words."""
    for locale in ("de", "ar"):
        path = workspace.catalogue(locale)
        before = store.read(path, path.name, locale).units

        done = subprocess.run(
            ["msgmerge", "--previous", "--update", "--backup=off", path, workspace.pot],
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
        after = store.read(path, path.name, locale).units
        assert [(u.key, u.forms, u.fuzzy, u.origin) for u in after] == [
            (u.key, u.forms, u.fuzzy, u.origin) for u in before
        ]


FAULTS = {
    "no closing quote": ('msgid "a"\nmsgstr "b\n', 1, "end-of-line within string"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 2, "msgid"),
    "a word without meaning": ('msgid "a"\nmsgstr "b"\nthanks!\n', 2, "thanks!"),
    "words after a string": ('msgid "a"\nmsgstr "b" thanks!\n', 1, "thanks!"),
    "a quote in a string": ('msgid "a"\nmsgstr "b"c"\n', 1, "no meaning"),
    "an entry that is half obsolete": ('#~ msgid "a"\nmsgstr "b"\n', 0, "no meaning"),
    "an obsolete line without meaning": ("#~ thanks!\n", 0, "no meaning"),
    "a context after the message": ('msgid "a"\nmsgctxt "b"\nmsgstr "c"\n', 1, "msgctxt"),
    "one message twice": (
        'msgid "a"\nmsgstr "b"\n\n#: x\nmsgid "a"\nmsgstr "c"\n',
        4,
        f"stands twice (first at line {START})",
    ),
    "one message twice in a context": (
        'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "c"\n',
        5,
        f"stands twice (first at line {START + 1})",
    ),
    "one message live and obsolete": ('msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n', 3, "stands twice"),
    "two headers": ('msgid ""\nmsgstr "Language: de\\n"\n', 0, "stands twice"),
    "one plural form of two": ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\n', 0, "plural forms [0], de has [0, 1]"),
    "three plural forms of two": (
        'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\nmsgstr[2] "d"\n',
        0,
        "plural forms [0, 1, 2], de has [0, 1]",
    ),
    "a plural form left out": ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[2] "c"\n', 0, "forms [0, 2]"),
    "plural forms out of order": ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\nmsgstr[0] "c"\n', 0, "forms [1, 0]"),
    "a plural without number": ('msgid "a"\nmsgid_plural "as"\nmsgstr "b"\n', 2, "msgstr"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_broken_file_is_refused_with_its_line(po: Path, case: str) -> None:
    """What gettext refuses, or what could not be written back, is named before anything is built on it."""
    text, line, words = FAULTS[case]
    po.write_text(f"{HEADER}\n{text}", encoding="utf-8")

    with pytest.raises(CampaignError) as caught:
        units(po)

    assert caught.value.problems[0].where == f"campaign.po:{START + line}"
    assert words in caught.value.problems[0].what
    assert caught.value.problems[0].todo


def test_every_fault_of_a_file_is_named_at_once(po: Path) -> None:
    """Who repairs a file by hand gets the whole list."""
    po.write_text(
        HEADER + '\nmsgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n\nmsgid "c"\nmsgid_plural "cs"\nmsgstr[0] ""\n\n'
        'msgid "a"\nmsgstr "3"\n',
        encoding="utf-8",
    )

    with pytest.raises(CampaignError) as caught:
        units(po)

    assert [problem.where for problem in caught.value.problems] == [
        f"campaign.po:{START + line}" for line in (3, 6, 10)
    ]


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1256", "UTF-16", "CHARSET", "KLINGON", "hex"])
def test_a_file_that_says_another_encoding_is_refused(po: Path, rewrite: Any, charset: str) -> None:
    """Saved again by a program that believes the header, the words would be lost; so the line is named."""
    rewrite(po, "charset=UTF-8", f"charset={charset}")
    before = po.read_bytes()

    with pytest.raises(CampaignError) as caught:
        warm.edit(po, po.name, "de", {key("Call us"): Edit(("Anrufen",), fuzzy=True)})

    assert caught.value.problems[0].where == "campaign.po:7"
    assert charset in caught.value.problems[0].what
    assert po.read_bytes() == before


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", 'msgid "a"\nmsgstr "b"\n'])
def test_a_file_without_header_is_refused(po: Path, text: str) -> None:
    """A file that was emptied by accident does not pass for a language in which nothing is translated yet."""
    po.write_text(text, encoding="utf-8")

    with pytest.raises(CampaignError, match=r"campaign\.po:1: has no header"):
        units(po)


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_a_catalogue_or_an_error_that_names_the_file(tmp_path: Path, data: st.DataObject) -> None:
    """No file content, however odd, ends in a traceback, and none that is accepted loses a line."""
    good = (HEADER + ENTRIES).encode()
    lines = good.split(b"\n")
    position = data.draw(st.integers(0, len(good)))
    noise = data.draw(
        st.binary(max_size=8)
        | st.sampled_from(
            [b'"', b"\\", b"#~ ", b"#| ", b"msgid ", b"msgstr[9] ", b"\n\n", b"charset=utf-7", b'msgctxt "x"\n']
        )
        | st.sampled_from([line + b"\n" for line in lines])
    )
    kind = data.draw(st.sampled_from(["only noise", "put in", "cut off", "written over", "line lost"]))
    number = data.draw(st.integers(0, len(lines) - 1))
    path = tmp_path / "campaign.po"
    path.write_bytes(
        {
            "only noise": noise,
            "put in": good[:position] + noise + good[position:],
            "cut off": good[:position],
            "written over": good[:position] + noise + good[position + len(noise) :],
            "line lost": b"\n".join(lines[:number] + lines[number + 1 :]),
        }[kind]
    )
    try:
        parsed = store.parse(path, "campaign.po", "de")
        store.read(path, "campaign.po", "de")
    except CampaignError as error:
        assert all(problem.where.startswith("campaign.po:") for problem in error.problems), error
    else:
        written = set(map(_squeezed, bytes(parsed).split(b"\n")))
        read = dialect.read(path, "campaign.po").text.encode()
        lost = [line for line in read.split(b"\n") if _squeezed(line) not in written]
        assert [line for line in lost if not line.startswith(b"#~ #")] == []


def _squeezed(line: bytes) -> bytes:
    """A line without blanks."""
    return line.replace(b" ", b"").replace(b"\t", b"")


def test_an_edit_changes_its_entry_and_nothing_else(po: Path) -> None:
    """One corrected sentence is one changed line for everyone who looks at the history."""
    before = po.read_text(encoding="utf-8")

    warm.edit(po, po.name, "de", {key("Call us"): Edit(("Rufen Sie uns an",), fuzzy=True)})

    assert po.read_text(encoding="utf-8") == before.replace("Rufen Sie an", "Rufen Sie uns an")


def test_an_edit_can_note_where_a_text_comes_from(po: Path) -> None:
    """A new origin takes the place of the old one; other comments stay."""
    po.write_text(po.read_text(encoding="utf-8").replace("# origin", "# polite\n# origin"), encoding="utf-8")

    warm.edit(
        po, po.name, "de", {key("Call us"): Edit(("Rufen Sie uns an",), fuzzy=True, origin="corrected by M. Weber")}
    )

    text = po.read_text(encoding="utf-8")
    assert "# polite\n# origin: corrected by M. Weber\n#. [shared/call]" in text
    assert "written by hand" not in text
    assert units(po)[0].origin == "corrected by M. Weber"


def test_a_final_text_has_no_previous_source(po: Path, rewrite: Any) -> None:
    """Who accepts a proposal has seen the new source: the old one goes."""
    rewrite(po, 'msgid "Call us"', '#| msgid "Call me"\nmsgid "Call us"')
    assert units(po)[0].previous == ("", "Call me", "")

    warm.edit(po, po.name, "de", {key("Call us"): Edit(("Rufen Sie an",), fuzzy=False)})

    assert "#|" not in po.read_text(encoding="utf-8")
    assert not units(po)[0].fuzzy


def test_an_edit_without_news_does_not_touch_the_file(po: Path) -> None:
    """The file keeps its time stamp, and nothing is built anew for it."""
    before = po.stat()

    warm.edit(po, po.name, "de", {unit.key: Edit(unit.forms, unit.fuzzy) for unit in units(po)})

    assert (po.stat().st_mtime_ns, po.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize(
    "text", ["a\nb", " x ", '"', "\\", "\\n", "a\r\nb", "\t", "\u200cمی", "\u2028", "\ufeff", "x" * 300]
)
def test_any_words_can_be_typed(po: Path, text: str) -> None:
    """Quotes, line breaks and joiners come back as they were typed."""
    warm.edit(po, po.name, "de", {key("Call us"): Edit((text,), fuzzy=True)})

    assert units(po)[0].forms == (text,)


REFUSED = {
    "an unknown key": ("0123456789ab", Edit(("x",), fuzzy=False), "no unit has the key 0123456789ab"),
    "too few plural forms": (key("%(n)s day", "%(n)s days"), Edit(("x",), fuzzy=False), "takes 2 plural forms, not 1"),
    "too many forms": (key("Call us"), Edit(("x", "y"), fuzzy=False), "takes 1 plural forms, not 2"),
    "a NUL": (key("Call us"), Edit(("x\0",), fuzzy=False), "NUL"),
    "a lone surrogate": (key("Call us"), Edit(("\ud800",), fuzzy=False), "surrogate"),
    "a lone surrogate in the origin": (key("Call us"), Edit(("x",), fuzzy=False, origin="\ud800"), "surrogate"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_edit_that_cannot_be_stored_changes_nothing(po: Path, case: str) -> None:
    """One impossible text among good ones, and not one of them is written."""
    before = po.read_bytes()
    bad, change, words = REFUSED[case]
    good = key("%(n)s day", "%(n)s days") if bad != key("%(n)s day", "%(n)s days") else key("Call us")
    fits = Edit(("a", "b") if good != key("Call us") else ("a",), fuzzy=False)

    with pytest.raises(CampaignError) as caught:
        warm.edit(po, po.name, "de", {good: fits, bad: change})

    assert [words in problem.what for problem in caught.value.problems] == [True]
    assert po.read_bytes() == before


def test_a_text_that_someone_else_changed_is_not_overwritten(po: Path, rewrite: Any) -> None:
    """Two mediators at the same sentence: the second one is told, and nobody's words are lost."""
    shown = {unit.key: unit.text_hash for unit in units(po)}
    rewrite(po, "Rufen Sie an", "Bitte rufen Sie an")
    before = po.read_bytes()
    edits = {
        key("Call us"): Edit(("Anrufen",), fuzzy=False),
        key("%(n)s day", "%(n)s days"): Edit(("1", "2"), fuzzy=False),
    }

    with pytest.raises(CampaignError, match="'Call us' was changed by someone else"):
        warm.edit(po, po.name, "de", edits, seen=shown)

    assert po.read_bytes() == before
    warm.edit(po, po.name, "de", edits, seen={unit.key: unit.text_hash for unit in units(po)})
    assert [unit.text for unit in units(po)] == ["Anrufen", "1"]


EDITOR = """
import sys
from pathlib import Path
from campaign.catalogue import dialect, store, warm
from campaign.model.unit import unit_key

path, mine, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for turn in range(count):
    key = unit_key("", f"sentence {mine if count < 1000 else turn % 8}", "")
    warm.edit(path, path.name, "de", {key: store.Edit((f"text {mine} {turn} " + "x" * 200,), fuzzy=True)})
    print(turn, flush=True)
"""


def _eight_sentences(path: Path) -> None:
    entries = "".join(f'\nmsgid "sentence {number}"\nmsgstr ""\n' for number in range(8))
    path.write_text(HEADER + entries, encoding="utf-8")


@pytest.mark.slow
def test_two_programs_at_one_file_lose_nothing(po: Path, repository: Path) -> None:
    """Two people who save at the same moment both find their words in the file."""
    _eight_sentences(po)
    command = [sys.executable, "-c", EDITOR, str(po)]
    running = [
        subprocess.Popen([*command, str(mine), "15"], cwd=repository, stdout=subprocess.DEVNULL) for mine in (0, 1)
    ]

    assert [process.wait() for process in running] == [0, 0]

    assert [unit.text.split(" x")[0] for unit in units(po)][:2] == ["text 0 14", "text 1 14"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_moment_leaves_a_whole_file(po: Path, repository: Path) -> None:
    """A power cut in the middle of saving leaves the file before or after the edit, never a half."""
    for turns in (1, 4, 9):
        _eight_sentences(po)
        command = [sys.executable, "-c", EDITOR, str(po), "7", "100000"]
        with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            done = [int(process.stdout.readline()) for _ in range(turns)][-1]
            process.send_signal(signal.SIGKILL)
            done = max([done, *map(int, process.stdout.read().split())])

        texts = {unit.source: unit.text for unit in units(po)}

        assert texts[f"sentence {done % 8}"] == f"text 7 {done} " + "x" * 200, "an edit that was reported is gone"
        assert all(text in ("", f"text 7 {text.split()[2] if text else ''} " + "x" * 200) for text in texts.values())
