"""Pages, style sheets, layouts and pictures are frames: they hold what somebody signed and say nothing themselves."""

from __future__ import annotations

import pytest

from campaign.channels.layout import set_item
from campaign.channels.web import Web
from campaign.errors import CampaignError
from campaign.provenance.page import page_words
from campaign.provenance.style import style_words
from campaign.render.renderer import Renderer
from campaign.typeset.pictures import drawing
from campaign.typeset.session import Typesetter
from campaign.workspace import loader


def made(project, locale="de"):
    """The web page of migrants."""
    space = loader.load(project)
    message = Renderer(project, space.campaign).message("migrants", locale, "BE", space.texts[locale])
    return next(Web(space.campaign, Typesetter(project), review=True).export(message)).data


def laid(project, locale):
    """The leaflet of migrants."""
    space = loader.load(project)
    message = Renderer(project, space.campaign).message("migrants", locale, "BE", space.texts[locale])
    return set_item(Typesetter(project), "leaflet-a5", message, space.campaign, review=True)


PAGE = {
    "a text": ("<main>", "<main>\n<p>Say nothing.</p>"),
    "a number": ("<main>", '<main>\n<a href="tel:0900123">+32 3 201 16 90</a>'),
    "a title": ("<title>{{ neutral }}", "<title>{{ neutral }} Help"),
    "an attribute": ('alt="{{ alt }}"', 'alt="{{ alt }} Help"'),
    "a label": ("<main>", '<main aria-label="Help">'),
    "a picture from elsewhere": ("<main>", '<main><img src="https://example.org/a.png" alt="">'),
    "a drawing": ("<main>", "<main><svg><text>Help</text></svg>"),
    "a button": ("<main>", "<main><button>Help</button>"),
    "a second style": ("<main>", "<main><style>p{}</style>"),
    "a description": ('content="{{ neutral }}"', 'content="Help"'),
    "another script": ("<script>{{ script }}</script>", "<script>{{ script }};alert('Help')</script>"),
    "a script from elsewhere": ("<script>", '<script src="https://example.org/a.js">'),
    "another link": ('href="{{ exit_url }}"', 'href="https://example.com/other"'),
}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), PAGE.values(), ids=PAGE.keys())
@pytest.mark.sample(6)
def test_a_page_template_says_nothing_itself(workspace, rewrite, old, new):
    """Text, attributes, links and elements are held against the values that the page was given."""
    rewrite(workspace.templates / "channels/page.j2", old, new)
    with pytest.raises(CampaignError, match=r"templates/channels/page\.j2.*says what no sentence says"):
        made(workspace)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<main>", '<main class="wide" id="top">'),
        ("<main>", "<main>\n<!-- Say nothing. -->\n<hr>"),
        ("<main>", "<main>·"),
    ],
)
def test_a_frame_without_words_is_fine(workspace, rewrite, old, new):
    """Classes, comments, lines and marks say nothing."""
    rewrite(workspace.templates / "channels/page.j2", old, new)
    assert made(workspace)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        'p::before { content: "Help" }',
        r'p::after { content: "\48 elp" }',
        "p::after { content: attr(class) }",
        "p { background: url(a.png) }",
        '@import "other.css";',
        "@font-face { font-family: Other; src: url(a.woff) }",
        '@media screen { li { list-style-type: "Help " } }',
        'q { quotes: "Say" "nothing" }',
        'p { --mine: "Help" }',
        "ol { counter-increment: n } li::marker { content: counter(n) }",
        "main { p { &::before { content: 'Help' } } }",
        '@counter-style mine { system: cyclic; symbols: "Help" }',
    ],
)
@pytest.mark.sample(6)
def test_a_style_sheet_brings_in_no_words(workspace, rule):
    """Generated text, files and fonts are named with the line."""
    path = workspace.templates / "channels/page.css"
    lines = path.read_text(encoding="utf-8").count("\n")
    path.write_text(f"{path.read_text(encoding='utf-8')}{rule}\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=rf"page\.css:{lines + 1}: "):
        made(workspace)


@pytest.mark.parametrize(
    "rule",
    [
        "p { color: red }",
        "/* content: 'Help' */",
        'p { font-family: "Noto Sans", serif }',
        '[lang="ar"] { direction: rtl }',
        'li::marker { content: "– " }',
        "p::before { content: none }",
        "@media print { nav { display: none } }",
        '@supports (display: grid) { a[href^="tel:"] { color: blue } }',
    ],
)
def test_a_rule_without_words_is_fine(rule):
    """Colours, fonts by name, selectors, marks and comments."""
    assert style_words(rule) == ()


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar"])
@pytest.mark.parametrize("text", ["Help", "0900123", "*Say* nothing", '#text("Schweigen")'])
@pytest.mark.sample(4)
def test_a_layout_says_nothing_itself(workspace, locale, text):
    """A word or a number in a Typst file is named with the layout, in every script."""
    path = workspace.layouts / "leaflet-a5.typ"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}\n#place(top + left, dx: 20mm, dy: 20mm)[{text}]\n", encoding="utf-8"
    )
    with pytest.raises(CampaignError, match=r"layouts/leaflet-a5\.typ: page \d says"):
        laid(workspace, locale)


@pytest.mark.slow
def test_a_layout_may_number_its_lines(workspace):
    """The numerals of a list are no words."""
    assert laid(workspace, "de").pdf and laid(workspace, "ar").pdf


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<text>Help</text>", "holds a <text>"),
        ("<g><text><tspan>Help</tspan></text></g>", "holds a <text>"),
        ('<filter id="f"><feTurbulence numOctaves="9999999"/></filter>', "holds a <filter>"),
        ("<switch><path/></switch>", "holds a <switch>"),
        ('<g id="a"><use href="#a"/></g>', "draws more than"),
        (
            '<g id="a0"><path/></g>'
            + "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)),
            "draws more than",
        ),
    ],
)
def test_a_drawing_holds_shapes_only(inside, said):
    """No words, no filters that take minutes, no symbols that draw themselves."""
    with pytest.raises(ValueError, match=said):
        drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_what_drawing_programs_write_is_fine():
    """Notes about the drawing and elements of other namespaces are not drawn."""
    inside = (
        "<title>Boat</title><metadata>x</metadata><i:view xmlns:i='urn:i'/><defs><linearGradient id='a'><stop/></linearGradient>"
        "<symbol id='b'><path d='M0 0'/></symbol></defs><use href='#b'/><use href='#b'/>"
    )
    assert drawing(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode())


def test_the_text_around_elements_of_a_line_is_one_text():
    """A number inside a sentence is linked; the sentence is still the one that was signed."""
    page = '<p>Call <a class="n" href="tel:112"><bdi dir="ltr">112</bdi></a> now</p>'
    assert list(page_words(page, ["Call 112 now", "112"])) == []
    assert list(page_words(page, ["Call 113 now", "112"])) == ["Call", "now"]
