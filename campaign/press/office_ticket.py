"""What lies beside sheets for an office: one page that says how to print, cut and fold them, and the list of jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign import languages
from campaign.press import folds
from campaign.press.job import PrintJob
from campaign.press.office import Office, Plan, plan
from campaign.press.ticket import Words, local_name


def facts(job: PrintJob, office: Office) -> dict[str, object]:
    """A job as the JSON ticket tells it."""
    order, how = job.order, plan(job.order.layout, office.paper)
    return {
        "file": job.files[0].name,
        "sha256": job.files[0].sha256,
        "files": [{"name": file.name, "sha256": file.sha256, "size": len(file.data)} for file in job.files],
        "country": order.country,
        "tag": order.locale,
        "dir": "rtl" if languages.get(order.locale).rtl else "ltr",
        "audience": order.audience_name,
        "audience_id": order.audience,
        "format": order.layout.name,
        "format_id": order.layout.id,
        "contacts": list(order.contacts),
        "url": order.url,
        "outlines": False,
        "paper": how.paper,
        "copies": how.copies,
        "scale": round(how.scale, 4),
        "duplex": "long edge",
        "fold": folds.name(order.layout),
        "ink": job.lines[0].measured,
        "batch": order.batch,
        "edition": order.edition.isoformat(),
        "proof": order.proof,
    }


def page(campaign: str, jobs: Sequence[PrintJob], office: Office, said: Words) -> bytes:
    """README.txt: how to print, and what to do with each format of the pack."""
    first, seen = jobs[0].order, dict[str, PrintJob]()
    for job in jobs:
        seen.setdefault(job.order.layout.id, job)
    formats = "\n".join(
        f"- {line}" for job in seen.values() for line in _format(job, plan(job.order.layout, office.paper), said)
    )
    text = said.office.format(
        name=campaign,
        language=local_name(first.locale, said.language),
        autonym=languages.get(first.locale).autonym,
        papers=", ".join(sorted({plan(job.order.layout, office.paper).paper for job in jobs})),
        formats=formats,
    )
    return ((f"{said.proof_notice}\n\n" if first.proof else "") + text).encode()


def _format(job: PrintJob, how: Plan, said: Words) -> Iterator[str]:
    """What to do with one format: how many lie on a sheet, whether to cut, how to fold."""
    layout, label = job.order.layout, said.label
    steps = [f"{label['on_sheet']}: {how.copies} ({how.paper})"]
    if how.scale < 1:
        steps.append(f"{label['reduced']} {how.scale:.0%}")
    if how.copies > 1:
        steps.append(label["cut"])
    if fold := folds.name(layout):
        steps.append(f"{label['fold']}: {label[f'fold_{fold}']}")
    elif layout.pages == 0 or layout.pages > 2:
        rtl = languages.get(job.order.locale).rtl
        steps.append(label["staple_rtl" if rtl else "staple_ltr"])
    yield f"{layout.name} ({layout.width:g} x {layout.height:g} mm): {'; '.join(steps)}"
