"""What counts, rule by rule: each of these tests dies without its rule (benchmarks/mutants.py says which)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chained import chained, line

from campaign.ledger import ledger
from campaign.ledger.ledger import Ledger
from campaign.ledger.standing import standing
from campaign.model.event import Event
from campaign.model.reviewer import Reviewer
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict

ABOUT = ("0" * 12, "0" * 64, "1" * 64)
WORDS = ABOUT[1:]
TRUST = Trust(("mediator",), ("R. Weber",))


def said(verdict: str, who: str = "Mina Omar", on: str = "2026-10-10", role: str = "mediator", **more: Any) -> Event:
    """Something about one text."""
    return Event(*ABOUT, who, role, on, Verdict(verdict), **more)


def counts(book: Ledger, trust: Trust = TRUST) -> int:
    """How many people stand for the text."""
    return len(book.approvals(trust).get(WORDS, ()))


def test_an_objection_is_answered_by_name_and_with_a_reason() -> None:
    """All of them, or the signature does not count."""
    no, too = said("reject", "Bilal Haddad", reason="no"), said("reject", "Noor Aziz", reason="no")
    assert counts(chained(no, said("sign", re=("#0",), reason="so it is"))) == 1
    assert counts(chained(no, said("sign", re=("#0",)))) == counts(chained(no, said("sign", reason="x"))) == 0
    assert counts(chained(no, said("sign", re=("#0",), reason="  "))) == 0
    assert counts(chained(no, too, said("sign", re=("#0",), reason="so it is"))) == 0
    assert counts(chained(no, too, said("sign", re=("#0", "#1"), reason="so it is"))) == 1
    assert chained(no, said("sign", re=("#0",), reason="x")).standing(TRUST).open(WORDS) == ()
    assert len(chained(no, said("sign", "X Y", role="staff", re=("#0",), reason="x")).standing(TRUST).open(WORDS)) == 1


def test_an_answer_about_other_words_answers_nothing() -> None:
    """Whoever signs another text names the objection in vain."""
    other = Event(*ABOUT[:2], "2" * 64, "Mina Omar", "mediator", "2026-10-10", Verdict.SIGN, reason="x", re=("#0",))
    stands = chained(said("reject", "Bilal Haddad", reason="no"), other).standing(TRUST)
    assert len(stands.open(WORDS)) == 1


def test_only_exactly_who_said_it_takes_it_back() -> None:
    """A look-alike does not, and nobody takes back a revocation or a withdrawal."""
    yes, no = said("sign"), said("reject", "Bilal Haddad", reason="no")
    assert counts(chained(yes, no, said("withdraw", "Bilal Haddad", re=("#1",)))) == 1
    assert counts(chained(yes, no, said("withdraw", "bilal haddad", re=("#1",)))) == 0
    back = said("withdraw", "Bilal Haddad", re=("#1",))
    assert counts(chained(yes, no, back, said("withdraw", "Bilal Haddad", re=("#2",)))) == 1
    twice = chained(yes, no, back, said("withdraw", "Bilal Haddad", re=("#2",)))
    assert standing(reversed(twice.events), TRUST).ended == twice.standing(TRUST).ended == {twice.events[1].id}
    end = said("revoke", "R. Weber", re=("#0",))
    assert counts(chained(yes, end, said("withdraw", "R. Weber", re=("#1",)))) == 0


def test_where_keys_count_a_name_alone_takes_nothing_back() -> None:
    """Withdrawals and revocations need the key that signatures need; with it, and where no key is asked for, they count."""
    yes, no = said("sign"), said("reject", "Bilal Haddad", reason="no")
    back = chained(yes, no, said("withdraw", "Bilal Haddad", re=("#1",)))
    end = chained(yes, said("revoke", "R. Weber", re=("#0",)))
    for book, without, with_key in ((back, 0, 1), (end, 1, 0)):
        signed, taken = book.events[0].id, book.events[-1].id
        assert counts(book, replace(TRUST, sealed=frozenset({signed}))) == without
        assert counts(book, replace(TRUST, sealed=frozenset({signed, taken}))) == with_key == counts(book)


def test_who_coordinates_revokes_and_nobody_else() -> None:
    """Signatures, waivers and withdrawals; never an objection, never another revocation."""
    yes, no = said("sign"), said("reject", "Bilal Haddad", reason="no")
    assert counts(chained(yes, said("revoke", "R. Weber", re=("#0",)))) == 0
    assert counts(chained(yes, said("revoke", "Bilal Haddad", re=("#0",)))) == 1
    assert counts(chained(yes, no, said("revoke", "R. Weber", re=("#1",)))) == 0
    back = said("withdraw", "Bilal Haddad", re=("#1",))
    assert counts(chained(yes, no, back, said("revoke", "R. Weber", re=("#2",)))) == 0
    waived = said("waive", rule="length", reason="fits")
    assert (
        chained(waived).standing(TRUST).waived
        and not chained(waived, said("revoke", "R. Weber", re=("#0",))).standing(TRUST).waived
    )
    assert not chained(waived, said("withdraw", re=("#0",))).standing(TRUST).waived


def test_all_of_a_person_since_a_day_and_what_was_unknown() -> None:
    """Known and older stays; on the day, later, or unknown does not; a look-alike is meant too."""
    yes, since = said("sign"), said("revoke", "R. Weber", "2026-10-12", whose="mina omar", since="2026-10-11")
    assert counts(chained(yes, since)) == 1
    assert counts(chained(yes, said("revoke", "R. Weber", "2026-10-12", whose="Mina Omar", since="2026-10-10"))) == 0
    assert counts(chained(said("sign", on="2026-10-11"), since)) == 0
    assert counts(chained(yes, said("revoke", "R. Weber", "2026-10-12", whose="Noor Aziz", since="2026-10-01"))) == 1
    (_, one), (_, two) = line(yes), line(since)
    assert counts(ledger.of(one + two)) == 0, "dated back, and unknown to who revoked"
    through = chained(yes, said("comment", "Noor Aziz", comment="x"), since)
    assert counts(through) == 1, "known by way of another event"


def test_a_lapse_ends_what_it_names() -> None:
    """A signature of another copy, which it could not know, stands; an objection is not ended by it."""
    assert counts(chained(said("sign"), said("lapse", re=("#0",)))) == 0
    (_, one), (_, two) = line(said("sign")), line(said("lapse"))
    assert counts(ledger.of(one + two)) == 1
    assert chained(said("reject", reason="no"), said("lapse", re=("#0",))).standing(TRUST).open(WORDS)


def test_questions_are_open_until_a_signature_names_them() -> None:
    """They block nothing, and need no reason."""
    ask = said("unsure", "Noor Aziz")
    assert chained(ask, said("sign")).standing(TRUST).questions and counts(chained(ask, said("sign"))) == 1
    answered = chained(ask, said("sign", re=("#0",)))
    assert not answered.standing(TRUST).questions and counts(answered) == 1
    assert not chained(ask, said("withdraw", "Noor Aziz", re=("#0",))).standing(TRUST).questions


def test_who_may_sign_and_how_many_they_are() -> None:
    """Roles, the list of people, and names that nobody can tell apart."""
    assert counts(chained(said("sign", role="staff"))) == 0
    named = Trust(("mediator",), people=("Mina Omar", "M. Omar"))
    assert counts(chained(said("sign", "Noor Aziz")), named) == 0
    both = chained(said("sign"), said("sign", "M. Omar"))
    assert (counts(both), counts(both, named)) == (1, 2)
    assert counts(chained(said("sign"), said("sign", "Mіna Omar"))) == 1
    assert counts(chained(said("sign"), said("sign", "Noor Aziz"))) == 2


def test_whoever_is_listed_signs_in_their_roles_and_their_time() -> None:
    """The list of reviewers says for each person in which role and on which days they sign."""
    listed = Trust(
        ("mediator", "staff"), reviewers=(Reviewer("Mina Omar", ("de",), ("mediator",), "2026-02-01", "2026-11-30"),)
    )
    assert counts(chained(said("sign")), listed) == 1
    assert counts(chained(said("sign", role="staff")), listed) == 0
    assert counts(chained(said("sign", "Noor Aziz")), listed) == 0
    assert counts(chained(said("sign", on="2026-01-31")), listed) == 0
    assert (
        counts(
            chained(said("sign", on="2026-11-30")),
            replace(listed, reviewers=(Reviewer("Mina Omar", ("de",), until="2026-10-09"),)),
        )
        == 0
    )


def test_nobody_reviews_their_own_text() -> None:
    """Who wrote the words is waited with until somebody else signs, unless the campaign lets one person be both."""
    book = chained(said("change"), said("sign"))
    assert counts(book) == 0
    assert counts(book, replace(TRUST, own_text=True)) == 1
    assert counts(chained(said("change"), said("sign", "Noor Aziz"))) == 1


def test_what_is_answered_must_be_here() -> None:
    """A signature that answers an objection which nobody can read any more is named: somebody cut it out."""
    gone = chained(said("sign", re=("ab" * 32,), reason="so it is"))
    assert [flaw.kind for flaw in gone.flaws] == ["cut"]
