"""Measure what an import of 10 000 sentences takes, in every format of answers. Run it with: make bench-imports.

The processor time is that of the whole command, from the start of Python to its exit, with the processes that it
starts; on a shared machine it says more than wall time. Each file changes every sentence, which is the most work.
"""

from __future__ import annotations

import argparse
import base64
import csv
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import results
from review import workspace

from campaign.catalogue import store
from campaign.catalogue.exchange import tmx, xlsx
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.tmx import Pair
from campaign.model.state import State
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.workspace.selection import Selection

#: What stands before every text that comes back.
MARK = "وأيضا "


def _units(project: Project) -> list[Unit]:
    path = project.catalogue("ar")
    return list(store.read(path, path.name, "ar").units)


def _rows(project: Project) -> list[list[str]]:
    rows = [["key", "source_hash", "source", "current text", "your text"]]
    for unit in _units(project):
        for number, form in enumerate(unit.forms):
            key = f"{unit.key}#{number}" if unit.plural else unit.key
            rows.append([key, unit.source_hash, unit.source if not unit.plural else unit.plural, form, MARK + form])
    return rows


def po(project: Project) -> bytes:
    """The pack as Poedit saves it."""
    head, _, rest = export(project, "ar", "po", Selection(), date.today()).data.decode().partition("\n\n")
    marked = re.sub(r'(?m)^(msgstr(?:.[0-9].)? (?:""\n)?")', rf"\1{MARK}", rest)
    return f"{head}\n\n{marked}".encode()


def xliff(project: Project, form: str = "xliff") -> bytes:
    """The pack as a program of translators saves it."""
    text = export(project, "ar", form, Selection(), date.today()).data.decode()
    return re.sub(r"(<target[^>]*>)", rf"\1{MARK}", text).encode()


def xliff2(project: Project) -> bytes:
    """The same in 2.0."""
    return xliff(project, "xliff2")


def memory(project: Project) -> bytes:
    """A memory for a language that has no texts yet."""
    pairs = [Pair(unit, "draft") for unit in _units(project)]
    data = tmx.write(pairs, "en", "ar")
    path = project.catalogue("ar")
    parsed = store.parse(path, path.name, "ar")
    for entry in store.live(parsed):
        entry.target = [""] * 6 if entry.hasplural() else ""
    store.write(path, parsed)
    return data


def table(project: Project) -> bytes:
    """A worksheet saved as text by Excel."""
    text = io.StringIO()
    csv.writer(text).writerows(_rows(project))
    return text.getvalue().encode("utf-8-sig")


def workbook(project: Project) -> bytes:
    """A worksheet as Excel saves it."""
    from openpyxl import load_workbook

    rows = [Row(unit, State.DRAFT) for unit in _units(project)]
    book = load_workbook(io.BytesIO(xlsx.write(rows, "ar", "")))
    for cells in book.worksheets[0].iter_rows(min_row=2):
        cells[xlsx.TEXT - 1].value = MARK + str(cells[4].value or "")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(project: Project) -> bytes:
    """A worksheet as LibreOffice saves it."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in _rows(project))
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="ar">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
    return made.getvalue()


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def answers(project: Project) -> bytes:
    """The answer file of the page on a phone."""
    given = [
        {
            **{"key": unit.key, "source_hash": unit.source_hash, "text_hash": unit.text_hash},
            **{"forms": [MARK + form for form in unit.forms], "answer": "changed", "comment": ""},
        }
        for unit in _units(project)
    ]
    record = {"campaign-answers": 1, "pack": "", "language": "ar", "name": "Bench", "role": "mediator"}
    return json.dumps({**record, "answers": given}).encode()


def mail(project: Project) -> bytes:
    """The same as the text of an e-mail, quoted."""
    data = answers(project)
    lines = re.findall(".{1,70}", base64.b64encode(data).decode())
    text = "\n> ".join(["CAMPAIGN ANSWERS BEGIN", *lines, f"CAMPAIGN ANSWERS END {zlib.crc32(data):08x}"])
    return f"Dear all,\n\n> {text}\n".encode()


FORMATS: Sequence[tuple[str, str, Callable[[Project], bytes]]] = (
    ("PO", "po", po),
    ("XLIFF 1.2", "xlf", xliff),
    ("XLIFF 2.0", "xlf", xliff2),
    ("TMX into an empty language", "tmx", memory),
    ("XLSX", "xlsx", workbook),
    ("ODS", "ods", ods),
    ("CSV", "csv", table),
    ("answer file", "json", answers),
    ("e-mail", "txt", mail),
)


def measured(project: Project, file: Path) -> tuple[float, float, str]:
    """Wall and processor seconds of the command, and what it says; its modules are compiled, as when installed."""
    compiled = {"PYTHONPYCACHEPREFIX": str(file.parent / "compiled")}
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | compiled
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "campaign", "review", "import", str(file), "--language", "ar"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False, env=variables)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, (done.stdout + done.stderr).strip().splitlines()[-1]


def main() -> None:
    """Measure, print, and write the section of benchmarks/RESULTS.md."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--only", default="", help="formats whose name begins so; writes no results")
    only = asked.parse_args().only
    where, rows = results.machine(), []
    with tempfile.TemporaryDirectory() as folder:
        fresh = workspace(_new(Path(folder) / "fresh"))
        for name, ending, make in FORMATS:
            if not name.startswith(only):
                continue
            root = Path(folder) / ending
            shutil.rmtree(root, ignore_errors=True)
            project = replace(fresh, root=Path(shutil.copytree(fresh.root, root)))
            file = Path(folder) / f"back.{ending}"
            file.write_bytes(make(project))
            if not (Path(folder) / "compiled").exists():
                shutil.copytree(root, f"{root}-first")
                measured(replace(project, root=Path(f"{root}-first")), file)
            wall, used, said = measured(project, file)
            print(f"{name}: {used:.2f} s of processor, {wall:.2f} s; {said}", flush=True)
            rows.append((name, f"{used:.1f} s", f"{wall:.1f} s", said.partition(",")[0]))
    if not only:
        results.write(
            "Import of 10 000 sentences",
            f"Command: `make bench-imports`. Machine: {where}.\n\n"
            + results.table(("format", "processor", "wall", "what it said"), rows),
        )


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
