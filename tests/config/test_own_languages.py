"""[language.<tag>] of campaign.toml: a language that the program does not have, described by the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign import config, languages
from campaign.errors import CampaignError
from campaign.identify import names
from campaign.project import Project
from campaign.reading.addresses import web_key

Rewrite = Callable[[Path, str, str], None]

GANDA = """
[language.lg]
autonym = "Luganda"
english = "Ganda"
script = "Latn"
plural = "nplurals=2; plural=n != 1"
"""


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    yield
    languages.hold(())


def describe(workspace: Project, text: str, *tags: str) -> None:
    """Add tables to campaign.toml, and these tags to its list of languages."""
    told = workspace.config.read_text(encoding="utf-8")
    named = "".join(f', "{tag}"' for tag in tags)
    workspace.config.write_text(told.replace('"de", "ar"]', f'"de", "ar"{named}]') + text, encoding="utf-8")


def test_a_language_of_the_workspace_is_a_language(workspace: Project) -> None:
    """Five lines describe it; what the script and the standards say need not be said again."""
    describe(workspace, GANDA, "lg")

    campaign = config.load(workspace)

    (ganda,) = campaign.own_languages
    assert languages.get("lg") is ganda
    assert (ganda.plural, ganda.categories, ganda.nplurals) == ("nplurals=2; plural=n != 1;", ("one", "other"), 2)
    assert (ganda.fonts, ganda.leading, ganda.scale) == (("Noto Sans",), 0.65, 1.0)
    assert (ganda.rtl, ganda.typst_lang, ganda.iso639_3, ganda.argos) == (False, "lg", "lug", None)
    assert languages.resolve("lg_UG.UTF-8") == languages.resolve("lug") == "lg"
    assert names.tag("Luganda") == "lg"
    assert web_key("https://a.test/lg/help") == web_key("https://a.test/en/help")


def test_every_fact_can_be_told(workspace: Project) -> None:
    """A script with a font of the workspace's own, right to left, four forms, a region: all of it arrives."""
    described = """
[language.nqo-GN]
autonym = "ߒߞߏ"
english = "N’Ko"
script = "Nkoo"
direction = "rtl"
plural = "nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2;"
categories = ["zero", "one", "other"]
fonts = ["Ebrima"]
leading = 0.9
scale = 1.2
iso639_3 = "nqo"
argos = "nk"
"""
    describe(workspace, described, "nqo-GN")

    (told,) = config.load(workspace).own_languages

    assert (told.rtl, told.fonts, told.leading, told.scale) == (True, ("Ebrima", "Noto Sans"), 0.9, 1.2)
    assert (told.categories, told.typst_lang, told.typst_region) == (("zero", "one", "other"), "nqo", "GN")
    assert (told.iso639_3, told.argos) == ("nqo", "nk")


def test_serbian_in_latin_letters_is_no_other_serbian(workspace: Project) -> None:
    """A language in another script is another language, and every program's name of it leads to it."""
    described = """
[language.sr-Latn]
autonym = "Srpski"
english = "Serbian (Latin)"
script = "Latn"
plural = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
categories = ["one", "few", "other"]
"""
    describe(workspace, described, "sr-Latn")
    config.load(workspace)

    assert languages.resolve("sr@latin") == languages.resolve("sr_Latn_RS") == "sr-Latn"
    assert languages.resolve("sr") == languages.resolve("sr_RS") == "sr-Cyrl"


def test_the_next_workspace_does_not_know_it(workspace: Project, tmp_path: Path) -> None:
    """What one workspace describes is no language of another, in the same process."""
    describe(workspace, GANDA, "lg")
    config.load(workspace)
    told = workspace.config.read_text(encoding="utf-8").replace(GANDA, "")
    workspace.config.write_text(told, encoding="utf-8")

    with pytest.raises(CampaignError, match="lg"):
        config.load(workspace)
    assert "lg" not in languages.registry()
    assert names.tag("Luganda") == ""


BAD = {
    "no tag": (GANDA.replace("language.lg", 'language."../lg"'), "", "is not a language tag"),
    "a device": (GANDA.replace("language.lg", "language.con"), "", "is not a language tag"),
    "known": (GANDA.replace("language.lg", "language.sw"), "", "comes with the program"),
    "withdrawn code": (GANDA.replace("language.lg", "language.tl"), "", "another code of fil"),
    "three letters": (GANDA.replace("language.lg", "language.deu"), "", "another code of de"),
    "no autonym": (GANDA.replace('autonym = "Luganda"\n', ""), "autonym", "is missing"),
    "long": (GANDA.replace('"Ganda"', f'"{"G" * 61}"'), "english", "61 characters"),
    "name of another": (GANDA.replace('"Ganda"', '"swahili"'), "english", "name of sw already"),
    "no script": (GANDA.replace('"Latn"', '"Latin"'), "script", "did you mean 'Latn'"),
    "other script": (GANDA.replace('"Latn"', '"Ethi"'), "autonym", "no letter of the script Ethi"),
    "direction": (GANDA + 'direction = "rtl"\n', "direction", "Latn is written ltr"),
    "formula": (GANDA.replace("n != 1", "__import__('os')"), "plural", "no rule for plural forms"),
    "form of nothing": (
        GANDA.replace("nplurals=2", "nplurals=3") + 'categories = ["one", "two", "other"]\n',
        "plural",
        "no number",
    ),
    "unnamed forms": (GANDA.replace("n != 1", "n > 2 ? 2 : n > 1").replace("=2;", "=3;"), "categories", "is missing"),
    "order of forms": (GANDA + 'categories = ["other", "one"]\n', "categories", "in this order"),
    "too many forms": (GANDA + 'categories = ["other"]\n', "categories", "names 1 forms"),
    "no font": (GANDA.replace("Luganda", "ߒߞߏ").replace("Latn", "Nkoo"), "fonts", "no font of the script Nkoo"),
    "leading": (GANDA + "leading = 9\n", "leading", "must lie between"),
    "librarians": (GANDA + 'iso639_3 = "LUG"\n', "iso639_3", "three small letters"),
    "argos": (GANDA + 'argos = "english"\n', "argos", "is not a code"),
    "stranger's key": (GANDA + 'quotes = "«»"\n', "quotes", "is not a known key"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_description_is_named_by_its_key(workspace: Project, case: str) -> None:
    """Each fault is said where it stands; the list of languages is not blamed as well."""
    text, key, said = BAD[case]
    tag = text.split("[language.")[1].split("]")[0].strip('"')
    describe(workspace, text, *([tag] if tag.isalpha() else []))

    with pytest.raises(CampaignError) as caught:
        config.load(workspace)

    (problem,) = caught.value.problems
    assert problem.where == f"campaign.toml: language.{tag}" + (f".{key}" if key else "")
    assert said in str(problem)


def test_the_table_that_toml_does_not_allow_gets_the_right_one_named(workspace: Project) -> None:
    """`languages` is a list already: whoever writes [languages.lg] is told the table's name."""
    describe(workspace, GANDA.replace("[language.", "[languages."), "lg")

    with pytest.raises(CampaignError, match=r"\[language.xx\]"):
        config.load(workspace)


def test_an_unknown_language_can_be_described(workspace: Project) -> None:
    """Whoever names a language that the program lacks is told what to do about it."""
    describe(workspace, "", "lg")

    with pytest.raises(CampaignError, match=r"described in campaign.toml: \[language.<tag>\]"):
        config.load(workspace)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["autonym", "english", "script", "direction", "plural", "categories", "fonts", "leading", "iso639_3"]
        ),
        st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.lists(st.text(max_size=4), max_size=3)),
    )
)
def test_any_description_is_a_language_or_an_error(workspace: Project, told: dict[str, object]) -> None:
    """Whatever stands in the table: a whole language, or a refusal with its key; never a traceback."""
    import tomlkit

    table = tomlkit.dumps({"language": {"lg": told}})
    original = workspace.config.read_text(encoding="utf-8")
    try:
        describe(workspace, "\n" + table, "lg")
        (known,) = config.load(workspace).own_languages
        assert known.nplurals == len(known.categories)
    except CampaignError as error:
        assert all("language" in problem.where or problem.what for problem in error.problems)
    finally:
        workspace.config.write_text(original, encoding="utf-8")
