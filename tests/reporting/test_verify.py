"""The proof of what was built: every contact read again from the finished file, written into the manifest."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from campaign import config
from campaign import manifest as manifests
from campaign.audit import pictures
from campaign.audit.proof import prove
from campaign.editions.build import build
from campaign.manifest import Entry
from campaign.project import Project
from campaign.reporting.verify import verify
from campaign.workspace.selection import Selection

TODAY = date.today()


def run(project):
    """Build the Arabic and German items of the migrants for review."""
    chosen = Selection(locales=("ar", "de"), audiences=("migrants",))
    build(project, edition="review", selection=chosen, workers=1, today=TODAY, progress=lambda done, total: None)


@pytest.fixture(scope="module")
def _built(_fresh_workspace, tmp_path_factory):
    project = Project(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("built") / "workspace"))
    run(project)
    return project.root


@pytest.fixture
def built(_built, tmp_path):
    """The small workspace with its Arabic and German migrants' items built for review."""
    return Project(shutil.copytree(_built, tmp_path / "built"))


def items(project):
    """The manifest's items by path."""
    document = json.loads(project.manifest("review").read_text(encoding="utf-8"))
    return {item["path"]: item for item in document["items"]}


@pytest.mark.slow
def test_the_proof_names_every_contact_and_the_bytes_it_was_read_from(built, cli):
    """After verify the manifest holds, per file, how often each contact stands in it and the hash of what was read."""
    assert all(item["proof"] is None for item in items(built).values())
    assert cli.run("verify", "--jobs", "1", at=built).code == 0
    proved = items(built)
    for locale in ("ar", "de"):
        leaflet = proved[f"BE/{locale}/migrants/leaflet-a5-screen.pdf"]
        assert leaflet["contacts"] == ["be-payoke", "be-pag-asa", "be-surya", "be-emergency"]
        assert leaflet["proof"] == {
            "how": "text",
            "contacts": {"be-emergency": 2, "be-pag-asa": 1, "be-payoke": 3, "be-surya": 1},
            "codes": [],
            "sha256": leaflet["sha256"],
        }
        assert set(proved[f"BE/{locale}/migrants/sms.json"]["proof"]["contacts"]) == {"be-payoke", "be-emergency"}
        assert proved[f"BE/{locale}/migrants/leaflet-a5-page-2.png"]["proof"]["codes"] == [
            config.load(built).page("BE", locale, "migrants")
        ]


@pytest.mark.slow
def test_a_second_build_keeps_the_proof_of_what_it_keeps(built, cli):
    """Building another language does not void a proof; an unchanged build does not touch it."""
    cli.run("verify", "--jobs", "1", at=built)
    before = items(built)
    cli.run("build", "--lang", "en", "--audience", "migrants", "--jobs", "1", at=built)
    after = items(built)
    own = {path: item for path, item in before.items() if item["locale"] != "mul"}  # the chooser links one page more
    assert all(after[path]["proof"] == item["proof"] for path, item in own.items())


@pytest.mark.slow
def test_a_file_with_an_error_has_no_proof(built, cli, rewrite):
    """contacts.toml says another number than the leaflets: they are named, and none of them is proved."""
    cli.run("verify", "--jobs", "1", at=built)
    rewrite(built.contacts, '"+3232011690"', '"+3232011691"')
    ended = cli.run("verify", "--json", "--jobs", "1", at=built)
    assert ended.code == 1
    bad = {finding["where"] for finding in json.loads(ended.out)["findings"]}
    assert "BE/ar/migrants/leaflet-a5-screen.pdf" in bad and "BE/de/migrants/x.txt" in bad
    assert all(items(built)[path]["proof"] is None for path in bad)


def entry(path, media_type, **changes):
    """An entry of a Belgian item, as a channel to come may write it."""
    values = {
        "path": path, "media_type": media_type, "size": 0, "sha256": "", "audience": "migrants", "locale": "ar",
        "country": "BE", "channel": "web", "format": "page", "state": "draft", "units": (), "states": {},
        "fallbacks": (), "batch": "A3C4D6", "content": "", "contacts": ("be-payoke",), **changes,
    }  # fmt: skip
    return Entry(**values)


RIGHT = "اتصل \u200e+32 3 201 16 90 A3C4D6 2026-11-24 https://rights.test/help/be/ar/migrants"


@pytest.mark.parametrize(
    ("media_type", "text", "detail"),
    [
        ("text/plain", RIGHT, None),
        ("text/html", f"<p dir=rtl>{RIGHT}</p>", None),
        ("text/html", '<p dir=rtl>اتصل <bdi dir="ltr">+32 3 201 16 90</bdi></p>', None),
        ("text/csv", f"id,text\n1,{RIGHT}\n", None),
        ("text/plain", "اتصل 112", "does not stand in the file"),
        ("text/plain", RIGHT.replace("+32 3 201 16 90", "+٣٢ ٣ ٢٠١ ١٦ ٩٠"), "has native digits"),
        ("text/plain", RIGHT.replace("+32 3 201 16 90", "03 201 16 90"), "is written in another form"),
        ("text/plain", RIGHT.replace("\u200e", ""), "would be shown from the wrong end"),
        ("text/html", f"<p dir=rtl>{RIGHT}</p><p>0800 12 345</p>", "0800 12 345 is no number of contacts.toml"),
        ("text/csv", "id,text\n1,90 16 201 3 32+\n", "90 16 201 3 32+ is no number of contacts.toml"),
        ("text/plain", f"{RIGHT} help@exmaple.org", "help@exmaple.org is no address"),
        ("text/plain", RIGHT.replace("201 16 90", "20 11 690"), "is written in another form"),
        ("text/plain", f"{RIGHT} \u200e112", "112 (be-emergency) is none of the contacts of this file"),
        ("text/html", f'<p dir=rtl>{RIGHT}</p><a href="tel:+3225116464">☎</a>', "a link dials +3225116464, none of"),
        ("text/html", f'<p dir=rtl>{RIGHT}</p><a href="https://wa.me/3232011690">W</a>', None),
        ("application/pdf", "no PDF", "is damaged"),
    ],
)
def test_every_kind_of_file_is_held_to_the_record(workspace, media_type, text, detail):
    """Pages, tables and texts of any channel: the entry says what must stand in them, no format is built in."""
    found = prove(entry("BE/ar/migrants/file", media_type), text.encode(), config.load(workspace), ocr=False)
    if detail is None:
        assert found.findings == ()
        assert found.found == {"be-payoke": 1}
    else:
        assert any(detail in finding.detail for finding in found.findings), found.findings


def test_a_qr_code_that_leads_elsewhere_is_an_error(workspace):
    """The picture of a code for another language's page does not pass."""
    import io

    import segno

    campaign = config.load(workspace)
    for target, wrong in (
        (campaign.page("BE", "ar", "migrants"), 0),
        (campaign.page("BE", "de", "migrants"), 1),
        ("https://rights.test/help/be/ar/migrants", 1),
    ):
        picture = io.BytesIO()
        segno.make(target, micro=False).save(picture, kind="png", scale=6, border=4)
        found = prove(entry("page.png", "image/png"), picture.getvalue(), config.load(workspace), ocr=False)
        assert found.codes == (target,)
        assert len(found.findings) == wrong


def test_a_damaged_picture_is_named(workspace):
    """A picture that nobody can open is no proof."""
    found = prove(entry("page.png", "image/png"), b"\x89PNG\r\n\x1a\n", config.load(workspace), ocr=False)
    assert [finding.code for finding in found.findings] == ["file-unreadable"]


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (apt-get install tesseract-ocr)"
)
def test_the_digits_of_a_picture_are_read_where_tesseract_is(built):
    """The page with the numbers, in Arabic: each contact of the item is recognised in the picture."""
    assert pictures.tesseract()
    campaign = config.load(built)
    for name, contacts in (
        ("leaflet-a5-page-2.png", {"be-emergency": 1, "be-pag-asa": 1, "be-payoke": 1, "be-surya": 1}),
    ):
        manifest = manifests.read(built.manifest("review"), "manifest.json")
        made = next(item for item in manifest.entries if item.path == f"BE/ar/migrants/{name}")
        proof = prove(made, (built.output("review") / made.path).read_bytes(), campaign, ocr=True)
        assert (dict(proof.found), proof.findings) == (contacts, ())


@pytest.mark.slow
def test_a_number_that_no_picture_shows_asks_for_a_look(built, monkeypatch):
    """What the reader of digits misses in every page of an item is a warning, not an error: it is no human eye."""
    monkeypatch.setattr(pictures, "tesseract", lambda: "tesseract")
    monkeypatch.setattr(pictures, "shown", lambda data, wanted: tuple(False for _ in wanted))
    result = verify(built, "review", ocr=True)
    assert result.errors == 0
    assert any("(be-payoke) was not recognised in the picture" in found.detail for found in result.findings)


@pytest.mark.parametrize("option", [(), ("--release",)], ids=["review", "release"])
def test_without_a_build_it_says_what_lies_there(workspace, cli, option):
    """Nothing at all, packs of an edition that is gone, files without their manifest: each in its words, exit 1."""
    edition, build = ("release", "campaign build --release") if option else ("review", "campaign build")

    def said():
        ended = cli.run("verify", *option, at=workspace)
        assert ended.code == 1 and build in ended.err
        return ended.err

    assert "nothing was built and nothing packed yet" in said()
    pack = workspace.packs(edition) / "sms-BE.zip"
    pack.parent.mkdir(parents=True)
    pack.write_bytes(b"an old pack")
    assert "sms-BE.zip lie there" in (words := said()) and "do not send them" in words and "campaign pack" in words
    (workspace.output(edition) / "BE").mkdir(parents=True)
    (workspace.output(edition) / "BE" / "sms.txt").write_text("an old text", encoding="utf-8")
    assert f"output/{edition}: holds files, and no manifest says what they are" in said()


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["ar", "de"])
@pytest.mark.sample(1)
def test_a_file_whose_words_are_not_those_that_were_set_is_named(built, locale, cli):
    """Whoever puts another file in its place, and its hash into the manifest, is found out by its text layer."""
    name, other = (f"BE/{each}/migrants/leaflet-a5-screen.pdf" for each in (locale, "de" if locale == "ar" else "ar"))
    data = (built.output("review") / other).read_bytes()
    (built.output("review") / name).write_bytes(data)
    path = built.manifest("review")
    document = json.loads(path.read_text(encoding="utf-8"))
    entries = {item["path"]: item for item in document["items"]}
    assert len(entries[name]["words"]) == 2
    entries[name].update(sha256=entries[other]["sha256"], size=entries[other]["size"])
    path.write_text(json.dumps(document), encoding="utf-8")
    found = {finding.detail for finding in verify(built, "review").findings if finding.where == name}
    assert {f"page {page} says other words than were set: build again" for page in (1, 2)} <= found


@pytest.mark.slow
def test_a_manifest_of_an_earlier_version_is_read(built):
    """It does not know what its pages say: nothing is asked about them, and nothing is wrong."""
    path = built.manifest("review")
    document = json.loads(path.read_text(encoding="utf-8"))
    for item in document["items"]:
        del item["words"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert verify(built, "review").errors == 0
