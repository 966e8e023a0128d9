"""campaign draft: real engine, real catalogues; nothing of a person's is lost, whatever happens meanwhile."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from campaign.catalogue import store, warm
from campaign.errors import CampaignError
from campaign.model.state import State
from campaign.project import Project
from campaign.review.back_translation import UNRELIABLE, back_translate
from campaign.review.commands import sign_items
from campaign.translation import catalogues, drafting
from campaign.workspace import loader
from campaign.workspace.selection import Selection


@pytest.fixture(scope="session")
def _portuguese(_fresh_workspace, tmp_path_factory):
    root = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("portuguese") / "workspace"))
    config = (root / "campaign.toml").read_text()
    (root / "campaign.toml").write_text(config.replace('"de", "ar"]', '"de", "pt"]'))
    (root / "glossary").mkdir()
    shutil.rmtree(root / "locales" / "ar")
    return root


@pytest.fixture
def portuguese(_portuguese, models, tmp_path):
    """A small workspace with Portuguese added and not drafted yet; the built-in model is the only one."""
    return Project(Path(shutil.copytree(_portuguese, tmp_path / "workspace")))


@pytest.fixture(scope="session")
def _drafted(_portuguese, cli, tmp_path_factory):
    root = Path(shutil.copytree(_portuguese, tmp_path_factory.mktemp("drafted") / "workspace"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_MODELS", str(root / "models"))
        assert cli.run("draft", "pt", at=root).code == 0
    return root


@pytest.fixture
def drafted(_drafted, models, tmp_path):
    """The same with its Portuguese drafts."""
    return Project(Path(shutil.copytree(_drafted, tmp_path / "workspace")))


def units(project, locale="pt"):
    """The units of a language by source."""
    path = project.catalogue(locale)
    return {unit.source: unit for unit in store.read(path, path.name, locale).units}


@pytest.mark.slow
def test_a_new_language_is_drafted_from_nothing(portuguese, cli, msgfmt):
    """Every unit gets a fuzzy text with origin and confidence, or is listed; msgfmt accepts the file."""
    ended = cli.run("draft", "pt", at=portuguese)
    assert ended.code == 0, ended.err
    drafted = units(portuguese)
    texts = [unit for unit in drafted.values() if unit.translated]
    assert f"{len(texts)} sentences drafted by bergamot enpt-1693087644 0.2.0" in ended.out
    assert len(texts) > 0.97 * len(drafted)
    assert len(re.findall("empty: ", ended.out)) == len(drafted) - len(texts)
    assert all(unit.fuzzy and unit.origin.startswith("machine translation, bergamot ") for unit in texts)
    comments = portuguese.catalogue("pt").read_text().count("\n# confidence: ")
    assert comments == len(texts)
    assert drafted["They speak %(count)s language:"].forms[0] != drafted["They speak %(count)s language:"].forms[1]
    assert msgfmt(portuguese.catalogue("pt")) == ""
    space = loader.load(portuguese)
    assert set(space.texts["pt"].states.values()) <= {State.DRAFT, State.MISSING}


@pytest.mark.slow
def test_a_dry_run_writes_nothing(portuguese, cli, contents):
    """It shows each draft with where it would come from; not a byte changes, not even a new catalogue."""
    before = contents(portuguese.root)
    ended = cli.run("draft", "pt", "--dry-run", "--json", at=portuguese)
    (row,) = json.loads(ended.out)["languages"]
    assert row["drafted"][0]["notes"] == ["confidence: medium (no score)"]
    assert contents(portuguese.root) == before
    assert "would be drafted" in cli.run("draft", "pt", "--dry-run", at=portuguese).out


@pytest.mark.slow
def test_what_a_person_typed_or_signed_is_left_alone_even_with_redo(drafted, cli):
    """--redo drafts anew only what a machine made and nobody changed."""
    texts = units(drafted)
    typed, finished = texts["Your rights"], texts["Every day"]
    path = drafted.catalogue("pt")
    warm.edit(path, path.name, "pt", {typed.key: store.Edit(("Direitos teus",), True)})
    warm.edit(path, path.name, "pt", {finished.key: store.Edit(("Todo o dia",), False, "A. Silva")})
    (drafted.root / "glossary" / "pt.csv").write_text("term,translation\ndoctor,clínico\n")
    sign_items(
        drafted,
        "de",
        Selection(audiences=("migrants",)),
        reviewer="M. Weber",
        role="mediator",
        on=date(2026, 11, 20),
        comment="",
    )
    signed = drafted.catalogue("de").read_bytes()
    ended = cli.run("draft", "pt", "de", "--redo", at=drafted)
    assert ended.code == 0, ended.err
    after = units(drafted)
    assert after["Your rights"].text == "Direitos teus" and after["Every day"].text == "Todo o dia"
    assert "clínico" in after["You can see a doctor, whatever your papers."].text
    assert "# glossary: doctor -> clínico" in path.read_text()
    assert drafted.catalogue("de").read_bytes() == signed


@pytest.mark.slow
def test_the_memory_comes_first(portuguese, cli, tmp_path):
    """The same sentence of another campaign is taken as it is, a similar one is shown as a suggestion."""
    other = tmp_path / "other.po"
    header = portuguese.catalogue("de").read_text().split("\n\n")[0].replace("Language: de", "Language: pt")
    other.write_text(
        f'{header}\n\n# origin: A. Silva\nmsgid "Your rights"\nmsgstr "Os teus direitos"\n\n'
        'msgid "You can see a doctor, whatever your paper."\nmsgstr "Podes ir ao médico."\n'
    )
    assert cli.run("draft", "pt", "--memory", str(other), at=portuguese).code == 0
    assert units(portuguese)["Your rights"].text == "Os teus direitos"
    assert units(portuguese)["Your rights"].origin.startswith("translation memory, same source; A. Silva; text ")
    assert "# suggestion: 99 % alike: Podes ir ao médico." in portuguese.catalogue("pt").read_text()


@pytest.mark.slow
def test_a_language_without_a_model_stops_no_other(portuguese, cli, rewrite):
    """ti has none: the worksheet is named, exit 1, and pt is drafted all the same."""
    rewrite(portuguese.config, '"pt"]', '"ti", "pt"]')
    ended = cli.run("draft", "ti", "pt", at=portuguese)
    assert ended.code == 1
    assert "campaign draft ti --worksheet" in ended.err
    assert units(portuguese)["Your rights"].translated


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("xx",), "unknown language 'xx'"),
        (("nl",), "add its tag there"),
        (("en",), "name another language"),
        (("pt", "--engine", "deepl"), "use one of argos, bergamot"),
        (("pt", "--engine", "argos"), "campaign models install --download en-pt"),
    ],
)
def test_what_cannot_be_drafted_is_said(portuguese, cli, arguments, words):
    """Exit 1 and the next step."""
    ended = cli.run("draft", *arguments, at=portuguese)
    assert ended.code == 1 and words in ended.err


def test_options_that_do_not_go_together_are_refused(portuguese, cli):
    """--back and --worksheet at once: exit 2."""
    assert cli.run("draft", "pt", "--back", "--worksheet", at=portuguese).code == 2


@pytest.mark.slow
def test_a_draft_that_a_check_refuses_stays_empty(portuguese, monkeypatch, puppet):
    """An engine that gives a web of placeholders or English back: listed with the rule, and nothing is written."""
    from campaign import engines

    def half(text):
        return [f"Isto é assim mesmo, aqui e agora: {text}"]

    monkeypatch.setattr(engines, "load", lambda *arguments: puppet(half))
    report = drafting.draft(portuguese, "pt")
    reasons = {item.unit.source: item.reason for item in report.left}
    assert "left in the source language" in reasons["You can see a doctor, whatever your papers."]
    assert not units(portuguese)["You can see a doctor, whatever your papers."].translated


@pytest.mark.slow
def test_what_somebody_types_during_a_draft_is_kept(portuguese, monkeypatch, puppet):
    """A text that appears between reading and writing wins over the draft."""
    from campaign import engines

    catalogues.update(portuguese, ("pt",))
    path = portuguese.catalogue("pt")
    key = units(portuguese)["Your rights"].key

    def say(text):
        if not units(portuguese)["Your rights"].translated:
            warm.edit(path, path.name, "pt", {key: store.Edit(("Os teus direitos",), True, "A. Silva")})
        return ["Palavra."]

    monkeypatch.setattr(engines, "load", lambda *arguments: puppet(say))
    drafting.draft(portuguese, "pt")
    assert (units(portuguese)["Your rights"].text, units(portuguese)["Your rights"].origin) == (
        "Os teus direitos",
        "A. Silva",
    )


def spawn(project, *arguments):
    """The command in a process of its own."""
    command = [sys.executable, "-c", "from campaign.cli.main import main; main()", *arguments]
    return subprocess.Popen(command, cwd=project.root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.breadth
def test_killing_a_draft_keeps_what_was_finished(portuguese, cli, msgfmt):
    """SIGKILL at random moments: the file is valid each time, never loses a draft, and another run finishes."""
    lottery, path, before = random.Random(3), portuguese.catalogue("pt"), 0
    for _ in range(5):
        process = spawn(portuguese, "draft", "pt")
        time.sleep(lottery.uniform(0.3, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
        if path.exists():
            now = sum(unit.translated for unit in units(portuguese).values())
            assert now >= before
            before = now
    assert cli.run("draft", "pt", at=portuguese).code == 0
    assert sum(unit.translated for unit in units(portuguese).values()) > 0.97 * len(units(portuguese))
    assert msgfmt(path) == ""


@pytest.mark.slow
@pytest.mark.breadth
def test_two_drafts_at_once_end_well(portuguese):
    """Both end with exit 0, and every sentence has one draft."""
    processes = [spawn(portuguese, "draft", "pt") for _ in range(2)]
    endings = [(process.communicate()[1], process.returncode) for process in processes]
    assert [code for _, code in endings] == [0, 0], endings
    text = portuguese.catalogue("pt").read_text()
    assert text.count("\n# origin: ") == sum(unit.translated for unit in units(portuguese).values())


@pytest.mark.slow
def test_back_translation_is_one_call_and_labelled(drafted, cli):
    """For a page, and on the command line: what the drafts say in English, marked as unreliable."""
    assert back_translate(["Você não está sozinho"], "pt") == ["You are not alone"]
    with pytest.raises(CampaignError, match="no offline model from ar to en"):
        back_translate(["مرحبا"], "ar")
    ended = cli.run("draft", "pt", "--back", at=drafted)
    assert ended.out.startswith(UNRELIABLE) and "back   " in ended.out
    shown = json.loads(cli.run("draft", "pt", "--back", "--json", at=drafted).out)
    assert shown["note"] == UNRELIABLE and shown["units"][0]["back"]


@pytest.mark.slow
def test_the_comments_survive_msgmerge(portuguese, cli, tmp_path):
    """GNU msgmerge keeps origin, confidence and glossary lines as they are."""
    if shutil.which("msgmerge") is None:
        pytest.skip("msgmerge is not installed (Debian package gettext)")
    (portuguese.root / "glossary" / "pt.csv").write_text("term,translation\ndoctor,clínico\n")
    cli.run("draft", "pt", at=portuguese)
    merged = tmp_path / "merged.po"
    subprocess.run(
        ["msgmerge", "--quiet", "-o", str(merged), str(portuguese.catalogue("pt")), str(portuguese.pot)], check=True
    )

    def lines(path):
        return [line for line in path.read_text().split("\n") if re.match(r"# (origin|confidence|glossary): ", line)]

    assert lines(merged) == lines(portuguese.catalogue("pt")) and lines(merged)
    assert max(map(len, lines(merged))) < 110
