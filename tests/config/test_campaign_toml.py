"""campaign.toml: everything that is wrong is said at once, with file and key, and nothing else ever happens."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign import config
from campaign.config.tables import suggestion
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.project import Project

Rewrite = Callable[[Path, str, str], None]


def problems(project: Project) -> dict[str, Problem]:
    """The problems of a workspace, by the place that each names."""
    with pytest.raises(CampaignError) as caught:
        config.load(project)
    found = {re.sub(r":\d+: ", ": ", problem.where): problem for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems), "one problem is said twice"
    return found


def test_every_key_arrives(workspace: Project) -> None:
    """What the two files say is what the program works with."""
    campaign = config.load(workspace)

    assert campaign.languages == ("en", "de", "ar")
    assert campaign.countries == ("BE",)
    assert campaign.edition == date(2026, 11, 24)
    assert campaign.base_url == "https://rights.test/help"
    assert (campaign.sms.parts, campaign.signatures, campaign.trust.roles) == (3, 1, ("mediator", "second reader"))
    assert {key: (a.name, a.child) for key, a in campaign.audiences.items()} == {
        "migrants": ("Migrants, refugees, undocumented people", False),
        "unaccompanied-children": ("Unaccompanied and separated children", True),
    }
    assert campaign.emergency_for("BE").number == "112"
    first = campaign.contacts_for("BE", "unaccompanied-children")[0]
    assert first.name == "Child Focus", "a contact that names the audience comes before the general ones"


def test_every_problem_of_both_files_is_said_at_once(workspace: Project, rewrite: Rewrite) -> None:
    """Staff correct a file once, not once for each mistake."""
    rewrite(workspace.config, 'source_language = "en"', 'source_language = "fr"')
    rewrite(workspace.config, "edition = 2026-11-24", 'edition = "24.11.2026"')
    rewrite(workspace.config, "signatures = 1", "signatures = 3")
    rewrite(workspace.config, 'accent = "indigo"', 'accent = "indgo"')
    rewrite(workspace.contacts, 'number = "+3225116464"', 'number = "+32"')
    rewrite(workspace.contacts, 'kind = "missing-children"', 'kind = "children-missing"')

    found = problems(workspace)

    assert set(found) == {
        "campaign.toml: languages",
        "campaign.toml: edition",
        "campaign.toml: review.signatures",
        "campaign.toml: audiences.unaccompanied-children.accent",
        "contacts.toml: be-pag-asa.number",
        "contacts.toml: be-child-focus.kind",
    }
    assert "did you mean 'indigo'" in str(found["campaign.toml: audiences.unaccompanied-children.accent"])


def test_a_broken_contacts_file_does_not_hide_the_problems_of_the_other(workspace: Project, rewrite: Rewrite) -> None:
    """Both files are read even when one of them is no TOML at all."""
    rewrite(workspace.config, "parts = 3", "parts = 99")
    workspace.contacts.write_text('[[contact]]\nid = "be\n', encoding="utf-8")

    assert set(problems(workspace)) == {"campaign.toml: sms.parts", "contacts.toml:2"}


@pytest.mark.parametrize(
    ("old", "new", "where", "meant"),
    [
        ('name = "You have rights"', 'name = "x"\nlangages = []', "langages", "languages"),
        ("signatures = 1", "signatures = 1\nrole = []", "review.role", "roles"),
        ("parts = 3", "parts = 3\npart = 3", "sms.part", "parts"),
        ("child = true", "child = true\nchilds = true", "audiences.unaccompanied-children.childs", "child"),
        ('logo = "campaign.svg"', 'logo = "campaign.svg"\norganization = ""', "brand.organization", "organisation"),
    ],
)
def test_an_unknown_key_is_refused_with_the_one_that_was_meant(
    workspace: Project, rewrite: Rewrite, old: str, new: str, where: str, meant: str
) -> None:
    """A misspelt key is never silently ignored."""
    rewrite(workspace.config, old, new)

    found = problems(workspace)

    assert list(found) == [f"campaign.toml: {where}"]
    assert f"did you mean {meant!r}" in found[f"campaign.toml: {where}"].what


def test_a_key_far_from_every_other_gets_no_guess() -> None:
    """A guess that cannot help is not made."""
    assert suggestion("zzz", ("languages", "countries")) == ""


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('name = "You have rights"', "name = 7", "name", "a text in quotes"),
        ('name = "You have rights"', 'name = "  "', "name", "is empty"),
        ('name = "You have rights"', 'name = "a\\u0000b"', "name", "U+0000"),
        ('name = "You have rights"', 'name = "a\\nb"', "name", "U+000A"),
        ('organisation = ""', 'organisation = "a\\u202Eb"', "brand.organisation", "U+202E"),
        ('countries = ["BE"]', 'countries = "BE"', "countries", "a list in [ ]"),
        ('countries = ["BE"]', "countries = [32]", "countries", "must hold texts in quotes, not 32"),
        ('countries = ["BE"]', 'countries = ["Belgium"]', "countries", "two capital letters"),
        ('countries = ["BE"]', 'countries = ["BE", "BE"]', "countries", "'BE' twice"),
        ('countries = ["BE"]', "countries = []", "countries", "name at least one"),
        ("edition = 2026-11-24", "edition = 2026-11-24T10:00:00Z", "edition", "a date like"),
        ("edition = 2026-11-24", "", "edition", "is missing"),
        ("[audiences.migrants]", "[groups.migrants]", "groups", "is not a known key"),
        ('base_url = "https://rights.test/help"', 'base_url = "http://example.org"', "base_url", "https://"),
        ('base_url = "https://rights.test/help"', 'base_url = ""', "base_url", "is empty"),
        ("parts = 3", "parts = true", "sms.parts", "a whole number"),
        ("parts = 3", "parts = 3.0", "sms.parts", "a whole number"),
        ("parts = 3", "parts = 0", "sms.parts", "between 1 and 10"),
        ("child = true", 'child = "yes"', "audiences.unaccompanied-children.child", "true or false"),
        ('roles = ["mediator", "second reader"]', 'roles = ["mediater"]', "review.roles", "did you mean 'mediator'"),
        ('roles = ["mediator", "second reader"]', "roles = []", "review.roles", "is empty"),
        ('logo = "campaign.svg"', 'logo = "../../etc/passwd"', "brand.logo", "an SVG file in assets/logos"),
        (
            'channels = ["leaflet", "sms", "social", "web"]',
            'channels = ["leeflet"]',
            "channels",
            "did you mean 'leaflet'",
        ),
        ('logo = "campaign.svg"', '[brand.palette]\nink = "black"', "brand.palette.ink", "a colour like"),
        ("[audiences.migrants]", "[audiences.Migrants]", "audiences.Migrants", "small letters"),
        ('en = ["YouHaveRights"]', 'fr = ["VosDroits"]', "social.hashtags.fr", "campaign's languages"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_wanted(
    workspace: Project, rewrite: Rewrite, old: str, new: str, where: str, what: str
) -> None:
    """Whatever is wrong, the message says in which key and what to write there."""
    rewrite(workspace.config, old, new)

    found = problems(workspace)

    assert what in found[f"campaign.toml: {where}"].what


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("arabic", "ar (Arabic)"),
        ("dari", "prs (Dari)"),
        ("de-AT", "de (German)"),
        ("sr-cyrl", "sr-Cyrl"),
        ("ukr", "uk (Ukrainian)"),
    ],
)
def test_a_language_is_suggested_by_name_code_or_region(
    workspace: Project, rewrite: Rewrite, tag: str, meant: str
) -> None:
    """People type names of languages; the message has the tag that they need."""
    rewrite(workspace.config, 'languages = ["en", "de", "ar"]', f'languages = ["en", "de", "ar", "{tag}"]')

    problem = problems(workspace)["campaign.toml: languages"]

    assert repr(tag) in problem.what
    assert meant in problem.todo


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name = "x"\nlanguages = ["en"\nedition = 1\n', 3),
        ("name = 'x'\n\nedition = 2026-02-30\n", 3),
        ("a = 1\na = 2\n", 2),
        ("a = 1\na = 2", 2),
        ("[brand\n", 1),
        ('name = """never closed\n\n', 1),
    ],
)
@pytest.mark.parametrize("file", ["campaign.toml", "contacts.toml"])
def test_broken_toml_names_the_line(workspace: Project, file: str, text: str, line: int) -> None:
    """A missing quote or bracket is found by its line, not by reading the file again."""
    (workspace.root / file).write_text(text, encoding="utf-8")

    (found,) = (problem for where, problem in problems(workspace).items() if where.startswith(f"{file}:"))

    assert found.where == f"{file}:{line}"
    assert "is not valid TOML" in found.what


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [f"a = {'[' * 5000}", f"{'.'.join('a' * 5000)} = 1", f"a = {'1' * 5000}", f"a = 0x{'f' * 5000}"]
)
@pytest.mark.parametrize("file", ["campaign.toml", "contacts.toml"])
def test_values_without_measure_are_refused(workspace: Project, file: str, text: str) -> None:
    """Ten thousand brackets are the file's fault, and the message says so."""
    (workspace.root / file).write_text(text, encoding="utf-8")

    assert "too deep" in problems(workspace)[file].what


@pytest.mark.parametrize("file", ["campaign.toml", "contacts.toml"])
def test_a_missing_file_is_named(workspace: Project, file: str) -> None:
    """A workspace without one of its two files says which."""
    (workspace.root / file).unlink()

    assert "cannot be read" in problems(workspace)[file].what


def is_campaign_or_error(project: Project) -> None:
    """The only two ways in which reading a workspace may end."""
    try:
        loaded = config.load(project)
    except CampaignError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.where.startswith(("campaign.toml", "contacts.toml")), problem
            assert problem.what
    else:
        assert isinstance(loaded, Campaign)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["campaign.toml", "contacts.toml"])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.sample(1)
def test_any_bytes_are_a_campaign_or_an_error_that_names_the_file(
    workspace: Project, file: str, data: st.DataObject
) -> None:
    """No file content, however odd, ends in a traceback."""
    path = workspace.root / file
    good = path.read_bytes()
    position = data.draw(st.integers(0, len(good)))
    noise = data.draw(
        st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
    kind = data.draw(st.sampled_from(["only noise", "put in", "cut off", "written over"]))
    path.write_bytes(
        {
            "only noise": noise,
            "put in": good[:position] + noise + good[position:],
            "cut off": good[:position],
            "written over": good[:position] + noise + good[position + len(noise) :],
        }[kind]
    )
    try:
        is_campaign_or_error(workspace)
    finally:
        path.write_bytes(good)


VALUES = st.recursive(
    st.text(max_size=8)
    | st.sampled_from(
        ["", "en", "BE", "+3232011690", "112", "24/7", "mon-fri 09:00-17:00", "*", "migrants", "https://x.y"]
    )
    | st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.floats()
    | st.dates()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def toml(value: object) -> str:
    """A value as TOML writes it, on one line."""
    match value:
        case bool():
            return str(value).lower()
        case date() | datetime():
            return value.isoformat()
        case Mapping():
            return (
                "{"
                + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(item)}" for key, item in value.items())
                + "}"
            )
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def places(value: object) -> Iterator[tuple[object, object]]:
    """Every place in nested tables and lists: the container and the key or index."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from places(item)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["campaign.toml", "contacts.toml"])
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.sample(1)
def test_any_value_in_any_key_is_a_campaign_or_an_error(workspace: Project, file: str, data: st.DataObject) -> None:
    """Valid TOML with a wrong value anywhere is refused with its key, or used; it is never a traceback."""
    path = workspace.root / file
    good = path.read_bytes()
    document = tomllib.loads(good.decode())
    container, key = data.draw(st.sampled_from(list(places(document))))
    container[key] = data.draw(VALUES)  # type: ignore[index]
    path.write_text(
        "".join(f"{json.dumps(top)} = {toml(value)}\n" for top, value in document.items()), encoding="utf-8"
    )
    try:
        is_campaign_or_error(workspace)
    finally:
        path.write_bytes(good)


def test_a_campaign_without_audiences_says_so_once(workspace: Project) -> None:
    """There is nothing to build for nobody."""
    text = workspace.config.read_text(encoding="utf-8").partition("[audiences.")[0]
    workspace.config.write_text(f"{text}\n[audiences]\n", encoding="utf-8")
    assert problems(workspace)["campaign.toml: audiences"].what == "is empty; name at least one"

    workspace.config.write_text(text, encoding="utf-8")
    assert "is missing" in problems(workspace)["campaign.toml: audiences"].what
