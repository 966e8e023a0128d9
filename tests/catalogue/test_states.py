"""MISSING, DRAFT, SIGNED, STALE: the ledger decides, and only about the exact words that a person saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chained import chained
from hypothesis import given
from hypothesis import strategies as st
from signing import sign

from campaign.catalogue import states, store, warm
from campaign.catalogue.store import Edit
from campaign.model.event import Event
from campaign.model.state import State, worst
from campaign.model.trust import Trust
from campaign.model.unit import Unit, blank
from campaign.model.verdict import Verdict
from campaign.project import Project
from campaign.translation import catalogues
from campaign.workspace import loader

Rewrite = Callable[[Path, str, str], None]

CLOSING, CLOSING_DE = "Without papers you still have rights.", "Auch ohne Papiere haben Sie Rechte."
CALL = Unit("de", "button", "Call us", "", ("Rufen Sie an",))


def verdict(
    unit: Unit,
    who: str = "M. Weber",
    role: str = "mediator",
    what: str = Verdict.SIGN,
    *,
    re: str = "",
    reason: str = "",
) -> Event:
    """What a person says about a unit; `re` are the places of the events that it answers, like "#0 #2"."""
    about = (unit.key, unit.source_hash, unit.text_hash, who, role, "2026-11-20", what)
    return Event(*about, reason=reason, re=tuple(re.split()))


def judged(
    unit: Unit, *events: Event, needed: int = 1, roles: tuple[str, ...] = ("mediator", "second reader")
) -> State:
    """The state of a unit when the ledger holds these events."""
    return states.state(unit, chained(*events).approvals(Trust(roles)), needed)


def state(project: Project, locale: str, source: str) -> State:
    """The state of the sentence in a workspace, as build and status see it."""
    texts = loader.load(project).texts[locale]
    (key,) = [key for key, unit in texts.units.items() if unit.source == source]
    return texts.states[key]


def test_without_a_text_a_unit_is_missing() -> None:
    """Nothing to read is nothing to sign: an empty, blank or invisible text is MISSING whatever the ledger says."""
    for forms in ((), ("",), (" \n",), ("\u200b\u200e",), ("Eine Sprache", "")):
        unit = replace(CALL, forms=forms)
        assert judged(unit) is State.MISSING
        assert judged(unit, verdict(unit)) is State.MISSING


def test_without_a_signature_a_text_is_a_draft() -> None:
    """A text that looks final in the file is a draft until a person signed it."""
    assert judged(CALL) is State.DRAFT
    assert judged(replace(CALL, fuzzy=True)) is State.DRAFT


def test_a_signature_makes_it_signed() -> None:
    """One approval of exactly these words for exactly this source, in a role that may sign."""
    assert judged(CALL, verdict(CALL)) is State.SIGNED


@pytest.mark.parametrize(
    "change",
    [
        {"forms": ("Rufen Sie an!",)},
        {"forms": ("Rufen Sie an ",)},
        {"source": "Call us now"},
        {"context": "heading"},
        {"plural": "Call all of us", "forms": ("Rufen Sie an", "Rufen Sie an")},
        {"fuzzy": True},
    ],
)
def test_any_change_voids_a_signature(change: dict[str, Any]) -> None:
    """One space, another context or a fuzzy mark, and it is a draft again."""
    assert judged(replace(CALL, **change), verdict(CALL)) is State.DRAFT


def test_a_signature_on_other_words_is_no_evidence() -> None:
    """Signing one sentence says nothing about the next, even in the same breath."""
    other = replace(CALL, source="Call", forms=("Rufen",))

    assert judged(CALL, verdict(other)) is State.DRAFT


def test_words_do_not_run_into_their_neighbours() -> None:
    """Two forms "ab" and "c" are not the forms "a" and "bc", and context and source are not one text."""
    one = Unit("de", "a", "bc", "p", ("ab", "c"))

    assert judged(replace(one, forms=("a", "bc")), verdict(one)) is State.DRAFT
    assert judged(replace(one, context="ab", source="c"), verdict(one)) is State.DRAFT


def test_what_was_signed_for_an_earlier_source_is_stale() -> None:
    """A signed text whose source changed says so: it needs a look, not a new translation."""
    proposal = replace(CALL, source="Call us now", fuzzy=True, previous=("button", "Call us", ""))

    assert judged(proposal, verdict(CALL)) is State.STALE
    assert judged(replace(proposal, forms=("Rufen Sie uns an",)), verdict(CALL)) is State.DRAFT, "not the words signed"
    assert judged(replace(proposal, previous=("", "Call us", "")), verdict(CALL)) is State.DRAFT, (
        "not the source signed"
    )


def test_a_rejection_voids_every_signature_on_the_words() -> None:
    """One person who says no is enough, until somebody who saw it signs all the same and says why."""
    no = verdict(CALL, "A. Haddad", what=Verdict.REJECT)

    assert judged(CALL, verdict(CALL), verdict(CALL, "L. Omar"), no) is State.DRAFT
    assert judged(CALL, verdict(CALL), no, verdict(CALL)) is State.DRAFT, "it names no objection"
    assert judged(CALL, verdict(CALL), no, verdict(CALL, re="#1")) is State.DRAFT, "it says no reason"
    assert judged(CALL, verdict(CALL), no, verdict(CALL, re="#1", reason="a quotation")) is State.SIGNED
    assert judged(CALL, verdict(CALL), verdict(CALL, what=Verdict.LAPSE, re="#0")) is State.DRAFT
    assert judged(CALL, verdict(CALL), verdict(CALL, "A. Haddad", what=Verdict.COMMENT)) is State.SIGNED
    assert judged(CALL, verdict(CALL, what=Verdict.COMMENT), verdict(CALL, what=Verdict.WAIVE)) is State.DRAFT


def test_a_role_that_may_not_sign_does_not_count() -> None:
    """A translator cannot approve their own work unless campaign.toml says that translators sign."""
    by_translator = verdict(CALL, role="translator")

    assert judged(CALL, by_translator) is State.DRAFT
    assert judged(CALL, by_translator, roles=("translator",)) is State.SIGNED


def test_four_eyes_are_two_people() -> None:
    """With `signatures = 2` the same person signing twice is one person."""
    assert judged(CALL, verdict(CALL), verdict(CALL), needed=2) is State.DRAFT
    assert judged(CALL, verdict(CALL), verdict(CALL, role="second reader"), needed=2) is State.DRAFT
    assert judged(CALL, verdict(CALL), verdict(CALL, "L. Omar"), needed=2) is State.SIGNED


def test_an_item_is_as_good_as_its_worst_sentence() -> None:
    """A leaflet with one draft sentence is a draft; without any sentence it is missing."""
    assert worst({State.SIGNED}) is State.SIGNED
    assert worst({State.SIGNED, State.STALE}) is State.STALE
    assert worst({State.SIGNED, State.STALE, State.DRAFT}) is State.DRAFT
    assert worst(set(State)) is State.MISSING
    assert worst(set()) is State.MISSING


@given(
    st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(min_size=1, max_size=5), st.text(max_size=5)
)
def test_only_the_same_words_share_a_signature(context: str, source: str, plural: str, text: str, other: str) -> None:
    """No two different texts are ever taken for each other."""
    unit = Unit("de", context, source, plural, (text,))
    changed = Unit("de", context, source, plural, (other,))

    expected = State.MISSING if blank(other) else State.SIGNED if other == text else State.DRAFT
    assert judged(changed, verdict(unit)) is expected


@pytest.mark.slow
def test_the_source_language_is_signed_like_any_other(workspace: Project) -> None:
    """English has no PO file: its words are the templates', and they are drafts until someone signs them."""
    assert state(workspace, "en", CLOSING) is State.DRAFT
    (unit,) = [unit for unit in loader.load(workspace).texts["en"].units.values() if unit.source == CLOSING]

    sign(workspace, "en", [unit], reviewer="J. Smith", role="mediator", on=date(2026, 11, 20))

    assert unit.forms == (CLOSING,)
    assert state(workspace, "en", CLOSING) is State.SIGNED
    assert not workspace.catalogue("en").exists()


def test_a_draft_of_the_reference_campaign_is_a_draft(workspace: Project) -> None:
    """What the starter brings along is complete and unsigned."""
    assert state(workspace, "de", CLOSING) is State.DRAFT


def test_an_edit_voids_the_signature(signed: Project, rewrite: Rewrite) -> None:
    """A mediator's approval covers the exact words; change one in any editor and it is a draft again."""
    assert state(signed, "de", CLOSING) is State.SIGNED

    rewrite(signed.catalogue("de"), CLOSING_DE, CLOSING_DE.replace("haben Sie", "hast du"))
    assert state(signed, "de", CLOSING) is State.DRAFT

    rewrite(signed.catalogue("de"), "hast du", "haben Sie")
    assert state(signed, "de", CLOSING) is State.SIGNED, "the very words that were signed"


def test_taking_the_fuzzy_mark_away_by_hand_signs_nothing(workspace: Project) -> None:
    """A PO editor's "accept" button is no signature."""
    path = workspace.catalogue("de")
    units = store.read(path, path.name, "de").units
    warm.edit(path, path.name, "de", {unit.key: Edit(unit.forms, fuzzy=False) for unit in units})

    assert not any(unit.fuzzy for unit in store.read(path, path.name, "de").units)
    assert set(loader.load(workspace).texts["de"].states.values()) == {State.DRAFT}


def test_a_comment_in_the_file_signs_nothing(workspace: Project, rewrite: Rewrite) -> None:
    """Whoever writes "approved" into a PO file has written a comment."""
    rewrite(workspace.catalogue("de"), f'#, fuzzy\nmsgid "{CLOSING}"', f'# approved-by: M. Weber\nmsgid "{CLOSING}"')

    assert state(workspace, "de", CLOSING) is State.DRAFT


@pytest.mark.slow
def test_a_changed_source_makes_stale_and_a_restored_one_is_signed_again(signed: Project, rewrite: Rewrite) -> None:
    """The life of a sentence: signed, changed, stale; taken back, it is what somebody signed."""
    template = signed.messages / "migrants.j2"
    changed = "Without papers you still have many rights."
    rewrite(template, CLOSING, changed)
    assert loader.load(signed).texts["de"], "before update, rendering records a fallback; nothing breaks"
    catalogues.extract_pot(signed)
    catalogues.update(signed)
    assert state(signed, "de", changed) is State.STALE

    rewrite(template, changed, CLOSING)
    catalogues.extract_pot(signed)
    catalogues.update(signed)
    assert state(signed, "de", CLOSING) is State.SIGNED, "exactly these words are signed for exactly this source"


@pytest.mark.slow
def test_two_signatures_are_needed_when_the_campaign_says_so(signed: Project, rewrite: Rewrite) -> None:
    """Raising the bar in campaign.toml makes what one person signed a draft until a second one signs."""
    rewrite(signed.config, "signatures = 1", "signatures = 2")
    assert state(signed, "de", CLOSING) is State.DRAFT

    space = loader.load(signed)
    (unit,) = [unit for unit in space.texts["de"].units.values() if unit.source == CLOSING]
    sign(signed, "de", [unit], reviewer="L. Omar", role="second reader", on=date(2026, 11, 21))

    assert state(signed, "de", CLOSING) is State.SIGNED


def test_a_role_struck_from_the_campaign_counts_no_more(signed: Project, rewrite: Rewrite) -> None:
    """Who may sign is decided by campaign.toml as it is now."""
    rewrite(signed.config, 'roles = ["mediator", "second reader"]', 'roles = ["second reader"]')

    assert state(signed, "de", CLOSING) is State.DRAFT


def test_a_signature_counts_for_its_language_only(signed: Project) -> None:
    """The German mediator has said nothing about Arabic."""
    assert state(signed, "de", CLOSING) is State.SIGNED
    assert state(signed, "ar", CLOSING) is State.DRAFT
