"""What a signature covers: what changes, exactly the items that show it must be signed again; an undone change costs nothing.

Every change is tried on a campaign whose items were signed as a whole and on one that was approved sentence by sentence.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_campaigns import PROFILES, lay_out
from signing import answer, sign

from campaign.editions.build import build
from campaign.ledger import ledger
from campaign.ledger.verdicts import Person
from campaign.model.cover import FORM, Cover, fullness
from campaign.model.edition import Edition
from campaign.model.state import State
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.reporting.status import status
from campaign.review.commands import sign_items
from campaign.review.session import Desk
from campaign.review.snapshot import shown
from campaign.translation import catalogues
from campaign.workspace.selection import Selection

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

ON = date.today()
AMINA = Person("A. Haddad", "mediator")
CLI = Any
Rewrite = Callable[[Path, str, str], None]
Attest = Callable[[Project], None]


def two_countries(root: Path, wide: Path) -> Project:
    """The small campaign in German for Belgium and Germany, its contacts verified later."""
    project = Project(root)
    config = project.config.read_text(encoding="utf-8")
    config = config.replace('countries = ["BE"]', 'countries = ["BE", "DE"]').replace('"de", "ar"', '"de"')
    project.config.write_text(config, encoding="utf-8")
    every = re.split(r"(?m)^(?=\[\[contact\]\])", (wide / "contacts.toml").read_text(encoding="utf-8"))
    german = "".join(part for part in every if 'country = "DE"' in part)
    german = re.sub(r"(?m)^audiences = .*$", 'audiences = ["unaccompanied-children"]', german)
    project.contacts.write_text(f"{project.contacts.read_text(encoding='utf-8')}\n{german}", encoding="utf-8")
    return project


def approve(project: Project, locale: str, *, whole: bool) -> None:
    """Sign every item of a language as a whole, or every sentence by itself."""
    if whole:
        sign_items(project, locale, Selection(), reviewer=AMINA.name, role=AMINA.role, on=ON, comment="")
        return
    units = [line.unit for line in Desk(project).sheet(locale).lines.values()]
    sign(project, locale, units, reviewer=AMINA.name, role=AMINA.role, on=ON)


@pytest.fixture(scope="module", params=[True, False], ids=["whole", "sentences"])
def _small(
    request: Any, _fresh_workspace: Path, wide: Path, attest: Attest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    root = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("small") / "workspace"))
    project = two_countries(root, wide)
    (project.assets / "fonts").mkdir(exist_ok=True)
    attest(project)
    approve(project, "de", whole=request.param)
    return root


@pytest.fixture
def small(_small: Path, tmp_path: Path) -> Project:
    """Two countries, two audiences, sixteen items in German, all signed."""
    return Project(Path(shutil.copytree(_small, tmp_path / "small")))


@pytest.fixture(scope="module")
def _outsider(attest: Attest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = lay_out("outsider", tmp_path_factory.mktemp("outsider") / "workspace", PROFILES)
    attest(project)
    approve(project, "ur", whole=True)
    return project.root


@pytest.fixture
def outsider(_outsider: Path, tmp_path: Path) -> Project:
    """A campaign of strangers, its sixteen items in Urdu signed as a whole."""
    return Project(Path(shutil.copytree(_outsider, tmp_path / "outsider")))


def stale(project: Project, locale: str = "de") -> set[str]:
    """The stale items by country/audience/channel; every other one is signed."""
    rows = status(project, Selection(locales=(locale,)), ON).languages[0].items
    assert {state for _, state in rows} <= {State.STALE, State.SIGNED}
    found = {f"{job.country}/{job.audience}/{job.channel}" for job, state in rows if state is State.STALE}
    return {name.replace("unaccompanied-children", "children").replace("mineurs-isoles", "mineurs") for name in found}


def of(
    *channels: str, audiences: Iterable[str] = ("migrants", "children"), countries: Iterable[str] = ("BE", "DE")
) -> set[str]:
    """The names of the items of these channels."""
    return {f"{c}/{a}/{channel}" for c in countries for a in audiences for channel in channels}


def edit(path: str, old: str, new: str) -> Callable[[Project], None]:
    """A change of one place in a text file."""

    def change(project: Project) -> None:
        text = (project.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        (project.root / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def add(path: str, more: str) -> Callable[[Project], None]:
    """More at the end of a file, or a new file."""

    def change(project: Project) -> None:
        before = (project.root / path).read_text(encoding="utf-8") if (project.root / path).exists() else ""
        (project.root / path).write_text(before + more, encoding="utf-8")

    return change


MESSAGE = "templates/messages/migrants.j2"
LEAVE = "{% trans %}You cannot leave, or somebody always watches you.{% endtrans %}\n"
DOCTORS = "{% trans %}Someone says that doctors or helpers will report you.{% endtrans %}\n"
PHOTOS = "{% trans %}Send photos of your papers to a person you trust.{% endtrans %}\n"
PAGES, LOOKS, ALL = ("leaflet", "web"), ("leaflet", "social", "web"), ("leaflet", "sms", "social", "web")


def moved(project: Project) -> None:
    """A warning sign stands under "what you can do now"."""
    edit(MESSAGE, LEAVE, "")(project)
    edit(MESSAGE, PHOTOS, PHOTOS + LEAVE)(project)


def swapped(project: Project) -> None:
    """The last warning sign is the third."""
    edit(MESSAGE, LEAVE, "")(project)
    edit(MESSAGE, DOCTORS, LEAVE + DOCTORS)(project)


def font(project: Project) -> None:
    """The workspace brings its own file of the font of German."""
    from campaign.typeset.fonts import plain_files

    shutil.copyfile(plain_files()[0], project.assets / "fonts" / "own.ttf")


CHANGES: dict[str, tuple[Callable[[Project], None], set[str]]] = {
    "a warning sign moved; posts show the steps": (moved, of(*LOOKS, audiences=["migrants"])),
    "a warning sign deleted": (edit(MESSAGE, LEAVE, ""), of(*PAGES, audiences=["migrants"])),
    "two warning signs in another order": (swapped, of(*PAGES, audiences=["migrants"])),
    "a sentence switched off for one country": (
        edit(MESSAGE, LEAVE, '{% if helpline != "SOLWODI" %}' + LEAVE.strip() + "{% endif %}\n"),
        of(*PAGES, audiences=["migrants"], countries=["DE"]),
    ),
    "the lines of a post in another order": (
        edit("templates/channels/post-short.j2", "{{ post }}\n{{ phone }}\n", "{{ phone }}\n{{ post }}\n"),
        of("social"),
    ),
    "the number left out of the SMS template": (
        edit("templates/channels/sms.j2", "{{ sms }}", "{{ sms }}\n{{ url }}"),
        of("sms"),
    ),
    "another picture of the same name": (
        edit("assets/illustrations/migrants.svg", "</svg>", '<path d="M0 0h9v9z"/></svg>'),
        of(*LOOKS, audiences=["migrants"]),
    ),
    "another logo of the same name": (
        edit("assets/logos/campaign.svg", "</svg>", '<path d="M0 0h9v9z"/></svg>'),
        of("leaflet", "social"),
    ),
    "an icon": (edit("assets/icons/clock.svg", "</svg>", '<path d="M0 0h9v9z"/></svg>'), of("leaflet")),
    "the name of the organisation": (
        edit("campaign.toml", 'organisation = ""', 'organisation = "Another one"'),
        of(*LOOKS),
    ),
    "a colour of all": (
        edit("campaign.toml", "[review]", '[brand.palette]\nprimary = "#123456"\n\n[review]'),
        of(*LOOKS),
    ),
    "the colour of one audience": (
        edit("campaign.toml", 'accent = "coral"', 'accent = "plum"'),
        of(*LOOKS, audiences=["migrants"]),
    ),
    "a rule of the page's style": (add("templates/channels/page.css", "\np { display: none }\n"), of("web")),
    "an element of the page": (edit("templates/channels/page.j2", "<main>", '<main class="wide">'), of("web")),
    "where the quick exit leads": (
        edit("campaign.toml", "https://www.wikipedia.org/", "https://www.example.org/"),
        of("web"),
    ),
    "the address of the site": (
        edit("campaign.toml", "https://rights.test/help", "https://rights.test/hulp"),
        of(*ALL),
    ),
    "the layout of the leaflet": (
        edit("templates/layouts/leaflet-a5.typ", "picture(d.logo, d.logo_alt, height: 7mm)", "[]"),
        of("leaflet"),
    ),
    "the size of a format": (edit("campaign.toml", "width = 148\n", "width = 147\n"), of("leaflet")),
    "one of the cards": (add("templates/layouts/card-1200x630.typ", "#h(1pt)\n"), of("social")),
    "what only cards use of the style": (
        edit("templates/layouts/style.typ", "radius: h / 2, inset: (x: h * .4)", "radius: h / 3, inset: (x: h * .4)"),
        of("social"),
    ),
    "what all layouts use of the style": (
        edit("templates/layouts/style.typ", "size: 10.5pt * scale)", "size: 10.4pt * scale)"),
        of("leaflet", "social"),
    ),
    "a font": (font, of("leaflet", "social")),
    "how the SMS is spelt": (edit("campaign.toml", "parts = 3", "parts = 3\nplain = true"), of("sms")),
    "a hashtag of the language": (
        edit("campaign.toml", "[social.hashtags]\n", '[social.hashtags]\nde = ["DuHastRechte"]\n'),
        of("social"),
    ),
}


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.sample(3)
def test_a_change_makes_exactly_its_items_stale_and_undone_none(small: Project, case: str) -> None:
    """Order, picture, layout and look are signed with the words, each channel for itself; the old state is signed."""
    change, items = CHANGES[case]
    kept = Path(shutil.copytree(small.root, small.root.parent / "kept"))
    change(small)
    assert stale(small) == items
    assert stale(Project(kept)) == set()
    for name in ("templates", "assets"):
        shutil.rmtree(small.root / name)
        shutil.copytree(kept / name, small.root / name)
    shutil.copyfile(kept / "campaign.toml", small.config)
    assert stale(small) == set()


HARMLESS: dict[str, Callable[[Project], None]] = {
    "a comment in a message": edit(MESSAGE, LEAVE, "{# a remark #}\n" + LEAVE),
    "an empty line in a message": edit(MESSAGE, LEAVE, "\n" + LEAVE),
    "a note for translators": edit(MESSAGE, "{# translators: warning signs, a list #}", "{# translators: signs #}"),
    "comments and empty lines in the page": edit(
        "templates/channels/page.j2", "<main>", "{# a #}\n\n<!-- b -->\n<main>"
    ),
    "a comment in the style of the page": add("templates/channels/page.css", "\n/* { } a remark */\n\n"),
    "a rule of the style that changes no words": add("templates/channels/page.css", "\nmain { margin: 0 auto }\n"),
    "a comment in a layout": add("templates/layouts/leaflet-a5.typ", "\n// a remark\n\n"),
    "a comment in the style of the layouts": edit(
        "templates/layouts/style.typ", "// What touches the edge", "// A remark.\n// What touches the edge"
    ),
    "a comment in a post": edit("templates/channels/post-short.j2", "{{ post }}", "{# a remark -#}\n{{ post }}"),
    "the layout of the palm card": add("templates/layouts/palm-card.typ", "#h(1pt)\n"),
    "the layout of the worksheets": add("templates/layouts/worksheet.typ", "#h(1pt)\n"),
    "the date of the edition": edit("campaign.toml", "edition = 2026-11-24", "edition = 2026-12-01"),
    "the name of the campaign": edit("campaign.toml", 'name = "You have rights"', 'name = "Rights"'),
    "who prints how many": edit("campaign.toml", 'name = "A5 leaflet"', 'name = "Leaflet"\nquantity = 500'),
    "a picture that nobody shows": add("assets/illustrations/other.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "a source of a contact": edit("contacts.toml", "Public page of PAG-ASA", "Page of PAG-ASA"),
    "the word that addresses are made of": edit("campaign.toml", "[web]\n", '[web]\nkey = "spring"\n'),
    "a budget": edit("campaign.toml", "parts = 3", "parts = 2"),
    "a hashtag of another language": edit("campaign.toml", 'en = ["YouHaveRights"]', 'en = ["Rights"]'),
}


@pytest.mark.parametrize("case", HARMLESS)
@pytest.mark.sample(4)
def test_what_no_reader_sees_costs_no_signature(small: Project, case: str) -> None:
    """Comments, empty lines, dates, names and what is in no item: everything stays signed."""
    HARMLESS[case](small)
    assert stale(small) == set()


OUTSIDE: dict[str, tuple[Callable[[Project], None], set[str]]] = {
    "the picture of one audience": (
        edit("assets/illustrations/recoltes.svg", "</svg>", '<path d="M0 0h9v9z"/></svg>'),
        of(*LOOKS, audiences=["recoltes"], countries=["FR", "GB"]),
    ),
    "two steps in another order": (
        edit(
            "templates/messages/recoltes.j2",
            "{% trans %}Notez vos heures et le nom du lieu.{% endtrans %}\n"
            "{% trans %}Gardez une photo de vos papiers chez une personne de confiance.{% endtrans %}\n",
            "{% trans %}Gardez une photo de vos papiers chez une personne de confiance.{% endtrans %}\n"
            "{% trans %}Notez vos heures et le nom du lieu.{% endtrans %}\n",
        ),
        of(*LOOKS, audiences=["recoltes"], countries=["FR", "GB"]),
    ),
    "what people write to stop": (
        edit("campaign.toml", 'GB = "STOP 60777"', 'GB = "STOP 60778"'),
        of("sms", audiences=["recoltes", "mineurs"], countries=["GB"]),
    ),
    "the font of the language": (
        lambda project: (project.assets / "fonts" / "NotoNastaliqUrdu-Bold.ttf").write_bytes(
            (project.assets / "fonts" / "NotoNastaliqUrdu-Regular.ttf").read_bytes()
        ),
        of("leaflet", "social", audiences=["recoltes", "mineurs"], countries=["FR", "GB"]),
    ),
    "the logo": (
        edit("assets/logos/epi.svg", "</svg>", '<path d="M0 0h9v9z"/></svg>'),
        of("leaflet", "social", audiences=["recoltes", "mineurs"], countries=["FR", "GB"]),
    ),
    "that a helpline answers on WhatsApp": (
        edit("contacts.toml", "answers_whatsapp = true\n", ""),
        of(*LOOKS, audiences=["recoltes"], countries=["FR"])
        | of("leaflet", "web", audiences=["mineurs"], countries=["FR"]),
    ),
}


@pytest.mark.parametrize("case", OUTSIDE)
@pytest.mark.sample(3)
def test_a_campaign_of_strangers_is_covered_alike(outsider: Project, case: str) -> None:
    """Another source language, script, logo and countries: the same parts, the same sets."""
    change, items = OUTSIDE[case]
    change(outsider)
    assert stale(outsider, "ur") == items


def refused(project: Project, *channels: str) -> dict[str, set[str]]:
    """What a release of the migrants' items for Belgium says is stale, by channel."""
    chosen = Selection(("BE",), ("de",), ("migrants",), channels)
    report = build(
        project, edition=Edition.RELEASE, selection=chosen, workers=1, today=ON, progress=lambda done, total: None
    )
    return {item.job.channel: {f.detail for f in item.refused if f.detail.startswith("stale")} for item in report.items}


NAMED = {
    "a sign": (edit(MESSAGE, LEAVE, ""), "the order of its sentences, or which ones it shows,"),
    "a picture": (CHANGES["another picture of the same name"][0], "the picture"),
    "a layout": (CHANGES["the layout of the leaflet"][0], "the layout leaflet-a5"),
    "a logo": (CHANGES["another logo of the same name"][0], "the logo"),
    "the organisation": (CHANGES["the name of the organisation"][0], "the organisation"),
    "a number": (
        edit("contacts.toml", 'number = "+3225116464"', 'number = "+3225116465"'),
        "the number of be-pag-asa, from +3225116464 to +3225116465,",
    ),
    "a promise": (
        edit("contacts.toml", 'number = "+3225116464"', 'number = "+3225116464"\ncost = "free"'),
        "what is said of be-pag-asa",
    ),
    "a helpline": (
        edit(
            "contacts.toml",
            'name = "PAG-ASA"\nkind = "trafficking"',
            'name = "PAG-ASA"\nkind = "trafficking"\naudiences = ["migrants"]',
        ),
        "which helplines it names, or their order,",
    ),
}


@pytest.mark.parametrize("case", NAMED)
@pytest.mark.sample(3)
def test_a_release_names_the_part_that_changed(small: Project, case: str) -> None:
    """Whoever must sign again reads what is new; where nothing changed nothing is said."""
    change, part = NAMED[case]
    change(small)
    assert f"stale: {part} changed since it was signed" in refused(small, "leaflet")["leaflet"]


def printed(cli: CLI, project: Project, *formats: str) -> Any:
    """`pack printer` of these formats of the Belgian migrants' leaflet."""
    options = [option for name in formats for option in ("--format", name)]
    return cli.run("pack", "printer", "--country", "BE", "--lang", "de", "--audience", "migrants", *options, at=project)


@pytest.mark.parametrize("case", ["a sign", "a picture", "a layout", "a logo", "a number"])
@pytest.mark.sample(1)
def test_a_palm_card_is_not_refused_for_what_only_the_leaflet_prints(
    small: Project, wide: Path, cli: CLI, case: str
) -> None:
    """It has one number, no picture, no logo and none of these sentences."""
    shutil.copytree(wide / "assets" / "icc", small.profiles, dirs_exist_ok=True)
    NAMED[case][0](small)
    assert printed(cli, small, "palm-card").code == 0
    assert printed(cli, small, "leaflet-a5").code == 1


@pytest.mark.breadth
def test_each_format_is_refused_for_its_own_layout(small: Project, wide: Path, cli: CLI) -> None:
    """An edit of the palm card holds back palm cards; so do the inks, which no leaflet of a screen has."""
    shutil.copytree(wide / "assets" / "icc", small.profiles, dirs_exist_ok=True)
    add("templates/layouts/palm-card.typ", "#h(1pt)\n")(small)
    assert "stale: the layout palm-card changed" in printed(cli, small, "palm-card").err
    assert printed(cli, small, "trifold-a4").code == 0
    assert stale(small) == set()
    edit("campaign.toml", "[review]", "[brand.inks]\nprimary = [90, 40, 45, 30]\n\n[review]")(small)
    assert "stale: the inks of the colours changed" in printed(cli, small, "trifold-a4").err
    assert stale(small) == set()


@pytest.mark.sample(1)
def test_an_edit_of_the_source_that_is_undone_is_signed_again(small: Project, rewrite: Rewrite) -> None:
    """The sentence has its own text back, however often the catalogues were brought in step meanwhile, and whatever was
    signed in between.
    """
    path, lead = small.root / MESSAGE, "{% trans %}Without papers you still have rights.{% endtrans %}"
    kept = path.read_bytes()
    for new in (
        "{% trans %}Without papers you have rights.{% endtrans %}",
        "",
        "{% trans %}Call somebody.{% endtrans %}",
    ):
        rewrite(path, lead, new)
        catalogues.update(small)
        desk = Desk(small)
        other = next(key for key, line in desk.sheet("de").lines.items() if line.unit.source == "Your rights")
        assert answer(desk, "de", other, Verdict.SIGN, AMINA, ON).done
        path.write_bytes(kept)
        catalogues.update(small)
        assert stale(small) == set()


def test_an_undone_plural_context_or_lost_entry_is_signed_again(small: Project, rewrite: Rewrite) -> None:
    """The ledger keeps the words, so they come back also where the PO file has none of them any more."""
    path, book = small.root / MESSAGE, small.catalogue("de")
    kept = path.read_bytes()
    sentence = "{% trans %}You cannot leave, or somebody always watches you.{% endtrans %}"
    rewrite(path, sentence, "")
    catalogues.update(small)
    live = book.read_text(encoding="utf-8").partition("#~")[0]
    book.write_text(live, encoding="utf-8")  # as programs do that throw old entries away
    path.write_bytes(kept)
    catalogues.update(small)
    assert stale(small) == set()


def test_words_that_somebody_rejected_do_not_come_back_signed(small: Project, rewrite: Rewrite) -> None:
    """Only what stands in the ledger is restored: an objection takes it away."""
    path, source = small.root / MESSAGE, "Without papers you still have rights."
    kept, desk = path.read_bytes(), Desk(small)
    key = next(key for key, line in desk.sheet("de").lines.items() if line.unit.source == source)
    assert answer(desk, "de", key, Verdict.REJECT, AMINA, ON, reason="wrong").done
    rewrite(path, source, "Call somebody now.")
    catalogues.update(small)
    path.write_bytes(kept)
    catalogues.update(small)
    assert Desk(small).sheet("de").lines[key].state is State.DRAFT


def earlier(project: Project) -> None:
    """Write the ledger anew as an earlier version would have: of each item it knew numbers and promises alone."""

    def old(text: str) -> str:
        return text.partition(" ")[0]

    book = project.ledger("de")
    events = [
        replace(
            event,
            facts=tuple((item, old(known)) for item, known in event.facts),
            text_hash=old(event.text_hash),
        )
        for event in ledger.read(book, "de").events
    ]
    book.unlink()
    ledger.append(book, "de", events)


@pytest.mark.sample(1)
def test_upgrading_loses_no_signature(small: Project, cli: CLI) -> None:
    """What an earlier version kept is compared, and nothing else; `status` counts those items until they are signed again."""
    earlier(small)
    assert stale(small) == set()
    assert "de: 16 of the signed items were signed before" in cli.run("status", at=small).out
    moved(small)
    assert stale(small) == set(), "nobody knows in which order it was signed"
    edit("contacts.toml", 'number = "+3225116464"', 'number = "+3225116465"')(small)
    assert stale(small) == of("leaflet", "web", countries=["BE"])


@pytest.mark.sample(1)
def test_whoever_signs_again_knows_more_and_counts(small: Project, cli: CLI) -> None:
    """After an upgrade one new sign-off covers order and look: what was known before does not outvote it."""
    earlier(small)
    chosen = Selection(("BE",), (), ("migrants",), ("leaflet",))
    sign_items(small, "de", chosen, reviewer=AMINA.name, role=AMINA.role, on=ON, comment="")
    assert "de: 15 of the signed items were signed before" in cli.run("status", at=small).out
    moved(small)
    assert stale(small) == {"BE/migrants/leaflet"}


@pytest.mark.sample(1)
def test_signing_again_is_enough(small: Project) -> None:
    """A stale item is signed as a whole, or every sentence of it again, and everything else stays as it was."""
    moved(small)
    approve(small, "de", whole=True)
    assert stale(small) == set()


@pytest.mark.sample(1)
def test_what_is_signed_is_what_was_shown(small: Project) -> None:
    """Order, picture, layout and colours are part of what a sign-off page showed: none may change before "sign"."""
    desk = Desk(small)
    for number, change in enumerate(
        (
            moved,
            CHANGES["another picture of the same name"][0],
            CHANGES["the layout of the leaflet"][0],
            CHANGES["the colour of one audience"][0],
            edit("templates/layouts/palm-card.typ", "height: 9mm", "height: 9.1mm"),
        )
    ):
        item = next(item for item in desk.sheet("de").items if item.job.item == "item:BE/migrants/leaflet")
        seen = shown(desk.sheet("de"), item)
        change(small)
        late = answer(desk, "de", item.job.item, Verdict.SIGN, Person(f"B. {number}", "mediator"), ON, seen=seen)
        assert [refusal.problem.what for refusal in late.refused] == ["something on this page was changed meanwhile"]


def test_a_text_of_parts_is_read_as_it_was_written() -> None:
    """Names and values with any characters; what an earlier version kept has no parts; junk is never the same."""
    cover = Cover("0" * 64, {FORM: "a b=c", "layout:x y": "%,+é"}, frozenset({FORM, "layout:x y"}))
    assert cover.same(str(cover)) and cover.all_known(str(cover)) and fullness(str(cover)) == 2
    assert cover.same("0" * 64) and not cover.all_known("0" * 64) and fullness("0" * 64) == 0
    for known in ("1" * 64, "junk", "form", "=", "0" * 64 + " form=other"):
        assert not cover.same(known)
    assert cover.same(cover.whole) and not cover.same("whole=" + "0" * 22)


def test_a_future_part_says_nothing_against_a_signature() -> None:
    """A version that keeps one more part compares what both know."""
    then = Cover("0", {FORM: "1"}, frozenset({FORM}))
    now = Cover("0", {FORM: "1", "voice": "2"}, frozenset({FORM, "voice"}))
    assert now.same(str(then)) and not now.all_known(str(then))
    assert then.same(str(now))


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=6), st.text(alphabet="0123456789abcdef", max_size=64))
def test_any_parts_come_back_as_they_were(parts: dict[str, str], facts: str) -> None:
    """Whatever a file, a contact or a format is called, its part is known again, and another value is noticed."""
    whole = {**parts, FORM: "1"}
    cover = Cover(facts, whole, frozenset(whole))
    assert cover.same(str(cover)) and cover.same(cover.whole)
    other = Cover(facts, {**whole, FORM: "2"}, frozenset(whole))
    assert [change.name for change in other.changes(str(cover))] == [FORM]
