"""Sound as the standards measure it: loudness, true peak; one level, soft ends, nothing beyond the ceiling."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader import tones

from campaign.voice import sound
from campaign.voice.sound import RATE


def sine(hertz: float, level: float, seconds: float = 3.0, phase: float = 0.0):
    t = np.arange(int(seconds * RATE)) / RATE
    return 10 ** (level / 20) * np.sin(2 * np.pi * hertz * t + phase)


@pytest.mark.parametrize("level", [-20.0, -36.0])
def test_a_tone_has_the_loudness_that_the_standard_says(level):
    """BS.1770: a sine of 997 Hz at full scale in one channel is -3.01 LUFS."""
    assert sound.loudness(sine(997, level)) == pytest.approx(level - 3.01, abs=0.05)


def test_silence_between_does_not_make_a_voice_quieter():
    """Blocks far below the rest are left out, as the gates of the standard ask."""
    spoken = sine(997, -20)
    assert sound.loudness(np.concatenate([spoken, np.zeros(6 * RATE)])) == pytest.approx(-23.0, abs=0.3)
    assert sound.loudness(np.zeros(RATE)) == -np.inf


@given(st.integers(1, 400_000))
@settings(max_examples=12)
def test_a_sound_of_any_length_is_weighted_whole(samples):
    """Where the filter goes on in a next piece nothing is heard of it."""
    x = sine(440, -12, samples / RATE + 1)[:samples]
    y = sound.weighted(x)
    assert len(y) == samples and np.isfinite(y).all()
    if samples > 20_000:
        assert np.sqrt((y[10_000:] ** 2).mean()) == pytest.approx(np.sqrt((x[10_000:] ** 2).mean()), rel=0.06)


def test_the_peak_between_two_samples_is_found():
    """A tone at a quarter of the rate whose samples all lie 3 dB under its top."""
    assert sound.true_peak(sine(RATE / 4, 0, 1.0, np.pi / 4)[1000:-1000]) == pytest.approx(0, abs=0.4)


@pytest.mark.parametrize("level", [-40.0, -20.0, -1.0])
def test_every_clip_has_one_level_and_keeps_under_the_ceiling(level):
    """However loud it was read."""
    x = tones("You have rights, with or without papers") * 10 ** (level / 20)
    y = sound.levelled(sound.trimmed(x))
    assert sound.true_peak(y) <= -3.0 and sound.loudness(y) == pytest.approx(-16, abs=1.0)


def test_silence_before_and_after_goes():
    """A second of waiting is not kept; the ends are soft."""
    x = np.pad(tones("You have rights")[RATE // 5 : -RATE // 5], RATE)
    y = sound.trimmed(x + np.random.default_rng(1).normal(0, 1e-4, len(x)))
    assert len(y) < len(x) - 1.7 * RATE
    assert abs(y[0]) < 1e-4 and abs(y[-1]) < 1e-4


def test_eleven_digits_take_one_gain():
    """Each measured alone would be uneven: a short one is not made louder than a long one."""
    clips = [0.3 * tones("one"), 0.4 * tones("two")]
    made = sound.together(clips)

    def ratio(pair):
        return np.sqrt((pair[1] ** 2).mean() / (pair[0] ** 2).mean())

    assert ratio(made) == pytest.approx(ratio(clips), rel=0.1)


def test_sixteen_bits_keep_what_they_hold():
    """Beyond full scale is cut, not turned round."""
    assert sound.pcm(np.array([0.0, 0.5, 1.5, -1.5])).tolist() == [0, 16384, 32767, -32768]
