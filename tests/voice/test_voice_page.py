"""Recording on the review page: consent first, one stretch at a time, listened to as processed, kept, signed by another."""

import io
import re
import shutil
from datetime import date

import pytest
from reader import read_aloud, tones, wav
from visitor import Visitor, make_app

from campaign.editions import voices
from campaign.voice.recordings import Recordings
from campaign.workspace.selection import Selection

PAGE = "/de/voice/BE/migrants"


@pytest.fixture
def visitor(speaking):
    pytest.importorskip("flask")
    return Visitor(make_app(speaking)).enter().introduce("S. Haddad")


def agreed(visitor, *uses):
    form = visitor.hidden(PAGE, "voice/BE/migrants/consent")
    return visitor.post(f"{PAGE}/consent", {**form, "use": list(uses or ("messengers", "web")), "until": "2031-01-01"})


def sent(visitor, data, part="voice/BE/migrants/take"):
    form = visitor.hidden(PAGE, part)
    return visitor.post(f"{PAGE}/take", {**form, "recording": (io.BytesIO(data), "recording.wav")})


def test_nobody_is_recorded_before_they_agreed(visitor, speaking):
    """The page asks for it, with what it means; a form that was made up is refused."""
    page = visitor.get(PAGE).text
    assert "nobody can take it back from a messenger" in page and 'id="recorder"' not in page
    form = visitor.hidden(PAGE, "voice/BE/migrants/consent")
    assert visitor.post(f"{PAGE}/take", form).status_code in (409, 422)
    assert agreed(visitor).status_code == 303
    assert 'id="recorder"' in visitor.get(PAGE).text
    (voice,) = Recordings(speaking).voices("de")
    assert (voice.name, voice.reader, voice.consent.uses) == ("v1", "S. Haddad", ("messengers", "web"))


@pytest.mark.slow
def test_what_one_hears_back_is_what_is_kept(visitor, speaking):
    """A recording is processed, played, and counts once it is kept; the next stretch follows."""
    agreed(visitor)
    answer = sent(visitor, wav(tones("Sie haben Rechte, mit oder ohne Papiere")))
    assert answer.status_code == 303 and not Recordings(speaking).voice("de", "v1").takes
    page = visitor.get(answer.location).text
    sound = re.search(r'<audio[^>]+src="([^"]+)"', page)[1]
    heard = visitor.get(sound)
    assert heard.mimetype == "audio/flac" and heard.data.startswith(b"fLaC")
    form = visitor.hidden(answer.location, "voice/BE/migrants/keep")
    assert visitor.post(f"{PAGE}/keep", form).status_code == 303
    (take,) = Recordings(speaking).voice("de", "v1").takes.values()
    assert (speaking.root / f"recordings/de/v1/{take.sound}.flac").read_bytes() == heard.data
    assert "Read so far: 1 of 12" in visitor.get(PAGE).text


@pytest.mark.slow
def test_what_is_no_recording_is_named_and_nothing_is_written(visitor, speaking):
    """The page says what is wrong and asks again."""
    agreed(visitor)
    answer = sent(visitor, b"MZ" + bytes(3000))
    assert answer.status_code == 422 and "no recording of a known kind" in answer.text
    assert sorted(path.name for path in (speaking.root / "recordings/de/v1").iterdir() if path.suffix != ".lock") == [
        "voice.json"
    ]


def test_a_form_of_another_page_is_as_small_as_before(visitor):
    """Only the form that carries a recording may be large."""
    form = visitor.hidden(PAGE, "voice/BE/migrants/consent")
    assert visitor.post(f"{PAGE}/consent", {**form, "until": "2" * 300_000}).status_code == 413


def test_two_people_have_two_voices(visitor, speaking):
    """Who comes second gets a pseudonym of their own: no message mixes two people."""
    agreed(visitor)
    other = Visitor(make_app(speaking)).enter().introduce("T. Kidane")
    agreed(other)
    assert [(voice.name, voice.reader) for voice in Recordings(speaking).voices("de")] == [
        ("v1", "S. Haddad"),
        ("v2", "T. Kidane"),
    ]


@pytest.mark.slow
def test_another_person_writes_the_digits_down_listens_and_signs(speaking):
    """On the item's page the message is played whole; the digits are compared with the record."""
    said = voices.first(speaking, "de", Selection(audiences=("migrants",)))
    read_aloud(speaking, said.script)
    voices.agree(speaking, "de", "v1", "S. Haddad", date(2026, 11, 1), date(2031, 1, 1), (), "")
    other = Visitor(make_app(speaking)).enter().introduce("M. Weber")
    due = voices.dictation_of(Recordings(speaking).voice("de", "v1"), said.script)
    for digits, status in ((due[::-1], 422), (due, 303)):
        form = other.hidden(PAGE, "voice/BE/migrants/digits")
        assert other.post(f"{PAGE}/digits", {**form, "digits": digits}).status_code == status
    assert Recordings(speaking).voice("de", "v1").dictation.by == "M. Weber"
    item = "/de/item/BE/migrants/voice"
    page = other.get(item).text
    sound = re.search(r'<audio[^>]+src="([^"]+)"', page)[1].replace("&amp;", "&")
    assert other.get(sound).data.startswith(b"OggS") and "I listened to all of it" in page
    form = other.hidden(item, 'id="sign"')
    assert other.post(item, {**form, "read": "1"}).status_code == 303


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
@pytest.mark.parametrize("worklet", [True, False])
@pytest.mark.breadth
def test_a_recording_is_made_by_keyboard_on_a_telephone(speaking, served_voice, axe, chromium, tmp_path, worklet):
    """With chromium's fake microphone at 360 px: R, R, listen, K; what was processed plays in the page; axe is content.

    By the worklet, and by MediaRecorder in a browser that has none.
    """
    spoken = tmp_path / "spoken.wav"
    spoken.write_bytes(wav(tones("Sie haben Rechte, mit oder ohne Papiere", seconds=1.2)))
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    fake.append(f"--use-file-for-fake-audio-capture={spoken}%noloop")
    # One playwright a process: a browser of its own, from the one that the other tests drive.
    launch = chromium.browser_type.launch
    with launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run", *fake]
    ) as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}, permissions=["microphone"]).new_page()
        if not worklet:
            page.add_init_script("delete window.AudioWorkletNode; delete AudioContext.prototype.audioWorklet;")
        page.goto(served_voice(speaking))
        page.fill("input[name=name]", "S. Haddad")
        page.click("button.main")
        home = page.url
        page.goto(f"{home.split('/?')[0].rstrip('/')}{PAGE}")
        page.fill("#until", "2031-01-01")
        page.check("input[value=messengers]")
        page.click("text=I agree >> nth=-1")
        page.wait_for_selector("#record")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.keyboard.press("r")
        page.wait_for_selector("#record[aria-pressed=true]")
        page.wait_for_timeout(2200)
        page.keyboard.press("r")
        page.wait_for_selector("#heard")
        assert page.evaluate(
            "new Promise(done => { const a = document.getElementById('heard'); a.onplaying = () => done(true); a.onerror = () => done(false); a.play(); })"
        )
        assert axe(page) == []
        page.keyboard.press("k")
        page.wait_for_selector("text=Read so far: 1 of 12")
    assert len(Recordings(speaking).voice("de", "v1").takes) == 1
