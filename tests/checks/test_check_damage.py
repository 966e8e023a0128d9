"""Text that is no text any more, and letters of a neighbour's keyboard with their repair."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign import checks, languages
from campaign.cli.main import main
from campaign.identify.damage import damage
from campaign.identify.letters import repaired, wrong

REPOSITORY = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("prose", REPOSITORY / "benchmarks" / "prose.py")
prose = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(prose)


def errors(text, locale, source="You can ask for help."):
    """The details of the errors of the rule about letters."""
    return [f.detail for f in checks.run(source, text, locale) if f.code == "script" and f.severity.value == "error"]


@pytest.mark.parametrize(
    ("text", "locale"), [("?? ????? ????????", "ru"), ("????? ???? ??? 112", "ar"), ("??????? ??", "ti"), ("n?cessaire et tr?s s?r", "fr"), ("G?nd?z g?r?s?n", "az")]
)  # fmt: skip
def test_question_marks_in_place_of_letters_are_an_error(text, locale):
    """A file saved in a character set without these letters lost them for good."""
    (found,) = errors(text, locale)
    assert found == "question marks stand in place of letters: open the original and save it as UTF-8"


RIGHT = {"fr": "Vous êtes en sécurité", "ru": "Вы можете позвонить", "bn": "আপনি ফোন করতে পারেন", "ar": "يمكنك الاتصال بنا", "el": "Μπορείτε να καλέσετε", "ti": "ክትድውሉ ትኽእሉ ኢኹም"}  # fmt: skip


def garbled(text: str, read_as: str) -> str:
    """UTF-8 read in another character set; a byte that has no sign there becomes U+FFFD."""
    return text.encode().decode(read_as, "replace")


#: Where not every byte has a sign, the words are lost and nobody can say what they were.
READ_AS = [(tag, name) for tag in RIGHT for name in ("latin-1", "cp1252") if "\ufffd" not in garbled(RIGHT[tag], name)]


@pytest.mark.parametrize(("locale", "read_as"), READ_AS)
def test_text_that_went_through_a_wrong_character_set_is_said_as_it_was(locale, read_as):
    """UTF-8 read as Latin-1 or Windows-1252: the finding gives the right words."""
    (found,) = errors(garbled(RIGHT[locale], read_as), locale)
    assert RIGHT[locale] in found


def test_cyrillic_read_as_windows_1251_is_said_as_it_was():
    """The most common damage of Russian and Ukrainian files."""
    (found,) = errors("Привет вам".encode().decode("cp1251"), "ru")
    assert "Привет вам" in found


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("က်ေနာ္တို႔ ျမန္မာ", "my", "Zawgyi"),
        ("Avgvi †mvbvi evsjv, Avwg †Zvgvq fv‡jvevwm", "bn", "Bijoy"),
        ("<<<<<<< HEAD\nAppelez-nous.\n=======\nTéléphonez.\n>>>>>>> main", "fr", "merge tool"),
        ("ﻣﺮﺣﺒﺎ ﺑﻜﻢ", "ar", "joined forms"),
        ("ﺳﻼﻡ", "fa", "joined forms"),
        ("ﮨﯿﻠﻮ", "ur", "joined forms"),
        ("ئێمه\u200c لێره\u200c ین", "ckb", "joined forms"),
        ("Die Hilfe ist ﬂink und ﬁnanziert", "de", "joined forms"),
    ],
)  # fmt: skip
def test_old_fonts_and_merge_marks_are_errors_that_say_what_to_do(text, locale, said):
    """Such a text looks right on one machine only."""
    assert any(said in found for found in errors(text, locale))


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("What?? Really?", "en"), ("Können Sie? Ja. Straße à la carte", "de"), ("Ã NÃO, IRMÃO É", "pt"), ("ကျွန်ုပ်တို့ ကူညီနိုင်သည်။", "my"), ("МОЖЕТ РСФСР", "ru"),
        ("صلى الله عليه وسلم ﷺ", "ar"), ("Tell us: a=b?c", "en"), ("আপনি কি নিরাপদ?", "bn"), ("ئێمە لێرەین", "ckb"), ("Âge, Île, Çà et là", "fr"),
    ],
)  # fmt: skip
def test_right_text_is_no_damage(text, locale):
    """Rows of marks in a shout, capitals with accents, real Unicode Burmese."""
    assert not list(damage(text, locale))


@pytest.mark.parametrize(
    ("text", "locale", "right"),
    [
        ("يه كتاب هے", "ur", "یہ کتاب ہے"),
        ("مي‌توانيد كمك بخواهيد", "fa", "می‌توانید کمک بخواهید"),
        ("كوردي", "ckb", "کوردی"),
        ("هل تریدون المساعدة من مرکزنا", "ar", "هل تریدون المساعدة من مركزنا"),
        ("ﻣﺮﺣﺒﺎ", "ar", "مرحبا"),
    ],
)
def test_look_alikes_of_a_keyboard_are_a_warning_with_one_repair(text, locale, right):
    """The finding says which letters; the repair gives a text without them, and leaves what two letters could mean."""
    found = [f for f in checks.run("You can ask for help.", text, locale) if f.code == "script"]
    assert found and all(f.severity.value == "warning" or "joined forms" in f.detail for f in found)
    assert repaired(text, locale) == right
    assert any(f"campaign fix letters {locale}" in f.detail for f in found)


@given(st.text(max_size=80), st.sampled_from(["ur", "fa", "ar", "ckb", "de", "my", "bn"]))
def test_a_repair_is_whole_the_first_time(text, locale):
    """Running the command twice changes nothing more; no text makes it fail."""
    once = repaired(text, locale)
    assert repaired(once, locale) == once
    list(damage(text, locale))


@pytest.mark.parametrize("tag", languages.registry())
def test_letters_of_a_keyboard_are_among_the_wrong_ones(tag):
    """What the list calls a look-alike has something to write instead."""
    known = wrong(tag)
    assert all(known.instead[letter] for letter in known.keyboard)


@pytest.mark.slow
def test_fix_letters_repairs_what_is_not_signed(tmp_path, capsys, monkeypatch):
    """One command for a whole catalogue; the number of sentences is said, and a second run has nothing to do."""
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "w")])
    monkeypatch.chdir(tmp_path / "w")
    (path,) = Path("locales/fa").rglob("*.po")
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("ی", "ي").replace("ک", "ك"), encoding="utf-8")
    for expected in ("sentences changed", "fa       0 sentences changed"):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["fix", "letters", "fa"])
        assert ended.value.code == 0
        assert expected in capsys.readouterr().out
    texts = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(("msgstr", '"'))]
    assert not any("ي" in line or "ك" in line for line in texts)


@pytest.mark.slow
def test_fix_letters_names_the_languages_that_there_are(tmp_path, capsys, monkeypatch):
    """A typing mistake ends with the list, not with a traceback."""
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "w")])
    monkeypatch.chdir(tmp_path / "w")
    with pytest.raises(SystemExit) as ended:
        main(["fix", "letters", "xx"])
    assert ended.value.code == 1
    assert "use one of" in capsys.readouterr().err


@pytest.mark.parametrize("source", ["Ask a person from Caritas at the door.", "Go to the Payoke office, then wait."])
@pytest.mark.parametrize("locale", ["ti", "ar", "uk"])
def test_a_name_inside_a_sentence_may_stay_as_the_reader_meets_it(source, locale):
    """Organisations keep their Latin name on the door; an ordinary word in Latin letters stays an error."""
    text = {"ti": "ኣብ ማዕጾ ን {} ሕተቱ።", "ar": "اسألوا {} عند الباب.", "uk": "Спитайте {} біля дверей."}[locale]
    name = "Caritas" if "Caritas" in source else "Payoke"
    assert errors(text.format(name), locale, source) == []
    assert errors(text.format("office"), locale, source) != []


@pytest.mark.slow
def test_running_prose_of_a_crisis_kind_raises_no_error_and_hardly_a_warning():
    """Our own parallel sentences in eleven languages: the limits of `make prose`."""
    texts = prose.units()
    assert len(texts) >= 11 and all(len(mine) >= 60 for mine in texts.values())
    alarms, said = prose.count(texts)
    assert prose.broken(texts, alarms) == [], said
