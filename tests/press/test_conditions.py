"""A print profile whose colours, press and name disagree is refused; the job ticket says how many, and whom to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campaign.errors import CampaignError
from campaign.model.print_profile import PrintProfile
from campaign.press import conditions, quantities
from campaign.press.profiles import InkProfile
from campaign.project import Project
from campaign.workspace import loader


def described(words: str) -> InkProfile:
    """A profile that says this of itself."""
    return InkProfile("press.icc", b"", words)


COATED, SWOP, OWN = (
    described(words) for words in ("FOGRA39L Coated", "U.S. Web Coated (SWOP) v2", "Druckhaus Mitte 2024")
)


@pytest.mark.parametrize(
    ("condition", "convert", "intent"),
    [
        ("FOGRA39", described("ISO Coated v2 300% (basICColor)"), COATED),
        ("FOGRA51", described("PSO Coated v3"), described("PSOcoated_v3")),
        ("FOGRA52", described("PSO Uncoated v3 (FOGRA52)"), described("PSO Uncoated v3 (FOGRA52)")),
        ("newspaper", described("WAN-IFRAnewspaper26v5"), described("ISOnewspaper26v4")),
        ("CGATS TR 006", described("GRACoL2006_Coated1v2"), described("GRACoL2006_Coated1v2")),
        ("SWOP", SWOP, SWOP),
        ("our own press", OWN, OWN),
        ("FOGRA39", OWN, OWN),
    ],
)
def test_profiles_of_one_condition_agree(condition, convert, intent):
    """Named ones by any of their names, and a printer's own profile under any name."""
    conditions.agree(PrintProfile("p", condition=condition), convert, intent)


@pytest.mark.parametrize(
    ("condition", "convert", "intent", "said"),
    [
        ("FOGRA39", SWOP, SWOP, "convert = .* is a profile of SWOP, the condition is FOGRA39"),
        ("FOGRA39", COATED, SWOP, "intent = .* is a profile of SWOP"),
        ("FOGRA51", COATED, COATED, "is a profile of FOGRA39, the condition is FOGRA51"),
        ("our own press", COATED, SWOP, "convert"),
        ("coated", COATED, COATED, "is no name of FOGRA39"),
    ],
    ids=["both of another", "only the intent", "older coated paper", "own name", "a name for nothing"],
)
def test_profiles_that_disagree_are_refused(condition, convert, intent, said):
    """Whatever two of the three disagree: a file that says FOGRA39 and was made for SWOP comes out in wrong colours."""
    with pytest.raises(CampaignError, match=said):
        conditions.agree(PrintProfile("p", condition=condition), convert, intent)


def test_the_shipped_profiles_agree(room):
    """The reference campaign's own two files are FOGRA39."""
    conditions.agree(PrintProfile("standard"), room.inks.profile, room.intent)


def test_newspaper_bears_less_ink():
    """The limit of the condition holds where a profile names a higher one."""
    assert conditions.bounded(PrintProfile("p", condition="IFRA26")).max_ink == 220
    assert conditions.bounded(PrintProfile("p", condition="FOGRA39", max_ink=280)).max_ink == 280


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_says_how_many_of_each(workspace: Project, sign):
    """As any spreadsheet program saves it; a row of a country holds for this country alone."""
    rows = [("Language", "Audience", "Format", "Quantity", "Country"), ("de", "migrants", "palm-card", "500", "")]
    rows.append(("de", "migrants", "palm-card", "2000", "BE"))
    text = "\n".join(sign.join(row) for row in rows)
    (workspace.config.parent / "quantities.csv").write_text(text, encoding="utf-8-sig")
    found = quantities.read(workspace, "quantities.csv", loader.load(workspace).campaign)
    assert found.quantity("BE", "de", "migrants", "palm-card") == 2000
    assert found.quantity("XX", "de", "migrants", "palm-card") == 500
    assert found.quantity("BE", "ar", "migrants", "palm-card") is None


def test_every_wrong_line_of_the_table_is_named(workspace: Project):
    """Unknown names, what is no number, a job twice, a missing column, no file: each with its line."""
    campaign = loader.load(workspace).campaign
    path = workspace.config.parent / "quantities.csv"
    path.write_text(
        "language,audience,format,quantity\nxx,migrants,palm-card,5\nde,nobody,a9,5\nde,migrants,palm-card,many\n"
        "de,migrants,palm-card,5\nde,migrants,palm-card,6\n",
        encoding="utf-8",
    )
    with pytest.raises(CampaignError) as caught:
        quantities.read(workspace, path.name, campaign)
    lines = [(problem.where, problem.what) for problem in caught.value.problems]
    assert [where for where, _ in lines] == [f"quantities.csv:{line}" for line in (2, 3, 3, 4, 6)]
    assert "'xx' is not in campaign.toml" in lines[0][1] and "earlier line" in lines[-1][1]
    path.write_text("language,quantity\n", encoding="utf-8")
    with pytest.raises(CampaignError, match="lacks the column audience"):
        quantities.read(workspace, path.name, campaign)
    path.unlink()
    with pytest.raises(CampaignError, match="cannot be read"):
        quantities.read(workspace, path.name, campaign)


def test_a_profile_without_a_table_has_no_quantities(workspace: Project):
    """Nothing is asked for where no file is named."""
    campaign = loader.load(workspace).campaign
    profile = replace(PrintProfile("p"), quantities="")
    assert quantities.read(workspace, profile.quantities, campaign).quantity("BE", "de", "migrants", "x") is None


def test_one_ink_is_one_plate(room):
    """A press with a single ink gets nothing on the other plates; white type stays white, dark type is the whole ink."""
    from campaign.press import x4
    from campaign.press.colour import OneInk
    from campaign.press.preflight.walk import walk

    message = room.message()
    laid = room.laid("palm-card", message)
    what = x4.PressFile("t", "ar", room.campaign.edition, room.intent, "FOGRA39", 3.0)
    painted = [item for item in walk(x4.convert(laid.pdf, OneInk(), what)) if item.space == "/DeviceCMYK"]
    assert painted and all(item.ink[:3] == (0, 0, 0) for item in painted)
    assert {item.ink[3] for item in painted if item.kind == "text" and item.ink[3] > 0.5} == {1.0}
    assert OneInk().of(1, 1, 1) == (0, 0, 0, 0) and OneInk().of(0, 0, 0) == (0, 0, 0, 1)
