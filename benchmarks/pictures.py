"""What writing the cards again at another PNG level would save and cost; writes its section of RESULTS.md."""

from __future__ import annotations

import io
import subprocess
import tempfile
import time
from pathlib import Path

import results
from commands import CAMPAIGN
from PIL import Image

LEVELS = (1, 3, 6, 9)
PART = ("--country", "BE", "--lang", "ar", "--lang", "de", "--audience", "migrants", "--audience", "homeless")


def cards() -> list[bytes]:
    """The cards of two messages in two languages, as `campaign build` delivers them."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder) / "workspace"
        subprocess.run((*CAMPAIGN, "init", str(here)), check=True, capture_output=True)
        subprocess.run((*CAMPAIGN, "build", "--channel", "social", *PART), cwd=here, check=True, capture_output=True)
        return [path.read_bytes() for path in sorted((here / "output").rglob("card-*.png"))]


def again(png: bytes, level: int) -> tuple[int, float]:
    """(bytes, processor seconds) of encoding a picture anew."""
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        out, start = io.BytesIO(), time.process_time()
        picture.save(out, "PNG", compress_level=level)
        return out.tell(), time.process_time() - start


def main() -> None:
    """Measure every card at every level."""
    where, delivered = results.machine(), cards()
    whole = sum(map(len, delivered))
    rows = [("as Typst writes them (delivered)", f"{whole / len(delivered) / 1000:.0f} kB", "", "0 ms")]
    for level in LEVELS:
        made = [again(png, level) for png in delivered]
        size, seconds = sum(size for size, _ in made), sum(seconds for _, seconds in made)
        rows.append(
            (
                f"written again, zlib level {level}",
                f"{size / len(made) / 1000:.0f} kB",
                f"{100 * (size / whole - 1):+.0f} %",
                f"{1000 * seconds / len(made):.0f} ms",
            )
        )
    results.write(
        "Pictures",
        f"Command: `python benchmarks/pictures.py`. {len(delivered)} cards. Machine: {where}. "
        f"Versions: {results.versions('campaign', 'typst', 'pillow')}. Times are processor time on top of Typst's own; "
        "where no level is smaller, the pictures stay as Typst writes them.\n\n"
        + results.table(("how", "a card", "against Typst's", "more time a card"), rows),
    )


if __name__ == "__main__":
    main()
