"""The answers of a table that came back, whichever program saved it: columns by name, verdicts by their words.

People add columns and titles, sort, rename the sheet. A cell that its program turned into a date, a number or a truth
value is no text any more: `0800290290` came back as 800290290. Such a row is refused, by row and column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from campaign import languages, limits
from campaign.catalogue.exchange.answers import ANSWERS, LONGEST, WORDS, Answer, Returned
from campaign.errors import CampaignError
from campaign.model.digest import digest
from campaign.model.verdict import Verdict
from campaign.spoken import PACK, SPOKEN, texts

#: Columns by what they hold; the texts of those that are read must come back as texts.
KEY, HASH, SOURCE, CURRENT, TEXT, COMMENT, ANSWER = (
    *("key", "source_hash", "source", "current text"),
    *("your text", "comment", "answer"),
)
READ = (KEY, HASH, SOURCE, CURRENT, TEXT, COMMENT, ANSWER)

#: Where the name, the role and the pack's number stand, beside these words.
FIELDS = {"name": "Your name or pseudonym", "role": "Your role", "pack": "Pack (do not change)"}

#: How far down the headings may stand below titles.
TITLES = 30

#: What holds more than one answer of a sentence: the one that counts first.
ORDER = (Verdict.REJECT, Verdict.UNSURE, Verdict.CHANGE, Verdict.SIGN)

#: What no file of an office program can hold (XML 1.0, 2.2).
ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

AGAIN = "export a new worksheet and copy the texts into it"


class Cell(NamedTuple):
    """A cell as text; `kind` says what else its program took it for ("a date", "a number"), empty for a text."""

    text: str = ""
    kind: str = ""


#: A cell that holds nothing, one for all: most of a worksheet is such.
EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, and by row number (from 1) the cells of the rows that hold something."""

    title: str
    rows: Mapping[int, Sequence[Cell]]


@dataclass(slots=True)
class _Sentence:
    """The rows of one sentence, by plural form."""

    rows: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)


def read(tables: Sequence[Table], name: str, whose: Callable[[str], str], language: str = "") -> Returned:
    """The answers of a file with these tables.

    `whose` gives the language that a pack was made for; a table that answers no pack is in `language`, or in the one
    that its title names.

    Raises:
        CampaignError: no table with the headings, two of them, too many rows, no known language.
    """
    found = [(table, at) for table in tables if (at := _headings(table))]
    if len(found) != 1:
        what = "no sheet has the headings" if not found else f"{len(found)} sheets have the headings"
        raise no(name, f"{what} “{KEY}” and “{TEXT}”")
    (table, at), said = found[0], fields(tables)
    if len(table.rows) > limits.limit("import_rows"):
        raise limits.too_much(name, f"has {len(table.rows)} rows", "import_rows")
    if said["pack"].kind:
        raise no(name, f"the number of the pack came back as {said['pack'].kind} ({said['pack'].text})")
    locale = whose(said["pack"].text) or language or languages.resolve(table.title)
    if locale not in languages.registry():
        what = f"the sheet is called {table.title[:40]!r}, which is no language, and answers no pack of this workspace"
        raise CampaignError.single(what, where=name, todo="say which one it is: --language TAG")
    answers, refused = _answers(table, at)
    return Returned(locale, said["pack"].text, said["name"].text, role(said["role"].text), answers, refused)


def no(name: str, what: str) -> CampaignError:
    """The refusal of a whole file."""
    return CampaignError.single(what, where=name, todo=AGAIN)


#: Letters, their marks and figures; an apostrophe may be a letter of its own kind (Lm).
_LETTERS = frozenset({"Ll", "Lo", "Lt", "Lu", "Mn", "Mc", "Nd", "Nl", "No"})


def letters(words: str) -> str:
    """What people mean by an answer: its letters and figures alone, whatever dots, quotes, spaces and capitals."""
    known = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in known if unicodedata.category(letter) in _LETTERS)


@cache
def verdicts() -> Mapping[str, Verdict]:
    """Every way to write an answer, in every language that the program speaks, as `letters`."""
    found = {letters(code): verdict for code, verdict in ANSWERS.items()}
    for tag in SPOKEN:
        spoken = texts(tag, PACK).gettext
        found |= {letters(spoken(words)): ANSWERS[code] for code, words in WORDS.items()}
    return found


def role(written: str) -> str:
    """The role that somebody wrote, in any language of the program; what is none stays as it is."""
    from campaign.model.trust import ROLES

    known = {letters(texts(tag, PACK).gettext(each)): each for tag in SPOKEN for each in ROLES}
    return known.get(letters(written), written)


@cache
def _labels() -> Mapping[str, str]:
    """What stands before name, role and pack, in every language that the program speaks, as `letters`."""
    spoken = [texts(tag, PACK).gettext for tag in SPOKEN]
    return {letters(said(words)): name for said in spoken for name, words in FIELDS.items()}


def _headings(table: Table) -> int:
    """The number of the row that holds the headings, 0 where none does."""
    for number, cells in sorted(table.rows.items()):
        names = {_plain(cell.text) for cell in cells}
        if number <= TITLES and KEY in names and names & {TEXT, COMMENT, ANSWER}:
            return number
    return 0


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def fields(tables: Sequence[Table]) -> dict[str, Cell]:
    """Name, role and pack, wherever they stand; empty where they do not."""
    found = dict.fromkeys(FIELDS, Cell())
    words = _labels()
    longest = 2 * max(map(len, words))
    for table in tables:
        for cells in table.rows.values():
            for label, value in pairwise(cells):
                name = words.get(letters(label.text), "") if len(label.text) <= longest else ""
                if name and not found[name].text and value.kind != FORMULA:
                    found[name] = Cell(" ".join(value.text.split()), value.kind)
    return found


#: The kind of a cell that calculates: never a text.
FORMULA = "a formula"


def _answers(table: Table, at: int) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    columns = [_plain(cell.text) for cell in table.rows[at]]
    sentences: dict[str, _Sentence] = {}
    refused: list[str] = []
    for number, cells in sorted(table.rows.items()):
        row = {name: cell for name, cell in zip(columns, cells, strict=False) if name in READ}
        if number <= at or not any(cell.text for cell in row.values()):
            continue
        if not row[KEY].text:
            refused.append(f"row {number}: has no key: nobody knows which sentence it answers")
            continue
        sentences.setdefault(row[KEY].text.partition("#")[0], _Sentence()).rows.append((number, row))
    answers = []
    for key, sentence in sentences.items():
        sentence.rows.sort(key=lambda each: (_form(each[1][KEY].text), each[0]))
        wrong, unknown = [*_faults(key, sentence)], [*_unknown(sentence)]
        refused += wrong + unknown
        if not wrong:
            answer = _answer(key, sentence)
            answers.append(_beside(answer) if unknown else answer)
    return tuple(answers), tuple(refused)


def _form(key: str) -> int:
    number = key.partition("#")[2]
    return int(number) if re.fullmatch("[0-9]{1,3}", number) else -1


def _faults(key: str, sentence: _Sentence) -> Iterator[str]:
    """Why the rows of a sentence cannot be taken, by row and column."""
    for number, row in sentence.rows:
        for column, cell in row.items():
            if cell.kind:
                todo = "make the cell Text and type it again"
                yield f"row {number}, “{column}”: came back as {cell.kind} ({cell.text[:60]}): {todo}"
            elif len(cell.text) > LONGEST:
                yield f"row {number}, “{column}”: holds more than {LONGEST} characters"
    first, keys = sentence.rows[0][0], [row[KEY].text for _, row in sentence.rows]
    if keys not in ([key], [f"{key}#{form}" for form in range(len(keys))]):
        yield f"row {first}: the plural forms of {key} are not complete, or one stands twice"


def _unknown(sentence: _Sentence) -> Iterator[str]:
    """The answers of a sentence that are none; what was typed beside them is kept, and the row says so."""
    for number, row in sentence.rows:
        said = row.get(ANSWER, Cell())
        if said.text.strip() and not said.kind and letters(said.text) not in verdicts():
            offered = ", ".join(WORDS.values())
            yield f"row {number}, “{ANSWER}”: {said.text[:60]!r} is no answer that is known: use one of {offered}"


def _beside(answer: Answer) -> Answer:
    """What somebody typed beside an answer that is none: other words are a suggestion, a comment is a comment."""
    said = Verdict.COMMENT if answer.forms is None else Verdict.SUGGEST
    return replace(answer, verdict=said, silent=not answer.comment and answer.forms is None)


def _answer(key: str, sentence: _Sentence) -> Answer:
    rows = [row for _, row in sentence.rows]

    def column(name: str) -> list[str]:
        return [row.get(name, Cell()).text for row in rows]

    given, shown = column(TEXT), column(CURRENT)
    said = {verdicts()[letters(words)] for words in column(ANSWER) if letters(words) in verdicts()}
    verdict = next((each for each in (*ORDER, *sorted(said)) if each in said), Verdict.CHANGE)
    comment = "\n".join(words.strip() for words in column(COMMENT) if words.strip())
    typed = any(text.strip() for text in given)
    return Answer(
        key,
        column(HASH)[0].strip(),
        digest(*shown) if CURRENT in rows[0] else "",
        tuple(text if text.strip() else old for text, old in zip(given, shown, strict=True)) if typed else None,
        verdict,
        comment,
        place=f"row {sentence.rows[0][0]}",
        shown=tuple(shown) if CURRENT in rows[0] else (),
        sources=tuple(column(SOURCE)) if SOURCE in rows[0] else (),
        silent=not (typed or said or comment),
    )
