"""What a leaflet tells a screen reader: title, languages, headings and lists, in the order of the message."""

from __future__ import annotations

import re

import pytest

from campaign.channels.layout import set_item
from campaign.errors import CampaignError
from campaign.render.renderer import Renderer
from campaign.typeset import guard
from campaign.typeset.elements import told
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


def laid(project, locale, *, review=False):
    """The A5 leaflet of the migrants, and its message."""
    space = loader.load(project)
    message = Renderer(project, space.campaign).message("migrants", locale, "BE", space.texts[locale])
    return set_item(Typesetter(project), "leaflet-a5", message, space.campaign, review=review), message


def heard(leaflet):
    """What a screen reader gets of a leaflet."""
    document = guard.opened(leaflet.pdf)
    return told(document, document)


def letters(text):
    """The letters of a text, whatever their order: readers turn mixed lines round."""
    return sorted(filter(str.isalpha, text))


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar"])
def test_sections_are_headings_and_lists_in_the_order_of_the_message(workspace, locale):
    """Who listens can jump from heading to heading, and hears how many lines a list has."""
    leaflet, message = laid(workspace, locale)
    spoken = heard(leaflet)
    assert spoken.title == message.line("title") and spoken.language == locale
    headings = [element for element in spoken.elements if element.kind in ("H1", "H2")]
    sections = [message.line(name) for name in ("signs_title", "rights_title", "steps_title")]
    wanted = [message.line("title"), message.labels["contacts_title"], *sections]
    assert [letters(each.text) for each in headings] == list(map(letters, wanted))
    lines = [element.text for element in spoken.elements if element.kind == "LI"]
    wanted = [line for name in ("signs", "rights", "steps") for line in message.blocks[name]]
    assert list(map(letters, lines)) == list(map(letters, wanted))


def test_the_pieces_of_a_right_to_left_line_are_read_from_its_right(workspace):
    """The name of the language, the dot, its English name: as they stand for the eye."""
    spoken = heard(laid(workspace, "ar")[0])
    spoken_texts = [" ".join(element.text.split()) for element in spoken.elements]
    assert any(re.fullmatch(r"ar · \d\d العربية · Arabic", text) for text in spoken_texts)
    assert ("Arabic", "en") in {(text.strip(), language) for text, language in spoken.texts}


#: Where the leaflet sets the lines of a section.
LINES = "lines-of(part, gap: if numbered { .6em } else { .45em })\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: d.title,", 'title: "Leaflet",', "the title 'Leaflet' is no text of the message"),
        ("#show: script-style", '#show: script-style\n#set text(lang: "fr")', "the language is fr, not"),
        (LINES, "marked(part.items.rev(), dot(accent))\n", "is read before what comes before it"),
        (LINES, "par(part.items.join())\n", "is no element of its own"),
        ("section(part.title, fill: hue, size: 1.3em)", "text(part.title)", ""),
        (LINES, "for item in part.items { par(item) }\n", ""),
        (LINES, "list(..part.items)\n", ""),
    ],
    ids=["other title", "other language", "turned round", "run together", "no heading", "paragraphs", "Typst's list"],
)
@pytest.mark.parametrize("locale", ["de", "ar"])
@pytest.mark.sample(5)
def test_a_layout_that_tells_it_otherwise_is_refused_by_name(workspace, rewrite, locale, old, new, said):
    """The file and what is wrong are named; lists as paragraphs, or a section without a heading, are a layout's own."""
    rewrite(workspace.layouts / "leaflet-a5.typ", old, new)
    if said:
        with pytest.raises(CampaignError, match=rf"leaflet-a5\.typ[\s\S]*{said}"):
            laid(workspace, locale)
    else:
        laid(workspace, locale)


def test_english_in_another_language_says_so(workspace, rewrite):
    """Else a reader's voice speaks it by the rules of the page's language."""
    rewrite(workspace.layouts / "style.typ", 'text(dir: ltr, lang: "en", english)', "text(dir: ltr, english)")
    with pytest.raises(CampaignError, match="'German' does not say that it is English"):
        laid(workspace, "de")


@pytest.mark.parametrize("locale", ["ar", "de"])
def test_the_marks_of_a_draft_change_nothing(workspace, locale):
    """A watermark across the page is decoration, and turns nothing that is read."""
    assert heard(laid(workspace, locale, review=True)[0]).language == locale
