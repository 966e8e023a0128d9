"""An office of the small campaign: one form in English, German and Arabic, and a letter that it fills in."""

from __future__ import annotations

from datetime import date, timedelta

from signing import verify_contacts

from campaign.catalogue import form_templates, store, warm
from campaign.project import Project
from campaign.review.commands import sign_form
from campaign.translation import catalogues, drafting

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
slots.day = { type = "date", within = 3660 }
slots.time = { type = "time" }
slots.place = { type = "place", optional = true }
slots.case = { type = "case", pattern = "[0-9A-Z/-]{3,40}", optional = true }
slots.price = { type = "amount", optional = true }
slots.helper = { type = "phone" }
"""
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


def signed(project: Project) -> Project:
    """The workspace with the form, signed in English, German and Arabic, and every contact verified."""
    with_form(project)
    verify_contacts(project)
    for locale in ("en", *TEXTS):
        sign_form(project, locale, "visit", reviewer="M. Weber", role="mediator", on=date(2026, 11, 20), comment="")
    return project


def letter(helper: str, **more: object) -> dict[str, object]:
    """What an office types of a letter: twenty days from today."""
    day = (date.today() + timedelta(days=20)).isoformat()
    return {"change": "later", "day": day, "time": "14:30", "place": "12 Rue de la Loi", "helper": helper, **more}
