"""A team in git, as docs/how-to/together.md says, word for word: two clones of one campaign."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "how-to" / "together.md").read_text(encoding="utf-8")
CATALOGUE = "locales/ar/LC_MESSAGES/campaign.po"


def _blocks(heading: str) -> list[list[list[str]]]:
    """The commands of a section of the page, block by block."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^    \S.*\n)+", section, re.MULTILINE)
    return [[shlex.split(line) for line in block.splitlines()] for block in found]


class Team:
    """People with a copy each, who type what the page says."""

    def __init__(self, cli, hub: Path):
        self.cli = cli
        self.hub = hub

    def types(self, at: Path, commands) -> str:
        """Everything that was said; a command that fails is a broken page, but for a merge that git stops."""
        said = ""
        for words in commands:
            words = [str(self.hub) if word == "ADDRESS" else word for word in words]
            if words[0] == "campaign":
                done = self.cli.run(*words[1:], at=at)
                code, said = done.code, said + done.out + done.err
            else:
                code, text = self.git(at, words)
                said += text
            assert code == 0 or "CONFLICT" in said, (words, said)
            if code:
                break
        return said

    def git(self, at: Path, words: list[str]) -> tuple[int, str]:
        """One command of git, `>` into a file too, by somebody with a name."""
        target = at / words[words.index(">") + 1] if ">" in words else None
        words = words[: words.index(">")] if target else words
        who = ["-c", f"user.name={at.name}", "-c", f"user.email={at.name}@example.org"]
        done = subprocess.run(["git", *who, *words[1:]], cwd=at, capture_output=True, check=False)
        if target:
            target.write_bytes(done.stdout)
        return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def team(cli, workspace, tmp_path):
    """Ana, who started the campaign, and Bo, who has it by git."""
    hub = tmp_path / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", hub], check=True)
    team = Team(cli, hub)
    start, clone = _blocks("Once")
    assert cli.run("update", at=workspace).code == 0  # what a workspace of today has from init
    team.types(workspace.root, start)
    team.types(tmp_path, clone)
    return team, workspace.root, tmp_path / "relief"


@pytest.mark.slow
def test_two_people_sign_and_object_and_nothing_is_lost(team):
    """Each signs in their own copy; after a pull both say the same, and the rejection of one stops the other's items."""
    people, ana, bo = team
    morning, evening = _blocks("Every day")
    for at in (ana, bo):
        people.types(at, morning)
    signed = people.cli.run("review", "sign", "de", "--audience", "migrants", "--name", "Ana", at=ana)
    assert signed.code == 0, signed.err
    objected = people.cli.run("review", "sign", "ar", "--audience", "migrants", "--name", "Bo", at=bo)
    assert objected.code == 0, objected.err
    assert people.cli.run("review", "sign", "de", "--audience", "migrants", "--name", "Bo", at=bo).code == 0
    for at in (ana, bo):
        people.types(at, evening)
    people.types(ana, morning)
    told = [people.cli.run("status", at=at).out for at in (ana, bo)]
    assert told[0] == told[1]
    log = people.cli.run("review", "log", "de", at=ana).out
    assert "Ana" in log
    assert "Bo" in log
    assert "as its author wrote it" in people.cli.run("ledger", "verify", at=bo).out


@pytest.mark.slow
def test_a_sentence_that_both_changed_is_named_and_put_right(team):
    """git stops; every command names the file, its line and what to do; what the page says then makes it whole."""
    people, ana, bo = team
    for at, word in ((ana, "الآن"), (bo, "هنا")):
        path = at / CATALOGUE
        text = path.read_text(encoding="utf-8")
        start = text.index('msgstr "', text.index('msgid "Choose your language"'))
        end = text.index('"\n', start + 8)
        path.write_text(f"{text[:end]} {word}{text[end:]}", encoding="utf-8")
    evening = _blocks("Every day")[1]
    people.types(ana, evening)
    assert "CONFLICT" in people.types(bo, evening)
    for command in (("status",), ("check", "--no-layout"), ("build", "--lang", "ar"), ("extract",), ("update",)):
        done = people.cli.run(*command, at=bo)
        if command != ("extract",):
            assert done.code == 1
            assert re.search(rf"{CATALOGUE}:\d+: git left two versions here", done.err), done.err
    (kept,) = _blocks("Two people changed the same sentence")
    people.types(bo, [*kept, ["git", "push"]])
    assert "هنا" in (bo / CATALOGUE).read_text(encoding="utf-8")
    assert "الآن" in (bo / "theirs.po").read_text(encoding="utf-8")
    assert people.cli.run("status", at=bo).code == 0


@pytest.mark.parametrize(
    "name", ["campaign.toml", "contacts.toml", "templates/messages/migrants.j2", "glossary/de.csv", CATALOGUE]
)
def test_a_merge_that_stopped_is_named_in_every_kind_of_file(cli, workspace, name):
    """Marks of git in settings, contacts, messages, word lists and catalogues are named by line; nothing is made."""
    path = workspace.root / name
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, path)
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n", encoding="utf-8")
    done = cli.run("check", "--no-layout", at=workspace)
    assert done.code == 1
    assert f"{name}:{before.count(chr(10)) + 1}: git left two versions here" in done.err
