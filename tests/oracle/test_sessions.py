"""No signature over an open objection, nobody's word lost, the same in every order: random sessions of three people."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from acts import tiny
from sessions import SENTENCES, Sessions

#: Sessions in the suite; `make sessions` takes five thousand.
COUNT = int(os.environ.get("CAMPAIGN_SESSIONS", "8"))
FIRST = int(os.environ.get("CAMPAIGN_FIRST_SEED", "0"))
LENGTH = 14
#: Sessions that one test does: a workspace is laid out once for each.
TOGETHER = 20


#: What a session never opens, so that nothing of it is copied, looked at or rendered again and again.
UNUSED = ("templates/layouts", "assets/illustrations", "assets/icc", "assets/icons", "assets/fonts", "glossary")
USED = ("base", "claims", "labels", "migrants", "shared")


@pytest.fixture(scope="session")
def _start(tmp_path_factory):
    project = tiny(tmp_path_factory.mktemp("sessions") / "workspace")
    text = project.config.read_text(encoding="utf-8")
    text = re.sub(r'channels = \["sms", "web"\]', 'channels = ["sms"]', text)
    project.config.write_text(
        re.sub(r"^\[layouts\..*?(?=^\[audiences)", "", text, flags=re.DOTALL | re.MULTILINE), "utf-8"
    )
    for name in UNUSED:
        shutil.rmtree(project.root / name, ignore_errors=True)
    for path in (*project.messages.iterdir(), *project.channel_texts.iterdir()):
        if path.stem not in (*USED, "alt", "sms"):
            path.unlink()
    message = project.messages / "migrants.j2"
    blocks = re.split(r"(?=\{% block )", message.read_text(encoding="utf-8"))
    message.write_text("".join(b for b in blocks if "{% block" not in b or any(s in b for s in SENTENCES)), "utf-8")
    catalogue = project.catalogue("de")
    head, *entries = catalogue.read_text(encoding="utf-8").split("\n\n")
    kept = [entry for entry in entries if any(source in entry.replace('"\n"', "") for source in SENTENCES)]
    catalogue.write_text("\n\n".join([head, *kept]).rstrip("\n") + "\n", encoding="utf-8")
    return project.root


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, TOGETHER))
@pytest.mark.breadth
def test_three_people_in_two_copies(_start, cli, tmp_path, first):
    """Over the page, packs and the command line: good, not right, other words, remarks, withdrawals, items, late files."""
    for seed in range(first, min(first + TOGETHER, FIRST + COUNT)):
        sessions = Sessions(_start, tmp_path / str(seed), cli, seed)
        sessions.run(LENGTH)
        sessions.judge()
        shutil.rmtree(tmp_path / str(seed))
