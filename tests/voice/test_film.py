"""A voice message as a film for status and reels: the card, a caption while it is heard, the same sound, the same proof."""

import io
from datetime import date

import av
import numpy as np
import pytest
from PIL import Image
from reader import tones

from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.model.edition import Edition
from campaign.reporting.verify import verify
from campaign.review.commands import sign_items
from campaign.voice import coding, film
from campaign.voice.sound import RATE, pcm
from campaign.workspace.selection import Selection

VOICE = Selection(("BE",), ("de",), ("migrants",), ("voice",))
TODAY = date(2026, 11, 20)


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (72, 128), colour).save(out, "PNG")
    return out.getvalue()


def test_each_picture_is_shown_while_its_words_are_heard():
    """From its start to the next one's, the first from the beginning; the sound is the message's; nothing else is said."""
    samples = pcm(tones("You have rights, with or without papers", seconds=4.6))
    data = film.encode(samples, [png("red"), png("blue")], [RATE // 2, 2 * RATE])
    assert data == film.encode(samples, [png("red"), png("blue")], [RATE // 2, 2 * RATE])
    with av.open(io.BytesIO(data)) as box:
        colours = [frame.to_ndarray(format="rgb24").mean(axis=(0, 1)).argmax() for frame in box.decode(video=0)]
    assert colours == [0] * 10 + [2] * (len(colours) - 10)
    assert len(colours) / film.FPS == pytest.approx(len(samples) / RATE, abs=1 / film.FPS)
    heard = coding.decode(data, coding.FORMS["film"])
    assert abs(len(heard) - len(samples)) < RATE // 20
    assert np.corrcoef(heard[: len(samples)], samples)[0, 1] > 0.9
    assert coding.tags(data) == {}


@pytest.mark.breadth
def test_a_film_is_released_and_proved_like_any_other_form(recorded):
    """With `[voice] film` alone, and of a voice that agreed to films; somebody saw its card before they signed."""
    with recorded.config.open("a", encoding="utf-8") as file:
        file.write("\n[voice]\nfilm = true\n")

    def made():
        return build(
            recorded,
            edition=Edition.RELEASE,
            selection=VOICE,
            workers=1,
            today=TODAY,
            progress=lambda done, total: None,
        )

    sign_items(recorded, "de", VOICE, reviewer="M. Weber", role="mediator", on=TODAY, comment="")
    report = made()
    assert not [item.failed or item.refused for item in report.refused]
    path = recorded.output(Edition.RELEASE) / "BE/de/migrants/voice.mp4"
    with av.open(str(path)) as box:
        (picture,), (sound,) = box.streams.video, box.streams.audio
        assert (picture.width, picture.height, picture.codec.name, sound.codec.name) == (720, 1280, "h264", "aac")
    assert not verify(recorded, Edition.RELEASE, today=TODAY).findings
    layout = recorded.root / "templates/layouts/voice-film.typ"
    layout.write_text(layout.read_text(encoding="utf-8").replace("max: 40pt", "max: 38pt"), encoding="utf-8")
    assert "too few people beside the reader" in str([item.refused for item in made().refused])


@pytest.mark.breadth
def test_a_film_without_room_for_its_words_costs_no_voice_message(recorded, rewrite):
    """What messengers and telephones get is there; the film alone is named as not made, and nobody signs it unseen."""
    with recorded.config.open("a", encoding="utf-8") as file:
        file.write("\n[voice]\nfilm = true\n")
    layout = recorded.root / "templates/layouts/voice-film.typ"
    rewrite(layout, "max: 40pt, min: 15pt", "max: 400pt, min: 399pt")
    report = build(
        recorded, edition=Edition.REVIEW, selection=VOICE, workers=1, today=TODAY, progress=lambda done, total: None
    )
    (item,) = report.lacking
    assert [each.format for each in item.unfit] == ["film"] and not report.refused
    names = {path.name for path in recorded.output(Edition.REVIEW).rglob("voice*")}
    assert {"voice.ogg", "voice.vtt"} <= names and "voice.mp4" not in names
    with pytest.raises(CampaignError, match="cannot be shown whole"):
        sign_items(recorded, "de", VOICE, reviewer="M. Weber", role="mediator", on=TODAY, comment="")
