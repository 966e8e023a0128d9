"""Sixty recordings that are none, or made to harm: each is named, bounded in time and memory, and nothing is written."""

import struct

import numpy as np
import pytest
from reader import tones, wav

from campaign.errors import CampaignError
from campaign.voice import coding, stranger
from campaign.voice.sound import RATE, pcm

GOOD = pcm(tones("You have rights"))
FORMS = {form.name: coding.encode(GOOD, form) for form in coding.FORMS.values()}


def riff(**changed: int) -> bytes:
    """A WAV file whose head lies."""
    data = bytearray(wav(tones("You have rights")))
    places = {"size": 4, "format": 20, "channels": 22, "rate": 24, "bits": 34, "data": 40}
    for name, value in changed.items():
        width = "<I" if name in ("size", "rate", "data") else "<H"
        struct.pack_into(width, data, places[name], value)
    return bytes(data)


def ftyp(*atoms: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42" + b"".join(atoms)


def atom(name: bytes, data: bytes = b"", size: int | None = None) -> bytes:
    return struct.pack(">I", len(data) + 8 if size is None else size) + name + data


def hostile() -> dict[str, bytes]:
    """The files by what is wrong with them."""
    noise = np.random.default_rng(4).bytes
    found = {
        "empty": b"", "a byte": b"\0", "zeros": bytes(100_000), "noise": noise(100_000),
        "a program": b"MZ" + noise(5000), "a page": b"<html><audio src='file:///etc/passwd'></html>",
        "a playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "a session": b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=audio 5004 RTP/AVP 0\r\n", "dash": b'<?xml version="1.0"?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>',
        "a PDF": b"%PDF-1.7\n" + noise(3000), "a ZIP": b"PK\x03\x04" + noise(3000), "a picture": b"\x89PNG\r\n\x1a\n" + noise(3000),
        "a GIF": b"GIF89a" + noise(2000), "an AVI": b"RIFF\xff\xff\xff\x7fAVI " + noise(3000), "WebP": b"RIFF\x10\0\0\0WEBP" + noise(100),
        "WAV that ends at its head": wav(tones("x"))[:44], "WAV of no bytes a sample": riff(bits=0), "WAV of a strange coder": riff(format=0x0161),
        "WAV of no channel": riff(channels=0), "WAV of sixty thousand channels": riff(channels=60_000), "WAV of no rate": riff(rate=0),
        "WAV of four billion a second": riff(rate=0xFFFFFFFF), "WAV that is too long": wav(np.zeros(61 * 16_000), 16_000)[:8_000_000],
        "too many bytes": wav(np.zeros(5_000_000)), "silence": wav(np.zeros(0)), "WAV of one sample a second": wav(np.zeros(4000), 1),
        "Ogg of nothing": b"OggS" + bytes(60), "Ogg of noise": b"OggS" + noise(20_000), "Ogg that repeats": FORMS["opus"][:200] * 200,
        "WebM of nothing": b"\x1aE\xdf\xa3" + bytes(100), "WebM of noise": b"\x1aE\xdf\xa3" + noise(20_000),
        "WebM whose size has no end": b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(3000), "WebM that nests": b"\x1aE\xdf\xa3\x80" + b"\x18\x53\x80\x67\xff" * 4000,
        "MP4 of nothing": ftyp(), "MP4 of noise": ftyp(noise(20_000)), "MP4 of a huge atom": ftyp(atom(b"moov", b"", 0x7FFFFFFF)),
        "MP4 that nests": ftyp(atom(b"moov", b"", 0) * 5000), "MP4 that refers to a file": ftyp(atom(b"moov", atom(b"trak", atom(b"mdia", atom(b"minf", atom(b"dinf", atom(b"dref", bytes(4) + struct.pack(">I", 1) + atom(b"url ", bytes(4) + b"file:///etc/passwd\0")))))))),
        "MP4 with a table of four billion": ftyp(atom(b"moov", atom(b"trak", atom(b"mdia", atom(b"minf", atom(b"stbl", atom(b"stsz", bytes(8) + b"\xff\xff\xff\xff"))))))),
        "FLAC of nothing": b"fLaC" + bytes(50), "FLAC of noise": b"fLaC" + noise(20_000), "AMR of noise": b"#!AMR\n" + noise(20_000),
        "AMR of nothing": b"#!AMR\n", "MP3 of noise": b"\xff\xfb\x90" + noise(20_000), "MP3 with a head that never ends": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + noise(3000),
        "MP3 of one frame": FORMS["mp3"][:300],
    }  # fmt: skip
    for name, data in FORMS.items():
        found |= {f"{name} cut at {share}": data[: int(len(data) * share)] for share in (0.01, 0.3, 0.97)}
        broken = bytearray(data)
        broken[len(data) // 3 : len(data) // 3 + 400] = noise(400)
        found[f"{name} with noise in it"] = bytes(broken)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data"), hostile().items(), ids=hostile().keys())
@pytest.mark.sample(3)
def test_a_hostile_recording_is_bounded(name, data, tmp_path, monkeypatch):
    """Either it is refused in words, or what can be heard of it comes back: never more than a minute, in bounded time."""
    monkeypatch.chdir(tmp_path)
    try:
        samples = stranger.decoded(data, "recording")
        assert len(samples) <= 60 * RATE and samples.dtype == np.int16
        assert (
            "cut" in name
            or "noise" in name
            or name in ("silence", "WAV of one sample a second", "MP3 of one frame", "Ogg that repeats")
        )
    except CampaignError as error:
        (problem,) = error.problems
        assert problem.where == "recording" and problem.what and problem.todo
    assert not list(tmp_path.iterdir())


def test_there_are_sixty():
    """Kinds of harm and cut files of every form."""
    assert len(hostile()) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("form", ["opus", "mp3", "master"])
@pytest.mark.sample(1)
def test_what_telephones_record_is_read(form):
    """Every form that we write ourselves, as a stranger's file."""
    samples = stranger.decoded(FORMS[form], "recording")
    assert abs(len(samples) - len(GOOD)) < RATE // 10
