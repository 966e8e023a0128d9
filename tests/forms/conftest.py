"""An office of the small campaign: one form in English, German and Arabic, signed, every contact verified."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from own_campaigns import lay_out
from signing import verify_contacts

from campaign.catalogue import form_templates, store, warm
from campaign.forms.filled import Desk
from campaign.project import Project
from campaign.review.commands import sign_form
from campaign.translation import catalogues, drafting
from campaign.workspace import loader

TEMPLATE = """
{% block title %}{{ _("Your visit has changed") }}{% endblock %}
{% block fields %}
{{ choice(change, {"later": _("Your visit is on another day."), "video": _("Your visit is by video.")}) }}
{{ field(_("Day"), day) }}
{{ field(_("Time"), time) }}
{{ field(_("Place"), place) }}
{{ field(_("Case number"), case) }}
{{ field(_("To pay"), price) }}
{{ field(_("Number to call"), helper) }}
{% endblock %}
{% block closing %}{{ _("Bring this sheet.") }}{% endblock %}
{% block sms %}{{ _("There is a change. Please call.") }}{% endblock %}
"""
TABLE = """
[forms.visit]
name = "Visit changed"
twice = ["day", "time", "case"]
sms = ["day", "time", "helper"]
slots.change = { type = "choice", options = ["later", "video"] }
slots.day = { type = "date", within = 4000 }
slots.time = { type = "time" }
slots.place = { type = "place", optional = true }
slots.case = { type = "case", pattern = "[0-9A-Z/-]{3,40}", optional = true }
slots.price = { type = "amount", optional = true }
slots.helper = { type = "phone" }
""".replace("within = 4000", "within = 3660")
TEXTS = {
    "de": {
        "Your visit has changed": "Ihr Besuch hat sich geändert",
        "Your visit is on another day.": "Ihr Besuch ist an einem anderen Tag.",
        "Your visit is by video.": "Ihr Besuch ist per Video.",
        "Day": "Tag",
        "Time": "Uhrzeit",
        "Place": "Ort",
        "Case number": "Aktenzeichen",
        "To pay": "Zu zahlen",
        "Number to call": "Nummer zum Anrufen",
        "Bring this sheet.": "Bringen Sie dieses Blatt mit.",
        "There is a change. Please call.": "Es gibt eine Änderung. Bitte rufen Sie an.",
    },
    "ar": {
        "Your visit has changed": "تغيّرت زيارتك",
        "Your visit is on another day.": "زيارتك في يوم آخر.",
        "Your visit is by video.": "زيارتك عبر الفيديو.",
        "Day": "اليوم",
        "Time": "الوقت",
        "Place": "المكان",
        "Case number": "رقم القضية",
        "To pay": "للدفع",
        "Number to call": "رقم للاتصال",
        "Bring this sheet.": "أحضر هذه الورقة.",
        "There is a change. Please call.": "هناك تغيير. يرجى الاتصال.",
    },
}


def with_form(project: Project) -> Project:
    """The workspace with the form, its words drafted and nothing signed."""
    form_templates.folder(project).mkdir(parents=True)
    (form_templates.folder(project) / "visit.j2").write_text(TEMPLATE)
    project.config.write_text(project.config.read_text() + TABLE)
    catalogues.extract_pot(project)
    catalogues.update(project)
    for locale, texts in TEXTS.items():
        path = project.catalogue(locale)
        units = store.read(path, locale, locale).units
        mine = {unit.key: unit for unit in units if unit.source in texts and not unit.translated}
        edits = {key: store.Edit((texts[unit.source],), True, "a draft") for key, unit in mine.items()}
        warm.edit(path, locale, locale, edits, seen={key: unit.text_hash for key, unit in mine.items()})
        drafting.draft(project, locale, engine=drafting.MEMORY_ALONE)
    return project


@pytest.fixture(scope="package")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = with_form(lay_out("small", tmp_path_factory.mktemp("office") / "workspace"))
    verify_contacts(project)
    for locale in ("en", "de", "ar"):
        sign_form(project, locale, "visit", reviewer="M. Weber", role="mediator", on=date(2026, 11, 20), comment="")
    return project.root


@pytest.fixture
def office(_office: Path, tmp_path: Path) -> Project:
    """A workspace whose form is signed in every language; its own copy."""
    return Project(Path(shutil.copytree(_office, tmp_path / "workspace")))


@pytest.fixture(scope="package")
def signed_desk(_office: Path) -> Desk:
    """A warm desk of that office. Read it, never write to it."""
    return Desk.of(loader.load(Project(_office)))


@pytest.fixture
def helper(office: Project) -> Callable[[], str]:
    """The id of a contact of Belgium."""
    from campaign import config

    return lambda: next(each.id for each in config.load(office).contacts if each.country == "BE")
