"""Answers pasted into an e-mail come back from any mail program, or are said to be damaged."""

from __future__ import annotations

import base64
import json
import re
import textwrap
import zlib
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.catalogue import store
from campaign.catalogue.exchange import mail
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.review.export_bundle import export
from campaign.review.import_bundle import Taken, take
from campaign.workspace.selection import Selection

ON = date(2026, 11, 24)
RECORD = {
    "campaign-answers": 1,
    "pack": "8611411779506611",
    "language": "ar",
    "name": "ه. صالح",
    "role": "mediator",
    "answers": [
        {
            "key": "a1",
            "forms": ['حقوقك: "محفوظة" دائمًا، مهما كانت أوراقك', "it's a (b) > c"],
            "answer": "good",
            "comment": "",
        },
        {"key": "b2", "forms": ["Sie sagte: „Nein“, und ging 24/7"], "answer": "changed", "comment": "a\nb, \\ c"},
    ],
}
JSON = json.dumps(RECORD, ensure_ascii=False)


def block(text: str) -> str:
    """What the page offers to paste."""
    lines = textwrap.wrap(base64.b64encode(text.encode()).decode(), 60)
    return "\n".join(["CAMPAIGN ANSWERS BEGIN", *lines, f"CAMPAIGN ANSWERS END {zlib.crc32(text.encode()):08x}"])


def smart(text: str) -> str:
    """Straight quotes as word processors write them."""
    text = re.sub(r'(^|(?<=[\s\[{(:,]))"', "“", text)
    return text.replace('"', "”").replace("'", "’")


def quoted(text: str) -> str:
    """The lines of a reply."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def html_mail(text: str) -> str:
    """The mail as a page."""
    rows = "".join(f"<div>&gt; {line}<br></div>" for line in text.split("\n"))
    return f'<html><body style="x">Hallo,<br>{rows}</body></html>'


def message(text: str, encoding: str) -> bytes:
    """The whole message as a file (.eml)."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Antworten", "a@example.org", "b@example.org"
    made.set_content(f"Guten Tag,\n\n{text}\n\n-- \nهالة", cte=encoding)
    return made.as_bytes()


WAYS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "greeting and signature": lambda text: f"Guten Tag,\n\nhier die Antworten:\n{text}\n\n-- \nهالة صالح\n".encode(),
    "quoted": lambda text: quoted(text).encode(),
    "quoted twice": lambda text: quoted(quoted(text)).encode(),
    "quoted without a space": lambda text: quoted(text).replace("> ", ">").encode(),
    "byte order mark": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "UTF-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "wrapped at 40": lambda text: "\n".join(
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, 40, break_long_words=False, break_on_hyphens=False)
    ).encode(),
    "everything at once": lambda text: (
        "\ufeffHi!\n" + quoted(textwrap.fill(text, 60, break_on_hyphens=False)) + "\n--\nx"
    ).encode(),
    "a message in base64": lambda text: message(text, "base64"),
    "a message in quoted-printable": lambda text: message(text, "quoted-printable"),
}


@pytest.mark.parametrize("way", [*WAYS, "smart quotes", "a page", "broken lines", "no lines", "initials"])
def test_the_block_comes_back_from_any_mail_program(way: str) -> None:
    """Byte for byte what the page made, or nothing."""
    more: dict[str, Callable[[str], bytes]] = {
        "smart quotes": lambda text: smart(f'"Hi", it\'s {text}').encode(),
        "a page": lambda text: html_mail(text).encode(),
        "broken lines": lambda text: text.replace("\n", " \n\n").encode(),
        "no lines": lambda text: text.replace("\n", " ").encode(),
        "initials": lambda text: "\n".join(f"JD> {line}" for line in text.split("\n")).encode(),
    }
    assert mail.find((WAYS | more)[way](block(JSON)), "a.txt") == JSON.encode()


@pytest.mark.parametrize("way", [name for name in WAYS if name != "a message in quoted-printable"])
@pytest.mark.parametrize("quotes", ["straight", "smart"])
def test_bare_json_of_an_earlier_page_is_put_together(way: str, quotes: str) -> None:
    """Packs that were sent out before offered JSON: wrapped, quoted, with smart quotes, it says the same."""
    record = {**RECORD, "answers": [{"key": "a1", "forms": ["حقوقك محفوظة دائمًا، مهما كانت أوراقك"], "answer": "good"}]}
    text = json.dumps(record, ensure_ascii=False)
    found = mail.find(WAYS[way](smart(text) if quotes == "smart" else text), "a.txt")
    assert found is not None
    assert json.loads(found) == record


def test_quotes_in_a_text_are_no_quotes_of_the_notation() -> None:
    """A text with quotes of its own survives the smart quotes around it."""
    text = JSON.replace("it's", "its").replace('\\"محفوظة\\"', "محفوظة")
    found = mail.find(smart(text).encode(), "a.txt")
    assert found is not None
    assert json.loads(found) == json.loads(text)


DAMAGED = {
    "a line lost": lambda text: "\n".join(text.split("\n")[:2] + text.split("\n")[3:]),
    "a letter changed": lambda text: text.replace(text[40], "A" if text[40] != "A" else "B", 1),
    "the end lost": lambda text: text.rpartition("CAMPAIGN")[0],
    "another sum": lambda text: text[:-8] + "00000000",
    "two of them": lambda text: text + "\n" + block(JSON.replace("good", "reject")),
    "nothing inside": lambda text: "CAMPAIGN ANSWERS BEGIN\nCAMPAIGN ANSWERS END 00000000",
}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_was_damaged_on_its_way_is_refused(case: str) -> None:
    """Nothing is half taken: the check sum says that a part is missing."""
    with pytest.raises(CampaignError, match=r"a\.txt"):
        mail.find(DAMAGED[case](block(JSON)).encode(), "a.txt")


def test_the_same_answers_twice_are_one() -> None:
    """A reply that quotes what it answers holds the block two times."""
    assert mail.find((block(JSON) + "\n\n" + quoted(block(JSON))).encode(), "a.txt") == JSON.encode()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_answers_or_none(data: bytes) -> None:
    """No bytes end in a traceback."""
    try:
        mail.find(data, "a.txt")
        mail.find(b'> {"campaign-answers"' + data, "a.txt")
        mail.find(b"CAMPAIGN ANSWERS BEGIN" + data, "a.txt")
    except CampaignError:
        pass


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(20, 100))
def test_any_answers_survive_wrapping_and_quoting(text: str, width: int) -> None:
    """Whatever somebody typed comes back byte for byte."""
    wrapped = "\n".join(part for line in block(text or "x").split("\n") for part in re.findall(f".{{1,{width}}}", line))
    if width >= 35:  # the marks themselves stay on a line
        assert mail.find(quoted(wrapped).encode(), "a.txt") == (text or "x").encode()


@pytest.mark.slow
def test_a_mail_with_answers_is_imported(workspace: Project, tmp_path: Path) -> None:
    """From the pack to the catalogue: a text and a signature out of an e-mail that was saved as it came."""
    page = export(workspace, "ar", "html", Selection(audiences=("migrants",), channels=("sms",)), ON).data.decode()
    about = json.loads(re.search(r'id="about"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    path = workspace.catalogue("ar")
    known = [unit for unit in store.read(path, path.name, "ar").units if unit.key in page]
    answers = [
        {
            "key": unit.key,
            "source_hash": unit.source_hash,
            "text_hash": unit.text_hash,
            "forms": list(unit.forms),
            "answer": "good",
            "comment": "",
        }
        for unit in known
    ]
    whole = {**RECORD, "pack": about["pack"], "answers": answers}
    file = tmp_path / "mail.txt"
    file.write_bytes(WAYS["everything at once"](block(json.dumps(whole, ensure_ascii=False))))
    assert take(workspace, file, ON) == Taken("ar", 0, len(known), 0, 0, ())
