"""Hostile files: whatever the bytes, a reader takes them or says what is wrong, and never falls over."""

from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import TARGETS

from campaign.errors import CampaignError

#: `make fuzz` asks for many.
EXAMPLES = int(os.environ.get("CAMPAIGN_EXAMPLES", "25"))

#: What breaks parsers: ends, quotes, escapes, controls, byte order marks, halves of characters, deep nesting, huge numbers.
NASTY = (b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\\", b"\r\n", b"\n\n", b"\xed\xa0\x80", b"\xe2\x80\xae", b"[" * 2000,
         b"{" * 500, b"99999999999999999999", b"-1", b"null", b"[]", b"{}", b"1e999", b"../../x", b"/etc/passwd", b"true", b"NaN")  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, seed: bytes) -> bytes:
    """The seed with up to six pieces cut out, doubled, or replaced by something nasty."""
    data = seed
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(st.sampled_from(NASTY), st.just(data[start:end] * 2), st.binary(max_size=8)))
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.sample(11)
def test_only_words_for_the_user_come_out(name):
    """Mutations of a real file, and bytes of any kind."""
    read, seed = TARGETS[name]

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(st.one_of(mutations(seed), st.binary(max_size=200)))
    def fuzzed(data: bytes) -> None:
        with contextlib.suppress(CampaignError):
            read(data)

    with contextlib.suppress(CampaignError):
        read(seed)
    fuzzed()
