"""Capitals, confidence, and the agreed words of the glossary."""

from __future__ import annotations

import pytest

from campaign.catalogue.glossary import Glossary, Term
from campaign.drafting.confidence import judge
from campaign.drafting.draft import Drafter, back_translate
from campaign.model.hypothesis import Hypothesis

KNOWN = {
    "Know your rights": "Conheça os seus direitos",
    "Call the helpline.": "Ligue para a central.",
    "helpline": "central",
    "Call the guitar.": "Ligue para a guitarra.",
    "Help": "Ajuda",
}


def says(known):
    return lambda text: [known[text]] if text in known else [text]


def test_capitals_are_lowered_translated_and_raised(puppet):
    """KNOW YOUR RIGHTS is translated as a sentence and printed in capitals; the number in it stays."""
    engine = puppet(says(KNOWN))
    (draft,) = Drafter(engine, "pt").draft(["KNOW YOUR RIGHTS"])
    assert draft.text == "CONHEÇA OS SEUS DIREITOS"
    assert "Know your rights" in engine.asked[0]


def test_words_written_together_are_translated_as_a_sentence(puppet):
    """A hashtag without its sign: YouHaveRights is three words to the engine and one to the reader."""
    known = {"You have rights": "Você tem direitos"}
    (draft,) = Drafter(puppet(says(known)), "pt").draft(["YouHaveRights"])
    assert (draft.source, draft.text) == ("YouHaveRights", "VocêTemDireitos")
    (arabic,) = Drafter(puppet(says({"You have rights": "لك حقوق"})), "ar").draft(["YouHaveRights"])
    assert arabic.text == "لك_حقوق"


def test_a_text_that_is_a_term_is_its_agreed_word(puppet):
    """DRAFT is RASCUNHO, without anything that an engine puts around it."""
    glossary = Glossary("pt", (Term("draft", ("rascunho",), "m"),))
    (draft,) = Drafter(puppet(says({"Draft": "Do projecto", "draft": "projeto"})), "pt", glossary).draft(["DRAFT"])
    assert draft.text == "RASCUNHO"


def test_a_turkish_i_keeps_its_dot_in_capitals(puppet):
    """İ, not I, in Turkish capitals."""
    (draft,) = Drafter(puppet(says({"Help line": "yardim hatti"})), "tr").draft(["HELP LINE"])
    assert draft.text == "YARDİM HATTİ"


@pytest.mark.parametrize(
    ("known", "text", "note"),
    [
        (KNOWN | {"Call the helpline.": "Ligue para a linha de apoio."}, "Ligue para a linha de apoio.", ()),
        (KNOWN, "Ligue para a linha de apoio.", ("helpline -> linha de apoio",)),
        (KNOWN | {"helpline": "telefone"}, "Ligue para a linha de apoio.", ("helpline -> linha de apoio",)),
        (KNOWN | {"helpline": "?", "Call the guitar.": "?", "Call the linha de apoio.": "Ligue à linha de apoio."},
         "Ligue à linha de apoio.", ("helpline -> linha de apoio",)),
        (KNOWN | {"helpline": "?", "Call the guitar.": "?", "Call the linha de apoio.": "?"},
         "Ligue para a central.", ("helpline is not linha de apoio here",)),
    ],
)  # fmt: skip
def test_the_agreed_word_is_accepted_put_in_or_missed_aloud(puppet, known, text, note):
    """Accepted; the engine's own word replaced; a noun of the same gender as stand-in; written into the source; flagged."""
    glossary = Glossary("pt", (Term("helpline", ("linha de apoio", "linha de ajuda"), "f"),))
    (draft,) = Drafter(puppet(says(known)), "pt", glossary).draft(["Call the helpline."])
    assert (draft.text, draft.terms) == (text, note)


def test_a_name_of_the_glossary_stays_as_it_is(puppet):
    """do_not_translate: the engine never sees the name."""
    engine = puppet(lambda text: [text])
    Drafter(engine, "pt", Glossary("pt", (Term("WhatsApp", keep=True),))).draft(["Write on WhatsApp today."])
    assert not any("WhatsApp" in text for batch in engine.asked for text in batch)


@pytest.mark.parametrize(
    ("source", "text", "flag"),
    [
        ("Do not give your passport away.", "Dê o seu passaporte.", "negation"),
        ("Ask for help today.", "Ask for help today.", "copy of the source"),
        ("Ask for help today at the centre.", "Peça help the and you are with today.", "source words left"),
        ("Ask for help.", "Peça peça ajuda.", "repetition"),
        ("Are you safe?", "Você está seguro.", "punctuation"),
        ("Ask. Then call.", "Peça e depois ligue.", "sentence count"),
        ("Help", "Ajuda para todas as pessoas que precisam de ajuda hoje", "length"),
    ],
)
def test_what_looks_wrong_is_named(source, text, flag):
    """Each heuristic has a word that the mediator reads."""
    assert flag in judge(source, text, "pt", -0.1).flags


def test_a_good_score_is_high_a_poor_one_low_and_none_is_never_high():
    """Mean log-probability decides where the engine gives it."""
    levels = [judge("Ask for help.", "Peça ajuda.", "pt", score).level.value for score in (-0.1, -0.6, -1.5, None)]
    assert levels == ["high", "medium", "low", "medium"]


def test_the_better_of_several_hypotheses_is_taken(puppet):
    """A hypothesis that keeps the negation beats a better scored one that lost it."""
    engine = puppet(lambda text: [Hypothesis("Pague o estranho.", -0.1), Hypothesis("Não pague o estranho.", -0.4)])
    (draft,) = Drafter(engine, "pt").draft(["Do not pay the stranger."])
    assert draft.text == "Não pague o estranho." and round(draft.confidence.score, 6) == -0.4


def test_back_translation_shows_what_there_is(puppet):
    """A text that cannot be proved whole is shown as the engine says it: it is a hint, not a draft."""
    engine = puppet(lambda text: ["Call now."] if "agora." in text else [])
    back = back_translate(engine, ["Ligue para %(phone)s agora.", "Ligue agora.", "Peça ajuda."])
    assert back == ["Call now.", "Call now.", ""]
