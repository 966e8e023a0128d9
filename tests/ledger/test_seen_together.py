"""Words and the item that shows them were approved together, or one after the other by who saw both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from campaign.ledger import ledger
from campaign.ledger.ledger import Ledger
from campaign.ledger.verdicts import Person, sign_off
from campaign.model.cover import Cover
from campaign.model.digest import digest
from campaign.model.event import Event
from campaign.model.trust import Trust

ITEM, WHO = "item:BE/migrants/sms", ("M. Weber", "mediator", "2026-11-20")
OLD, NEW = ("1" * 64, "2" * 64), ("1" * 64, "3" * 64)


def cover(number: str) -> Cover:
    """The item while it shows a number."""
    return Cover("f", {"form": "x", "helpline:1": number}, frozenset({"form"}))


def words(about: tuple[str, str], number: str) -> Event:
    """An approval of words while the item shows a number."""
    return Event("0" * 12, *about, *WHO, "sign", facts=((ITEM, str(cover(number))),))


def whole(number: str, name: str = WHO[0]) -> Event:
    """A signature on the item as a whole while it shows a number."""
    return sign_off(ITEM, str(cover(number)), Person(name, "mediator"), date(2026, 11, 20))


def said(path: Path, *events: Event) -> Ledger:
    """A ledger to which people add one event after the other."""
    made = ledger.read(path, "x")
    for event in events:
        made = ledger.append(path, "x", [event])
    return made


def holds(made: Ledger, number: str, about: tuple[str, str], needed: int = 1) -> bool:
    """Whether the item with a number and words is as it was approved."""
    return made.seen(Trust()).hold(ITEM, cover(number), [about], needed)


def test_new_words_do_not_come_out_with_a_number_that_was_signed_before_them(tmp_path: Path) -> None:
    """Signed with one number, rewritten and signed with another, and the first number put back: nobody saw both."""
    made = said(tmp_path / "a", words(OLD, "1690"), whole("1690"), words(NEW, "1693"), whole("1693"))
    assert holds(made, "1693", NEW) and holds(made, "1690", OLD)
    assert not holds(made, "1690", NEW)
    assert holds(said(tmp_path / "a", words(NEW, "1690")), "1690", NEW), "signing again is enough"


def test_old_words_do_not_come_back_with_a_number_that_was_signed_after_them(tmp_path: Path) -> None:
    """The words are put back and the number is not: who signed the whole had the other words before their eyes."""
    made = said(tmp_path / "a", words(OLD, "1690"), whole("1690"), words(NEW, "1693"), whole("1693"))
    assert not holds(made, "1693", OLD)
    assert holds(said(tmp_path / "a", words(OLD, "1693")), "1693", OLD)


def test_an_edit_that_is_undone_is_signed_again_whatever_the_layout_was(tmp_path: Path) -> None:
    """The item changed and was signed anew; a sentence was changed and signed after that, and put back."""
    made = said(tmp_path / "a", words(OLD, "1690"), whole("1690"), whole("1693"), words(NEW, "1693"))
    assert holds(made, "1693", OLD) and holds(made, "1693", NEW) and holds(made, "1690", OLD)


def test_whoever_signs_the_item_later_saw_the_words(tmp_path: Path) -> None:
    """Sentences that were approved with another layout count under a later signature on the whole."""
    made = said(tmp_path / "a", words(NEW, "1693"), whole("1690"))
    assert holds(made, "1690", NEW)
    assert not holds(made, "1690", NEW, needed=2)
    assert holds(said(tmp_path / "a", whole("1690", "A. Haddad"), words(OLD, "1690")), "1690", NEW, needed=2)


def test_words_that_come_later_with_the_same_number_count(tmp_path: Path) -> None:
    """A sentence is corrected and signed on the page; the item as a whole was signed before and is the same."""
    made = said(tmp_path / "a", words(OLD, "1690"), whole("1690"), words(NEW, "1690"))
    assert holds(made, "1690", NEW)
    bare = Event("0" * 12, "1" * 64, digest("other"), *WHO, "sign")
    assert holds(said(tmp_path / "a", bare), "1690", (bare.source_hash, bare.text_hash)), "an earlier version told none"
