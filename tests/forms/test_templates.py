"""Templates of forms: a value stands alone after its label, and everything else is refused with file and line."""

from __future__ import annotations

import pytest

from campaign.catalogue import form_templates
from campaign.config.forms import read
from campaign.config.tables import Table
from campaign.errors import CampaignError, Problem
from campaign.project import Project
from campaign.translation import catalogues

HEAD = '{% block title %}{{ _("A title") }}{% endblock %}\n{% block fields %}\n'
TAIL = "\n{% endblock %}\n"

#: What people write who do not know why a value stands alone; all stand in line 3.
WRONG = {
    "a value in a sentence": "{% trans %}Come on {{ day }}.{% endtrans %}",
    "a value bound in a sentence": "{% trans d=day %}Come on {{ d }}.{% endtrans %}",
    "a value by itself": "{{ day }}",
    "a value through a filter": '{{ field(_("Day"), day|upper) }}',
    "a value by another name": '{% set d = day %}{{ field(_("Day"), d) }}',
    "a sentence on a condition": '{% if day %}{{ _("Come.") }}{% endif %}',
    "a value that chooses a plural": "{% trans count=days %}One day{% pluralize %}{{ count }} days{% endtrans %}",
    "text after a value": '{{ field(_("Time"), time) }} o\'clock',
    "text before a value": 'at {{ field(_("Time"), time) }}',
    "a value joined to a text": '{{ _("Day") ~ day }}',
    "a choice of one sentence": '{{ choice(change, {"video": _("It is by video.")}) }}',
    "a choice without a sentence": '{{ choice(change, {"later": _("It is later."), "video": day}) }}',
    "a label with a colon": '{{ field(_("Day:"), day) }}',
    "a label with a digit": '{{ field(_("Day 1"), day) }}',
    "a label that is no text to sign": '{{ field("Day", day) }}',
    "a label put together": '{{ field(_("Day") ~ "!", day) }}',
    "a value in a format": '{{ "%s Uhr"|format(time) }}',
    "a value twice": '{{ field(_("Day"), day) }}{{ field(_("Again"), day) }}',
    "a loop": '{% for d in days %}{{ field(_("Day"), d) }}{% endfor %}',
    "a value of a value": '{{ field(_("Day"), day.month) }}',
    "a placeholder in a sentence": '{{ _("Come on %(day)s.") }}',
    "bare text": "Come soon.",
    "a macro": '{% macro m() %}{{ field(_("Day"), day) }}{% endmacro %}',
    "a call with more": '{{ field(_("Day"), day, "!") }}',
    "a sentence between values": '{{ _("Please come.") }}',
    "a label with mark-up": '{{ field(_("<b>Day</b>"), day) }}',
    "a label with a digit of another script": '{{ field(_("Day \u0663"), day) }}',
    "a label with a colon of another script": '{{ field(_("Day\uff1a"), day) }}',
    "a statement around a field": '{% autoescape false %}{{ field(_("Day"), day) }}{% endautoescape %}',
    "a slot on a condition": '{{ field(_("Day"), day if day else time) }}',
    "a value by its key": '{{ day["month"] }}',
    "a filter around a field": '{% filter upper %}{{ field(_("Day"), day) }}{% endfilter %}',
    "a slot as text": '{{ field(_("Day"), "day") }}',
    "another file": '{% include "x.j2" %}',
    "a value in a choice": '{{ choice(change, {"a": _("On %(day)s.", day=day), "b": _("By video.")}) }}',
    "an invisible letter": '\u200b{{ field(_("Day"), day) }}',
}


@pytest.mark.parametrize("what", WRONG)
def test_a_template_that_mixes_values_and_words_is_refused(what: str) -> None:
    """With the file and the line, and with what to write instead."""
    with pytest.raises(CampaignError) as caught:
        form_templates.parse("templates/forms/x.j2", HEAD + WRONG[what] + TAIL)
    assert {problem.where for problem in caught.value.problems} == {"templates/forms/x.j2:3"}
    assert all(problem.todo for problem in caught.value.problems)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Two faults in two lines are two problems."""
    with pytest.raises(CampaignError) as caught:
        form_templates.parse("f.j2", HEAD + WRONG["a value by itself"] + "\n" + WRONG["bare text"] + TAIL)
    assert [problem.where for problem in caught.value.problems] == ["f.j2:3", "f.j2:4"]


@pytest.mark.parametrize("where", ["title", "intro", "closing", "sms"])
def test_no_value_stands_outside_of_the_fields(where: str) -> None:
    """The title of a sheet and the neutral words of a text message have none."""
    text = HEAD + '{{ field(_("Day"), day) }}' + TAIL
    extra = f'{{% block {where} %}}{{{{ field(_("Time"), time) }}}}{{% endblock %}}'
    with pytest.raises(CampaignError, match=where):
        form_templates.parse("f.j2", text.replace('{% block title %}{{ _("A title") }}{% endblock %}', "") + extra)


def test_a_sheet_has_one_title() -> None:
    """A second one would be on no sheet: it is refused before anybody translates it."""
    text = HEAD.replace("{% endblock %}", "\n{{ _('More') }}{% endblock %}", 1) + '{{ field(_("Day"), day) }}' + TAIL
    with pytest.raises(CampaignError, match="second title"):
        form_templates.parse("f.j2", text)


def test_a_right_template_gives_its_lines_in_order() -> None:
    """Sentences by _() or {% trans %}, labels with slots, choices of whole sentences."""
    text = (
        HEAD
        + '{{ choice(change, {"later": _("It is later."), "video": _("It is by video.")}) }}\n{{ field(_("Day"), day) }}'
        + TAIL
        + "{% block closing %}{% trans %}Bring\n this sheet.{% endtrans %}{{ pgettext('end', 'Thank you.') }}{% endblock %}"
    )
    template = form_templates.parse("f.j2", text)
    assert [(line.block, line.slot, [words.source for words in line.every]) for line in template.lines] == [
        ("title", "", ["A title"]),
        ("fields", "change", ["It is later.", "It is by video."]),
        ("fields", "day", ["Day"]),
        ("closing", "", ["Bring this sheet."]),
        ("closing", "", ["Thank you."]),
    ]
    assert template.lines[-1].words and template.lines[-1].words.context == "end"


def tables(**slots: object) -> list[Problem]:
    """What is wrong with a table [forms.visit]."""
    problems: list[Problem] = []
    read(Table({"visit": {"name": "Visit", "slots": slots}}, "forms", "campaign.toml", problems))
    return problems


@pytest.mark.parametrize(
    "slot",
    [
        {"type": "datum"},
        {"type": "date", "within": 0},
        {"type": "place", "longest": 5000},
        {"type": "case", "pattern": "("},
        {"type": "amount", "currency": "€"},
        {"type": "choice"},
        {"type": "date", "withn": 3},
        {"type": "date", "required_with": ["moved"]},
        {"type": "date", "optional": True, "required_with": ["moved"]},
    ],
)
def test_a_table_that_is_wrong_is_named(slot: dict[str, object]) -> None:
    """By its key, before anything is filled in."""
    assert tables(slot=slot)
    assert tables(slot={"type": "date"}) == []


def test_a_text_message_about_a_person_says_no_case_and_no_place() -> None:
    """A locked telephone shows them to whoever holds it; of a public emergency the place is what is to be said."""
    for personal in (True, False):
        problems: list[Problem] = []
        form = {"name": "V", "sms": ["place"], "personal": personal, "slots": {"place": {"type": "place"}}}
        read(Table({"visit": form}, "forms", "campaign.toml", problems))
        assert bool(problems) == personal


def test_the_wrong_template_stops_the_extraction(workspace: Project) -> None:
    """And no catalogue changes; a table without a template and a template without a table are named as well."""
    form_templates.folder(workspace).mkdir()
    before = workspace.pot.read_bytes()
    for template, table, where in (
        (HEAD + WRONG["a value in a sentence"] + TAIL, "", "templates/forms/visit.j2:3"),
        (HEAD + '{{ field(_("Day"), day) }}' + TAIL, "", "templates/forms/visit.j2"),
        (HEAD + '{{ field(_("Day"), dya) }}' + TAIL, 'slots.day = { type = "date" }', "templates/forms/visit.j2:3"),
        ("", '\n[forms.other]\nname = "O"\nslots.day = { type = "date" }', "templates/forms/other.j2"),
    ):
        (form_templates.folder(workspace) / "visit.j2").unlink(missing_ok=True)
        if template:
            (form_templates.folder(workspace) / "visit.j2").write_text(template)
        config = workspace.config.read_text()
        head = '\n[forms.visit]\nname = "Visit"\n' if table and "[" not in table else ""
        workspace.config.write_text(config + head + table)
        with pytest.raises(CampaignError) as caught:
            catalogues.extract_pot(workspace)
        assert where in {problem.where for problem in caught.value.problems}
        workspace.config.write_text(config)
    assert workspace.pot.read_bytes() == before
