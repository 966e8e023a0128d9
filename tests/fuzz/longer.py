"""The same targets under Atheris, which follows the branches of the code.

Run: python tests/fuzz/longer.py po -max_total_time=600
Atheris is no dependency: pip install atheris (Linux and macOS).
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["campaign"]):
    from targets import TARGETS

    from campaign.errors import CampaignError


def main() -> None:
    """Fuzz one target, starting from its example, until it falls over or the time is up."""
    read, seed = TARGETS[sys.argv.pop(1)]
    corpus = Path(tempfile.mkdtemp(prefix="campaign-fuzz-"))
    (corpus / "seed").write_bytes(seed)

    def once(data: bytes) -> None:
        with contextlib.suppress(CampaignError):
            read(data)

    atheris.Setup([*sys.argv, str(corpus)], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
