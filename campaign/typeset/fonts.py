"""The fonts that layouts may use: which files, and whether they hold every character of a text."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from campaign import installed, languages
from campaign.errors import CampaignError, Problem
from campaign.scripts import SCRIPTS, script_of

#: Characters that shaping uses up or that are invisible by nature: they need no glyph of their own.
INVISIBLE = frozenset("\n\t\u200b\u200c\u200d\u200e\u200f\u2060\u00ad")


def package_files() -> list[Path]:
    """The static Noto files of the font package: Regular and Bold, one file per family and weight.

    The package also holds older web fonts under the same family name; Typst takes whichever the file system lists
    first (measured), so the folder is never loaded as a whole.
    """
    folder = Path(str(resources.files("pretix_fontpackfree"))) / "static" / "pretix_fontpackfree"
    files = sorted(path for path in folder.glob("Noto-Sans*_v*.ttf") if path.stem.endswith(("_regular", "_bold")))
    if not files:
        raise CampaignError.single(
            "the font package is incomplete",
            where="pretix-fontpack-free",
            todo=f"install it again: {installed.again('pretix-fontpack-free')}",
        )
    return files


def of_letters(text: str) -> tuple[str, ...]:
    """The fonts of the scripts that a text is in beside Latin: those of an address, which its reader may not write."""
    scripts = sorted({script_of(character) for character in text if character.isalpha()} - {"Latin", "", "other"})
    known = languages.registry().values()
    found = (next((each.fonts for each in known if script in SCRIPTS.get(each.script, ())), ()) for script in scripts)
    return tuple(dict.fromkeys(family for fonts in found for family in fonts))


def plain_files() -> tuple[str, str]:
    """The files of Noto Sans Regular and Bold, for labels in English."""
    found = {path.stem.rpartition("_")[2]: str(path) for path in package_files() if re.match(r"Noto-Sans_v", path.name)}
    return found["regular"], found["bold"]


@cache
def _package_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder with links to just these files: Typst accepts folders only. It lives as long as the process."""
    folder = tempfile.TemporaryDirectory(prefix="campaign-fonts-")
    for path in package_files():
        link = Path(folder.name) / path.name
        try:
            link.symlink_to(path)
        except OSError:  # Windows without the right to make links
            link.write_bytes(path.read_bytes())
    return folder


@cache
def load(extra: Path | None) -> typst.Fonts:
    """The workspace's own fonts first, then the package's; fonts of the system never (they differ by machine)."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders(extra)))


def folders(extra: Path | None) -> tuple[str, ...]:
    """Where fonts are looked for, in this order."""
    own = [str(extra)] if extra and extra.is_dir() else []
    return (*own, _package_folder().name)


def forget(folder: Path) -> None:
    """Read the fonts of a workspace anew when they are asked for, because its files may be others now."""
    if folder.is_dir():
        for known in (load, faces, characters, versions, _together):
            known.cache_clear()


def own(folder: Path) -> Mapping[str, tuple[Path, ...]]:
    """The font files of a folder as they are now, by family; none where there is no such folder."""
    if not folder.is_dir():
        return {}
    found = defaultdict[str, list[Path]](list)
    for font in typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]).fonts():
        if font.path:
            found[font.family].append(Path(font.path))
    return {family: tuple(dict.fromkeys(paths)) for family, paths in found.items()}


@cache
def faces(extra: Path | None) -> Mapping[tuple[str, str], Path]:
    """The upright font files by family and weight (regular or bold), for pages that show what the layouts print."""
    weights = {400: "regular", 700: "bold"}
    found: dict[tuple[str, str], Path] = {}
    for font in load(extra).fonts():
        if font.path and font.style == "normal" and font.weight in weights:
            found.setdefault((font.family, weights[font.weight]), Path(font.path))
    return found


@cache
def characters(extra: Path | None, family: str) -> frozenset[int]:
    """The code points that every weight of a family can show; empty when there is no such family."""
    paths = [
        font.path for font in load(extra).fonts() if font.family == family and font.style == "normal" and font.path
    ]
    maps = [_characters(path) for path in paths]
    return frozenset.intersection(*maps) if maps else frozenset()


def _characters(path: str) -> frozenset[int]:
    """The code points of a font file."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        # The library looks up the name of every glyph, which takes most of the time: numbers do here.
        font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
        return frozenset(font.getBestCmap() or {})


def missing(extra: Path | None, families: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of the texts that no family can show, in code point order.

    A missing glyph is silent in Typst's PNG and a blank in Khmer and Thai fonts: a number could vanish.
    """
    needed = set("".join(texts)) - INVISIBLE
    have = _together(extra, tuple(families))
    return tuple(map(chr, sorted(set(map(ord, needed)) - have)))


@cache
def _together(extra: Path | None, families: tuple[str, ...]) -> frozenset[int]:
    """The code points that one of the families can show."""
    return frozenset().union(*(characters(extra, family) for family in families))


@cache
def versions(extra: Path | None) -> tuple[str, ...]:
    """Each loaded font as 'Family Weight sha256-of-file (8 digits)', for the manifest.

    Raises:
        CampaignError: a font that was loaded is gone.
    """
    import hashlib

    rows, gone = [], []
    for font in load(extra).fonts():
        if not font.path:
            continue
        path = Path(font.path)
        try:
            rows.append(f"{font.family} {font.weight} {hashlib.sha256(path.read_bytes()).hexdigest()[:8]}")
        except OSError as error:
            todo = "put the font back and run the command again"
            gone.append(Problem(path.name, f"cannot be read any more ({error.strerror})", todo))
    if gone:
        raise CampaignError(gone)
    return tuple(sorted(rows))
