"""The translation memory for others: signed sentences with who signed them, read by the tools that others have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from translate.storage.tmx import tmxfile

from campaign.catalogue import store
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.review.memory_out import memory

TITLE = "You have rights, whatever your papers"


def entries(data: bytes) -> dict[str, Any]:
    """The units of a TMX file by their id."""
    return {unit.getid(): unit for unit in tmxfile.parsestring(data).units}


def props(entry: Any) -> dict[str, str]:
    """The properties of a unit."""
    return {prop.get("type"): prop.text for prop in entry.xmlelement.iterchildren("prop")}


def test_signed_sentences_say_who_signed_them_and_when(signed: Project) -> None:
    """Source, text, placeholders, role and day; the same bytes each time; drafts stay at home."""
    made = memory(signed, "de", drafts=False)
    path = signed.catalogue("de")
    known = {unit.source: unit for unit in store.read(path, path.name, "de").units}
    entry = entries(made.data)[known[TITLE].key]
    assert (entry.source, entry.target) == (TITLE, known[TITLE].text)
    assert props(entry)["x-campaign-signed-by"] == "M. Weber (mediator), 2026-11-20"
    assert entry.xmlelement.get("changedate") == "20261120T000000Z"
    assert {props(each)["x-campaign-state"] for each in entries(made.data).values()} == {"signed"}
    assert made.signed == made.count < len(known)
    assert memory(signed, "de", drafts=False).data == made.data


def test_drafts_come_on_request_and_say_that_they_are_drafts(signed: Project) -> None:
    """Every text with its state; each plural form with its category and its own source."""
    made = memory(signed, "ar", drafts=True)
    path = signed.catalogue("ar")
    units = store.read(path, path.name, "ar").units
    found = entries(made.data)
    assert made.signed == 0
    assert {props(entry)["x-campaign-state"] for entry in found.values()} == {"draft"}
    assert all("x-campaign-signed-by" not in props(entry) for entry in found.values())
    plural = next(unit for unit in units if unit.plural)
    forms = [found[f"{plural.key}#{number}"] for number in range(6)]
    assert [entry.target for entry in forms] == list(plural.forms)
    assert [props(entry)["x-campaign-plural"] for entry in forms] == ["zero", "one", "two", "few", "many", "other"]
    assert [entry.source for entry in forms][:2] == [plural.plural, plural.source]
    single = {unit.key: unit for unit in units if not unit.plural}
    assert {key: (found[key].source, found[key].target) for key in single} == {
        key: (unit.source, unit.text) for key, unit in single.items()
    }


def test_the_file_has_the_order_of_the_standard(signed: Project) -> None:
    """Notes, properties, then the two languages; the languages by their tags; no clock in the header."""
    root = etree.fromstring(memory(signed, "ar", drafts=True).data)
    header = root.find("header")
    assert header is not None and (header.get("srclang"), header.get("creationdate")) == ("en", None)
    for unit in root.iter("tu"):
        order = [child.tag for child in unit]
        assert order == sorted(order, key=["note", "prop", "tuv"].index)
        languages = [tuv.get("{http://www.w3.org/XML/1998/namespace}lang") for tuv in unit.iterchildren("tuv")]
        assert languages == ["en", "ar"]


@pytest.mark.parametrize("tag", ["en", "fr", "xx"])
def test_a_language_that_is_none_of_the_campaigns_is_refused(signed: Project, tag: str) -> None:
    """The source, a language that is not in campaign.toml, and none at all."""
    with pytest.raises(CampaignError, match=tag):
        memory(signed, tag, drafts=True)


@pytest.mark.slow
def test_the_command_writes_the_file_and_says_what_it_holds(signed: Project, cli: Any, tmp_path: Path) -> None:
    """Nothing signed is an error that names the way out; with drafts the file is there."""
    done = cli.run("catalogue", "export", "ar", at=signed)
    assert done.code == 1 and "--drafts" in done.err
    target = tmp_path / "de.tmx"
    done = cli.run("catalogue", "export", "de", "--output", str(target), at=signed)
    assert done.code == 0 and "of them signed" in done.out
    assert target.read_bytes() == memory(signed, "de", drafts=False).data
