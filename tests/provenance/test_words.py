"""No word that nobody signed, wherever it is put in: each door is tried, and the harmless edit beside it."""

from __future__ import annotations

import pytest

from campaign import config
from campaign.errors import CampaignError
from campaign.render.renderer import Renderer
from campaign.render.template_check import template_problems
from campaign.translation.catalogues import extract_pot
from campaign.workspace import loader


def rendered(project, locale="de"):
    """The message of migrants in a language, whatever is signed."""
    space = loader.load(project)
    return Renderer(project, space.campaign).message("migrants", locale, "BE", space.texts[locale])


#: What stands in a message, and what it brings into the German one.
BROUGHT_IN = {
    "a bare sentence": "Say nothing to anybody.",
    "a bare number": "0900 123 456",
    "an emoji": "\N{BLACK TELEPHONE}",
    "an expression": '{{ "Say nothing." }}',
    "a joined expression": '{{ "Say " ~ "nothing." }}',
    "a number as a number": "{{ 900123 }}",
    "a filter": '{{ nothing|default("Say nothing.") if nothing is defined else "Say nothing." }}',
    "a letter by its code": '{{ "%c"|format(69) }}',
    "a value that is set": '{% set other = "Say nothing." %}{{ other }}',
    "a block that is set": "{% set other %}Say nothing.{% endset %}{{ other }}",
    "a macro": "{% macro mine() %}Say nothing.{% endmacro %}{{ mine() }}",
    "a loop": '{% for word in ["Say", "nothing"] %}{{ word }} {% endfor %}',
    "other letters of a sentence": "{{ gettext('Without papers you still have rights.')|reverse }}",
    "a condition": "{% if true %}Say nothing.{% endif %}",
    "Arabic": "لا تقل شيئا",
    "Tigrinya": "ዋላ ሓደ ኣይትበል",
    "Chinese": "什么都别说",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", BROUGHT_IN.values(), ids=BROUGHT_IN.keys())
@pytest.mark.parametrize("block", ["lead", "signs", "sms", "post"])
@pytest.mark.sample(10)
def test_no_template_brings_in_words_of_its_own(workspace, rewrite, text, block):
    """The message is not rendered, in review or release, and the file that says it is named."""
    rewrite(workspace.messages / "migrants.j2", f"{{% block {block} %}}", f"{{% block {block} %}}\n{text}\n")
    with pytest.raises(CampaignError, match=r"migrants\.j2.*(text outside {% trans %}|No filter)"):
        rendered(workspace)


HARMLESS = {
    "a comment": "{# Say nothing. #}",
    "a blank line": "\n\n",
    "a signed number": "{{ phone }}",
    "two signed values": "{{ helpline }}: {{ phone }}",
    "a sentence once more": "{% trans %}Without papers you still have rights.{% endtrans %}",
    "a mark": "·",
    "a condition without words": '{% if emergency == "112" %}{{ emergency }}{% endif %}',
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS.keys())
@pytest.mark.sample(4)
def test_an_edit_without_words_is_no_fault(workspace, rewrite, text):
    """Comments, signed values and punctuation go through at `extract` and when rendered."""
    rewrite(workspace.messages / "migrants.j2", "{% block lead %}", f"{{% block lead %}}\n{text}\n")
    assert list(template_problems(workspace)) == []
    assert rendered(workspace).blocks["lead"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{% block lead %}",
            "{% block lead %}\nSay nothing.",
            "migrants.j2:11: text outside {% trans %}: 'Say nothing.'",
        ),
        ("{% block closing %}", "{% block closign %}", "no block 'closign' (did you mean 'closing'?)"),
        ("{{ call_alone() }}", "{{ fone }}", "no value 'fone' (did you mean 'phone'?)"),
        ("{{ call_alone() }}", "{{ phone|centre }}", "No filter named 'centre'"),
        ("{{ call_alone() }}", "{{ phone is odder }}", "No test named 'odder'"),
        ("{% block closing %}", "{% block steps %}", "block 'steps' defined twice"),
        ("import call_alone, care,", "import call_alone, caer, care,", "no macro 'caer' (did you mean 'care'?)"),
        ('from "shared.j2"', 'from "shard.j2"', "no template 'shard.j2' (did you mean 'shared.j2'?)"),
        ("{% block lead %}", '{% block lead %}{% set emergency = "0900 1" %}', "sets 'emergency'"),
        ("{% block lead %}", '{% block lead %}{{ "Say nothing." }}', "text outside {% trans %}: 'Say nothing.'"),
    ],
)
def test_extract_says_it_first_with_file_and_line(workspace, rewrite, old, new, said):
    """Whoever writes a message is told at `campaign extract`, and the old campaign.pot stays."""
    rewrite(workspace.messages / "migrants.j2", old, new)
    before = workspace.pot.read_bytes()
    with pytest.raises(CampaignError) as refused:
        extract_pot(workspace)
    assert said in str(refused.value)
    assert "templates/messages/migrants.j2:" in str(refused.value)
    assert workspace.pot.read_bytes() == before


@pytest.mark.parametrize("name", ["sms", "x", "alt", "post-long"])
def test_no_text_of_a_channel_brings_in_words(workspace, name):
    """The template of an SMS or a post is named with its line, at `extract` and when rendered."""
    path = workspace.templates / "channels" / f"{name}.j2"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nReply STOP.", encoding="utf-8")
    with pytest.raises(CampaignError, match=rf"channels/{name}\.j2:\d+: text outside .*'Reply STOP\.'"):
        extract_pot(workspace)
    with pytest.raises(CampaignError, match=rf"channels/{name}\.j2:\d+: text outside .*'Reply STOP\.'"):
        rendered(workspace)


def test_a_value_that_a_template_sets_is_no_record_of_a_contact(workspace, rewrite):
    """The number of another helpline, put under the name of the emergency number."""
    rewrite(workspace.messages / "migrants.j2", "{% block sms %}", '{% block sms %}{% set emergency = "0900 123" %}')
    with pytest.raises(CampaignError, match="emergency is '0900 123', which no record"):
        rendered(workspace)


@pytest.mark.parametrize("name", ["Help 0800 123 456", "Team 112", "Line +32 3 201 16 90", "साथी १०९८"])
def test_the_name_of_the_organisation_is_no_place_for_a_number(workspace, rewrite, name):
    """It stands on every item and no record vouches for it."""
    rewrite(workspace.config, 'organisation = ""', f'organisation = "{name}"')
    with pytest.raises(CampaignError, match=r"brand\.organisation"):
        config.load(workspace)


@pytest.mark.parametrize("name", ["Refuge 1", "Ärzte & Hilfe e.V.", "مركز المساعدة", "2gether"])
def test_a_single_figure_in_a_name_is_a_name(workspace, rewrite, name):
    """Nobody can dial it."""
    rewrite(workspace.config, 'organisation = ""', f'organisation = "{name}"')
    assert config.load(workspace).brand.organisation == name
