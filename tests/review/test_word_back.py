"""A Word pack of lawyers goes out and comes back: drafts to be signed, remarks under their names, nothing signed."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from word_file import W, WordFile, deleted, inserted, packed, run, w

from campaign.catalogue import store, warm
from campaign.catalogue.store import Edit
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.event import Event
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import Taken, take
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Each file is read in a process of its own.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
LEAFLET = Selection(audiences=("migrants",), channels=("leaflet",))
TITLE, RIGHTS, CALL = "You have rights, whatever your papers", "Your rights", "In danger now? Call %(emergency)s"


def sent(project: Project, locale: str = "ar", selection: Selection = LEAFLET) -> WordFile:
    """A pack of the leaflet."""
    return WordFile(export(project, locale, "docx", selection, ON).data)


def units(project: Project, locale: str = "ar") -> dict[str, Unit]:
    """The sentences of a language by their source."""
    path = project.catalogue(locale)
    return {unit.source: unit for unit in store.read(path, path.name, locale).units}


def events(project: Project, locale: str = "ar") -> list[Event]:
    """What the ledger says."""
    return list(ledger.read(project.ledger(locale), locale).events)


def back(project: Project, file: WordFile, tmp_path: Path, language: str = "") -> Taken:
    """Take it back."""
    return take(project, file.save(tmp_path / "back.docx"), ON, language)


def spoken(project: Project) -> list[Event]:
    """What people said, without what the ledger notes of itself: whose words a text is."""
    return [event for event in events(project) if event.verdict is not Verdict.CHANGE]


def work(file: WordFile) -> None:
    """What a ministry does with a pack: a text, a proposal for the source, comments and an answer."""
    file.reword(RIGHTS, "حقوقك القانونية", "Dr. A. Jurist")
    first = file.comment(file.on(TITLE), "Is this so in Flanders?", "B. Ministry")
    file.comment(file.on(TITLE), "Yes, by decree.", "Dr. A. Jurist", to=first)
    file.comment(file.on(RIGHTS), "As the act says.", "Dr. A. Jurist")


def proved(project: Project, taken: Taken, reply: str = "in reply to B. Ministry: ") -> None:
    """Exactly that is what the workspace then holds; `reply` is what is known of the answer's place."""
    assert (taken.texts, taken.signed, taken.comments, taken.refused) == (1, 0, 3, ())
    unit = units(project)[RIGHTS]
    assert (unit.text, unit.fuzzy) == ("حقوقك القانونية", True)
    assert unit.origin == "from a review pack, Dr. A. Jurist (second reader), 2026-11-24"
    said = {(event.reviewer, event.role, event.comment) for event in spoken(project)}
    assert said == {
        ("B. Ministry", "second reader", "Is this so in Flanders?"),
        ("Dr. A. Jurist", "second reader", f"{reply}Yes, by decree."),
        ("Dr. A. Jurist", "second reader", "As the act says."),
    }
    assert {event.verdict for event in spoken(project)} == {Verdict.COMMENT}


def test_texts_and_comments_come_back_once(workspace: Project, tmp_path: Path) -> None:
    """Tracked changes are drafts by who made them, comments remarks; the same file again says nothing more."""
    file = sent(workspace)
    work(file)
    proved(workspace, back(workspace, file, tmp_path))
    again = back(workspace, file, tmp_path)
    assert (again.texts, again.signed, again.comments) == (0, 0, 0)
    assert len(spoken(workspace)) == 3


def test_nothing_in_a_word_file_signs(signed: Project, tmp_path: Path) -> None:
    """A text that was signed and is changed becomes a draft; a file that nobody touched changes nothing at all."""
    file = sent(signed, "de")
    before = len(events(signed, "de"))
    untouched = back(signed, file, tmp_path)
    assert (untouched.texts, untouched.comments, untouched.refused, len(events(signed, "de"))) == (0, 0, (), before)
    file.reword(RIGHTS, "Ihre Rechte hier", "A. Jurist")
    assert back(signed, file, tmp_path).texts == 1
    texts = loader.load(signed).texts["de"]
    assert texts.states[units(signed, "de")[RIGHTS].key] is State.DRAFT


def test_a_change_that_was_not_tracked_is_a_text_of_who_sent_the_file(workspace: Project, tmp_path: Path) -> None:
    """Tracking was switched off, or the program knew no name: the words count all the same, under the name in the file."""
    file = sent(workspace)
    file.put(RIGHTS, run("حقوق"))
    file.comment(file.on(RIGHTS), "shorter", "Unknown Author")
    file.fill("Your name or pseudonym", "C. Judge")
    assert back(workspace, file, tmp_path).texts == 1
    assert [(event.reviewer, event.comment) for event in spoken(workspace)] == [("C. Judge", "(on “حقوق”) shorter")]
    assert units(workspace)[RIGHTS].origin.startswith("from a review pack, C. Judge (second reader)")


def test_a_text_that_changed_meanwhile_is_kept_beside(workspace: Project, tmp_path: Path) -> None:
    """The newer text stays; the lawyer's is a suggestion, the comment is kept, and rows that nobody touched are silent."""
    file, path = sent(workspace), workspace.catalogue("ar")
    file.reword(RIGHTS, "حقوقك القانونية", "A. Jurist")
    file.comment(file.on(RIGHTS), "As the act says.", "A. Jurist")
    now = {
        units(workspace)[each].key: Edit((f"{each} %(emergency)s جديد" if each == CALL else "جديد",), True)
        for each in (RIGHTS, CALL)
    }
    warm.edit(
        path,
        path.name,
        "ar",
        now,
        seen={unit.key: unit.text_hash for unit in units(workspace).values() if unit.key in now},
    )
    taken = back(workspace, file, tmp_path)
    (refused,) = taken.refused
    assert "stale" in refused and "kept as a suggestion" in refused and "table 2" in refused
    assert units(workspace)[RIGHTS].text == "جديد"
    assert {(event.verdict, event.comment or event.forms) for event in events(workspace)} == {
        (Verdict.SUGGEST, ("حقوقك القانونية",)),
        (Verdict.COMMENT, "(on “حقوقك القانونية”) As the act says."),
    }


def test_rows_that_lost_their_name_or_their_source(workspace: Project, tmp_path: Path) -> None:
    """A row is found by its source where its bookmark is gone; a changed source is refused, as are an empty text and a
    lost placeholder; nothing of these rows is written.
    """
    file = sent(workspace)
    for node in [*file.row(RIGHTS).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        node.getparent().remove(node)
    file.reword(RIGHTS, "حقوقك القانونية", "A. Jurist")
    file.put(CALL, deleted(file.said(file.cell(CALL))), inserted("اتصل"))
    file.put(TITLE, run("Your rights are everywhere"), column=1)
    taken = back(workspace, file, tmp_path)
    assert taken.texts == 1 and units(workspace)[RIGHTS].text == "حقوقك القانونية"
    assert len(taken.refused) == 2
    assert any("“source” was changed" in line for line in taken.refused)
    assert any("%(emergency)s" in line for line in taken.refused)


def convert(file: Path, to: str, out: Path) -> Path:
    """What LibreOffice saves of it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{out / 'office'}"
    subprocess.run(
        ["soffice", "--headless", home, "--convert-to", to, "--outdir", str(out / to), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return out / to / f"{file.stem}.{to}"


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")])
@pytest.mark.breadth
def test_libreoffice_saves_it_and_nothing_is_lost(workspace: Project, tmp_path: Path, way: tuple[str, ...]) -> None:
    """Opened and saved as Word document, also by way of an OpenDocument text: the same texts, names and remarks; that one
    answers another is lost in some versions of LibreOffice.
    """
    file = sent(workspace)
    work(file)
    path = file.save(tmp_path / "pack.docx")
    for form in way:
        (tmp_path / form).mkdir(exist_ok=True)
        path = convert(path, form, tmp_path)
    linked = "word/commentsExtended.xml" in zipfile.ZipFile(path).namelist()
    proved(workspace, take(workspace, path, ON), "in reply to B. Ministry: " if linked else "")


def bomb(file: WordFile) -> bytes:
    return packed({**file.parts, "word/media/image1.png": b"0" * 30_000_000})


def entity(file: WordFile) -> bytes:
    body = file.parts["word/document.xml"].replace(
        b"<w:document", b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1
    )
    return packed({**file.parts, "word/document.xml": body})


def endless(file: WordFile) -> bytes:
    deep = b"<w:tbl xmlns:w='x'>" + b"<a>" * 3000 + b"</a>" * 3000 + b"</w:tbl>"
    return packed({**file.parts, "word/document.xml": deep})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to far more than a Word document needs"),
        (entity, "declares a document type"),
        (endless, "cannot be read as a Word document"),
        (lambda file: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007"),
        (
            lambda file: packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
            "OpenDocument text",
        ),
        (lambda file: packed({**file.parts, "word/vbaProject.bin": b"x"}), "holds macros"),
        (lambda file: file.data[:2000], "worksheet"),
    ],
)
@pytest.mark.sample(4)
def test_a_hostile_or_foreign_file_changes_nothing(
    workspace: Project, tmp_path: Path, make: Callable[[WordFile], bytes], said: str
) -> None:
    """One sentence says why it is refused; catalogue and ledger stay as they were."""
    file, path = sent(workspace), tmp_path / "back.docx"
    path.write_bytes(make(file))
    before = workspace.catalogue("ar").read_bytes()
    with pytest.raises(CampaignError, match=said):
        take(workspace, path, ON)
    assert workspace.catalogue("ar").read_bytes() == before
    assert events(workspace) == []


def test_a_file_that_answers_another_pack(workspace: Project, tmp_path: Path) -> None:
    """A number that was not given here is refused by name; without a number the language must be said."""
    file = sent(workspace)
    file.fill("Pack (do not change)", "")
    with pytest.raises(CampaignError, match="answers no pack of this workspace"):
        back(workspace, file, tmp_path)
    file.reword(RIGHTS, "غيره")
    assert back(workspace, file, tmp_path, "ar").texts == 1


def test_many_rows_of_one_table_are_bounded(workspace: Project, tmp_path: Path) -> None:
    """A table of more rows than the limit is refused by the key that may be raised."""
    settings = workspace.config
    settings.write_text(settings.read_text() + "\n[limits]\nimport_rows = 20\n")
    file = sent(workspace)
    for _ in range(30):
        file.tables[1].append(w("tr", w("tc", w("p"))))
    with pytest.raises(CampaignError, match="import_rows"):
        back(workspace, file, tmp_path)
