"""A form filled in: two languages on paper, a neutral text message, read back, behind the gate of a release."""

from __future__ import annotations

import json
import stat
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from offices import letter

from campaign.bidi import strip_controls
from campaign.errors import CampaignError
from campaign.forms import read_back, record, samples
from campaign.forms.fill import Asked, checked, fill, write
from campaign.forms.filled import Desk, make
from campaign.forms.show import DAY
from campaign.project import Project
from campaign.reporting.contact_expiry import expire
from campaign.workspace import loader

pytestmark = pytest.mark.slow
ASKED = Asked("visit", "ar", "BE", "de", ("a5",))


def filled(project: Project, typed: dict[str, object], asked: Asked = ASKED):
    """The form as the program makes it, and the desk that made it."""
    desk = Desk.of(loader.load(project))
    found = checked(desk, asked, typed, typed, date.today())
    assert found.problems == ()
    return fill(desk, asked, found.values, date.today())


def test_an_office_gets_a_sheet_and_a_message(office: Project, helper, tmp_path: Path) -> None:
    """For their owner alone, outside of the workspace, named by a random id; the history knows nothing else."""
    made = filled(office, letter(helper()))
    paths = write(office, tmp_path / "out", made)
    assert {path.name.removeprefix(made.own_id) for path in paths} == {"-a5.pdf", "-sms.txt"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)
    said = strip_controls(made.sms)
    assert "الوقت: 14:30" in said and "Loi" not in said and "رقم القضية" not in said
    (line,) = record.read(office)
    assert (line.id, line.form, line.languages, line.contacts) == (made.own_id, "visit", ("ar", "de"), (helper(),))
    assert record.find(office, made.own_id.lower()) == record.find(office, helper()) == (line,)
    assert {path.name for path in write(office, tmp_path / "other", made)} == {path.name for path in paths}
    for inside in (office.root / "out", office.root):
        with pytest.raises(CampaignError, match="lies in a workspace"):
            write(office, inside, made)


def test_nothing_unsigned_leaves(office: Project, helper) -> None:
    """A sentence, a word of a date or a layout that changed since it was signed, a contact that expired."""
    typed = letter(helper())
    layout = office.layouts / "form.typ"
    path = office.catalogue("ar")
    for change in (
        lambda: path.write_text(path.read_text().replace("زيارتك في يوم آخر.", "زيارتك غدا.")),
        lambda: layout.write_text(layout.read_text().replace('weight: "bold", fill: white', "fill: white")),
        lambda: expire(office, helper(), on=date.today() - timedelta(days=1), reason="test"),
    ):
        before = {file: file.read_bytes() for file in (path, layout, office.contacts)}
        change()
        with pytest.raises(CampaignError):
            filled(office, typed)
        for file, data in before.items():
            file.write_bytes(data)
    assert tuple(record.read(office)) == ()
    filled(office, typed)


@pytest.mark.parametrize(
    ("locales", "sizes"),
    [
        (("ar", "de"), ("a5",)),
        pytest.param(("ar", "de"), ("a4", "large"), marks=pytest.mark.breadth),
        pytest.param(("de",), ("a5", "a4", "large"), marks=pytest.mark.breadth),
    ],
)
def test_every_worst_case_is_laid_out_and_read_back(
    signed_desk: Desk, locales: tuple[str, ...], sizes: tuple[str, ...]
) -> None:
    """The longest values in both directions, each choice, no optional value: whole, in order, on every size of paper."""
    form = signed_desk.space.campaign.forms["visit"]
    contacts = tuple(each for each in signed_desk.space.campaign.contacts if each.country == "BE")
    for values in samples.worst(form, contacts, DAY):
        made = make(signed_desk, form, values, locales, own_id="TEST", sizes=sizes)
        assert made.parts <= signed_desk.space.campaign.sms.parts
        assert all(len(pypdfium2.PdfDocument(pdf)) <= 3 for pdf in made.sheets.values())


@pytest.mark.sample(2)
@pytest.mark.parametrize("value", samples.TURNING)
def test_a_value_that_is_turned_round_is_found(signed_desk: Desk, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of the finished file says so when a sheet shows something else than was typed."""
    form = signed_desk.space.campaign.forms["visit"]
    contacts = tuple(each for each in signed_desk.space.campaign.contacts if each.country == "BE")
    plain = samples.plain(form, contacts, DAY)
    values = {**plain, "place": samples.Value(form.slots["place"], value)}
    make(signed_desk, form, values, ("ar", "de"), own_id="TEST", sizes=("a4",))
    right = read_back.expected
    turned = value[::-1]

    def otherwise(sheet):
        return {name: turned if text == value else text for name, text in right(sheet).items()}

    monkeypatch.setattr(read_back, "expected", otherwise)
    with pytest.raises(CampaignError, match="reads otherwise"):
        make(signed_desk, form, values, ("ar", "de"), own_id="TEST", sizes=("a4",))


@pytest.mark.breadth
def test_the_command_reads_values_from_its_input_alone(office: Project, helper, tmp_path: Path, cli) -> None:
    """From JSON to two sheets and a message; what a second person typed differently stops it, and is not repeated."""
    typed = letter(helper())
    out = str(tmp_path / "out")
    command = ("fill", "visit", "--lang", "ar", "--beside", "de", "--country", "BE", "--to", out)
    again = {name: typed[name] for name in ("day", "time")}
    wrong = json.dumps({"values": typed, "again": {**again, "time": "15:30"}})
    done = cli.spawn(*command, at=office, stdin=wrong)
    assert done.code == 1 and "time" in done.err and "14:30" not in done.err + done.out
    assert not (tmp_path / "out").exists()
    right = json.dumps({"values": typed, "again": again})
    done = cli.spawn(*command, at=office, stdin=right)
    assert done.code == 0, done
    assert len(done.out.splitlines()) == 4
    assert "is that what the letter says?" in done.err


@pytest.mark.breadth
def test_a_sample_is_a_draft_of_nobody(office: Project, tmp_path: Path, cli) -> None:
    """Whoever signs looks at sheets that nobody can hand out."""
    out = str(tmp_path / "out")
    result = cli.run("fill", "visit", "--lang", "ar", "--country", "BE", "--sample", out, at=office)
    assert result.code == 0, result
    first = pypdfium2.PdfDocument((tmp_path / "out" / "SAMPLE-visit-ar-0-a5.pdf").read_bytes())
    assert "DRAFT" in first[0].get_textpage().get_text_range()
    assert not record.path_of(office).exists()
