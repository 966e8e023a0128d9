"""Sound as files and back: the forms that go out, each with the same bytes whenever it is made with one library."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer

from campaign.errors import CampaignError
from campaign.voice.child import frames
from campaign.voice.sound import RATE, Pcm

#: Codec contexts write neither the name nor the version of the coder (AV_CODEC_FLAG_BITEXACT).
BITEXACT = 1 << 23


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a voice message: its file, how it is coded, for what it is used (recordings.USES) and how loud it is.

    `beside` is its name beside a page. `gain` is in dB against a master at -16 LUFS: a telephone line wants it lower.
    """

    name: str
    file: str
    media_type: str
    container: str
    codec: str
    rate: int
    sample: str
    use: str
    bits: int = 0
    gain: float = 0.0
    beside: str = ""


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("opus", "voice.ogg", "audio/ogg", "ogg", "libopus", 48_000, "s16", "messengers", 24_000),
        Form("mp3", "voice.mp3", "audio/mpeg", "mp3", "libmp3lame", 48_000, "s16p", "web", 64_000, beside="listen.mp3"),
        Form("telephone", "voice.wav", "audio/wav", "wav", "pcm_mulaw", 8_000, "s16", "telephone", gain=-4.0),
        Form("film", "voice.mp4", "video/mp4", "mp4", "aac", 48_000, "fltp", "video", 64_000),
        Form("master", "voice.flac", "audio/flac", "flac", "flac", 48_000, "s16", "radio"),
    )
}

#: What each coder is told beside its rate: speech; LAME's quick setting, which is as good for one voice.
_OPTIONS = {
    "libopus": {"application": "voip", "vbr": "on", "frame_duration": "20"},
    "libmp3lame": {"compression_level": "7"},
    "flac": {"compression_level": "5"},
}
_BOXES = {"mp3": {"write_xing": "1", "id3v2_version": "0"}}


def form_of(file: str) -> Form:
    """The form of a file of a voice message by its name; prompts have that of the telephone."""
    return next((form for form in FORMS.values() if file in (form.file, form.beside)), FORMS["telephone"])


@cache
def tool() -> str:
    """What codes sound here, for records: its bytes are the same in another run of the same version alone."""
    return f"av{metadata.version('av')}"


def encode(samples: Pcm, form: Form) -> bytes:
    """A file in a form. It says nothing of where, when and with what it was made."""
    out = io.BytesIO()
    options = {"fflags": "+bitexact", **_BOXES.get(form.container, {})}
    with av.open(out, "w", format=form.container, options=options) as box:
        stream = sound_stream(box, form)
        for _ in fill(box, stream, samples, form):
            pass
        box.mux(stream.encode(None))
    data = out.getvalue()
    return _numbered(data) if form.container == "ogg" else data


def sound_stream(box: OutputContainer, form: Form) -> AudioStream:
    """The sound of a file in a form, ready to be filled."""
    stream = box.add_stream(form.codec, rate=form.rate)
    assert isinstance(stream, AudioStream)  # noqa: S101 - every form is sound
    coder = stream.codec_context
    coder.layout, coder.format = "mono", form.sample
    coder.flags |= BITEXACT
    coder.options = dict(_OPTIONS.get(form.codec, {}))
    if form.bits:
        coder.bit_rate = form.bits
    return stream


def fill(box: OutputContainer, stream: AudioStream, samples: Pcm, form: Form) -> Iterator[int]:
    """Write the samples into a sound, and give the place after each second."""
    level = 10 ** (form.gain / 20)
    scaled = samples if form.gain == 0 else np.rint(samples.astype(np.float64) * level).astype("<i2")
    to = av.AudioResampler(format=form.sample, layout="mono", rate=form.rate)
    for at in range(0, len(scaled), RATE):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(scaled[at : at + RATE]).reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts = RATE, at
        for piece in to.resample(frame):
            box.mux(stream.encode(piece))
        yield at + RATE
    for piece in to.resample(None):
        box.mux(stream.encode(piece))


#: The number that a stream has in an Ogg file, where a library draws one by chance.
_SERIAL = struct.pack("<I", 1)


def _numbered(ogg: bytes) -> bytes:
    """An Ogg file whose stream has always the same number, with the checksums of its pages made anew."""
    out, at = bytearray(ogg), 0
    while at < len(out):
        segments = out[at + 26]
        end = at + 27 + segments + sum(out[at + 27 : at + 27 + segments])
        out[at + 14 : at + 18] = _SERIAL
        out[at + 22 : at + 26] = bytes(4)
        out[at + 22 : at + 26] = struct.pack("<I", _checksum(bytes(out[at:end])))
        at = end
    return bytes(out)


@cache
def _reversed(byte: int) -> int:
    return int(f"{byte:08b}"[::-1], 2)


_TABLE = bytes(_reversed(byte) for byte in range(256))


def _checksum(page: bytes) -> int:
    """The checksum of an Ogg page (RFC 3533): CRC-32 with the bits the other way round, beginning and ending at 0.

    zlib begins and ends at all ones and counts bits from the other end.
    """
    found = zlib.crc32(page.translate(_TABLE), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{found:032b}"[::-1], 2)


def decode(data: bytes, form: Form, *, seconds: float = 600) -> Pcm:
    """The samples of a file of ours at 48 kHz, with what a coder puts before them taken away.

    Raises:
        CampaignError: it is no such file, or longer than `seconds`.
    """
    left, found = int(seconds * RATE), list[Pcm]()
    try:
        with av.open(io.BytesIO(data), "r", format=form.container) as box:
            (stream,) = box.streams.audio
            if stream.codec_context.name not in (form.codec, form.codec.removeprefix("lib"), "mp3float"):
                raise ValueError(f"coded as {stream.codec_context.name}")
            to = av.AudioResampler(format="s16", layout="mono", rate=RATE)
            for frame in (*frames(av.error.InvalidDataError, box, stream), None):
                if frame is not None:
                    frame.pts = None
                for piece in to.resample(frame):
                    samples = np.asarray(piece.to_ndarray(), dtype="<i2").reshape(-1)
                    left -= len(samples)
                    if left < 0:
                        raise ValueError(f"longer than {seconds:g} seconds")
                    found.append(samples)
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise CampaignError.single(f"cannot be read as {form.name}: {error}", todo="make it again") from error
    return np.concatenate(found) if found else np.zeros(0, "<i2")


#: What every MP4 file says of its own build.
_MP4 = frozenset(
    (
        *(("major_brand", "isom"), ("minor_version", "512"), ("compatible_brands", "isomiso2avc1mp41")),
        *(("compatible_brands", "isomiso2mp41"), ("language", "und"), ("vendor_id", "[0][0][0][0]")),
        *(("handler_name", "SoundHandler"), ("handler_name", "VideoHandler")),
    )
)


def tags(data: bytes) -> Mapping[str, str]:
    """What a finished file says about itself: title, coder, comments. Ours say nothing."""
    try:
        with av.open(io.BytesIO(data)) as box:
            said = [*box.metadata.items(), *(tag for stream in box.streams for tag in stream.metadata.items())]
            return {name: value for name, value in said if (name, value) not in _MP4}
    except av.error.FFmpegError:
        return {}
