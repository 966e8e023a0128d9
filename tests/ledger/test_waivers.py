"""A finding is let pass by a named person, with a reason, for exactly these words."""

from __future__ import annotations

from datetime import date

import pytest
from chained import chained

from campaign.catalogue.seen import SeenFacts
from campaign.catalogue.store import Edit
from campaign.catalogue.warm import edit
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.ledger.waivers import Waivers, waiver
from campaign.model.edition import Edition
from campaign.model.trust import Trust
from campaign.reporting.check import check
from campaign.review.history_report import audit_report
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()
SENTENCE = "You can see a doctor, whatever your papers."


def codes(project, **selection):
    """Code and language of each finding beside what people must sign and verify, and what is not measured."""
    found = check(
        project, Selection(**selection), layout=False, workers=1, today=TODAY, progress=lambda done, total: None
    )
    others = ("unsigned", "contact-expired")
    return [(f.code, f.locale) for f in found if f.code not in others and "not measured" not in f.detail]


def rewrite_text(project, locale, source, text):
    """Give a unit another text, as Poedit would."""
    unit = next(u for u in loader.load(project).texts[locale].units.values() if u.source == source)
    path = project.catalogue(locale)
    edit(path, locale, locale, {unit.key: Edit((text,), fuzzy=True)}, seen={unit.key: unit.text_hash})


@pytest.fixture
def doubtful(workspace):
    """The small workspace with a promise in a German text."""
    rewrite_text(
        workspace, "de", SENTENCE, "Sie können in die Praxis gehen, mit oder ohne Papiere. Sie werden sicher sein."
    )
    return workspace


def waive(cli, project, *arguments):
    """Run `campaign review waive` with a name and a reason."""
    return cli.run("review", "waive", *arguments, "--name", "A. Haddad", "--reason", "quoted from the law", at=project)


@pytest.mark.slow
def test_a_waived_finding_is_gone_until_a_word_changes(cli, doubtful):
    """The ledger holds who, why and for which words; an edit brings the finding back."""
    assert ("promise", "de") in codes(doubtful, locales=("de",))

    done = waive(cli, doubtful, "de", SENTENCE, "promise")

    assert (done.code, done.err) == (0, "")
    assert SENTENCE in done.out
    assert ("promise", "de") not in codes(doubtful, locales=("de",))
    (event,) = ledger.read(doubtful.ledger("de"), "de").events
    assert (event.verdict, event.reviewer, event.on) == ("waive", "A. Haddad", date.today().isoformat())
    assert (event.rule, event.reason, event.comment) == ("promise", "quoted from the law", "")
    assert "waive" in cli.run("review", "log", "de", at=doubtful).out

    rewrite_text(
        doubtful, "de", SENTENCE, "Mit oder ohne Papiere können Sie in die Praxis gehen. Sie werden sicher sein!"
    )
    assert ("promise", "de") in codes(doubtful, locales=("de",))


def test_a_waiver_signs_nothing(cli, doubtful):
    """Whoever waives a finding has not approved the text."""
    waive(cli, doubtful, "de", SENTENCE, "promise")

    assert ledger.read(doubtful.ledger("de"), "de").approvals(Trust()) == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("de", SENTENCE, "unsigned"), "nobody may waive the rule unsigned"),
        (("de", SENTENCE, "promises"), "no rule 'promises'"),
        (("de", SENTENCE, "stigma"), "has no finding of the rule stigma (its findings: promise)"),
        (("de", "No such sentence", "promise"), "no sentence of de begins so"),
        (("de", "You can see a", "promise"), "sentences of de begin so"),
        (("xx", SENTENCE, "promise"), "xx is not in campaign.toml"),
        (("de", SENTENCE, "promise", "--role", "boss"), "'boss' is no role"),
    ],
)
@pytest.mark.sample(4)
def test_what_cannot_be_waived_is_said(cli, doubtful, arguments, words):
    """Nothing is written, and the error says what to do."""
    refused = waive(cli, doubtful, *arguments)

    assert refused.code == 1
    assert words in refused.err
    assert not doubtful.ledger("de").exists()


def test_a_waiver_needs_a_name_and_a_reason(cli, doubtful):
    """Blank ones are refused together."""
    refused = cli.run("review", "waive", "de", SENTENCE, "promise", "--name", " ", "--reason", "", at=doubtful)
    assert refused.code == 1
    assert "--name" in refused.err and "--reason" in refused.err


@pytest.mark.slow
def test_a_whole_message_can_be_waived(cli, workspace, rewrite):
    """A finding about a message is waived by its audience; the message's next change brings it back."""
    contacts = workspace.root / "contacts.toml"
    rewrite(contacts, 'kind = "missing-children"\nnumber = "116000"', 'kind = "trafficking"\nnumber = "+3232011691"')
    assert ("child-contact", "") in codes(workspace)

    assert waive(cli, workspace, "en", "unaccompanied-children", "child-contact").code == 0
    assert ("child-contact", "") not in codes(workspace)
    assert "<td>same words</td>" in audit_report(workspace, "en")
    assert "the message for unaccompanied-children" in audit_report(workspace, "en")

    template = workspace.messages / "unaccompanied-children.j2"
    rewrite(template, "You are a child first.", "You are a child.")
    assert ("child-contact", "") in codes(workspace)
    assert "<td>changed since</td>" in audit_report(workspace, "en")


@pytest.mark.slow
def test_a_release_refuses_what_breaks_a_rule_of_the_message(signed, rewrite, attest):
    """A child's leaflet without a number for children stays in the house, in every language."""
    contacts = signed.root / "contacts.toml"
    rewrite(contacts, 'kind = "missing-children"\nnumber = "116000"', 'kind = "trafficking"\nnumber = "+3232011691"')
    attest(signed)
    report = build(
        signed,
        edition=Edition.RELEASE,
        selection=Selection(locales=("de",), audiences=("unaccompanied-children",)),
        workers=1,
        today=TODAY,
        progress=lambda done, total: None,
    )
    assert {f.code for item in report.refused for f in item.refused} == {"unsigned", "child-contact"}


def test_waivers_are_values():
    """From events to codes without a disk; other verdicts waive nothing."""
    words = ("k", "s", "t")
    event = waiver(*words, "stigma", name="A", role="mediator", on="2026-11-24", reason="a quotation: see page 3")
    given = Waivers.of([event])

    assert (event.rule, event.reason) == ("stigma", "a quotation: see page 3")
    assert given.codes(*words) == {"stigma"}
    assert given.codes("k", "s", "other words") == frozenset()


def test_a_waiver_is_no_sign_off_and_one_of_an_earlier_version_still_counts():
    """Messages and items have names of their own; a line that an earlier version wrote for a message is read as one."""
    who = {"name": "A", "role": "mediator", "on": "2026-11-24", "reason": "so"}
    old = waiver("item:migrants", "s", "t", "plain", **who)
    new = waiver("message:migrants", "s", "t", "stigma", **who)

    assert Waivers.of([old, new]).codes("message:migrants", "s", "t") == {"plain", "stigma"}
    assert Waivers.of([old, new]).codes("item:migrants", "s", "t") == frozenset()
    assert chained(old, new).seen(Trust()) == SeenFacts()


def test_an_unreadable_ledger_stops_the_waiver(cli, doubtful):
    """What cannot be read is not written to."""
    doubtful.ledger("de").mkdir(parents=True)

    assert waive(cli, doubtful, "de", SENTENCE, "promise").code == 1
    with pytest.raises(CampaignError):
        ledger.read(doubtful.ledger("de"), "de")
