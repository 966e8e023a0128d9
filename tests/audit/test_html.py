"""Web pages are read as a browser shows them: what hides, isolates, orders or writes text counts, by attribute or by style sheet."""

from __future__ import annotations

import contextlib

import pytest

from campaign.audit.compare import compare
from campaign.audit.document import UnreadableError
from campaign.audit.profile import of_document
from campaign.audit.readers import styles
from campaign.audit.readers.html import read_html
from campaign.audit.readers.text import read_text

PHONE, WRONG = "+32 3 201 16 90", "+32 3 201 16 09"
TAGS = ("fr", "uk", "bn", "ti", "ar", "fa", "ur")
RTL = ("ar", "fa", "ur")


def page(leaflet, tag, number, css="", head=""):
    """A page whose number is `number` (HTML), kept from turning round where the text runs from the right."""
    body = leaflet(tag, phone="{}").replace("\u200e{}", "{}")
    kept = f"<bdi dir=ltr>{number}</bdi>" if tag in RTL else number
    code = '<bdi dir="ltr">116 000</bdi>' if tag in RTL else "116 000"
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split(". "))
    paragraphs = paragraphs.replace("116 000", code).format(kept)
    side = "rtl" if tag in RTL else "ltr"
    return f"<!doctype html><html lang={tag} dir={side}><head><meta charset=utf-8><title>x</title><style>{css}</style>{head}</head><body>{paragraphs}</body></html>".encode()


def details(leaflet, tag, *made, **more):
    """What the audit says of such a page."""
    reference = of_document("en.txt", read_text(leaflet("en").encode()))
    _, found = compare(f"page-{tag}.html", read_html(page(leaflet, tag, *made, **more)), reference)
    return [one.detail for one in found]


HIDES = {
    "attribute": ("<span hidden>{}</span>", ""),
    "until found": ('<span hidden="until-found">{}</span>', ""),
    "inline style": ('<span style="display:none">{}</span>', ""),
    "shouted": ('<span style="DISPLAY: None !important">{}</span>', ".x{display:inline!important}"),
    "class": ("<span class=off>{}</span>", ".off{display:none}"),
    "descendant": ("<b class=card><i>{}</i></b>", ".card > i{display:none}"),
    "later rule wins": ("<span class=x>{}</span>", ".x{display:block} span.x{display:none} .x{display:inline}"),
    "important wins": ("<span class=x id=y>{}</span>", ".x{display:none!important} #y{display:inline}"),
    "in a medium": ("<span class=off>{}</span>", "@media screen{.off{display:none}}"),
    "supports": ("<span class=off>{}</span>", "@supports (display:grid){@media all{.off{display:none}}}"),
    "visibility": ("<span class=off>{}</span>", ".off{visibility:hidden}"),
    "see-through": ("<span style=opacity:0>{}</span>", ""),
    "no size": ("<span class=z><b>{}</b></span>", ".z{font-size:0}"),
    "white on white": ("<span style='color:#fff'>{}</span>", ""),
    "nearly white": ("<span style='color:rgb(252 253 254)'>{}</span>", "body{background:white}"),
    "blue on blue": ("<span class=c>{}</span>", ".c{background:navy;color:#000080}"),
    "see-through ink": ("<span style='color:transparent'>{}</span>", ""),
    "font tag": ("<font color=white>{}</font>", ""),
    "beside the screen": ("<span style='position:absolute;left:-9999px'>{}</span>", ""),
    "indented away": ("<span class=x>{}</span>", ".x{display:block;text-indent:-9999px}"),
    "for screen readers": ("<span class=sr>{}</span>", ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}"),
    "cut off": ("<span style='position:absolute;clip-path:inset(50%)'>{}</span>", ""),
    "filtered away": ("<span style='filter:opacity(0%)'>{}</span>", ""),
    "no zoom": ("<span class=z>{}</span>", ".z{zoom:0}"),
    "moved away": ("<span class=m>{}</span>", ".m{display:block;transform:rotate(0) translateX(-9999px)}"),
    "translated away": ("<span style='translate:-200vw'>{}</span>", ""),
    "template": ("<template>{}</template>", ""),
    "noscript": ("<noscript>{}</noscript>", ""),
    "closed dialog": ("<dialog>{}</dialog>", ""),
    "hidden field": ("<input type=hidden value='{}'>", ""),
    "placeholder of a full field": ("<input value=x placeholder='{}'>", ""),
    "deleted": ("<del>{}</del>", ""),
    "struck": ("<s>{}</s>", ""),
    "line through": ("<span class=old>{}</span>", ".old{text-decoration:line-through red}"),
    "comment": ("<!-- {} -->", ""),
    "title of a drawing": ("<svg><title>{}</title></svg>", ""),
    "unused definition": ("<svg><defs><text id=a>{}</text></defs></svg>", ""),
    "fallback of a film": ("<video>{}</video>", ""),
}  # fmt: skip
SHOWS = {
    "plain": ("{}", ""),
    "attribute undone": ("<span hidden style='display:inline'>{}</span>", ""),
    "rule for print": ("<span class=off>{}</span>", "@media print{.off{display:none}}"),
    "rule for a small window": ("<span class=off>{}</span>", "@media (max-width:400px){.off{display:none}}"),
    "other class": ("<span class=on>{}</span>", ".off{display:none}"),
    "visible again": ("<span style='visibility:hidden'><b style='visibility:visible'>{}</b></span>", ""),
    "size again": ("<span class=z><b>{}</b></span>", ".z{font-size:0} .z b{font-size:16px}"),
    "white on blue": ("<span class=c>{}</span>", ".c{background:#036;color:#fff}"),
    "white on a picture": ("<span class=c>{}</span>", ".c{background:url(a.png) #fff;color:#fff}"),
    "white on a blue parent": ("<b style='background-color:navy'><span style='color:white'>{}</span></b>", ""),
    "field": ("<input readonly value='{}'>", ""),
    "field of telephones": ("<input type=tel value='{}'>", ""),
    "placeholder": ("<input placeholder='{}'>", ""),
    "button": ("<input type=button value='{}'>", ""),
    "text area": ("<textarea>{}</textarea>", ""),
    "option": ("<select><option>{}</option></select>", ""),
    "moved a little": ("<span style='transform:translate(-50%,-50%)'>{}</span>", ""),
    "half seen through": ("<span style='filter:opacity(0.5)'>{}</span>", ""),
    "drawing": ("<svg><text x=1 y=2>{}</text></svg>", ""),
    "used definition": ("<svg><defs><text id=a>{}</text></defs><use href='#a'/></svg>", ""),
    "written by a rule": ("<span class=tel></span>", '.tel::before{content:"{}"}'),
    "written from an attribute": ("<span class=tel data-n='{}'></span>", ".tel::after{content:attr(data-n)}"),
    "open dialog": ("<dialog open>{}</dialog>", ""),
    "folded away": ("<details><summary>x</summary>{}</details>", ""),
    "broken sheet": ("<span class=x>{}</span>", ".x{display:none;;}}} @media { .y{"[:9]),
}  # fmt: skip


def planted(pair, number):
    """The number in its place, in the body or in the sheet."""
    return tuple(part.replace("{}", number) for part in pair)


@pytest.mark.slow
@pytest.mark.parametrize("how", HIDES)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(109)
def test_what_no_eye_sees_is_missing(leaflet, tag, how):
    """A number that a rule, an attribute or an element hides does not stand on the page; a hidden wrong one does no harm."""
    body, css = planted(HIDES[how], PHONE)
    said = details(leaflet, tag, body, css)
    assert said[0] == f"missing: {PHONE} does not stand in the file"
    body, css = planted(HIDES[how], WRONG)
    assert details(leaflet, tag, f"{PHONE} {body}", css) == []


@pytest.mark.slow
@pytest.mark.parametrize("how", SHOWS)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.sample(72)
def test_what_the_eye_sees_is_read(leaflet, tag, how):
    """The right number is found where a browser shows it, a wrong one there is an error."""
    body, css = planted(SHOWS[how], PHONE)
    assert details(leaflet, tag, body, css) == []
    body, css = planted(SHOWS[how], WRONG)
    assert any(said.startswith("changed: +32 3 201 16 ") for said in details(leaflet, tag, body, css))


ISOLATES = {
    "attribute": ("<span dir=ltr>{}</span>", ""),
    "bdi": ("<bdi>{}</bdi>", ""),
    "class": ("<span class=ltr>{}</span>", ".ltr{direction:ltr;unicode-bidi:isolate}"),
    "box in the line": ("<span class=ltr>{}</span>", ".ltr{direction:ltr;display:inline-block}"),
    "embedding": ("<span class=ltr>{}</span>", ".ltr{direction:ltr;unicode-bidi:embed}"),
    "field": ("<input dir=ltr value='{}'>", ""),
    "block of its own": ("<div dir=ltr>{}</div>", ""),
    "block by class": ("<span class=ltr>{}</span>", ".ltr{direction:ltr;display:block}"),
    "mark": ("\u200e{}", ""),
}


@pytest.mark.parametrize("how", ISOLATES)
@pytest.mark.parametrize("tag", RTL)
def test_a_number_that_is_kept_from_turning_round_is_clean(leaflet, tag, how):
    """Whatever isolates it: attribute, element, class, a box, a field, a block."""
    text = leaflet(tag).replace("\u200e+32", "+32")
    number, css = planted(ISOLATES[how], PHONE)
    made = f"<html lang={tag} dir=rtl><meta charset=utf-8><style>{css}</style><body><p>{text.replace(PHONE, number)}"
    reference = of_document("en.txt", read_text(leaflet("en").encode()))
    assert compare(f"page-{tag}.html", read_html(made.encode()), reference) == (tag, ())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p dir=rtl>+32 3 201</p>", "\u200f+32 3 201"),
        ("<p dir=ltr>نعم 112</p>", "\u200eنعم 112"),
        ("<p dir=rtl>نعم 112</p>", "نعم 112"),
        ("<p dir=auto>نعم 112</p>", "نعم 112"),
        ("<p style=direction:rtl>OK 112</p>", "\u200fOK 112"),
        ("<div dir=rtl><p>a<br>نعم</p></div>", "\u200fa\nنعم"),
        ("<p>one\n two <b>three</b></p>", "one two three"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("<p dir=rtl>نعم <bdi>112</bdi> <bdo dir=ltr>1 2</bdo></p>", "نعم \u2066112\u2069 \u2066\u202d1 2\u202c\u2069"),
        ("<p>نعم <span dir=rtl>1<br>2</span></p>", "\u200eنعم \u20671\u2069\n\u20672\u2069"),
        ("<p>\x01\x02no\x1f</p>", "no"),
    ],
)
def test_each_line_knows_from_which_side_it_is_read(body, text):
    """A mark stands first where the letters of a line would say another side than the page; isolates end with their line."""
    assert read_html(f"<meta charset=utf-8>{body}".encode()).text == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("<div style=display:flex><i>+32</i><i>3</i></div>", "\u2066+32\u2069 \u20663\u2069"),
        ("<div dir=rtl style=display:flex><i>+32</i><i>3</i></div>", "\u200f\u2067+32\u2069 \u20673\u2069"),
        ("<div style='display:flex;flex-flow:row-reverse wrap'><i>+32</i><i>3</i></div>", "\u200f\u2066+32\u2069 \u20663\u2069"),
        ("<div style=display:flex><i style=order:2>+32</i><i>3</i></div>", "\u20663\u2069 \u2066+32\u2069"),
        ("<div style='display:flex;flex-direction:column-reverse'><i>a</i><i>b</i></div>", "b\na"),
        ("<div style=display:flex><i>Call 112</i><i>116 000</i></div>", "Call 112\n\u2066116 000\u2069"),
        ("<table dir=rtl><tr><td>+32<td>3</table>", "\u200f\u2067+32\u2069 \u20673\u2069"),
        ("<table><tr><td>a<td>b</table>", "a\nb"),
    ],
)  # fmt: skip
def test_what_stands_side_by_side_is_read_as_the_row_sets_it(row, text):
    """The pieces of a number in a flexible box or a table stand in one line, from the side that the box begins at."""
    assert read_html(f"<meta charset=utf-8>{row}".encode()).text == text


def test_links_of_what_is_seen_and_of_scripts_are_kept():
    """What a script or a form opens is a link; a link that is hidden opens nothing."""
    made = read_html(
        b"<a href='tel:1'>a</a><a hidden href='tel:2'>b</a><a href=# onclick=\"location.href='tel:+3'\">c</a>"
        b"<form action=mailto:a@b.org><button formaction='sms:4'>d</button></form><a href=\"javascript:open('tel:5')\">e</a>"
    )
    assert made.links == ("tel:1", "#", "tel:+3", "mailto:a@b.org", "sms:4", "javascript:open('tel:5')", "tel:5")


@pytest.mark.slow
@pytest.mark.parametrize(
    "sheet",
    ["a{" * 200_000, "(" * 300_000, "@media screen{" * 100_000, "a" + " a" * 50_000 + "{color:red}", ":not(" * 20_000 + "{color:red}", "[" * 100_000],
)  # fmt: skip
@pytest.mark.sample(3)
def test_sheets_made_to_do_harm_end(sheet):
    """Nesting without end in a style sheet: the page is read or refused, and nothing breaks."""
    # The process that reads says these as "nested too deep" and "refused".
    with contextlib.suppress(UnreadableError, RecursionError, MemoryError):
        assert "112" in read_html(f"<style>{sheet}</style><p>112".encode()).text


def test_a_sheet_of_too_many_rules_is_refused(monkeypatch):
    """Rules beyond what any page needs."""
    monkeypatch.setattr(styles, "MOST_SELECTORS", 10)
    with pytest.raises(UnreadableError, match="selectors"):
        read_html(b"<style>" + b"a{color:red}" * 11 + b"</style>")


@pytest.mark.parametrize("tag", TAGS)
def test_a_link_without_a_host_leads_where_the_page_says(tag):
    """`base` sends every link of a page to another host."""
    reference = of_document("en.txt", read_text(b"Read www.example.org/help"))
    body = '<p><a href="/help">www.example.org/help</a></p>'
    for base, clean in (("https://www.example.org/", True), ("https://other.example.net/", False)):
        document = read_html(f'<html lang={tag}><base href="{base}">{body}'.encode())
        found = [f.detail for f in compare(f"a-{tag}.html", document, reference)[1] if f.code == "contact-changed"]
        assert (found == []) is clean, (base, found)
