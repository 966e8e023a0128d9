"""Values of nobody, for whoever signs a form: a plain sheet, and the worst that an office may ever type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from itertools import count

from campaign.calendars import Day
from campaign.forms.values import Value
from campaign.model.contact import Contact
from campaign.model.form import Form, Slot

#: The days of a worst-case sheet: the widest word is found by the language, these are tried in turn.
_LONG = (
    "Kantoor voor de ondersteuning van slachtoffers van mensenhandel en uitbuiting, Antwerpen",
    "مكتب دعم ضحايا الاتجار بالبشر والاستغلال، الطابق 3، المبنى B، شارع السلام 12، بروكسل العاصمة",
    "12/14 Rue de la Reine-Élisabeth-Marie-Christine-d'Autriche, 1000 Bruxelles-Capitale, étage 3",
)
_PLAIN = {"place": "Rue de la Loi 12, Brussels", "room": "2.03", "person": "A. Peeters", "case": "2026/AB/123"}
#: Signs at the start or the end, and letters of both directions: what turns round where a value is not isolated.
TURNING = ("2026/AB/123", "12 Rue de la Loi", "-50", "50 %", "Payoke vzw.", "نبيل (B) 12", "A-12/3")


def plain(form: Form, contacts: tuple[Contact, ...], day: date) -> Mapping[str, Value]:
    """A value for every slot, as they mostly are."""
    found = {}
    for name, slot in form.slots.items():
        found[name] = _plain(slot, _called(contacts), day)
    return {name: value for name, value in found.items() if value}


def worst(form: Form, contacts: tuple[Contact, ...], day: date) -> Iterator[Mapping[str, Value]]:
    """Sheets with the longest values in both directions, each sentence of each choice, and without optional values."""
    options = max((len(slot.options) for slot in form.slots.values()), default=0)
    called = _called(contacts)
    for at in range(max(options, len(_LONG))):
        yield {name: _worst(slot, called, day + timedelta(days=29 * at), at) for name, slot in form.slots.items()}
    fewest = plain(form, contacts, day)
    chosen = [value.text for value in fewest.values() if value.slot.type == "choice"]
    yield {name: value for name, value in fewest.items() if not value.slot.optional or value.slot.missing_with(chosen)}


def _called(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    return tuple(contact for contact in contacts if contact.number)


def _plain(slot: Slot, contacts: tuple[Contact, ...], day: date) -> Value | None:
    if slot.type == "date":
        return Value(slot, day=day, by_hand=Day(day.year + 57, 8, 25))
    if slot.type in ("time", "time-range"):
        return Value(slot, times=(time(9, 30), time(12, 0))[: 1 if slot.type == "time" else 2])
    if slot.type == "phone":
        return Value(slot, contact=contacts[0]) if contacts else None
    if slot.type == "choice":
        return Value(slot, slot.options[0])
    return Value(slot, {"amount": f"50,00 {slot.currency}", "days": "14"}.get(slot.type, _PLAIN.get(slot.type, "")))


def _worst(slot: Slot, contacts: tuple[Contact, ...], day: date, at: int) -> Value:
    if slot.type == "date":
        return Value(slot, day=day, by_hand=Day(day.year + 57, at % 12 + 1, 29))
    if slot.type in ("time", "time-range"):
        return Value(slot, times=(time(13, 45), time(23, 59))[: 1 if slot.type == "time" else 2])
    if slot.type == "phone":
        return Value(slot, contact=max(contacts, key=lambda contact: len(contact.name)))
    if slot.type == "choice":
        return Value(slot, slot.options[at % len(slot.options)])
    if slot.type == "amount":
        return Value(slot, f"{slot.most},99 {slot.currency}")
    if slot.type == "days":
        return Value(slot, str(slot.most))
    if slot.type == "case":
        return Value(slot, f"{TURNING[at % 2 * 6]}/2026/KLM/0123456789"[:40])
    return Value(slot, _LONG[at % len(_LONG)][: slot.longest].strip())


def days_of(months: int, first: date) -> Iterator[date]:
    """A day in each month from a day on: every month word, every day of the week."""
    return (first + timedelta(days=30 * number) for number, _ in zip(count(), range(months)))
