"""A model of the organisation's own: added from a folder, named in every draft, and every layout of languages."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argos_package import write_folder

from campaign import engines, languages
from campaign.engines import folders, known, layouts, own, packages
from campaign.engines.layouts import END
from campaign.errors import CampaignError
from campaign.model.language import Language
from campaign.project import Project


@pytest.fixture(autouse=True)
def _nobodys_language() -> Iterator[None]:
    yield
    languages.hold(())


def test_a_folder_becomes_a_model(models: Path, unpacked: Path, tmp_path: Path) -> None:
    """It is copied whole, and what stands beside it is left behind; the folder itself may go."""
    brought = Path(shutil.copytree(unpacked, tmp_path / "opus mt (en-pt)"))
    (brought / "run-me.sh").write_text("rm -rf /")

    added = folders.add(brought, " CC-BY-4.0 ", source="en", target="pt")
    shutil.rmtree(brought)

    assert (added.name, added.layout, added.licence, len(added.version)) == ("opus-mt-en-pt", "pair", "CC-BY-4.0", 12)
    assert sorted(path.name for path in added.folder.iterdir()) == [
        "config.json", "model.bin", "model.json", "shared_vocabulary.json", "source.spm",
    ]  # fmt: skip
    assert folders.installed() == (added,)
    assert packages.installed() == ()
    loaded = engines.load("en", "pt", "ctranslate2")
    assert loaded.translate(["You are not alone"])[0][0].text == "Você não está sozinho"
    assert not own.available("pt", "en")


def test_the_licence_goes_with_every_draft(models: Path, unpacked: Path, workspace: Project, cli) -> None:
    """`models add` shows it, `models list` shows it, and the origin of each draft keeps it; a redo still knows its drafts."""
    told = workspace.config.read_text(encoding="utf-8").replace('"de", "ar"]', '"de", "ar", "pt"]')
    workspace.config.write_text(told, encoding="utf-8")

    added = cli.run(
        "models",
        "add",
        str(unpacked),
        "--licence",
        "CC-BY-NC-4.0",
        "--from",
        "en",
        "--to",
        "pt",
        "--name",
        "ours",
        at=workspace,
    )
    assert added.code == 0, added.err
    assert "licence: CC-BY-NC-4.0" in added.out
    assert "ctranslate2: ours, version" in cli.run("models", "list", at=workspace).out
    drafted = cli.run("draft", "pt", "--engine", "ctranslate2", at=workspace)
    assert drafted.code == 0, drafted.err
    catalogue = workspace.catalogue("pt").read_text(encoding="utf-8")
    assert "# origin: machine translation, ctranslate2 ours " in catalogue
    assert "(licence: CC-BY-NC-4.0); text " in catalogue
    again = json.loads(
        cli.run("draft", "pt", "--engine", "ctranslate2", "--redo", "--dry-run", "--json", at=workspace).out
    )
    assert len(again["languages"][0]["drafted"]) > 50
    assert cli.run("models", "remove", "ours", at=workspace).out == "Removed ours.\n"
    assert folders.installed() == ()


TOKENS = {
    "nllb": (
        ("eng_Latn", "arb_Arab", "pes_Arab", "prs_Arab", "kor_Hang", "zho_Hans", "zho_Hant", "swh_Latn", "tir_Ethi", "yue_Hant"),
        {"en": "eng_Latn", "ar": "arb_Arab", "fa": "pes_Arab", "prs": "prs_Arab", "ko": "kor_Hang", "zh-Hans": "zho_Hans",
         "zh-Hant": "zho_Hant", "sw": "swh_Latn", "ti": "tir_Ethi"},
    ),
    "m2m": (("__en__", "__fa__", "__am__", "__yi__"), {"en": "__en__", "fa": "__fa__", "am": "__am__"}),
    "madlad": (
        ("<2en>", "<2iw>", "<2ti>", "<2zh>", "<2fil>", "<2zxx_xx_dtynoise>"),
        {"en": "<2en>", "he": "<2iw>", "ti": "<2ti>", "zh-Hans": "<2zh>", "fil": "<2fil>"},
    ),
    "opus": ((">>som<<", ">>orm<<", ">>tir<<", ">>cmn_Hans<<"), {"so": ">>som<<", "om": ">>orm<<", "ti": ">>tir<<", "zh-Hans": ">>cmn_Hans<<"}),
}  # fmt: skip


@pytest.mark.parametrize("layout", TOKENS)
def test_a_layout_is_known_by_its_vocabulary(layout: str) -> None:
    """Each family of models names languages in its own way; the registry's tags find them."""
    tokens, meant = TOKENS[layout]

    found, kept = layouts.found(["▁the", "s", "</s>", *tokens])

    assert found == layout
    assert layouts.by_language(found, kept) == meant


@pytest.mark.parametrize(
    ("layout", "before", "first"),
    [("nllb", "SOURCE", ("TARGET",)), ("m2m", "SOURCE", ("TARGET",)), ("madlad", "TARGET", ()), ("opus", "TARGET", ())],
)
def test_tokens_stand_where_the_layout_has_them(layout: str, before: str, first: tuple[str, ...]) -> None:
    """The language that is read in front of NLLB's sentences, the one that is written in front of MADLAD's."""
    marks = layouts.LAYOUTS[layout].marks("SOURCE", "TARGET", ended=False)

    assert (marks.before, marks.behind, marks.first) == ((before,), (END,), first)
    assert layouts.LAYOUTS[layout].marks("SOURCE", "TARGET", ended=True).behind == ()


@pytest.mark.slow
@pytest.mark.parametrize("layout", TOKENS)
@pytest.mark.sample(2)
def test_a_model_for_many_languages_translates_each(models: Path, tmp_path: Path, layout: str) -> None:
    """One folder serves every language that its vocabulary names; no token of a language is left in a text."""
    tokens, _ = TOKENS[layout]
    folders.add(write_folder(tmp_path / layout, tokens), "Apache-2.0", source="en" if layout == "opus" else "")

    assert own.available("en", "ti") == (layout != "m2m")
    assert not own.available("en", "bg")
    target = "am" if layout == "m2m" else "ti"
    offers = engines.load("en", target).translate(["call the doctor today", ""], hypotheses=2)
    assert len(offers[0]) == 2
    assert not [token for offer in offers[0] for token in tokens if token in offer.text]
    assert known.models("en", target)[-1].licence == "Apache-2.0"


def test_a_language_of_the_workspace_has_its_token(models: Path, tmp_path: Path) -> None:
    """A language that the program lacks is found in a vocabulary, or its token is said by hand."""
    ganda = Language("lg", "Luganda", "Ganda", "Latn", False, "nplurals=2; plural=(n != 1);", ("one", "other"), "lg", None, ("Noto Sans",), 0.65, 1, "latn", None, "lug")  # fmt: skip
    languages.hold((ganda,))
    brought = write_folder(tmp_path / "nllb", ("eng_Latn", "lug_Latn", "quy_Latn"))

    folders.add(brought, "CC-BY-NC-4.0")
    folders.add(brought, "CC-BY-NC-4.0", target="qu", token="quy_Latn", name="ayacucho")  # noqa: S106 - a language

    assert own.available("en", "lg")
    assert engines.load("en", "qu").model == "ayacucho"


BAD: dict[str, tuple[Callable[[Path], object], dict[str, str], str]] = {
    "no model": (lambda f: (f / "model" / "model.bin").unlink(), {}, "holds no model.bin"),
    "no settings": (lambda f: (f / "model" / "config.json").unlink(), {}, "holds no config.json"),
    "no vocabulary": (lambda f: (f / "model" / "shared_vocabulary.json").unlink(), {}, "holds no shared_vocabulary.json"),
    "no tokenizer": (lambda f: (f / "sentencepiece.model").unlink(), {}, "holds 0 SentencePiece models"),
    "two tokenizers": (lambda f: shutil.copy(f / "sentencepiece.model", f / "spiece.model"), {}, "holds 2 SentencePiece models"),
    "a link": (lambda f: ((f / "model/config.json").unlink(), (f / "model/config.json").symlink_to("/etc/passwd")), {}, "no file but a link"),
    "a pipe": (lambda f: ((f / "model/config.json").unlink(), os.mkfifo(f / "model/config.json")), {}, "no file but a link"),
    "an empty file": (lambda f: (f / "sentencepiece.model").write_bytes(b""), {}, "has 0 bytes"),
    "nonsense for a model": (lambda f: (f / "model/model.bin").write_bytes(b"x" * 5000), {}, "the model does not work"),
    "nonsense for a tokenizer": (lambda f: (f / "sentencepiece.model").write_bytes(b"x" * 500), {}, "the model does not work"),
    "deep vocabulary": (lambda f: (f / "model/shared_vocabulary.json").write_text("[" * 200_000), {}, "cannot be read"),
    "no list": (lambda f: (f / "model/shared_vocabulary.json").write_text('{"a": 1}'), {}, "is no list"),
    "no pair": (lambda f: None, {"target": ""}, "which languages it translates"),
    "token of nothing": (lambda f: None, {"token": "lug_Latn"}, "names no language 'lug_Latn'"),
    "licence": (lambda f: None, {"licence": " "}, "is no licence"),
    "licence of two lines": (lambda f: None, {"licence": "MIT\n# origin: x"}, "is no licence"),
    "name": (lambda f: None, {"name": "../../evil"}, "is no name for a model"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_folder_leaves_nothing(models: Path, unpacked: Path, tmp_path: Path, case: str) -> None:
    """Hostile, damaged or half described: the refusal names it, and nothing was added."""
    change, said, refusal = BAD[case]
    brought = Path(shutil.copytree(unpacked, tmp_path / "brought"))
    change(brought)

    with pytest.raises(CampaignError, match=refusal):
        folders.add(brought, **{"licence": "MIT", "source": "en", "target": "pt", **said})

    assert folders.installed() == ()
    assert not models.exists() or not list((models / "own").iterdir())


def test_a_name_is_taken_once(models: Path, unpacked: Path) -> None:
    """A second model under a name does not replace the first, whose drafts name it."""
    folders.add(unpacked, "MIT", source="en", target="pt", name="ours")

    with pytest.raises(CampaignError, match="campaign models remove ours"):
        folders.add(unpacked, "MIT", source="en", target="pt", name="ours")


def test_a_record_that_somebody_edited_breaks_nothing(models: Path, unpacked: Path) -> None:
    """A stray folder and a broken record beside a good model: the good one works."""
    folders.add(unpacked, "MIT", source="en", target="pt", name="ours")
    for name, text in (
        ("a", "[" * 100_000),
        ("b", '{"tokens": 1}'),
        ("c", '{"tokens": [1], "layout": "nllb"}'),
        ("d", "null"),
    ):
        (models / "own" / name).mkdir()
        (models / "own" / name / "model.json").write_text(text)

    assert [model.name for model in folders.installed()] == ["ours"]
