"""The child process that reads a stranger's recording: bytes in on stdin, samples (mono, 48 kHz, 16 bit) out on stdout.

It is started by path with an empty environment and imports nothing of ours. The container is told by the first bytes,
never guessed: FFmpeg's guess can reach formats that open other files and addresses. From before the first byte of the
recording is looked at, the process opens no file and no socket, writes no file, and has so much memory and time.
"""

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE = 48_000
#: Codecs that telephones, messengers and browsers record with.
CODECS = frozenset(
    (
        *("opus", "libopus", "vorbis", "libvorbis", "aac", "alac", "flac", "mp3", "mp3float", "amrnb", "amrwb"),
        *("pcm_s16le", "pcm_s24le", "pcm_f32le"),
    )
)


def container(head: bytes) -> str:
    """The format that a file begins like; nothing for any other."""
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "matroska"
    if head[4:8] == b"ftyp":
        return "mov"
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"#!AMR"):
        return "amr"
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "mp3"
    return ""


def main() -> int:
    """Decode what comes; 0, or 3 with the reason on stderr."""
    most_bytes, most_seconds, most_cpu, most_memory = map(int, sys.argv[1:5])
    data = sys.stdin.buffer.read(most_bytes + 1)
    if len(data) > most_bytes:
        return _fail(f"has more than {most_bytes / 1e6:g} MB")
    import av
    import numpy  # noqa: F401 - before files are shut off

    _warm(av)
    _shut(most_cpu, most_memory)
    av.logging.set_level(av.logging.PANIC)
    form = container(data[:16])
    if not form:
        return _fail("is no recording of a known kind (WAV, Ogg, WebM, MP4, MP3, FLAC, AMR)")
    try:
        return _decoded(av, data, form, most_seconds)
    except (av.error.FFmpegError, ValueError, EOFError, IndexError, OverflowError) as error:
        return _fail(f"is damaged ({type(error).__name__})")
    except MemoryError:
        return _fail("takes more memory than a recording can need")


def _decoded(av, data: bytes, form: str, most_seconds: int) -> int:  # type: ignore[no-untyped-def]
    options = {"max_streams": "4", "probesize": "2000000", "analyzeduration": "2000000"}
    with av.open(io.BytesIO(data), format=form, options=options) as box:
        if len(box.streams.audio) != 1 or len(box.streams) != 1:
            return _fail("holds something else than one recording")
        stream = box.streams.audio[0]
        coder = stream.codec_context
        if coder.name not in CODECS:
            return _fail(f"is coded as {coder.name[:20]}, which is not read here")
        if not 0 < coder.sample_rate <= 192_000 or not 0 < coder.layout.nb_channels <= 2:
            return _fail("has a sampling rate or channels that no recording has")
        coder.thread_count = 1
        to, left = av.AudioResampler(format="s16", layout="mono", rate=RATE), most_seconds * RATE
        for frame in frames(av.error.InvalidDataError, box, stream):
            frame.pts = None
            for piece in to.resample(frame):
                samples = piece.to_ndarray().tobytes()
                left -= len(samples) // 2
                if left < 0:
                    return _fail(f"is longer than {most_seconds} seconds")
                sys.stdout.buffer.write(samples)
        for piece in to.resample(None):
            sys.stdout.buffer.write(piece.to_ndarray().tobytes())
    return 0


def frames(invalid: type[Exception], box: "InputContainer", stream: "AudioStream") -> "Iterator[AudioFrame]":
    """The frames; `invalid` is PyAV's error for damaged data.

    FFmpeg's parser of FLAC may take the end of the last frame for one more, which is none.
    """
    got, due = 0, stream.duration or 0
    for packet in box.demux(stream):
        try:
            decoded = packet.decode()
        except invalid:
            if stream.codec_context.name == "flac" and got >= due > 0:
                return
            raise
        for frame in decoded:
            got += frame.samples
            yield frame


def _warm(av) -> None:  # type: ignore[no-untyped-def]
    """Let the library import its parts, which it does when they are first used, on a sound of our own."""
    silence = b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0data\x08\0\0\0" + bytes(8)
    with av.open(io.BytesIO(silence), format="wav") as box:
        to = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in box.decode(box.streams.audio[0]):
            [piece.to_ndarray() for piece in to.resample(frame)]
    try:
        av.open(io.BytesIO(b"no sound"), format="matroska")
    except av.error.FFmpegError:
        return


def _shut(most_cpu: int, most_memory: int) -> None:
    """No more files, little time and memory. Windows has no such limits: there the parent's clock and counting hold."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (most_cpu, most_cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most_memory, most_memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _fail(why: str) -> int:
    sys.stderr.write(why)
    return 3


if __name__ == "__main__":
    sys.exit(main())
