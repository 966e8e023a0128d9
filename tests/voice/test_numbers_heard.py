"""No wrong number passes and no right one is refused: four voices, every form that goes out.

VOICE_NUMBERS=500 in the environment takes as many of each, over all voices and forms (make voice-numbers).
"""

import os

import pytest
from numbers_said import VOICES, Said, heard_right, numbers, wrong

from campaign.voice.coding import FORMS

COUNT = max(int(os.environ.get("VOICE_NUMBERS", "32")) // (len(VOICES) * len(FORMS)), 1)


@pytest.mark.slow
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.sample(1)
def test_no_wrong_number_passes_and_no_right_one_is_refused(voice, form):
    """One digit another, swapped, dropped or doubled."""
    seed = sorted(FORMS).index(form.name) * 10 + VOICES.index(voice)
    wrongly = list(wrong(COUNT, seed))
    assert [each for each, passed in zip(wrongly, heard_right(voice, form, wrongly), strict=True) if passed] == []
    right = [Said(number, number) for number in numbers(COUNT, 1000 + seed)]
    assert [each for each, passed in zip(right, heard_right(voice, form, right), strict=True) if not passed] == []
