"""What every test may ask for: a small real workspace, the same one signed, the command line, engines, a browser."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from own_campaigns import PROFILES, REPOSITORY, lay_out
from signing import verify_contacts

from campaign.checks import rules
from campaign.cli.main import _run
from campaign.model.finding import Finding
from campaign.model.sentence import Sentence
from campaign.project import Project

# A slow machine is no failure.
settings.register_profile("campaign", deadline=None)
settings.load_profile("campaign")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a table marked sample(n), n cases spread over it stay in `make test`; the others are breadth."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sample"):
            tables.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in tables.values():
        mark = cases[0].get_closest_marker("sample")
        kept = {number * len(cases) // mark.args[0] for number in range(mark.args[0])} if mark else set()
        for at, item in enumerate(cases):
            if at not in kept:
                item.add_marker(pytest.mark.breadth)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository: the program, its documentation, its fonts. Read it, never write to it."""
    return REPOSITORY


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What an earlier run or the user's own builds left in the cache changes no test."""
    os.environ["CAMPAIGN_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def _every_finding_is_whole() -> Iterator[None]:
    """Whatever test makes a finding: each name in its words has a value, so that nobody ever reads `%(contact)s`."""
    made = Finding.__init__

    def whole(self: Finding, *arguments: Any, **named: Any) -> None:
        made(self, *arguments, **named)
        # What a cache holds may be anything, and is no fault of the program's words.
        if sys._getframe(1).f_code is rules.finding.__code__:
            _assert_whole(self.said)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Finding, "__init__", whole)
        yield


def _assert_whole(said: Sentence) -> None:
    values = dict(said.params)
    assert set(re.findall(r"%\((\w+)\)s", said.msgid)) <= values.keys(), said
    for value in values.values():
        if isinstance(value, Sentence):
            _assert_whole(value)


@pytest.fixture(scope="session")
def _fresh_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out("small", tmp_path_factory.mktemp("fresh") / "workspace").root


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of fourteen languages, four countries and six audiences. Read it, never write to it."""
    return lay_out("wide", tmp_path_factory.mktemp("wide") / "workspace", PROFILES).root


@pytest.fixture
def workspace(_fresh_workspace: Path, tmp_path: Path) -> Project:
    """A small but real workspace: en, de and ar, Belgium, two audiences; all texts drafts, all contacts unverified."""
    return Project(Path(shutil.copytree(_fresh_workspace, tmp_path / "workspace")))


@pytest.fixture(scope="session")
def attest() -> Callable[[Project], None]:
    """`attest(project)` has every contact checked by A. Peeters, as `campaign contacts verify` notes it."""
    return verify_contacts


@pytest.fixture(scope="session")
def _signed_workspace(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from campaign.review.commands import sign_items
    from campaign.workspace.selection import Selection

    root = Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("signed") / "workspace"))
    verify_contacts(Project(root))
    chosen = Selection(audiences=("migrants",))
    sign_items(Project(root), "de", chosen, reviewer="M. Weber", role="mediator", on=date(2026, 11, 20), comment="")
    return root


@pytest.fixture
def signed(_signed_workspace: Path, tmp_path: Path) -> Project:
    """The workspace with de/migrants signed by the mediator M. Weber and every contact verified."""
    return Project(Path(shutil.copytree(_signed_workspace, tmp_path / "signed")))


@pytest.fixture(scope="session")
def _released_workspace(_signed_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from campaign.editions.build import build
    from campaign.workspace.selection import Selection

    root = Path(shutil.copytree(_signed_workspace, tmp_path_factory.mktemp("released") / "workspace"))
    chosen = Selection(locales=("de",), audiences=("migrants",))
    today = date.today()
    build(Project(root), edition="release", selection=chosen, workers=1, today=today, progress=lambda done, total: None)
    return root


@pytest.fixture
def released(_released_workspace: Path, tmp_path: Path) -> Project:
    """The signed workspace with de/migrants released today."""
    return Project(Path(shutil.copytree(_released_workspace, tmp_path / "released")))


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


class CommandLine:
    """Runs `campaign …` in a folder; `spawn` does it in a process of its own."""

    def run(self, *arguments: str, at: Project | Path) -> Run:
        """Run in this process: fast, and a traceback points into the code."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(_folder(at)), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = _run(arguments)
        return Run(code, out.getvalue(), err.getvalue())

    def spawn(self, *arguments: str, at: Project | Path, stdin: str = "", **environment: str) -> Run:
        """Run as a person does; `environment` is added to the variables of this process."""
        variables = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
        command = [sys.executable, "-c", "from campaign.cli.main import main; main()", *arguments]
        done = subprocess.run(
            command, cwd=_folder(at), env=variables, input=stdin.encode(), capture_output=True, check=False
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def _folder(place: Project | Path) -> Path:
    return place.root if isinstance(place, Project) else place


@pytest.fixture(scope="session")
def cli() -> CommandLine:
    """The command line: `cli.run("status", at=workspace)` or `cli.spawn(…)`, both give code, out and err."""
    return CommandLine()


@pytest.fixture
def rewrite() -> Callable[[Path, str, str], None]:
    """`rewrite(path, old, new)` changes one place of a text file; a text that is not there is a broken test."""

    def change(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """`contents(folder)` is every file below it with its bytes; lock files are left out, half-written ones are not."""

    def read(folder: Path) -> dict[str, bytes]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return read


@pytest.fixture(scope="session")
def trained_package() -> Path:
    """A real, tiny, trained Argos package, English to Portuguese (tests/fixtures/README.md says how it was made)."""
    return REPOSITORY / "tests" / "fixtures" / "translate-en_pt-tiny.argosmodel"


@pytest.fixture(scope="session")
def random_package(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`random_package("en", "fr")` is an Argos package file with random weights: it loads, and its output is noise."""
    from argos_package import write

    folder = tmp_path_factory.mktemp("packages")

    def make(source: str, target: str, version: str = "1.0") -> Path:
        path = folder / f"translate-{source}_{target}-{version.replace('.', '_')}.argosmodel"
        return path if path.exists() else write(path, source, target, version)

    return make


@pytest.fixture(scope="session")
def _models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder of models for this test alone."""
    monkeypatch.setenv("CAMPAIGN_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def argos(_models: Path, monkeypatch: pytest.MonkeyPatch, trained_package: Path):
    """The argos engine with the trained package."""
    return _argos(_models / "trained", monkeypatch, trained_package)


@pytest.fixture
def random(_models: Path, monkeypatch: pytest.MonkeyPatch, random_package: Callable[..., Path]):
    """The argos engine with random weights."""
    return _argos(_models / "random", monkeypatch, random_package("en", "pt"))


def _argos(home: Path, monkeypatch: pytest.MonkeyPatch, package: Path):
    from campaign import engines
    from campaign.engines import archive

    monkeypatch.setenv("CAMPAIGN_MODELS", str(home))
    if not home.is_dir():
        archive.install(package)
    return engines.load("en", "pt", "argos")


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory, trained_package: Path) -> Path:
    """The trained package as a plain folder: a CTranslate2 model, and a SentencePiece model beside it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(trained_package) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture
def own(models: Path, unpacked: Path):
    """The trained model, added as one of the organisation's own."""
    from campaign import engines
    from campaign.engines import folders

    folders.add(unpacked, "CC0-1.0", source="en", target="pt")
    return engines.load("en", "pt", "ctranslate2")


@pytest.fixture
def many(models: Path, tmp_path: Path):
    """A model with random weights for several languages, laid out as NLLB is."""
    from argos_package import write_folder

    from campaign import engines
    from campaign.engines import folders

    folders.add(write_folder(tmp_path / "nllb", ("eng_Latn", "swh_Latn", "tir_Ethi")), "CC-BY-NC-4.0")
    return engines.load("en", "ti")


@pytest.fixture(scope="session")
def bergamot():
    """The built-in engine, English to Portuguese."""
    from campaign import engines

    return engines.load("en", "pt", "bergamot")


@pytest.fixture(scope="session")
def msgfmt() -> Callable[[Path], str]:
    """`msgfmt(path)` is what `msgfmt -c` objects to in a file; nothing when it accepts it."""
    program = shutil.which("msgfmt")
    if program is None:
        pytest.skip("msgfmt is not installed (Debian package gettext)")

    def check(path: Path) -> str:
        done = subprocess.run(
            [program, "-c", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
        )
        return done.stderr if done.returncode else ""

    return check


CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, driven by playwright."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` lists what axe-core objects to on a page."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def violations(page: Any) -> list[str]:
        # evaluate runs in the page without a script element, so that the page's own policy stays in force.
        page.evaluate(script)
        found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
        return [f"{rule}: {node}" for rule, nodes in found for node in nodes]

    return violations
