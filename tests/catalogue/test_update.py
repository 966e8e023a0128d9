"""update: what changed must be reviewed again, what did not is not touched, and no text is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue import extract, merge, store
from campaign.catalogue.extract import Extracted
from campaign.errors import CampaignError
from campaign.model.state import State
from campaign.project import Project
from campaign.translation import catalogues
from campaign.workspace import loader

LEAD = "{% block lead %}{% trans %}Nobody may keep your passport.{% endtrans %}{% endblock %}"
PLURAL = "{% macro counted(n) %}{% trans count=n %}One language{% pluralize %}{{ count }} languages{% endtrans %}{% endmacro %}"

Say = Callable[[str], None]

SENTENCES = (
    "Help",
    "Help us",
    "Nobody may keep your passport.",
    "Nobody may keep your papers.",
    "You can see a doctor.",
)


def only(project: Project, locale: str, source: str) -> Any:
    """The live unit with this source."""
    path = project.catalogue(locale)
    (unit,) = [unit for unit in store.read(path, path.name, locale).units if unit.source == source]
    return unit


def test_a_language_without_a_file_gets_one(little: Project, say: Say, msgfmt: Callable[[Path], str]) -> None:
    """A new language starts with every sentence, empty, and with its own plural forms."""
    say(LEAD + PLURAL)

    text = little.catalogue("ar").read_text(encoding="utf-8")
    assert "Language: ar\\n" in text
    assert "nplurals=6;" in text
    assert text.count("msgstr[") == 6
    assert only(little, "ar", "Nobody may keep your passport.").forms == ("",)
    assert msgfmt(little.catalogue("ar")) == ""


def test_nothing_changed_means_nothing_written(workspace: Project) -> None:
    """An update without news leaves every byte and every time stamp of the real catalogues alone."""
    before = {tag: (path := workspace.catalogue(tag), path.read_bytes(), path.stat()) for tag in ("de", "ar")}

    merged = catalogues.update(workspace)

    for tag, (path, data, stat) in before.items():
        assert path.read_bytes() == data
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stat.st_mtime_ns, stat.st_ino)
        assert (merged[tag].changed, merged[tag].new, merged[tag].obsolete) == (0, 0, 0)


def test_a_changed_sentence_keeps_its_text_as_a_proposal(little: Project, say: Say, translate: Any, entry: Any) -> None:
    """The translator sees the old source next to the new one, and the text waits for review."""
    say(LEAD)
    translate("de", "Nobody may keep your passport.", "Niemand darf Ihren Pass behalten.")

    say(LEAD.replace("your passport", "your papers"))

    path = little.catalogue("de")
    assert entry(path, "Nobody may keep your papers.").split("\n")[2:] == [
        "#, fuzzy",
        '#| msgid "Nobody may keep your passport."',
        'msgid "Nobody may keep your papers."',
        'msgstr "Niemand darf Ihren Pass behalten."',
    ]
    assert '#~ msgstr "Niemand darf Ihren Pass behalten."' in path.read_text(encoding="utf-8")


def test_an_unlike_sentence_gets_no_proposal(little: Project, say: Say, translate: Any) -> None:
    """A proposal for something else would be worse than an empty field."""
    say(LEAD)
    translate("de", "Nobody may keep your passport.", "Niemand darf Ihren Pass behalten.")

    say("{% trans %}The call is free{% endtrans %}")

    assert only(little, "de", "The call is free").forms == ("",)
    assert "#~ msgstr" in little.catalogue("de").read_text(encoding="utf-8")


def test_a_changed_plural_alone_must_be_reviewed_again(
    little: Project, say: Say, translate: Any, entry: Any, msgfmt: Callable[[Path], str]
) -> None:
    """Who changes only the plural does not leave the translation of the old one final."""
    say(PLURAL)
    translate("de", "One language", "Eine Sprache", "%(count)s Sprachen")

    say(PLURAL.replace("}} languages", "}} tongues"))

    path = little.catalogue("de")
    assert entry(path, "One language").split("\n")[2:] == [
        "#, fuzzy, python-format",
        '#| msgid "One language"',
        '#| msgid_plural "%(count)s languages"',
        'msgid "One language"',
        'msgid_plural "%(count)s tongues"',
        'msgstr[0] "Eine Sprache"',
        'msgstr[1] "%(count)s Sprachen"',
    ]
    assert msgfmt(path) == "", "gettext refuses one msgid twice, even when one of the two is obsolete"


def test_a_plural_that_goes_away_leaves_its_forms_in_comments(
    little: Project, say: Say, translate: Any, entry: Any, msgfmt: Callable[[Path], str]
) -> None:
    """Six Arabic forms are work; the five that have no place any more stay readable."""
    say(PLURAL)
    translate("ar", "One language", *(f"صيغة {n} %(count)s" for n in range(6)))

    say("{% trans %}One language{% endtrans %}")

    found = entry(little.catalogue("ar"), "One language")
    assert "#, fuzzy" in found
    assert 'msgstr "صيغة 0 %(count)s"' in found
    assert [f"صيغة {n} %(count)s" in found for n in range(6)] == [True] * 6
    assert msgfmt(little.catalogue("ar")) == ""


def test_a_changed_context_must_be_reviewed_again(little: Project, say: Say, translate: Any, entry: Any) -> None:
    """The same English words in another place can need other words."""
    say('{% trans "button" %}Help{% endtrans %}')
    translate("de", "Help", "Hilfe holen")

    say('{% trans "heading" %}Help{% endtrans %}')

    live, gone = little.catalogue("de").read_text(encoding="utf-8").split("\n\n")[1:]
    assert live.split("\n")[2:] == [
        "#, fuzzy",
        '#| msgctxt "button"',
        '#| msgid "Help"',
        'msgctxt "heading"',
        'msgid "Help"',
        'msgstr "Hilfe holen"',
    ]
    assert gone.strip().split("\n") == ['#~ msgctxt "button"', '#~ msgid "Help"', '#~ msgstr "Hilfe holen"']


@pytest.mark.parametrize(("before", "after"), [("", '"heading" '), ('"heading" ', "")])
def test_a_context_that_comes_or_goes_must_be_reviewed_again(
    little: Project, say: Say, translate: Any, before: str, after: str
) -> None:
    """No context is a context too: the unit knows which of the two its text was made for."""
    say(f"{{% trans {before}%}}Help{{% endtrans %}}")
    translate("de", "Help", "Hilfe")

    say(f"{{% trans {after}%}}Help{{% endtrans %}}")

    unit = only(little, "de", "Help")
    assert (unit.fuzzy, unit.text, unit.context) == (True, "Hilfe", after.strip('" '))
    assert unit.previous == (before.strip('" '), "Help", "")


def test_a_removed_sentence_is_kept_as_obsolete(little: Project, say: Say, translate: Any, entry: Any) -> None:
    """What a mediator once wrote is in the file for the day when the sentence comes back."""
    say(LEAD + "{% trans %}Call us{% endtrans %}")
    translate("de", "Call us", "Rufen Sie uns an")
    path = little.catalogue("de")
    path.write_text(
        path.read_text(encoding="utf-8").replace("#. [migrants/lead]", "# a remark\n#. [migrants/lead]"),
        encoding="utf-8",
    )

    say(LEAD)

    assert path.read_text(encoding="utf-8").endswith('\n#~ msgid "Call us"\n#~ msgstr "Rufen Sie uns an"\n')
    assert [unit.source for unit in store.read(path, "de", "de").units] == ["Nobody may keep your passport."]


def test_a_sentence_that_comes_back_is_not_final(little: Project, say: Say, translate: Any) -> None:
    """Its text was right when it left; whether it still is, a person decides."""
    say(LEAD + "{% trans %}Call us{% endtrans %}")
    translate("de", "Call us", "Rufen Sie uns an")
    assert not only(little, "de", "Call us").fuzzy
    say(LEAD)

    say(LEAD + "{% trans %}Call us{% endtrans %}")

    unit = only(little, "de", "Call us")
    assert (unit.fuzzy, unit.text) == (True, "Rufen Sie uns an")
    assert "#~" not in little.catalogue("de").read_text(encoding="utf-8")


def test_a_proposal_goes_on_naming_the_source_it_was_made_for(little: Project, say: Say, translate: Any) -> None:
    """After two changes in a row the translator still sees which words the text translates."""
    say(LEAD)
    translate("de", "Nobody may keep your passport.", "Niemand darf Ihren Pass behalten.")

    say(LEAD.replace("your passport", "your papers"))
    say(LEAD.replace("your passport", "your own papers"))

    assert only(little, "de", "Nobody may keep your own papers.").previous == ("", "Nobody may keep your passport.", "")


def test_what_translators_wrote_into_the_file_stays(little: Project, say: Say, translate: Any, rewrite: Any) -> None:
    """Comments, headers of other programs and a note at the end survive a change around them."""
    say(LEAD)
    translate("de", "Nobody may keep your passport.", "Niemand darf Ihren Pass behalten.")
    path = little.catalogue("de")
    rewrite(
        path, '"Language: de\\n"\n', '"Language: de\\n"\n"X-Generator: Poedit 3.4.2\\n"\n"X-Poedit-Basepath: .\\n"\n'
    )
    rewrite(path, "Last-Translator: Automatically generated", "Last-Translator: Ana Kovač <ana@example.org>")
    rewrite(path, "#. [migrants/lead]", "# polite form: agreed with the mediators\n#. [migrants/lead]")
    path.write_text(path.read_text(encoding="utf-8") + "\n# end of file, thank you\n", encoding="utf-8")

    say(LEAD.replace("your passport", "your papers") + "{% trans %}Call us{% endtrans %}")

    text = path.read_text(encoding="utf-8")
    assert '"X-Generator: Poedit 3.4.2\\n"\n"X-Poedit-Basepath: .\\n"\n' in text
    assert "Ana Kovač <ana@example.org>" in text
    assert text.count("# polite form: agreed with the mediators") == 2, "with the proposal and with the old entry"
    assert text.count("# end of file, thank you") == 1


def test_only_the_languages_asked_for_are_updated(little: Project, say: Say, templates: Any) -> None:
    """`campaign update ar` leaves German for later."""
    say(LEAD)
    before = little.catalogue("de").read_bytes()
    templates(migrants=LEAD + "{% trans %}Call us{% endtrans %}")
    catalogues.extract_pot(little)

    assert set(catalogues.update(little, ("ar",))) == {"ar"}

    assert little.catalogue("de").read_bytes() == before
    assert only(little, "ar", "Call us").forms == ("",)


def test_one_broken_file_stops_the_update_of_all(
    little: Project, say: Say, templates: Any, contents: Any, rewrite: Any
) -> None:
    """An update is whole or it is not: no language is left a version behind the others."""
    say(LEAD)
    rewrite(little.catalogue("ar"), 'msgid "Nobody may keep your passport."', 'msgid "Nobody may keep')
    templates(migrants=LEAD.replace("your", "their"))
    catalogues.extract_pot(little)
    before = contents(little.root)

    with pytest.raises(CampaignError, match=r"locales/ar/LC_MESSAGES/campaign\.po:\d+: is not a valid PO file"):
        catalogues.update(little)

    assert contents(little.root) == before


def test_without_a_pot_the_next_step_is_named(little: Project, templates: Any) -> None:
    """A newcomer who starts with update learns that extract comes first."""
    templates(migrants=LEAD)

    with pytest.raises(CampaignError, match="run: campaign extract"):
        catalogues.update(little)


def test_a_stale_text_is_told_from_a_draft(signed: Project, rewrite: Any) -> None:
    """After a change of the source, what was signed for the old words is STALE until it is signed again."""
    rewrite(
        signed.messages / "migrants.j2",
        "You have rights, whatever your papers",
        "You have rights, whatever papers you have",
    )
    catalogues.extract_pot(signed)
    catalogues.update(signed)

    texts = loader.load(signed).texts["de"]

    states = {unit.source: texts.states[key] for key, unit in texts.units.items()}
    assert states["You have rights, whatever papers you have"] is State.STALE
    assert states["Without papers you still have rights."] is State.SIGNED


SENTENCES = [
    "Call us now",
    "Call us today",
    "Call us",
    "Help",
    "Helps",
    "The call is free of charge",
    "The call is free",
]
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from(["", "button"]), st.sampled_from(SENTENCES), st.sampled_from(["", "", "All {n}", "Each {n}"])
    ),
    unique_by=lambda message: message[:2],
    min_size=1,
    max_size=6,
)
#: What a translator does to the n-th unit: types new words, takes the fuzzy mark away, leaves it.
WORK = st.lists(st.sampled_from(["type", "accept", "leave"]), min_size=6, max_size=6)


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["de", "ar"])
@given(steps=st.lists(st.tuples(MESSAGES, WORK), min_size=2, max_size=7))
@pytest.mark.sample(1)
def test_no_text_is_ever_lost_and_nothing_changed_is_final(
    tmp_path_factory: pytest.TempPathFactory, msgfmt: Callable[[Path], str], locale: str, steps: Any
) -> None:
    """However templates change, every word that was typed stays in the file, and only unchanged units are final."""
    path = tmp_path_factory.mktemp("po") / "campaign.po"
    po = store.new(locale, "test", "2026-11-24")
    final: set[tuple[str, str, str]] = set()
    typed = 0
    for messages, work in steps:
        before = set(re.findall(r"text-\d+", bytes(po).decode()))
        pot = extract.build_pot(tuple(Extracted(*message, (), ()) for message in messages), "test", "2026-11-24")
        merge.merge(pot, po, locale)
        store.write(path, po)
        po = store.parse(path, path.name, locale)

        assert before <= set(re.findall(r"text-\d+", bytes(po).decode())), "a text is gone"
        units = store.read(path, path.name, locale).units
        assert [(unit.context, unit.source, unit.plural) for unit in units] == list(messages), (
            "units are missing or out of order"
        )
        for unit in units:
            if unit.translated and not unit.fuzzy:
                assert (unit.context, unit.source, unit.plural) in final, "a text is final for words that nobody saw"
        merge.merge(pot, po, locale)
        assert bytes(po) == path.read_bytes(), "a second update without news changed the file"

        for unit, action in zip(store.live(po), work, strict=False):
            if action == "type":
                count = len(unit.target.strings) if unit.hasplural() else 1
                forms = tuple(f"text-{typed + n}" for n in range(count))
                typed += count
                store.apply(unit, store.Edit(forms, fuzzy=False))
            elif action == "accept":
                unit.markfuzzy(False)
        store.write(path, po)
        po = store.parse(path, path.name, locale)
        final = {store.identity(unit) for unit in store.live(po) if not unit.isfuzzy()}
    assert msgfmt(path) == ""


def says(*sentences: str) -> str:
    """A template of these sentences."""
    return "{% block lead %}" + "".join(f"{{% trans %}}{each}{{% endtrans %}}" for each in sentences) + "{% endblock %}"


PASSPORT, PAPERS = "Nobody may keep your passport.", "Nobody may keep your papers."
DOCTOR, LAWYER = "You can see a doctor.", "Ask a union for legal advice."


def test_update_says_truly_what_is_new(little: Project, templates: Any, translate: Any, cli: Any) -> None:
    """After a change of the templates each sentence is counted once in each language, translated or not."""
    templates(migrants=says(PASSPORT, DOCTOR, "Help"))
    assert cli.run("extract", at=little).code == 0
    assert cli.run("update", at=little).out == "".join(
        f"{tag:8} kept 0, changed 0, new 3, obsolete 0\n" for tag in ("de", "ar")
    )
    translate("de", PASSPORT, "Niemand darf Ihren Pass behalten.")

    templates(migrants=says(PAPERS, LAWYER, "Help"))
    told = cli.run("update", at=little)

    assert told.out == "".join(f"{tag:8} kept 1, changed 1, new 1, obsolete 1\n" for tag in ("de", "ar")), (
        "German has a text for what changed, Arabic has none: the same sentences are new in both"
    )
    again = cli.run("update", at=little)
    assert again.out == "".join(f"{tag:8} kept 3, changed 0, new 0, obsolete 0\n" for tag in ("de", "ar"))


def test_a_sentence_that_comes_back_is_new_again(little: Project, say: Say, translate: Any, cli: Any) -> None:
    """What went and came back has its text as a proposal; what was obsolete before is not told again."""
    say(says(PASSPORT, "Help"))
    translate("de", PASSPORT, "Niemand darf Ihren Pass behalten.")
    say(says("Help"))

    say(says("Help", LAWYER))
    merged = catalogues.update(little)["de"]
    assert (merged.kept, merged.changed, merged.new, merged.obsolete) == (2, 0, 0, 0)

    (little.messages / "migrants.j2").write_text(says("Help", LAWYER, PASSPORT), encoding="utf-8")
    merged = catalogues.update(little)["de"]
    assert (merged.kept, merged.changed, merged.new, merged.obsolete) == (2, 0, 1, 0)
    assert only(little, "de", PASSPORT).fuzzy


@pytest.mark.slow
@given(
    before=st.sets(st.sampled_from(SENTENCES), min_size=1),
    after=st.sets(st.sampled_from(SENTENCES), min_size=1),
    translated=st.sets(st.sampled_from(SENTENCES)),
)
def test_the_numbers_of_an_update_add_up(before: set[str], after: set[str], translated: set[str]) -> None:
    """Kept, changed and new are what the templates say; kept, changed and obsolete what the language had."""

    def pot(sentences: set[str]) -> Any:
        messages = [Extracted("", each, "", ("x.j2",), ()) for each in sorted(sentences)]
        return extract.build_pot(tuple(messages), "test", "2026-11-24")

    po = store.new("de", "test", "2026-11-24")
    merge.merge(pot(before), po, "de")
    for unit in store.live(po):
        if str(unit.source) in translated:
            unit.target = "Text"

    merged = merge.merge(pot(after), po, "de")

    assert merged.kept == len(before & after)
    assert merged.kept + merged.changed + merged.new == len(after)
    assert merged.kept + merged.changed + merged.obsolete == len(before)
