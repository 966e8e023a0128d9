"""Everything that could be dialled or opened is compared, however it is written and whatever a link does."""

from __future__ import annotations

import pytest

from campaign.audit.compare import compare
from campaign.audit.document import Document
from campaign.audit.profile import of_document
from campaign.audit.readers.html import read_html
from campaign.model.finding import Severity

REFERENCE = "Call +32 3 201 16 90 or write to help@example.org. Read www.example.org/help. In danger call 112."


def found(text, tag, reference=REFERENCE, document=None):
    """(severity, detail) of each finding of a file in this language."""
    whole = document or Document(text, text)
    _, findings = compare(f"leaflet-{tag}.txt", whole, of_document("leaflet-en.txt", Document(reference, reference)))
    return [(f.severity, f.detail) for f in findings if f.code == "contact-changed"]


@pytest.mark.parametrize(
    ("reference", "tag", "text", "wrong", "said"),
    [
        ("Emergency 112/911.", "nl", "Noodgeval 112/911.", ("112", "113"), "changed: 11[2→3]"),
        ("Emergency 112/911.", "ar", "الطوارئ 112/911", ("911", "991"), "changed: "),
        ("Emergency (116 000)", "bn", "জরুরি (116 000)", ("116 000", "116 006"), "changed: 116 00[0→6]"),
        ("Call 0800 290 290, from 9:00 to 17:00, or 1522.", "it", "Chiama 0800 290 290, dalle 9:00 alle 17:00, o 1522.",
         ("1522", "1552"), "changed: 15[2→5]2"),
        ("Call 0800 290 290, from 9:00 to 17:00, or 1522.", "ja", "0800 290 290、9:00から17:00、または1522。",
         ("1522", "1252"), "changed: 1[52→25]2"),
        ("Dial 15 or 17.", "fr", "Composez le 15 ou le 17.", ("17", "18"), "changed: 1[7→8]"),
        ("Call 15, 17 or 18.", "fr", "Appelez le 15, le 17 ou le 18.", ("15", "13"), "changed: 1[5→3]"),
        ("Call +32 3 201 16 33 or -34.", "de", "Rufen Sie +32 3 201 16 33 oder -34 an.", ("-34", "-43"), "changed: "),
        ("Call 03 201 16 90 / 91.", "uk", "Телефонуйте 03 201 16 90 / 91.", ("/ 91", "/ 19"), "changed: "),
        ("Read https://пример.рф/помощь", "ru", "Читайте https://пример.рф/помощь", ("пример", "примар"), "changed: "),
        ("Read https://xn--e1afmkfd.xn--p1ai/помощь", "uk", "Читайте пример.рф/помощь.", ("помощь", "помошь"), "changed: "),
        ("Write to помощь@пример.рф", "ru", "Пишите: помощь@пример.рф", ("помощь@", "помошь@"), "changed: "),
        ("Write to सहायता@उदाहरण.भारत", "hi", "सहायता@उदाहरण.भारत पर लिखें", ("उदाहरण", "उदहरण"), "changed: "),
        ("Read example.org/help", "ja", "詳しくはexample.org/helpをご覧ください", ("example", "exanple"), "changed: "),
        ("Read https://example.org/help", "bn", "দেখুন https://example.org/help।", ("help", "halp"), "changed: "),
        ("Read https://example.org/help", "th", "อ่านhttps://example.org/helpได้", ("help", "hepl"), "changed: "),
        ("Write to wa.me/3232011690", "es", "Escribe a wa.me/3232011690", ("1690", "1609"), "changed: "),
    ],
)  # fmt: skip
def test_what_can_be_dialled_or_opened_is_compared(reference, tag, text, wrong, said):
    """The right text is clean; with one contact changed, the finding names it."""
    assert found(text, tag, reference) == []
    details = [detail for severity, detail in found(text.replace(*wrong), tag, reference) if severity is Severity.ERROR]
    assert any(detail.startswith(said) for detail in details), details


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("fr", "+32 3 2O1 16 9O"), ("ru", "+32 3 2О1 16 9О"), ("el", "+32 3 2Ο1 16 9Ο"),
        ("fr", "⁺³² ³ ²⁰¹ ¹⁶ ⁹⁰"), ("ar", "\u200e+32 3 201 l6 90"), ("bn", "+③② ③ ②⓪① ①⑥ ⑨⓪"),
    ],
)  # fmt: skip
def test_signs_that_look_like_digits_cannot_be_dialled(tag, written):
    """The letter O, raised digits, digits in circles: a person reads the number, no telephone takes it."""
    text = REFERENCE.replace("+32 3 201 16 90", written)
    details = [detail for _, detail in found(text, tag)]
    assert len(details) == 1 and details[0].startswith("in signs that cannot be dialled: "), details


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "IBAN BE68 5390 0754 7034, soit 1 500 €, 118 381 personnes, 25 %, le 24.11.2026 de 9 h 30 à 17 h 00"),
        ("de", "UUID 3f2504e0-4f89-11d3-9a0c-0305e82c3301, 192.168.100.200, 1'500'000 CHF, ISBN 978-3-16-148410-0"),
        ("bn", "১,১৮,৩৮১ জন, ₹ 1,18,381, 00:1a:2b:3c:4d:5e, 2026-11-24"),
        ("ar", "1.500.000 يورو، من 9:00 إلى 17:00، fe80::1234:5678"),
    ],
)  # fmt: skip
def test_what_nobody_dials_is_no_contact(tag, text):
    """Accounts, prices, counts, dates and addresses of machines make no finding beside the right contacts."""
    assert found(f"{REFERENCE}\n{text}", tag) == []


LINKS = [
    ("tel:%2B32%203%20201%2016%2090", "tel:%2B32%203%20201%2016%2009"),
    ("tel:+32-3-201-16-90;ext=4", "tel:+32-3-201-16-91;ext=4"),
    ("sms:+3232011690?body=help", "sms:+3232016190?body=help"),
    ("https://wa.me/3232011690?text=a%20b", "https://wa.me/3232011609"),
    ("https://api.whatsapp.com/send?phone=3232011690", "https://api.whatsapp.com/send?phone=3232011691"),
    ("whatsapp://send?phone=+3232011690", "whatsapp://send?phone=+3232011691"),
    ("viber://chat?number=%2B3232011690", "viber://chat?number=%2B3232011609"),
    ("https://t.me/+3232011690", "https://t.me/+3232011609"),
    ("https://signal.me/#p/+3232011690", "https://signal.me/#p/+3232011609"),
    ("mailto:help@example.org?subject=a&body=b%40c", "mailto:help@exarnple.org?subject=a"),
    ("mailto:HELP%40example.org", "mailto:halp%40example.org"),
    ("https://example.org/fr/help", "https://exarnple.org/help"),
    ("javascript:location.href='tel:+3232011690'", "javascript:location.href='tel:+3232011609'"),
]


@pytest.mark.parametrize(("right", "wrong"), LINKS)
@pytest.mark.parametrize("tag", ["fr", "ar", "bn"])
def test_what_a_link_does_is_compared(tag, right, wrong):
    """The text is right; a tap that leads elsewhere is an error that names both."""
    for link, clean in ((right, True), (wrong, False)):
        page = f'<html lang={tag}><p>{REFERENCE} <a href="{link}">☎</a></p></html>'
        errors = [d for s, d in found("", tag, document=read_html(page.encode())) if s is Severity.ERROR]
        assert (errors == []) is clean, (link, errors)
        assert clean or ("is not in the reference, the reader sees" in errors[0]), errors


@pytest.mark.parametrize("link", ["#top", "/fr/", "help.html", "javascript:void(0)", "https://example.org/about"])
def test_a_link_that_stays_on_the_site_is_fine(link):
    """Anchors, other pages of the same host, buttons."""
    page = f"<p>{REFERENCE} <a href='{link}'>x</a></p>"
    assert found("", "fr", document=read_html(page.encode())) == []


def test_a_number_shown_in_reversed_order_is_shown_as_it_is_seen():
    """One isolate a group, and maqaf: each group stands right, the number does not."""
    page = "<p dir=rtl>התקשר " + " ".join(f"<bdo dir=ltr>{g}</bdo>" for g in ("03", "201", "16", "90")) + "</p>"
    reference = "Call 03 201 16 90"
    ((_, detail),) = found("", "he", reference, read_html(page.encode()))
    assert "shown as 90 16 201 03" in detail
    ((_, detail),) = found("טלפון: 03־201־16־90", "he", reference)
    assert detail.startswith("reversed: ") and "shown as 90־16־201־03" in detail


def test_invisible_characters_are_shown_by_name():
    """Nobody can look for what nobody sees."""
    ((_, detail),) = found("Appelez le +32 3\u200f201 16 09", "fr", "Call +32 3 201 16 90")[:1]
    assert "\u200f" not in detail
    details = [d for _, d in found("اتصل +32 3\u200f 2O1 16 9O", "ar", "Call +32 3 201 16 90")]
    assert "<RIGHT-TO-LEFT MARK>" in details[0], details


@pytest.mark.parametrize("tag", ["fr", "ar", "bn"])
@pytest.mark.parametrize(
    ("shown", "link", "clean"),
    [
        ("www.example.org/help", "https://lists.other.net/c?u=1", False),
        ("www.example.org/help", "https://www.example.org/help?from=leaflet", True),
        ("+32 3 201 16 90", "tel:112", False),
        ("+32 3 201 16 90", "tel:+3232011690", True),
        ("help@example.org", "mailto:help@other.org", False),
    ],
)
def test_a_link_opens_what_it_shows(tag, shown, link, clean):
    """A contact of the reference behind the wrong words is an error too."""
    page = f"<html lang={tag}><p>{REFERENCE.replace(shown, f'<a href={link!r}>{shown}</a>')}</p></html>"
    errors = [d for s, d in found("", tag, document=read_html(page.encode())) if s is Severity.ERROR]
    assert (errors == []) is clean, errors
