"""Recording in a pack that is opened from a file: consent, lines, an answer file that carries them, taken in at home."""

import base64
import json
import shutil
from datetime import date

import pytest
from firefox import firefox
from reader import tones, wav

from campaign.catalogue.exchange import aloud
from campaign.editions import voices
from campaign.errors import CampaignError
from campaign.review.export_bundle import export
from campaign.review.import_bundle import take
from campaign.voice import stranger
from campaign.voice.recordings import Recordings
from campaign.workspace.selection import Selection

ON = date(2026, 11, 20)
VOICE = Selection(("BE",), ("de",), ("migrants",), ("voice",))


@pytest.fixture
def pack(speaking, tmp_path):
    """The pack of the German voice message, on a telephone."""
    path = tmp_path / "pack.html"
    path.write_bytes(export(speaking, "de", "html", VOICE, ON, "en").data)
    return path


def answers(pack, recordings, **changes):
    """An answer file as the page makes it."""
    text = pack.read_text(encoding="utf-8")
    number = json.loads(text.partition('id="about" type="application/json">')[2].partition("</script>")[0])["pack"]
    sent = [{"key": key, "data": base64.b64encode(data).decode()} for key, data in recordings]
    voice = {"given": "2026-11-19", "until": "2031-01-01", "uses": ["web", "messengers"], "recordings": sent}
    said = {"campaign-answers": 1, "pack": number, "language": "de", "name": "S. Haddad", "role": "mediator"}
    path = pack.with_name("answers.json")
    path.write_text(json.dumps({**said, "answers": [], "voice": {**voice, **changes}}))
    return path


def lines(project):
    script = voices.first(project, "de", VOICE).script
    return [*script.words, *script.digits]


def test_a_pack_without_a_voice_message_records_nothing(speaking):
    """Its policy lets no more run and play than before."""
    text = export(speaking, "de", "html", Selection(audiences=("migrants",), channels=("sms",)), ON).data.decode()
    assert 'id="voice"' not in text and "blob:" not in text and "getUserMedia" not in text


def test_the_pack_names_every_line_and_what_to_run_without_a_microphone(pack, speaking):
    """In the numbers that `campaign voice import` knows."""
    text = pack.read_text(encoding="utf-8")
    assert "campaign voice import de FOLDER --audience migrants --country BE" in text
    for line in lines(speaking):
        assert f'data-clip="{line.key}"' in text
    assert '<code dir="ltr">digit-plus</code>' in text and "media-src blob:" in text


@pytest.mark.slow
@pytest.mark.breadth
def test_recordings_of_a_pack_are_taken_in_once(pack, speaking):
    """With the consent that was given there; what is no recording and what is read no more is named; a second time nothing new."""
    first, second, *_ = lines(speaking)
    sent = [(first.key, wav(tones("a"))), (second.key, b"MZ" + bytes(400)), ("0" * 32, wav(tones("c")))]
    taken = take(speaking, answers(pack, sent), ON)
    (voice,) = Recordings(speaking).voices("de")
    assert (voice.name, voice.reader, voice.consent.uses) == ("v1", "S. Haddad", ("messengers", "web"))
    assert (voice.consent.given, voice.consent.until) == ("2026-11-19", "2031-01-01")
    assert list(voice.takes) == [first.key] and voice.takes[first.key].words == first.words
    assert "no recording of a known kind" in taken.refused[0] and "not read any more" in taken.refused[1]
    before = (speaking.root / "recordings/de/v1/takes.jsonl").read_bytes()
    take(speaking, answers(pack, sent[:1]), ON)
    assert (speaking.root / "recordings/de/v1/takes.jsonl").read_bytes() == before


def test_without_the_extra_the_answers_are_taken_and_it_says_what_to_install(pack, speaking, monkeypatch):
    """The recordings wait in the file: it can be imported again."""
    monkeypatch.setattr("campaign.voice.ready", lambda: False)
    taken = take(speaking, answers(pack, [("0" * 32, b"x")]), ON)
    assert "not installed" in taken.refused[0] and "run:" in taken.refused[0]
    assert not (speaking.root / "recordings").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"uses": []}, "agreed to nothing"),
        ({"until": "2026-11-01"}, "is over"),
        ({"given": "2026-11-10"}, "took its consent back"),
    ],
)
def test_without_a_consent_that_holds_nothing_is_kept(pack, speaking, changes, said):
    """Of a file from before somebody took their consent back, neither."""
    if said == "took its consent back":
        voices.agree(speaking, "de", "v1", "S. Haddad", date(2026, 11, 1), date(2031, 1, 1), (), "")
        voices.withdraw(speaking, "de", "v1", date(2026, 11, 15))
    taken = take(speaking, answers(pack, [(lines(speaking)[0].key, wav(tones("a")))], **changes), ON)
    assert said in taken.refused[0]
    assert not any(voice.takes for voice in Recordings(speaking).voices("de"))


def test_a_later_consent_is_not_replaced_by_an_earlier_one(speaking, pack):
    """Who narrowed it at home since is not widened by a file that was long under way."""
    voices.agree(speaking, "de", "v1", "S. Haddad", date(2026, 11, 20), date(2027, 1, 1), ("telephone",), "")
    take(speaking, answers(pack, [("0" * 32, b"x")]), ON)
    assert Recordings(speaking).voice("de", "v1").consent.uses == ("telephone",)


GOOD = {
    "given": "2026-11-19",
    "until": "2031-01-01",
    "uses": ["web"],
    "recordings": [{"key": "0" * 32, "data": "AAAA"}],
}


@pytest.mark.parametrize(
    "changes",
    [
        {"given": "yesterday"},
        {"until": 5},
        {"uses": "web"},
        {"uses": [1]},
        {"recordings": []},
        {"recordings": {}},
        {"recordings": [{"key": "../../x", "data": "AAAA"}]},
        {"recordings": [{"key": "0" * 32, "data": "???"}]},
        {"recordings": [{"key": "0" * 32, "data": ["A"]}]},
        {"recordings": [{"key": "0" * 32, "data": "A" * 11_000_000}]},
        {"recordings": [{"key": "0" * 32, "data": "AAAA", "path": "x"}]},
        {"recordings": GOOD["recordings"] * 2},
        {"recordings": GOOD["recordings"] * 4000},
        {"more": 1},
    ],
)
def test_recordings_that_the_page_did_not_make_are_refused(changes):
    """Nothing of them is decoded; the refusal says what to ask for."""
    assert aloud.read(GOOD, "answers.json").recordings == (("0" * 32, b"\0\0\0"),)
    with pytest.raises(CampaignError, match="campaign voice import"):
        aloud.read({**GOOD, **changes}, "answers.json")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
@pytest.mark.parametrize("worklet", [True, False])
@pytest.mark.breadth
def test_a_line_is_recorded_from_a_file_and_comes_home(pack, speaking, axe, chromium, tmp_path, worklet):
    """By worklet, and by MediaRecorder where there is none: agreed, recorded, kept over a reload, sent, taken in."""
    spoken = tmp_path / "spoken.wav"
    spoken.write_bytes(wav(tones("Sie haben Rechte, mit oder ohne Papiere", seconds=1.2)))
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    fake.append(f"--use-file-for-fake-audio-capture={spoken}%noloop")
    switches = ["--no-sandbox", "--disable-gpu", "--no-first-run", *fake]
    with chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=switches) as browser:
        page = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True).new_page()
        if not worklet:
            page.add_init_script("delete window.AudioWorkletNode; delete AudioContext.prototype.audioWorklet;")
        page.goto(pack.as_uri())
        press = page.locator("li[data-clip] button").first
        assert press.is_disabled() and page.locator("#deaf").is_hidden()
        page.check("input[value=messengers]")
        page.fill("#until", "2031-01-01")
        page.locator("li[data-clip] button:enabled").first.wait_for()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        press.focus()
        page.keyboard.press("Enter")
        page.locator("li[data-clip] button[aria-pressed=true]").wait_for()
        page.wait_for_timeout(2200)
        page.keyboard.press("Enter")
        page.locator("li[data-clip] audio:visible").wait_for()
        page.reload()
        page.locator("li[data-clip] audio:visible").wait_for()
        page.fill("#name", "S. Haddad")
        page.click("#make")
        page.locator("#file:visible").wait_for()
        with page.expect_download() as download:
            page.click("#file")
        download.value.save_as(tmp_path / "answers.json")
        page.add_init_script("delete Navigator.prototype.mediaDevices;")  # as telephones open files
        page.reload()
        page.locator("#deaf:visible").wait_for()
        assert press.is_disabled() and "campaign voice import de FOLDER" in page.inner_text("#deaf")
        assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 360
    said = json.loads((tmp_path / "answers.json").read_text())
    (recording,) = said["voice"]["recordings"]
    assert base64.b64decode(recording["data"]).startswith(b"RIFF" if worklet else b"\x1aE\xdf\xa3")
    taken = take(speaking, tmp_path / "answers.json", date.today())
    assert not taken.refused and len(Recordings(speaking).voice("de", "v1").takes) == 1


@pytest.mark.breadth
@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="firefox-esr is not installed")
def test_firefox_records_from_a_file_too(pack, speaking, tmp_path):
    """With Firefox's own fake microphone: recorded, played back, and in the answer file as a sound that is decoded."""
    profile = tmp_path / "profile"
    profile.mkdir()
    # A script presses no button: sound that nobody touched the page for has to be allowed.
    wanted = {"media.navigator.permission.disabled": "true", "media.navigator.streams.fake": "true"}
    wanted |= {"media.autoplay.default": "0", "media.autoplay.blocking_policy": "0"}
    (profile / "user.js").write_text("".join(f'user_pref("{name}", {value});\n' for name, value in wanted.items()))
    with firefox("firefox-esr", profile) as tab:
        tab.goto(pack.as_uri())
        tab.until("!document.querySelector('#name').disabled && document.querySelector('#deaf').hidden")
        tab.run("document.querySelector('input[value=radio]').click()")
        day = "const day = document.querySelector('#until'); day.value = '2031-01-01';"
        tab.run(f"(() => {{ {day} day.dispatchEvent(new Event('change')); }})()")
        tab.run("document.querySelector('li[data-clip] button').click()")
        tab.until("document.querySelector('li [role=timer]').textContent.startsWith('1')")
        tab.run("document.querySelector('li[data-clip] button').click()")
        tab.until("document.querySelector('li[data-clip] audio').duration > 0.5")
        tab.type("#name", "S. Haddad")
        # The policy of the page lets nothing be fetched, the answer file neither.
        tab.run(
            "URL.createObjectURL = (file) => { file.text().then((text) => { window.said = text; }); return '#'; }; 1"
        )
        tab.run("document.querySelector('#make').click()")
        tab.until("!!window.said")
        said = tab.run("window.said")
    (tmp_path / "answers.json").write_text(said)
    (recording,) = json.loads(said)["voice"]["recordings"]
    assert len(stranger.decoded(base64.b64decode(recording["data"]), "recording")) > 20_000
