"""Catalogues, memories and glossaries for other programs and organisations, on a real workspace: out, changed, in."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from campaign.catalogue import glossary, store, warm
from campaign.catalogue.store import Edit
from campaign.cli.review import _signed
from campaign.errors import CampaignError
from campaign.ledger.verdicts import Person
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.review.commands import Signed
from campaign.review.decide import decide
from campaign.review.decision import Decision
from campaign.review.export_bundle import export
from campaign.review.import_bundle import Taken, take
from campaign.review.memory_out import memory
from campaign.review.session import Desk
from campaign.workspace import loader
from campaign.workspace.selection import Selection

#: Real workspaces, each with files of its own.
pytestmark = pytest.mark.slow

ON = date(2026, 11, 24)
TITLE, CALL = "You have rights, whatever your papers", "In danger now? Call %(emergency)s"
FORMS = pytest.mark.parametrize("form", ["xliff", "xliff2"])


def units(project: Project, locale: str) -> dict[str, Unit]:
    """The units of a language by source."""
    path = project.catalogue(locale)
    return {unit.source: unit for unit in store.read(path, path.name, locale).units}


def pack(project: Project, locale: str, form: str, *, drafts: bool = True) -> str:
    """The catalogue of a language as XLIFF."""
    return export(project, locale, form, Selection(), ON, drafts=drafts).data.decode()


def back(project: Project, text: str, name: str = "back.xlf") -> Taken:
    """Import a file with this text."""
    file = project.root.parent / name
    file.write_text(text, encoding="utf-8")
    return take(project, file, ON)


@FORMS
@pytest.mark.parametrize("locale", ["de", "ar"])
@pytest.mark.sample(2)
def test_what_nobody_changed_changes_nothing(
    signed: Project, contents: Callable[[Path], dict[str, bytes]], form: str, locale: str
) -> None:
    """Signed and unsigned, one form or six: every sentence is as it was, the catalogue and ledger byte for byte."""
    text = pack(signed, locale, form)
    before = contents(signed.root / "locales")
    taken = back(signed, text)
    assert (taken.texts, taken.refused, taken.same) == (0, (), len(units(signed, locale)))
    assert contents(signed.root / "locales") == before


@FORMS
def test_the_notes_and_contexts_go_with_the_sentences(workspace: Project, form: str) -> None:
    """The note of the template and the translators' comments, whole, beside each sentence."""
    root = etree.fromstring(pack(workspace, "ar", form).encode())
    noted = [each.text or "" for each in root.iter("{*}note")]
    for unit in units(workspace, "ar").values():
        assert unit.notes in noted and f"origin: {unit.origin}" in noted


@FORMS
def test_final_is_what_the_ledger_holds_signed(signed: Project, form: str) -> None:
    """Signed sentences are final, drafts ask for a look; without --drafts those go out without their text."""
    texts = loader.load(signed).texts["de"]
    assert set(texts.states.values()) == {State.SIGNED, State.DRAFT}
    counts = []
    for drafts in (True, False):
        root = etree.fromstring(pack(signed, "de", form, drafts=drafts).encode())
        found = [(str(each.get("state")), each) for each in root.iter("{*}target" if form == "xliff" else "{*}segment")]
        counts.append(sum(state == "final" for state, _ in found))
        waiting = "needs-review-translation" if form == "xliff" else "initial"
        assert any(each.tag.endswith("target") or len(each) > 1 for state, each in found if state == waiting) is drafts
    forms = sum(len(unit.forms) for key, unit in texts.units.items() if texts.states[key] is State.SIGNED)
    assert counts == [forms, forms]


@FORMS
def test_a_corrected_text_comes_back_and_nothing_is_signed(workspace: Project, form: str) -> None:
    """Whatever state a program writes, a text is a draft until a mediator signs it here."""
    text, old = pack(workspace, "de", form), units(workspace, "de")[TITLE].text
    assert text.count(old) >= 1
    changed = text.replace(old, "Du hast Rechte, immer").replace("needs-review-translation", "final")
    changed = changed.replace('state="initial" subState="campaign:needs-review"', 'state="final"')
    taken = back(workspace, changed)
    assert (taken.texts, taken.signed, taken.refused) == (1, 0, ())
    unit = units(workspace, "de")[TITLE]
    assert (unit.text, unit.fuzzy) == ("Du hast Rechte, immer", False)
    assert set(loader.load(workspace).texts["de"].states.values()) == {State.DRAFT}


@pytest.mark.parametrize("form", ["xliff", "xliff2", "xlsx", "docx"])
def test_a_text_that_no_file_can_hold_is_named_and_no_pack_is_issued(workspace: Project, form: str) -> None:
    """A control character in a catalogue stops the export with its sentence; nothing ends in a traceback."""
    path, key = workspace.catalogue("de"), units(workspace, "de")[TITLE].key
    warm.edit(path, path.name, "de", {key: Edit(("Rechte\x07",), fuzzy=True)})
    with pytest.raises(CampaignError, match=r"You have rights.*U\+0007"):
        export(workspace, "de", form, Selection(), ON)
    assert not workspace.review_packs("de").exists()


@FORMS
def test_who_is_late_changes_nothing(workspace: Project, form: str) -> None:
    """The sentence was changed meanwhile: refused by name, as from a PO file."""
    text, old = pack(workspace, "de", form), units(workspace, "de")[TITLE]
    path = workspace.catalogue("de")
    warm.edit(path, path.name, "de", {old.key: Edit(("Neue Worte",), fuzzy=True)})
    taken = back(workspace, text.replace(old.text, "Noch andere Worte"))
    assert taken.texts == 0 and "stale" in taken.refused[0]
    assert units(workspace, "de")[TITLE].text == "Neue Worte"


def _without(text: str, what: str) -> str:
    """The file in which one placeholder of the target is gone."""
    return re.sub(rf"(<target[^>]*>[^/]*?)<ph [^>]*>{re.escape(what)}</ph>", r"\1", text, count=1)


#: What is done to the German file, and what is said of the one sentence that it harms.
HARMED: dict[str, tuple[Callable[[str], str], str]] = {
    "a lost placeholder": (lambda t: _without(t, "%(emergency)s"), "%(emergency)s is missing"),
    "a doubled placeholder": (
        lambda t: re.sub(r"(<target[^>]*>[^/]*?)(<ph [^>]*>%\(emergency\)s</ph>)", r"\1\2\2", t, count=1),
        "stands 2 times",
    ),
    "another source": (
        lambda t: t.replace(f"<source>{TITLE}", f"<source>{TITLE} and more"),
        "the source is another one",
    ),
    "a sentence of nobody": (
        lambda t: t.replace(
            "</body>", '<trans-unit id="0123456789ab"><source>x</source><target>y</target></trans-unit></body>'
        ),
        "no such sentence any more",
    ),
    "no ids at all": (lambda t: re.sub(r'trans-unit id="[0-9a-f]{12}"', 'trans-unit id="1"', t), ""),
}


@pytest.mark.parametrize("case", HARMED)
@pytest.mark.sample(3)
def test_what_is_wrong_with_a_sentence_is_said_of_that_sentence(workspace: Project, case: str) -> None:
    """One sentence is named and not taken; all others of the same file are."""
    change, said = HARMED[case]
    old = units(workspace, "de")["Who can help"].text
    text = change(pack(workspace, "de", "xliff"))
    taken = back(workspace, text.replace(f">{old}<", ">Wer dir helfen kann<"))
    assert units(workspace, "de")["Who can help"].text == "Wer dir helfen kann"
    assert len(taken.refused) == bool(said) and said in "".join(taken.refused)


WHOLE: dict[str, tuple[Callable[[str], str], str]] = {
    "another target language": (lambda t: t.replace('target-language="de"', 'target-language="ar"'), "pack was made for de"),
    "another source language": (lambda t: t.replace('source-language="en"', 'source-language="fr"'), "translated from 'fr'"),
    "a pack of nobody": (lambda t: re.sub("pack=[0-9a-f]{16}", "pack=0123456789abcdef", t), "was not made here"),
    "no file": (lambda t: '<xliff version="1.2"/>', "holds no file"),
    "another root": (lambda t: "<html/>", "<html>"),
    "laughs": (lambda t: t.replace("<xliff", '<!DOCTYPE x [<!ENTITY a "b">]><xliff', 1), "entities"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
@pytest.mark.sample(3)
def test_a_file_that_is_wrong_as_a_whole_changes_nothing(
    workspace: Project, contents: Callable[[Path], dict[str, bytes]], case: str
) -> None:
    """Mixed up languages, another campaign's pack, entities: one refusal, and every file is as it was."""
    change, said = WHOLE[case]
    text = change(pack(workspace, "de", "xliff"))
    before = contents(workspace.root)
    with pytest.raises(CampaignError, match=re.escape(said)):
        back(workspace, text)
    assert contents(workspace.root) == before


def test_without_a_pack_what_is_signed_stays(signed: Project) -> None:
    """A file that nobody exported here fills and corrects drafts; of a signed sentence it says that it was not taken."""
    text = pack(signed, "de", "xliff").replace("?pack=", "?")
    title = units(signed, "de")[TITLE].text
    taken = back(signed, text.replace(title, "Du hast Rechte"))
    assert len(taken.refused) == 1 and taken.texts == 0
    assert units(signed, "de")[TITLE].text == title


PROGRAMS = [
    pytest.param(name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed (Debian package {package})"))
    for name, package in (("xliff2po", "translate-toolkit"), ("po2xliff", "translate-toolkit"), ("po2tmx", "translate-toolkit"))
]  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_of_others_read_what_we_write(workspace: Project, tmp_path: Path, program: str) -> None:
    """xliff2po makes our catalogue of our XLIFF; po2xliff's file of our catalogue changes nothing; po2tmx holds it."""
    path, known = workspace.catalogue("ar"), units(workspace, "ar")
    warm.edit(path, path.name, "ar", {each.key: Edit(each.forms, fuzzy=False) for each in known.values()})
    given = tmp_path / ("ar.xlf" if program == "xliff2po" else "ar.po")
    given.write_bytes(
        export(workspace, "ar", "xliff", Selection(), ON).data if program == "xliff2po" else path.read_bytes()
    )
    made = tmp_path / {"xliff2po": "made.po", "po2xliff": "made.xlf", "po2tmx": "made.tmx"}[program]
    language = ["-l", "ar"] if program == "po2tmx" else []
    subprocess.run([program, "--progress=none", *language, given, made], check=True, capture_output=True)
    if program == "xliff2po":
        entries = store.live(store.parse(made, made.name, ""))
        texts = {
            store.identity(each)[1:]: tuple(each.target.strings if each.hasplural() else [each.target])
            for each in entries
        }
        assert texts == {(unit.source, unit.plural): unit.forms for unit in known.values()}
        return
    taken = take(workspace, made, ON, "ar")
    assert (taken.texts, taken.refused) == (0, ())
    assert taken.same >= len([unit for unit in known.values() if program == "po2xliff" or not unit.plural])


def _blank(project: Project, locale: str) -> None:
    """Take every text of a language away."""
    path, known = project.catalogue(locale), units(project, locale)
    warm.edit(path, path.name, locale, {u.key: Edit(tuple("" for _ in u.forms), fuzzy=False) for u in known.values()})


def test_another_organisation_takes_signed_sentences_as_proposals(
    signed: Project, workspace: Project, tmp_path: Path, cli: Any
) -> None:
    """Drafts that say who signed them where and when; nothing counts as signed, and a second import changes nothing."""
    theirs = tmp_path / "theirs.tmx"
    theirs.write_bytes(memory(signed, "de", drafts=False).data)
    _blank(workspace, "de")
    done = cli.run("catalogue", "import", str(theirs), at=workspace)
    assert done.code == 0, done.err
    unit = units(workspace, "de")[TITLE]
    assert (unit.text, unit.fuzzy) == (units(signed, "de")[TITLE].text, True)
    assert unit.origin == "translation memory, theirs.tmx, signed there by M. Weber (mediator), 2026-11-20"
    states = loader.load(workspace).texts["de"].states
    assert set(states.values()) == {State.DRAFT, State.MISSING}
    assert not workspace.ledger("de").exists()
    before = workspace.catalogue("de").read_bytes()
    assert take(workspace, theirs, ON).texts == 0
    assert workspace.catalogue("de").read_bytes() == before


def test_plural_forms_of_a_memory_come_back_whole(workspace: Project, tmp_path: Path) -> None:
    """Six Arabic forms, each with its category: all of them or none."""
    theirs, known = tmp_path / "ar.tmx", units(workspace, "ar")
    theirs.write_bytes(memory(workspace, "ar", drafts=True).data)
    _blank(workspace, "ar")
    taken = take(workspace, theirs, ON)
    assert (taken.texts, taken.refused) == (len(known), ())
    assert {source: unit.forms for source, unit in units(workspace, "ar").items()} == {
        s: u.forms for s, u in known.items()
    }


def test_what_a_person_wrote_keeps_its_text_and_gets_theirs_beside_it(
    signed: Project, workspace: Project, tmp_path: Path
) -> None:
    """A text signed elsewhere stands as a suggestion beside a person's draft; a machine's draft gives way to it."""
    theirs = tmp_path / "theirs.tmx"
    theirs.write_bytes(memory(signed, "de", drafts=False).data)
    path, known = workspace.catalogue("de"), units(workspace, "de")
    from campaign.model.digest import digest

    machine = f"machine translation, argos; text {digest('Rechte')[:8]}"
    other = next(u for u in units(signed, "de").values() if u.source.startswith("You can see a doctor"))
    edits = {
        known[TITLE].key: Edit(("Mein eigener Satz",), fuzzy=True, origin="by hand"),
        other.key: Edit(("Rechte",), fuzzy=True, origin=machine),
    }
    warm.edit(path, path.name, "de", edits)
    taken = take(workspace, theirs, ON)
    now = units(workspace, "de")
    assert taken.texts == 1 and now[other.source].text == other.text
    assert now[TITLE].text == "Mein eigener Satz"
    assert f"# suggestion: {units(signed, 'de')[TITLE].text} (translation memory" in path.read_text(encoding="utf-8")


def test_a_draft_takes_the_same_sentence_from_a_memory(signed: Project, workspace: Project, tmp_path: Path) -> None:
    """`draft --memory` reads TMX as it reads PO, and notes where the text is from."""
    from campaign.translation.drafting import plan

    theirs = tmp_path / "theirs.tmx"
    theirs.write_bytes(memory(signed, "de", drafts=False).data)
    _blank(workspace, "de")
    work = plan(workspace, "de", memories=[theirs])
    match = work.memory.exact(next(unit for unit in work.todo if unit.source == TITLE))
    assert match is not None and match.unit.text == units(signed, "de")[TITLE].text
    assert "M. Weber (mediator), 2026-11-20" in match.unit.origin


GLOSSARY = "term,translation,gender,note,do_not_translate,forbidden\nshelter,Unterkunft,f,not a prison,,Heim|Lager\nPayoke,,,,yes,\n"


def test_a_glossary_goes_to_another_organisation_and_back(workspace: Project, tmp_path: Path, cli: Any) -> None:
    """Agreed and avoided words, notes and names; what was agreed here stays, and contradictions are named."""
    path, made = workspace.glossary("de"), tmp_path / "de.tbx"
    path.parent.mkdir(exist_ok=True)
    path.write_text(GLOSSARY, encoding="utf-8")
    agreed = glossary.load(workspace, "de").terms
    assert cli.run("catalogue", "export", "de", "--to", "tbx", "--output", str(made), at=workspace).code == 0
    path.unlink()
    done = cli.run("catalogue", "import", str(made), at=workspace)
    assert done.code == 0, done.err
    assert glossary.load(workspace, "de").terms == agreed
    path.write_text(GLOSSARY.replace("Unterkunft", "Obdach").replace("Payoke,,,,yes,\n", ""), encoding="utf-8")
    done = cli.run("catalogue", "import", str(made), at=workspace)
    assert done.code == 1 and "'shelter' is agreed here as Obdach" in done.err
    assert {term.term: term.forms for term in glossary.load(workspace, "de").terms}["shelter"] == ("Obdach",)
    assert "Payoke" in glossary.load(workspace, "de").names


def test_the_commands_write_and_take_every_kind(workspace: Project, cli: Any) -> None:
    """Each kind has its ending, and is taken by both doors; a glossary is no answer."""
    for form in ("xliff", "xliff2"):
        assert cli.run("catalogue", "export", "de", "--to", form, "--drafts", at=workspace).code == 0
        for door in ("catalogue", "review"):
            done = cli.run(door, "import", "de.xlf", at=workspace)
            assert done.code == 0 and "0 texts changed" in done.out, done.err
    assert cli.run("review", "export", "de", "--to", "xliff2", at=workspace).code == 0
    assert (workspace.root / "review-de.xlf").exists()
    (workspace.root / "x.tbx").write_text("<martif/>", encoding="utf-8")
    done = cli.run("review", "import", "x.tbx", at=workspace)
    assert done.code == 1 and "campaign catalogue import" in done.err


@FORMS
@pytest.mark.slow
@pytest.mark.sample(1)
def test_what_is_open_goes_along_and_comes_back_as_it_was(signed: Project, form: str) -> None:
    """A translator sees the objection beside the sentence; the file that comes back says nothing of it anew."""
    desk = Desk(signed)
    line = next(line for line in desk.sheet("de").lines.values() if line.state is State.SIGNED)
    by, head = Person("C. Neri", "mediator"), desk.sheet("de").ledger.head
    said = Decision(line.key, Verdict.REJECT, by, line.text_hash, head, reason="zu steif")
    assert decide(desk, "de", [said], ON)[0].done
    text = pack(signed, "de", form)
    assert text.count("(C. Neri) zu steif") == 1
    before = signed.ledger("de").read_bytes()
    back(signed, text)
    assert signed.ledger("de").read_bytes() == before


def test_a_signature_names_the_other_countries() -> None:
    """Where an item is exactly the same, the command says that it was signed there too."""
    told = _signed(Signed(3, 0, 1, also=("DE/fr/migrants/sms",)), "A. Haddad (mediator)", "fr")
    assert told.splitlines()[1] == "Exactly the same there, and signed too: DE/fr/migrants/sms."
    assert len(_signed(Signed(3, 0, 1), "A. Haddad (mediator)", "fr").splitlines()) == 1
