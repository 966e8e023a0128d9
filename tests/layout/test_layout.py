"""Laid-out items: whole, tagged, in the right order, and refused when a text does not fit or has no glyph."""

from __future__ import annotations

import contextlib
import io
import re
import socket
import threading
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from campaign import languages
from campaign.channels.layout import set_item
from campaign.channels.layout_data import data
from campaign.channels.registry import channels
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import fonts, guard
from campaign.typeset.session import Fit, Typesetter
from campaign.workspace import loader


@pytest.fixture(scope="module")
def bench(wide):
    """The wide campaign with one warm compiler: (campaign, typesetter, message of audience and language)."""
    space = loader.load(Project(wide))
    renderer = Renderer(space.project, space.campaign)

    def message(audience="migrants", locale="ar", country="BE"):
        return renderer.message(audience, locale, country, space.texts[locale])

    return space.campaign, Typesetter(space.project), message


def with_block(message, **blocks):
    """The message with other lines in some blocks."""
    return replace(message, blocks={**message.blocks, **{name: tuple(lines) for name, lines in blocks.items()}})


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["ar", "fa", "ti", "bn", "el", "de"])
@pytest.mark.sample(3)
def test_a_leaflet_is_two_tagged_a5_pages_in_its_language(bench, locale):
    """The screen PDF is A5, two pages, tagged, and says its title and language."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "leaflet-a5", message(locale=locale), campaign, review=True)
    document = pypdfium2.PdfDocument(laid.pdf)
    assert len(document) == 2
    assert [round(size * 25.4 / 72) for size in document[0].get_size()] == [148, 210]
    assert document.get_metadata_value("Title") == message(locale=locale).line("title")
    assert b"/MarkInfo" in laid.pdf or document.is_tagged()
    assert f"/Lang({languages.get(locale).typst_lang}".encode() in laid.pdf.replace(b" ", b"")
    assert all(frame.fits for frame in laid.frames)


@pytest.mark.parametrize("locale", ["ar", "fa"])
def test_numbers_stand_in_their_order_in_right_to_left_leaflets(bench, locale):
    """The eye meets +32 3 201 16 90 from left to right, on both pages and in the list."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "leaflet-a5", message(locale=locale), campaign, review=True)
    lines = "\n".join(guard.visual_lines(laid.pdf))
    assert lines.count("+32 3 201 16 90") == 3
    assert "09 61 102" not in lines
    assert "2026-11-24" in lines


def test_every_page_of_a_draft_says_so_in_two_languages(bench):
    """The review edition carries the watermark and the margin line on each page, in Arabic and in English; a release none."""
    campaign, typesetter, message = bench
    item = message()
    draft, final = (set_item(typesetter, "leaflet-a5", item, campaign, review=review).pdf for review in (True, False))
    for page in pypdfium2.PdfDocument(draft):
        text = page.get_textpage().get_text_range()
        assert "DRAFT" in text
        assert item.labels["draft"] in text
    assert "\n".join(guard.visual_lines(draft)).count("Draft for review. Do not hand out.") == 2
    assert "DRAFT" not in guard_text(final)


def test_an_english_draft_says_it_once_on_each_page(bench):
    """The line of the margin stands once where both of its languages are the same."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "leaflet-a5", message(locale="en"), campaign, review=True)
    for page in pypdfium2.PdfDocument(laid.pdf):
        text = page.get_textpage().get_text_range()
        assert text.count("Do not hand out") == 1


def guard_text(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_a_word_of_ninety_letters_is_refused_by_name(bench):
    """A title that cannot be set is one error that names language, audience and text; nothing is clipped."""
    campaign, typesetter, message = bench
    item = with_block(message(locale="de"), title=["D" + "onaudampfschifffahrt" * 5])
    with pytest.raises(CampaignError, match=r"de/migrants.*clipped.*Donaudampf"):
        set_item(typesetter, "leaflet-a5", item, campaign, review=True)


def test_six_hundred_words_are_refused_by_name(bench):
    """A lead that is far too long is one error that names it."""
    campaign, typesetter, message = bench
    item = with_block(message(locale="de"), lead=["Worte und mehr " * 200])
    with pytest.raises(CampaignError, match=r"clipped.*lead.*Worte und mehr"):
        set_item(typesetter, "leaflet-a5", item, campaign, review=True)


def test_an_english_line_fits_into_a_right_to_left_leaflet(bench):
    """A title that is not translated yet stands in its frame in the review edition, punctuation at the line end too."""
    campaign, typesetter, message = bench
    item = with_block(message(locale="ar"), title=["You have rights, whatever your papers"])
    laid = set_item(typesetter, "leaflet-a5", item, campaign, review=True)
    assert "whatever your papers" in "\n".join(guard.visual_lines(laid.pdf))


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "<b>bold</b> *star* _line_ $x$ @ref", "{{ 7*7 }} \\ ~ #let x = 1"]
)
def test_typst_code_in_a_text_is_printed_not_run(bench, text):
    """Whatever a translation holds, the leaflet shows these letters."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "leaflet-a5", with_block(message(locale="de"), closing=[text]), campaign, review=True)
    assert re.sub(r"\s", "", text) in re.sub(r"\s", "", guard_text(laid.pdf))


def test_a_character_without_glyph_is_refused_by_name(bench):
    """A missing glyph never prints as a blank: the error names the character and the line."""
    campaign, typesetter, message = bench
    with pytest.raises(CampaignError, match=r"glyph.*U\+1F600"):
        set_item(
            typesetter,
            "leaflet-a5",
            with_block(message(locale="de"), closing=["Hilfe \U0001f600"]),
            campaign,
            review=True,
        )


def test_the_compiler_refuses_a_missing_glyph_by_itself(bench):
    """The second gate: even if the coverage check were wrong, PDF/UA export fails per missing character."""
    campaign, typesetter, message = bench
    values = data(with_block(message(locale="de"), closing=["ሀ"]), campaign, review=True)
    with pytest.raises(CampaignError, match="could not be displayed"):
        typesetter.lay_out("leaflet-a5", values)


def test_the_guard_finds_text_outside_its_frame_and_outside_the_safe_margin(workspace):
    """A layout that lies about its fit is caught by reading the finished PDF."""
    (workspace.layouts / "bad.typ").write_text(
        '#set document(title: "x", date: none)\n#set page(width: 100mm, height: 100mm, margin: 0mm)\n'
        '#set text(font: "Noto Sans", lang: "en")\n#place(dx: 1mm, dy: 50mm)[margin]\n#place(dx: 40mm, dy: 20mm)[frame]\n'
    )
    pdf = Typesetter(workspace).lay_out("bad", {}).pdf
    frame = Fit("small", True, 10, 1, 40 * guard.MM, 20 * guard.MM, 5 * guard.MM, 6 * guard.MM)
    wide = replace(frame, w=30 * guard.MM)
    faults = guard.outside(guard.opened(pdf), [frame], 5)
    assert any("'margin'" in fault and "safe margin" in fault for fault in faults)
    assert any("'small'" in fault for fault in guard.outside(guard.opened(pdf), [replace(frame, w=8 * guard.MM)], 0))
    assert not any("'small'" in fault for fault in guard.outside(guard.opened(pdf), [wide], 0))


def test_only_the_named_font_files_are_loaded(repository):
    """Each family and weight comes from one file, so that every machine prints the same letters."""
    loaded = [(font.family, font.weight, font.style) for font in fonts.load(repository / "assets" / "fonts").fonts()]
    assert len(loaded) == len(set(loaded))
    assert ("Noto Sans", 400, "normal") in loaded
    assert ord("ह") in fonts.characters(None, "Noto Sans")


def test_text_is_as_large_as_its_frame_allows(bench, workspace):
    """The search that asks little finds the size that trying every size finds: a word, a text, a list; none, all."""
    campaign, _, message = bench
    (workspace.layouts / "sizes.typ").write_text(SIZES, encoding="utf-8")
    frames = Typesetter(workspace).lay_out("sizes", data(message(locale="en"), campaign, review=True)).frames
    found = [(frame.fits, frame.size) for frame in frames if frame.id == "found"]
    tried = [(frame.fits, frame.size) for frame in frames if frame.id == "tried"]
    assert found == tried
    sizes = sorted({size for _, size in tried})
    assert len(sizes) > 20 and sizes[-1] - sizes[0] == 13  # all of them are tried, from the smallest to the largest
    assert (False, sizes[0]) in tried


#: Texts in frames of many heights, each beside the size that trying every size finds for it.
SIZES = """#import "style.typ": *
#entitled(title: "sizes")
#show: script-style
#set page(height: auto)
#let room = calc.max(.32, line-gap * .5)
#let tried(body, width, height) = context {
  let fills(s) = measure(width: width, text(size: s, body)).height + 2 * room * s <= height
  let (min, max) = (7pt * scale, 20pt * scale)
  let sizes = range(int((max - min) / .5pt) + 1).map(k => min + k * .5pt).filter(fills)
  [#metadata((id: "tried", fits: sizes.len() > 0, size: sizes.at(-1, default: min).pt(), w: 0, h: 0)) <fit>]
}
#for body in (lorem(2), lorem(40), lorem(150), marked(lorem(60).split(". "), dot(hue)), [#lorem(9)\\ #lorem(30)]) {
  for (n, height) in range(6, 130, step: 9).enumerate() {
    let likely = (none, 9pt, 14pt).at(calc.rem(n, 3))
    // Two words are one line in every size: then its height is not searched for.
    fit("found", body, w: 90mm, h: height * 1mm, min: 7pt, max: 20pt, step: .5pt, likely: likely, single: body == lorem(2))
    tried(body, 90mm, height * 1mm)
  }
}
"""


def test_a_layout_cannot_read_through_a_link(workspace, tmp_path):
    """A symbolic link in the layouts that leads out is refused by its name."""
    (tmp_path / "secret.txt").write_text("secret")
    (workspace.layouts / "link.txt").symlink_to(tmp_path / "secret.txt")
    (workspace.layouts / "peek.typ").write_text('#set document(title: "x", date: none)\n#read("link.txt")\n')
    with pytest.raises(CampaignError, match=r"templates/layouts/link.txt: is a link to"):
        Typesetter(workspace).lay_out("peek", {})


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en", "ar", "bn"])
@pytest.mark.sample(2)
def test_every_channel_keeps_the_contract(bench, locale):
    """Every channel gives named files with bytes, a media type and the units they show, twice the same."""
    campaign, typesetter, message = bench
    for name in campaign.channels:
        channel = channels(campaign, typesetter, review=True)[name]
        first, second = tuple(channel.export(message(locale=locale))), tuple(channel.export(message(locale=locale)))
        assert first == second, name
        assert channel.name == name
        assert set(channel.shows(message())) and channel.contacts(message())
        for artefact in first:
            assert artefact.data and artefact.units and artefact.format
            assert re.fullmatch(r"[a-z0-9-]+\.(pdf|png|txt|json|html)", artefact.path)
            assert artefact.media_type in (
                "application/pdf",
                "image/png",
                "text/plain",
                "application/json",
                "text/html",
            )


def test_the_card_is_exactly_1080_pixels_square(bench):
    """The card uploads as it is: 1080 by 1080 pixels, under 1 MB, with a description of the picture."""
    campaign, typesetter, message = bench
    files = {
        a.path: a.data for a in channels(campaign, typesetter, review=False)["social"].export(message(locale="ti"))
    }
    picture = Image.open(io.BytesIO(files["card-1080x1080.png"]))
    assert picture.size == (1080, 1080)
    assert len(files["card-1080x1080.png"]) < 1_000_000
    item = message(locale="ti")
    words = [item.line("title"), item.helplines[0].contact.display, item.line("alt")]
    assert files["card-1080x1080-alt.txt"].decode().split("\n") == words


@pytest.mark.slow
def test_text_items_of_a_draft_begin_with_the_word_draft(bench):
    """An SMS and a post of the review edition say DRAFT first, in both languages; their cost is counted without it."""
    campaign, typesetter, message = bench
    for name, path in (("sms", "sms.txt"), ("social", "x.txt")):
        draft, final = (
            {a.path: a for a in channels(campaign, typesetter, review=review)[name].export(message())}[
                path
            ].data.decode()
            for review in (True, False)
        )
        assert draft == f"[{message().labels['draft']} / DRAFT] {final}"


def sizes(laid, *names):
    """The size in pt of each frame of these names."""
    return [frame.size for frame in laid.frames if frame.id in names]


def test_long_headlines_are_measured_at_the_size_they_are_set(bench):
    """The Romanian roll fold, whose headline was set wider than it was measured, fits; its largest type is the headline's."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "trifold-a4", message("women-children", "ro"), campaign, review=True)
    page = pypdfium2.PdfDocument(laid.pdf)[0]
    runs = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
    word = message("women-children", "ro").line("title").split()[0]
    set_at = {
        round(run.get_font_size() * run.get_matrix().a, 2) for run in runs if run.extract().strip().startswith(word)
    }
    assert set_at == set(sizes(laid, "title"))


@pytest.mark.slow
def test_panels_of_a_roll_fold_share_one_size(bench):
    """The three lists, and their three headings, are set in one size, and each sheet says the emergency number."""
    campaign, typesetter, message = bench
    # Italy's record backs four lines of promises, which once were too many for the low strip inside.
    laid = set_item(typesetter, "trifold-a4", message("women-children", "ar", "IT"), campaign, review=False)
    for names in (("signs-list", "rights-list", "steps-list"), ("signs_title", "rights_title", "steps_title")):
        assert len(sizes(laid, *names)) == 3
        assert len(set(sizes(laid, *names))) == 1
    assert {frame.page for frame in laid.frames if frame.id == "emergency"} == {1, 2}


@pytest.mark.slow
def test_a_short_last_word_does_not_stand_alone(bench):
    """Whatever the width, 'ist.' takes the word before it along; words stay whole and foreign names in their order."""
    campaign, typesetter, message = bench
    signs = [f"Jemand sagt {'immer ' * n}dass es gut ist." for n in range(1, 7)]
    laid = set_item(typesetter, "trifold-a4", with_block(message(locale="de"), signs=signs), campaign, review=False)
    lines = [line.strip() for line in guard.visual_lines(laid.pdf)]
    assert sum(line.endswith("gut ist.") for line in lines) == 6
    arabic = set_item(typesetter, "leaflet-a5", message(locale="ar"), campaign, review=False)
    lines = "\n".join(guard.visual_lines(arabic.pdf))
    assert all(name in lines for name in ("Nederlands", "Français", "English"))


@pytest.mark.parametrize("locale", ["de", "ar"])
def test_large_print_keeps_each_list_on_one_page(bench, locale):
    """Large print grows by whole parts: a list and its heading share a page, in 18 pt, on four pages at most."""
    campaign, typesetter, message = bench
    item = message(locale=locale)
    laid = set_item(typesetter, "large-print-a4", item, campaign, review=False)
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(laid.pdf)]
    assert len(pages) <= 4
    if locale == "de":  # the reader of Arabic pages turns letters into their shapes
        for name in ("signs", "rights", "steps"):
            wanted = [re.sub(r"\s", "", line) for line in (item.line(f"{name}_title"), *item.blocks[name])]
            assert any(all(line in page for line in wanted) for page in pages), name


@pytest.mark.parametrize("locale", ["en", "el", "ar"])
def test_easy_read_is_one_sheet(bench, locale):
    """Twelve ideas and the helpline take both sides of one sheet, not a third page for the rest."""
    campaign, typesetter, message = bench
    laid = set_item(typesetter, "easy-read-a4", message("disability-learning", locale), campaign, review=False)
    assert len(guard.opened(laid.pdf)) == 2


@pytest.mark.slow
def test_a_mark_behind_a_chinese_phrase_keeps_its_width(bench):
    """Phrases stay whole on a line, and yet a comma takes as much of it as a sign: not half, as at the end of a line."""
    campaign, typesetter, message = bench
    item = with_block(replace(message(locale="en"), locale="zh-Hans"), closing=["没有证件，您仍然有权利。"])
    laid = set_item(typesetter, "leaflet-a5", item, campaign, review=False)
    text = pypdfium2.PdfDocument(laid.pdf)[1].get_textpage()
    start = text.get_text_range().replace("\r\n", "\n").index("没有证件，您")
    start = next(n for n in range(start, start + 40) if text.get_text_range(n, 6) == "没有证件，您")
    left = [text.get_charbox(start + n, loose=True)[0] for n in (3, 4, 5)]
    assert left[2] - left[1] > 0.9 * (left[1] - left[0])


@pytest.mark.parametrize("layout", ["leaflet-a5", "poster-a3"])
def test_nastaliq_has_room(bench, layout):
    """Urdu, whose letters climb two lines high, fits; its numbers keep their spaces and the emergency line its size."""
    campaign, typesetter, message = bench
    item = replace(message(locale="ar"), locale="ur")
    item = with_block(
        item,
        title=["آپ کے حقوق ہیں، آپ کے کاغذات جیسے بھی ہوں"],
        signs=["کچھ لوگ کہتے ہیں کہ کشتی کی قیمت بدل گئی ہے۔", "کوئی آپ کا پاسپورٹ اپنے پاس رکھتا ہے۔"],
        steps=["+32 3 201 16 90 پر اس وقت فون کریں جب کوئی سن نہ رہا ہو۔"],
    )
    laid = set_item(typesetter, layout, item, campaign, review=True)
    lines = "\n".join(guard.visual_lines(laid.pdf))
    assert lines.count("+32 3 201 16 90") == (3 if layout == "leaflet-a5" else 1)
    assert min(sizes(laid, "emergency")) >= 9


@pytest.mark.parametrize("package", ['"@preview/cetz:0.2.2"', '("@" + "preview/cetz:0.2.2")'])
def test_a_layout_never_asks_the_network_for_a_package(workspace, package, monkeypatch):
    """Written out or put together: refused in words, and nothing is sent, not even to the user's own proxy."""
    path = workspace.layouts / "card-1080x1080.typ"
    path.write_text(f"#import {package}\n" + path.read_text())
    asked = []

    def answer():
        with contextlib.suppress(OSError):
            asked.append(proxy.accept()[0].close())

    with socket.create_server(("127.0.0.1", 0)) as proxy:
        threading.Thread(target=answer, daemon=True).start()
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with pytest.raises(CampaignError, match="takes in a package from the network") as caught:
            Typesetter(workspace).lay_out("card-1080x1080", {})
        assert not asked
    assert caught.value.problems[0].where == "templates/layouts/card-1080x1080.typ"
