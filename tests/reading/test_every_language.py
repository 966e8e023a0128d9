"""A number read again from any built channel is the registry's number, for every language of the registry."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from functools import cache

import phonenumbers
import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaign import languages
from campaign.audit.document import Document
from campaign.audit.proof import prove, prove_text
from campaign.audit.readers import READERS
from campaign.bidi import direct_numbers, strip_controls
from campaign.channels import leaflet, social
from campaign.channels.leaflet import Leaflet
from campaign.channels.registry import channels
from campaign.config.contacts import displayed
from campaign.exports import table
from campaign.exports.esendex import esendex_csv
from campaign.exports.gateway import gateway_csv
from campaign.exports.rapidpro import broadcasts
from campaign.exports.sending import Sending
from campaign.manifest import Entry
from campaign.model.campaign import Campaign
from campaign.model.job import Job
from campaign.project import Project
from campaign.protocols import Channel
from campaign.reading.fold import fold
from campaign.reading.seek import seek, wanted_phone
from campaign.render.renderer import Renderer
from campaign.render.texts import Texts
from campaign.typeset.session import Typesetter
from campaign.workspace import loader

COUNTRIES = ("BE", "DE", "GR", "IT", "NL", "FR", "RO", "BG", "UA", "TR", "ER", "BD", "IR")
#: The second has an Easy Read text.
AUDIENCE, EASY = "migrants", "disability-learning"
CARDS = dict(social.CARDS)
FORMATS = ("leaflet-a5", "trifold-a4", "palm-card", "poster-a3", "large-print-a4", "easy-read-a4")
#: So that several processes can share the languages.
PARTS = 4
#: Languages whose figures an extraction or a layout turns round, or sets in a script of its own: every format of them.
HARD = ("ar", "ur", "he", "ti", "bn", "pa")
#: Of a script that the wide campaign has texts in, a language without texts of its own takes these.
BORROWED = {"Arab": "ar", "Aran": "fa", "Beng": "bn", "Cyrl": "bg", "Ethi": "ti", "Grek": "el"}


def numbers(country: str) -> st.SearchStrategy[tuple[str, str]]:
    """(E.164, as people read it): real numbering plans, any valid number that grows from the example of the country."""
    example = str(phonenumbers.example_number(country).national_number)
    code = phonenumbers.country_code_for_region(country)
    tails = st.text("0123456789", min_size=4, max_size=4).map(lambda tail: f"+{code}{example[:-4]}{tail}")
    return tails.map(lambda number: (number, displayed(number, country) or "")).filter(lambda pair: pair[1])


ABROAD = st.one_of(list(map(numbers, COUNTRIES)))
ANY_NUMBER = ABROAD | st.from_regex(r"116[0-9]{3}", fullmatch=True).map(lambda n: (n, f"{n[:3]} {n[3:]}"))


@pytest.mark.slow
@settings(max_examples=400)
@given(tag=st.sampled_from(list(languages.registry())), number=ANY_NUMBER, isolate=st.booleans(), first=st.booleans())
def test_plain_text_shows_and_holds_the_number(tag, number, isolate, first):
    """As SMS and post write it: the file holds the number, and the Unicode algorithm shows it in reading order."""
    language = languages.get(tag)
    dialled, shown = number
    word = language.autonym
    line = f"{shown} {word}" if first else f"{word} {shown} {word}"
    text = direct_numbers(line, isolate=isolate) if language.rtl else line
    wanted = wanted_phone(dialled, shown)
    assert len(seek([wanted], fold(text))[0]) == 1
    # What the eye meets, from left to right; isolates count as the algorithm says.
    eye = strip_controls(str(get_display(text, base_dir="R" if language.rtl else "L")))
    assert shown in eye, (text, eye)


class Works:
    """Makes every file of a message in any language, with a number of the test's own, and reads each again."""

    def __init__(self, project: Project) -> None:
        space = loader.load(project)
        self.project, self.campaign, self.texts = project, space.campaign, dict(space.texts)
        self.typesetter = Typesetter(project)
        (self.contact,) = (c for c in self.campaign.contacts if c.id == "be-payoke")
        self.with_number = cache(self._with_number)

    def _with_number(self, number: str, shown: str, review: bool) -> tuple[Campaign, Renderer, dict[str, Channel]]:
        changed = tuple(
            replace(c, number=number, display=shown) if c.id == self.contact.id else c for c in self.campaign.contacts
        )
        campaign = replace(self.campaign, contacts=changed, languages=tuple(languages.registry()))
        made = channels(campaign, self.typesetter, review=review)
        return campaign, Renderer(self.project, campaign), {name: made[name] for name in campaign.channels}

    def check(self, tag: str, number: tuple[str, str], formats: tuple[str, ...], *, ocr: bool = False) -> int:
        """Build all channels and read them back; how many files had to show the number and did."""
        script = languages.get(tag).script
        # A Persian draft line in Urdu's tall script leaves the safe margin.
        review = script != "Aran"
        campaign, renderer, made = self.with_number(*number, review)
        # A card that all audiences share is made of this audience's message too.
        layouts = {name: replace(campaign.layouts[name], build=True, shared=False) for name in formats}
        made["leaflet"] = Leaflet(replace(campaign, layouts=layouts), self.typesetter, review=review)
        texts = self.texts.get(tag) or self.texts.get(BORROWED.get(script, "")) or Texts.of(tag, (), {}, 1)
        audience = EASY if "easy-read-a4" in formats else AUDIENCE
        message = renderer.message(audience, tag, "BE", texts)
        held = 0
        for name, channel in made.items():
            item = tuple(contact.id for contact in channel.contacts(message))
            for artefact in channel.export(message):
                job = Job("BE", tag, audience, name)
                entry = Entry.of(job, artefact, artefact.path, message.batch, "", item)
                proof = prove(entry, artefact.data, campaign, ocr=ocr)
                assert proof.findings == (), (tag, artefact.path, proof.findings)
                held += self.contact.id in proof.found
                if ocr and artefact.format in CARDS and artefact.media_type == "image/png":
                    assert self.contact.id in proof.found, (tag, artefact.path)
                if artefact.path == "sms.txt":
                    self.check_exports(entry, artefact.data.decode(), campaign)
        return held

    def check_exports(self, sms: Entry, text: str, campaign: Campaign) -> None:
        """What gateways are given: the number in every table and every broadcast."""
        sending = Sending.of("BE", sms.locale, sms.audience, text, campaign.sms)
        for rows in (gateway_csv([sending]), esendex_csv([sending])):
            (row,) = table.read(rows)
            said = next(cell for cell in row.values() if text in cell)
            assert prove_text(sms, Document(said, said), campaign).findings == ()
        for data in broadcasts([sending], "en").values():
            proof = prove_text(sms, READERS["application/json"](data), campaign)
            assert proof.findings == () and self.contact.id in proof.found


@pytest.fixture(scope="module")
def works(wide):
    """The wide campaign's texts, and one warm compiler."""
    return Works(Project(wide))


@pytest.mark.breadth
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_file_of_every_channel_holds_the_number(works, monkeypatch, part):
    """All languages of the registry, real files: the page, every platform's post, SMS, gateways' tables, a print format
    and a card in turn; all formats where figures are turned round. Each is proved as `verify` does it.
    """
    chance = random.Random(7)
    tails = [f"+323201{chance.randrange(1000, 10000)}" for _ in range(3)]
    for place, tag in [*enumerate(languages.registry())][part::PARTS]:
        number = tails[place % len(tails)]
        # The code of a page is read from its pixels where its figures are hard, and in the test of each picture.
        monkeypatch.setattr(leaflet, "PREVIEW_PPI", 110 if tag in HARD else 30)
        monkeypatch.setattr(social, "CARDS", dict([list(CARDS.items())[place % len(CARDS)]]))
        formats = FORMATS if tag in HARD else (FORMATS[place % len(FORMATS)],)
        held = works.check(tag, (number, displayed(number, "BE") or ""), formats)
        # The page, SMS and its report, ten posts, a description, and each format.
        assert held >= 14 + len(formats), (tag, held)


@pytest.mark.slow
@settings(max_examples=6)
@example(
    tag="en", number=("+380311230000", "+380 3112 30000"), layout="leaflet-a5"
)  # its figures hold the emergency number
@given(
    tag=st.sampled_from(list(languages.registry())),
    number=ABROAD,
    layout=st.sampled_from(FORMATS),
)
def test_any_number_survives_any_channel(works, tag, number, layout):
    """Numbers of other plans, longer and shorter, in any language and any format."""
    assert works.check(tag, number, (layout,)) >= 15


@pytest.mark.breadth
@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed (apt-get install tesseract-ocr)"
)
@pytest.mark.parametrize("tag", ["ar", "ti"])
def test_the_digits_of_a_card_are_read_from_its_pixels(works, tag, monkeypatch):
    """The picture of a post shows the number to a reader that knows nothing of how it was made."""
    monkeypatch.setattr(social, "CARDS", {"card-1200x630": CARDS["card-1200x630"]})
    number = "+3232014711"
    works.check(tag, (number, displayed(number, "BE") or ""), (), ocr=True)
