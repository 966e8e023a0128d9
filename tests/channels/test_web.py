"""The web page: accessible, whole, quiet. It asks the network for nothing and works without JavaScript."""

from __future__ import annotations

import base64
import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from campaign import languages
from campaign.audit.readers.html import read_html
from campaign.bidi import strip_controls
from campaign.channels import web
from campaign.errors import CampaignError
from campaign.model.web_address import MANY
from campaign.pages import Pages, linked
from campaign.project import Project


def page(bench, audience="migrants", locale="en", *, review=False, **changes):
    """The bytes of a page."""
    item = bench.message(audience, locale, **changes)
    return bench.files("web", item, review=review, **({"campaign": changes["campaign"]} if changes else {}))[
        "index.html"
    ].data


class Links(HTMLParser):
    """Every address that a page names, by the attribute that names it."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        """Collect what could be fetched or followed."""
        self.found += [(f"{tag}.{name}", value or "") for name, value in attrs if name in ("src", "href", "srcset")]


@pytest.mark.slow
def test_a_page_is_one_file_without_request(bench):
    """No script but the one that leaves, no frame, no form; pictures and fonts are inside; a policy forbids the rest."""
    for locale in bench.campaign.languages:
        data = page(bench, locale=locale)
        text = data.decode()
        assert re.findall(r"<script>(.*?)</script>", text) == [web.LEAVE]
        assert not re.search(r"<(script[^>]|iframe|form|object|embed|link rel=.(?!canonical))", text)
        assert not re.search(r"\son\w+=|javascript:|@import|https?:[^\"']*\)", text)
        assert all(value.startswith("data:") for kind, value in Links(data).found if kind == "img.src")
        assert "default-src 'none'" in html.unescape(text)
        assert len(data) < 150_000


def test_only_a_draft_hides_from_search_engines(bench):
    """The review edition says noindex and DRAFT in two languages; a release says neither."""
    draft, final = (page(bench, locale="fr", review=review).decode() for review in (True, False))
    assert 'content="noindex, nofollow"' in draft and "noindex" not in final
    assert "BROUILLON" in draft and "DRAFT" in draft
    assert "DRAFT" not in final and "BROUILLON" not in final


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en", "ar", "ti", "bn"])
def test_a_page_says_everything_the_leaflet_says(bench, locale):
    """Title, lead, signs, rights, steps, closing, every helpline with its claims, the emergency number."""
    item = bench.message(locale=locale)
    text = " ".join(strip_controls(read_html(page(bench, locale=locale)).text).split())
    for block in ("title", "lead", "signs_title", "signs", "rights_title", "rights", "steps_title", "steps", "closing"):
        for line in item.blocks[block]:
            assert " ".join(line.split()) in text, block
    for helpline in item.helplines:
        for words in (helpline.contact.name, helpline.contact.display, helpline.kind, *helpline.lines):
            assert words in text
    assert item.labels["emergency_line"] in text


def test_every_number_can_be_tapped_and_dials_itself(bench):
    """tel: links carry E.164 numbers or short codes; WhatsApp and SMS only where the record says so."""
    data = page(bench)
    dialled = {link.partition(":")[2] for link in read_html(data).links if link.startswith(("tel:", "sms:"))}
    assert dialled == {"+3232011690", "+3225116464", "+3242324030", "112"}
    contacts = tuple(
        replace(c, answers_whatsapp=True, answers_sms=True) if c.id == "be-payoke" else c
        for c in bench.campaign.contacts
    )
    campaign = replace(bench.campaign, contacts=contacts)
    links = {value for _, value in Links(page(bench, campaign=campaign)).found}
    assert {"https://wa.me/3232011690", "sms:+3232011690"} <= links
    assert not any("wa.me" in value or value.startswith("sms:") for _, value in Links(data).found)
    shows = bench.channel("web", campaign=campaign).shows(bench.message(campaign=campaign))
    assert {"label:write_sms", "label:write_whatsapp"} <= set(shows)


def test_the_way_out_is_the_first_link(bench):
    """A reader who is watched leaves with the first link, and the page that is left is not named to the next."""
    campaign = replace(bench.campaign, exit_url="https://weather.example.org/")
    data = page(bench, campaign=campaign)
    assert Links(data).found[1] == ("a.href", "https://weather.example.org/")
    assert 'name="referrer" content="no-referrer"' in data.decode()


def test_text_with_markup_is_shown_not_run(bench):
    """Whatever a translation or a contact holds, the page shows these letters."""
    item = bench.message()
    bad = '<script>alert("x")</script>&<b>'
    item = replace(item, blocks={**item.blocks, "closing": (bad,), "title": (bad,), "alt": ('"><img src=x>',)})
    data = bench.files("web", item)["index.html"].data
    assert b"<script>alert" not in data and b"<img src=x" not in data
    assert bad in read_html(data).text
    assert web.title_of(data) == bad


def test_a_style_cannot_end_its_element(tmp_path):
    """A style sheet that holds </style> stays inside its element, and a broken template is named with its line."""
    project = Project(tmp_path)
    project.channel_texts.mkdir(parents=True)
    (project.channel_texts / "page.j2").write_text("<style>{{ style }}</style>{{ numbers(text) }}")
    (project.channel_texts / "bad.j2").write_text("fine\n{% if %}")
    text = Pages(project).render("page.j2", "a{}</style><script>", {"text": "<b> 112"}, {"112": "tel:112"})
    assert text.count("</style") == 1
    assert text.endswith('&lt;b&gt; <a class="n" href="tel:112"><bdi dir="ltr">112</bdi></a>\n')
    with pytest.raises(CampaignError, match=r"templates/channels/bad.j2:2"):
        Pages(project).render("bad.j2", "", {}, {})
    with pytest.raises(CampaignError, match=r"templates/channels/no.css"):
        Pages(project).style("no.css")


def test_a_number_inside_a_longer_one_is_no_link():
    """112 is not linked inside 1123."""
    assert "<a" not in linked("room 1123", {"112": "tel:112"})
    assert linked("a & b", {}) == "a &amp; b"


@pytest.mark.slow
def test_a_script_that_telephones_lack_brings_its_font(bench):
    """Tigrinya embeds a subset with every letter of the page; German embeds nothing."""
    import io

    from fontTools.ttLib import TTFont

    text = page(bench, locale="ti").decode()
    fonts = re.findall(r"data:font/woff;base64,([^)]+)\)", text)
    assert len(fonts) == 2
    wanted = {ord(c) for c in read_html(text.encode()).text if "\u1200" <= c <= "\u137f"}
    for font in fonts:
        assert wanted <= set(TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap())
    assert "font/woff" not in page(bench, locale="de").decode()
    assert page(bench, locale="ti").decode() == text


@pytest.mark.slow
def test_the_chooser_links_each_language_in_its_own_name(bench):
    """Autonym, title and direction of every page, in the order of the campaign, by relative address."""
    choices = [web.Choice(locale, web.title_of(page(bench, locale=locale))) for locale in bench.campaign.languages]
    data = web.chooser(bench.project, bench.campaign, "BE", "migrants", choices, review=False)
    text = data.decode()
    assert [value for kind, value in Links(data).found if kind == "a.href"] == [
        f"../{bench.campaign.folder('BE', locale, 'migrants')}/index.html" for locale in bench.campaign.languages
    ]
    for choice in choices:
        language = languages.get(choice.locale)
        assert language.autonym in text and choice.title in read_html(data).text
    assert 'lang="ar" dir="rtl"' in text
    assert "noindex" not in text
    assert "noindex" in web.chooser(bench.project, bench.campaign, "BE", "migrants", choices, review=True).decode()


def test_the_codes_on_paper_lead_to_the_page(bench):
    """The canonical address of a page is what the QR code of its leaflet says."""
    item = bench.message(locale="ar")
    assert ("link.href", item.url) in Links(page(bench, locale="ar")).found
    assert item.url == f"https://rights.test/help/{bench.campaign.folder('BE', 'ar', 'migrants')}"


def test_an_address_tells_nobody_what_the_page_is_about(bench):
    """Eight letters: no audience, no language; another page, another address; the same one in every edition."""
    campaign = bench.campaign
    pages = [campaign.page("BE", locale, "migrants") for locale in (*campaign.languages, MANY)]
    assert len(set(pages)) == len(pages)
    for page_address in pages:
        assert re.fullmatch(r"https://rights\.test/help/[b-z]{8}", page_address)
    later = replace(campaign, edition=campaign.edition.replace(year=2031), name="Another name")
    assert later.page("BE", "ar", "migrants") == campaign.page("BE", "ar", "migrants")
    assert replace(campaign, web_key="x").page("BE", "ar", "migrants") != campaign.page("BE", "ar", "migrants")


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_browser_remembers_a_title_without_a_subject(bench, locale):
    """Title and description are neutral words, signed like any; the headline is on the page alone."""
    item = bench.message(locale=locale)
    text = page(bench, locale=locale).decode()
    assert re.findall(r"<title>(.*?)</title>", text) == [item.labels["neutral"]]
    assert re.findall(r'name="description" content="(.*?)"', text) == [item.labels["neutral"]]
    assert item.labels["neutral"] and item.line("title") not in text.partition("</head>")[0]
    choices = [web.Choice("ar", "Headline"), web.Choice("de", "Other")]
    chooser = web.chooser(bench.project, bench.campaign, "BE", "migrants", choices, review=False).decode()
    assert re.findall(r"<title>(.*?)</title>", chooser) == ["العربية · Deutsch"]


def test_a_workspace_that_is_older_than_the_neutral_title_has_the_name_of_the_language(bench):
    """Without the label the browser remembers the name of a language, and never the headline."""
    item = bench.message(locale="de")
    item = replace(item, labels={**item.labels, "neutral": "", "exit_help": ""})
    assert b"<title>Deutsch</title>" in bench.files("web", item)["index.html"].data


@pytest.mark.slow
def test_a_page_over_its_budget_is_refused(bench, monkeypatch):
    """A huge illustration would make the page too dear to load: staff are told the size."""
    monkeypatch.setattr(web, "MOST_BYTES", 5000)
    with pytest.raises(CampaignError, match="at most 5000 are allowed"):
        page(bench)


@pytest.fixture(scope="module")
def site(bench, tmp_path_factory):
    """A folder with a page of every language and the chooser, as the review edition has them."""
    root = tmp_path_factory.mktemp("site")
    choices = []
    for number, locale in enumerate(bench.campaign.languages):
        audience = ("migrants", "service-providers", "unaccompanied-children")[number % 3]
        data = page(bench, audience, locale, review=True)
        choices.append(web.Choice(locale, web.title_of(data)))
        # Its chooser is that of its own audience: laid where the pages of three messages meet, under one language each.
        lay(root, folder_of(bench, locale), data.replace(chooser_of(bench, audience), chooser_of(bench, "migrants")))
    lay(
        root, folder_of(bench, MANY), web.chooser(bench.project, bench.campaign, "BE", "migrants", choices, review=True)
    )
    return {locale: root / folder_of(bench, locale) / "index.html" for locale in (*bench.campaign.languages, MANY)}


def folder_of(bench, locale):
    """The folder of a page for migrants."""
    return bench.campaign.folder("BE", locale, "migrants")


def chooser_of(bench, audience):
    """The folder of an audience's chooser, as a page names it."""
    return bench.campaign.folder("BE", MANY, audience).encode()


def lay(root, folder, data):
    """Put a page where the site has it."""
    (root / folder).mkdir()
    (root / folder / "index.html").write_bytes(data)


def address(site, locale):
    """Where the page of a language lies."""
    return site[locale].as_uri()


def opened(chromium, site, locale, **options):
    """A page in a context of its own."""
    context = chromium.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
    tab = context.new_page()
    tab.goto(address(site, locale))
    return context, tab


@pytest.mark.slow
@pytest.mark.breadth
def test_axe_finds_nothing_in_any_language(bench, chromium, site):
    """axe-core, all its rules, on a page of every language and the chooser; on a dark screen on two of them."""
    source = pytest.importorskip("axe_playwright_python.base").AXE_FILE_PATH.read_text(encoding="utf-8")
    light = [(locale, "light") for locale in (*bench.campaign.languages, MANY)]
    context, tab = opened(chromium, site, "en")
    for locale, scheme in (*light, ("ar", "dark"), (MANY, "dark")):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(address(site, locale))
        tab.evaluate("source => { (0, eval)(source) }", source)
        violations = tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in violations] == [], (locale, scheme)
    context.close()


@pytest.mark.slow
def test_pages_reflow_and_ask_for_nothing(bench, chromium, site):
    """320 pixels wide, and at 200 % text as well, no line runs out of the page; offline, no request leaves the file."""
    requests = []
    context, tab = opened(chromium, site, "en", viewport={"width": 320, "height": 640}, offline=True)
    tab.on("request", lambda request: requests.append(request.url))
    for locale in (*bench.campaign.languages, MANY):
        tab.goto(address(site, locale))
        for zoom in (1, 2):
            wide = tab.evaluate(
                "zoom => { document.documentElement.style.fontSize = `${112.5 * zoom}%`;"
                " return document.documentElement.scrollWidth }",
                zoom,
            )
            assert wide <= 320, (locale, zoom)
    assert len(requests) > len(bench.campaign.languages)
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    context.close()


@pytest.mark.slow
def test_a_page_works_without_javascript(chromium, site):
    """With JavaScript off the text is there, numbers are links of 44 pixels or more, and the chooser opens."""
    context, tab = opened(chromium, site, "ar", java_script_enabled=False)
    assert tab.locator("h1").inner_text().strip()
    for link in tab.locator("a.call, nav a, .emergency a").all():
        assert link.bounding_box()["height"] >= 44
    tab.locator("a.languages").click()
    assert tab.locator("ul.choose a").count() > 2
    tab.locator('a[hreflang="ar"]').click()
    assert tab.locator("html").get_attribute("dir") == "rtl"
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("javascript", [True, False])
def test_the_way_out_takes_the_place_of_the_page(bench, chromium, site, javascript):
    """With JavaScript "back" does not lead to the page that was left; without it the link still opens the other page."""
    context, tab = opened(chromium, site, MANY, java_script_enabled=javascript)
    other = "https://www.wikipedia.org/"
    context.route(other, lambda route: route.fulfill(body="<title>Other</title>", content_type="text/html"))
    tab.goto(address(site, "de"))
    tab.locator("a.exit").click()
    tab.wait_for_url(other)
    tab.go_back()
    assert tab.url == address(site, MANY if javascript else "de")
    context.close()


@pytest.mark.slow
def test_the_browser_shows_numbers_from_left_to_right(chromium, site):
    """In Arabic the + of a number stands left of its digits, on one line."""
    context, tab = opened(chromium, site, "ar")
    places = tab.evaluate(
        """() => [...document.querySelectorAll("bdi")].map(element => {
             const text = element.firstChild, range = document.createRange();
             const at = index => { range.setStart(text, index); range.setEnd(text, index + 1);
                                   return range.getBoundingClientRect() };
             const first = at(0), last = at(text.length - 1);
             return [element.textContent, first.left < last.left, first.top === last.top] })"""
    )
    assert len(places) > 3
    assert [place for place in places if place[1:] != [True, True]] == []
    context.close()


@pytest.mark.slow
def test_print_shows_the_numbers_and_not_the_way_out(chromium, site):
    """On paper the navigation is gone and the numbers are dark on white."""
    context, tab = opened(chromium, site, "de")
    tab.emulate_media(media="print")
    assert not tab.locator("nav a.exit").is_visible()
    assert tab.locator("a.call").first.is_visible()
    colour = tab.locator("a.call").first.evaluate("element => getComputedStyle(element).color")
    assert colour == "rgb(26, 26, 26)"
    context.close()
