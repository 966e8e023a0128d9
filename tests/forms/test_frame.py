"""What mediators sign: the frame on a plain and a worst-case sheet, in the page and in packs; what makes it stale."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.catalogue import form_templates
from campaign.model.state import State
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.preview import Previews
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.shaping import audiences
from campaign.workspace.facts import ItemView
from campaign.workspace.selection import Selection

pytestmark = pytest.mark.slow


def frame(project: Project, locale: str = "ar") -> tuple[Desk, Sheet, ItemView]:
    """The frame of the form in a language, as the review page has it."""
    desk = Desk(project)
    sheet = desk.sheet(locale)
    return desk, sheet, next(item for item in sheet.items if item.job.channel == "form")


def test_a_mediator_sees_a_plain_sheet_and_the_worst_one(office: Project) -> None:
    """Pictures of both and both text messages, as drafts; the same in the pack for a telephone."""
    desk, sheet, item = frame(office)
    assert sheet.state_of(item) is State.SIGNED
    look = Previews(desk).look(sheet, item.job)
    assert look.problems == ()
    assert {file.path for file in look.artefacts} == {
        "plain-page-1.png",
        "plain-sms.txt",
        "worst-page-1.png",
        "worst-sms.txt",
    }
    pack = export(office, "ar", "html", Selection(), date(2026, 12, 1), "")
    # A page of either sheet.
    assert pack.data.decode().count('alt="Visit changed') == 2


@pytest.mark.sample(1)
@pytest.mark.parametrize("what", ["label", "choice", "date word", "layout", "order"])
def test_a_frame_is_stale_when_something_of_it_changes(office: Project, rewrite, what: str) -> None:
    """A label, a choice, a word of a date, the layout or the order; a limit of a value changes no frame."""
    template, po = form_templates.folder(office) / "visit.j2", office.catalogue("ar")
    rewrite(office.config, "within = 3660", "within = 30")
    assert frame(office)[1].state_of(frame(office)[2]) is State.SIGNED
    if what == "layout":
        rewrite(office.layouts / "form.typ", "radius: 2mm", "radius: 3mm")
    elif what == "order":
        text = template.read_text()
        day, time = '{{ field(_("Day"), day) }}\n', '{{ field(_("Time"), time) }}\n'
        template.write_text(text.replace(day + time, time + day))
    else:
        words = {"label": "رقم القضية", "choice": "زيارتك في يوم آخر.", "date word": "الاثنين"}[what]
        rewrite(po, f'msgstr "{words}"', f'msgstr "{words}ا"')
    _, sheet, item = frame(office)
    assert sheet.state_of(item) is not State.SIGNED


def test_leaflets_are_what_they_were(office: Project) -> None:
    """A form among the templates makes no signed item stale: their parts are their own."""
    _, sheet, form = frame(office)
    keys = {key for item in sheet.items if item.job.channel != "form" for key in item.keys}
    assert keys.isdisjoint(form.keys)


def test_a_drill_follows_its_audiences(office: Project) -> None:
    """Renamed and removed audiences are so in rehearsals as well; one that is gone is said when it is rehearsed."""
    from campaign import config

    with office.config.open("a") as file:
        file.write('\n[drills.lockdown]\nname = "L"\nforms = ["visit", "gone"]\naudiences = ["migrants", "no-such"]\n')
    audiences.rename(office, "migrants", "newcomers")
    assert config.load(office).drills["lockdown"].audiences == ("newcomers", "no-such")
    audiences.remove(office, "newcomers")
    assert config.load(office).drills["lockdown"].audiences == ("no-such",)
    from campaign.reporting.drill import rehearse

    report = rehearse(office, "lockdown", "BE", ("de",), date(2026, 12, 1))
    assert [(part.name, part.ready) for part in report.languages[0].parts] == [
        ("visit", True),
        ("gone", False),
        ("no-such", False),
    ]
