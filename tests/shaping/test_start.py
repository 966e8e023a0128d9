"""campaign init with options: only what was asked for, and what is still to be filled in."""

import json
from pathlib import Path

import pytest

from campaign.catalogue import glossary, store
from campaign.model.unit import unit_key
from campaign.project import Project
from campaign.shaping import settings

SEASONAL = ("--audience", "seasonal-workers", "--organisation", "Ayuda")


def _asked(cli, tmp_path: Path, *options: str) -> Project:
    done = cli.run("init", "mine", *options, at=tmp_path)
    assert done.code == 0, done.err
    return Project(tmp_path / "mine")


@pytest.mark.slow
def test_only_what_was_asked_for_is_there(cli, tmp_path):
    """Countries, languages and audiences of the reference campaign that nobody named leave no file, record or sentence."""
    mine = _asked(
        cli,
        tmp_path,
        "--country",
        "ES",
        "--lang",
        "es,ar,ro",
        "--audience",
        "seasonal-workers",
        "--organisation",
        "Ayuda",
    )
    assert settings.listed(mine, "languages") == ["en", "es", "ar", "ro"]
    assert settings.listed(mine, "countries") == ["ES"]
    assert list(settings.table(mine, "audiences")) == ["seasonal-workers"]
    assert {record["country"] for record in settings.contacts(mine)} == {"ES"}
    assert sorted(path.name for path in (mine.root / "locales").iterdir()) == [
        "ar",
        "campaign.pot",
        "described.toml",
        "es",
        "ro",
    ]
    assert [path.name for path in mine.illustrations.glob("*.svg")] == ["seasonal-workers.svg"]
    catalogue = mine.catalogue("ar").read_text(encoding="utf-8")
    assert "#~" not in catalogue
    assert catalogue.count("\nmsgid ") == mine.pot.read_text(encoding="utf-8").count("\nmsgid ")
    assert "Fair work" in catalogue and "You cannot leave" not in catalogue


@pytest.mark.slow
def test_a_new_audience_gets_a_message_to_fill_in_and_the_helpline_waits(cli, tmp_path):
    """No number is invented: until the helpline is filled in, the program names its record, and then it builds."""
    mine = _asked(cli, tmp_path, "--country", "GB", "--lang", "ur", "--audience", "flood-cleaners", "--empty")
    refused = cli.run("extract", at=mine)
    assert refused.code == 1
    assert "gb-emergency.number" in refused.err
    for name, kind, number in (("gb-emergency", "emergency", "999"), ("gb-helpline", "women", "+448081570001")):
        values = ("--name", "Line", "--kind", kind, "--number", number)
        done = cli.run("add", "contact", name, *values, "--source", "its page", at=mine)
        assert done.code == 0, done.err
    message = mine.messages / "flood-cleaners.j2"
    text = message.read_text(encoding="utf-8")
    message.write_text(
        text.replace("{#- {% trans %}…{% endtrans %} -#}", "{% trans %}You have a right to help.{% endtrans %}")
    )
    shown = cli.run("preview", "ur/flood-cleaners", "--channel", "leaflet", "--no-open", at=mine)
    assert "leaflet-a5-screen.pdf" in shown.out, shown.err
    assert "data:image/png" in (mine.root / "output" / "preview.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.breadth
def test_ones_own_logo_has_ones_own_words(cli, tmp_path):
    """A screen reader hears the name of the organisation and not what the reference campaign's sign shows."""
    (tmp_path / "ayuda.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    mine = _asked(
        cli, tmp_path, "--logo", "ayuda.svg", "--organisation", "Ayuda {Sur}", "--country", "BE", "--colour", "#7A1F3D"
    )
    labels = (mine.messages / "labels.j2").read_text(encoding="utf-8")
    assert "Logo of Ayuda Sur" in labels and "open door" not in labels
    assert [path.name for path in (mine.assets / "logos").iterdir()] == ["ayuda.svg"]
    assert 'primary = "#7A1F3D"' in mine.config.read_text(encoding="utf-8")


def test_a_logo_is_taken_as_it_is_called_on_the_desk(cli, tmp_path):
    """Spaces, letters of any language and large letters in its name do not stop it."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
    (tmp_path / "Mi logo ñ (2).SVG").write_text(drawing, encoding="utf-8")
    mine = _asked(cli, tmp_path, "--logo", str(tmp_path / "Mi logo ñ (2).SVG"), "--lang", "en", *SEASONAL)
    assert settings.table(mine, "brand")["logo"] == "Mi-logo-ñ-2.svg"
    assert [path.name for path in (mine.assets / "logos").iterdir()] == ["Mi-logo-ñ-2.svg"]


def test_all_that_cannot_be_is_named_at_once(cli, tmp_path):
    """A wrong country, language, colour and logo are told together, the first two with what was meant; nothing is made."""
    done = cli.run(
        "init", "mine", "--country", "UK", "--lang", "xx", "--colour", "red", "--logo", "no.svg", at=tmp_path
    )
    assert done.code == 1
    for words in ("write GB", "'xx'", "'red' is not a colour", "there is no file no.svg"):
        assert words in done.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_headline_is_said_with_its_file(cli, workspace, rewrite):
    """Who has not written the headline yet is told where, and not what the compiler thinks of it."""
    message = workspace.messages / "migrants.j2"
    text = message.read_text(encoding="utf-8")
    start, end = text.index("{% block title %}"), text.index("{% block lead %}")
    message.write_text(text[:start] + "{% block title %}{% endblock %}\n" + text[end:], encoding="utf-8")
    cli.run("extract", at=workspace)
    done = cli.run("build", "--audience", "migrants", "--lang", "de", "--channel", "leaflet", at=workspace)
    assert "templates/messages/migrants.j2: the block title is empty" in done.err


def test_a_logo_that_no_layout_may_show_is_refused_when_it_is_set(cli, tmp_path):
    """Small letters in a drawing stop the campaign before it is made, not two minutes later at every file."""
    (tmp_path / "ours.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10"><text font-size="1">since 1961</text></svg>'
    )
    (tmp_path / "ours.png").write_bytes(b"no picture")
    for logo, words in (("ours.svg", "holds a <text>"), ("ours.png", "ours.png")):
        done = cli.run("init", "mine", "--country", "BE", "--lang", "de", "--logo", logo, at=tmp_path)
        assert (done.code, words in done.err) == (1, True), done.err
    assert not (tmp_path / "mine").exists()


@pytest.mark.slow
def test_a_campaign_begins_in_another_language(cli, tmp_path):
    """`--source fr`: the messages are French, English is a translation, agreed words and the logo's words are turned."""
    mine = _asked(cli, tmp_path, "--source", "fr", "--lang", "en,ar", *SEASONAL)
    assert settings.listed(mine, "languages") == ["fr", "en", "ar"]
    assert settings.values(mine, mine.config)["source_language"] == "fr"
    assert settings.table(mine, "audiences")["seasonal-workers"]["name"] == "Travailleurs saisonniers"
    assert "{# translators: titre du dépliant" in (mine.messages / "seasonal-workers.j2").read_text(encoding="utf-8")
    message = (mine.messages / "seasonal-workers.j2").read_text(encoding="utf-8")
    assert "Travail juste" in message and "Fair work" not in message
    english, arabic = (store.read(mine.catalogue(tag), "campaign.po", tag).by_key() for tag in ("en", "ar"))
    assert english[unit_key("", "Qui peut aider", "")].text == "Who can help"
    assert all(arabic[key].translated for key in english)
    assert not mine.catalogue("fr").exists()
    agreed = {term.term for term in glossary.load(mine, "ar", "fr").terms}
    assert "interprète" in agreed and "interpreter" not in agreed


@pytest.mark.parametrize("typed", ["+34 900 105 090", "+34 (900) 10-50-90", "+34\u00a0900.105.090"])
def test_a_number_is_typed_as_people_write_it(cli, tmp_path, typed):
    """Spaces, dots, hyphens and brackets are what a page of the operator has; the record has the digits."""
    mine = _asked(cli, tmp_path, "--country", "ES", "--lang", "es", *SEASONAL)
    done = cli.run(
        "add", "contact", "es-helpline", "--name", "Ayuda", "--number", typed, "--source", "its page", at=mine
    )
    assert done.code == 0, done.err
    assert 'number = "+34900105090"' in mine.contacts.read_text(encoding="utf-8")


def test_a_language_without_texts_is_no_beginning(cli, tmp_path):
    """What the reference campaign has no texts in is refused with those in which it has."""
    done = cli.run("init", "mine", "--source", "tlh", at=tmp_path)
    assert (done.code, "one of: en, nl, fr" in done.err) == (1, True), done.err
    assert not (tmp_path / "mine").exists()


@pytest.mark.breadth
def test_what_is_written_in_another_language_goes_to_the_printer(cli, tmp_path, attest):
    """From `init --source fr` over a signature on the English to the release and the packs of it."""
    mine = _asked(cli, tmp_path, "--source", "fr", "--lang", "en", "--country", "FR", *SEASONAL)
    line = ("fr-helpline", "--name", "Ligne", "--number", "+33140000000", "--source", "page of the operator")
    assert cli.run("add", "contact", *line, at=mine).code == 0
    text = mine.config.read_text(encoding="utf-8")
    mine.config.write_text(text.replace("https://example.org/help", "https://aide.test/droits"), encoding="utf-8")
    words = json.loads(cli.run("check", "--no-layout", "--json", at=mine).out)["findings"]
    assert {each["code"] for each in words if each["severity"] == "error"} == {"unsigned", "contact-expired"}
    attest(mine)
    for tag in ("fr", "en"):
        for name in ("A. Weber", "B. Weber"):
            signed = cli.run("review", "sign", tag, "--audience", "seasonal-workers", "--name", name, at=mine)
            assert signed.code == 0, signed.err
    for command in (("build", "--release", "--jobs", "1"), ("pack", "sms", "--release"), ("verify", "--release")):
        done = cli.run(*command, at=mine)
        assert done.code == 0, done.out + done.err
    made = mine.root / "output" / "release" / "FR" / "en" / "seasonal-workers" / "sms.txt"
    assert "Work info" in made.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_name_of_the_campaign_is_said_in_the_source(cli, tmp_path):
    """The page of languages has it as its heading: where nobody gave another one it is not English under a French page."""
    mine = _asked(cli, tmp_path, "--country", "BE", "--source", "fr", "--lang", "en", "--audience", "seasonal-workers")
    assert settings.values(mine, mine.config)["name"] == "Vous avez des droits"
