"""campaign add, rename, remove: every place at once, or nothing."""

import pytest

from campaign import config
from campaign.cli.options import each
from campaign.errors import CampaignError
from campaign.project import Project
from campaign.shaping import audiences, contacts, countries, languages, layouts, settings, source_language
from campaign.shaping.trial import Change, carry_out, reshape

CHANGES = {
    "add audience": lambda project: audiences.add(project, "bakers", "Bakers", like="migrants"),
    "rename audience": lambda project: audiences.rename(project, "migrants", "newcomers"),
    "remove audience": lambda project: audiences.remove(project, "migrants"),
    "add language": lambda project: languages.add(project, "ur"),
    "remove language": lambda project: languages.remove(project, "ar"),
    "rename source": lambda project: source_language.change(project, "de"),
    "add contact": lambda project: contacts.add(
        project,
        "be-more",
        {
            "country": "BE",
            "name": "More",
            "kind": "women",
            "number": "+3222345678",
            "source": "page",
            "languages": ["nl"],
        },
    ),
    "rename contact": lambda project: contacts.rename(project, "be-emergency", "be-112"),
    "add layout": lambda project: layouts.add(project, "flyer", "leaflet-a5", title="Flyer", width=105, height=148.5),
    "rename layout": lambda project: layouts.rename(project, "leaflet-a5", "flyer"),
}


def _done(project: Project, act) -> None:
    carry_out(project, reshape(project, act).changes)


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.sample(4)
def test_the_workspace_is_whole_afterwards_and_comments_stay(workspace, contents, name):
    """After each change the settings load, the catalogues fit the templates, and no comment line is lost."""
    remarks = [line for line in workspace.config.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    _done(workspace, CHANGES[name])
    config.load(workspace)
    kept = workspace.config.read_text(encoding="utf-8").splitlines()
    assert [line for line in remarks if line not in kept] == []
    before = contents(workspace.root)
    _done(workspace, lambda trial: None)
    assert contents(workspace.root) == before


def test_trying_changes_nothing(workspace, contents, cli):
    """--dry-run names every file that would change, and changes none."""
    before = contents(workspace.root)
    done = cli.run("remove", "audience", "migrants", "--dry-run", at=workspace)
    assert "would be removed  templates/messages/migrants.j2" in done.out
    assert contents(workspace.root) == before


@pytest.mark.slow
def test_adding_back_what_was_taken_away_brings_its_texts_and_signatures(signed, contents):
    """A language that goes and comes again has its catalogue and its ledger; nobody signs anything twice."""
    book = signed.ledger("de").read_bytes()
    _done(signed, lambda project: languages.remove(project, "de"))
    assert "de" not in config.load(signed).languages
    _done(signed, lambda project: languages.add(project, "de"))
    assert signed.ledger("de").read_bytes() == book


@pytest.mark.slow
def test_a_renamed_audience_keeps_its_signed_sentences(signed, cli):
    """What was signed sentence by sentence is signed still under another name of the audience."""
    before = cli.run("status", "--lang", "de", "--json", at=signed).out
    _done(signed, CHANGES["rename audience"])
    assert (signed.messages / "newcomers.j2").exists() and not (signed.messages / "migrants.j2").exists()
    assert before.count("migrants") == cli.run("status", "--lang", "de", "--json", at=signed).out.count("newcomers")


def test_a_change_that_would_break_the_campaign_changes_nothing(workspace, contents):
    """The last helpline of a country cannot go: the problem is told, and every file is as it was."""
    before = contents(workspace.root)
    helplines = [str(record["id"]) for record in settings.contacts(workspace) if record["kind"] != "emergency"]
    with pytest.raises(CampaignError, match="has no contact for"):
        reshape(workspace, each(contacts.remove, helplines))
    assert contents(workspace.root) == before


def test_a_country_lays_out_its_records_to_fill_in(workspace, cli):
    """A new country is added with empty records, and what is still to do is named; it goes again with no line left."""
    before = workspace.contacts.read_bytes().strip(), workspace.config.read_bytes()
    done = cli.run("add", "country", "GB", at=workspace)
    assert done.code == 0
    assert "still to do: contacts.toml" in done.err
    assert cli.run("remove", "country", "GB", at=workspace).code == 0
    assert (workspace.contacts.read_bytes().strip(), workspace.config.read_bytes()) == before


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda project: audiences.remove(project, "migrant"), "did you mean 'migrants'"),
        (lambda project: audiences.add(project, "migrants", "x"), "already"),
        (lambda project: audiences.add(project, "Two Words", "x"), "small letters"),
        (lambda project: languages.add(project, "xx"), "xx"),
        (lambda project: languages.remove(project, "en"), "written in"),
        (lambda project: countries.add(project, "UK"), "write GB"),
        (lambda project: countries.remove(project, "BE"), "only country"),
        (lambda project: contacts.rename(project, "be-emergency", "be-emergency"), "already"),
        (lambda project: layouts.add(project, "../x", "leaflet-a5", title="x", width=0, height=0), "small letters"),
        (lambda project: layouts.remove(project, "leaflet"), "leaflet-a5"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_meant(workspace, contents, act, words):
    """A wrong, taken or impossible name is refused with the next step, and nothing is changed."""
    before = contents(workspace.root)
    with pytest.raises(CampaignError, match=words):
        reshape(workspace, act)
    assert contents(workspace.root) == before


def test_a_file_changed_meanwhile_is_not_written_over(workspace):
    """Somebody saves a file between the trial and the change: theirs stays, and nothing else is changed either."""
    made = reshape(workspace, CHANGES["add language"])
    workspace.config.write_text(workspace.config.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(CampaignError, match="by another program"):
        carry_out(workspace, made.changes)
    assert "# mine" in workspace.config.read_text(encoding="utf-8")
    assert not workspace.catalogue("ur").exists()


def test_what_cannot_be_written_is_the_reason_and_all_is_put_back(workspace, contents):
    """A file stands where a folder is needed: that is said, and undoing the rest hides nothing."""
    (workspace.root / "notes").write_text("somebody's", encoding="utf-8")
    before = contents(workspace.root)
    with pytest.raises(CampaignError) as caught:
        carry_out(workspace, (Change("contacts.txt", None, b"new"), Change("notes/new.txt", None, b"new")))
    assert "notes/new.txt" in str(caught.value)
    assert "cannot be written" in str(caught.value)
    assert contents(workspace.root) == before


def test_a_picture_that_another_audience_shows_stays(workspace, rewrite):
    """Renamed or removed, an audience leaves behind the drawing that another one names; a copy starts from it."""
    rewrite(workspace.config, "[audiences.migrants]\n", '[audiences.migrants]\npicture = "other.svg"\n')
    borrowed = workspace.illustrations / "other.svg"
    borrowed.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    audiences.add(workspace, "other", "Other")
    audiences.add(workspace, "bakers", "Bakers", like="migrants")
    assert (workspace.illustrations / "bakers.svg").read_bytes() == borrowed.read_bytes()
    audiences.rename(workspace, "other", "another")
    assert borrowed.exists() and (workspace.illustrations / "another.svg").exists()
    audiences.rename(workspace, "another", "other")
    audiences.remove(workspace, "other")
    assert borrowed.exists()
    assert config.load(workspace).audiences["migrants"].illustration == "other.svg"


@pytest.mark.parametrize("name", ["../logo.svg", "photo.jpg", "C:\\\\x.svg", ".svg", "a/b.svg"])
def test_a_picture_is_a_drawing_beside_the_others(workspace, rewrite, name):
    """By its name alone."""
    rewrite(workspace.config, "[audiences.migrants]\n", f'[audiences.migrants]\npicture = "{name}"\n')
    with pytest.raises(CampaignError, match="is no SVG file of assets/illustrations"):
        config.load(workspace)


def test_a_place_follows_what_it_names(workspace):
    """Another name of an audience or a format stands in the place too; a language that goes leaves its list, and what
    names nothing any more goes with it."""
    with workspace.config.open("a", encoding="utf-8") as file:
        file.write(
            '\n[layouts.sheet]\nname = "S"\nwidth = 100\nheight = 100\nlanguages = [2, 3]\n'
            '\n[walls.desk]\nname = "Desk"\naudience = "migrants"\nlanguages = ["en", "de", "ar"]\nformats = ["sheet"]\n'
        )
    _done(workspace, lambda project: audiences.rename(project, "migrants", "newcomers"))
    _done(workspace, lambda project: layouts.rename(project, "sheet", "board"))
    _done(workspace, lambda project: languages.remove(project, "de"))
    (desk,) = config.load(workspace).walls.values()
    assert (desk.audience, desk.languages, desk.formats) == ("newcomers", ("en", "ar"), ("board",))
    with pytest.raises(CampaignError, match="are 1, and board holds 2 to 3"):
        reshape(workspace, lambda project: languages.remove(project, "ar"))
    _done(workspace, lambda project: audiences.remove(project, "newcomers"))
    assert config.load(workspace).walls == {}


@pytest.mark.slow
def test_what_comes_and_goes_leaves_no_trace(workspace, cli):
    """campaign.toml is as it was, to the last empty line, when what was added is removed: nothing for git to say."""
    before = workspace.config.read_bytes()
    for words in (("audience", "guests", "--like", "migrants"), ("layout", "narrow", "--like", "palm-card")):
        done = cli.run("add", *words, at=workspace)
        assert done.code == 0, done.err
        assert cli.run("remove", *words[:2], at=workspace).code == 0
    assert workspace.config.read_bytes() == before
