"""The records as a whole: what releases, deliveries and packs relied on is still there, and copies become one again."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from campaign.ledger import issued, last_seen, ledger, releases, witness
from campaign.ledger.releases import Delivery, Recall, Release, Relied
from campaign.model.event import Event
from campaign.project import Project
from campaign.workspace import records, version_control
from campaign.workspace.unite import unite

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

WHO = ("mediator", "2026-11-20")


def said(number: int, verdict: str = "sign", who: str = "M. Weber", **more: Any) -> Event:
    """Something about the n-th sentence."""
    return Event(f"{number:012x}", f"{number:064x}", "ab" * 32, who, *WHO, verdict, **more)


def out(number: int) -> Release:
    """A released file."""
    about = ("migrants", "de", "BE", "sms", "sms", {"be-payoke": "+3232011690"}, ("u",))
    return Release("2026-11-20", "KVFFK7", f"{number}.txt", f"{number:064x}", *about)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A workspace of records: a ledger of three events, a release and a delivery that relied on it."""
    made = Project(tmp_path / "one")
    made.ledger("de").parent.mkdir(parents=True)
    add(made, said(1), said(2), said(3, "reject", reason="no"))
    heads = {"de": ledger.read(made.ledger("de"), "").heads}
    what = [Relied("2026-11-20", heads), out(1), out(2), Delivery("2026-11-20", "p.zip", "Printer", ("0" * 64,))]
    releases.append(made.history, "releases.jsonl", what)
    return made


def add(project: Project, *events: Event, locale: str = "de") -> None:
    """Write events as every command does."""
    from campaign.ledger import verdicts

    verdicts.record(project, locale, events)


def wrong(project: Project) -> list[str]:
    """What is wrong with the records, as people read it."""
    return [str(problem) for problem in records.faults(project, records.ledgers(project, ["de"]))]


def cut(path: Path, *numbers: int) -> None:
    """Take lines out of a file."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for at, line in enumerate(lines) if at not in {n % len(lines) for n in numbers}))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_line_that_a_release_relied_on_cannot_be_cut_out(project: Project, number: int) -> None:
    """Neither one in the middle nor the last one, also in a copy that never saw it."""
    assert wrong(project) == []
    (project.root / ".campaign" / "seen").unlink()
    cut(project.ledger("de"), number)
    assert any("reviews.jsonl" in told and "not here" in told for told in wrong(project))


def test_the_last_rejection_cannot_be_cut_off(project: Project) -> None:
    """No release has seen it yet; the copy in which somebody wrote it has, whatever is added later."""
    add(project, said(1, "reject", reason="a wrong number"))
    whole = project.ledger("de").read_bytes()
    cut(project.ledger("de"), -1)
    (told,) = wrong(project)
    assert "lines are missing there that this copy saw" in told and "older branch" in told and "ledger merge" in told
    add(project, said(4))
    assert len(wrong(project)) == 1, "a later event does not make it good"
    project.ledger("de").write_bytes(whole)
    cut(project.ledger("de"), -1)
    records.note(project, records.ledgers(project, ["de"]), all_there_is=True)
    assert wrong(project) == [], "somebody said that it is an older branch"


def test_a_review_pack_is_an_anchor(project: Project) -> None:
    """What whoever reviews elsewhere had before their eyes is still there when the answer comes."""
    add(project, said(7))
    head = ledger.read(project.ledger("de"), "").head
    packs = project.review_packs("de")
    from datetime import date

    issued.issue(packs, "packs.jsonl", "html", (), date(2026, 11, 20), head)
    (project.root / ".campaign" / "seen").unlink()
    cut(project.ledger("de"), -1)
    assert any("a review pack of 2026-11-20 relied on" in told for told in wrong(project))
    issued.take(packs, "packs.jsonl", ["x"], date(2026, 11, 21))
    cut(packs, 0)
    assert any("packs.jsonl:1: follows a line that is not here" in told for told in wrong(project))


@pytest.mark.parametrize("numbers", [(0,), (1,), (1, 2), (-1,), (0, 1, 2, 3)])
def test_lines_of_the_history_cannot_be_deleted(project: Project, numbers: tuple[int, ...]) -> None:
    """A recall that lists fewer files than went out would leave wrong numbers on walls."""
    cut(project.history, *numbers)
    assert any("releases.jsonl" in told for told in wrong(project))


def test_a_history_of_an_earlier_version_is_held_fast_by_the_next_line(tmp_path: Path) -> None:
    """Its lines said nothing of each other: today's first line names them all, and none of them is rewritten."""
    import json
    from dataclasses import asdict

    project = Project(tmp_path)
    old = b"".join(json.dumps({"event": "released", **asdict(out(n))}).encode() + b"\n" for n in (3, 1, 2))
    project.history.write_bytes(old)
    assert [release.path for release in releases.read(project.history, "x").releases] == ["3.txt", "1.txt", "2.txt"]
    releases.append(project.history, "x", [Recall("2026-11-21", "KVFFK7", f"{1:064x}", "A", "wrong")])
    assert project.history.read_bytes().startswith(old)
    past = releases.read(project.history, "x")
    assert [release.path for release in past.releases] == ["3.txt", "1.txt", "2.txt"] and past.recalled(out(1))
    cut(project.history, 1)
    assert "releases.jsonl:3: follows a line that is not here" in wrong(project)[0]


def test_nothing_that_a_read_only_copy_cannot_keep_stops_it(project: Project) -> None:
    """What was seen is a help, no duty; damaged or led out of the workspace, it is left alone."""
    seen = project.root / ".campaign" / "seen"
    for data in (b"", b"[]", b"\xff", b'{"releases.jsonl": 7}', b"[" * 100_000):
        seen.write_bytes(data)
        assert wrong(project) == []
    seen.unlink()
    seen.parent.rmdir()
    elsewhere = project.root.parent / "elsewhere"
    elsewhere.mkdir()
    seen.parent.symlink_to(elsewhere)
    last_seen.note(project.root, "x", ["a"], None)
    assert list(elsewhere.iterdir()) == []


# Copies


def git(at: Path, *words: str) -> str:
    """Run the real git."""
    who = [
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@x.test",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "init.defaultBranch=main",
    ]
    done = subprocess.run(["git", *who, *words], cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture
def clones(project: Project) -> tuple[Project, Project]:
    """Two clones of a workspace under version control."""
    version_control.write(project, fresh=True)
    git(project.root, "init", "-q")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "start")
    assert ".campaign" not in git(project.root, "ls-files")
    git(project.root.parent, "clone", "-q", "one", "two")
    return project, Project(project.root.parent / "two")


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_two_clones_sign_and_plain_git_unites_them(clones: tuple[Project, Project], how: str) -> None:
    """Both sides' signatures count, a rejection is never lost, releases of both are in one history: no conflict."""
    mine, theirs = clones
    for number in (10, 11):
        add(mine, said(number))
        add(theirs, said(number + 10, who="L. Omar"))
    add(theirs, said(10, "reject", "L. Omar", reason="no"))
    releases.append(mine.history, "x", [out(5)])
    releases.append(theirs.history, "x", [out(6), Recall("2026-11-21", "KVFFK7", f"{1:064x}", "A", "wrong")])
    for each in clones:
        git(each.root, "commit", "-qam", "work")
    git(mine.root, "fetch", "-q", "../two", "main")
    git(mine.root, how, "FETCH_HEAD") if how == "rebase" else git(mine.root, "merge", "-qm", "both", "FETCH_HEAD")

    assert wrong(mine) == []
    from campaign.model.trust import Trust

    book = ledger.read(mine.ledger("de"), "")
    assert {source for source, _ in book.approvals(Trust())} == {f"{n:064x}" for n in (1, 2, 11, 20, 21)}
    past = releases.read(mine.history, "x")
    assert {release.path for release in past.releases} == {"1.txt", "2.txt", "5.txt", "6.txt"} and past.recalls
    git(theirs.root, "pull", "-q", "--no-rebase", "../one", "main")
    assert ledger.read(theirs.ledger("de"), "").events == book.events


def test_an_older_branch_is_no_tampering(clones: tuple[Project, Project]) -> None:
    """It is said what it may be, and one command says that it is so."""
    mine, _ = clones
    git(mine.root, "checkout", "-qb", "work")
    add(mine, said(30))
    git(mine.root, "commit", "-qam", "work")
    git(mine.root, "checkout", "-q", "main")
    (told,) = wrong(mine)
    assert "older branch" in told and "campaign ledger verify --accept" in told
    git(mine.root, "checkout", "-q", "work")
    assert wrong(mine) == []


@pytest.mark.parametrize("look", ["status", "check"])
@pytest.mark.sample(1)
def test_a_line_that_came_by_pull_is_missed_when_it_is_cut(
    signed: Project, tmp_path: Path, cli: Any, look: str
) -> None:
    """Nobody here wrote it; who only looked at it saw it all the same, and the next look misses it."""
    version_control.write(signed, fresh=True)
    git(signed.root, "init", "-q")
    git(signed.root, "add", "-A")
    git(signed.root, "commit", "-qm", "start")
    theirs = Project(tmp_path / "theirs")
    git(tmp_path, "clone", "-q", str(signed.root), str(theirs.root))
    add(theirs, said(7, "reject", reason="no"))
    git(theirs.root, "commit", "-qam", "a rejection")
    git(signed.root, "pull", "-q", str(theirs.root), "main")

    assert "this copy saw" not in cli.run(look, "--lang", "de", at=signed).err
    cut(signed.ledger("de"), -1)
    for _ in range(2):
        done = cli.run(look, "--lang", "de", at=signed)
        assert "locales/de/reviews.jsonl: lines are missing there that this copy saw before" in done.out + done.err
    git(signed.root, "checkout", "-q", ".")
    assert "this copy saw" not in cli.run(look, "--lang", "de", at=signed).err


def test_looking_writes_only_what_is_new(project: Project) -> None:
    """A second look leaves the file as it lies; a history that cannot be read forgets nothing of itself."""
    add(project, said(8))
    seen, books = project.root / ".campaign" / "seen", records.ledgers(project, ["de"])
    seen.unlink()
    assert records.look(project, books) == ()
    written, file = seen.read_bytes(), seen.stat().st_ino
    assert books["de"].head in written.decode()
    assert records.look(project, books) == () and seen.stat().st_ino == file
    whole = project.history.read_bytes()
    project.history.write_bytes(b"junk\n" + whole)
    assert records.look(project, books) and seen.read_bytes() == written
    project.history.write_bytes(whole)
    cut(project.history, -1)
    assert "releases.jsonl: lines are missing" in str(records.look(project, books)[0])


def test_looking_at_a_workspace_that_cannot_be_written_says_nothing(signed: Project, cli: Any) -> None:
    """A file where the folder should be is what even an administrator cannot write to: the look goes on."""
    import shutil

    shutil.rmtree(signed.root / ".campaign", ignore_errors=True)
    (signed.root / ".campaign").write_bytes(b"")
    done = cli.run("status", "--lang", "de", at=signed)
    assert done.code == 0 and ".campaign" not in done.out + done.err


def test_copies_on_sticks_and_left_over_markers_are_united(project: Project, tmp_path: Path) -> None:
    """Every good line once; what is bad is set aside and named, and nothing is lost."""
    path = project.ledger("de")
    copy, conflicted = tmp_path / "reviews (conflict copy).jsonl", tmp_path / "releases.jsonl"
    copy.write_bytes(path.read_bytes())
    ledger.append(copy, "x", [said(40), said(41, "reject", reason="no")])
    add(project, said(42))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"<<<<<<< HEAD\n" + b"".join(lines) + b"=======\n" + lines[0] + b"junk\n>>>>>>> theirs\n")
    conflicted.write_bytes(project.history.read_bytes())
    releases.append(conflicted, "x", [out(9)])

    made = unite(project, ["de"], [copy, conflicted])

    assert [(each.name, each.new, each.aside) for each in made] == [
        ("locales/de/reviews.jsonl", 2, 1),
        ("releases.jsonl", 1, 0),
    ]
    assert wrong(project) == []
    assert len(ledger.read(path, "x").events) == 6
    assert path.with_name("reviews.jsonl.torn").read_bytes() == b"junk\n"
    before = path.read_bytes()
    assert unite(project, ["de"], [])[0].new == 0 and path.read_bytes() == before


def test_a_copy_of_nothing_here_asks_whose_it_is(project: Project, tmp_path: Path, cli: Any) -> None:
    """A ledger of another start needs its language; a file that is none is refused."""
    from campaign.errors import CampaignError

    other, none = tmp_path / "x.jsonl", tmp_path / "none.jsonl"
    ledger.append(other, "x", [said(50)])
    none.write_bytes(b"a,b\n")
    with pytest.raises(CampaignError, match="--lang LANG"):
        unite(project, ["de"], [other])
    with pytest.raises(CampaignError, match="holds no line of a ledger"):
        unite(project, ["de"], [none])
    assert unite(project, ["de"], [other], "de")[0].new == 1
    assert wrong(project) == []


@pytest.mark.parametrize("ask", ["sheet", "states"])
def test_what_the_review_page_showed_is_missed_when_it_is_cut(signed: Project, ask: str) -> None:
    """A rejection that came by git pull while the page is open was seen by this copy."""
    from campaign.review.session import Desk

    desk = Desk(signed)
    getattr(desk, ask)("de")
    ledger.append(signed.ledger("de"), "x", [said(7, "reject", who="A. Haddad", reason="no")])
    assert records.faults(signed, records.ledgers(signed, ["de"])) == ()
    getattr(desk, ask)("de")
    cut(signed.ledger("de"), -1)
    (told,) = wrong(signed)
    assert "lines are missing there that this copy saw" in told


def test_the_commands_say_what_is_proved_and_what_is_not(signed: Project, cli: Any) -> None:
    """`verify` names heads and problems, `merge` mends what it can, a cut is noticed by a release."""
    done = cli.run("ledger", "verify", at=signed)
    assert done.code == 0 and "Not proved: who typed a name" in done.out and "locales/de/reviews.jsonl" in done.out
    path = signed.ledger("de")
    copy = path.with_name("copy.jsonl")
    copy.write_bytes(path.read_bytes())
    cut(path, -1)
    assert "lines are missing there that this copy saw" in cli.run("ledger", "verify", at=signed).err
    assert "lines are missing there that this copy saw" in cli.run("build", "--release", at=signed).err
    assert cli.run("ledger", "merge", str(copy), at=signed).code == 0
    assert cli.run("ledger", "verify", at=signed).code == 0
    cut(path, -1)
    assert cli.run("ledger", "verify", "--accept", at=signed).code == 0


@pytest.mark.parametrize(
    "tail",
    [b"", b"{", b'{"campaign-ledger-heads":[1]}', b'{"campaign-ledger-heads":{"de":"x","ar":[1]}}', b"[1]", b"\xff"],
)
def test_a_comment_that_tells_no_heads_tells_nothing(tmp_path: Path, tail: bytes) -> None:
    """Whatever the comment of somebody's ZIP is, it ends in no traceback."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"1")
        archive.comment = tail
    assert witness.read(path) == {}
    many = {"de": tuple(f"{number:064x}" for number in range(2000)), "ar": ("b" * 64,), "en": ()}
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = witness.comment(many)
    assert witness.read(path) == {"ar": ("b" * 64,), "de": many["de"][: witness.MOST]}
    assert witness.comment({"en": ()}) == b""
