"""Text that touches other text, a rule or the edge of its ground, or is too small, is found on the finished page."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace

import pytest
from tongues import spoken

from campaign.channels.layout import answerable, set_item
from campaign.channels.layout_data import Press
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.render.renderer import Renderer
from campaign.typeset import collisions, guard
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

#: One page of a stranger's layout, and what stands on it.
PAGE = """#import "style.typ": *
#set document(title: "tried")
#set page(width: 100mm, height: 60mm, margin: 10mm)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Nastaliq Urdu"), size: 12pt)
"""


@pytest.fixture(scope="module")
def bench(wide):
    """The wide campaign with one warm compiler and an English message."""
    space = loader.load(Project(wide))
    english = Renderer(space.project, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    return space.campaign, Typesetter(space.project), english, space.project.fonts


@pytest.fixture(scope="module")
def faults(wide, bench, tmp_path_factory):
    """What is wrong with a page; each is set in the same workspace, by one compiler."""
    from campaign.channels.layout_data import data

    campaign, _, english, _ = bench
    project = Project(shutil.copytree(wide, tmp_path_factory.mktemp("collisions") / "workspace"))
    values = data(english, campaign, review=False)

    def found(body: str, smallest: float = 6.0) -> tuple[str, ...]:
        (project.layouts / "tried.typ").write_text(PAGE + body, encoding="utf-8")
        pdf = Typesetter(project).lay_out("tried", values).pdf
        return collisions.faults(tuple(guard.opened(pdf)), smallest)

    return found


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("#place(dy: 10mm)[Rufen Sie]#place(dy: 12mm)[jemanden an]", "'Rufen Sie' and 'jemanden an' overlap"),
        ("#place(dy: 10mm)[Deutsch · German]#place(dy: 10mm, dx: 20mm)[Ausgabe]", "overlap"),
        ("#place(dy: 10mm)[Rufen Sie]#place(dy: 12mm, line(length: 40mm, stroke: .5pt + black))", "on a line"),
        ("#place(dx: 5mm, dy: 8mm, rect(width: 9mm, height: 9mm, fill: blue))#place(dy: 10mm)[Rufen Sie]", "the edge"),
        ("#place(dy: 10mm)[Rufen Sie]#place(dx: 2mm, dy: 9mm, circle(radius: 3mm, fill: blue))", "drawn there"),
        (
            "#place(dx: 5mm, dy: 8mm, rect(width: 9mm, height: 9mm, fill: blue))"
            "#place(dx: 14mm, dy: 8mm, rect(width: 9mm, height: 9mm, fill: red))#place(dx: 6mm, dy: 10mm)[Rufen]",
            "the edge",
        ),
        ("#place(dy: 10mm, text(size: 5.9pt)[klein])", "'klein' is set at 5.90 pt, 6 pt can be read"),
        ("#place(dy: 10mm, std.scale(40%, text(size: 12pt)[klein]))", "4.80 pt"),
    ],
    ids=["two lines", "one line", "rule", "half a ground", "circle over it", "two colours", "small", "made small"],
)
def test_what_touches_or_is_too_small_is_named(faults, body, said):
    """The finding says which text it is, and what it touches or how small it is."""
    assert [fault for fault in faults(body) if said in fault], faults(body)


@pytest.mark.parametrize(
    "body",
    [
        "#rect(fill: blue, width: 60mm, inset: 3mm)[Rufen Sie jemanden an]",
        "#circle(radius: 4mm, fill: blue, align(center + horizon)[1])",
        "Erste Zeile \\ zweite Zeile Ägypten \\ dritte Zeile jgpqy",
        '#text(lang: "ur", dir: rtl, font: "Noto Nastaliq Urdu", top-edge: 1.05em, bottom-edge: -.6em)[آپ کے حقوق ہیں \\ کسی سے بات کریں \\ یہ نمبر ملائیں]',
        '#text(lang: "ar", dir: rtl)[حقوقك هي نفسها \\ اتّصِلْ بنا الآنَ]',
        "#place(rotate(-20deg, text(size: 40pt, fill: luma(90%))[DRAFT]))#place(dy: 6mm)[Rufen Sie jemanden an]",
        "#place(dy: 14mm)[Ra]#place(dy: 14mm, dx: 30mm, rect(width: 9mm, height: 9mm, fill: blue))",
        "#box(clip: true, width: 30mm, height: 10mm, place(circle(radius: 30mm, fill: blue)))#place(dy: 14mm)[Rufen]",
        '#place(dy: 10mm, text(lang: "ar", dir: rtl, highlight[بعض الناس يستغلون ذلك ضدك \\ حق]))',
    ],
    ids=["on a ground", "numeral", "lines", "Nastaliq", "Arabic", "watermark", "beside", "clipped", "marked words"],
)
def test_text_that_stands_as_it_should_is_no_fault(faults, body):
    """Letters on their ground, tight lines of tall scripts, a mark across the page, a drawing that is cut off."""
    assert faults(body) == ()


def test_numerals_of_a_large_print_in_tigrinya_keep_their_distance(bench):
    """The steps stand apart from each other and from their heading where the page has nothing to spare."""
    campaign, typesetter, english, extra = bench
    for start in (0, 40):
        item = spoken(english, "ti", extra, start)
        laid = set_item(typesetter, "large-print-a4", item, campaign, review=True)
        assert collisions.faults(tuple(guard.opened(laid.pdf)), 18) == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "name"),
    [
        (tag, name)
        for name in ("palm-card", "trifold-a4", "leaflet-a5")
        for tag in ("ka", "ta", "ru", "my", "sd", "ur", "gu")
    ],
)
@pytest.mark.sample(3)
def test_what_nobody_can_shorten_is_fitted(bench, tag, name):
    """A language's own name, a long edition line, the organisation: made, whatever their length, in every format."""
    campaign, typesetter, english, extra = bench
    brand = replace(
        campaign.brand, organisation="Verein für Beratung und Schutz von Betroffenen des Menschenhandels e. V."
    )
    item = spoken(english, tag, extra, longer=1.4)
    laid = set_item(typesetter, name, item, replace(campaign, brand=brand), review=True, press=Press(3.0))
    assert {frame.id for frame in laid.frames} & {"folio", "imprint"}


def test_the_printers_smallest_type_is_the_layouts(bench):
    """A printer that wants 8 pt gets nothing smaller: it is set larger, not refused afterwards."""
    campaign, typesetter, english, _ = bench
    laid = set_item(typesetter, "palm-card", english, campaign, review=False, press=Press(3.0, min_text=8.0))
    assert collisions.faults(tuple(guard.opened(laid.pdf)), 8) == ()


def test_a_refusal_says_who_can_shorten_the_text(bench):
    """An organisation's name is the staff's, a text in German a mediator's."""
    campaign, typesetter, english, _ = bench
    brand = replace(campaign.brand, organisation="Bundesweiter Koordinierungskreis " * 12)
    with pytest.raises(CampaignError, match=r"(?s)Bundesweiter.*campaign staff.*brand\.organisation"):
        set_item(typesetter, "leaflet-a5", english, replace(campaign, brand=brand), review=False)
    item = replace(english, locale="de", blocks={**english.blocks, "closing": ("Wort " * 400,)})
    with pytest.raises(CampaignError, match="a mediator of de can shorten"):
        set_item(typesetter, "leaflet-a5", item, campaign, review=False)


def test_a_collision_says_whose_text_it_is(bench):
    """The name of an organisation that leaves the page is named, and it is for the staff to shorten, no mediator."""
    campaign, _, english, _ = bench
    brand = replace(campaign.brand, organisation="Verein für Beratung und Schutz e. V.")
    item, ours = replace(english, locale="de"), replace(campaign, brand=brand)
    todo = answerable("page 1: 'Verein für Beratung' leaves the frame 'imprint'", item, ours)
    assert "brand.organisation" in todo and "mediator" not in todo
    todo = answerable("page 1: 'Sie haben' and 'Verein für' overlap", item, ours)
    assert "brand.organisation" in todo and "a mediator of de" in todo


@pytest.mark.breadth
def test_one_refused_format_costs_no_other(cli, workspace, repository, rewrite):
    """The palm card is packed; the format that cannot be set is named, and the command ends with 1."""
    shutil.copytree(repository / "assets" / "icc", workspace.profiles, dirs_exist_ok=True)
    leaflet = workspace.layouts / "leaflet-a5.typ"
    rewrite(leaflet, 'fit("lists", h: 100%', 'fit("lists", h: 4mm')
    formats = ("--format", "palm-card", "--format", "leaflet-a5")
    done = cli.run(
        "pack", "printer", "--proof", "--lang", "de", "--audience", "migrants", *formats, "--jobs", "1", at=workspace
    )
    assert done.code == 1 and "'lists' does not fit" in done.err
    with zipfile.ZipFile(workspace.packs("review") / "printer_BE_de_standard_PROOF.zip") as archive:
        assert {name for name in archive.namelist() if name.endswith("press.pdf")} == {
            "BE_de_migrants_palm-card-press.pdf"
        }


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("de", "Rechtsberatungs\u00adstellenverzeichnis für Saisonarbeiter\u00adinnen"),
        ("ti", "መሰልኩም፡ይሕሉውዎም፡ሓገዝ፡ኣንጻር፡ንግዲ፡ደቂ፡ሰባት፡ኣብ፡ዓዲ፡ጀርመን፡ምርካብ፡ይከኣል"),
    ],
)
def test_a_long_title_breaks_where_its_script_lets_it(bench, tag, title):
    """At a soft hyphen, after Ethiopic's mark between words: it is set, and not refused as one word."""
    campaign, typesetter, english, _ = bench
    item = replace(english, locale=tag, blocks={**english.blocks, "title": (title,)})
    laid = set_item(typesetter, "trifold-a4", item, campaign, review=False)
    assert all(frame.size >= 17 for frame in laid.frames if frame.id == "title")


def test_an_english_line_in_urdu_reads_from_left_to_right(bench):
    """What nobody has translated yet keeps its order, its spaces and its full stop: the batch stands behind its word."""
    campaign, typesetter, english, _ = bench
    laid = set_item(typesetter, "leaflet-a5", replace(english, locale="ur"), campaign, review=False)
    assert any(f"Batch {english.batch}" in line for line in guard.visual_lines(laid.pdf))
