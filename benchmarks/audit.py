"""Time and memory of `campaign audit`: 50 documents of 10 pages, and files made to do harm. Run: make bench-audit."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import results

CONTACTS = "Call +32 3 201 16 90 or 112. Write to help@example.org, read www.example.org/help."
ARABIC = "اتصل على الرقم +32 3 201 16 90 أو 112. اكتب إلى help@example.org أو اقرأ www.example.org/help."
WORDS = {
    "en": "Nobody may keep your passport, and you can see a doctor whatever your papers say. ",
    "ar": "لا يجوز لأحد أن يحتفظ بجواز سفرك، ويمكنك زيارة الطبيب مهما كان وضع أوراقك. ",
    "de": "Niemand darf Ihren Pass behalten, und Sie können zum Arzt gehen, egal welche Papiere Sie haben. ",
}

#: A page tree that is its own child.
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 9/Kids[2 0 R]>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)


def pdfs(folder: Path, count: int, pages: int) -> list[Path]:
    """Documents of this many pages with about 2000 characters a page, a third of them Arabic."""
    import typst

    from campaign.typeset.fonts import load

    made = []
    for number in range(count):
        tag = ("en", "ar", "de")[number % 3]
        numbers = ARABIC if tag == "ar" else CONTACTS
        body = (WORDS[tag] * (2000 // len(WORDS[tag])) + numbers).replace("@", "\\@")
        rtl = "rtl" if tag == "ar" else "ltr"
        fonts = '("Noto Sans", "Noto Sans Arabic")'
        source = (
            f'#set text(lang: "{tag}", dir: {rtl}, font: {fonts}, size: 9pt)\n'
            '#show regex("\\\\+32[0-9 ]+[0-9]"): it => box(text(dir: ltr, it))\n'
        )
        source += "\n#pagebreak()\n".join([body] * pages)
        path = folder / f"leaflet-{number:02}-{tag}.pdf"
        path.write_bytes(typst.compile(source.encode(), font_paths=load(None)))
        made.append(path)
    return made


def hostile(folder: Path) -> list[Path]:
    """A zip bomb, an external entity, an entity that explodes, 10 MB of deep HTML, a PDF of rubbish and a huge one."""
    made = []

    def docx(name: str, part: bytes) -> None:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", part)
        made.append(path)

    docx("bomb.docx", b"<a>" + b" " * 150_000_000)
    docx("external.docx", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    docx("laughs.docx", f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'.encode())
    for name, data in (
        ("deep.html", b"<div>" * 2_000_000),
        ("wide.html", b"<p>+32 3 201 16 9</p> a@b " * 400_000),
        ("dots.html", b"1." * 5_000_000),
        ("letters.txt", b"a" * 10_000_000),
        ("spaces.txt", b"1 " * 5_000_000),
        ("at.txt", b"a@" * 5_000_000),
        ("rubbish.pdf", b"%PDF-1.7\n" + os.urandom(1_000_000)),
        ("loop.pdf", LOOP),
    ):  # fmt: skip
        (folder / name).write_bytes(data)
        made.append(folder / name)
    return made


def run(*arguments: str) -> tuple[float, str]:
    """(seconds, output) of one command."""
    start = time.perf_counter()
    done = subprocess.run(
        (sys.executable, "-m", "campaign", "audit", *arguments), capture_output=True, check=False, text=True
    )
    return time.perf_counter() - start, done.stdout + done.stderr


def main() -> None:
    """Measure, print a table and put it into RESULTS.md in place of the last one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reference = folder / "reference.txt"
        reference.write_text(CONTACTS, encoding="utf-8")
        files = pdfs(folder, 50, 10)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds, output = run(str(reference), *map(str, files), "--jobs", "2")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        note = f"{output.strip().splitlines()[-1]} {cpu:.1f} s of processor time"
        rows = [("50 PDF of 10 pages, two processes", f"{seconds:.1f} s", note)]
        for path in hostile(folder):
            seconds, output = run(str(reference), str(path), "--jobs", "1")
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            note = next((line.strip() for line in output.splitlines() if "unreadable" in line), output.splitlines()[-1])
            rows.append((path.name, f"{seconds:.1f} s", f"{note[:110]} (peak so far {peak:.0f} MB)"))
    results.write(
        "Audit",
        f"Command: `make bench-audit`. Machine: {results.machine()}.\n\n"
        + results.table(("what", "time", "result"), rows),
    )


if __name__ == "__main__":
    main()
