"""Answers of a mediator: what each writes, what it never writes, and what others see of it."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from visitor import TODAY, Visitor, first_key, make_app

from campaign.catalogue import warm
from campaign.catalogue.store import Edit
from campaign.editions.build import build
from campaign.ledger import ledger
from campaign.ledger.queue import Line, last_signed, ordered, risks, word_changes
from campaign.model.edition import Edition
from campaign.model.finding import Finding, Severity
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.reporting.check import check
from campaign.reporting.status import status
from campaign.review.assist import NONE, Aids, Hint
from campaign.workspace import loader
from campaign.workspace.selection import Selection

Rewrite = Callable[[Path, str, str], None]
CALL = "In danger now?"


def unit_path(visitor: Visitor, source: str = CALL, locale: str = "de") -> str:
    """The address of a sentence."""
    return f"/{locale}/unit/{first_key(visitor, locale, source)}"


def events(project: Project, locale: str = "de") -> list[tuple[str, str, str, str]]:
    """What the ledger says: (verdict, who, role, comment)."""
    book = ledger.read(project.ledger(locale), locale)
    return [(event.verdict, event.reviewer, event.role, event.remark) for event in book.events]


def state_of(project: Project, path: str) -> State:
    """The state of the sentence at an address, as every command sees it."""
    _, locale, _, key = path.split("/")
    return loader.load(project).texts[locale].states[key]


def text_of(project: Project, path: str) -> str:
    """The text of the sentence at an address."""
    _, locale, _, key = path.split("/")
    return loader.load(project).texts[locale].units[key].text


@pytest.mark.slow
def test_good_to_publish_signs_these_words_and_no_others(visitor: Visitor, workspace: Project) -> None:
    """One sentence, by name and role; the ledger also keeps the words themselves."""
    path = unit_path(visitor)
    assert visitor.answer(path, "good").status_code == 303

    assert state_of(workspace, path) is State.SIGNED
    assert events(workspace) == [("sign", "A. Haddad", "mediator", "")]
    event = ledger.read(workspace.ledger("de"), "de").events[0]
    assert event.forms == (text_of(workspace, path),)
    assert sum(state is State.SIGNED for state in loader.load(workspace).texts["de"].states.values()) == 1


@pytest.mark.slow
def test_signing_twice_is_one_signature(visitor: Visitor, workspace: Project) -> None:
    """The same person, the same words: nothing is written a second time."""
    path = unit_path(visitor)
    visitor.answer(path, "good")
    visitor.introduce(" a.  HADDAD")
    visitor.answer(path, "good")

    assert len(events(workspace)) == 1


@pytest.mark.slow
def test_a_changed_text_is_never_signed_unseen(visitor: Visitor, workspace: Project) -> None:
    """Whoever changes the words and presses "Good to publish" sees them laid out first."""
    path = unit_path(visitor)
    answer = visitor.answer(path, "good", "Gefahr? Ruf %(emergency)s an")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, path)

    assert text_of(workspace, path) == "Gefahr? Ruf %(emergency)s an"
    assert state_of(workspace, path) is State.DRAFT
    assert [event[0] for event in events(workspace)] == ["change"]


@pytest.mark.slow
def test_an_edit_lapses_the_signature_and_says_so(visitor: Visitor, workspace: Project) -> None:
    """A change of signed words makes a draft; changing them back does not bring the signature back."""
    path = unit_path(visitor)
    before = text_of(workspace, path)
    visitor.answer(path, "good")
    visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an")
    assert [event[0] for event in events(workspace)] == ["sign", "lapse", "change"]
    page = visitor.get(path).text
    assert "<del>" in page
    assert "<ins>" in page

    visitor.answer(path, "changed", before)
    assert state_of(workspace, path) is State.DRAFT


@pytest.mark.slow
def test_not_right_needs_a_reason_and_voids_the_signature(visitor: Visitor, workspace: Project) -> None:
    """Whoever says "not right" says why; the text is a draft from then on, in the PO file as well."""
    path = unit_path(visitor)
    visitor.answer(path, "good")
    assert visitor.answer(path, "reject").status_code == 422
    assert state_of(workspace, path) is State.SIGNED
    assert visitor.answer(path, "reject", reason="Zu hart.").status_code == 303

    assert state_of(workspace, path) is State.DRAFT
    assert events(workspace)[-1] == ("reject", "A. Haddad", "mediator", "Zu hart.")
    assert "Zu hart." in visitor.get(path).text
    assert path in visitor.get("/de/queue?state=asked").text


@pytest.mark.slow
def test_i_do_not_know_asks_somebody_else(visitor: Visitor, workspace: Project) -> None:
    """It changes nothing, needs no reason, and shows in the queue of questions."""
    path = unit_path(visitor)
    assert visitor.answer(path, "unsure").status_code == 303

    assert events(workspace) == [("unsure", "A. Haddad", "mediator", "")]
    assert path in visitor.get("/de/queue?state=asked").text


@pytest.mark.slow
@pytest.mark.parametrize("role", ["translator", "staff"])
@pytest.mark.sample(1)
def test_who_may_not_sign_may_correct(visitor: Visitor, workspace: Project, role: str) -> None:
    """campaign.toml says which roles sign; the others correct and comment."""
    visitor.introduce("T. Roth", role)
    path = unit_path(visitor)
    assert visitor.answer(path, "good").status_code == 422
    assert visitor.answer(path, "comment", reason="Kürzer?").status_code == 303
    assert visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an").status_code == 303

    assert [event[0] for event in events(workspace)] == ["comment", "change"]


@pytest.mark.slow
def test_nobody_without_a_name_writes(app: object, workspace: Project) -> None:
    """No name, no answer; what was typed stays in the editor."""
    visitor = Visitor(app).enter()  # type: ignore[arg-type]
    path = unit_path(visitor)
    answer = visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an")
    assert answer.status_code == 422
    assert "Gefahr? Ruf %(emergency)s an" in answer.text
    assert not workspace.ledger("de").exists()


@pytest.mark.slow
def test_two_people_must_sign_where_four_eyes_are_asked(workspace: Project, rewrite: Rewrite) -> None:
    """`[review.languages] de = 2`: one person twice is not two; another language needs one."""
    rewrite(workspace.config, "signatures = 1\n", "signatures = 1\n[review.languages]\nde = 2\n")
    visitor = Visitor(make_app(workspace)).enter().introduce("A. Haddad")
    path, arabic = unit_path(visitor), unit_path(visitor, locale="ar")
    visitor.answer(path, "good")
    visitor.introduce("a. haddad", "second reader")
    visitor.answer(path, "good")
    assert state_of(workspace, path) is State.DRAFT
    visitor.introduce("B. Weber", "second reader")
    visitor.answer(path, "good")
    visitor.answer(arabic, "good")

    assert state_of(workspace, path) is State.SIGNED
    assert state_of(workspace, arabic) is State.SIGNED


@pytest.mark.slow
def test_an_edit_in_poedit_meanwhile_is_not_overwritten(visitor: Visitor, workspace: Project) -> None:
    """Between opening and saving the file changed: both texts are shown, the file stays as it is."""
    path = unit_path(visitor)
    key, form = path.split("/")[3], visitor.hidden(path, 'id="editor"')
    catalogue = workspace.catalogue("de")
    warm.edit(catalogue, catalogue.name, "de", {key: Edit(("Aus Poedit: %(emergency)s",), fuzzy=True)})
    for answer, code in (("changed", 409), ("good", 409), ("reject", 409)):
        form["once"] = visitor.hidden(path, 'id="editor"')["once"]
        sent = {**form, "text0": "Von der Seite: %(emergency)s", "answer": answer, "reason": "x"}
        got = visitor.post(path, sent)
        assert got.status_code == code
        assert "Aus Poedit" in got.text
        assert "Von der Seite" in got.text

    assert text_of(workspace, path) == "Aus Poedit: %(emergency)s"
    assert events(workspace) == []


HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


@pytest.mark.slow
def test_scripts_in_texts_and_comments_are_texts(visitor: Visitor, workspace: Project) -> None:
    """A text with tags is refused and shown as typed; a comment with tags is kept and shown as typed."""
    path = unit_path(visitor)
    refused = visitor.answer(path, "changed", f"{HOSTILE} %(emergency)s")
    assert refused.status_code == 422
    visitor.answer(path, "comment", reason=HOSTILE)
    visitor.introduce("<b>Eve</b>")
    catalogue = workspace.catalogue("de")
    key = path.split("/")[3]
    warm.edit(catalogue, catalogue.name, "de", {key: Edit((f"{HOSTILE} %(emergency)s",), fuzzy=True)})

    for page in (
        refused.text,
        *(visitor.get(p).text for p in (path, "/de/log", "/de/queue", "/de/item/BE/migrants/leaflet")),
    ):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Eve" not in page
        assert "49" not in page.partition("{{ 7*7 }}")[0][-20:]
    assert events(workspace)[0][3] == HOSTILE


@pytest.mark.slow
def test_line_breaks_survive_the_editor(visitor: Visitor, workspace: Project) -> None:
    """Browsers send CR LF: the text comes back as it was. A first line break that the source lacks is refused, as msgfmt does."""
    path = unit_path(visitor)
    visitor.answer(path, "changed", "Gefahr?\r\n%(emergency)s")
    assert text_of(workspace, path) == "Gefahr?\n%(emergency)s"
    visitor.answer(path, "changed")
    assert text_of(workspace, path) == "Gefahr?\n%(emergency)s"
    assert "line breaks are not as in the source" in visitor.answer(path, "changed", "\r\nNot?\r\n%(emergency)s").text
    assert text_of(workspace, path) == "Gefahr?\n%(emergency)s"


@pytest.mark.slow
def test_the_catalogue_compiles_after_every_save(visitor: Visitor, workspace: Project) -> None:
    """`msgfmt -c` has nothing to say, also after a plural was edited."""
    import shutil

    if shutil.which("msgfmt") is None:
        pytest.skip("msgfmt is not installed (Debian: apt-get install gettext)")
    visitor.answer(unit_path(visitor), "changed", 'Gefahr?\n"Ruf" %(emergency)s \\ an')
    visitor.answer(unit_path(visitor, "They speak"), "changed", "Eine Sprache:", "Sie sprechen %(count)s Sprachen:")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", workspace.catalogue("de")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_an_item_is_signed_exactly_as_it_was_shown(visitor: Visitor, workspace: Project) -> None:
    """A word that changes between looking and signing: nothing is signed."""
    path, item = unit_path(visitor), "/de/item/BE/migrants/leaflet"
    form = visitor.hidden(item, 'id="sign"')
    other = Visitor(visitor.app).enter().introduce("M. Weber")
    other.answer(path, "changed", "Gefahr? Ruf %(emergency)s an")
    assert visitor.post(item, {**form, "read": "1"}).status_code == 409
    assert [event[:2] for event in events(workspace)] == [("change", "M. Weber")]
    form = visitor.hidden(item, 'id="sign"')
    assert visitor.post(item, form).status_code == 422, "the box was not ticked"
    form = visitor.hidden(item, 'id="sign"')
    assert visitor.post(item, {**form, "read": "1"}).status_code == 303
    states = {event.unit_key for event in ledger.read(workspace.ledger("de"), "de").events}
    assert "item:BE/migrants/leaflet" in states
    assert state_of(workspace, path) is State.SIGNED


@pytest.mark.slow
def test_the_sign_off_page_shows_what_a_release_then_writes(
    signed: Project, contents: Callable[[Path], dict[str, bytes]]
) -> None:
    """The same picture byte for byte, without the mark of a draft; nothing is written, and no PDF of it can be had."""
    visitor = Visitor(make_app(signed)).enter().introduce()
    before = contents(signed.root)
    page = visitor.get("/de/item/BE/migrants/leaflet").text
    assert "It is not released: nobody may print, send or keep it." in page
    pictures = [visitor.get(html.unescape(each)) for each in re.findall(r'<img src="([^"]+)"', page)]
    assert contents(signed.root) == before
    assert [each.headers["Content-Disposition"] for each in pictures] == [
        f'inline; filename="not-released-leaflet-a5-page-{number}.png"' for number in (1, 2)
    ]
    assert ".pdf" not in page
    assert {each.media_type for look in visitor.looks() for each in look.artefacts} == {"image/png"}
    chosen = Selection(locales=("de",), audiences=("migrants",), channels=("leaflet",))
    quiet = {"workers": 1, "today": TODAY, "progress": lambda done, total: None}
    assert not build(signed, edition=Edition.RELEASE, selection=chosen, **quiet).refused
    folder = signed.output(Edition.RELEASE) / "BE" / "de" / "migrants"
    assert [each.data for each in pictures] == [
        (folder / f"leaflet-a5-page-{number}.png").read_bytes() for number in (1, 2)
    ]


@pytest.mark.slow
def test_the_sign_off_page_says_what_no_sentence_shows(visitor: Visitor, workspace: Project, rewrite: Rewrite) -> None:
    """Too many parts, a contact that nobody verified: beside the findings of the sentences; the draft mark is gone."""
    rewrite(workspace.config, "parts = 3", "parts = 1")
    page = visitor.get("/ar/item/BE/migrants/sms").text
    whole = page[page.index('id="whole-title"') :].partition("</section>")[0]
    assert re.search(r"takes \d parts \([^)]+\), the campaign allows 1", whole)
    assert "Payoke +32 3 201 16 90 is not verified" in whole
    assert "PAG-ASA" not in whole, "the SMS does not print it"
    bubble = page[page.index("<blockquote") :].partition("</blockquote>")[0]
    assert "DRAFT" not in bubble
    assert "DRAFT" in visitor.get(unit_path(visitor, "Health and travel information", "ar")).text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("assets/illustrations/migrants.svg", "</svg>", '<path d="M0 0h90v90z"/></svg>'),
        ("templates/layouts/leaflet-a5.typ", "picture(d.logo, d.logo_alt, height: 7mm)", "[]"),
        ("templates/layouts/palm-card.typ", "height: 9mm", "height: 9.1mm"),
        ("campaign.toml", 'accent = "coral"', 'accent = "plum"'),
        (
            "templates/messages/migrants.j2",
            "{% trans %}You cannot leave, or somebody always watches you.{% endtrans %}",
            "",
        ),
    ],
    ids=["picture", "layout", "printed format", "colour", "order"],
)
@pytest.mark.sample(1)
def test_what_one_signs_is_what_one_saw(
    visitor: Visitor, workspace: Project, rewrite: Rewrite, path: str, old: str, new: str
) -> None:
    """Something changes between the look at the page and "sign": the page says so, shows the new one, and signs nothing."""
    item = "/de/item/BE/migrants/leaflet"
    form = {**visitor.hidden(item, 'id="sign"'), "read": "1"}
    kept = (workspace.root / path).read_bytes()
    rewrite(workspace.root / path, old, new)
    late = visitor.post(item, form)
    assert late.status_code == 409
    assert not workspace.ledger("de").exists()
    (workspace.root / path).write_bytes(kept)
    assert visitor.post(item, {**form, **visitor.hidden(item, 'id="sign"')}).status_code == 303


@pytest.mark.slow
def test_another_number_makes_exactly_the_items_that_print_it_stale(
    visitor: Visitor, workspace: Project, rewrite: Rewrite, cli: object
) -> None:
    """After sign-off a helpline's number changes: the items that print it are stale, the others stay signed."""
    for channel in ("leaflet", "sms", "social", "web"):
        item = f"/de/item/BE/migrants/{channel}"
        assert visitor.post(item, {**visitor.hidden(item, 'id="sign"'), "read": "1"}).status_code == 303

    def states() -> dict[str, str]:
        chosen = Selection(locales=("de",), audiences=("migrants",))
        rows = status(workspace, chosen, TODAY).languages[0].items
        return {job.channel: state.value for job, state in rows}

    assert states() == {"leaflet": "signed", "sms": "signed", "social": "signed", "web": "signed"}
    rewrite(workspace.contacts, 'number = "+3225116464"', 'number = "+3225116465"')
    assert states() == {"leaflet": "stale", "sms": "signed", "social": "signed", "web": "stale"}
    page = visitor.get("/de/item/BE/migrants/leaflet").text
    assert "a number or a promise changed" in page
    assert "the number of be-pag-asa, from +3225116464 to +3225116465, changed since it was signed" in page


@pytest.mark.slow
def test_a_second_language_and_the_aids_show_when_they_are_there(workspace: Project) -> None:
    """The same sentence in a language the mediator reads; glossary, memory and back-translation from whoever offers them."""
    aids = Aids(
        glossary=lambda unit: [Hint("danger", "Gefahr", "f.")],
        memory=lambda unit: [Hint("In danger? Call", "In Gefahr? Anruf", "81 %")],
        back_translation=lambda unit: f"back: {unit.text}",
    )
    visitor = Visitor(make_app(workspace, aids=aids)).enter().introduce(second="ar")
    path = unit_path(visitor)
    page = visitor.get(path).text
    for words in ("هل أنت في خطر الآن؟", "Gefahr", "81 %", "Machine translation back"):
        assert words in page
    assert "back:" not in page
    tried = visitor.post(
        path.replace("/unit/", "/try/"), {**visitor.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "back"}
    )
    assert "back: Neu" in tried.text
    assert "unreliable" in tried.text
    bare = Visitor(make_app(workspace, aids=NONE)).enter().get(path).text
    assert "Machine translation back" not in bare
    assert "Glossary" not in bare


@pytest.mark.slow
def test_glossary_memory_and_models_of_the_workspace_help(workspace: Project) -> None:
    """An agreed term, a sentence much like this one, and a model that is missing: each says so beside the text."""
    (workspace.root / "glossary").mkdir(exist_ok=True)
    (workspace.root / "glossary" / "de.csv").write_text(
        "term,translation,gender,note,do_not_translate,forbidden\npapers,Papiere,,identity papers,,\n", encoding="utf-8"
    )
    visitor = Visitor(make_app(workspace)).enter()
    page = visitor.get(unit_path(visitor, "You can see a doctor, whatever your papers.")).text
    assert "identity papers" in page
    path = unit_path(visitor)
    tried = visitor.post(
        path.replace("/unit/", "/try/"), {**visitor.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "back"}
    )
    assert "No machine translation is installed for this language." in tried.text


@pytest.mark.slow
def test_a_placeholder_stands_beside_what_a_reader_will_see(visitor: Visitor) -> None:
    """The first helpline of the audience and the country's emergency number, not any number."""
    page = visitor.get(unit_path(visitor, "Health and travel information")).text
    chips = page[page.index('id="chips"') :].partition("</p>")[0]
    assert '<code dir="ltr">%(phone)s</code> = <bdi>+32 3 201 16 90</bdi>' in chips
    assert '<code dir="ltr">%(emergency)s</code> = <bdi>112</bdi>' in chips


@pytest.mark.slow
def test_trying_a_text_writes_nothing(visitor: Visitor, workspace: Project, contents: Callable[[Path], object]) -> None:
    """ "See it first" shows the new words with their findings and their look, and saves nothing."""
    path = unit_path(visitor, "Health and travel information")
    before = contents(workspace.root)
    form = {**visitor.hidden(path, 'id="editor"'), "text0": "Kurz: %(phone)s", "answer": "try"}
    page = visitor.post(path.replace("/unit/", "/try/"), form).text
    assert "Kurz: " in page.partition("<mark>")[2]
    assert "%(emergency)s is missing" in page
    assert contents(workspace.root) == before


@pytest.mark.slow
def test_the_source_language_is_signed_but_not_edited(visitor: Visitor, workspace: Project) -> None:
    """English is changed in the templates only; its sentences are signed like all others."""
    path = unit_path(visitor, locale="en")
    assert "readonly" in visitor.get(path).text
    assert visitor.answer(path, "changed", "Other words %(emergency)s").status_code == 422
    assert visitor.answer(path, "good").status_code == 303
    assert state_of(workspace, path) is State.SIGNED


@pytest.mark.slow
def test_a_warning_is_waived_with_a_reason_and_an_error_is_not(
    visitor: Visitor, workspace: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The waiver holds for these words and this rule, in the page and in `check`; other words have the warning again."""
    from campaign import checks

    def wordy(unit: Unit, facts: object) -> list[Finding]:
        long = unit.source.startswith(CALL)
        return [Finding("length", Severity.WARNING, unit.locale, unit.source, "wordy", (), "rule")] if long else []

    monkeypatch.setattr(checks, "CHECKS", {**checks.CHECKS, "length": wordy})

    def warned() -> bool:
        quiet = {"layout": False, "workers": 1, "today": TODAY, "progress": lambda done, total: None}
        return any(f.detail == "wordy" for f in check(workspace, Selection(locales=("de",)), **quiet))

    path = unit_path(visitor)
    assert 'value="waive:length"' in visitor.get(path).text
    assert visitor.answer(path, "waive:length").status_code == 422
    assert visitor.answer(path, "waive:placeholder", reason="x").status_code == 422
    assert warned()
    assert visitor.answer(path, "waive:length", reason="kurz genug").status_code == 303
    assert events(workspace)[-1][3] == "length: kurz genug"
    assert 'value="waive:length"' not in visitor.get(path).text
    assert not warned()
    visitor.answer(path, "changed", "Gefahr? Ruf %(emergency)s an")
    assert warned()


def line(source: str, state: State = State.DRAFT, **more: object) -> Line:
    """A line of a queue."""
    unit = Unit("de", "", source, "", ("x",), **more)  # type: ignore[arg-type]
    return Line(unit, state, unit.source_hash, unit.text_hash, risks=risks(unit))


def test_the_queue_begins_with_what_harms_most() -> None:
    """Errors, contacts, rights, negations, uncertain drafts, the rest; signed ones at the end."""
    error = Finding("markup", Severity.ERROR, "de", "x", "tag", (), "rule")
    lines = [
        line("Plain words"),
        line("Guessed", origin="argos en_de 1.0, low confidence"),
        line("You do not pay"),
        line("You can see a doctor", notes="[migrants/rights] a right"),
        line("Call %(phone)s"),
        line("Call %(phone)s now", State.SIGNED),
        replace(line("Broken"), look=lambda: (error,)),
    ]
    assert [one.unit.source for one in ordered(lines)] == [
        "Broken",
        "Call %(phone)s",
        "You can see a doctor",
        "You do not pay",
        "Guessed",
        "Plain words",
        "Call %(phone)s now",
    ]


def test_what_changed_is_shown_word_by_word() -> None:
    """Whole words, with their spaces, in reading order."""
    assert word_changes("Call us today please", "Call them today") == [
        ("same", "Call "),
        ("gone", "us "),
        ("new", "them "),
        ("same", "today"),
        ("gone", "please"),
    ]
    assert last_signed(line("x")) is None
