"""From a fresh workspace to signed voice messages in Arabic and Tigrinya: the whole way, in the languages it is for."""

import shutil
from datetime import date

import pytest
from reader import ESPEAK, espoken, tones, wav

from campaign.editions import voices
from campaign.editions.build import build
from campaign.model.edition import Edition
from campaign.project import Project
from campaign.reporting.verify import verify
from campaign.review.commands import sign_items
from campaign.voice import recordings, taking
from campaign.voice.recordings import Recordings
from campaign.voice.script import DIGITS
from campaign.workspace.selection import Selection

TODAY = date(2026, 11, 20)


@pytest.fixture
def fresh(wide, tmp_path, attest, cli):
    """The wide campaign with a voice that says a title, a step and the numbers."""
    project = Project(shutil.copytree(wide, tmp_path / "fresh"))
    attest(project)
    assert cli.run("add", "channel", "voice", at=project).code == 0
    text = "{{ title }}\n{{ steps_list[0] }}\n\n{{ phone }}\n\n{{ emergency_line }}\n"
    (project.root / "templates/channels/voice.j2").write_text(text, encoding="utf-8")
    return project


@pytest.mark.breadth
@pytest.mark.parametrize("locale", ["ar", "ti"])
def test_a_voice_message_from_nothing_to_a_release(fresh, locale):
    """Read (a machine or tones stand for the reader), agreed, digits written down, listened to, signed, released, proved."""
    chosen = Selection(("BE",), (locale,), ("migrants",), ("voice",))
    script = voices.first(fresh, locale, Selection(("BE",), (locale,), ("migrants",))).script
    assert len(script.numbers) == 3 and len(script.digits) == 11
    voices.agree(fresh, locale, "v1", "S. Haddad", TODAY, date(2030, 1, 1), (), "")
    signs = zip(DIGITS, script.digits, strict=True)
    for words, sign in [(each, "") for each in script.words] + [(each, sign) for sign, each in signs]:
        x = (
            espoken(words.words, locale)
            if ESPEAK and locale == "ar"
            else tones(f"{sign} {words.words}", locale, 0.4 if sign else 0)
        )
        voice = Recordings(fresh).voice(locale, "v1")
        taken = taking.take_in(wav(x), "recording.wav", voice, words.key, words.words, "S. Haddad", sign)
        recordings.keep(fresh, voice, taken.take, taken.flac)
    due = voices.dictation_of(Recordings(fresh).voice(locale, "v1"), script)
    voices.dictated(fresh, locale, "v1", "A. Peeters", due, TODAY)
    sign_items(fresh, locale, chosen, reviewer="M. Weber", role="mediator", on=TODAY, comment="")
    report = build(
        fresh, edition=Edition.RELEASE, selection=chosen, workers=1, today=TODAY, progress=lambda done, total: None
    )
    assert not [item.failed or item.refused for item in report.refused]
    found = verify(fresh, Edition.RELEASE, today=TODAY)
    assert (
        not found.findings
        and (fresh.output(Edition.RELEASE) / f"BE/{locale}/migrants/voice.ogg").stat().st_size > 20_000
    )
