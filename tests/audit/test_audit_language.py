"""Whose language a file is in: addresses and names are no English, another language is found, damage is said."""

import pytest

from campaign.audit import profile
from campaign.audit.compare import compare
from campaign.audit.document import Document

REFERENCE = """You have rights, whatever your papers. Nobody may keep your passport from you.
You can see a doctor and nobody will ask for your papers there.
Doctors of the World UK
Office for the Rights of Workers and Families
Payoke vzw, Leguit 4, 2000 Antwerp, +32 3 201 16 90, Surya asbl, Rue Rouveroy 2, 4000 Liège, info@surya.example.org
Médecins du Monde, place du petit Sablon 7, 1000 Brussels and Amnesty International, 1 Easton Street, London WC1X 0DW
WhatsApp, Signal, Telegram, Facebook, YouTube: help@example.org, https://example.org/help/now
Call +32 3 201 16 90. In danger call 112."""
KEPT = REFERENCE.splitlines()[2:7]
TRANSLATED = {
    "fr": "Vous avez des droits, quels que soient vos papiers. Personne ne peut garder votre passeport.\nVous pouvez voir un médecin et personne ne vous demandera vos papiers.\n{}\nAppelez le +32 3 201 16 90. En danger, appelez le 112.",
    "de": "Sie haben Rechte, egal welche Papiere Sie haben. Niemand darf Ihren Pass behalten.\nSie können zu einem Arzt gehen und niemand fragt nach Ihren Papieren.\n{}\nRufen Sie +32 3 201 16 90 an. In Gefahr wählen Sie 112.",
    "so": "Xuquuq ayaad leedahay, waraaqahaagu si kasta ha ahaadaan. Qofna ma haysan karo baasaboorkaaga.\nWaxaad arki kartaa dhakhtar, qofna kuma weydiin doono waraaqo.\n{}\nWac +32 3 201 16 90. Haddii khatar jirto wac 112.",
    "ti": "ዝኾነ ወረቐት እንተሃለወኩም መሰል ኣለኩም። ማንም ሰብ ፓስፖርትኩም ክሕዝ ኣይክእልን እዩ።\nሓኪም ክትርእዩ ትኽእሉ ኢኹም፣ ማንም ድማ ወረቐት ኣይሓትትን።\n{}\nናብ +32 3 201 16 90 ደውሉ። ኣብ ሓደጋ 112 ደውሉ።",
    "uk": "Ви маєте права, які б документи у вас не були. Ніхто не може тримати ваш паспорт.\nВи можете піти до лікаря, і ніхто не спитає про документи.\n{}\nТелефонуйте +32 3 201 16 90. У небезпеці телефонуйте 112.",
}  # fmt: skip


def document(text):
    """A text file as the reader gives it."""
    return Document(text, text)


def audited(text, tag, name=""):
    """The findings about letters and language."""
    reference = profile.of_document("en.txt", document(REFERENCE))
    return [f for f in compare(name or f"leaflet-{tag}.txt", document(text), reference)[1] if f.code == "script"]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_addresses_and_names_of_organisations_are_not_left_in_english(tag):
    """45 of 46 public leaflets were called wrong because a line of addresses stays as it is in every language."""
    assert audited(TRANSLATED[tag].format("\n".join(KEPT)), tag) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_sentence_left_in_english_is_listed_the_longest_first(tag):
    """A proof-reader sees all of them, the worst one first, and no more than these."""
    left = [
        "You can see a doctor and nobody will ask for your papers there.",
        "Nobody may keep your passport from you.",
        "You have rights, whatever your papers.",
    ]
    found = audited(TRANSLATED[tag].format("\n".join((*KEPT, *left))), tag)
    assert [f.severity.value for f in found] == ["error"] * 3
    assert [f.detail.count(" ") for f in found] == sorted((f.detail.count(" ") for f in found), reverse=True)
    for finding, sentence in zip(found, left, strict=True):
        assert sentence.lower().rstrip(".").replace(",", "") in finding.detail


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_sentence_in_the_language_of_the_reference_is_found_also_in_other_words(tag):
    """A paragraph that somebody added and nobody translated: a look is asked for."""
    (found,) = audited(TRANSLATED[tag].format("You should not give your telephone to the people who drive you."), tag)
    assert found.severity.value == "warning"
    assert "in the language of the reference" in found.detail


@pytest.mark.parametrize(
    ("name", "said"),
    [("leaflet-fra.txt", "French"), ("leaflet-french.txt", "French"), ("leaflet-es-MX.txt", "Spanish"), ("leaflet-zh-TW.txt", "Chinese (Traditional)"), ("Leaflet Dutch.txt", "Dutch"), ("nld/leaflet.txt", "Dutch")],
)  # fmt: skip
def test_german_text_under_another_name_is_an_error(name, said):
    """File names as people write them: ISO 639-3, English names, regions."""
    found = audited(TRANSLATED["de"].format(""), "", name)
    assert any(f.detail.startswith(f"wrong language: the file goes by {said}") for f in found)


@pytest.mark.parametrize(
    ("text", "tag", "said"),
    [
        ("?? ????? ???? ???????? ??? ????? 112", "ru", "question marks"),
        ("Vous pouvez voir un m\ufffddecin", "fr", "question marks"),
        ("Vous avez des droits quels que soient vos papiers Ã©tat".replace("é", "Ã©"), "fr", "wrong character set"),
        ("က်ေနာ္တို႔ ျမန္မာ ကူညီ ေပးမည္", "my", "Zawgyi"),
        ("Avgvi †mvbvi evsjv, Avwg †Zvgvq fv‡jvevwm", "bn", "old font"),
        ("<<<<<<< HEAD\nВи маєте права.\n=======\nУ вас є права.\n>>>>>>> x", "uk", "merge tool"),
    ],
)
def test_a_file_that_is_no_text_any_more_is_said_to_be_that(text, tag, said):
    """The finding says what happened to the file, and what to do."""
    assert any(said in f.detail and f.severity.value == "error" for f in audited(text, tag))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "others"), [("leaflet-prs.txt", "fa"), ("leaflet-fa.txt", "prs"), ("leaflet-pt-BR.txt", "pt")]
)
@pytest.mark.sample(2)
def test_the_report_says_which_languages_it_cannot_part(name, others, tmp_path, cli):
    """Nobody takes a file for checked whose language no program can tell from its neighbour."""
    (tmp_path / "en.txt").write_text(REFERENCE, encoding="utf-8")
    (tmp_path / name).write_text("112 +32 3 201 16 90", encoding="utf-8")
    shown = cli.run("audit", "en.txt", name, at=tmp_path).out
    assert f"cannot be told from {others}" in shown


@pytest.mark.parametrize("tag", ["fr", "de", "ti", "uk"])
@pytest.mark.parametrize("own", ["en", "nl"])
def test_what_a_program_left_in_the_file_does_not_outweigh_its_words(tag, own):
    """LibreOffice writes /Lang en into a Chinese PDF: the text says which language it is in, and a warning the rest."""
    text = TRANSLATED[tag].format("")
    reference = profile.of_document("en.txt", document(REFERENCE))
    locale, found = compare("leaflet.pdf", Document(text, text, language=own), reference)
    (said,) = [f for f in found if f.code == "script"]
    assert locale == tag and said.severity.value == "warning" and "put the mark right" in said.detail


def test_a_text_left_in_the_language_of_the_reference_is_no_wrong_mark():
    """The page says French and nobody translated it: that is an error, as a file named so is."""
    reference = profile.of_document("en.txt", document(REFERENCE))
    _, found = compare("leaflet.html", Document(REFERENCE, REFERENCE, language="fr"), reference)
    assert any(f.detail.startswith("wrong language") and f.severity.value == "error" for f in found)
    _, found = compare("leaflet-fr.html", Document(REFERENCE, REFERENCE, language="de"), reference)
    assert any(f.detail.startswith("wrong language: the file goes by French") for f in found)
