"""The answers of a Word document that came back: texts by its tracked changes, remarks by its comments.

Nothing in such a file is a signature. Who changed or said something is known by their name in Word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from campaign import languages
from campaign.catalogue.exchange import docx, sheet
from campaign.catalogue.exchange.answers import LONGEST, Answer, Returned
from campaign.catalogue.exchange.docx import COLUMNS, NOTE, SOURCE, TEXT
from campaign.catalogue.exchange.sheet import no
from campaign.catalogue.exchange.word import Comment
from campaign.catalogue.exchange.word_tables import NAMELESS, Found, Row, short
from campaign.errors import CampaignError
from campaign.model.verdict import Verdict


def read(found: Found, name: str, whose: Callable[[str], str], language: str = "") -> Returned:
    """The answers of a document; `whose` gives the language that a pack was made for, `language` is that of a document
    that answers none.

    Raises:
        CampaignError: no document of a pack, or in no known language.
    """
    said = sheet.fields(found.beside)
    pack, sender = said["pack"].text, said["name"].text
    if not found.rows:
        raise no(name, f"no table has the headings “{SOURCE}” and “{TEXT}” above a sentence")
    locale = whose(pack) or language
    if locale not in languages.registry():
        raise CampaignError.single(
            "answers no pack of this workspace", where=name, todo="say its language: --language TAG"
        )
    replies = _replies(found.comments, found.placed)
    answers, refused = list[Answer](), found.refused
    for key, rows in found.rows.items():
        rows.sort(key=lambda row: -1 if row.form is None else row.form)
        wrong = list(_faults(rows))
        refused += [f"{each}: the text was not taken" for each in wrong]
        if not wrong:
            answers.append(_text(key, rows))
        answers += [each for row in rows for each in _remarks(key, row, found.comments, replies, sender)]
    for id_, lost in replies.items():
        if id_ not in found.placed:
            refused += [
                f"a comment of {each.by or 'nobody'} beside the tables: {short(each.text)}"
                for each in lost
                if each.text
            ]
    role = sheet.role(said["role"].text) or docx.ROLE
    return Returned(locale, pack, sender, role, tuple(answers), tuple(refused), free=True)


def _replies(comments: Mapping[str, Comment], placed: set[str]) -> Mapping[str, list[Comment]]:
    """The comments that stand at no row, by the comment with which their thread begins."""
    found: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments.values():
        first = comment
        for _ in range(len(comments)):
            if first.to not in comments or first.id in placed:
                break
            first = comments[first.to]
        if comment.id not in placed:
            found[first.id].append(comment)
    return found


def _faults(rows: Sequence[Row]) -> Iterator[str]:
    """Why the text of a sentence cannot be taken from its rows."""
    yield from (f"{row.place}: {fault}" for row in rows for fault in row.faults)
    yield from (
        f"{row.place}: holds more than {LONGEST} characters" for row in rows if len(row.cells[TEXT].after) > LONGEST
    )
    forms = _forms(rows)
    if any(row.cells[TEXT].after != forms[row.form].cells[TEXT].after for row in rows):
        yield f"{rows[0].place}: the sentence stands here {len(rows)} times with different texts: leave one"
    elif list(forms) not in ([None], list(range(len(forms)))):
        yield f"{rows[0].place}: the plural forms of the sentence are not complete"


def _forms(rows: Sequence[Row]) -> dict[int | None, Row]:
    """The first row of each plural form."""
    forms: dict[int | None, Row] = {}
    for row in rows:
        forms.setdefault(row.form, row)
    return forms


def _key(key: str) -> str:
    return "" if key.startswith(NAMELESS) else key


def _text(key: str, rows: Sequence[Row]) -> Answer:
    """The text of a sentence as it is with all changes, by whoever changed it last."""
    whole = list(_forms(rows).values())
    words = [row.cells[TEXT] for row in whole]
    by = tuple(dict.fromkeys(name for each in words for name in each.by if each.changed and name))
    return Answer(
        _key(key), "", "", tuple(each.after for each in words),
        comment=f"changed by {', then '.join(by)}" if len(by) > 1 else "",
        place=rows[0].place, shown=tuple(each.before for each in words),
        sources=tuple(row.cells[SOURCE].before for row in whole),
        silent=not any(each.changed for each in words), by=by[-1] if by else "",
    )  # fmt: skip


def _remarks(
    key: str, row: Row, comments: Mapping[str, Comment], replies: Mapping[str, list[Comment]], sender: str
) -> Iterator[Answer]:
    """What people say about a sentence: comments with their replies, and words that they wrote into other columns."""
    said = list[tuple[str, str]]()
    for name, words in row.cells.items():
        by = words.by[-1] if words.by else sender
        if name in (SOURCE, NOTE) and words.changed:
            said.append((f"{name}, proposed: {words.after}", by))
        elif name not in COLUMNS and words.after:
            said.append((f"{name}: {words.after}", by))
    mine = {*row.comments, *(reply.id for comment in row.comments for reply in replies.get(comment, ()))}
    # The numbers of comments rise in the order in which they were written.
    for comment in (comments[id_] for id_ in sorted(mine, key=lambda each: (len(each), each)) if id_ in comments):
        about = row.comments.get(comment.id, "") if comment.to not in comments else ""
        said.append((about + _said(comment, comments), comment.by))
    sources, texts = (row.cells[SOURCE].before,), (row.cells[TEXT].after, row.cells[TEXT].before)
    for text, by in said:
        if text.strip():
            yield Answer(
                _key(key), "", "", None, Verdict.COMMENT, text,
                place=row.place, shown=texts, sources=sources, by=by, remark=True,
            )  # fmt: skip


def _said(comment: Comment, comments: Mapping[str, Comment]) -> str:
    """The words of a comment, with the one that it answers and whether somebody closed it."""
    answers = f"in reply to {comments[comment.to].by or 'nobody'}: " if comment.to in comments else ""
    return f"{answers}{comment.text}{' (resolved)' if comment.resolved else ''}" if comment.text else ""
