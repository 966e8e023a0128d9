"""Nothing outside the workspace is read, written or deleted, whatever in it is a link or says `..`."""

from __future__ import annotations

import ast
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import campaign
from campaign.errors import CampaignError
from campaign.model.edition import Edition
from campaign.project import Project, locked
from campaign.typeset.session import Typesetter

#: Real files, many of them: not for the lane that a person waits for.
pytestmark = pytest.mark.slow

CommandLine = Any
Contents = Callable[[Path], dict[str, bytes]]

PROGRAM = Path(campaign.__file__).parent
ONE = ("--lang", "de", "--audience", "migrants", "--jobs", "1")
BUILD, RELEASE, CHECK = ("build", *ONE), ("build", "--release", *ONE), ("check", "--lang", "de", "--no-layout")
SIGN = ("review", "sign", "de", "--audience", "migrants", "--name", "M. Weber")
VERIFY = (
    "contacts",
    "verify",
    "be-payoke",
    "--name",
    "A. Peeters",
    "--how",
    "called",
    "--on",
    "2026-11-20",
    "--until",
    "2027-01-01",
)
STATUS, EXTRACT, UPDATE, RECALL = ("status",), ("extract",), ("update",), ("recall", "+3232011690")
OTHER = ("build", "--lang", "en", "--audience", "migrants", "--jobs", "1")
PACK, READ = ("pack", "sms"), ("verify",)

#: Each place of a workspace with the commands that read it, write it or delete in it.
PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "campaign.toml": (STATUS, CHECK),
    "contacts.toml": (STATUS, VERIFY),
    "templates": (EXTRACT, BUILD),
    "templates/messages": (EXTRACT, BUILD),
    "templates/messages/labels.j2": (EXTRACT, BUILD),
    "templates/channels": (EXTRACT, BUILD),
    "templates/channels/sms.j2": (EXTRACT, BUILD),
    "templates/channels/page.css": (BUILD,),
    "templates/layouts": (BUILD,),
    "templates/layouts/style.typ": (BUILD,),
    "assets": (BUILD,),
    "assets/illustrations": (BUILD, CHECK),
    "assets/illustrations/migrants.svg": (BUILD,),
    "assets/icons": (BUILD,),
    "assets/logos": (BUILD,),
    "assets/logos/campaign.svg": (BUILD,),
    "assets/fonts": (BUILD, CHECK),
    "locales": (EXTRACT, UPDATE, STATUS, SIGN),
    "locales/de": (UPDATE, STATUS, SIGN),
    "locales/de/LC_MESSAGES/campaign.po": (UPDATE, STATUS, SIGN),
    "locales/de/reviews.jsonl": (STATUS, SIGN),
    "glossary": (CHECK,),
    "output": (BUILD, RELEASE, READ, PACK),
    "output/review": (BUILD, READ, PACK),
    "output/release": (RELEASE,),
    "output/packs": (PACK, OTHER),
    "output/packs/review": (PACK, OTHER),
    "output/.build": (BUILD,),
    "releases.jsonl": (RELEASE, RECALL),
}

_watched: dict[str, list[str]] = {}


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Note whatever this process opens, lists, makes, renames or deletes below a watched folder."""
    if _watched and event in ("open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "os.rmdir"):
        for name in arguments[:2]:
            if isinstance(name, str | bytes | os.PathLike):
                real = os.path.realpath(os.fsdecode(name))
                for folder, heard in _watched.items():
                    if real.startswith(folder):
                        heard.append(f"{event} {real}")


@pytest.fixture(scope="module", autouse=True)
def _hook() -> None:
    sys.addaudithook(_hear)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder beside the workspace of which nobody may read, write or delete anything."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.txt").write_text("secret\n")
    yield folder
    _watched.clear()


@pytest.fixture
def touched(outside: Path) -> Callable[[], list[str]]:
    """`touched()` begins to watch the folder outside, and says at the end what was touched there."""
    heard = _watched[f"{os.path.realpath(outside)}{os.sep}"] = []
    return lambda: heard


def lead_out(place: Path, outside: Path) -> None:
    """Put a link to outside in the place of a file or folder, with what lay there."""
    target = outside / "kept" / place.name
    target.parent.mkdir()
    if place.exists():
        shutil.move(place, target)
    elif place.suffix in (".csv", ".jsonl", ".toml"):
        target.write_text("")
    else:
        target.mkdir()
        (target / "photo.jpg").write_bytes(b"mine")
        (target / "sms-BE.zip").write_bytes(b"mine")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.sample(4)
def test_a_link_that_leads_out_is_refused_by_name_and_nothing_there_is_touched(
    signed: Project, outside: Path, contents: Contents, cli: CommandLine, place: str
) -> None:
    """Whichever place of a workspace is a link to elsewhere: every command that needs it names it, and touches nothing."""
    if PACK in PLACES[place]:
        assert cli.run(*BUILD, at=signed).code == 0
    lead_out(signed.root / place, outside)
    before = contents(outside)
    for command in PLACES[place]:
        heard = _watched[f"{os.path.realpath(outside)}{os.sep}"] = []
        ended = cli.run(*command, at=signed)
        assert ended.code == 1, (command, ended.out, ended.err)
        assert f"{place}: is a link to {os.path.realpath(outside / 'kept' / Path(place).name)}" in ended.err, command
        assert heard == [], command
        _watched.clear()
        assert contents(outside) == before, command


@pytest.mark.parametrize("named", ["../../../outside/secret.txt", "/etc/hostname", "../../contacts.toml", "x.j2"])
def test_a_template_takes_in_templates_only(
    workspace: Project, outside: Path, touched: Callable[[], list[str]], cli: CommandLine, named: str
) -> None:
    """`{% include %}` of a path out of the templates, of an absolute one, of a link: no word of it gets into an item."""
    if named == "x.j2":
        (workspace.messages / named).symlink_to(outside / "secret.txt")
    template = workspace.messages / "migrants.j2"
    template.write_text(template.read_text() + f'{{% include "{named}" %}}\n')
    ended = cli.run(*BUILD, at=workspace)
    assert ended.code == 1
    assert named.rpartition("/")[2] in ended.err
    assert "secret\n" not in ended.err
    assert touched() == []


def test_links_inside_the_workspace_are_as_good_as_files(signed: Project, cli: CommandLine) -> None:
    """A team that keeps shared pictures and texts in a folder of the workspace builds as before."""
    shared = signed.root / "shared"
    shared.mkdir()
    for place in ("assets/illustrations", "locales/de", "templates/messages/labels.j2", "templates/layouts/style.typ"):
        target = shared / Path(place).name
        shutil.move(signed.root / place, target)
        (signed.root / place).symlink_to(target)
    ended = cli.run(*RELEASE, at=signed)
    assert ended.code == 0, ended.err
    assert list(signed.output(Edition.RELEASE).rglob("sms.txt"))


def test_a_picture_behind_a_link_inside_is_an_input(workspace: Project) -> None:
    """What a link inside leads to is part of what an item is made from: when it changes, the item is made again."""
    from campaign.workspace.inputs import Inputs

    (workspace.root / "shared").mkdir()
    shutil.move(workspace.illustrations, workspace.root / "shared" / "pictures")
    (workspace.root / "assets" / "illustrations").symlink_to("../shared/pictures")
    inputs = Inputs.of(workspace)
    assert "assets/illustrations/migrants.svg" in inputs.hashes
    (workspace.root / "shared" / "pictures" / "migrants.svg").write_text("<svg/>")
    assert inputs.differing() == ("assets/illustrations/migrants.svg",)


def test_folders_that_lead_to_themselves_end(workspace: Project) -> None:
    """A link to the folder it lies in, or to one above, is not followed for ever."""
    (workspace.illustrations / "again").symlink_to(workspace.illustrations)
    (workspace.illustrations / "up").symlink_to(workspace.root)
    names = [name for name, _ in workspace.below(workspace.illustrations)]
    assert "migrants.svg" in names
    assert len(names) < 5_000


def test_a_workspace_that_lies_behind_a_link_is_a_workspace(
    workspace: Project, tmp_path: Path, cli: CommandLine
) -> None:
    """The folder on the desktop may be a link to the network drive."""
    (tmp_path / "desktop").symlink_to(workspace.root)
    assert cli.run(*BUILD, at=tmp_path / "desktop").code == 0
    assert Project(tmp_path / "desktop").manifest(Edition.REVIEW).is_file()


def test_a_link_that_nothing_reads_stops_nothing(workspace: Project, outside: Path, cli: CommandLine) -> None:
    """The designer's originals on another drive are no business of the program."""
    (workspace.root / "assets" / "originals").symlink_to(outside)
    (workspace.root / "notes").symlink_to(outside)
    assert cli.run(*BUILD, at=workspace).code == 0


@pytest.mark.parametrize("lies", ["photo.jpg", "BE/de/holiday.jpg", ".git/config", "a/b/c/d/e.txt", "manifest.json"])
def test_a_folder_that_is_no_edition_is_not_emptied(
    workspace: Project, cli: CommandLine, contents: Contents, lies: str
) -> None:
    """Somebody kept photographs in output/review: the build names the folder and deletes nothing."""
    place = workspace.output(Edition.REVIEW) / lies
    place.parent.mkdir(parents=True)
    place.write_text('{"edition": "release", "items": []}' if lies == "manifest.json" else "mine")
    (workspace.output(Edition.REVIEW) / "xx").mkdir(exist_ok=True)
    (workspace.output(Edition.REVIEW) / "xx" / "mine.txt").write_text("mine")
    before = contents(workspace.root / "output")
    ended = cli.run(*BUILD, at=workspace)
    assert ended.code == 1
    assert "output/review: holds" in ended.err
    after = contents(workspace.root / "output")
    assert before == after


def test_an_edition_that_is_a_link_to_another_folder_of_the_workspace_is_not_emptied(
    workspace: Project, cli: CommandLine, contents: Contents
) -> None:
    """output/review -> templates lies inside, and is no edition: not one template is deleted."""
    workspace.output(Edition.REVIEW).parent.mkdir()
    workspace.output(Edition.REVIEW).symlink_to(workspace.templates)
    before = contents(workspace.templates)
    assert cli.run(*BUILD, at=workspace).code == 1
    assert contents(workspace.templates) == before


def test_a_stopped_first_build_is_taken_up_again(workspace: Project, cli: CommandLine) -> None:
    """Files without a manifest that a build makes, and what a kill leaves, are the build's own."""
    folder = workspace.output(Edition.REVIEW)
    (folder / "BE" / "de" / "migrants").mkdir(parents=True)
    (folder / "BE" / "de" / "migrants" / "old.txt").write_text("left by a build that was killed")
    (folder / "BE" / "de" / "migrants" / ".sms.txt.ab12.tmp").write_text("half")
    (folder / ".gitkeep").write_text("")
    assert cli.run(*BUILD, at=workspace).code == 0
    assert not (folder / "BE" / "de" / "migrants" / "old.txt").exists()


def test_a_folder_inside_an_edition_that_leads_out_is_not_written_to(
    workspace: Project, cli: CommandLine, outside: Path, contents: Contents
) -> None:
    """output/review/BE -> elsewhere: nothing is written there, neither by the first build nor by the next."""
    assert cli.run(*BUILD, at=workspace).code == 0
    lead_out(workspace.output(Edition.REVIEW) / "BE", outside)
    before = contents(outside)
    for _ in range(2):
        ended = cli.run("build", "--audience", "migrants", "--jobs", "1", at=workspace)
        assert contents(outside) == before
        assert ended.code == 1
        assert "output/review/BE: is a link" in ended.err


def test_a_lock_that_is_a_link_empties_nothing(tmp_path: Path, outside: Path) -> None:
    """Taking a lock empties its file: a link in its place is refused."""
    (tmp_path / ".contacts.toml.lock").symlink_to(outside / "secret.txt")
    with pytest.raises(CampaignError, match="its lock is a link"), locked(tmp_path / "contacts.toml", "contacts.toml"):
        pass
    assert (outside / "secret.txt").read_text() == "secret\n"


def test_a_photograph_is_not_looked_for_outside(workspace: Project, outside: Path, cli: CommandLine) -> None:
    """assets/consents.toml names files of the workspace; `..` and absolute paths are problems with their key."""
    record = 'people = "none"\nagreed_on = 2026-01-01\nkept_by = "A. Peeters"\n'
    files = ("../outside/secret.txt", str(outside / "secret.txt"), "assets/../../outside/secret.txt")
    workspace.consents.write_text("".join(f'[[photograph]]\nfile = "{file}"\n{record}' for file in files))
    ended = cli.run(*CHECK, at=workspace)
    assert ended.code == 1
    assert ended.err.count("lies outside the workspace") == 3


def test_a_history_cannot_lead_a_notice_astray(workspace: Project) -> None:
    """The id of a contact in releases.jsonl may be anything; its notice lies in output/recall or nowhere."""
    for name in ("../../templates/messages", "/etc", "../release"):
        with pytest.raises(CampaignError, match="lies outside the folder output/recall"):
            workspace.notices(name, "BE", "de")


def test_every_link_that_leads_out_is_named_at_once(workspace: Project, outside: Path) -> None:
    """Ten links, one message."""
    for name in ("a.typ", "b.typ"):
        (workspace.layouts / name).symlink_to(outside / "secret.txt")
    with pytest.raises(CampaignError) as caught:
        Typesetter(workspace).lay_out("leaflet-a5", {})
    assert [problem.where for problem in caught.value.problems] == [
        "templates/layouts/a.typ",
        "templates/layouts/b.typ",
    ]


# --- that it stays so ---

#: What Project gives without a promise about what lies below.
FOLDERS = frozenset(
    (
        *("root", "templates", "messages", "channel_texts", "layouts", "assets", "illustrations", "profiles"),
        *("output", "packs", "worksheets"),
    )
)
ASKED = frozenset(("inside", "files", "below"))
#: Functions that reach files which nobody named to them.
WALKERS = frozenset(
    ("glob", "rglob", "iterdir", "walk", "scandir", "listdir", "copytree", "rmtree", "FileSystemLoader")
)
#: Modules that use them, each with the folder that is meant; none of them is the workspace.
ELSEWHERE = {
    "cache.py": "the user's cache",
    "cli/init.py": "a new folder that the user names",
    "editions/folder.py": "an edition that was claimed: what is a link is deleted, never followed",
    "editions/voice_import.py": "a folder of recordings that the user names",
    "engines/bergamot.py": "the user's models",
    "engines/folders.py": "a model's folder that the user names, and the user's models",
    "engines/packages.py": "the user's models",
    "inside.py": "where the rule is kept",
    "press/raster.py": "a temporary folder",
    "project.py": "where the rule is kept",
    "reports/__init__.py": "the program's own pages",
    "sandbox.py": "asks Project.inside for each template",
    "shaping/start.py": "the program's own starter, and the workspace that it makes of it",
    "shaping/trial.py": "the names at the top of the workspace, links left out; each folder is asked for",
    "typeset/fonts.py": "the package of fonts",
    "workspace/inputs.py": "the program's own code",
}


def unguarded(tree: ast.AST) -> Iterator[int]:
    """The lines that name a file below a folder of a workspace without asking whether it lies there."""
    asked = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKED
        for argument in (*node.args, *(keyword.value for keyword in node.keywords))
        for inner in ast.walk(argument)
    }
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        named = {
            target.id
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and _folder(node.value, frozenset())
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(scope):
            joined = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _folder(node.left, named)
            parts = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "joinpath"
            if (joined or (parts and _folder(node.func.value, named))) and id(node) not in asked:  # type: ignore[attr-defined]
                yield node.lineno  # type: ignore[attr-defined]


def _folder(node: ast.expr, named: frozenset[str] | set[str]) -> bool:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Name):
        return node.id in named
    return isinstance(node, ast.Attribute) and node.attr in FOLDERS and "project" in ast.unparse(node.value)


def walks(tree: ast.AST) -> bool:
    """Whether a module looks for files by itself."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    bases = [base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases]
    used = {node.attr for node in calls if isinstance(node, ast.Attribute)}
    used |= {node.id for node in (*calls, *bases) if isinstance(node, ast.Name) and node.id != "walk"}
    used -= {"walk"} - {
        node.attr for node in calls if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os"
    }
    return bool(used & WALKERS)


def test_no_module_names_a_file_of_a_workspace_without_asking() -> None:
    """A path below a folder of the workspace goes through Project.inside, files or below, everywhere in the program."""
    found = [
        f"{path.relative_to(PROGRAM)}:{line}"
        for path in sorted(PROGRAM.rglob("*.py"))
        if path.name != "project.py" and "project" in (text := path.read_text(encoding="utf-8"))
        for line in sorted(set(unguarded(ast.parse(text))))
    ]
    assert found == []


def test_no_module_looks_for_files_by_itself() -> None:
    """Whoever lists a folder of the workspace asks Project for it; the others are named with the folder they mean."""
    found = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        if "starter" not in path.parts
        and any(name in (text := path.read_text(encoding="utf-8")) for name in WALKERS)
        and walks(ast.parse(text))
    }
    assert found == ELSEWHERE.keys()


@pytest.mark.parametrize(
    "line",
    [
        "(project.templates / name).read_text()",
        "x = self.project.root / 'a'",
        "def f():\n    folder = project.output(edition)\n    return folder / path",
        "project.assets.joinpath('fonts')",
        "open(self._project.packs(edition) / 'x')",
    ],
)
def test_a_way_past_the_rule_is_seen(line: str) -> None:
    """The test above has eyes."""
    assert list(unguarded(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["project.inside(project.root / name)", "project.files(project.assets / 'icons', '*')", "folder / name"]
)
def test_what_was_asked_for_is_no_way_past_the_rule(line: str) -> None:
    """And no more than that."""
    assert not list(unguarded(ast.parse(line)))
