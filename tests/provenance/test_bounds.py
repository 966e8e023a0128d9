"""A template from anybody takes no minutes and no gigabytes: it is refused by name, and soon."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from campaign import limits
from campaign.errors import CampaignError
from campaign.render.renderer import Renderer
from campaign.sandbox import TooMuchError, within
from campaign.workspace import loader

DOUBLED = "{% set a0 = phone %}" + "".join(
    "{% set a" + str(n) + " %}{{ a" + str(n - 1) + " }}{{ a" + str(n - 1) + " }}{% endset %}" for n in range(1, 60)
)
JOINED = "{% set a0 = phone %}" + "".join(
    "{% set a" + str(n) + " = a" + str(n - 1) + " ~ a" + str(n - 1) + " %}" for n in range(1, 60)
)
TEN = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"
LOOPS = "".join("{% for i" + str(n) + " in " + TEN + " %}" for n in range(12)) + "{% endfor %}" * 12
SPEAKING = LOOPS.replace("{% endfor %}", "{{ phone }}{% endfor %}", 1)

BOMBS = {
    "a text times a number": '{{ "a" * 3000000000 }}',
    "a list times a number": "{% for i in [1] * 3000000000 %}{% endfor %}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a format": '{{ "%999999999d"|format(1) }}',
    "a format by an operator": '{{ "%999999999d" % 1 }}',
    "a method that formats": '{{ "{:>999999999}".format(1) }}',
    "a method that pads": "{{ phone.center(999999999) }}",
    "a filter that pads": "{{ phone|center(999999999) }}",
    "a filter that indents": "{{ phone|indent(999999999) }}",
    "a text put together from itself": DOUBLED + "{{ a59 }}",
    "a text joined to itself": JOINED + "{{ a59 }}",
    "loops in loops that say nothing": LOOPS,
    "loops in loops": SPEAKING,
    "a range": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "replaced again and again": '{{ phone|replace("", phone)|replace("", phone)|replace("", phone)|replace("", phone)'
    '|replace("", phone)|replace("", phone)|replace("", phone) }}',
}


@pytest.mark.slow
@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
@pytest.mark.sample(8)
def test_a_template_that_makes_too_much_is_refused_by_name(workspace, rewrite, monkeypatch, text):
    """Whatever it multiplies, formats, joins, repeats or loops over."""
    space = loader.load(workspace)
    monkeypatch.setattr(limits, "_inforce", [replace(limits.Limits(), template_seconds=0.5)])
    rewrite(workspace.messages / "migrants.j2", "{% block lead %}", f"{{% block lead %}}{text}")
    with pytest.raises(CampaignError, match=r"templates/messages/\w+\.j2"):
        Renderer(workspace, space.campaign).message("migrants", "de", "BE", space.texts["de"])


def test_ordinary_sums_and_joins_go_through(workspace, rewrite):
    """Numbers are added and multiplied, texts joined, lists put together."""
    space = loader.load(workspace)
    text = '{% if 2 * 3 + 1 == 7 and [1] + [2] == [1, 2] %}{{ phone ~ " " ~ emergency }}{% endif %}'
    rewrite(workspace.messages / "migrants.j2", "{% block lead %}", f"{{% block lead %}}{text}")
    lead = Renderer(workspace, space.campaign).message("migrants", "de", "BE", space.texts["de"]).blocks["lead"]
    assert "+32 3 201 16 90 112" in " ".join(lead)


def test_the_clock_stops_the_thread_that_started_it():
    """A page that is rendered beside others stops alone."""
    with pytest.raises(TooMuchError, match=r"more than 0\.1 seconds"), within(0.1):
        while True:
            pass
    with within(60):
        assert threading.active_count() >= 1
