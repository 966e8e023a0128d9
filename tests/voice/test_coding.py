"""Every form that goes out has the same bytes whenever it is made, and says nothing of where and with what."""

import hashlib
import re
import subprocess
import sys

import numpy as np
import pytest
from reader import tones

from campaign.voice import coding
from campaign.voice.sound import pcm

#: What another process codes: the samples of a file, in every form.
CODED = """
import hashlib, sys
import numpy as np
from campaign.voice import coding
samples = np.frombuffer(sys.stdin.buffer.read(), "<i2")
for form in coding.FORMS.values():
    print(form.name, hashlib.sha256(coding.encode(samples, form)).hexdigest())
"""


@pytest.mark.slow
def test_two_runs_code_the_same_bytes():
    """In this process twice, and in another one: with one version of the library a rebuild changes no file."""
    samples = pcm(tones("You have rights, with or without papers", seconds=2.5))
    first, second = (
        {name: hashlib.sha256(coding.encode(samples, form)).hexdigest() for name, form in coding.FORMS.items()}
        for _ in range(2)
    )
    done = subprocess.run([sys.executable, "-c", CODED], input=samples.tobytes(), capture_output=True, check=True)
    other = dict(line.split() for line in done.stdout.decode().splitlines())
    assert first == second == other


@pytest.mark.parametrize("name", coding.FORMS)
def test_a_file_says_nothing_of_who_made_it(name):
    """No title, no date, no name of a coder: a file that travels gives nobody away."""
    data = coding.encode(np.zeros(24_000, "<i2"), coding.FORMS[name])
    assert not {key: value for key, value in coding.tags(data).items() if key not in ("language", "handler_name")}
    assert not re.search(rb"Lav[fc][0-9]", data)
