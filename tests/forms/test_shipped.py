"""The forms of the reference campaign: what an office gets on the first day, following the guide."""

from __future__ import annotations

import json
import re
import shlex
import time
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from signing import verify_contacts

from campaign import config
from campaign.forms import read_back, samples
from campaign.forms.filled import Desk, make
from campaign.forms.lexicon import Shown
from campaign.forms.sheet import LAYOUT, SIZES, Cell, Row, Sheet, data
from campaign.forms.show import DAY
from campaign.project import Project
from campaign.workspace import loader

FORMS = ("hearing", "appointment", "interpreter", "referral", "shelter", "service")


@pytest.fixture(scope="module")
def desk(repository: Path) -> Desk:
    """A warm desk of the reference campaign."""
    return Desk.of(loader.load(Project(repository)))


@pytest.mark.slow
@pytest.mark.sample(1)
@pytest.mark.parametrize("locale", ["ti", "ar", "bn", "uk", "fa"])
@pytest.mark.parametrize("name", FORMS)
def test_the_worst_case_of_each_form_is_read_back(desk: Desk, name: str, locale: str) -> None:
    """On A4 and as a text message; make forms does so in every language, case and size."""
    campaign = desk.space.campaign
    worst, *_ = samples.worst(campaign.forms[name], campaign.contacts, DAY)
    made = make(desk, campaign.forms[name], worst, (locale, "de"), own_id="TEST", sizes=("a4",))
    assert made.parts <= campaign.sms.parts
    assert bool(made.sms) == bool(campaign.forms[name].sms)


@pytest.mark.slow
@pytest.mark.sample(1)
@pytest.mark.parametrize("locale", ["fa", "ti", "bn", "ar", "el"])
def test_a_plain_sheet_is_one_page(desk: Desk, locale: str) -> None:
    """The longest form beside German on A5: a second page with two sentences would be lost."""
    campaign = desk.space.campaign
    form, contacts = campaign.forms["hearing"], tuple(each for each in campaign.contacts if each.country == "DE")
    made = make(desk, form, samples.plain(form, contacts, DAY), (locale, "de"), own_id="TEST", sizes=("a5",))
    assert len(pypdfium2.PdfDocument(made.sheets["a5"])) == 1


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["zh-Hans", "ja", "th", "km"])
@pytest.mark.sample(1)
def test_a_sentence_without_spaces_wraps(desk: Desk, tag: str) -> None:
    """It is set as large as in other languages, on two lines, and not shrunk to one."""
    said = {
        "zh-Hans": "您的开庭改到另一天。新的日期写在下面，请带上这张纸。",
        "ja": "あなたの審理は別の日になりました。新しい日は下に書いてあります。",
        "th": "การพิจารณาคดีของคุณเลื่อนไปวันอื่นแล้ววันใหม่อยู่ด้านล่างนี้โปรดนำกระดาษนี้มาด้วย",
        "km": "សវនាការរបស់អ្នកត្រូវបានលើកទៅថ្ងៃផ្សេងហើយថ្ងៃថ្មីមាននៅខាងក្រោមនេះសូមយកក្រដាសនេះមកជាមួយ",
    }[tag]
    row = Row("change", "check", (Cell("", (Shown(said),)), Cell("", (Shown("Ihr Termin ist verlegt."),))))
    made = Sheet((tag, "de"), (("title", ("A", "B")),), (row,))
    laid = desk.typesetter.lay_out(LAYOUT, data(made, SIZES["a5"], desk.space.campaign, own_id="TEST"), unwritten=True)
    frames = {frame.id: frame for frame in laid.frames}
    assert frames["r0.reader.0"].h > 1.8 * frames["r0.office.0"].h - 1
    assert [*read_back.faults(laid.pdf, laid.frames, made)] == []


def said_by_the_guide(page: str, start: str) -> list[str]:
    """The one command of the guide that starts so, in words; its folders lie in the home of whoever follows it."""
    (line,) = re.findall(rf"(?m)^    campaign ({start}.*?)(?: < letter.json)?$", page)
    return shlex.split(line)


@pytest.mark.breadth
def test_an_office_follows_the_guide_in_a_minute(repository: Path, cli, tmp_path: Path) -> None:
    """From a fresh workspace, with the commands and values of docs/how-to/forms.md word for word: looked at, signed in
    both languages, and from a terminal to the two sheets in less than a minute.
    """
    page = (repository / "docs" / "how-to" / "forms.md").read_text(encoding="utf-8")
    letter = json.loads(re.search(r"```json\n(.*?)```", page, re.S)[1])
    assert cli.run("init", "office", at=tmp_path).code == 0
    project = Project(tmp_path / "office")
    verify_contacts(project)
    at_home = [word.replace("~", str(tmp_path)) for word in said_by_the_guide(page, "fill hearing .* --sample")]
    assert cli.run(*at_home, at=project).code == 0
    assert len(list((tmp_path / "look").glob("*-a5.pdf"))) == len(list((tmp_path / "look").glob("*-a4.pdf"))) >= 4
    for start in ("review sign ti", "review sign de"):
        assert cli.run(*said_by_the_guide(page, start), at=project).code == 0
    for part in ("values", "again"):
        # The guide's own day will be over one day.
        letter[part]["day"] = (date.today() + timedelta(days=30)).isoformat()
    begun = time.monotonic()
    words = [word.replace("~", str(tmp_path)) for word in said_by_the_guide(page, "fill hearing .* --to")]
    done = cli.spawn(*words, at=project, stdin=json.dumps(letter))
    assert time.monotonic() - begun < 60
    assert done.code == 0, done
    made = list((tmp_path / "sheets").iterdir())
    assert sorted(path.suffix for path in made) == [".pdf", ".pdf", ".txt"]
    assert {contact.id for contact in config.load(project).contacts} >= {letter["values"]["helper"]}
