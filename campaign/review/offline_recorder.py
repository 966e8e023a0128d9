"""The section of an HTML pack in which somebody reads aloud: consent, each line with its recorder, and its scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from importlib import resources

from campaign import languages, voice
from campaign.catalogue.exchange.html import Aloud
from campaign.channels.voice import Voice as Channel
from campaign.errors import CampaignError
from campaign.model.job import Job
from campaign.review.session import Desk
from campaign.review.snapshot import Sheet
from campaign.spoken import PACK, PAGE, texts
from campaign.spoken.guide import Guide
from campaign.voice.recordings import SHORT
from campaign.voice.script import DIGITS, Script
from campaign.words import VOICE

#: How a text of the page is said in its language.
Say = Callable[[str], str]

DEAF = (
    "This browser gives no microphone to a page that was opened from a file. Record each line with the recorder of "
    "your telephone, name the files as the lines are named here (1.m4a, 2.m4a, digit-0.m4a, digit-plus.m4a) and send "
    "them. Whoever gets them runs:"
)
YOURS = "Your recording"
ALONE = "Recordings are in the answer file alone, not in the text for an e-mail."
MORE = "Not every recording fits into one file: keep this one, then make the answer file again for the others."

#: What the catalogue of the pack has of it; the sentences below are those of the review page, said here too.
SAID = (DEAF, YOURS, ALONE, MORE)
KNOWN = (
    "Whoever knows your voice recognises you, and nobody can take it back from a messenger. Your name is not published."
)
CALMLY = "Read this calmly, as you would tell it to somebody you want to help. Wait a second before and after."
DIGIT = "One digit, by itself: numbers are put together from them. As loud and as quick as the others."


@dataclass(frozen=True, slots=True)
class Line:
    """A line to read: the name of its clip, its words, what a file of it is called, and the digit that it says."""

    clip: str
    words: str
    file: str
    sign: str = ""


def recorder(desk: Desk, sheet: Sheet, jobs: Iterable[Job], told: Guide) -> Aloud | None:
    """What makes a pack record the voice messages among `jobs`; None where there is none that can be read aloud."""
    found = [(job, script) for job in jobs if job.channel == VOICE and (script := _script(desk, sheet, job))]
    if not found:
        return None
    scripts = (
        f'<script type="text/plain" id="pcm">{_file("pcm.js")}</script><script>{_file("capture.js")}</script>'
        f"<script>{resources.files('campaign.review').joinpath('recorder.js').read_text(encoding='utf-8')}</script>"
    )
    return Aloud("".join(_section(sheet, found, told)), scripts, " data:", "; media-src blob:")


def _file(name: str) -> str:
    return voice.BROWSER.joinpath(name).read_text(encoding="utf-8")


def _script(desk: Desk, sheet: Sheet, job: Job) -> Script | None:
    """What is read for an item; nothing where it cannot be read, which `check` and `build` say."""
    with desk.lock:
        bench = desk.bench()
        channel = bench.channels[VOICE]
        assert isinstance(channel, Channel)  # noqa: S101 - the list of channels says so
        try:
            return channel.script(bench.renderer.message(job.audience, sheet.locale, job.country, sheet.texts))
        except CampaignError:
            return None


def _section(sheet: Sheet, found: list[tuple[Job, Script]], told: Guide) -> Iterator[str]:
    page, pack = texts(told.tag, PAGE).gettext, texts(told.tag, PACK).gettext
    job = found[0][0]
    command = f"campaign voice import {sheet.locale} FOLDER --audience {job.audience} --country {job.country}"
    read = escape(page("Read so far: %(read)s of %(clips)s"))
    yield f'<section id="voice" data-stop="{escape(page("Stop"))}"><h2>{escape(page("Record a voice"))}</h2>'
    yield f'<p id="deaf" class="warn" hidden>{escape(pack(DEAF))} <code dir="ltr">{escape(command)}</code></p>'
    yield f"<h3>{escape(page('Before you record'))}</h3><p>{escape(page(KNOWN))}</p>"
    yield f"<fieldset><legend>{escape(page('I agree that my voice is used for'))}</legend>"
    for use, words in SHORT.items():
        tick = f'<input type="checkbox" name="use" value="{use}" disabled>'
        yield f'<label class="pick">{tick} {escape(page(words))}</label>'
    yield f'</fieldset><label>{escape(page("until"))} <input type="date" id="until" disabled></label>'
    yield f"<p>{escape(page(CALMLY))}</p>"
    yield f'<p id="read" role="status" data-words="{read}"></p>'
    seen: set[str] = set()
    for each, script in found:
        new = [line for line in _lines(script) if line.clip not in seen]
        seen |= {line.clip for line in new}
        if new:
            yield f"<h3><bdi>{escape(told.said(sheet.campaign.called(each.audience)))} · {each.country}</bdi></h3><ul>"
            yield from (_line(line, sheet.locale, page, pack) for line in new)
            yield "</ul>"
    yield f'<p class="small">{escape(page(DIGIT))}</p>'
    yield f'<p id="alone" class="small" hidden>{escape(pack(ALONE))}</p>'
    yield f'<p id="more" class="warn" role="alert" hidden>{escape(pack(MORE))}</p></section>'


def _lines(script: Script) -> Iterator[Line]:
    for number, words in enumerate(script.words, start=1):
        yield Line(words.key, words.words, str(number))
    for sign, words in zip(DIGITS, script.digits, strict=True):
        yield Line(words.key, words.words, f"digit-{'plus' if sign == '+' else sign}", sign)


def _line(line: Line, locale: str, page: Say, pack: Say) -> str:
    side, place = "rtl" if languages.get(locale).rtl else "ltr", f"line-{line.clip}"
    sign = f' <bdi class="small">{line.sign}</bdi>' if line.sign else ""
    words = f'<span lang="{locale}" dir="{side}" id="{place}">{escape(line.words)}</span>{sign}'
    press = f'<button type="button" aria-pressed="false" aria-describedby="{place}" disabled>{escape(page("Record"))}'
    meter = f'<meter min="0" max="1" low="0.03" high="0.9" value="0" aria-label="{escape(page("How loud"))}"></meter>'
    player = f'<audio controls hidden aria-label="{escape(pack(YOURS))}"></audio>'
    return (
        f'<li data-clip="{line.clip}"><p><code dir="ltr">{line.file}</code> {words}</p>{press}</button> {meter} '
        f'<span role="timer"></span> {player}</li>'
    )
