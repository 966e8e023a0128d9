"""What happens while a release is made: the gate is asked once more right before the manifest is written."""

from __future__ import annotations

import json
from datetime import date

import pytest

from campaign.editions.build import build
from campaign.ledger import releases, verdicts
from campaign.ledger.verdicts import Person
from campaign.model.edition import Edition
from campaign.model.verdict import Verdict
from campaign.workspace import loader
from campaign.workspace.selection import Selection

TODAY = date.today()
CHANNELS = ("sms", "web")


def release(project, meanwhile=lambda: None, channels=CHANNELS):
    """Release German, migrants; `meanwhile` happens when everything is made and nothing is written down."""

    def progress(done, total):
        if done == total:
            meanwhile()

    chosen = Selection(locales=("de",), audiences=("migrants",), channels=channels)
    return build(project, edition=Edition.RELEASE, selection=chosen, workers=1, today=TODAY, progress=progress)


def reject(project, begins):
    """A mediator rejects a German sentence."""
    units = loader.load(project).texts["de"].units.values()
    unit = next(unit for unit in units if unit.source.startswith(begins))
    event = verdicts.event(unit, Verdict.REJECT, Person("K. Roth", "mediator"), TODAY, reason="misleading")
    verdicts.record(project, "de", [event])


def listed(project):
    """The channels that the release holds, by its manifest."""
    items = json.loads(project.manifest(Edition.RELEASE).read_text(encoding="utf-8"))["items"]
    return {item["channel"] for item in items}


@pytest.mark.slow
def test_a_rejection_during_the_build_is_not_released_and_the_rest_is(signed):
    """The SMS is rejected while it is made: the page goes out, the SMS does not, and its file is gone."""
    report = release(signed, lambda: reject(signed, "Health and travel information"))
    (sms,) = report.refused
    assert sms.job.channel == "sms" and "nobody signed" in sms.refused[0].detail
    assert listed(signed) == {"web"}
    assert not (signed.output(Edition.RELEASE) / "BE/de/migrants/sms.txt").exists()
    past = releases.read(signed.history, "")
    assert {line.channel for line in past.releases} == {"web"}


@pytest.mark.slow
def test_what_is_retained_is_asked_too(signed):
    """The SMS of an earlier release is rejected while only the page is built again: it is taken out and named."""
    release(signed)
    (signed.output(Edition.RELEASE) / "BE/de/migrants/index.html").unlink()
    report = release(signed, lambda: reject(signed, "Health and travel information"), ("web",))
    assert [(item.job.channel, item.refused[0].code) for item in report.refused] == [("sms", "unsigned")]
    assert listed(signed) == {"web"}


@pytest.mark.slow
def test_what_leaves_the_release_beside_what_is_built_is_said(signed):
    """The SMS was rejected, or its file changed, before the page alone is built again: it goes, and is named."""
    release(signed)
    (signed.output(Edition.RELEASE) / "BE/de/migrants/sms.txt").write_text("other words")
    report = release(signed, channels=("web",))
    assert listed(signed) == {"web"} and not report.refused
    assert any("1 items in de left output/release" in note for note in report.notes)
    release(signed)
    reject(signed, "Health and travel information")
    report = release(signed, channels=("web",))
    assert [(item.job.channel, item.refused[0].code) for item in report.refused] == [("sms", "unsigned")]
    assert listed(signed) == {"web"}


@pytest.mark.slow
def test_the_chooser_links_only_what_leaves(signed):
    """The page is rejected during the build: the page on which readers choose a language is not left behind."""
    report = release(signed, lambda: reject(signed, "You have rights"))
    assert [item.job.channel for item in report.refused] == ["web"]
    assert listed(signed) == {"sms"}
    assert not [*signed.output(Edition.RELEASE).rglob("index.html")]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["contacts", "config", "catalogue", "template"])
@pytest.mark.sample(2)
def test_a_file_that_changes_during_the_build_is_looked_at(signed, rewrite, name):
    """A number, the day of the edition, a text, a style sheet: what may be of both is not released, and it is said why."""

    def edit():
        if name == "contacts":
            rewrite(signed.contacts, '"+3232011690"', '"+3232011691"')
        elif name == "config":
            rewrite(signed.config, "edition = 2026-11-24", "edition = 2026-11-25")
        elif name == "catalogue":
            rewrite(
                signed.catalogue("de"), "Sie haben Rechte, mit oder ohne Papiere", "Sie haben Rechte, auch ohne Papiere"
            )
        else:
            page = signed.templates / "channels" / "page.css"
            page.write_text(page.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    report = release(signed, edit)
    reasons = {item.job.channel: "; ".join(found.detail for found in item.refused) for item in report.refused}
    expected = {
        "contacts": {"sms": "was changed after it was checked", "web": "was changed after it was checked"},
        "config": {"web": "shows something else"},
        "catalogue": {"web": "nobody signed"},
        "template": {"sms": "page.css was changed while", "web": "page.css was changed while"},
    }[name]
    assert reasons.keys() == expected.keys(), reasons
    assert all(said in reasons[channel] for channel, said in expected.items()), reasons
    again = release(signed)
    assert name not in ("template", "config") or not again.refused


@pytest.mark.slow
def test_a_recall_during_the_build_is_heeded(signed, cli):
    """Somebody recalls the very files that are being released again: they do not go out a second time."""
    release(signed)
    (signed.output(Edition.RELEASE) / "BE/de/migrants/sms.txt").unlink()

    def recall():
        ended = cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "changed", at=signed)
        assert ended.code == 0, ended.err

    report = release(signed, recall)
    assert {item.job.channel for item in report.refused} == {"sms", "web"}
    assert "was recalled on" in report.refused[0].refused[0].detail
    assert listed(signed) == set()


@pytest.mark.slow
def test_a_file_that_is_out_again_after_another_gets_a_line_again(signed, rewrite):
    """Text A, text B, text A: the last line of the history is the file that lies there, and it can be packed."""
    release(signed, channels=("sms",))
    first = signed.history.read_bytes()
    rewrite(signed.config, "edition = 2026-11-24", "edition = 2026-11-25")
    release(signed, channels=("sms",))
    rewrite(signed.config, "edition = 2026-11-25", "edition = 2026-11-24")
    release(signed, channels=("sms",))
    past = releases.read(signed.history, "")
    assert signed.history.read_bytes().startswith(first)
    files = [line for line in past.releases if line.path.endswith("sms.txt")]
    assert len(files) == 3 and past.out()[files[0].path] == files[2]
    assert (files[0].batch, files[0].sha256) == (files[2].batch, files[2].sha256)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "channel"),
    [
        ("sms.j2", "{{ sms }}", "{{ title }}", "sms"),
        ("page.j2", "<span>{{ plain_numbers(labels.emergency_line) }}</span>", "", "web"),
        ("page.j2", 'href="tel:{{ emergency.number }}"', 'href="tel:{{ emergency.number }}0"', "web"),
    ],
    ids=["left out of the message", "left out of the page", "another number behind the tap"],
)
@pytest.mark.sample(2)
def test_what_its_own_files_do_not_prove_is_not_released(signed, cli, rewrite, name, old, new, channel):
    """A template that leaves a number out says nothing that nobody signed; the finished file is read, and refused."""
    rewrite(signed.channel_texts / name, old, new)
    chosen = ("de", "--audience", "migrants", "--name", "M. Weber")
    ended = cli.run("review", "sign", *chosen, at=signed)
    report = release(signed, channels=(channel,))
    (item,) = report.refused
    if "0" in new:  # such a page cannot be shown, so nobody can sign it either
        assert ended.code == 1 and "page.j2: not signed: it cannot be shown whole" in ended.err
        assert [found.code for found in item.refused] == ["unsigned"]
        return
    assert ended.code == 0
    refused = [f"{found.code}: {found.detail}" for found in item.refused] or [str(problem) for problem in item.failed]
    assert all("contact-changed: " in reason for reason in refused), refused


@pytest.mark.slow
def test_what_was_recalled_comes_back_under_no_other_batch(signed, cli, rewrite):
    """The heading changes, and with it the batch: the text message is byte for byte the one that was taken back."""
    release(signed)
    assert cli.run("recall", "be-payoke", "--name", "A. Peeters", "--reason", "wrong", at=signed).code == 0
    rewrite(signed.catalogue("de"), "Sie haben Rechte, mit oder ohne Papiere", "Sie haben Rechte, auch ohne Papiere")
    chosen = ("de", "--audience", "migrants", "--name", "M. Weber")
    assert cli.run("review", "sign", *chosen, at=signed).code == 0
    report = release(signed)
    assert [item.job.channel for item in report.refused] == ["sms"]
    assert listed(signed) == {"web"}
