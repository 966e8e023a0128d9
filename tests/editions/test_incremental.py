"""Building again: exactly what changed is made, for a reason that is said; the result is that of a fresh build."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageChops, ImageStat

from campaign.cache import Cache
from campaign.catalogue.store import Edit
from campaign.catalogue.warm import edit
from campaign.channels.registry import channels
from campaign.editions.build import build
from campaign.editions.fingerprint import Ingredients
from campaign.editions.worker import Bench, BuildContext
from campaign.model.channels import CHANNELS
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.review.commands import sign_items
from campaign.shaping import channels as shaping
from campaign.workspace import loader
from campaign.workspace.inputs import Inputs
from campaign.workspace.selection import Selection

#: The channels of the campaign of the tests.
MADE = {"leaflet", "sms", "social", "web"}

TODAY = date.today()


def run(project, edition=Edition.REVIEW, cache=None, **selection):
    """Build in this process and return the report."""
    return build(
        project,
        edition=edition,
        selection=Selection(**({"locales": ("de",)} | selection)),
        workers=1,
        today=TODAY,
        progress=lambda done, total: None,
        cache=cache,
    )


@pytest.fixture(scope="module")
def _built(_fresh_workspace, tmp_path_factory):
    project = Project(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("built") / "workspace"))
    run(project, audiences=("migrants",))
    return project.root


@pytest.fixture
def built(_built, tmp_path):
    """The small workspace with German drafts for the migrants."""
    return Project(shutil.copytree(_built, tmp_path / "built"))


def unit_of(project, locale, start):
    """The unit whose source begins like this."""
    return next(unit for unit in loader.load(project).texts[locale].units.values() if unit.source.startswith(start))


def reword(project, locale, start, addition):
    """Change one sentence of one language."""
    unit, path = unit_of(project, locale, start), project.catalogue(locale)
    edit(path, path.name, locale, {unit.key: Edit((unit.text + addition,), fuzzy=False)})
    return unit.key


def made(report):
    """What was made: audience/channel."""
    return {f"{job.audience}/{job.channel}" for job in report.reasons}


def times(project):
    """When each file of the review edition was written."""
    folder = project.output(Edition.REVIEW)
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*.*")}


@pytest.mark.slow
def test_one_sentence_rebuilds_exactly_the_items_that_use_it(workspace):
    """The files that list the sentence's unit are written again, all others keep their time; the reason quotes it."""
    run(workspace, locales=("de", "ar"))
    before = times(workspace)
    key = reword(workspace, "de", "Someone keeps your passport", " Immer.")
    report = run(workspace, locales=("de", "ar"))
    items = json.loads(workspace.manifest(Edition.REVIEW).read_text())["items"]
    using = {item["path"] for item in items if key in item["units"] and item["locale"] == "de"}
    assert using
    after = times(workspace)
    assert {path for path in after if after[path] != before[path]} == using | {"manifest.json"}
    assert {job.channel for job in report.reasons} == {"leaflet", "web"}
    assert all("Someone keeps your passport" in reason for why in report.reasons.values() for reason in why)


CHANGES = {
    "a layout": (
        "templates/layouts/card-1080x1080.typ",
        "card-pill(60pt, 38)",
        "card-pill(60pt, 34)",
        {"social"},
        "card-1080x1080.typ",
    ),
    "the style": ("templates/layouts/style.typ", "radius: .24em", "radius: .2em", {"leaflet", "social"}, "style.typ"),
    "the edition": ("campaign.toml", "2026-11-24", "2026-12-01", MADE, "campaign.toml: edition"),
    "a colour": (
        "campaign.toml",
        "[brand]",
        '[brand.palette]\nprimary = "#0B5564"\n[brand]',
        MADE,
        "brand.palette",
    ),
    "printing": (
        "campaign.toml",
        "[print.standard]\nbleed = 3",
        "[print.standard]\nbleed = 4",
        MADE,
        "print.standard",
    ),
    "a picture": (
        "assets/illustrations/migrants.svg",
        "<svg ",
        '<svg data-new="1" ',
        MADE,
        "illustrations/migrants.svg",
    ),
    "a page": (
        "templates/channels/page.css",
        "body { margin: 0;",
        "body { margin: 1px;",
        MADE,
        "templates/channels/page.css",
    ),
    "a contact": (
        "contacts.toml",
        '"+3225116464"',
        '"+3225116465"',
        MADE,
        "contacts.toml: be-pag-asa",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.sample(2)
def test_every_kind_of_change_is_noticed_and_gives_what_a_fresh_build_gives(built, contents, rewrite, change):
    """Built again after the change, and built fresh after it: the same bytes; only what depends on it was made."""
    path, old, new, expected, reason = CHANGES[change]
    rewrite(built.root / path, old, new)
    report = run(built, audiences=("migrants",))
    assert {job.channel for job in report.reasons} <= expected
    assert report.reasons and all(reason in " ".join(why) for why in report.reasons.values())
    again = contents(built.output(Edition.REVIEW))
    shutil.rmtree(built.root / "output")
    run(built, audiences=("migrants",))
    assert again == contents(built.output(Edition.REVIEW))


@pytest.mark.slow
def test_other_english_under_the_same_translation_is_the_reason(workspace, rewrite, cli):
    """The old translation stays as a draft of the new English: what shows it names the sentence and keeps its bytes."""
    german = {"audiences": ("migrants",), "locales": ("de",)}
    run(workspace, **german)
    before = times(workspace)
    path = workspace.messages / "migrants.j2"
    rewrite(path, "Someone keeps your passport", "Someone holds your passport")
    assert [cli.run(command, at=workspace).code for command in ("extract", "update")] == [0, 0]
    reasons = run(workspace, **german).reasons
    assert {reason[:37] for why in reasons.values() for reason in why} == {"a sentence: 'Someone holds your passp"}
    assert {path for path, when in times(workspace).items() if when != before[path]} == {"manifest.json"}


@pytest.mark.slow
def test_a_picture_rebuilds_its_own_audience_only(workspace):
    """An illustration belongs to one audience; a logo is on everything."""
    run(workspace)
    picture = workspace.assets / "illustrations" / "migrants.svg"
    picture.write_text(picture.read_text().replace("</svg>", "<!-- new --></svg>"))
    assert {name.partition("/")[0] for name in made(run(workspace))} == {"migrants"}


@pytest.mark.slow
def test_a_language_chooser_stands_until_what_it_shows_changes(workspace, rewrite, contents):
    """Another sentence of a page leaves it alone; another title or frame does not, and gives what a fresh build gives."""
    web, chooser = {"audiences": ("migrants",), "channels": ("web",)}, "BE/mul/migrants/index.html"
    run(workspace, **web)
    before = times(workspace)[chooser]
    reword(workspace, "de", "In danger now?", " Tag und Nacht.")
    assert made(run(workspace, **web)) == {"migrants/web"}
    assert times(workspace)[chooser] == before
    reword(workspace, "de", "You have rights, whatever", " (neu)")
    run(workspace, **web)
    assert b"(neu)" in contents(workspace.output(Edition.REVIEW))[chooser]
    rewrite(workspace.templates / "channels" / "languages.j2", '<ul class="choose">', '<ul class="choose" id="all">')
    run(workspace, **web)
    again = contents(workspace.output(Edition.REVIEW))
    assert b'id="all"' in again[chooser]
    shutil.rmtree(workspace.root / "output")
    run(workspace, **web)
    assert again == contents(workspace.output(Edition.REVIEW))


@pytest.mark.slow
def test_signing_changes_the_state_and_writes_no_file_anew(signed):
    """A signature is not in the picture: the manifest says signed, the files stay as they are."""
    run(signed, audiences=("unaccompanied-children",), channels=("sms",))
    before = times(signed)
    chosen = Selection(audiences=("unaccompanied-children",), channels=("sms",))
    sign_items(signed, "de", chosen, reviewer="M. Weber", role="mediator", on=TODAY, comment="")
    report = run(signed, audiences=("unaccompanied-children",), channels=("sms",))
    assert not report.reasons
    assert [item.state for item in report.items] == ["signed"]
    assert {item["state"] for item in json.loads(signed.manifest(Edition.REVIEW).read_text())["items"]} == {"signed"}
    after = times(signed)
    assert {path for path in after if after[path] != before[path]} == {"manifest.json"}


def test_what_the_campaign_no_longer_has_is_cleaned_up(workspace, rewrite):
    """A language that left campaign.toml leaves the output with the next build."""
    run(workspace, locales=("de", "ar"), audiences=("migrants",), channels=("sms",))
    rewrite(workspace.config, 'languages = ["en", "de", "ar"]', 'languages = ["en", "de"]')
    run(workspace, audiences=("migrants",), channels=("sms",))
    assert {path.name for path in (workspace.output(Edition.REVIEW) / "BE").iterdir()} == {"de"}


@pytest.mark.slow
def test_a_manifest_of_another_build_is_no_proof(workspace):
    """Output of a changed text with the record of the old one (a killed build): the item is made again, not trusted."""
    run(workspace, audiences=("migrants",), channels=("sms",))
    record = workspace.root / "output" / ".build" / "review.json"
    old = record.read_bytes()
    text = workspace.catalogue("de").read_text()
    reword(workspace, "de", "Health and travel", " Neu.")
    run(workspace, audiences=("migrants",), channels=("sms",))
    record.write_bytes(old)
    workspace.catalogue("de").write_text(text)
    run(workspace, audiences=("migrants",), channels=("sms",))
    assert "Neu." not in next(workspace.output(Edition.REVIEW).rglob("sms.txt")).read_text()


def test_a_changed_file_of_the_output_is_made_again(workspace):
    """A file that someone edited is put right by the next build."""
    run(workspace, audiences=("migrants",), channels=("sms",))
    path = next(workspace.output(Edition.REVIEW).rglob("sms.txt"))
    text = path.read_text()
    path.write_text("Call 113")
    report = run(workspace, audiences=("migrants",), channels=("sms",))
    assert path.read_text() == text
    assert "changed after" in next(iter(report.reasons.values()))[0]


@pytest.mark.slow
@pytest.mark.breadth
def test_a_damaged_record_only_costs_time(built, contents):
    """Nonsense in output/.build is as good as nothing."""
    before = contents(built.output(Edition.REVIEW))
    for nonsense in (b"", b"{", b"[]", b'{"version": 1}', b"\xff" * 10, b'{"version":1,"parts":[],"items":5}'):
        (built.root / "output" / ".build" / "review.json").write_bytes(nonsense)
        built.contacts.write_text(built.contacts.read_text() + "\n")
        run(built, audiences=("migrants",))
        after = contents(built.output(Edition.REVIEW))
        assert {**after, "manifest.json": b""} == {**before, "manifest.json": b""}


@pytest.mark.slow
def test_the_cache_serves_another_checkout_and_heals(workspace, contents, tmp_path):
    """A copy of the workspace lays out nothing; with every entry damaged, or deleted, the same bytes come out."""
    cache = Cache(tmp_path / "cache")
    run(workspace, cache=cache)
    first = contents(workspace.output(Edition.REVIEW))
    other = Project(tmp_path / "other")
    shutil.copytree(workspace.root, other.root, ignore=shutil.ignore_patterns("output"))
    layouts = other.layouts / "leaflet-a5.typ"
    run(other, cache=cache)
    assert contents(other.output(Edition.REVIEW)) == first
    entries = [path for path in cache.folder.rglob("*") if path.is_file()]
    assert len(entries) >= 6
    for number, path in enumerate(entries):
        data = path.read_bytes()
        path.write_bytes([data[: len(data) // 2], b"", data[:-1] + b"!", b"\0" * len(data)][number % 4])
    shutil.rmtree(other.root / "output")
    run(other, cache=cache)
    assert contents(other.output(Edition.REVIEW)) == first
    assert layouts.is_file()


@pytest.mark.slow
def test_another_word_in_a_post_leaves_the_cards_as_they_are(workspace, contents, tmp_path):
    """The cards come from the cache, byte for byte as a fresh build sets them; another title makes the four anew."""
    cache = Cache(tmp_path / "cache")

    def pictures():
        return {path.parent.name for path in cache.folder.glob("picture/*/*/*")}

    build_posts = {"cache": cache, "audiences": ("migrants",), "channels": ("social",)}
    run(workspace, **build_posts)
    first = pictures()
    assert len(first) == 4
    shown = json.loads(workspace.manifest(Edition.REVIEW).read_text())["items"]
    on_cards = {key for item in shown if item["media_type"] == "image/png" for key in item["units"]}
    in_posts = {key for item in shown if item["media_type"] != "image/png" for key in item["units"]} - on_cards
    units = loader.load(workspace).texts["de"].units
    reword(workspace, "de", next(units[key].source for key in sorted(in_posts)), " Immer.")
    assert made(run(workspace, **build_posts)) == {"migrants/social"}
    assert pictures() == first
    kept = contents(workspace.output(Edition.REVIEW))
    shutil.rmtree(workspace.output(Edition.REVIEW))
    run(workspace, audiences=("migrants",), channels=("social",))
    assert contents(workspace.output(Edition.REVIEW)) == kept
    reword(
        workspace, "de", next(units[key].source for key in sorted(on_cards) if units[key].source.startswith("You")), "!"
    )
    run(workspace, **build_posts)
    assert len(pictures() - first) == 4


@pytest.mark.slow
def test_another_layout_is_not_served_from_the_cache(workspace, rewrite, tmp_path):
    """An entry holds only for the layouts it was set in; both variants are kept."""
    cache = Cache(tmp_path / "cache")
    chosen = {"audiences": ("migrants",), "channels": ("social",), "cache": cache}
    run(workspace, **chosen)
    card = next(workspace.output(Edition.REVIEW).rglob("card-1080x1080.png"))
    first = card.read_bytes()
    rewrite(workspace.layouts / "card-1080x1080.typ", "card-pill(60pt, 38)", "card-pill(60pt, 30)")
    run(workspace, **chosen)
    assert card.read_bytes() != first
    rewrite(workspace.layouts / "card-1080x1080.typ", "card-pill(60pt, 30)", "card-pill(60pt, 38)")
    run(workspace, **chosen)
    assert card.read_bytes() == first


def test_the_cache_is_bounded_and_drops_what_was_used_longest_ago(tmp_path):
    """Never more than its limit after a trim; an entry that was just read stays."""
    import os

    cache = Cache(tmp_path, limit=10_000)
    for number in range(20):
        cache.put("item", f"{number:032d}", "v", bytes(1000))
        os.utime(tmp_path / "item" / "00" / f"{number:032d}" / "v", (number, number))
    assert list(cache.get("item", f"{3:032d}")) == [bytes(1000)]
    cache.trim()
    left = {path.parent.name for path in tmp_path.rglob("v")}
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 10_000
    assert f"{3:032d}" in left and f"{0:032d}" not in left and f"{19:032d}" in left


def test_a_cache_that_cannot_be_used_is_no_failure(workspace, tmp_path):
    """A file where the folder should be: the build goes on without."""
    (tmp_path / "cache").write_text("a file")
    report = run(workspace, cache=Cache(tmp_path / "cache"), audiences=("migrants",), channels=("sms",))
    assert len(report.made) == 1


@pytest.mark.slow
def test_a_release_takes_nothing_from_the_cache(signed, tmp_path):
    """Whoever can write to a shared cache must not reach a released file: none of its entries is read or written."""
    cache = Cache(tmp_path / "cache")
    run(signed, Edition.RELEASE, cache=cache, audiences=("migrants",))
    assert not cache.folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.sample(2)
def test_a_channel_reads_only_what_its_key_covers(workspace, name):
    """Every block, label and text outside the key is replaced by other words: the files stay the same, byte for byte."""
    if not CHANNELS[name].usual:
        shaping.add(workspace, name)
    space = loader.load(workspace)
    bench = Bench(BuildContext.of(space, Edition.REVIEW))
    channel = channels(space.campaign, bench.typesetter, review=True)[name]
    ingredients = Ingredients.of(Inputs.of(workspace), space.campaign, Edition.REVIEW)
    message = bench.renderer.message("migrants", "de", "BE", space.texts["de"])
    shown = set(channel.shows(message))
    texts = {part.removeprefix("text:") for part in shown if part.startswith("text:")} or set(message.texts)
    other = replace(
        message,
        blocks={
            block: lines if block in shown or not lines else ("Anders.",) for block, lines in message.blocks.items()
        },
        labels={
            label: text if f"label:{label}" in shown or label in ("draft", "draft_line") else "Anders."
            for label, text in message.labels.items()
        },
        texts={text: words if text in texts else "Anders." for text, words in message.texts.items()},
        batch=message.batch if "label:edition_line" in shown else "999999",  # that label prints it
    )
    assert ingredients.item(channel, other) == ingredients.item(channel, message)
    files = [(artefact.path, artefact.data) for artefact in channel.export(message)]
    assert [(artefact.path, artefact.data) for artefact in channel.export(other)] == files


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["gone", "changed"])
@pytest.mark.sample(1)
def test_a_contact_sheet_shows_the_cards_even_when_its_small_pictures_are_lost(built, damage):
    """Without the small pictures that the build keeps, or with others in their place, it shows what the cards show."""
    sheet, kept = (
        built.output(Edition.REVIEW) / "BE" / "de" / "contact-sheet.png",
        built.output(Edition.REVIEW).parent / ".build",
    )
    before = sheet.read_bytes()
    small = [path for path in (kept / Edition.REVIEW).rglob("*") if path.is_file()]
    assert len(small) >= 4
    for path in small:
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(before)
    sheet.unlink()
    assert not run(built, audiences=("migrants",)).made
    with Image.open(io.BytesIO(before)) as then, Image.open(sheet) as now:
        assert then.size == now.size
        difference = ImageChops.difference(then.convert("RGB"), now.convert("RGB"))
        assert max(ImageStat.Stat(difference).mean) < 3  # the same cards, made small in another way


@pytest.mark.slow
def test_a_picture_that_another_program_left_in_the_cache_is_made_anew(built, tmp_path):
    """A whole entry in the wrong form is no picture: the cards are those of a build without a cache."""
    cache = Cache(tmp_path / "cache")
    cards = {path: path.read_bytes() for path in built.output(Edition.REVIEW).rglob("card-*.png")}
    shutil.rmtree(built.output(Edition.REVIEW).parent)
    run(built, cache=cache, audiences=("migrants",))
    pictures = list((cache.folder / "picture").rglob("png"))
    assert len(pictures) == len(cards) == 4
    for path in pictures:
        cache.put("picture", path.parent.name, "png", b"not a picture")
    shutil.rmtree(cache.folder / "item")
    shutil.rmtree(built.output(Edition.REVIEW).parent)
    run(built, cache=cache, audiences=("migrants",))
    assert {path: path.read_bytes() for path in cards} == cards
