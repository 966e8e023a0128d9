"""A number read again from any built channel is the registry's number, for every language of the registry."""

from __future__ import annotations

import random
from dataclasses import replace

import phonenumbers
import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign import config, languages
from campaign.audit import readers
from campaign.bidi import direct_numbers, strip_controls
from campaign.channels.layout import set_item
from campaign.config.contacts import displayed
from campaign.project import Project
from campaign.reading.fold import fold
from campaign.reading.seek import seek, wanted_phone
from campaign.render import Renderer, Texts
from campaign.typeset.session import Typesetter

COUNTRIES = ("BE", "DE", "GR", "IT", "NL", "FR", "RO", "BG", "UA", "TR", "ER", "BD", "IR")


def numbers(country: str) -> st.SearchStrategy[tuple[str, str]]:
    """(E.164, as people read it): real numbering plans, any valid number that grows from the example of the country."""
    example = str(phonenumbers.example_number(country).national_number)
    code = phonenumbers.country_code_for_region(country)
    tails = st.text("0123456789", min_size=4, max_size=4).map(lambda tail: f"+{code}{example[:-4]}{tail}")
    return tails.map(lambda number: (number, displayed(number, country) or "")).filter(lambda pair: pair[1])


ANY_NUMBER = st.one_of(
    [*map(numbers, COUNTRIES), st.from_regex(r"116[0-9]{3}", fullmatch=True).map(lambda n: (n, f"{n[:3]} {n[3:]}"))]
)


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


@pytest.mark.slow
def test_every_file_of_every_channel_holds_the_number(reference):
    """Real SMS and posts in all languages of the registry, and leaflets in all scripts, each with its own number, read again.

    From the finished PDF, text and JSON it is the number of the record, in Latin digits and in reading order.
    """
    campaign = config.load(Project(reference))
    typesetter, chance = Typesetter(Project(reference)), random.Random(7)
    looks: set[tuple[str, tuple[str, ...]]] = set()
    for tag in languages.registry():
        number = f"+323201{chance.randrange(1000, 10000)}"
        changed = tuple(
            replace(c, number=number, display=displayed(number, "BE") or "") if c.id == "be-payoke" else c
            for c in campaign.contacts
        )
        own = replace(campaign, contacts=changed, languages=(*campaign.languages, tag))
        message = Renderer(Project(reference), own).message("migrants", tag, "BE", Texts.of(tag, (), {}, 1))
        sms, post = message.texts["sms"], message.texts["x"]
        if languages.get(tag).rtl:
            sms, post = direct_numbers(sms, isolate=False), direct_numbers(post, isolate=True)
        documents = {
            "sms": readers.READERS["text/plain"](sms.encode()),
            "post": readers.READERS["text/plain"](post.encode()),
        }
        # How a leaflet is set depends on script and fonts: one language stands for those that share them.
        language = languages.get(tag)
        if (language.script, language.fonts) not in looks:
            looks.add((language.script, language.fonts))
            leaflet = set_item(typesetter, "leaflet-a5", message, own, review=True).pdf
            documents["leaflet"] = readers.READERS["application/pdf"](leaflet)
        for name, document in documents.items():
            (seen,) = seek([wanted_phone(number)], fold(document.text))
            assert seen, (tag, name)
            assert not any(place.native or place.without_plus or place.abuts for place in seen), (tag, name)
