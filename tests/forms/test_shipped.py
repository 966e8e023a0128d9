"""The forms of the reference campaign: what an office gets on the first day, following the guide."""

from __future__ import annotations

import json
import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from signing import verify_contacts

from campaign import config
from campaign.forms import samples
from campaign.forms.filled import Desk, make
from campaign.forms.show import DAY
from campaign.project import Project
from campaign.review.commands import sign_form
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


@pytest.mark.breadth
def test_an_office_follows_the_guide_in_a_minute(repository: Path, cli, tmp_path: Path) -> None:
    """From a fresh workspace that is signed, with the values and the commands of docs/how-to/forms.md word for word."""
    page = (repository / "docs" / "how-to" / "forms.md").read_text(encoding="utf-8")
    letter = json.loads(re.search(r"```json\n(.*?)```", page, re.S)[1])
    (command,) = re.findall(r"(?m)^    campaign (fill .*--to \S+) < letter.json$", page)
    (sign,) = re.findall(r'(?m)^    campaign (review sign .*) --name "A. Haddad"$', page)
    assert cli.run("init", "office", "--countries", "DE", "--languages", "de", "ti", at=tmp_path).code in (0, 2)
    if not (tmp_path / "office").is_dir():
        assert cli.run("init", "office", at=tmp_path).code == 0
    project = Project(tmp_path / "office")
    verify_contacts(project)
    for locale in ("ti", "de"):
        assert sign.split()[2] == "ti"
        sign_form(project, locale, "hearing", reviewer="A. Haddad", role="mediator", on=date.today(), comment="")
    for part in ("values", "again"):
        letter[part]["day"] = (
            date.today() + timedelta(days=30)
        ).isoformat()  # the guide's own day will be over one day
    begun = time.monotonic()
    words = [word.replace("~", str(tmp_path)) for word in command.split()]
    done = cli.spawn(*words, at=project, stdin=json.dumps(letter))
    assert done.code == 0, done
    assert len(list((tmp_path / "sheets").iterdir())) == 3
    assert time.monotonic() - begun < 60
    assert {contact.id for contact in config.load(project).contacts} >= {letter["values"]["helper"]}
