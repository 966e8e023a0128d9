"""A finished PDF whose text layer says each letter once, in reading order; nothing that is drawn moves."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import regex

from campaign.bulk import bulk
from campaign.typeset.mending import lines, tags
from campaign.typeset.mending.face import Face
from campaign.typeset.mending.packing import packed
from campaign.typeset.mending.text_object import Run

if TYPE_CHECKING:
    import pikepdf


#: What makes Typst part a letter, or order a line: marks, letters that are read from the right, and Latin letters that
#: Noto Sans puts together from two (its feature ccmp): a Vietnamese "ị" is drawn as an i and a dot.
_PARTED = regex.compile(r"[\p{M}\p{bidi_class=R}\p{bidi_class=AL}ẹịọụṃṅṣḿǹ]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended PDF, and how many of its texts nobody knew how to mend."""

    pdf: bytes
    unknown: int


def needed(text: str) -> bool:
    """Whether a PDF of this text has letters to be mended; most Latin, Greek, Cyrillic and Ethiopic text has none."""
    return _PARTED.search(text) is not None


@bulk()
def mend(pdf: bytes) -> Mended:
    """Mend the text layer of a PDF that Typst made; the same bytes give the same bytes."""
    import pikepdf

    faces: dict[tuple[int, int], Face | None] = {}
    runs: dict[tags.Content, Run] = {}
    gone: set[tags.Content] = set()
    unknown = 0
    # Files, though nobody else sees them: of a stream in memory pikepdf asks each few bytes in Python, which takes a
    # tenth of all this.
    with _file(pdf) as source, _file() as made, pikepdf.open(source, access_mode=pikepdf.AccessMode.mmap) as document:
        root = document.Root.get("/StructTreeRoot")
        elements = tags.parents(root) if root is not None else {}
        for page in document.pages:
            if "/Contents" not in page.obj:
                continue
            array = elements.get(int(page.obj.get("/StructParents", -1)))
            owners = tags.owners(array) if array is not None else []
            done = lines.mended(page.Contents.read_bytes(), _faces(page, faces), owners)
            page.Contents = document.make_stream(packed(done.content), Filter=pikepdf.Name.FlateDecode)
            key = page.obj.objgen
            runs.update({(key, mcid): run for mcid, run in done.runs.items()})
            gone.update((key, mcid) for mcid in done.gone)
            if array is not None:
                for mcid in done.gone:
                    array[mcid] = None
            unknown += done.unknown
        for face in faces.values():
            if face is not None:
                face.write()
        if root is not None:
            tags.order(root, runs, frozenset(gone))
        document.save(made, deterministic_id=True, fix_metadata_version=False)  # as Typst wrote it: it stays 1.6 or 1.7
        made.seek(0)
        return Mended(made.read(), unknown)


def _file(content: bytes = b"") -> BinaryIO:
    """A file that is gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(content)
    file.seek(0)
    return file


def _faces(page: pikepdf.Page, known: dict[tuple[int, int], Face | None]) -> dict[bytes, Face]:
    """The faces of a page by the names of its fonts; those of a kind that cannot be added to are left out."""
    found: dict[bytes, Face] = {}
    import pikepdf

    none = pikepdf.Dictionary()
    for name, font in page.obj.get("/Resources", none).get("/Font", none).items():
        if font.objgen not in known:
            known[font.objgen] = Face.of(font)
        if (face := known[font.objgen]) is not None:
            found[name.encode()] = face
    return found
