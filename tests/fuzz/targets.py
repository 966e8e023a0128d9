"""What reads files that others wrote: each target takes bytes, and only a CampaignError may come out of it.

A new reader is one function and one line in TARGETS.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from campaign import config
from campaign import manifest as manifests
from campaign.bidi import direct_numbers, strip_controls
from campaign.catalogue import glossary, store
from campaign.catalogue.exchange import html, safe_xml, segments, sheet, tbx, tmx, workbook, xliff, xliff2, xlsx
from campaign.catalogue.exchange import po as exchanged_po
from campaign.catalogue.exchange.answers import Row
from campaign.catalogue.exchange.segments import Sentence
from campaign.catalogue.exchange.tmx import Pair
from campaign.catalogue.glossary import Glossary, Term
from campaign.config import weights
from campaign.config.contacts import displayed
from campaign.counting.sms import measure, parts
from campaign.counting.x import weighted_length
from campaign.delivery import printer_zip_check
from campaign.editions import cached_item
from campaign.editions import state as states
from campaign.executors.context import hold
from campaign.ledger import issued, ledger, releases
from campaign.model.campaign import Campaign
from campaign.model.edition import Edition
from campaign.model.state import State
from campaign.model.trust import Trust
from campaign.model.unit import Unit
from campaign.project import Project

#: A real campaign to start from, the tests' own.
CAMPAIGN = Path(__file__).parents[1] / "campaigns" / "wide"


def _file(data: bytes, name: str, read: Callable[[Path], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        read(path)


def po(data: bytes) -> None:
    """A PO file from Poedit, Weblate or a mail; what is accepted comes back whole."""

    def read(path: Path) -> None:
        catalogue = store.read(path, path.name, "de")
        parsed = store.parse(path, path.name, "de")
        store.write(path, parsed)
        assert store.read(path, path.name, "de") == catalogue

    _file(data, "campaign.po", read)


def campaign_toml(data: bytes) -> None:
    """campaign.toml as someone edited it."""

    def read(path: Path) -> None:
        shutil.copy(CAMPAIGN / "contacts.toml", path.parent)
        config.load(Project(path.parent))

    _file(data, "campaign.toml", read)


def contacts_toml(data: bytes) -> None:
    """contacts.toml as someone edited it."""

    def read(path: Path) -> None:
        shutil.copy(CAMPAIGN / "campaign.toml", path.parent)
        config.load(Project(path.parent))

    _file(data, "contacts.toml", read)


def reviews(data: bytes) -> None:
    """A ledger; what is read is what was signed."""
    _file(data, "reviews.jsonl", lambda path: ledger.read(path, path.name).approvals(Trust()))


def manifest(data: bytes) -> None:
    """A manifest; a path in it never leads out of the edition."""

    def read(path: Path) -> None:
        found = manifests.read(path, path.name)
        manifests.damaged(path.parent, found.entries)
        for entry in found.entries:
            states.intact(path.parent, entry)

    _file(data, "manifest.json", read)


def build_record(data: bytes) -> None:
    """The record of a build: anything unusable is an empty one."""

    def read(path: Path) -> None:
        project = Project(path.parent)
        place = project.record("review")
        place.parent.mkdir(parents=True)
        path.rename(place)
        states.read(project, "review")

    _file(data, "review.json", read)


def cache_entry(data: bytes) -> None:
    """An entry of a shared cache: anything unusable is none."""
    cached_item.unpack(data, ())


def number(data: bytes) -> None:
    """The readers of numbers: telephone numbers, parts of an SMS, weights on X."""
    text = data.decode("utf-8", "replace")
    displayed(text, "BE")
    strip_controls(direct_numbers(text, isolate=True))
    assert measure(text).segments == len(parts(text))
    weighted_length(text)


def _returned(tables: Sequence[sheet.Table]) -> None:
    sheet.read(tables, "worksheet.xlsx", lambda pack: "de")


def worksheet(data: bytes) -> None:
    """A worksheet that came back by mail, as bytes from anywhere."""
    _returned(workbook.tables(data, "worksheet.xlsx"))


def worksheet_cells(data: bytes) -> None:
    """A worksheet whose first sheet somebody's program wrote: a good archive, any XML."""
    _returned(workbook.tables(_with_sheet(data), "worksheet.xlsx"))


def answers(data: bytes) -> None:
    """The answer file that the page on a phone made."""
    html.read(data, "answers.json")


def po_answers(data: bytes) -> None:
    """A PO file that came back by mail."""
    _file(data, "answers.po", lambda path: exchanged_po.read(path, path.name, lambda pack: "de"))


def xliff_answers(data: bytes) -> None:
    """An XLIFF file that came back from a program of translators, of either version."""
    root = safe_xml.parse(data, "back.xlf")
    for version in (xliff, xliff2):
        segments.answers([*version.read(root)], "de")
        [*version.files(root)]


def memory(data: bytes) -> None:
    """A translation memory of another organisation."""
    tmx.read(safe_xml.parse(data, "theirs.tmx"), "theirs.tmx", "en", "de")


def terms(data: bytes) -> None:
    """A glossary of another organisation; what is taken can be written and read again."""
    read = [term for _, term in tbx.read(safe_xml.parse(data, "theirs.tbx"), "en", "de") if not glossary.faults(term)]
    unique = {term.term.casefold(): term for term in read}
    assert glossary.read(glossary.written(unique.values()), "de.csv") == [*unique.values()]


def glossary_table(data: bytes) -> None:
    """glossary/<lang>.csv from a spreadsheet program."""

    def read(path: Path) -> None:
        terms = Glossary("de", tuple(glossary.read(path.read_bytes(), path.name)))
        terms.hits("You can see a doctor.")

    _file(data, "de.csv", read)


def weights_table(data: bytes) -> None:
    """weights.csv from a spreadsheet program."""
    _file(data, "weights.csv", lambda path: weights.read(path, path.name, _campaign()))


def release_history(data: bytes) -> None:
    """The history of releases."""
    _file(data, "releases.jsonl", lambda path: releases.read(path, path.name))


def issued_packs(data: bytes) -> None:
    """The list of packs that were sent out: a line that is none is no pack."""
    _file(data, "packs.jsonl", lambda path: issued.find(path, "0123456789abcdef"))


@cache
def _campaign() -> Campaign:
    return config.load(Project(CAMPAIGN))


_ROWS = [
    Row(Unit("de", "", source, "", (text,), fuzzy=True), State.DRAFT)
    for source, text in (("Call %(emergency)s", "Rufen Sie %(emergency)s an"), ("Help", "Hilfe"))
]
_SENTENCES = [Sentence(row, ("a comment",)) for row in _ROWS]


@cache
def _workbook() -> bytes:
    return xlsx.write(_ROWS, "de", "0123456789abcdef")


_SHEET = "xl/worksheets/sheet1.xml"


def _with_sheet(data: bytes) -> bytes:
    """The workbook with other bytes as its first sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as book, zipfile.ZipFile(made, "w") as other:
        for name in book.namelist():
            other.writestr(name, data if name == _SHEET else book.read(name))
    return made.getvalue()


def _sheet() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_workbook())) as book:
        return book.read(_SHEET)


def argos(data: bytes) -> None:
    """An Argos package: a zip from anywhere."""
    from campaign.engines import archive

    def read(path: Path) -> None:
        os.environ["CAMPAIGN_MODELS"] = str(path.parent / "models")
        try:
            archive.install(path)
        finally:
            del os.environ["CAMPAIGN_MODELS"]

    _file(data, "model.argosmodel", read)


def printer_pack(data: bytes) -> None:
    """A printer's pack that came back: whatever is in it is a finding, never a crash."""

    def read(path: Path) -> None:
        hold(printer_zip_check.ReadContext(Project(path.parent), _campaign(), Edition.REVIEW, False))
        printer_zip_check.read_pack(path)

    _file(data, "printer_BE_de_standard.zip", read)


def _printed() -> bytes:
    """A small pack: a ticket, its sums and one damaged page."""
    job = {"tag": "de", "country": "BE", "audience_id": "migrants", "format_id": "palm-card", "contacts": ["be-payoke"]}
    job |= {"batch": "ABCDEF", "outlines": True, "files": [{"name": "a-press.pdf", "sha256": "00"}]}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("job-ticket.json", json.dumps({"jobs": [job]}))
        archive.writestr("a-press.pdf", b"%PDF-1.6 no more")
        archive.writestr("SHA256SUMS", "00  a-press.pdf\n")
    return made.getvalue()


def _package() -> bytes:
    """A small archive in the form of a package; its model is none."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("en_xx/metadata.json", '{"from_code": "en", "to_code": "xx", "package_version": "1.0"}')
        archive.writestr("en_xx/sentencepiece.model", b"no model")
        archive.writestr("en_xx/model/model.bin", b"no model")
    return made.getvalue()


def _first(path: str, size: int = 4000) -> bytes:
    return (CAMPAIGN / path).read_bytes()[:size]


_LEDGER = (
    b'{"prev": "' + b"0" * 64 + b'", "unit_key": "a", "source_hash": "b", "text_hash": "c", "reviewer": "d", '
    b'"role": "mediator", "on": "2026-11-24", "verdict": "sign", "comment": ""}\n'
)
_MANIFEST = (
    b'{"version": 1, "edition": "review", "inputs": "", "tools": {}, "fonts": [], "items": [{"path": "a/b.txt", '
    b'"media_type": "text/plain", "size": 1, "sha256": "00", "audience": "a", "locale": "de", "country": "BE", '
    b'"channel": "sms", "format": "sms", "state": "draft", "units": ["k"], "states": {"draft": 1}, "fallbacks": [], '
    b'"batch": "ABCDEF", "content": "00"}]}'
)
_FOUND = (
    b'{"code":"length","severity":"warning","locale":"de","where":"a","rule":"r","msgid":"%(x)s; %(y)s",'
    b'"params":{"x":"1","y":{"msgid":"a %(z)s","params":{"z":"2"}}}}'
)
_RECORD = (
    b'{"version":%d,"parts":%s,"units":[["k"]],'
    % (states.VERSION, json.dumps(list(states.PARTS)).encode())
    + b'"manifest":"","others":{},"details":{},"prints":{"de":{"k":"draft:0"}},"items":[["BE","de","a","sms",'
    b'{"trace":"t","units":0,"made":"m","key":"k","parts":["p"],"layouts":[],"state":"draft",'
    b'"files":{"a":["0",1,2]},"warnings":[' + _FOUND + b"]}]]}"
)
_ENTRY = (
    b'{"key": "k", "layouts": ["a.typ"], "artefacts": [{"size": 2, "small": 0, "units": [], "contacts": null, '
    b'"findings": [' + _FOUND + b'], "path": "a.txt", "media_type": "text/plain", "format": "sms"}]}\nab'
)

_ANSWERS = (
    b'{"campaign-answers": 1, "pack": "0123456789abcdef", "language": "de", "name": "M. Weber", "role": "mediator", '
    b'"answers": [{"key": "00", "source_hash": "a", "text_hash": "b", "forms": ["Hilfe"], "answer": "good", "comment": ""}]}'
)
_GLOSSARY = (
    b"term,translation,gender,note,do_not_translate,forbidden\n"
    b'doctor,"\xc3\x84rztin|Arzt",f,"not ""a"" nurse",no,\nPayoke,,,,yes,\n'
)
_RELEASES = (
    b'{"event": "released", "on": "2026-11-24", "batch": "ABCDEF", "path": "a/b.txt", "sha256": "00", "audience": "a", '
    b'"locale": "de", "country": "BE", "channel": "sms", "format": "sms", "numbers": {"be-payoke": "+3232011690"}, "units": '
    b'["k"]}\n{"event": "packed", "on": "2026-11-24", "pack": "p.zip", "receiver": "x", "files": ["00"]}\n'
)
_ISSUED = b'{"pack": "0123456789abcdef", "form": "html", "on": "2026-11-24", "rows": ["a", "b"]}\n'

#: Name -> (what reads it, an example of it that mutations start from).
TARGETS: Mapping[str, tuple[Callable[[bytes], None], bytes]] = {
    "po": (po, _first("locales/de/LC_MESSAGES/campaign.po")),
    "campaign.toml": (campaign_toml, _first("campaign.toml")),
    "contacts.toml": (contacts_toml, _first("contacts.toml", 100_000)),
    "ledger": (reviews, _LEDGER * 2),
    "manifest": (manifest, _MANIFEST),
    "build record": (build_record, _RECORD),
    "cache entry": (cache_entry, _ENTRY),
    "number": (number, "Tel. +32 2 511 64 64, ٠١٢ ‎112 #tag https://example.org".encode()),
    "argos": (argos, _package()),
    "worksheet": (worksheet, _workbook()),
    "worksheet cells": (worksheet_cells, _sheet()),
    "HTML answers": (answers, _ANSWERS),
    "PO answers": (po_answers, _first("locales/de/LC_MESSAGES/campaign.po")),
    "glossary": (glossary_table, _GLOSSARY),
    "XLIFF answers": (xliff_answers, xliff2.write(_SENTENCES, "en", "de", "0123456789abcdef")),
    "older XLIFF answers": (xliff_answers, xliff.write(_SENTENCES, "en", "de", "0123456789abcdef")),
    "memory": (memory, tmx.write([Pair(each.row.unit, "draft") for each in _SENTENCES], "en", "de")),
    "terms": (terms, tbx.write([Term("doctor", ("Arzt",), "m", "x", False, ("Quack",))], "en", "de", "x")),
    "weights": (weights_table, b"audience,de,ar\nmigrants,1200,300\nhomeless,5,\n"),
    "releases": (release_history, _RELEASES),
    "issued packs": (issued_packs, _ISSUED),
    "printer pack": (printer_pack, _printed()),
}
