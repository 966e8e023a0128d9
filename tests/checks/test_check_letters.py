"""The lists of letters that do not belong to a language."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

import campaign
from campaign import checks, languages
from campaign.identify.letters import repaired

DATA = tomllib.loads((Path(campaign.__file__).parent / "data" / "letters.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("tag", DATA)
def test_each_list_names_its_origin_and_single_lowercase_letters(tag):
    """A mediator can see why a letter is refused; digits are never in a list."""
    entry = DATA[tag]

    assert tag in languages.registry()
    assert entry["origin"]
    for letter in entry.get("letters", {}):
        assert unicodedata.category(letter).startswith("L")
        assert letter == letter.lower() == unicodedata.normalize("NFC", letter)
    if "same_as" in entry:
        assert "letters" in DATA[entry["same_as"]]


@pytest.mark.parametrize("tag", [tag for tag in DATA if "letters" in DATA[tag]])
def test_no_list_tells_to_write_a_letter_that_it_refuses(tag):
    """The advice in a finding leads to a text without findings."""
    letters = DATA[tag]["letters"]
    assert not set("".join(letters.values())) & letters.keys()


@pytest.mark.parametrize("tag", ["ur", "fa", "ckb"])
@pytest.mark.parametrize("name", ["هيئة الإغاثة", "دار الهجرة", "الهلال الأحمر"])
def test_the_arabic_name_of_an_organisation_keeps_its_letters(tag, name):
    """It stands so on the door; a word of the language typed on an Arabic keyboard is still found, and repaired."""
    typed = "پوچهيں" if tag == "ur" else "بپرسيد"
    found = [f.detail for f in checks.run("Ask.", f"{name} {typed}", tag) if f.code == "script"]
    assert found and all(typed in detail and name not in detail for detail in found)
    assert not [f for f in checks.run("Ask.", name, tag) if f.code == "script"]
    fixed = repaired(f"{name} {typed}", tag)
    assert name in fixed and typed not in fixed
