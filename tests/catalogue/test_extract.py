"""extract: what a translator gets to see, and what a broken template costs (nothing)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaign.catalogue import extract
from campaign.catalogue.extract import Extracted
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.translation import catalogues

Templates = Callable[..., None]
TITLE = "{% block title %}{% trans %}You have rights{% endtrans %}{% endblock %}\n"


def test_a_message_comes_with_its_block_and_its_note(little: Project, templates: Templates) -> None:
    """A translator knows where a sentence stands and what the author wants to say about it."""
    templates(
        migrants="""{% block lead %}
{# translators: first paragraph;
   keep it calm #}
{% trans %}You are not alone.{% endtrans %}
{% endblock %}
{%- block signs -%}
{% trans %}Nobody may keep your passport.{% endtrans %}
{% endblock %}
"""
    )

    file = ("templates/messages/migrants.j2",)
    assert extract.extract(little) == (
        Extracted("", "You are not alone.", "", file, ("[migrants/lead] first paragraph; keep it calm",)),
        Extracted("", "Nobody may keep your passport.", "", file, ("[migrants/signs]",)),
    )


def test_the_pot_has_notes_places_contexts_plurals_and_flags(little: Project, templates: Templates, entry: Any) -> None:
    """The file that translators' programs open says all that the templates say."""
    templates(
        migrants="""{% block steps %}
{# translators: on a button #}
{% trans "button" %}Call {{ phone }}{% endtrans %}
{% macro counted(n) %}{% trans count=n %}{{ count }} language{% pluralize %}{{ count }} languages{% endtrans %}{% endmacro %}
{% trans %}100% free{% endtrans %}
{% trans %}
  Two lines
  become one.
{% endtrans %}
{% endblock %}
"""
    )

    assert catalogues.extract_pot(little) == 4

    assert entry(little.pot, "Call %(phone)s") == (
        "#. [migrants/steps] on a button\n#: templates/messages/migrants.j2\n#, python-format\n"
        'msgctxt "button"\nmsgid "Call %(phone)s"\nmsgstr ""'
    )
    assert entry(little.pot, "%(count)s language").endswith(
        'msgid "%(count)s language"\nmsgid_plural "%(count)s languages"\nmsgstr[0] ""\nmsgstr[1] ""'
    )
    assert "python-format" not in entry(little.pot, "100%% free"), "no program shall ask a translator for placeholders"
    assert entry(little.pot, "Two lines become one.")


def test_a_sentence_is_translated_once(little: Project, templates: Templates) -> None:
    """A sentence that several templates use is one message, and shared sentences come first."""
    templates(
        aaa="{# translators: as a heading #}{% trans %}Call us{% endtrans %}{% trans %}Only here{% endtrans %}",
        shared="{% macro call() %}{# translators: as a step #}{% trans %}Call us{% endtrans %}{% endmacro %}",
    )

    call, only = extract.extract(little)

    assert (call.source, only.source) == ("Call us", "Only here")
    assert call.files == ("templates/messages/shared.j2", "templates/messages/aaa.j2")
    assert call.notes == ("[shared/call] as a step", "[aaa/-] as a heading")


def test_contexts_keep_equal_sentences_apart(little: Project, templates: Templates) -> None:
    """One English word can need two translations."""
    templates(
        migrants='{% trans "verb" %}Help{% endtrans %}{% trans "noun" %}Help{% endtrans %}{% trans %}Help{% endtrans %}'
    )

    assert [(message.context, message.source) for message in extract.extract(little)] == [
        ("verb", "Help"),
        ("noun", "Help"),
        ("", "Help"),
    ]


BROKEN = {
    "a tag that is not closed": ("\n\n{% trans %}You have rights\n", 3, "unclosed translation block"),
    "a block that is not closed": ("\n{% block title %}\n\n{% if x %}{% endblock %}\n", 4, "endblock"),
    "an unknown tag": ("\n{% tranz %}You{% endtrans %}\n", 2, "tranz"),
    "an expression in a sentence": ("\n\n{% trans %}Call {{ contact.phone }}{% endtrans %}\n", 3, "expected token"),
    "an empty sentence": ("\n{% trans %}  {% endtrans %}\n", 2, "an empty message"),
    "an empty plural": (
        "\n{% macro counted(n) %}{% trans n=n %}a{% pluralize %}{% endtrans %}{% endmacro %}\n",
        2,
        "an empty message",
    ),
    "a text that is computed": ('\n{{ gettext("Call " ~ name) }}\n', 2, "no literal text"),
    "a plural that is computed": ('\n{{ ngettext("one", many, n) }}\n', 2, "no literal text"),
    "a context that is computed": ('\n{{ pgettext(where, "Call") }}\n', 2, "no literal text"),
    "a NUL in a text": ('\n{{ gettext("a\\0b") }}\n', 2, "NUL"),
    "a lone surrogate in a text": ('\n{{ gettext("a\\ud800b") }}\n', 2, "surrogate"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_template_is_named_with_its_line_and_changes_nothing(
    little: Project, templates: Templates, contents: Any, case: str
) -> None:
    """One wrong tag never empties the catalogue: campaign.pot stays as it was."""
    text, line, words = BROKEN[case]
    templates(migrants=TITLE)
    catalogues.extract_pot(little)
    templates(carers=TITLE, migrants=TITLE + text)
    before = contents(little.root)

    with pytest.raises(CampaignError) as caught:
        catalogues.extract_pot(little)

    (problem,) = caught.value.problems
    assert problem.where == f"templates/messages/migrants.j2:{line + 1}"
    assert words in problem.what
    assert contents(little.root) == before


def test_every_broken_template_is_named(little: Project, templates: Templates) -> None:
    """Three broken templates are one error with three places, not three runs."""
    templates(
        carers="{% trans %}",
        homeless=TITLE,
        migrants="\n{% endblock %}",
        addiction="\n\n{% trans %}{% endtrans %}\n{{ gettext(x) }}",
    )

    with pytest.raises(CampaignError) as caught:
        extract.extract(little)

    assert [problem.where for problem in caught.value.problems] == [
        "templates/messages/addiction.j2:3",
        "templates/messages/addiction.j2:4",
        "templates/messages/carers.j2:1",
        "templates/messages/migrants.j2:2",
    ]


@pytest.mark.parametrize(
    "other",
    [
        "{% macro counted(n) %}{% trans n=n %}A day{% pluralize %}Many days{% endtrans %}{% endmacro %}",
        "{% trans %}A day{% endtrans %}",
    ],
)
def test_one_singular_with_two_plurals_is_refused(little: Project, templates: Templates, other: str) -> None:
    """gettext would keep one of the two, and the other would be missing in every language for ever."""
    templates(
        carers="{% macro counted(n) %}{% trans n=n %}A day{% pluralize %}{{ n }} days{% endtrans %}{% endmacro %}",
        migrants=other,
    )

    with pytest.raises(CampaignError) as caught:
        extract.extract(little)

    (problem,) = caught.value.problems
    assert problem.where == "templates/messages/migrants.j2"
    assert "carers.j2" in problem.what


def test_nested_without_end_is_an_error_in_words(little: Project, templates: Templates) -> None:
    """Two thousand brackets are no traceback."""
    templates(migrants="{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}")

    with pytest.raises(CampaignError, match=r"migrants\.j2: template error: nests too deep"):
        extract.extract(little)


def test_templates_without_any_message_are_an_error(little: Project, templates: Templates, contents: Any) -> None:
    """An empty template folder never makes every translation obsolete."""
    templates(migrants=TITLE)
    catalogues.extract_pot(little)
    templates(migrants="no sentence is marked")
    before = contents(little.root)

    with pytest.raises(CampaignError, match=r"templates: the templates hold no message\n.*endtrans"):
        catalogues.extract_pot(little)

    assert contents(little.root) == before


def test_the_same_templates_leave_the_file_alone(little: Project, templates: Templates) -> None:
    """Extracting twice does not even touch campaign.pot, so that nothing is built anew for it."""
    templates(migrants=TITLE)
    catalogues.extract_pot(little)
    before = little.pot.stat()

    catalogues.extract_pot(little)

    after = little.pot.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_the_file_does_not_know_the_clock(little: Project, templates: Templates) -> None:
    """The date in the header is the edition of campaign.toml: the same input gives the same bytes."""
    templates(migrants=TITLE)
    catalogues.extract_pot(little)

    assert "PO-Revision-Date: 2026-11-24 00:00+0000" in little.pot.read_text(encoding="utf-8")


def test_gettext_accepts_the_file(little: Project, templates: Templates, msgfmt: Callable[[Path], str]) -> None:
    """Every translation program can open what extract writes."""
    templates(
        migrants=TITLE
        + '{% trans "c" %}A "quoted" \\ text{% endtrans %}{% macro counted(n) %}{% trans n=n %}a{% pluralize %}b{% endtrans %}{% endmacro %}'
    )
    catalogues.extract_pot(little)

    # A POT file has neither Language nor Plural-Forms; everything else must be right.
    complaints = [
        line for line in msgfmt(little.pot).splitlines() if "header field" not in line and "plural" not in line.lower()
    ]
    assert [line for line in complaints if "fatal" not in line] == []
