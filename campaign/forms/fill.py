"""Fill a form in: values in, sheets out, and one line in fills.jsonl that says nothing of them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from campaign.errors import CampaignError, Problem
from campaign.forms import cap, frame, gate, record
from campaign.forms.filled import Desk, Filled, make, words
from campaign.forms.lexicon import Lexicon
from campaign.forms.record import Fill
from campaign.forms.values import Checked, Office, Value, check
from campaign.inside import lies_in
from campaign.model.form import Form
from campaign.project import Project, write_atomic

#: What each file is called after the id, by the name of its sheet.
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class Asked:
    """What is filled in: the form, for whom, beside which language of the office, in which country.

    `cap`: also an alert, `actual` or `exercise`.
    """

    form: str
    locale: str
    country: str
    beside: str = ""
    sizes: tuple[str, ...] = ("a5", "a4")
    cap: str = ""

    @property
    def locales(self) -> tuple[str, ...]:
        """The reader's language, then the office's; one alone where both are the same."""
        return tuple(dict.fromkeys(filter(None, (self.locale, self.beside))))


def form_of(desk: Desk, asked: Asked) -> Form:
    """The form that is asked for, once all that names it is known.

    Raises:
        CampaignError: the campaign has no such form, language or country.
    """
    campaign, problems = desk.space.campaign, []
    for what, name, known in (
        ("FORM", asked.form, tuple(campaign.forms)),
        ("--lang", asked.locale, campaign.languages),
        ("--beside", asked.beside or asked.locale, campaign.languages),
        ("--country", asked.country, campaign.countries),
    ):
        if name not in known:
            problems.append(
                Problem(f"{what} {name}", "is not in campaign.toml", f"use one of {', '.join(known) or '(none)'}")
            )
    if problems:
        raise CampaignError(problems)
    return campaign.forms[asked.form]


def checked(desk: Desk, asked: Asked, typed: Mapping[str, object], again: Mapping[str, object], today: date) -> Checked:
    """The values as they were understood, with what is wrong and what somebody should look at.

    Raises:
        CampaignError: as `form_of`.
    """
    contacts = {contact.id: contact for contact in desk.space.campaign.contacts}
    return check(form_of(desk, asked), typed, again, Office(asked.country, today, contacts))


def fill(desk: Desk, asked: Asked, values: Mapping[str, Value], today: date) -> Filled:
    """The finished sheets, after the gate, and the line about them in fills.jsonl.

    Raises:
        CampaignError: everything that keeps it from going out; nothing is written then. No message names a value.
    """
    form = form_of(desk, asked)
    space = desk.space.trusted()
    _, _, used = words(desk, form, values, asked.locales)
    contacts = tuple(value.contact for value in values.values() if value.contact)
    if problems := gate.refused(space, form, asked.country, used, contacts, today):
        raise CampaignError(problems)
    own_id = record.new_id()
    cap_alert = alert(desk, asked, values, own_id, today) if asked.cap else b""
    made = make(desk, form, values, asked.locales, own_id=own_id, sizes=asked.sizes)
    covered = frame.covers(space.project, space.campaign, asked.locale)[form.id]
    ids = tuple(dict.fromkeys(contact.id for contact in contacts))
    line = Fill(own_id, form.id, covered.whole, asked.country, asked.locales, ids, today.isoformat())
    record.append(space.project, line)
    return replace(made, cap=cap_alert)


def alert(desk: Desk, asked: Asked, values: Mapping[str, Value], own_id: str, today: date) -> bytes:
    """The CAP alert in every language of the campaign whose words are signed, the one that is asked for first.

    Raises:
        CampaignError: the form is no public emergency.
    """
    form, template = form_of(desk, asked), desk.template(form_of(desk, asked))
    lexicons = []
    for locale in dict.fromkeys((*asked.locales, *desk.space.campaign.languages)):
        _, _, used = words(desk, form, values, (locale,))
        if locale in asked.locales or not gate.refused(desk.space, form, asked.country, used, (), today):
            lexicons.append(Lexicon(desk.space.texts[locale]))
    sent = datetime.now(UTC)
    return cap.alert(
        form,
        template,
        values,
        tuple(lexicons),
        desk.space.campaign,
        own_id=own_id,
        sent=sent,
        exercise=asked.cap == "exercise",
    )


def write(project: Project, folder: Path, made: Filled) -> Sequence[Path]:
    """Put the files into a folder outside of the workspace, for their owner alone; all or none.

    Raises:
        CampaignError: the folder lies in a workspace, or a file cannot be written.
    """
    where = str(folder)
    if lies_in(folder.resolve(), project.root) or any(
        (each / "campaign.toml").is_file() for each in (folder.resolve(), *folder.resolve().parents)
    ):
        todo = "name a folder outside of it: what is in a workspace is copied, shared and kept"
        raise CampaignError.single("lies in a workspace", where=f"--to {where}", todo=todo)
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        for name, content in _files(made).items():
            _put(folder / name, content)
            written.append(folder / name)
    except (OSError, CampaignError) as error:
        for path in written:
            with suppress(OSError):
                path.unlink()
        what = f"cannot be written ({error.strerror})" if isinstance(error, OSError) else error.problems[0].what
        todo = "check free space, permissions and the name of the folder"
        raise CampaignError.single(what, where=f"--to {where}", todo=todo) from None
    return tuple(written)


def _put(path: Path, content: bytes) -> None:
    """A file that gets its name once it is whole: whatever ends the program before leaves nothing of it behind."""
    try:
        handle = os.open(path.parent, os.O_WRONLY | os.O_TMPFILE, _PRIVATE)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(handle)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.link(f"/proc/self/fd/{handle}", path.name, dst_dir_fd=folder, follow_symlinks=True)
            finally:
                os.close(folder)
    except (AttributeError, OSError):  # no Linux, a disk without nameless files, or a sample that is made again
        write_atomic(path, content, mode=_PRIVATE)


def _files(made: Filled) -> Mapping[str, bytes]:
    """The files by name: the id alone, never the form or a person."""
    sheets = {f"{made.own_id}-{size}.pdf": pdf for size, pdf in made.sheets.items()}
    texts = {"sms.txt": made.sms.encode(), "cap.xml": made.cap}
    return {**sheets, **{f"{made.own_id}-{name}": data for name, data in texts.items() if data}}
