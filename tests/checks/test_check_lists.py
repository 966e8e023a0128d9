"""The word lists of the rules: whole, with an origin, and honest about languages without one."""

import tomllib
from pathlib import Path

import pytest

import campaign
from campaign import checks, languages
from campaign.checks import wordlist
from campaign.checks.coverage import LISTS, SOURCE_LISTS

FOLDER = Path(campaign.__file__).parent / "data" / "rules"
FILES = sorted(FOLDER.glob("*.toml"))
TABLES = [(path.stem, tag) for path in FILES for tag in tomllib.loads(path.read_text(encoding="utf-8"))]
REFERENCE = [
    "en",
    "nl",
    "fr",
    "de",
    "el",
    "it",
    "ro",
    "bg",
    "uk",
    "ar",
    "fa",
    "ti",
    "bn",
    "es",
    "ru",
    "tr",
    "ur",
    "zh-Hans",
    "vi",
    "sq",
    "pl",
    "hu",
]


def test_every_list_serves_a_rule():
    """No list lies about unused, and each rule that needs one has it."""
    assert {path.stem for path in FILES} | {"claims"} == LISTS.keys() | SOURCE_LISTS.keys()
    assert {*LISTS.values(), *SOURCE_LISTS.values()} <= checks.RULES.keys()


@pytest.mark.parametrize(("name", "tag"), TABLES)
def test_each_list_is_whole(name, tag):
    """Every list belongs to a known language, compiles, and says where it comes from."""
    entry = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[tag]

    assert tag == "*" or tag in languages.registry()
    assert entry["origin"]
    if tag != "*":
        words = wordlist.words(name, tag)
        assert words is not None
        assert all(pattern.pattern for pattern in words.kinds.values())
        assert words.harmless.keys() <= words.kinds.keys()


@pytest.mark.parametrize("tag", REFERENCE)
def test_every_language_of_the_reference_campaign_is_checked(tag):
    """All that is not checked is the readability where nobody fitted a formula."""
    assert [f.detail for f in checks.unchecked(tag) if not f.detail.startswith("not measured")] == []


def test_a_language_without_a_list_is_said_to_be_unchecked():
    """No finding is not the same as checked: one warning for each rule that says nothing."""
    found = list(checks.unchecked("wo"))

    # Wolof marks neither the gender nor the age of whom it speaks to.
    assert {f.code for f in found} == {*LISTS.values(), "plain"} - {"gender", "register"}
    assert {f.severity.value for f in found} == {"warning"}
    assert "not checked: nobody listed the words of Wolof yet" in found[1].detail
    assert "not measured: nobody fitted a readability formula to Wolof" in found[-1].detail


def test_a_language_without_gendered_address_needs_no_list():
    """Persian has nothing that a list could find."""
    assert "gender" not in {f.code for f in checks.unchecked("fa")}
    assert "gender" in {f.code for f in checks.unchecked("lt")}


def test_a_source_language_needs_the_lists_of_the_source():
    """A campaign that is written in Romanian hears that its plain language is not checked; in French it is."""
    assert "plain" in {f.code for f in checks.unchecked("ro", "ro")}
    assert [f.code for f in checks.unchecked("fr", "fr")] == []
    assert [f.code for f in checks.unchecked("fr", "en")] == []
