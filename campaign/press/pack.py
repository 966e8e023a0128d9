"""One ZIP for a printer: the jobs of a country and language with ticket, contact sheet, preflight, README, hashes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from typing import IO

from campaign import languages
from campaign.model.print_profile import PrintProfile
from campaign.press import office_ticket, report, ticket
from campaign.press.job import File, PrintJob
from campaign.press.office import Office
from campaign.typeset.session import Typesetter


def papers(typesetter: Typesetter, campaign: str, jobs: Sequence[PrintJob], profile: PrintProfile) -> tuple[File, ...]:
    """What lies beside the jobs; SHA256SUMS (the form of coreutils' sha256sum) comes last and lists all the rest."""
    said = ticket.words(profile.language)
    told = [ticket.describe(job, profile, said) for job in jobs]
    ticket_pdf, sheet_pdf = ticket.sheets(typesetter, campaign, jobs, told, said)
    files = [
        File("README.txt", _readme(campaign, jobs[0], profile, said)),
        File("job-ticket.pdf", ticket_pdf),
        File("job-ticket.json", ticket.as_json(told)),
        File("contact-sheet.pdf", sheet_pdf),
        File("preflight.html", report.as_html(jobs)),
        File("preflight.json", report.as_json(jobs)),
    ]
    return *files, _sums([*files, *(file for job in jobs for file in job.files)])


def office_papers(campaign: str, jobs: Sequence[PrintJob], profile: PrintProfile, office: Office) -> tuple[File, ...]:
    """What lies beside the sheets of an office: a page that says how to print, cut and fold; the list; the sums."""
    said = ticket.words(profile.language)
    told = [office_ticket.facts(job, office) for job in jobs]
    files = [
        File("README.txt", office_ticket.page(campaign, jobs, office, said)),
        File("job-ticket.json", ticket.as_json(told)),
    ]
    return *files, _sums([*files, *(file for job in jobs for file in job.files)])


def screen_papers(campaign: str, place: str, jobs: Sequence[PrintJob], profile: PrintProfile) -> tuple[File, ...]:
    """What lies beside the slides of a place: how to show them; what they are, for who checks them; the sums."""
    told = [
        {
            "files": [{"name": file.name, "sha256": file.sha256, "size": len(file.data)} for file in job.files],
            "country": job.order.country,
            "tag": job.order.tag,
            "locales": list(job.order.locales),
            "audience_id": job.order.audience,
            "format_id": job.order.layout.id,
            "contacts": list(job.order.contacts),
            "batch": job.order.batch,
            "outlines": False,
            "proof": job.order.proof,
        }
        for job in jobs
    ]
    said = ticket.words(profile.language)
    notice = f"{said.screens_proof}\n\n" if jobs[0].order.proof else ""
    text = notice + said.screens.format(name=campaign, place=place)
    files = [File("README.txt", text.encode()), File("job-ticket.json", ticket.as_json(told))]
    return *files, _sums([*files, *(file for job in jobs for file in job.files)])


def _sums(files: Sequence[File]) -> File:
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(files, key=lambda file: file.name))
    return File("SHA256SUMS", lines.encode())


def write(stream: IO[bytes], files: Sequence[File], edition: date, comment: bytes = b"") -> None:
    """The ZIP: names without folders, the edition's date on every entry, no extra fields; its `comment`."""
    with zipfile.ZipFile(stream, "w") as archive:
        archive.comment = comment
        for file in sorted(files, key=lambda file: file.name):
            entry = zipfile.ZipInfo(file.name, (edition.year, edition.month, edition.day, 0, 0, 0))
            packed = file.name.endswith((".pdf", ".tif", ".png"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, file.data)


def _readme(campaign: str, first: PrintJob, profile: PrintProfile, said: ticket.Words) -> bytes:
    tongues = list(map(languages.get, first.order.tongues))
    ways = dict.fromkeys(said.label["rtl" if language.rtl else "ltr"] for language in tongues)
    text = said.readme.format(
        name=campaign,
        language=", ".join(ticket.local_name(language.tag, said.language) for language in tongues),
        autonym=" · ".join(language.autonym for language in tongues),
        direction=", ".join(ways),
        profile=profile.id,
        bleed=f"{profile.bleed:g}",
        resolution=profile.resolution,
    )
    notice = f"{said.proof_notice}\n\n" if first.order.proof else ""
    return (notice + text).encode()
