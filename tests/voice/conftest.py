"""A small campaign with a voice: one sentence and the number of its helpline."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "webapp")]
pytest.importorskip("av")

#: A title and a number: short, so that a test takes little.
SHORT = "{{ title }}\n\n{{ phone }}\n"


@pytest.fixture(scope="session")
def _speaking(_signed_workspace, tmp_path_factory, cli):
    import shutil

    root = Path(shutil.copytree(_signed_workspace, tmp_path_factory.mktemp("voice") / "workspace"))
    assert cli.run("add", "channel", "voice", at=root).code == 0
    (root / "templates/channels/voice.j2").write_text(SHORT, encoding="utf-8")
    return root


@pytest.fixture
def speaking(_speaking, tmp_path):
    """The signed workspace of the tests with the channel voice, whose message is a title and a number."""
    import shutil

    from campaign.project import Project

    return Project(Path(shutil.copytree(_speaking, tmp_path / "speaking")))


@pytest.fixture(scope="session")
def _recorded(_speaking, tmp_path_factory):
    import shutil

    from reader import agree, dictate, read_aloud

    from campaign.editions import voices
    from campaign.project import Project
    from campaign.workspace.selection import Selection

    project = Project(Path(shutil.copytree(_speaking, tmp_path_factory.mktemp("recorded") / "workspace")))
    read_aloud(project, voices.first(project, "de", Selection(audiences=("migrants",))).script)
    agree(project, "de")
    dictate(project, "de")
    return project.root


@pytest.fixture
def recorded(_recorded, tmp_path):
    """The same, read in German by S. Haddad as v1, who agreed; A. Peeters wrote the digits down."""
    import shutil

    from campaign.project import Project

    return Project(Path(shutil.copytree(_recorded, tmp_path / "recorded")))


@pytest.fixture
def served_voice():
    """Serves the review page of a workspace and gives its first address."""
    import contextlib

    from visitor import make_app, running

    with contextlib.ExitStack() as stack:

        def start(project):
            app = make_app(project)
            port = stack.enter_context(running(app))
            return f"http://127.0.0.1:{port}/?token={app.extensions['tokens'].give()}"

        yield start
