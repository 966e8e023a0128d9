"""A sentence or a catalogue in another language of the same script."""

import shutil

import pytest

from campaign import checks
from campaign.checks.whose import strange_catalogue
from campaign.cli.main import main


@pytest.mark.parametrize(
    ("locale", "text", "other"),
    [
        ("de", "Rufen Sie uns an. Vous pouvez voir un médecin sans vos papiers.", "French"),
        ("nl", "Bel ons. Sie können zu einem Arzt gehen, und er ist für Sie da.", "German"),
        ("uk", "Ви можете подзвонити. Вы можете пойти к врачу, и если вас спросят, только скажите.", "Russian"),
        ("fa", "به ما زنگ بزنید. آپ ڈاکٹر کے پاس جا سکتے ہیں اور وہ نہیں پوچھے گا۔", "Urdu"),
        ("ti", "ደውሉልና። ማንም ሰው ስለ ወረቀት ነገር አይጠይቅም እና መሄድ ይችላሉ።", "Amharic"),
        ("es", "Llámenos. Você pode ver um médico e não vai ter de pagar nada com os seus papéis.", "Portuguese"),
    ],
)
def test_a_single_sentence_in_another_language_asks_for_a_look(locale, text, other):
    """A row that slipped in a spreadsheet shows, although its letters are right."""
    found = [
        f for f in checks.run("Call us. You can see a doctor.", text, locale) if f.detail.endswith(f"is in {other}")
    ]
    assert [f.code for f in found] == ["script"]
    assert found[0].severity.value == "warning"


FRENCH = ["Personne ne peut garder votre passeport.", "Vous pouvez voir un médecin.", "Qui peut vous aider ?"] * 3
DUTCH = ["Niemand mag uw paspoort houden.", "U kunt naar een dokter gaan.", "Wie kan u helpen?"] * 3


def test_a_catalogue_in_another_language_than_its_folder_is_an_error():
    """The whole text or the header is another language."""
    (text,) = strange_catalogue("de", "locales/de", "de", FRENCH)
    (header,) = strange_catalogue("nl", "locales/nl", "fr", DUTCH)
    assert "the text is in French" in text.detail and "says that its language is fr" in header.detail
    assert {text.severity.value, header.severity.value} == {"error"}


@pytest.mark.parametrize(
    ("locale", "header"), [("nl", "nl"), ("nl", "nl_BE"), ("nl", ""), ("sr-Cyrl", "sr@cyrillic"), ("zh-Hant", "zh_TW"), ("pt", "pt_BR"), ("prs", "fa")]
)  # fmt: skip
def test_a_header_in_any_way_that_gettext_writes_passes(locale, header):
    """Regions and modifiers of gettext are the same language."""
    assert not list(strange_catalogue(locale, "", header, ()))


@pytest.mark.slow
def test_check_names_a_french_catalogue_in_the_german_folder(tmp_path, capsys, monkeypatch):
    """Somebody copied the wrong file: `check` ends with an error that says so."""
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "w")])
    folder = tmp_path / "w" / "locales"
    (french,) = (folder / "fr").rglob("*.po")
    shutil.copy(french, folder / "de" / french.relative_to(folder / "fr"))
    monkeypatch.chdir(tmp_path / "w")
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["check", "--no-layout", "--lang", "de", "--json"])
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "the text is in French" in said and "says that its language is fr" in said
