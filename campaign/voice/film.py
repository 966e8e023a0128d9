"""A film of a voice message: its sound, and a picture for each caption, as H.264 and AAC in MP4."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

import av
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream

from campaign.errors import CampaignError
from campaign.voice.coding import BITEXACT, FORMS, fill, sound_stream
from campaign.voice.sound import RATE, Pcm

#: Pictures a second: captions change within a fifth of a second, and a minute is coded in two.
FPS = 5
#: One thread, so that the same pictures give the same bytes.
_OPTIONS = {"preset": "superfast", "tune": "stillimage", "crf": "26", "x264-params": "threads=1:lookahead-threads=1"}


def encode(samples: Pcm, pictures: Sequence[bytes], starts: Sequence[int]) -> bytes:
    """The film. `pictures` are PNG files of one size, `starts` the samples from which each is shown; the first is shown
    from the beginning.

    Raises:
        CampaignError: the library was built without H.264.
    """
    if "libx264" not in av.codecs_available:
        todo = "install PyAV from PyPI, or take film = true out of campaign.toml"
        raise CampaignError.single("PyAV has no H.264 here (libx264)", where="campaign.toml: voice.film", todo=todo)
    out, form = io.BytesIO(), FORMS["film"]
    frames = [_frame(picture) for picture in pictures]
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact"}) as box:
        stream = box.add_stream("libx264", rate=FPS)
        assert isinstance(stream, VideoStream)  # noqa: S101 - H.264 is pictures
        coder = stream.codec_context
        coder.width, coder.height, coder.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        coder.flags |= BITEXACT
        coder.thread_count, coder.gop_size, coder.options = 1, FPS * 5, dict(_OPTIONS)
        sound = sound_stream(box, form)
        shown = list(_shown(len(samples), starts))
        # Picture and sound second by second, as they lie in the file.
        for second, _ in enumerate(fill(box, sound, samples, form)):
            for number in range(second * FPS, min((second + 1) * FPS, len(shown))):
                frame = frames[shown[number]]
                frame.pts, frame.time_base = number, Fraction(1, FPS)
                box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
        box.mux(sound.encode(None))
    return out.getvalue()


def _frame(png: bytes) -> VideoFrame:
    with av.open(io.BytesIO(png), "r", format="png_pipe") as box:
        frame = next(box.decode(box.streams.video[0])).reformat(format="yuv420p")
    frame.pict_type = PictureType.NONE  # else each of them is coded whole, as it came
    return frame


def _shown(length: int, starts: Sequence[int]) -> Iterator[int]:
    """For each frame the number of the picture that it shows."""
    at = 0
    for number in range(-(-length * FPS // RATE)):
        while at + 1 < len(starts) and starts[at + 1] * FPS <= number * RATE:
            at += 1
        yield at
