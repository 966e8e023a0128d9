"""What is made for an audience: fewer channels and formats than the campaign has."""

import re

import pypdfium2
import pytest

from campaign.model.edition import Edition

HEAD = "[audiences.migrants]"


def _choose(workspace, rewrite, text):
    rewrite(workspace.config, HEAD, f"{HEAD}\n{text}")


@pytest.mark.slow
def test_an_audience_has_the_channels_and_formats_that_it_names(cli, workspace, rewrite):
    """No page, so no code and no link; one format; the other audience has all. What was built before goes."""
    assert cli.run("build", "--lang", "de", "--jobs", "1", at=workspace).code == 0
    made = workspace.output(Edition.REVIEW) / "BE" / "de" / "migrants"
    assert (made / "sms.txt").is_file()
    _choose(workspace, rewrite, 'channels = ["leaflet", "sms"]\nformats = ["leaflet-a5"]')
    done = cli.run("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert done.code == 0, done.err
    names = {path.name for path in made.rglob("*") if path.is_file()}
    assert "leaflet-a5-screen.pdf" in names and not any(name.endswith(("card.png", "index.html")) for name in names)
    assert "https://" not in (made / "sms.txt").read_text(encoding="utf-8")
    pages = pypdfium2.PdfDocument(made / "leaflet-a5-screen.pdf")
    assert "https://" not in " ".join(page.get_textpage().get_text_range() for page in pages)
    others = made.parent / "unaccompanied-children"
    assert any(others.rglob("*.png")) and list(others.parent.parent.parent.rglob("index.html"))
    again = cli.run("build", "--lang", "de", "--jobs", "1", at=workspace)
    assert again.out.startswith("Nothing changed")
    status = cli.run("status", at=workspace)
    assert status.code == 0 and status.out.count("Arabic") == 1


def test_what_an_audience_does_not_have_is_not_asked_for(cli, workspace, rewrite):
    """A command that names nothing else says why nothing is made."""
    _choose(workspace, rewrite, 'channels = ["leaflet"]')
    done = cli.run("build", "--audience", "migrants", "--channel", "web", "--jobs", "1", at=workspace)
    assert done.code == 1 and "is not made for migrants" in done.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('channels = ["leaflet", "wep"]', "'wep' is not one of the campaign's channels"),
        ('formats = ["leaflet-a6"]', "'leaflet-a6' is not one of the campaign's formats"),
        ("channels = []", "is empty; name at least one"),
        ('formats = "leaflet-a5"', "formats"),
    ],
)
def test_a_channel_or_format_that_there_is_not_is_named(cli, workspace, rewrite, text, said):
    """Both settings name the audience, and what there is."""
    _choose(workspace, rewrite, text)
    done = cli.run("status", at=workspace)
    assert done.code == 1 and said in done.err and "audiences.migrants" in done.err


def test_only_what_is_made_is_counted_and_signed(cli, workspace, rewrite):
    """Nobody is asked to sign an item that is not made."""
    whole = re.search(r"de German +(\d+)", cli.run("status", at=workspace).out)
    _choose(workspace, rewrite, 'channels = ["sms"]')
    fewer = re.search(r"de German +(\d+)", cli.run("status", at=workspace).out)
    assert whole and fewer and int(whole[1]) - int(fewer[1]) == 3
    item = ("--item", "BE/de/migrants/leaflet", "--name", "M. Weber")
    signed = cli.run("review", "sign", *item, at=workspace)
    assert signed.code == 1 and "is not made for migrants" in signed.err


def test_a_format_renamed_or_removed_is_followed(cli, workspace, rewrite):
    """The list of the audience follows; its only format cannot go before it has another one."""
    _choose(workspace, rewrite, 'formats = ["leaflet-a5", "large-print-a4"]')
    assert cli.run("rename", "layout", "large-print-a4", "large", at=workspace).code == 0
    assert 'formats = ["leaflet-a5", "large"]' in workspace.config.read_text(encoding="utf-8")
    assert cli.run("remove", "layout", "large", at=workspace).code == 0
    assert 'formats = ["leaflet-a5"]' in workspace.config.read_text(encoding="utf-8")
    last = cli.run("remove", "layout", "leaflet-a5", at=workspace)
    assert last.code == 1 and "audiences.migrants" in last.err
    assert 'formats = ["leaflet-a5"]' in workspace.config.read_text(encoding="utf-8")
