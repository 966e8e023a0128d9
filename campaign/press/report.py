"""The preflight report of a pack, HTML and JSON: each line says what was measured and what the limit is."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

from campaign.press.job import PrintJob

_STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{text-align:start;padding:.3rem .6rem;
border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:1.5rem 0 0}
.pass{color:#2f6b45}.warn{color:#8f5a0a}
.skip{color:#5a6468}.fail{color:#a32014;font-weight:700}.note{color:#5a6468}"""

NOTE = (
    "No free validator for PDF/X exists. These are the parts of PDF/X-4 and of printers' checklists that can be "
    "measured: each line shows what was found and what is allowed."
)


def as_html(jobs: Sequence[PrintJob]) -> bytes:
    """preflight.html."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>Preflight</title><style>{_STYLE}</style><h1>Preflight</h1><p class=note>{html.escape(NOTE)}</p>",
    ]
    for job in jobs:
        parts.append(f"<h2>{html.escape(job.files[0].name)}</h2><table><tr><th>Check<th>Where<th>Measured<th>Limit<th>")
        parts += [
            f"<tr><td>{html.escape(line.check)}<td>{html.escape(line.where)}<td>{html.escape(line.measured)}"
            f"<td>{html.escape(line.limit)}<td class={line.verdict.value}>{line.verdict.value}"
            for line in job.lines
        ]
        parts.append("</table>")
    return "\n".join(parts).encode() + b"\n"


def as_json(jobs: Sequence[PrintJob]) -> bytes:
    """preflight.json."""
    files = [{"file": job.files[0].name, "lines": [line.as_json() for line in job.lines]} for job in jobs]
    return (json.dumps({"version": 1, "files": files}, ensure_ascii=False, indent=1) + "\n").encode()
