"""The sentences of a template written anew: only they change, and what is not known is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue.extract import marked
from campaign.catalogue.rewritten import rewritten
from campaign.errors import CampaignError

TEMPLATE = """{#- {% trans %}not this{% endtrans %} -#}
{% raw %}{% trans %}nor this{% endtrans %}{% endraw %}
{%- trans "for children" -%} Call {{ phone }}, 50% {%- endtrans %}
{% trans count=ways|length %}{{ count }} way{% pluralize %}{{ count }} ways{% endtrans %}
{{ field(_("Say \\"yes\\""), day) }} {{ ngettext("one", 'many', n) }} {{ other_("not this") }}
"""


def test_every_way_to_mark_a_sentence_is_found_and_nothing_else_changes():
    """Tags with context, names and plurals, and calls with quoted words; comments and raw text stay."""
    upper = rewritten(TEMPLATE, "x.j2", lambda key: (key[0], key[1].replace("a", "@"), key[2].replace("a", "@")))
    changed = {
        "-%} Call {{ phone }}, 50% {%-": "-%}C@ll {{ phone }}, 50%{%-",
        "{{ count }} way{": "{{ count }} w@y{",
        "{{ count }} ways": "{{ count }} w@ys",
        '_("Say': '_("S@y',
        "'many'": '"m@ny"',
    }
    wanted = TEMPLATE
    for before, after in changed.items():
        assert wanted.count(before) == 1
        wanted = wanted.replace(before, after)
    assert upper == wanted


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1), min_size=5, max_size=5)
)
def test_a_sentence_comes_back_as_it_was_told(texts):
    """Whatever is written comes out of the template again, but for spaces at its ends; commands are refused."""
    told = iter(" ".join(text.split()).replace("%", "%%") or "x" for text in texts)
    wanted = []

    def say(key):
        wanted.append((key[0], next(told), next(told) if key[2] else ""))
        return wanted[-1]

    template = "{% trans %}a{% endtrans %}{{ _('b') }}{% trans n=1 %}c{% pluralize %}d{% endtrans %}"
    try:
        done = rewritten(template, "x.j2", say)
    except CampaignError as error:
        assert any(sign in text for text in texts for sign in ("{{", "{%", "{#")) or any(
            " ".join(text.split()).endswith("{") for text in texts
        ), error
        return
    assert [key[1:] for key in marked("x.j2", done)] == [key[1:] for key in wanted]


def test_what_would_be_a_command_is_refused():
    """A translation cannot smuggle a tag into a template."""
    with pytest.raises(CampaignError, match="sign of a command"):
        rewritten("{% trans %}a{% endtrans %}", "x.j2", lambda key: ("", "{% include 'x' %}", ""))
