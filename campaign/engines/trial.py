"""A trial of a model in a process of its own: a broken one can bring its library down."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from campaign.errors import CampaignError
from campaign.installed import command_for

SECONDS = 300

#: Loads what was unpacked or copied and lets it translate, by kind.
_PROBES: Mapping[str, str] = {
    "argos": "from campaign.engines import argos, packages\nengine = argos.Argos((packages.read(Path(sys.argv[1])),))",
    "own": "from campaign.engines import own\nengine = own.on_trial(Path(sys.argv[1]), *sys.argv[2:])",
}

_PROBED = "sys.exit(0 if engine.translate(['Hello.'])[0] else 9)"

AGAIN = "get the model again, from a source that you trust; nothing was installed"


def run(kind: str, folder: Path, name: str, tokens: Sequence[str] = ()) -> None:
    """Let a model translate a sentence; `tokens` name its languages where it needs them.

    Raises:
        CampaignError: it does not load, translates nothing, or takes minutes.
    """
    if importlib.util.find_spec("ctranslate2") is None:
        raise CampaignError.single(
            "cannot be tried: the engine is not installed", where=name, todo=f"run: {command_for('draft')}"
        )
    code = f"import sys\nfrom pathlib import Path\n{_PROBES[kind]}\n{_PROBED}"
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", code, str(folder), *tokens],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CampaignError.single("the model takes minutes for one sentence", where=name, todo=AGAIN) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        raise CampaignError.single(
            f"the model does not work: {reason or 'it translates nothing'}", where=name, todo=AGAIN
        )
