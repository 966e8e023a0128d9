"""The job ticket and the contact sheet: what a printer needs to know who cannot read the script. PDF and JSON."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from campaign import languages
from campaign.model.print_profile import PrintProfile
from campaign.press import folds
from campaign.press.job import PrintJob
from campaign.typeset.session import Typesetter


@dataclass(frozen=True, slots=True)
class Words:
    """What is said to the printer, in the printer's language (data/printer/<language>.toml, else English)."""

    language: str
    label: Mapping[str, str]
    readme: str
    proof_notice: str
    office: str
    screens: str
    screens_proof: str


def words(language: str) -> Words:
    """The words in a language; English where the program has none."""
    folder = resources.files("campaign").joinpath("data", "printer")
    file = folder.joinpath(f"{language}.toml")
    language = language if file.is_file() else "en"
    found = tomllib.loads(folder.joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    readme, office, screens = (found[name].lstrip("\n") for name in ("readme", "office", "screens"))
    return Words(language, found["label"], readme, found["proof_notice"], office, screens, found["screens_proof"])


def describe(job: PrintJob, profile: PrintProfile, said: Words) -> dict[str, object]:
    """A job as the JSON ticket tells it."""
    order, layout, language = job.order, job.order.layout, languages.get(job.order.locale)
    pages = len(job.thumbnails)
    widths = folds.panels(layout, rtl=language.rtl)
    if layout.panels:
        sides = [said.label["outside"], said.label["inside"]]
    elif pages == 2:
        sides = [said.label["front"], said.label["back"]]
    else:
        sides = []
    failed = len(job.failed)
    return {
        "file": job.files[0].name,
        "sha256": job.files[0].sha256,
        "files": [{"name": file.name, "sha256": file.sha256, "size": len(file.data)} for file in job.files],
        "country": order.country,
        "language": ", ".join(local_name(tag, said.language) for tag in order.tongues),
        "autonym": " · ".join(languages.get(tag).autonym for tag in order.tongues),
        "tag": order.tag,
        "locales": list(order.locales),
        "script": ", ".join(
            dict.fromkeys(_script_name(languages.get(tag).script, said.language) for tag in order.tongues)
        ),
        "dir": "rtl" if language.rtl else "ltr",
        "audience": order.audience_name,
        "audience_id": order.audience,
        "format": layout.name,
        "format_id": layout.id,
        "contacts": list(order.contacts),
        "url": order.url,
        "outlines": profile.outlines,
        "pages": pages,
        "order": ", ".join(f"{n} {side}" for n, side in enumerate(sides, start=1))
        or (f"1-{pages}" if pages > 1 else "1"),
        "sides": sides,
        "trim": f"{layout.width:g} x {layout.height:g} mm",
        "bleed": f"{profile.bleed:g} mm",
        "panels": [list(page) for page in widths],
        "paper": layout.paper,
        "quantity": order.quantity or layout.quantity,
        "sides_printed": said.label["both_sides" if pages > 1 else "one_side"],
        "binding": said.label["binding_right" if language.rtl else "binding_left"] if pages > 1 else "",
        "staple": said.label["staple_rtl" if language.rtl else "staple_ltr"] if pages > 2 else "",
        "fold": said.label[f"fold_{fold}"] if (fold := folds.name(layout)) else "",
        "base": f"{job.base}: {said.label['base']}" if job.base else "",
        "whom": profile.ask,
        "delivery": profile.delivery,
        "ink": _inks(profile, both=pages > 1),
        "type": said.label["outlined" if profile.outlines else "embedded"],
        "profile": f"{profile.condition} ({profile.intent})",
        "batch": order.batch,
        "edition": order.edition.isoformat(),
        "proof": order.proof,
        "preflight": "pass" if not failed else f"{failed} x fail",
    }


def _inks(profile: PrintProfile, *, both: bool) -> str:
    """The inks of the front and of the back, as printers write them."""
    if profile.one_ink:
        return f"{profile.one_ink} {'1/1' if both else '1/0'}"
    return "CMYK 4/4" if both else "CMYK 4/0"


def local_name(tag: str, language: str) -> str:
    """The name of a language in the printer's language (CLDR), English where CLDR has none."""
    from babel import Locale

    found = Locale.parse(language).languages.get(tag.replace("-", "_"))
    return str(found[:1].upper() + found[1:]) if found else languages.get(tag).english


def _script_name(script: str, language: str) -> str:
    from babel import Locale

    return str(Locale.parse(language).scripts.get(script, script))


def as_json(jobs: Sequence[Mapping[str, object]]) -> bytes:
    """job-ticket.json."""
    return (json.dumps({"version": 1, "jobs": list(jobs)}, ensure_ascii=False, indent=1) + "\n").encode()


def sheets(
    typesetter: Typesetter, campaign: str, jobs: Sequence[PrintJob], told: Sequence[Mapping[str, object]], said: Words
) -> tuple[bytes, bytes]:
    """job-ticket.pdf and contact-sheet.pdf."""
    shown = []
    for job, facts in zip(jobs, told, strict=True):
        layout = job.order.layout
        families = [family for tag in job.order.tongues for family in languages.get(tag).fonts]
        shown.append(
            {
                **facts,
                "fonts": list(dict.fromkeys((*families, "Noto Sans"))),
                "wide": layout.width > layout.height,
                "panel_names": _panel_names(job, said),
                "thumbnails": [list(picture) for picture in job.thumbnails],
            }
        )
    values = {
        "campaign": campaign,
        "lang": said.language,
        "fonts": ["Noto Sans"],
        "label": dict(said.label),
        "proof": any(job.order.proof for job in jobs),
        "jobs": shown,
    }
    return typesetter.lay_out("job-ticket", values).pdf, typesetter.lay_out("contact-sheet", values).pdf


def _panel_names(job: PrintJob, said: Words) -> list[list[str]]:
    """What each panel of each side is, in the order in which the panels lie."""
    sides = folds.names(job.order.layout, rtl=languages.get(job.order.locale).rtl)
    return [[said.label.get(name, "") for name in side] for side in sides]
