"""One format that cannot be made costs no other: what is written, what is said, and what happens when it fits again."""

from __future__ import annotations

from datetime import date

import pytest
from signing import sign

from campaign import manifest as manifests
from campaign.cache import Cache
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.model.edition import Edition
from campaign.model.job import Job
from campaign.reporting.status import status
from campaign.reporting.verify import verify
from campaign.review.commands import sign_items
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()
LONG = (
    "Bundesweiter Koordinierungskreis gegen Menschenhandel und Ausbeutung von Frauen, Kindern und Männern in Deutschland, "
    "Österreich und der Schweiz e. V., Arbeitskreis Nordrhein-Westfalen, Beratungsstelle Dortmund und Umgebung, "
    "in Zusammenarbeit mit dem Verein für Beratung und Schutz von Betroffenen des Menschenhandels e. V. und seinen Freunden"
)
CHOSEN = Selection(locales=("de",), audiences=("migrants",), channels=("leaflet",))
JOB = Job("BE", "de", "migrants", "leaflet")


def run(project, edition=Edition.REVIEW, chosen=CHOSEN, cache=None):
    """Build the German leaflet of one audience, or what is chosen."""
    return build(
        project,
        edition=edition,
        selection=chosen,
        workers=1,
        today=TODAY,
        progress=lambda done, total: None,
        cache=cache,
    )


def lying(project, edition=Edition.REVIEW):
    """The names of the leaflet's files."""
    folder = project.output(edition)
    return {path.name for path in folder.rglob("*.*") if path.name != "manifest.json"}


@pytest.fixture
def two_formats(workspace, rewrite):
    """A workspace whose build makes the A5 leaflet and large print; large print has as many pages as it takes."""
    rewrite(workspace.config, 'name = "A4 large print"\n', 'name = "A4 large print"\nbuild = true\n')
    return workspace


@pytest.fixture
def clipped(two_formats, rewrite):
    """The same with the name of an organisation that has no room on page 1 of the A5 leaflet."""
    rewrite(two_formats.config, 'organisation = ""', f'organisation = "{LONG}"')
    return two_formats


@pytest.mark.slow
def test_what_fits_is_written_and_what_does_not_is_named(clipped, cli):
    """Exit 1 names the format, the text and who can shorten it; the other format lies there, whole and proved."""
    done = cli.run("build", "--lang", "de", "--audience", "migrants", "--channel", "leaflet", "--jobs", "1", at=clipped)
    assert done.code == 1 and "1 items written" in done.out
    assert "leaflet-a5 of BE/de/migrants/leaflet" in done.err
    assert "Bundesweiter" in done.err and "brand.organisation" in done.err
    assert "items were not written" not in done.err
    assert {name.rpartition("-")[0].removesuffix("-page") for name in lying(clipped)} == {"large-print-a4"}
    (lacking,) = manifests.read(clipped.manifest(Edition.REVIEW), "").not_made
    assert (lacking.job, lacking.format) == (JOB, "leaflet-a5") and "Bundesweiter" in lacking.why[0]
    result = verify(clipped, Edition.REVIEW)
    assert not result.errors and any("leaflet-a5 of BE/de/migrants/leaflet is not in" in note for note in result.notes)
    # The proof that it wrote into the manifest keeps what the build said there.
    assert manifests.lacking(clipped.manifest(Edition.REVIEW)) == (lacking,)
    assert any("lacks leaflet-a5 of BE/de/migrants/leaflet" in note for note in status(clipped, CHOSEN, TODAY).notes)


@pytest.mark.slow
def test_an_old_file_goes_and_a_later_build_tries_again(two_formats, rewrite, tmp_path):
    """What fitted once does not lie there as if it were current; the same build again says the same; mended, it is back."""
    cache = Cache(tmp_path / "cache")
    run(two_formats, cache=cache)
    whole = lying(two_formats)
    rewrite(two_formats.config, 'organisation = ""', f'organisation = "{LONG}"')
    for _ in range(2):
        report = run(two_formats, cache=cache)
        assert [item.job for item in report.lacking] == [JOB] and not report.refused and not report.unchanged
        left = lying(two_formats)  # the long name may take a page more
        assert left >= {name for name in whole if name.startswith("large-print")}
        assert all(name.startswith("large-print") for name in left)
    # Another language's build takes nothing away, and keeps what it says of this one.
    run(two_formats, chosen=Selection(locales=("en",), audiences=("migrants",), channels=("sms",)))
    assert [each.job for each in manifests.lacking(two_formats.manifest(Edition.REVIEW))] == [JOB]
    assert any(name.startswith("large-print") for name in lying(two_formats))
    rewrite(two_formats.config, LONG, "Beratung e. V.")
    report = run(two_formats, cache=cache)
    assert not report.lacking and lying(two_formats) >= whole
    assert manifests.lacking(two_formats.manifest(Edition.REVIEW)) == ()
    assert run(two_formats, cache=cache).unchanged


@pytest.mark.slow
def test_a_release_leaves_out_the_format_and_says_so(clipped, attest, cli):
    """Sentences are signed: what fits is released, in the history and cleared; nobody can sign the item as a whole."""
    attest(clipped)
    chosen = {"locales": ("de",), "audiences": ("migrants",), "channels": ("leaflet",)}
    by = {"reviewer": "M. Weber", "role": "mediator"}
    with pytest.raises(CampaignError, match="cannot be shown whole"):
        sign_items(clipped, "de", Selection(**chosen), on=TODAY, comment="", **by)
    sign(clipped, "de", loader.load(clipped).texts["de"].units.values(), on=TODAY, **by)
    report = run(clipped, Edition.RELEASE, Selection(**chosen))
    assert [item.job for item in report.lacking] == [JOB] and not report.refused
    released = lying(clipped, Edition.RELEASE)
    assert released and all(name.startswith("large-print") for name in released)
    history = clipped.history.read_text(encoding="utf-8")
    assert "large-print-a4-screen.pdf" in history and "leaflet-a5" not in history
    checked = cli.run("verify", "--release", "--no-ocr", "--jobs", "1", at=clipped)
    assert checked.code == 0 and "leaflet-a5 of BE/de/migrants/leaflet is not in this edition" in checked.err


@pytest.mark.slow
def test_a_card_costs_neither_the_others_nor_the_posts(workspace, rewrite):
    """The wide card has no room for its headline: three cards, all posts and the contact sheet are there."""
    card = workspace.layouts / "card-1200x630.typ"
    rewrite(card, "card-title(100%, 48pt, 26pt)", "card-title(100%, 90pt, 88pt)")
    report = run(workspace, chosen=Selection(locales=("de",), audiences=("migrants",), channels=("social",)))
    (item,) = report.lacking
    assert [each.format for each in item.unfit] == ["card-1200x630"]
    names = lying(workspace)
    assert {"card-1080x1080.png", "card-1080x1350-alt.txt", "x.txt", "contact-sheet.png"} <= names
    assert not any(name.startswith("card-1200x630") for name in names)


def test_a_manifest_that_lacks_nothing_says_nothing(tmp_path):
    """The bytes of a whole edition's manifest are what they were; a damaged one lacks nothing that could be named."""
    path = tmp_path / "manifest.json"
    head = (Edition.REVIEW, "", {}, ())
    manifests.write(path, manifests.Listing(*head, {}))
    assert "not_made" not in path.read_text()
    one = manifests.NotMade("BE", "de", "migrants", "leaflet", "leaflet-a5", ("too long", "no glyph"))
    manifests.write(path, manifests.Listing(*head, {}, not_made=(one,)))
    assert manifests.lacking(path) == manifests.read(path, "").not_made == (one,)
    assert manifests.listing(path.read_bytes()).not_made == (one,)
    for damaged in ("", "[]", '{"not_made": 3,\n "items": [\n', '{"not_made": [{"why": 1}],\n "items": [\n'):
        path.write_text(damaged)
        assert manifests.lacking(path) == ()
