"""What campaign staff tried, and what they are told instead of what surprised them."""

import re
import shutil
from pathlib import Path

import pytest
import zxingcpp
from own_campaigns import lay_out
from PIL import Image

from campaign import config
from campaign.cli.main import main
from campaign.errors import CampaignError
from campaign.translation.catalogues import extract_pot
from campaign.workspace.findings import picture_findings


def test_nobody_is_asked_about_a_contact_that_is_not_there(cli, workspace):
    """A misspelt id is refused before the first question; nothing waits for an answer."""
    for command in ("verify", "expire"):
        done = cli.spawn("contacts", command, "be-payok", at=workspace)
        assert done.code == 1
        assert "did you mean 'be-payoke'" in done.err
        assert "Who checked it" not in done.out


def test_without_a_terminal_the_day_is_today_and_what_is_missing_is_named(cli, workspace):
    """A script that gives name and way has verified today; one that forgot the way is told which option it lacks."""
    lacking = cli.spawn("contacts", "verify", "be-payoke", "--name", "A. Peeters", at=workspace)
    assert (lacking.code, "Missing option '--how'" in lacking.err) == (2, True)
    given = ("contacts", "verify", "be-payoke", "--name", "A. Peeters", "--how", "called it")
    done = cli.spawn(*given, at=workspace)
    assert done.code == 0, done.err
    assert "verified on" in done.out


@pytest.mark.slow
def test_a_missing_logo_is_said_once_with_the_setting(cli, workspace, rewrite):
    """All items that lack it stand above one reason, which names brand.logo and not the layouts."""
    text = workspace.config.read_text(encoding="utf-8")
    assert "logo = " in text
    workspace.config.write_text(text.replace('logo = "campaign.svg"', 'logo = "gone.svg"'), encoding="utf-8")
    done = cli.run("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert done.err.count("there is no assets/logos/gone.svg") == 1
    assert "campaign.toml: brand.logo" in done.err


@pytest.mark.slow
def test_packs_of_two_languages_lie_side_by_side(cli, workspace):
    """A pack of one language takes no other one's place, and both are read again by verify."""
    assert cli.run("build", "--channel", "sms", "--jobs", "1", at=workspace).code == 0
    for tag in ("ar", "de"):
        assert cli.run("pack", "sms", "--lang", tag, at=workspace).code == 0
    packs = workspace.root / "output" / "packs" / "review"
    assert sorted(path.name for path in packs.glob("*.zip")) == ["sms-BE-ar.zip", "sms-BE-de.zip"]
    again = cli.run("verify", at=workspace)
    assert again.out.startswith("14 files"), again.out  # twelve texts and two packs
    assert "0 differences" in again.out


@pytest.mark.slow
def test_an_urdu_leaflet_without_translations_can_be_seen(cli, workspace, rewrite):
    """Before anybody has translated, the English texts stand in the Urdu layout; nothing is taken for words of the layout."""
    done = cli.run("add", "language", "ur", at=workspace)
    assert done.code == 0, done.err
    built = cli.run("build", "--lang", "ur", "--channel", "leaflet", "--jobs", "1", at=workspace)
    assert built.code == 0, built.err


def test_what_is_built_is_found_by_its_short_name(cli, workspace):
    """A part that is no country, language or audience is refused with the nearest name."""
    done = cli.run("preview", "de/migrant", "--no-open", at=workspace)
    assert done.code == 1
    assert "did you mean 'migrants'" in done.err
    assert "is not built yet" in cli.run("open", "de/migrants", at=workspace).err


@pytest.mark.slow
def test_a_language_whose_items_are_signed_is_green(cli, signed):
    """What no item shows is not asked for: check of what was signed finds no error, as status says."""
    chosen = ("--lang", "de", "--audience", "migrants")
    done = cli.run("check", *chosen, "--ignore", "contact-expired", "--no-layout", at=signed)
    assert (done.code, "0 errors" in done.out) == (0, True), done.out
    others = cli.run("check", "--lang", "ar", "--audience", "migrants", "--only", "unsigned", "--no-layout", at=signed)
    assert others.code == 1
    assert "ar " in others.out
    assert others.out.count("sentences wait for a signature") == 1


def test_a_signed_item_that_changed_is_named_by_check_as_by_status(cli, signed, rewrite):
    """An item whose number changed since it was signed is an error of check, with the part that changed."""
    text = signed.contacts.read_text(encoding="utf-8")
    assert "+3232011690" in text
    signed.contacts.write_text(text.replace("+3232011690", "+3232011691"), encoding="utf-8")
    done = cli.run("check", "--lang", "de", "--audience", "migrants", "--only", "unsigned", "--no-layout", at=signed)
    assert done.code == 1
    assert "stale" in done.out


def test_a_rule_that_is_none_is_named(cli, workspace):
    """--only and --ignore take the names of rules; a misspelt one is refused with the nearest."""
    done = cli.run("check", "--only", "unsgned", at=workspace)
    assert done.code == 1
    assert "did you mean 'unsigned'" in done.err


@pytest.mark.parametrize(("said", "faults"), [("de", 1), ("en", 0)])
def test_a_source_that_is_another_language_than_said_is_named(cli, workspace, rewrite, said, faults):
    """Templates in English under source_language = "de" are an error; in the language that is said they are none."""
    rewrite(workspace.config, 'source_language = "en"', f'source_language = "{said}"')
    done = cli.run("check", "--lang", said, "--only", "script", "--no-layout", at=workspace)
    assert done.out.count("templates/messages: the folder is German (de), the text is in English") == faults, done.out


def test_a_source_that_is_not_english_is_no_fault(cli, tmp_path):
    """A campaign written in French finds nothing strange about it."""
    outsider = lay_out("outsider", tmp_path / "workspace")
    done = cli.run("check", "--lang", "fr", "--only", "script", "--no-layout", at=outsider)
    assert "the folder is" not in done.out


def _codes(folder, name):
    pages = [zxingcpp.read_barcodes(Image.open(path)) for path in sorted(folder.glob(f"{name}-page-*.png"))]
    assert pages
    return [code.text for page in pages for code in page]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "link"),
    [
        ('channels = ["leaflet", "sms", "social", "web"]', 'channels = ["leaflet", "sms", "social"]', False),
        ("[audiences.migrants]", "[audiences.migrants]\nqr = false", True),
    ],
    ids=["no web pages", "no codes for them"],
)
@pytest.mark.sample(1)
def test_what_is_turned_off_leaves_no_code_and_no_link(cli, workspace, repository, rewrite, old, new, link):
    """Without web pages neither print nor posts lead to one; without codes print has none, and posts keep the link."""
    rewrite(workspace.config, old, new)
    built = cli.run("build", "--lang", "ar", "--audience", "migrants", "--jobs", "1", at=workspace)
    assert built.code == 0, built.err
    folder = workspace.output("review") / "BE" / "ar" / "migrants"
    assert _codes(folder, "leaflet-a5") == []
    address = config.load(workspace).base_url
    assert (address in (folder / "facebook.txt").read_text(encoding="utf-8")) is link
    shutil.copytree(repository / "assets" / "icc", workspace.profiles, dirs_exist_ok=True)
    packed = cli.run(
        "pack", "printer", "--lang", "ar", "--audience", "migrants", "--format", "palm-card", "--proof", at=workspace
    )
    assert packed.code == 0, packed.err


@pytest.mark.slow
def test_all_that_was_built_is_one_page_of_pictures(cli, workspace):
    """`campaign open` shows each message by a picture that leads to its file; before anything is built it says so."""
    assert "nothing is built yet" in cli.run("open", "--no-open", at=workspace).err
    chosen = ("--lang", "de", "--lang", "en", "--audience", "migrants", "--jobs", "1")
    assert cli.run("build", *chosen, at=workspace).code == 0
    done = cli.run("open", "--no-open", at=workspace)
    assert (done.code, done.out.strip()) == (0, "output/review.html")
    page = workspace.root / "output" / "review.html"
    addresses = re.findall(r'(?:href|src)="([^#"]+)"', page.read_text(encoding="utf-8"))
    assert [Path(address).name for address in addresses] == ["leaflet-a5-screen.pdf", "leaflet-a5-page-1.png"] * 2
    assert all((page.parent / address).is_file() for address in addresses)


def test_sentences_for_children_are_not_held_to_those_for_adults(cli, tmp_path):
    """A campaign without children still has their labels: saying "du" there is no other word for the same thing."""
    chosen = ("--country", "BE", "--lang", "de", "--audience", "migrants", "--organisation", "Hilfe")
    assert cli.run("init", "mine", *chosen, at=tmp_path).code == 0
    done = cli.run("check", "--only", "same-source", "--no-layout", at=tmp_path / "mine")
    assert (done.code, done.out.strip()) == (0, "0 errors, 0 warnings.")


def _described(workspace):
    """What is found about words that belong to another picture."""
    return [found.where for found in picture_findings(workspace, config.load(workspace)) if "describe" in found.detail]


def test_words_belong_to_the_picture_that_they_were_written_for(workspace):
    """Another picture or logo asks for other words: new ones, or a person who says that they fit."""
    assert _described(workspace) == []  # a workspace of before: nobody has noted anything yet
    extract_pot(workspace)
    assert _described(workspace) == []
    logo, picture = (workspace.assets / "logos" / "campaign.svg", workspace.illustrations / "migrants.svg")
    for file in (logo, picture):
        file.write_text(file.read_text("utf-8").replace("</svg>", '<rect width="9" height="9"/></svg>'), "utf-8")
    extract_pot(workspace)
    assert _described(workspace) == ["assets/logos/campaign.svg", "assets/illustrations/migrants.svg"]
    labels = workspace.messages / "labels.j2"
    labels.write_text(labels.read_text("utf-8").replace("an open door with a light", "a door and a square"), "utf-8")
    with pytest.raises(CampaignError, match=r"assets/logos/other.svg is no picture"):
        extract_pot(workspace, ("assets/logos/other.svg",))
    extract_pot(workspace, ("assets/illustrations/migrants.svg",))
    assert _described(workspace) == []


@pytest.mark.slow
def test_ones_own_logo_asks_for_ones_own_words(cli, workspace, rewrite):
    """A logo of another name under the words for ours is an error of check, which says what to do."""
    extract_pot(workspace)
    logos = workspace.assets / "logos"
    drawn = (logos / "campaign.svg").read_text("utf-8").replace("</svg>", '<rect width="9" height="9"/></svg>')
    (logos / "ours.svg").write_text(drawn, "utf-8")
    text = workspace.config.read_text(encoding="utf-8")
    workspace.config.write_text(text.replace('logo = "campaign.svg"', 'logo = "ours.svg"'), encoding="utf-8")
    found = cli.run("check", "--only", "image", "--no-layout", "--lang", "de", "--audience", "migrants", at=workspace)
    assert (found.code, "campaign extract --fits assets/logos/ours.svg" in found.out) == (1, True), found.out


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("{% block closing %}", "{% block closign %}", "no block 'closign' (did you mean 'closing'?)"),
        ("{{ care() }}", "{{ caer() }}", "no value 'caer' (did you mean 'care'?)"),
        ("call_alone, care,", "call_alone, caer,", "shared.j2 has no macro 'caer' (did you mean 'care'?)"),
        ('"shared.j2"', '"shraed.j2"', "no template 'shraed.j2' (did you mean 'shared.j2'?)"),
        ("{{ phone }}", "{{ fone }}", "no value 'fone' (did you mean 'phone'?)"),
        ('{% extends "base.j2" %}', '{% extens "base.j2" %}', "(did you mean 'extends'?)"),
        ("{{ care() }}", "{{ care()|uper }}", "No filter named 'uper' (did you mean 'upper'?)"),
    ],
)
def test_a_misspelt_name_is_said_once_with_what_was_meant(workspace, rewrite, right, wrong, said):
    """File, line and the nearest name; what follows from the slip is not said beside it."""
    message = workspace.messages / "migrants.j2"
    rewrite(message, right, wrong)
    with pytest.raises(CampaignError) as caught:
        extract_pot(workspace)
    (problem,) = caught.value.problems
    assert said in problem.what
    assert re.fullmatch(r"templates/messages/migrants\.j2:\d+", problem.where)


@pytest.mark.slow
def test_a_preview_that_watches_follows_a_broken_setting_and_its_repair(workspace, monkeypatch):
    """The page says what is wrong with campaign.toml, with the line, and shows the item again once it is mended."""
    from campaign.cli import preview

    page, right, seen = workspace.root / "output" / "preview.html", workspace.config.read_text(encoding="utf-8"), []
    steps = iter([right.replace("[brand]", "[brand", 1), right + "\n"])

    def saved(_: float) -> None:
        seen.append(page.read_text(encoding="utf-8"))
        text = next(steps, None)
        if text is None:
            raise KeyboardInterrupt
        workspace.config.write_text(text, encoding="utf-8")

    monkeypatch.setattr(preview.time, "sleep", saved)
    monkeypatch.chdir(workspace.root)
    with pytest.raises(SystemExit):
        main(["preview", "de/migrants", "--channel", "sms", "--watch", "--no-open"])
    first, broken, mended = seen
    assert "campaign.toml" in broken and "campaign.toml" not in first + mended
    assert "sms.txt" in first and "sms.txt" in mended


@pytest.mark.slow
@pytest.mark.breadth
def test_a_missing_picture_is_one_finding_of_check(workspace, cli):
    """It is of no language, and no text is called clipped for it."""
    (workspace.assets / "illustrations" / "migrants.svg").unlink()
    chosen = ("--audience", "migrants", "--lang", "de,ar", "--only", "image", "--only", "clipped")
    done = cli.run("check", *chosen, at=workspace)
    assert done.out.count("assets/illustrations/migrants.svg: there is no such picture") == 1, done.out
    assert "clipped" not in done.out
