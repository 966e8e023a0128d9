"""Rendering: translations are data, every unit and every fallback is recorded, templates run in a sandbox."""

from __future__ import annotations

import unicodedata

import pytest

from campaign import config
from campaign.catalogue.store import Edit
from campaign.catalogue.warm import edit
from campaign.errors import CampaignError
from campaign.model.placeholders import placeholders
from campaign.model.state import State
from campaign.render.plurals import plural_index
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.review.commands import sign_items
from campaign.workspace import loader
from campaign.workspace.selection import Selection


def message(project, audience="migrants", locale="de", country="BE"):
    """The message as the workspace stands now."""
    space = loader.load(project)
    return Renderer(project, space.campaign).message(audience, locale, country, space.texts[locale])


def translate(project, source, text, locale="de"):
    """Put a text into the PO file, as a person with Poedit would."""
    path = project.catalogue(locale)
    key = next(unit.key for unit in loader.load(project).texts[locale].units.values() if unit.source == source)
    edit(path, path.name, locale, {key: Edit((text,), fuzzy=False)})


TITLE = "You have rights, whatever your papers"
STEP = "Call %(phone)s at a moment when nobody listens."


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["<b>Rechte</b>", '#read("/etc/passwd")', "{{ 7*7 }}", "{% raw %}", "%s und %d", "100%"]
)
def test_a_translation_is_text_and_never_code(workspace, text):
    """Tags, Typst, Jinja and printf marks in a translation come out as the letters they are."""
    translate(workspace, TITLE, text)
    assert message(workspace).line("title") == text


@pytest.mark.parametrize(
    ("text", "named"),
    [("Re\u0000chte", "U+0000"), ("Rechte\u202e", "U+202E"), ("Re\u2066chte", "U+2066"), ("Re\x07chte", "U+0007")],
)
def test_characters_that_no_reader_should_meet_are_refused_by_unit(workspace, text, named):
    """NUL, control characters and bidi overrides end in one error that names the character and the sentence."""
    space_path = workspace.catalogue("de")
    source = space_path.read_bytes()
    old = next(u.text for u in load_units(workspace) if u.source == TITLE).encode()
    space_path.write_bytes(source.replace(old, text.encode()))
    with pytest.raises(CampaignError) as caught:
        message(workspace)
    assert named in str(caught.value) or "NUL" in str(caught.value)


def load_units(project):
    """The German units."""
    return loader.load(project).texts["de"].units.values()


def test_a_lone_surrogate_in_a_file_is_one_clear_error(workspace):
    """Bytes of a lone surrogate are no UTF-8: the error names the file and the line, and nothing is built."""
    path = workspace.catalogue("de")
    path.write_bytes(path.read_bytes().replace(b"Rechte", b"\xed\xa0\x80", 1))
    with pytest.raises(CampaignError, match=r"campaign\.po:\d+: byte 0xed is not UTF-8"):
        workspace_load(workspace)


def workspace_load(project):
    """Load all of a workspace."""
    return loader.load(project)


def test_a_placeholder_that_the_source_does_not_have_is_refused(workspace):
    """A renamed placeholder ends in an error that names it, never in a printed %(telefon)s."""
    translate(workspace, STEP, "Rufen Sie %(telefon)s an.")
    with pytest.raises(CampaignError, match="telefon"):
        message(workspace)


def test_an_empty_translation_falls_back_to_english_and_is_recorded(workspace):
    """The reader of the review edition sees the English sentence; the unit is MISSING and marked as a fallback."""
    translate(workspace, TITLE, "")
    found = message(workspace)
    assert found.line("title") == TITLE
    (unit,) = found.used("title")
    assert unit.state is State.MISSING
    assert unit.fallback


@pytest.mark.slow
def test_each_block_knows_the_units_it_used(workspace):
    """An item's state is exact: signing the SMS leaves the leaflet a draft."""
    sign_items(
        workspace,
        "de",
        Selection(audiences=("migrants",), channels=("sms",)),
        reviewer="M. Weber",
        role="mediator",
        on=workspace_date(),
        comment="",
    )
    found = message(workspace)
    assert {unit.state for unit in found.used("sms")} == {State.SIGNED}
    assert {unit.state for unit in found.used("title", "lead", "signs")} == {State.DRAFT}


def workspace_date():
    """A day for signatures."""
    from datetime import date

    return date(2026, 11, 20)


def test_a_line_break_in_a_translation_makes_no_new_list_item(workspace):
    """One sentence is one line, however the mediator broke it."""
    before = len(message(workspace).blocks["steps"])
    translate(workspace, STEP, "Rufen Sie %(phone)s an,\nwenn niemand zuhört.")
    steps = message(workspace).blocks["steps"]
    assert len(steps) == before
    assert steps[-1] == "Rufen Sie +32 3 201 16 90 an, wenn niemand zuhört."


def test_templates_run_in_a_sandbox(workspace):
    """A template that reaches for Python's insides is refused with its file."""
    path = workspace.messages / "migrants.j2"
    path.write_text(path.read_text().replace("{% block sms %}", "{% block sms %}{{ ''.__class__.__mro__ }}"))
    with pytest.raises(CampaignError, match=r"migrants\.j2"):
        message(workspace)


def test_an_unknown_variable_in_a_template_is_an_error(workspace):
    """A misspelt {{ phnoe }} never prints as nothing."""
    path = workspace.messages / "migrants.j2"
    path.write_text(path.read_text().replace("{% block sms %}", "{% block sms %}{{ phnoe }}"))
    with pytest.raises(CampaignError, match="phnoe"):
        message(workspace)


def test_a_broken_template_is_named_with_its_line(workspace):
    """A syntax error says file and line."""
    (workspace.messages / "migrants.j2").write_text('{% extends "base.j2" %}\n{% block title %}\n{% trans %}Hi\n')
    with pytest.raises(CampaignError, match=r"templates/messages/migrants\.j2:\d"):
        message(workspace)


def test_claims_come_from_the_contact_record(workspace):
    """`cost = "free"` prints the sentence; without it there is no promise."""
    child = message(workspace, "unaccompanied-children")
    lines = {helpline.contact.id: helpline.cost for helpline in child.helplines}
    assert lines["be-child-focus"] == "Der Anruf ist kostenlos"
    assert lines["be-payoke"] == ""


def test_children_get_a_number_for_children_first(workspace):
    """The first number on a child's leaflet is a child helpline."""
    assert message(workspace, "unaccompanied-children").helplines[0].contact.number == "116000"


def test_the_batch_names_the_content(workspace):
    """The same words give the same batch; one changed word gives another."""
    first = message(workspace).batch
    assert message(workspace).batch == first
    translate(workspace, TITLE, "Andere Worte")
    assert message(workspace).batch != first
    assert len(first) == 6
    assert not set(first) & set("0O1IL2Z5S8B")


@pytest.mark.parametrize(
    ("locale", "count", "form"),
    [("ar", 0, 0), ("ar", 1, 1), ("ar", 2, 2), ("ar", 3, 3), ("ar", 11, 4), ("uk", 2, 1), ("uk", 5, 2)],
)
def test_plural_forms_follow_the_language(locale, count, form):
    """Six forms in Arabic, three in Ukrainian."""
    assert plural_index(locale, count) == form


def test_placeholders_are_found_in_order():
    """A doubled percent sign is no placeholder."""
    assert placeholders("%(phone)s 100%% %(url)s %(phone)s") == ("phone", "url", "phone")


@pytest.mark.parametrize(
    "path",
    [
        *(f"templates/channels/{name}.j2" for name in ("sms", "alt", "post-short", "post-long")),
        *(f"templates/messages/{name}.j2" for name in ("migrants", "base", "shared", "labels", "claims")),
    ],
)
def test_a_template_that_is_not_there_is_named_by_its_own_path(workspace, path):
    """Whoever lost a file reads which one, also when another template takes it in; never the path of something else."""
    (workspace.root / path).unlink()
    with pytest.raises(CampaignError) as caught:
        Renderer(workspace, config.load(workspace)).message("migrants", "de", "BE", Texts("de", {}, {}))
    (problem,) = caught.value.problems
    assert problem.where == path
    assert "no such file" in problem.what and "campaign init" in problem.todo


@pytest.mark.parametrize(
    ("path", "line", "place"),
    [
        ("templates/channels/x.j2", "{{ nothing_of_that_name }}", "templates/channels/x.j2"),
        ("templates/channels/sms.j2", "{% if %}", "templates/channels/sms.j2:1"),
        ("templates/messages/labels.j2", "{{ nothing_of_that_name }}", "templates/messages/labels.j2"),
    ],
)
def test_a_broken_template_is_named_by_its_own_path(workspace, path, line, place):
    """A fault in a post is not put down to the message."""
    file = workspace.root / path
    file.write_text(line + file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        Renderer(workspace, config.load(workspace)).message("migrants", "de", "BE", Texts("de", {}, {}))
    assert [problem.where for problem in caught.value.problems] == [place]


@pytest.mark.parametrize(("path", "name"), [("labels.j2", "hashtag"), ("claims.j2", "privacy")])
def test_a_workspace_that_lacks_a_text_of_the_program_is_told_which(workspace, rewrite, path, name):
    """A label or claim that is newer than the workspace is named with its file: no traceback."""
    rewrite(workspace.messages / path, f"macro {name}(", f"macro another_{name}(")
    with pytest.raises(CampaignError) as caught:
        Renderer(workspace, config.load(workspace)).message("migrants", "de", "BE", Texts("de", {}, {}))
    (problem,) = caught.value.problems
    assert (problem.what, problem.where) == (f"template error: there is no macro {name}", f"templates/messages/{path}")


@pytest.mark.parametrize("name", ["page.j2", "page.css", "languages.j2"])
def test_a_lost_page_template_is_named_by_its_own_path(workspace, cli, name):
    """The web page alone is refused, and the file to put back is named."""
    (workspace.templates / "channels" / name).unlink()
    ended = cli.run("build", "--lang", "de", "--audience", "migrants", "--channel", "web", at=workspace)
    assert ended.code == 1
    assert f"templates/channels/{name}: template error: there is no such file" in ended.err


@pytest.mark.slow
def test_a_workspace_that_is_older_than_a_platform_keeps_its_other_posts(workspace, cli):
    """No template for Threads: every other post, leaflet and SMS is built, and the missing post is named with its file."""
    (workspace.templates / "channels" / "threads.j2").unlink()
    ended = cli.run("build", "--lang", "de", "--audience", "migrants", at=workspace)
    assert ended.code == 0, ended.err
    assert "note: no post for Threads: there is no templates/channels/threads.j2; write it" in ended.err
    folder = workspace.output("review") / "BE" / "de" / "migrants"
    posts = {path.name for path in folder.glob("*.txt")}
    assert "threads.txt" not in posts and {"x.txt", "bluesky.txt", "sms.txt"} <= posts
    for command in (("pack", "social"), ("verify",), ("status",)):
        ended = cli.run(*command, at=workspace)
        assert ended.code == 0, ended.err


@pytest.mark.parametrize("text", ["Không ai được giữ giấy", "Você não está só", "Їжа й притулок"])
def test_letters_typed_in_two_parts_are_put_together(workspace, text):
    """A file from a Mac is printed, counted and searched like any other; the catalogue and its signature stay as they are."""
    apart = unicodedata.normalize("NFD", text)
    assert apart != text
    translate(workspace, TITLE, apart)
    assert message(workspace).line("title") == text
    assert apart in {unit.text for unit in loader.load(workspace).texts["de"].units.values()}
