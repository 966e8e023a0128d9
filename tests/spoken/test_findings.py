"""What the checks find, as data: Babel finds every word of it, thirteen languages say it, values stay as they are."""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from extraction import PROGRAM, calls, extracted
from hypothesis import given
from hypothesis import strategies as st

from campaign import checks
from campaign.catalogue import store
from campaign.checks import RULES, check_unit
from campaign.model.finding import Finding
from campaign.model.placeholders import placeholders
from campaign.model.sentence import Sentence, printable, quoted, say, together
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.spoken import FOLDER, SPOKEN, findings
from campaign.workspace import loader
from campaign.workspace.findings import unit_findings

TAGS = [tag for tag in SPOKEN if tag != "en"]

#: The rooms whose words mediators meet on the review page, or an office on that of a form; the others speak to whoever works at a terminal.
MET = {"checks", "channels", "review", "forms"}

WORDS = extracted()


@pytest.mark.slow
@pytest.mark.breadth
def test_babel_finds_the_words_of_every_sentence() -> None:
    """Each call of `say` has its words in it as they are, with a value for every name: none is lost in extraction."""
    for where, call in calls():
        words = call.args[0]
        assert isinstance(words, ast.Constant) and isinstance(words.value, str), where
        assert words.value in WORDS, where
        names = {keyword.arg for keyword in call.keywords}
        # Words without values get them from `given`.
        assert not names or names == set(placeholders(words.value)), where


@pytest.mark.slow
def test_the_template_for_translators_holds_every_sentence(tmp_path: Path) -> None:
    """`make words`, as the Makefile has it, writes a POT with everything that the program can find."""
    makefile = (PROGRAM.parent / "Makefile").read_text(encoding="utf-8")
    line = next(line for line in makefile.splitlines() if "pybabel" in line).split()
    pot = tmp_path / "findings.pot"
    options = [str(pot) if word.endswith(".pot") else word for word in line[1:-1]]
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", *options, str(PROGRAM)], check=True)
    assert {unit.source for unit in store.read(pot, "pot", "en").units} == WORDS.keys()


@pytest.mark.slow
def test_nothing_else_makes_a_sentence() -> None:
    """No module builds a sentence or a finding past `say` and `finding`, where Babel would not see its words."""
    for path in sorted(PROGRAM.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            (node.module, name.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
        called = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        place = path.relative_to(PROGRAM).as_posix()
        if "Sentence" in called and ("campaign.model.sentence", "Sentence") in imported:
            assert place in {"model/finding.py", "spoken/findings.py"}
        if "Finding" in called:
            assert place == "checks/rules.py"


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_has_a_draft(tag: str) -> None:
    """Of what mediators meet nothing is missing; nothing is left over; each is marked as a draft with its origin, and
    keeps its names.
    """
    units = store.read(FOLDER / tag / "LC_MESSAGES" / "findings.po", tag, tag).units
    met = {words for words, rooms in WORDS.items() if rooms & MET} | {together(say("a"), say("b")).msgid}
    assert {unit.source for unit in units} >= met
    assert {unit.source for unit in units} <= WORDS.keys()
    assert all(unit.fuzzy and "not reviewed" in unit.origin and unit.translated for unit in units)
    assert all(sorted(placeholders(unit.text)) == sorted(placeholders(unit.source)) for unit in units)


def test_the_words_of_every_rule_are_extracted() -> None:
    """A rule is a text of the page like its findings."""
    assert {rule.words for rule in RULES.values()} <= WORDS.keys()


#: Texts with mistakes, by the source that they answer to: what a mediator meets, in each family of rules.
MISTAKES = (
    ("Call %(phone)s. In danger: %(emergency)s.", "", ("Ruf %(telefon)s an, %(phone)s oder %(phone)s, %(x s.",)),
    ("You are not alone.", "", ("Sie sind allein <b>{{ x }}\u200e\ufeff",)),
    ("Open from 9 to 17, call +32 3 201 16 90", "", ("Offen von 8 bis 17 Uhr, +32 3 201 16 09, +32 2 511 64 64",)),
    (
        "Write to help@example.org or https://example.org/a",
        "",
        ("Schreib an hilfe@example.org oder http://evil.example",),
    ),
    ("You can see a doctor, whatever your papers.", "", ("Sie können in die Praxis gehen, wenn Sie krank sind.",)),
    ("Call (today)!", "", ("Ruf an [heute",)),
    ("You will be safe.", "", ("Sie werden sicher sein! Es ist kostenlos, anonym und vertraulich, Tag und Nacht.",)),
    ("They speak %(count)s language", "They speak %(count)s languages", ("Sie sprechen", "")),
    ("This is a sentence about help", "", ("This is a sentence about help",)),
    ("This is a sentence", "", ("Hier ist ist ein Satz",)),
    ("This is a sentence", "", ("Das ist еin Satz مرحبا",)),
    ("Help for victims", "", ("Hilfe für illegale Prostituierte",)),
)

FAMILIES = {
    "placeholder",
    "markup",
    "plural-form",
    "claim-unbacked",
    "script",
    "contact-changed",
    "number",
    "promise",
    "status-condition",
    "stigma",
    "repetition",
    "punctuation",
}


@pytest.fixture(scope="module")
def found(_fresh_workspace: Path) -> list[Finding]:
    """Every finding about the drafts of the campaign and about texts full of mistakes."""
    units = [Unit("de", "", source, plural, forms) for source, plural, forms in MISTAKES]
    found = [each for unit in units for each in check_unit(unit, source_language="en")]
    space = loader.load(Project(_fresh_workspace))
    found += [each for locale in ("de", "ar") for _, some in unit_findings(space, locale, {}) for each in some]
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_what_the_checks_find_is_said_in_the_language_of_the_page(tag: str, found: list[Finding]) -> None:
    """In each language, each rule that these texts break; no finding is left in English."""
    assert {each.code for each in found} >= FAMILIES
    for each in found:
        words = findings.detail(each.said, tag)
        assert words is not None, each.detail
        assert words != each.detail
        assert findings.rule(RULES[each.code].words, tag) != RULES[each.code].words


@pytest.mark.slow
def test_every_language_says_of_the_planted_faults_what_it_said_before() -> None:
    """One finding of each kind in the corpus, word for word, with its values in isolates where directions meet."""
    vectors = Path(__file__).parents[1] / "vectors"
    kept = json.loads((vectors / "findings_said.json").read_text(encoding="utf-8"))
    said: dict[str, Sentence] = {}
    for case in json.loads((vectors / "faults.json").read_text(encoding="utf-8")):
        options = {key: case[key] for key in ("block", "child", "plural") if key in case}
        options["terms"] = [checks.Term(term, tuple(good), tuple(bad)) for term, good, bad in case.get("terms", ())]
        forms = tuple(case.get("forms", ()))
        for each in checks.run(case["source"], case["text"], case["locale"], forms=forms, **options):
            said[each.detail] = each.said
    assert {detail: {tag: findings.detail(said[detail], tag) for tag in TAGS} for detail in kept} == kept


@pytest.mark.parametrize("template", [words for words, rooms in WORDS.items() if rooms & MET])
def test_the_values_of_a_finding_stay_as_they_are(template: str) -> None:
    """From every sentence: the values come through in Greek, and nothing of the English sentence is left."""
    names = dict.fromkeys(placeholders(template))
    values = {name: f"«{number}7»" for number, name in enumerate(names)}
    words = findings.detail(Sentence(template).given(**values), "el")
    assert words is not None
    assert all(value in words for value in values.values())
    assert "%(" not in words


def test_what_has_no_words_in_a_language_is_shown_in_english_and_marked_so() -> None:
    """A sentence that nobody translated is never passed off as the page's language, nor one with a part of that kind."""
    strange = Sentence("something that no catalogue holds")
    form = together(say("brackets are not as in the source"), strange)
    assert findings.detail(strange, "el") is None
    assert findings.detail(form, "el") is None
    assert findings.detail(quoted("the words of another program"), "el") is None
    assert findings.detail(strange, "en") == "something that no catalogue holds"


def test_a_value_that_looks_like_a_name_is_left_alone() -> None:
    """A sentence about a lost placeholder shows the placeholder, and does not fill it."""
    said = say("%(piece)s stands %(have)s times, in the source %(wanted)s", piece="%(have)s", have=2, wanted=1)
    assert str(said) == "%(have)s stands 2 times, in the source 1"


def test_sentences_go_together_as_one() -> None:
    """One finding may say two things; a form of a plural is named once, before them."""
    both = together(say("a %(x)s", x=1), say("b"), say("c"))
    assert str(say("plural form %(index)s: %(detail)s", index=0, detail=both)) == "plural form 0: a 1; b; c"


_TEXTS = st.text(max_size=8)
_SENTENCES = st.recursive(
    st.builds(Sentence, _TEXTS),
    lambda inner: st.builds(
        lambda words, values: Sentence(words).given(**values),
        _TEXTS,
        st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), st.one_of(_TEXTS, inner), max_size=3),
    ),
    max_leaves=4,
)


@pytest.mark.slow
@given(_SENTENCES)
def test_a_finding_comes_back_from_a_cache_as_it_was(said: Sentence) -> None:
    """Through JSON and through a pickle: equal, of the same hash, with the same English."""
    found = Finding("length", checks.RULES["length"].severity, "de", "x", said.msgid, said.params, "rule")
    for again in (Finding.read(json.loads(json.dumps(found.as_data()))), pickle.loads(pickle.dumps(found))):
        assert again == found
        assert hash(again) == hash(found)
        assert again.detail == found.detail


@given(_TEXTS)
def test_values_can_be_printed_anywhere(value: str) -> None:
    """No value breaks a terminal or JSON: what cannot be printed is spelt out."""
    assert str(say("«%(x)s»", x=value)) == f"«{printable(value)}»"


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), _TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_TEXTS, inner, max_size=3)),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("code", "severity", "msgid", "params", "detail"), _JSON)))
def test_a_damaged_finding_is_no_finding(data: dict[str, object]) -> None:
    """What a cache holds may be anything, such as the findings of an earlier version: it is refused, never believed."""
    data = {"locale": "de", "where": "x", "rule": "r", **data}
    try:
        found = Finding.read(data)
    except (KeyError, TypeError, ValueError):
        return
    assert found.detail is not None
    assert found.msgid == data["msgid"]


def test_a_value_that_was_forgotten_is_seen_in_every_test() -> None:
    """The tests' own guard (conftest) refuses a finding that would show `%(parts)s` to its reader."""
    with pytest.raises(AssertionError, match="parts"):
        checks.finding("length", "de", "x", say("takes %(parts)s parts"))
