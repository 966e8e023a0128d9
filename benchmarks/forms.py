"""Every form of the reference campaign, in every language, in every worst case, as sheets and text message: read back.

Writes docs/reference/forms.md: how many sheets passed, and how many parts the text message takes at most.
"""

from __future__ import annotations

import sys
from pathlib import Path

from campaign import languages
from campaign.errors import CampaignError
from campaign.forms import samples
from campaign.forms.filled import Desk, make
from campaign.forms.show import DAY
from campaign.project import Project
from campaign.workspace import loader

SIZES = ("a5", "a4", "large")
ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "forms.md"
HEAD = """# Every form in every language

Written by `make forms`: each form of the reference campaign in each of its languages beside the source language, in
every worst case (the longest values in Latin and Arabic letters, each sentence of each choice, dates in three months,
no optional value). Each is set on A5, A4 and in large print, read back by another engine and compared value by value,
in order; the text message stays within the parts that `[sms]` allows. A cell says how many sheets passed, and how many
parts the text message takes at most.

"""


def one(desk: Desk, name: str, locale: str) -> tuple[str, list[str]]:
    """The cell of a form and a language, and what was refused."""
    campaign = desk.space.campaign
    form, locales = campaign.forms[name], tuple(dict.fromkeys((locale, campaign.source_language)))
    sheets, parts, refused = 0, 0, []
    for values in (samples.plain(form, campaign.contacts, DAY), *samples.worst(form, campaign.contacts, DAY)):
        try:
            made = make(desk, form, values, locales, own_id="SAMPLE", sizes=SIZES, draft="DRAFT")
        except CampaignError as error:
            refused += [f"{name}/{locale}: {problem}" for problem in error.problems]
            continue
        sheets, parts = sheets + len(made.sheets), max(parts, made.parts)
    return f"{sheets} · {parts or '–'}", refused


def main() -> int:
    """Print what is refused, and write the table when nothing is."""
    desk = Desk.of(loader.load(Project.find(ROOT)))
    campaign = desk.space.campaign
    rows, refused = [f"| | {' | '.join(campaign.forms)} |", "|---" * (len(campaign.forms) + 1) + "|"], list[str]()
    for locale in campaign.languages:
        cells = [one(desk, name, locale) for name in campaign.forms]
        rows.append(f"| {languages.get(locale).english} | {' | '.join(cell for cell, _ in cells)} |")
        refused += [each for _, found in cells for each in found]
        print(rows[-1], flush=True)
    print("\n".join(refused))
    if not refused:
        PAGE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
