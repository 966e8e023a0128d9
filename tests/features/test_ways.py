"""Contacts without a number: a chat, an e-mail, an address to walk in stand where a number would, in every channel."""

import re
import shutil
from datetime import date

import pytest

from campaign import config
from campaign.audit.document import Document
from campaign.audit.proof import prove_text
from campaign.bidi import LRI, LRM, PDI, directed
from campaign.checks import signatures
from campaign.config.examples import examples
from campaign.delivery.recall import _same
from campaign.errors import CampaignError
from campaign.manifest import Entry
from campaign.model.contact import Contact, OtherHours
from campaign.model.cover import Change
from campaign.reading.fold import fold
from campaign.reading.seek import seek, wanted
from campaign.render.helpline import helpline
from campaign.render.record import Record
from campaign.render.renderer import Renderer
from campaign.render.templates import Templates
from campaign.review.commands import sign_items
from campaign.typeset.fonts import of_letters
from campaign.voice.script import Words, script, told
from campaign.workspace import loader
from campaign.workspace.selection import Selection

WAYS = {
    "chat": ("https://chat.redabierta.es/ayuda/", "chat.redabierta.es/ayuda", "https://chat.redabierta.es/ayuda/"),
    "email": ("consultas@redabierta.es", "consultas@redabierta.es", "mailto:consultas@redabierta.es"),
    "address": ("Calle Mayor 5, bajo, 28013 Madrid", "Calle Mayor 5, bajo, 28013 Madrid", ""),
}
NUMBER = 'number = "+3232011690"'


def _way(project, way, more="", value=""):
    """Payoke, reached this way and by no number; the other two gone."""
    text = project.contacts.read_text("utf-8")
    text = text[: text.index('[[contact]]\nid = "be-pag-asa"')]
    project.contacts.write_text(text.replace(NUMBER, f'{way} = "{value or WAYS[way][0]}"\n{more}'), "utf-8")


def _payoke(project):
    return next(contact for contact in config.load(project).contacts if contact.id == "be-payoke")


def _file(name, media_type):
    """The entry of a file that must show Payoke."""
    place = (f"BE/en/migrants/{name}", media_type, 1, "0", "migrants", "en", "BE", "web", "web", "draft")
    return Entry(*place, (), {}, (), "", "", ("be-payoke",))


def _reached(project):
    """Every sentence that was written for a number, written for what reaches the contact now, translations too."""
    for path in (*project.messages.glob("*.j2"), *project.root.glob("locales/*/LC_MESSAGES/*.po"), project.pot):
        whole = path.read_text("utf-8").replace('%"\n"(', "%(")
        path.write_text(re.sub(r"(\{\{ |%\()phone", r"\1reach", whole), "utf-8")


@pytest.mark.parametrize("way", WAYS)
def test_a_contact_needs_one_way_to_reach_it_and_no_number(workspace, way):
    """What readers see is written as people read it, and a tap opens it; no map is told where somebody goes."""
    _way(workspace, way)
    contact = _payoke(workspace)
    assert (contact.way, contact.value, contact.display, contact.link) == (way, WAYS[way][0], *WAYS[way][1:])


@pytest.mark.parametrize(
    ("way", "value", "more", "said"),
    [
        ("email", "consultas@", "", "is not an e-mail address"),
        ("chat", "http://chat.redabierta.es", "", "starts with https://"),
        ("chat", "https://wa.me/34600111222", "", "holds a telephone number"),
        ("chat", "https://me:secret@chat.redabierta.es", "", "starts with https://"),
        ("address", "28013", "", "names no place"),
        ("address", "consultas@redabierta.es", "", "is no postal address"),
        ("address", "Calle " * 30, "", "at most 120 fit"),
        ("email", "consultas@redabierta.es", 'cost = "free"', "there is no number"),
        ("email", "consultas@redabierta.es", "answers_sms = true", "needs a number"),
        ("source2", "x", "", "is missing"),
    ],
)
def test_a_way_that_reaches_nobody_is_refused(workspace, way, value, more, said):
    """With its key and what to write; a number hides in no link."""
    _way(workspace, way, more, value)
    with pytest.raises(CampaignError) as caught:
        config.load(workspace)
    assert said in str(caught.value)


def test_in_danger_people_call(workspace, rewrite):
    """The emergency contact has a number, whatever else it has."""
    rewrite(workspace.contacts, 'number = "112"', 'email = "help@112.be"')
    with pytest.raises(CampaignError, match="in danger people call"):
        config.load(workspace)


def test_what_was_written_for_a_number_says_no_e_mail(workspace):
    """ "Call …" before an e-mail is wrong in every language: the sentence is named, and what to write."""
    _way(workspace, "email")
    space = loader.load(workspace)
    with pytest.raises(CampaignError) as caught:
        Renderer(workspace, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    said = str(caught.value)
    assert "is written for a telephone number, and be-payoke has none" in said and "{{ reach }}" in said
    assert {problem.where for problem in caught.value.problems} == {"templates/messages/migrants.j2"}


def test_a_template_chooses_its_sentences_by_the_way(workspace):
    """Where one country has a number and another a chat, each reads what fits; steps of a call stand with a number only."""
    _way(workspace, "chat")
    _reached(workspace)
    path = workspace.messages / "migrants.j2"
    closing = (
        '{% if way == "chat" %}{% trans %}Write to us.{% endtrans %}{% else %}{% trans %}Call.{% endtrans %}{% endif %}'
    )
    text = re.sub(r"(?s)({% block closing %}).*?({% endblock %})", rf"\1{closing}\2", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    space = loader.load(workspace)
    message = Renderer(workspace, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    assert message.blocks["closing"] == ("Write to us.",)
    assert message.pictograms == ()


@pytest.mark.parametrize("way", WAYS)
def test_one_wrong_letter_is_found(workspace, way):
    """A file is read again: the way as it stands in contacts.toml, over line ends too, and no other letter."""
    _way(workspace, way)
    campaign, shown = config.load(workspace), WAYS[way][1]
    entry = _file("sms.txt", "text/plain")

    def faults(text):
        return prove_text(entry, Document(text, text), campaign).findings

    assert faults(f"Ask {shown}. Thanks") == ()
    assert faults(f"اسأل {LRM}{shown}{LRM}.") == ()
    for at in (2, len(shown) // 2, len(shown) - 1):
        assert faults(f"Ask {shown[:at]}x{shown[at + 1 :]}. Thanks"), shown[at]
        assert faults(f"Ask {shown[:at]}{shown[at + 1 :]}. Thanks"), shown[at]
    assert faults("Ask nobody.")


def test_a_tap_opens_what_readers_see(workspace):
    """A link that shows one chat and opens another is found, and so is an e-mail that goes to somebody else."""
    _way(workspace, "chat", 'email = "consultas@redabierta.es"')
    campaign, (link, shown, _) = config.load(workspace), WAYS["chat"]
    entry = _file("index.html", "text/html")
    for target, right in ((link, True), ("https://chat.redabierta.es/otra", False)):
        page = Document(f"Ask {shown}", "", links=(target,), anchors=((target, shown),))
        assert (prove_text(entry, page, campaign).findings == ()) is right
    page = Document(f"Ask {shown}", "", links=("mailto:consulta@redabierta.es",))
    assert prove_text(entry, page, campaign).findings


def test_an_address_stands_on_any_lines():
    """A narrow column breaks it where it likes; another house number is another address."""
    place = Contact(
        "a", "ES", "A", "legal", "", "Calle Mayor 5, 28013 Madrid", "x", address="Calle Mayor 5, 28013 Madrid"
    )
    for text, times in (("Calle Mayor 5 ,\n28013\nMadrid", 1), ("Calle Mayor 55, 28013 Madrid", 0), ("calle mayor", 0)):
        assert len(seek([wanted(place)], fold(text))[0]) == times


def test_each_value_keeps_its_own_direction():
    """A Latin address in Arabic and an Arabic one in Spanish, with isolates for posts and marks for text messages."""
    madrid, beirut = "28013 Madrid, 5", "شارع الحمراء 12"
    assert directed(f"اسأل {madrid}.", [madrid], rtl=True, isolate=True) == f"اسأل {LRI}{madrid}{PDI}."
    assert directed(f"اسأل {madrid}.", [madrid], rtl=True, isolate=False) == f"اسأل {LRM}{madrid}{LRM}."
    assert beirut in directed(f"Pregunte en {beirut}.", [beirut], rtl=False, isolate=True).split("\u2067")[1]
    assert directed(f"Pregunte en {madrid}.", [madrid], rtl=False, isolate=True) == f"Pregunte en {madrid}."


def test_further_ways_stand_below_the_first(workspace):
    """A number stays large, its chat and address stand among its promises; an e-mail beside a number is recorded only."""
    more = 'chat = "https://chat.redabierta.es"\nemail = "a@redabierta.es"\naddress = "Calle Mayor 5, Madrid"'
    text = workspace.contacts.read_text("utf-8").replace(NUMBER, f"{NUMBER}\n{more}")
    workspace.contacts.write_text(text, "utf-8")
    space = loader.load(workspace)
    message = Renderer(workspace, space.campaign).message("migrants", "en", "BE", space.texts["en"])
    first = message.helplines[0]
    assert first.contact.display == "+32 3 201 16 90"
    assert first.lines[:2] == ("chat.redabierta.es", "Calle Mayor 5, Madrid")
    assert "a@redabierta.es" not in first.lines
    assert first.contact.changed == () and {"chat", "address"} <= first.contact.attested.keys()
    assert first.aloud.lines[0] == "Calle Mayor 5, Madrid"  # nobody hears the letters of a link


def test_example_links_stop_a_release(workspace):
    """A chat at an example address reaches nobody."""
    _way(workspace, "chat", value="https://chat.example.org/help")
    assert [found.where for found in examples(config.load(workspace)) if "chat" in found.where]


@pytest.mark.parametrize(
    ("way", "typed"), [("chat", "HTTPS://chat.redabierta.es/ayuda"), ("address", "calle mayor 5, bajo, 28013  Madrid")]
)
def test_a_recall_finds_it_however_it_is_typed(way, typed):
    """Without its scheme, in other capitals, with other spaces; and no other."""
    same = _same(typed)
    assert same(WAYS[way][1])
    assert not same("chat.redabierta.es/otra") and not same("Calle Mayor 6, bajo, 28013 Madrid")


@pytest.mark.parametrize(
    ("today", "shown"), [("2026-11-30", "24/12/2026"), ("2026-12-24", "24/12/2026"), ("2026-12-25", "")]
)
def test_a_day_of_one_year_is_said_until_it_is_over(workspace, repository, today, shown):
    """Closed on one day of one year: said with its year, and not any more once it is over; every year's days stay."""
    shutil.copy(repository / "templates" / "messages" / "claims.j2", workspace.messages)
    record = 'hours = ["24/7"]\nexceptions = ["2026-12-24 closed", "2028-02-29 09:00-12:00"]'
    _way(workspace, "email", record)
    contact = _payoke(workspace)
    assert contact.exceptions[0] == OtherHours("2026-12-24")
    space = loader.load(workspace)
    calls = Record(space.texts["en"])
    variables = {**calls.calls(), "edition": today, "child": False, "women": False}
    line = helpline(Templates(workspace), contact, "en", variables, calls).hours
    assert ("24/12/2026" in line) is bool(shown)
    assert "29/02/2028 09:00–12:00" in line


@pytest.mark.parametrize("wrong", ["2026-02-29 closed", "2026-13-01 closed", "1999-12-24 closed"])
def test_a_day_that_its_year_lacks_is_refused(workspace, wrong):
    """No leaflet promises 29 February of a year that has none."""
    _way(workspace, "email", f'hours = ["24/7"]\nexceptions = ["{wrong}"]')
    with pytest.raises(CampaignError, match="is no exception of opening hours"):
        config.load(workspace)


@pytest.mark.slow
def test_a_record_that_waits_is_filled_in_with_any_way(cli, workspace):
    """`add contact` takes a chat, an e-mail or an address, writes no empty number, and keeps what stands there."""
    waits = '[[contact]]\nid = "be-help"\ncountry = "BE"\nname = ""\nkind = "trafficking"\nnumber = ""\nsource = ""\n'
    workspace.contacts.write_text(f"{workspace.contacts.read_text('utf-8')}\n{waits}", "utf-8")
    given = ("--name", "Casa Abierta", "--address", "Rue Haute 5, 1000 Bruxelles", "--source", "its page")
    done = cli.run("add", "contact", "be-help", "--country", "BE", "--kind", "trafficking", *given, at=workspace)
    assert done.code == 0, done.err
    contact = next(contact for contact in config.load(workspace).contacts if contact.id == "be-help")
    assert (contact.way, contact.display, contact.number) == ("address", "Rue Haute 5, 1000 Bruxelles", "")
    assert workspace.contacts.read_text("utf-8").count('number = ""') == 0


@pytest.mark.breadth
def test_a_page_of_before_dials_nobody(cli, workspace):
    """A workspace whose page knows telephone links alone says which file to take, and writes no link without a number."""
    _way(workspace, "email")
    _reached(workspace)
    page = workspace.channel_texts / "page.j2"
    page.write_text(
        page.read_text("utf-8").replace(
            "{{ reached(helplines[0]) }}",
            '<a href="tel:{{ helplines[0].contact.number }}">{{ helplines[0].contact.display }}</a>',
        ),
        "utf-8",
    )
    done = cli.run("build", "--lang", "en", "--audience", "migrants", "--channel", "web", "--jobs", "1", at=workspace)
    assert (done.code, "take page.j2" in done.err) == (1, True), done.err


@pytest.mark.slow
@pytest.mark.sample(1)
@pytest.mark.parametrize("way", WAYS)
def test_every_channel_shows_it_and_is_read_back(cli, workspace, way):
    """Leaflet, cards, posts, text message and page in Arabic: the way stands in each, whole, and `verify` finds it there."""
    _way(workspace, way, 'hours = ["mon-fri 09:00-17:00"]')
    _reached(workspace)
    done = cli.run("build", "--lang", "ar", "--audience", "migrants", "--jobs", "1", at=workspace)
    assert done.code == 0, done.err + done.out
    folder, shown = workspace.output("review") / "BE" / "ar" / "migrants", WAYS[way][1]
    assert f"{LRM}{shown}{LRM}" in (folder / "sms.txt").read_text("utf-8")
    assert f"{LRI}{shown}{PDI}" in (folder / "x.txt").read_text("utf-8")
    assert f'<bdi dir="ltr">{shown}</bdi>' in (folder / "index.html").read_text("utf-8")
    again = cli.run("verify", "--no-ocr", "--jobs", "1", at=workspace)
    assert (again.code, "0 differences" in again.out) == (0, True), again.out


@pytest.mark.slow
def test_a_voice_says_an_address_and_refuses_a_link(cli, workspace):
    """An address alone on its line is read like other words, twice; a chat or an e-mail stops the item by name."""
    shown = WAYS["address"][1]
    place = Contact("c", "BE", "Casa", "trafficking", "", shown, "x", address=shown)
    made = script(f"Casa\n{shown}", "es", [place], ())
    assert [part.words for part in made.parts if isinstance(part, Words)] == ["Casa", shown, shown]
    assert told(f"Casa\n{shown}", place) and not told(f"Casa {shown}", place)
    _way(workspace, "email")
    _reached(workspace)
    added = cli.run("add", "channel", "voice", at=workspace)
    assert added.code == 0, added.err
    chosen = ("--lang", "en", "--audience", "migrants", "--channel", "voice", "--jobs", "1")
    done = cli.run("build", *chosen, at=workspace)
    assert (done.code, "nobody hears the letters of consultas@redabierta.es" in done.err) == (1, True), done.err


def test_the_check_of_a_contact_covers_its_ways(workspace, attest):
    """One letter of the e-mail changed after the check: unverified again, by name; records of before stay checked."""
    attest(workspace)
    assert _payoke(workspace).verified
    _way(workspace, "email")
    attest(workspace)
    assert _payoke(workspace).verified and date.today() <= _payoke(workspace).valid_until
    text = workspace.contacts.read_text("utf-8").replace("consultas@", "consulta@")
    workspace.contacts.write_text(text, "utf-8")
    assert _payoke(workspace).changed == ("email",)


def test_fonts_follow_the_letters_of_an_address():
    """An Arabic or Bengali address on a Spanish leaflet brings its fonts; a Latin one brings none."""
    assert "Noto Sans Arabic" in of_letters("شارع الحمراء 12")
    assert "Noto Sans Bengali" in of_letters("ঢাকা 1205")
    assert of_letters("Calle Mayor 5, 28013 Madrid") == ()


def test_a_signature_says_which_letters_changed():
    """Another floor of an address is said whole, with its commas, and not called a number."""
    part = "helpline:1"
    then, now = (f"es-door,Calle Mayor 5, {floor}, Madrid,0a1b" for floor in ("bajo", "2.º"))
    said = str(signatures._part(Change(part, then, now)))
    assert said == "es-door, from Calle Mayor 5, bajo, Madrid to Calle Mayor 5, 2.º, Madrid,"
    said = str(signatures._part(Change(part, "be-payoke,112,0a1b", "be-payoke,113,0a1b")))
    assert said == "the number of be-payoke, from 112 to 113,"


@pytest.mark.breadth
def test_a_signature_holds_it_a_release_carries_it_and_a_recall_finds_it(cli, workspace, attest):
    """From the check to the pack by an e-mail alone; one other letter ends check and signature, and what is out is found."""
    _way(workspace, "email", 'hours = ["mon-fri 09:00-17:00"]')
    _reached(workspace)
    attest(workspace)
    chosen = Selection(audiences=("migrants",))
    sign_items(workspace, "de", chosen, reviewer="M. Weber", role="mediator", on=date.today(), comment="")
    goes = ("build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms", "--jobs", "1")
    done = cli.run(*goes, at=workspace)
    assert done.code == 0, done.err
    packed = cli.run("pack", "sms", "--release", at=workspace)
    assert packed.code == 0, packed.err
    found = cli.run("recall", "Consultas@redabierta.es", at=workspace)
    assert "sms.txt" in found.out, found.err
    text = workspace.contacts.read_text("utf-8").replace("consultas@", "consulta@")
    workspace.contacts.write_text(text, "utf-8")
    attest(workspace)
    again = cli.run("check", "--lang", "de", "--json", "--no-layout", at=workspace).out
    assert "be-payoke, from consultas@redabierta.es to consulta@redabierta.es" in again
    assert cli.run(*goes, at=workspace).code == 1
    assert "sms.txt" in cli.run("recall", "be-payoke", at=workspace).out
