"""Whatever an engine returns: what must not be lost is in the draft exactly once, or there is no draft."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaign.drafting.draft import Drafter
from campaign.model.hypothesis import Hypothesis

NAMES = ("Payoke", "Child Focus", "SOLWODI")


def check(case, draft):
    """Each token once, no stand-in left, the same digits: counted without the program's own verification."""
    if not draft.text:
        assert draft.fault
        return
    for token in case.tokens:
        assert draft.text.count(token) == 1, (case.text, draft.text, token)
    assert not re.search(r"zanob|torvan|quell|mirzol|draven|\[X\d|zq\d|zqov|xilb|90871", draft.text, re.IGNORECASE), (
        draft.text
    )
    assert sorted(re.findall(r"\d+", draft.text)) == sorted(re.findall(r"\d+", case.text))
    # Spaces that keep words together, joiners and marks of direction are ordinary spelling.
    assert re.sub("[\u00a0\u2009\u202f\u3000\u200c-\u200f\u061c]", "", draft.text).isprintable()


def drops(text, lottery):
    words = text.split(" ")
    return " ".join(word for word in words if lottery.random() > 0.3)


def doubles(text, lottery):
    return " ".join(word for word in text.split(" ") for _ in range(1 + (lottery.random() < 0.3)))


def reorders(text, lottery):
    words = text.split(" ")
    lottery.shuffle(words)
    return " ".join(words)


def bends(text, lottery):
    """Endings on names, digits changed, brackets translated, words of another script."""
    changes = (
        (r"([A-Z][a-z]+)", r"\1s"),
        (r"\d", str(lottery.randrange(10))),
        (r"\[X(\d)X\]", r"[X \1 X]"),
        (r"(\d)", r"\1 "),
        (r"www", "ввв"),
        (r"%\((\w+)\)s", r"%(\1) s"),
        (r"[<>]", ""),
        (r"\.org", ".orgs"),
    )
    for old, new in lottery.sample(changes, 3):
        text = re.sub(old, new, text)
    return text


ODD = (
    "",
    " ",
    "\n",
    "x" * 10_000,
    "Zanobia",
    "112 " * 20,
    "\0",
    "a\x1bb",
    "\u202eabc",
    "\ud800",
    "<unk>",
    "⁇ ♪",
    "%(phone)s" * 3,
)


@pytest.mark.slow
@settings(max_examples=40)
@given(lottery=st.randoms(use_true_random=False), start=st.integers(0, 399))
def test_nothing_is_lost_to_a_hostile_engine(sentences, puppet, lottery, start):
    """It drops, doubles, reorders, bends stand-ins, returns nothing, 10 kB, control characters, or too few answers."""

    def say(text):
        ways = (
            drops,
            doubles,
            reorders,
            bends,
            lambda t, _: lottery.choice(ODD),
            lambda t, _: t + lottery.choice(ODD),
            lambda t, _: t,
        )
        return [
            Hypothesis(lottery.choice(ways)(text, lottery), lottery.choice((None, -0.5)))
            for _ in range(lottery.randrange(6))
        ]

    some = sentences[start : start + 6]
    for case, draft in zip(
        some, Drafter(puppet(say), "pt", names=NAMES).draft([case.text for case in some]), strict=True
    ):
        check(case, draft)


@pytest.mark.slow
@example(answer=":\u1680²")  # a space that shows as a line, and a figure that Python takes for a letter
@example(answer="²")
@example(answer="uma\u00a0resposta")
@given(answer=st.text(max_size=80))
def test_nothing_is_lost_to_any_answer(sentences, puppet, answer):
    """The same random text for every sentence is never taken for a translation of one with a number in it."""
    some = sentences[:5]
    for case, draft in zip(
        some, Drafter(puppet(lambda _: [answer]), "pt", names=NAMES).draft([c.text for c in some]), strict=True
    ):
        check(case, draft)


@pytest.mark.parametrize("rung", ["number", "bracket", "rare"])
def test_the_ladder_reaches_an_engine_that_keeps_only_one_kind(sentences, puppet, rung):
    """An engine that keeps five-digit numbers, brackets or rare names only still loses nothing and drafts everything."""
    kept = {
        "number": r"\b\d{5}\b",
        "bracket": r"\[X\d+X\]",
        "rare": r"\b(?:Zqovara|Xilbeno|Wrenzak|Kvostra|Jhurbel|Pteluna)\b",
    }[rung]

    def say(text):
        return [" ".join(re.findall(kept, text)) + " dito." if re.search(kept, text) else "Sem nada."]

    case = next(case for case in sentences if len(case.tokens) == 1 and case.text.startswith("Call"))
    (draft,) = Drafter(puppet(say), "pt", names=NAMES).draft([case.text])
    check(case, draft)
    assert draft.text and "dito" in draft.text and draft.confidence.flags != ("in pieces",)


def test_a_sentence_that_no_rung_saves_is_put_together_from_pieces(puppet):
    """Its parts are translated around the number; the mediator is told, at low confidence."""

    def say(text):
        return ["frase"] if not re.search(r"\d|Z|\[", text) else ["perdido"]

    (draft,) = Drafter(puppet(say), "pt").draft(["Call +32 3 201 16 90 at night."])
    assert draft.text == "Frase +32 3 201 16 90 frase."
    assert draft.confidence.level == "low" and "in pieces" in draft.confidence.flags


def test_one_lost_sentence_empties_the_whole_text(puppet):
    """Half a text is never shipped: the unit stays empty and says why."""
    (draft,) = Drafter(puppet(lambda text: ["Ajuda."] if "help" in text else []), "pt").draft(
        ["Ask for help. Trust nobody."]
    )
    assert (draft.text, draft.fault) == ("", "the engine gave nothing")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["argos", "random", "bergamot"])
@pytest.mark.sample(1)
def test_real_engines_lose_nothing(sentences, request, engine):
    """Hundreds of sentences through the tiny trained model, random weights and the built-in Portuguese one."""
    loaded = request.getfixturevalue(engine)
    # Noise has every rung of the ladder tried for every sentence: a quarter of them takes as long as all of the others.
    some = sentences[::4] if engine == "random" else sentences
    drafts = Drafter(loaded, "pt", names=NAMES).draft([case.text for case in some])
    for case, draft in zip(some, drafts, strict=True):
        check(case, draft)
    least = {"argos": 0.5, "random": 0.0, "bergamot": 0.97}[engine]
    assert sum(bool(draft.text) for draft in drafts) >= least * len(drafts)
