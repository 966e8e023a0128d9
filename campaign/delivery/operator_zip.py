"""One ZIP for each country and receiver, made of files that were built and still are what was checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from campaign import config, exports, languages
from campaign import manifest as manifests
from campaign.audit.proof import PICTURES, prove
from campaign.channels.social import CARDS
from campaign.counting.platforms import platforms
from campaign.delivery import voice_pack
from campaign.delivery.handover import Handover, hashes
from campaign.delivery.moved import redirects
from campaign.editions import aggregates
from campaign.editions.clearance import cleared
from campaign.errors import CampaignError, Problem
from campaign.exports import archive, table, whatsapp
from campaign.exports.sending import Sending
from campaign.exports.whatsapp import Template
from campaign.ledger import releases
from campaign.ledger.releases import History
from campaign.manifest import Entry
from campaign.model import output_path
from campaign.model.campaign import Campaign
from campaign.model.digest import digest
from campaign.model.edition import Edition
from campaign.model.output_path import packed
from campaign.project import Project, locked, write_atomic
from campaign.words import SPOKEN
from campaign.workspace.selection import Selection

Files = Mapping[str, bytes]

#: How many languages or audiences the name of a pack names one by one.
FEW = 3

#: Whom each kind of pack is for, as the history names them.
RECEIVERS = {"sms": "SMS operator", "social": "social media", "web": "web site", "voice": "voice and radio"}


@dataclass(frozen=True, slots=True)
class OperatorZip:
    """A ZIP that was written: how many files it holds. `draft` says that they are no release."""

    path: Path
    country: str
    files: int
    draft: bool


@dataclass(frozen=True, slots=True)
class _Built:
    """The files of one country that go into a pack, each whole; of a release, with what was released before."""

    campaign: Campaign
    entries: Sequence[Entry]
    data: Mapping[str, bytes]
    past: History
    draft: bool

    def text(self, entry: Entry) -> str:
        return self.data[entry.path].decode("utf-8")


def sms(project: Project, edition: Edition, selection: Selection, today: date) -> tuple[OperatorZip, ...]:
    """The files of every export format for each country.

    Raises:
        CampaignError: nothing was built, a file changed since, a contact of a release expired since, a text that a
            receiver would refuse.
    """
    return _pack(project, edition, selection, today, "sms", is_sms, _sms_files)


def is_sms(entry: Entry) -> bool:
    """Whether a file is the text of an SMS."""
    return entry.channel == "sms" and entry.media_type == "text/plain"


def social(project: Project, edition: Edition, selection: Selection, today: date) -> tuple[OperatorZip, ...]:
    """Posts, cards and descriptions, contact sheets, posts.csv that lists them; WhatsApp's templates.

    Raises CampaignError as `sms`.
    """
    return _pack(project, edition, selection, today, "social", lambda e: e.channel == "social", _social_files)


def web(project: Project, edition: Edition, selection: Selection, today: date) -> tuple[OperatorZip, ...]:
    """The pages and language choosers under the addresses that QR codes lead to. Raises CampaignError as `sms`."""
    return _pack(project, edition, selection, today, "web", is_site, _web_files)


def is_site(entry: Entry) -> bool:
    """Whether a file belongs on the web site: a page, or the sound beside it."""
    return entry.channel == "web" and entry.media_type != "application/json"


def voice(project: Project, edition: Edition, selection: Selection, today: date) -> tuple[OperatorZip, ...]:
    """Voice messages, prompts, captions, radio spots, RapidPro flows, and voice.csv that lists them.

    Raises CampaignError as `sms`.
    """
    return _pack(project, edition, selection, today, "voice", is_voice, _voice_files)


def is_voice(entry: Entry) -> bool:
    """Whether a file goes to whoever plays voice messages: not the script to read from."""
    return entry.channel == "voice" and entry.format in SPOKEN


def _pack(
    project: Project,
    edition: Edition,
    selection: Selection,
    today: date,
    kind: str,
    wanted: Callable[[Entry], bool],
    files: Callable[[_Built], Files],
) -> tuple[OperatorZip, ...]:
    # A build takes away the packs of its edition when it begins: none may be made of the old files before it ends.
    with locked(project.record(edition), project.name(project.output(edition))):
        campaign = config.load(project)
        chosen = Selection(selection.countries, selection.locales, selection.audiences).resolve(campaign)
        manifest = manifests.read(project.manifest(edition), project.name(project.manifest(edition)))
        by_country: dict[str, list[Entry]] = defaultdict(list)
        for entry in manifest.entries:
            if wanted(entry) and _chosen(chosen, entry, campaign):
                by_country[entry.country].append(entry)
        if not any(_is_item(entry) for entries in by_country.values() for entry in entries):
            option = "" if edition == Edition.REVIEW else " --release"
            raise CampaignError.single(
                f"the {edition} edition holds nothing of this for the {kind} pack",
                where=project.name(project.output(edition)),
                todo=f"build it: campaign build{option}",
            )
        leaving = [entry for entries in by_country.values() for entry in entries]
        with cleared(project, leaving, manifest.entries, today) if edition == Edition.RELEASE else nullcontext():
            made = {
                country: files(_read(project, edition, campaign, entries))
                for country, entries in sorted(by_country.items())
            }
            return tuple(
                _write(project, edition, _name(kind, country, selection), contents, by_country[country], today)
                for country, contents in made.items()
            )


def _name(kind: str, country: str, asked: Selection) -> str:
    """The name of a pack. One of some languages or audiences says which: it takes no other one's place."""
    parts = [kind, country]
    for names in (asked.locales, asked.audiences):
        parts += names if len(names) <= FEW else [f"{len(names)}.{digest(*names)[:6]}"]
    return f"{'-'.join(parts)}.zip"


def _write(
    project: Project, edition: Edition, name: str, contents: Files, entries: Sequence[Entry], today: date
) -> OperatorZip:
    """Write a pack, and before it the history of what is handed over."""
    path = project.inside(project.packs(edition) / name)
    comment = b""
    if edition == Edition.RELEASE:
        handover = Handover(project, today, (entry.locale for entry in entries if entry.locale))
        # What is in the pack, and the files of the edition that it was made of: a recall looks for those.
        handover.pack(
            path, RECEIVERS[name.partition("-")[0]], (*hashes(contents), *(entry.sha256 for entry in entries))
        )
        handover.remember()
        comment = handover.comment
    write_atomic(path, archive.zipped(contents, comment))
    return OperatorZip(path, entries[0].country, len(contents), edition == Edition.REVIEW)


def _chosen(chosen: Selection, entry: Entry, campaign: Campaign) -> bool:
    """Whether a file is asked for; a contact sheet with its language, a chooser with its message."""
    return (
        entry.country in chosen.countries
        and (entry.locale in chosen.locales or entry.format == aggregates.CHOOSER)
        and (entry.audience in chosen.audiences or entry.format == aggregates.SHEET)
    )


def _is_item(entry: Entry) -> bool:
    return entry.format not in aggregates.FORMATS


def _read(project: Project, edition: Edition, campaign: Campaign, entries: Sequence[Entry]) -> _Built:
    """The bytes of these files. Raises CampaignError when one is damaged or shows a wrong number."""
    folder = project.output(edition)
    wrong = [
        Problem(entry.path, str(reason), "build again: campaign build")
        for entry, reason in manifests.damaged(folder, entries)
    ]
    if wrong:
        raise CampaignError(wrong)
    data = {entry.path: project.built(edition, entry.path).read_bytes() for entry in entries}
    for entry in entries:
        if entry.media_type in PICTURES:
            continue  # `verify` reads them
        for finding in prove(entry, data[entry.path], campaign, ocr=False).findings:
            wrong.append(Problem(finding.where, finding.detail, "correct the text or contacts.toml, and build again"))
    if wrong:
        raise CampaignError(wrong)
    order = {locale: number for number, locale in enumerate(campaign.languages)}
    entries = sorted(entries, key=lambda e: (e.audience, order.get(e.locale, -1), e.path))
    past = releases.read(project.history, project.name(project.history)) if edition == Edition.RELEASE else History()
    return _Built(campaign, entries, data, past, edition == Edition.REVIEW)


def _sms_files(built: _Built) -> Files:
    plan, base = built.campaign.sms, built.campaign.source_language
    sendings = [Sending.of(e.country, e.locale, e.audience, built.text(e), plan) for e in built.entries]
    return exports.files(sendings, base, built.campaign.edition.isoformat())


def _social_files(built: _Built) -> Files:
    files = {**{packed(e.path): built.data[e.path] for e in built.entries}, "posts.csv": _posts(built)}
    # A template is sent to WhatsApp to be approved: there is none of a draft.
    return files if built.draft else {**files, whatsapp.FILE: _templates(built)}


def _templates(built: _Built) -> bytes:
    """The posts for WhatsApp as message templates; a number is a country's, so its name says which."""
    posts = (entry for entry in built.entries if entry.format == "whatsapp")
    made = (
        Template(whatsapp.name(e.audience, e.country), e.locale, whatsapp.MARKETING, built.text(e).strip())
        for e in posts
    )
    return whatsapp.as_json(whatsapp.document(made)[0])


def _posts(built: _Built) -> bytes:
    """A row for each post of each platform, with the picture that suits it and its description."""
    columns = ("language", "lang_bcp47", "audience", "platform", "post", "text_file", "count", "unit", "limit")
    return table.write((*columns, "picture", "description_file"), _rows(built))


def _rows(built: _Built) -> Iterator[tuple[str | int, ...]]:
    have = {packed(entry.path) for entry in built.entries}
    for entry in built.entries:
        platform = platforms().get(entry.format)
        if platform is None:
            continue
        path = PurePosixPath(packed(entry.path))
        number = path.stem.removeprefix(platform.id).lstrip("-") or "1"
        cost = platform.cost(built.text(entry), post=True)
        card = f"card-{platform.card}"
        assert card in CARDS  # noqa: S101 - data/platforms.toml names a card that exists
        pictures = [name if str(path.with_name(name)) in have else "" for name in (f"{card}.png", f"{card}-alt.txt")]
        language = languages.get(entry.locale)
        yield (
            language.english,
            language.tag,
            entry.audience,
            platform.name,
            int(number),
            str(path),
            cost.length,
            cost.unit,
            cost.limit,
            *(pictures if number == "1" else ("", "")),
        )


def _web_files(built: _Built) -> Files:
    pages = {on_site(built.campaign, entry): built.data[entry.path] for entry in built.entries}
    return {**redirects(built.campaign, built.past, built.entries), **pages}


def _voice_files(built: _Built) -> Files:
    return voice_pack.files(built.entries, built.data, built.campaign.source_language)


def on_site(campaign: Campaign, entry: Entry) -> str:
    """Where a page lies in the ZIP of a web site: where QR codes lead to."""
    folder = campaign.folder(entry.country, entry.locale, entry.audience)
    return f"{folder}/{output_path.parse(entry.path).name}"
