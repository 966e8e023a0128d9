"""What telephone systems, RapidPro and radio stations get: prompts by language and name, flows, a spot to read out."""

import json

import pytest

from campaign.channels import radio_spot
from campaign.errors import CampaignError
from campaign.exports import calls
from campaign.exports.calls import FLOWS, Spoken
from campaign.model.contact import Contact
from campaign.model.message import Helpline, Message
from campaign.voice import length, script

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "plus")
PAYOKE = Contact("payoke", "BE", "Payoke", "helpline", "+3232011690", "+32 3 201 16 90", "a source")
DANGER = Contact("danger", "BE", "", "emergency", "112", "112", "a source")


def spoken(locale, prompts=2, **changes):
    paths = tuple(calls.prompt("BE", locale, "migrants", f"voice-prompt-{n}.wav") for n in range(1, prompts + 1))
    whole = calls.prompt("BE", locale, "migrants", "voice.wav")
    values = {"prompts": paths, "whole": whole, "sent": f"{locale}/migrants/voice.ogg", "words": f"Title {locale}"}
    return Spoken("BE", locale, "migrants", **{**values, **changes})


def flows(*messages, base="en"):
    return json.loads(calls.flows(messages, base)[FLOWS])["flows"]


def test_a_call_plays_the_prompts_of_the_callers_language():
    """The source's by themselves, the others in the localization; the name of a prompt is the same in every language."""
    call, send = flows(spoken("ar"), spoken("en"))
    assert call["language"] == "eng" and call["type"] == "voice"
    first = call["nodes"][0]["actions"][0]
    assert first["audio_url"] == "@globals.voice_files/telephone/en/be-migrants-voice-prompt-1.wav"
    other = call["localization"]["ara"][first["uuid"]]["audio_url"]
    assert other == ["@globals.voice_files/telephone/ar/be-migrants-voice-prompt-1.wav"]
    action = send["nodes"][0]["actions"][0]
    assert send["localization"]["ara"][action["uuid"]]["text"] == ["Title ar"]


def test_languages_with_other_prompts_are_played_whole():
    """A caller never hears the prompt of another language because theirs has one less."""
    call = flows(spoken("en"), spoken("ar", prompts=3))[0]
    (action,) = call["nodes"][0]["actions"]
    assert action["audio_url"].endswith("en/be-migrants-voice.wav")


def test_who_agreed_to_messengers_alone_is_in_no_call():
    """Each flow has the languages whose voice agreed; where none did there is no flow."""
    quiet = spoken("ar", prompts=0, whole="")
    call, send = flows(spoken("en"), quiet)
    assert "ara" not in call["localization"] and "ara" in send["localization"]
    assert [flow["type"] for flow in flows(quiet)] == ["messaging"]
    assert calls.flows([spoken("en", prompts=0, whole="", sent="")], "en") == {}


def test_an_at_sign_is_no_expression():
    """RapidPro would take @contact for a value of the reader's."""
    send = flows(spoken("en", words="Write to help@example.org"))[1]
    assert send["nodes"][0]["actions"][0]["text"] == "Write to help@@example.org"


def test_what_rapidpro_cannot_hold_is_named_all_at_once():
    """Two languages of one code, and words that are too long."""
    with pytest.raises(CampaignError) as error:
        calls.flows([spoken("pt"), spoken("pt-BR"), spoken("ar", words="x" * 641)], "en")
    first, second = error.value.problems
    assert "are both por" in first.what and "has 641 characters" in second.what


def message(text: str, locale: str = "en") -> Message:
    line = Helpline(PAYOKE, "helpline", "", "", "", "")
    return Message("migrants", locale, "BE", {"digits": WORDS}, {"spot": text}, {}, (line,), DANGER, "", "", {})


def test_a_presenter_reads_whole_lines_and_every_digit_in_words():
    """A number on its own line stands twice, one inside a sentence once; below it how it is said."""
    text = radio_spot.written(message("You have rights\n+32 3 201 16 90\nIn danger? Call 112."))
    number = ["+32 3 201 16 90", "plus three two · three · two zero one · one six · nine zero"]
    assert text.split("\n") == ["You have rights", *number, *number, "In danger? Call 112.", "one one two"]


def test_a_number_of_a_text_from_the_right_stays_in_its_order():
    """In an isolate, as on the page."""
    assert "\u2066+32 3 201 16 90\u2069" in radio_spot.written(message("لك حقوق\n+32 3 201 16 90", "ar"))


def test_a_spot_that_takes_longer_than_thirty_seconds_is_named():
    """Counted with its pauses and numbers; one that fits is not."""
    fits, long = (script.read("You have rights. " * count, message("")) for count in (5, 40))
    assert not list(radio_spot.too_long(fits, "radio-spot.txt"))
    (found,) = radio_spot.too_long(long, "radio-spot.txt")
    assert "a radio spot has 30 s" in found.detail


def test_scripts_without_vowels_take_longer_a_letter():
    """Twelve Arabic letters are more sounds than twelve Latin ones."""
    latin, arabic = (script.read("ا" * 24 if tag == "ar" else "a" * 24, message("", tag)) for tag in ("en", "ar"))
    assert length.seconds(arabic) > length.seconds(latin)
