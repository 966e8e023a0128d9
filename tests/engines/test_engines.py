"""One contract for every engine, and what is special about Argos packages: pivots, versions, stray folders."""

from __future__ import annotations

import json
import os
import sys

import pytest

from campaign import engines
from campaign.engines import archive, known, packages
from campaign.errors import CampaignError
from campaign.model.hypothesis import Hypothesis

TEXTS = ["You have the right to medical care.", "Keep your passport in a safe place.", "You are not alone", "Help", ""]


@pytest.fixture(params=["argos", "random", "bergamot", "own", "many"])
def engine(request):
    """Each engine, loaded; `random` is argos with random weights, `own` and `many` are models of one's own."""
    return request.getfixturevalue(request.param)


@pytest.mark.slow
@pytest.mark.sample(3)
def test_every_engine_keeps_the_contract(engine):
    """One list per text, in order; texts and scores; the same answers for the same question; no more than asked for."""
    first, again = (engine.translate(TEXTS, hypotheses=3) for _ in range(2))
    assert [len(offers) <= 3 for offers in first] == [True] * len(TEXTS)
    assert [[offer.text for offer in offers] for offers in first] == [
        [offer.text for offer in offers] for offers in again
    ]
    assert all(offer.score is None or offer.score <= 0 for offers in first for offer in offers)
    assert engine.translate([]) == []
    assert engine.name and engine.model and engine.version and engine.licence
    alone = [engine.translate([text])[0] for text in TEXTS[:2]]
    assert [offers[0].text for offers in alone] == [offers[0].text for offers in engine.translate(TEXTS[:2])]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["argos", "bergamot", "own"])
def test_real_models_translate(request, name):
    """They are real models, not echoes."""
    engine = request.getfixturevalue(name)
    assert (
        engine.translate(["You have the right to medical care."])[0][0].text == "Você tem direito a cuidados médicos."
    )


def test_argos_gives_several_hypotheses_best_first(argos):
    """Scores are mean log-probabilities per token, falling."""
    (offers,) = argos.translate(["You are not alone"], hypotheses=4)
    scores = [offer.score for offer in offers]
    assert len(offers) == 4 and scores == sorted(scores, reverse=True) and -2 < scores[0] < 0


def test_a_sentence_that_is_too_long_has_no_translation(argos):
    """The library would cut it in silence; its neighbours are translated as ever."""
    long, short = argos.translate(["work " * 400, "You are not alone"])
    assert long == [] and short[0].text == "Você não está sozinho"


def test_bergamot_goes_both_ways(bergamot):
    """Back-translation from Portuguese works out of the box."""
    back = engines.load("pt", "en", "bergamot")
    assert "not alone" in back.translate(["Você não está sozinho"])[0][0].text
    assert back.model != bergamot.model


@pytest.mark.slow
def test_without_a_direct_pair_argos_goes_by_way_of_english(models, random_package):
    """fr to pt with fr-en and en-pt installed; the origin names both packages."""
    archive.install(random_package("fr", "en"))
    archive.install(random_package("en", "pt", "1.2"))
    engine = engines.load("fr", "pt", "argos")
    assert engine.model == "translate-fr_en-1_0+translate-en_pt-1_2" and engine.version == "1.0+1.2"
    assert len(engine.translate(["call help", "safe you"], hypotheses=2)) == 2


@pytest.mark.slow
def test_the_newest_version_of_a_pair_is_used(models, random_package):
    """1.10 is newer than 1.9."""
    archive.install(random_package("en", "fr", "1.10"))
    archive.install(random_package("en", "fr", "1.9"))
    assert engines.load("en", "fr").version == "1.10"


def test_a_stray_folder_breaks_nothing(models, trained_package):
    """A folder without metadata, one with nonsense in it and a file beside good packages: the good ones work."""
    archive.install(trained_package)
    (models / "notes").mkdir()
    (models / "broken").mkdir()
    (models / "broken" / "metadata.json").write_text("[" * 100_000)
    (models / "wrong").mkdir()
    (models / "wrong" / "metadata.json").write_text(
        json.dumps({"from_code": 5, "to_code": ["pt"], "package_version": {}})
    )
    (models / "file.txt").write_text("x")
    assert [package.target for package in packages.installed()] == ["pt"]
    assert engines.load("en", "pt", "argos").translate(["Help"])[0]


@pytest.mark.parametrize(
    ("source", "target", "name", "word"),
    [
        ("en", "ti", "", "campaign draft ti --worksheet"),
        ("en", "fr", "", "campaign models install --download en-fr"),
        ("en", "pt", "argos", "campaign models install --download en-pt"),
        ("en", "pt", "deepl", "argos, bergamot"),
    ],
)
def test_where_there_is_no_model_the_next_step_is_said(models, source, target, name, word):
    """A worksheet, a download, or the engines' names."""
    with pytest.raises(CampaignError, match=word):
        engines.load(source, target, name)


def test_home_stays_as_it_was(models, trained_package, tmp_path, monkeypatch):
    """Nothing is made in HOME by looking for models, installing one or translating."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    archive.install(trained_package)
    engines.load("en", "pt", "argos").translate(["Help"])
    assert list(home.rglob("*")) == []


def test_without_the_variable_models_lie_where_the_platform_keeps_data(monkeypatch, tmp_path):
    """CAMPAIGN_MODELS decides; without it, the user's data folder."""
    monkeypatch.delenv("CAMPAIGN_MODELS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert packages.home().parts[-2:] == ("campaign", "models")
    if os.name == "posix" and "darwin" not in os.sys.platform:
        assert packages.home().is_relative_to(tmp_path)


def test_the_index_address_comes_without_touching_home(tmp_path, monkeypatch):
    """argostranslate's settings make folders when imported: in a temporary place, never in HOME."""
    import subprocess
    import sys

    monkeypatch.delenv("ARGOS_PACKAGE_INDEX", raising=False)
    code = "from campaign.engines import download; print(download._index())"
    environment = {**os.environ, "HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("index.json")
    assert list((tmp_path / "home").rglob("*")) == []


@pytest.mark.slow
def test_a_package_with_a_bpe_tokenizer_is_read(models, random_package, tmp_path):
    """Older packages carry bpe.model instead of SentencePiece: cut into pieces and put together by their own rules."""
    from dataclasses import replace

    from campaign.engines.argos import _tokenizer

    package = archive.install(random_package("en", "fr"))
    folder = tmp_path / "bpe"
    folder.mkdir()
    (folder / "bpe.model").write_text("#version: 0.2\nh e\nhe l\nhel p</w>\n")
    encode, decode = _tokenizer(replace(package, folder=folder))
    assert encode("Get help, hen.") == ["G@@", "e@@", "t", "help", ",", "he@@", "n", "."]
    assert decode(encode("Get help, hen.")) == "Get help, hen."


class Echo:
    """An engine as docs/contributing.md describes one: the module and the class in one."""

    name, model, version, licence = "echo", "mirror", "1", "CC0"

    def available(self, source, target):
        """It speaks one pair."""
        return (source, target) == ("en", "so")

    def load(self, source, target):
        """It is ready."""
        return self

    def described(self, source, target):
        """A line of `campaign models list`."""
        return "echo", "mirror", "1", 7, "CC0", False

    def translate(self, texts, /, *, hypotheses=1):
        """Every text as it is."""
        return [[Hypothesis(text)] for text in texts]


def test_an_engine_is_one_file_and_one_line(models, monkeypatch):
    """With its line in ENGINES a language without a model is listed and drafted with it."""
    assert known.models("en", "so")[0].standing is not known.Standing.INSTALLED
    monkeypatch.setitem(sys.modules, "campaign.engines.echo", Echo())
    monkeypatch.setitem(engines.ENGINES, "echo", "campaign.engines.echo")
    assert known.models("en", "so") == (known.Model("so", known.Standing.INSTALLED, "echo", "mirror", "1", 7, "CC0"),)
    assert engines.load("en", "so").translate(["Help"]) == [[Hypothesis("Help")]]
