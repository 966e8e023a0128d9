"""From nothing to a signed voice message: who must have read, agreed, written down, listened and signed before it goes out."""

import csv
import io
import json
import threading
import zipfile
from datetime import date

import pytest
from reader import agree, read_aloud, tones, wav

from campaign.delivery import recall
from campaign.editions import voices
from campaign.editions.build import build
from campaign.errors import CampaignError
from campaign.ledger import ledger
from campaign.model.edition import Edition
from campaign.reporting.overview import reminders
from campaign.reporting.verify import verify
from campaign.review.commands import sign_items
from campaign.voice import recordings
from campaign.voice.recordings import Recordings
from campaign.voice.value import voice_of
from campaign.workspace.selection import Selection

#: Shortly before and after the day on which the reader's consent ends.
SOON, LATE = date(2029, 12, 20), date(2030, 1, 2)
VOICE = Selection(("BE",), ("de",), ("migrants",), ("voice",))


def made(project, edition=Edition.RELEASE):
    return build(
        project,
        edition=edition,
        selection=VOICE,
        workers=1,
        today=date(2026, 11, 20),
        progress=lambda done, total: None,
    )


def sign(project, name="M. Weber"):
    sign_items(project, "de", VOICE, reviewer=name, role="mediator", on=date(2026, 11, 20), comment="")


def refused(report):
    return [found.detail for item in report.refused for found in item.refused if found.code == "voice"]


def script_of(project):
    return voices.first(project, "de", Selection(audiences=("migrants",))).script


def test_without_a_reader_there_is_a_script_and_no_sound(speaking):
    """The review edition has what is to be read, as a PDF and as text; a release says what is missing."""
    made(speaking, Edition.REVIEW)
    folder = speaking.output(Edition.REVIEW) / "BE/de/migrants"
    assert sorted(path.name for path in folder.iterdir()) == ["radio-spot.txt", "voice-script.pdf", "voice.txt"]
    assert refused(made(speaking)) == ["no voice has read all of it as it is now"]


@pytest.mark.slow
@pytest.mark.breadth
def test_a_message_is_released_when_another_person_listened(recorded):
    """Every form, captions and cue sheet; the ledger knows the voice by its pseudonym alone; it is proved again."""
    assert refused(made(recorded)) == ["too few people beside the reader listened to all of it and signed"]
    sign(recorded)
    report = made(recorded)
    assert not report.refused and report.files == 10
    folder = recorded.output(Edition.RELEASE) / "BE/de/migrants"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"voice.ogg", "voice.mp3", "voice.wav", "voice.flac", "voice.vtt", "voice.json", "voice.txt"} <= files.keys()
    assert b"Haddad" not in b"".join(files.values()) + recorded.ledger("de").read_bytes()
    (event,) = [e for e in ledger.read(recorded.ledger("de"), "").events if e.unit_key == "item:BE/migrants/voice"]
    assert voice_of(event.text_hash.partition("sound=")[2]) == "v1"
    found = verify(recorded, Edition.RELEASE, today=date(2026, 11, 20))
    assert not found.findings and found.proved == 9
    again = made(recorded)
    assert not again.made and {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.breadth
def test_what_the_release_asks_of_a_voice(recorded):
    """The reader does not sign alone; consent is there, in force, not withdrawn; another person heard the digits."""
    sign(recorded, "S. Haddad")
    assert refused(made(recorded)) == ["too few people beside the reader listened to all of it and signed"]
    sign(recorded)
    path = recorded.root / "recordings/de/v1/voice.json"
    said = json.loads(path.read_text())
    for change, expected in (
        ({"consent": None}, "the voice v1 has not agreed to be heard"),
        ({"consent": {**said["consent"], "until": "2026-11-10"}}, "the consent of the voice v1 ended on 2026-11-10"),
        ({"dictation": None}, "nobody wrote down the digits of the voice v1 as they hear them"),
    ):
        path.write_text(json.dumps({**said, **change}))
        assert expected in refused(made(recorded))
    path.write_text(json.dumps(said))
    assert not made(recorded).refused
    out = voices.withdraw(recorded, "de", "v1", date(2026, 11, 21))
    assert [line.split(",")[0] for line in out if "voice.ogg" in line] == ["BE/de/migrants/voice.ogg"]
    assert refused(made(recorded)) == ["no voice has read all of it as it is now"]
    assert not (recorded.output(Edition.RELEASE) / "BE/de/migrants/voice.ogg").exists()
    (reminder,) = [said for said in reminders(recorded, date(2026, 11, 21)) if "consent" in said]
    assert reminder.startswith("the voice de/v1 took its consent back on 2026-11-21: 6 files are out")
    found = recall.find(recorded, "de/v1", date(2026, 11, 21))
    assert found.kind == "voice" and len(found.hits) == 6
    assert recall.mark(recorded, found, by="A. Peeters", reason="consent withdrawn", on=date(2026, 11, 21)) == 6
    assert not [said for said in reminders(recorded, date(2026, 11, 21)) if "consent" in said]


@pytest.mark.slow
def test_a_clip_that_is_read_again_must_be_heard_again(recorded):
    """The signature covers these very clips: another take of one of them voids it."""
    sign(recorded)
    script, voice = script_of(recorded), Recordings(recorded).voice("de", "v1")
    from campaign.voice import taking

    words = script.words[0]
    taken = taking.take_of(tones("another time"), "test", voice, words.key, words.words, "S. Haddad")
    recordings.keep(recorded, voice, taken.take, taken.flac)
    assert "too few people beside the reader listened to all of it and signed" in refused(made(recorded))


@pytest.mark.breadth
def test_a_voice_agrees_to_some_uses_alone(speaking):
    """Who agreed to the web page alone is made into no prompt and no voice message."""
    from campaign.channels.registry import channels
    from campaign.typeset.session import Typesetter
    from campaign.workspace import loader

    read_aloud(speaking, script_of(speaking))
    agree(speaking, "de", uses=("web",))
    space = loader.load(speaking)
    channel = channels(space.campaign, Typesetter(speaking), review=False)["voice"]
    message = voices.first(speaking, "de", Selection(audiences=("migrants",))).message
    assert {artefact.path for artefact in channel.export(message)} == {
        "radio-spot.txt",
        "voice.txt",
        "voice.mp3",
        "voice.vtt",
        "voice.json",
    }


def test_a_consent_that_ends_is_said_in_time(recorded):
    """By `status`: a month before, and when it is over."""
    said = [
        [line for line in reminders(recorded, day) if "consent" in line] for day in (date(2026, 11, 20), SOON, LATE)
    ]
    assert said == [
        [],
        ["the consent of the voice de/v1 ends on 2030-01-01"],
        ["the consent of the voice de/v1 ended on 2030-01-01: ask again, or record another voice"],
    ]


def test_a_wrong_dictation_is_refused(recorded):
    """What somebody hears is compared with the record, and the digits to read again are named."""
    with pytest.raises(CampaignError, match="record these digits anew"):
        voices.dictated(recorded, "de", "v1", "M. Weber", "+0123456789", date(2026, 11, 3))
    with pytest.raises(CampaignError, match="the reader cannot"):
        voices.dictated(recorded, "de", "v1", "S. Haddad", "+0123456789", date(2026, 11, 3))


def test_people_who_save_at_once_lose_nothing(speaking):
    """Eight of them keep one sentence in the same moment: every take stays on the disk, and the last line counts."""
    from campaign.voice import taking

    voice, words, start = Recordings(speaking).voice("de", "v1"), script_of(speaking).words[0], threading.Barrier(8)
    takes = [taking.take_of(tones(by), "test", voice, words.key, words.words, by) for by in "ABCDEFGH"]

    def keep(taken):
        start.wait()
        recordings.keep(speaking, voice, taken.take, taken.flac)

    people = [threading.Thread(target=keep, args=(taken,)) for taken in takes]
    for person in people:
        person.start()
    for person in people:
        person.join()
    lines = (speaking.root / "recordings/de/v1/takes.jsonl").read_text().splitlines()
    assert {json.loads(line)["sound"] for line in lines} == {taken.take.sound for taken in takes} and len(lines) == 8
    now = Recordings(speaking).voice("de", "v1")
    assert now.takes[words.key].sound == json.loads(lines[-1])["sound"]
    for taken in takes:
        assert len(taking.samples_of(speaking, now, taken.take))


def test_a_sound_that_somebody_changed_is_no_clip(recorded):
    """Nothing is made of it: the take and the file to mend are named."""
    folder = recorded.root / "recordings/de/v1"
    first, second = sorted(folder.glob("*.flac"))[:2]
    first.write_bytes(second.read_bytes())
    report = made(recorded, Edition.REVIEW)
    assert any("is not what was kept" in problem.what for item in report.refused for problem in item.failed)


@pytest.mark.slow
def test_recordings_from_a_telephone_are_taken_in(speaking, cli, tmp_path):
    """Files named by their number in the script; what is no recording is named, and the others are kept."""
    folder = tmp_path / "of-tuesday"
    folder.mkdir()
    (folder / "1.wav").write_bytes(wav(tones("Sie haben Rechte")))
    (folder / "digit-plus.wav").write_bytes(wav(tones("plus")))
    (folder / "2.wav").write_bytes(b"no sound")
    (folder / "notes.txt").write_text("read on Tuesday")
    run = cli.run("voice", "import", "de", str(folder), "--by", "S. Haddad", "--audience", "migrants", at=speaking)
    assert run.code == 1 and "notes.txt: is named like no line" in run.err and "2.wav" in run.err
    voice = Recordings(speaking).voice("de", "v1")
    assert len(voice.takes) == 2 and (speaking.root / "recordings/.gitignore").read_text() == "*\n"
    run = cli.run("voice", "status", "--lang", "de", "--audience", "migrants", at=speaking)
    assert "v1, 2 of 12 clips" in run.out and "0: null" in run.out


def test_a_campaign_without_a_voice_is_told_how_to_get_one(signed, cli):
    """Nothing else of it knows that there could be one."""
    run = cli.run("voice", "status", at=signed)
    assert run.code == 1 and "campaign add channel voice" in run.err


def test_without_the_extra_everything_else_works(recorded, monkeypatch, cli):
    """Building a sound names what to install; what has no sound is built."""
    monkeypatch.setattr("campaign.voice.ready", lambda: False)
    report = made(recorded, Edition.REVIEW)
    assert any("not installed" in problem.what for item in report.refused for problem in item.failed)
    assert cli.run("voice", "status", "--lang", "de", at=recorded).code == 0
    assert cli.run("build", "--channel", "sms", "--lang", "de", at=recorded).code == 0


@pytest.mark.breadth
@pytest.mark.slow
def test_the_web_page_plays_what_is_signed_and_nothing_before(recorded):
    """The sound lies beside the page; without a signature on the voice message a released page has none."""
    chosen = Selection(("BE",), ("de",), ("migrants",), ("web",))

    def page(edition):
        report = build(
            recorded,
            edition=edition,
            selection=chosen,
            workers=1,
            today=date(2026, 11, 20),
            progress=lambda done, total: None,
        )
        assert not [item.failed or item.refused for item in report.refused]
        folder = recorded.output(edition) / "BE/de/migrants"
        return (folder / "index.html").read_text(), (folder / "listen.mp3").exists()

    text, there = page(Edition.REVIEW)
    assert there and '<audio controls preload="none" src="listen.mp3"' in text and "media-src" in text
    assert not verify(recorded, Edition.REVIEW).findings
    text, there = page(Edition.RELEASE)
    assert not there and "<audio" not in text and "media-src" not in text
    sign(recorded)
    text, there = page(Edition.RELEASE)
    assert there and "<audio" in text
    out = voices.withdraw(recorded, "de", "v1", date(2026, 11, 20))
    assert [line.split(",")[0] for line in out] == ["BE/de/migrants/listen.mp3"]
    assert page(Edition.RELEASE)[1] is False


@pytest.mark.breadth
@pytest.mark.slow
def test_a_sound_that_is_not_what_was_signed_is_found(recorded):
    """Another file under the same name, with the manifest put right: its digits and words are not those of the cues."""
    from campaign import config, manifest
    from campaign.model.edition import Edition
    from campaign.reporting.sound_proof import prove_sound
    from campaign.voice import coding

    made(recorded, Edition.REVIEW)
    folder = recorded.output(Edition.REVIEW)
    entries = {e.path: e for e in manifest.read(recorded.manifest(Edition.REVIEW), "").entries}
    entry, campaign = entries["BE/de/migrants/voice.wav"], config.load(recorded)
    data = (folder / entry.path).read_bytes()
    assert not prove_sound(recorded, campaign, Edition.REVIEW, entry, data).findings
    samples = coding.decode(data, coding.FORMS["telephone"])
    silence = coding.encode(samples * 0, coding.FORMS["telephone"])
    turned = coding.encode(samples[::-1].copy(), coding.FORMS["telephone"])
    quiet = coding.encode((samples * 0.2).astype("<i2"), coding.FORMS["telephone"])
    short = coding.encode(samples[: len(samples) // 2], coding.FORMS["telephone"])
    for wrong, words in (
        (silence, "LUFS"),
        (turned, "is not heard"),
        (quiet, "LUFS"),
        (short, "it lasts"),
        (b"no sound", "cannot be read"),
    ):
        details = [found.detail for found in prove_sound(recorded, campaign, Edition.REVIEW, entry, wrong).findings]
        assert any(words in detail for detail in details), words


@pytest.mark.breadth
@pytest.mark.slow
def test_the_pack_is_laid_out_for_telephones_and_rapidpro(recorded, cli):
    """Prompts by language and name, a flow that calls and one that sends; `verify` reads the pack again."""
    sign(recorded)
    made(recorded)
    run = cli.run("pack", "voice", "--release", at=recorded)
    assert run.code == 0, run.err
    path = recorded.root / "output/packs/release/voice-BE.zip"
    with zipfile.ZipFile(path) as pack:
        names, rows = (
            set(pack.namelist()),
            list(csv.DictReader(io.StringIO(pack.read("voice.csv").decode("utf-8-sig")))),
        )
        flows = json.loads(pack.read("rapidpro/voice-flows.json"))["flows"]
    prompts = [f"telephone/de/be-migrants-voice-prompt-{n}.wav" for n in (1, 2)]
    assert {
        *prompts,
        "telephone/de/be-migrants-voice.wav",
        "de/migrants/voice.ogg",
        "de/migrants/radio-spot.txt",
    } <= names
    assert {row["file"] for row in rows} <= names and {row["name"] for row in rows} >= {"be-migrants-voice-prompt-1"}
    call, send = flows
    played = [action["audio_url"] for action in call["nodes"][0]["actions"]]
    assert (call["type"], played) == ("voice", [f"@globals.voice_files/{name}" for name in prompts])
    (sent,) = send["nodes"][0]["actions"]
    assert sent["attachments"] == ["audio/ogg:@globals.voice_files/de/migrants/voice.ogg"]
    assert sent["text"] == "Sie haben Rechte, mit oder ohne Papiere"
    assert not verify(recorded, Edition.RELEASE, today=date(2026, 11, 20)).findings
