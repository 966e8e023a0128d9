"""What is wrong with a recording is said while it can be read again; a good one is left alone."""

import numpy as np
import pytest
from reader import tones

from campaign.voice import faults
from campaign.voice.sound import RATE

WORDS = "Someone keeps your passport and says that it is for safety."
GOOD = tones(WORDS)
T = np.arange(len(GOOD)) / RATE


@pytest.mark.parametrize(
    ("heard", "code"),
    [
        (np.zeros(RATE), faults.SILENT),
        (np.clip(GOOD * 12, -0.9, 0.9), faults.CLIPPED),
        (GOOD * 0.05, faults.QUIET),
        (GOOD + np.random.default_rng(2).normal(0, 0.01, len(GOOD)), faults.NOISE),
        (GOOD[RATE // 5 + 3000 :], faults.START),
        (GOOD[: -RATE // 5 - 3000], faults.END),
        (GOOD + 0.006 * np.sin(2 * np.pi * 50 * T), faults.HUM),
        (np.concatenate([GOOD, GOOD]), faults.TWICE),
    ],
)
def test_each_fault_is_found(heard, code):
    """And said by its own words."""
    assert code in faults.faults(heard, WORDS) and str(faults.FAULTS[code])


@pytest.mark.parametrize(
    "words", [WORDS, "Payoke", "لك حقوق، مهما كان وضع أوراقك", "ኣብ ሓደጋ ዲኻ፧", "You are free. You have rights."]
)
def test_a_good_recording_has_none(words):
    """Whatever its language, however short."""
    assert faults.faults(tones(words), words, [14.0] * 6) in ((), ("long",), ("short",))
    assert faults.faults(tones(words), words) == ()


def test_a_half_read_sentence_is_measured_by_the_voice_itself():
    """Not by a rate of its language: people read at their own pace."""
    usual = [faults.pace(WORDS, len(GOOD) / RATE - 0.4)] * 6
    assert faults.SHORT in faults.faults(tones(WORDS, seconds=1.5), WORDS, usual)
    assert faults.LONG in faults.faults(tones(WORDS, seconds=9), WORDS, usual)
    assert faults.faults(tones(WORDS, seconds=1.5), WORDS, usual[:3]) == ()
