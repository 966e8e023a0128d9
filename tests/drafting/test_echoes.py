"""An engine that says the same again and again, or gives the source back: refused in every language."""

from __future__ import annotations

import pytest

from campaign.drafting import verify
from campaign.drafting.draft import Drafter
from campaign.drafting.echoes import copied, loop
from campaign.model.hypothesis import Hypothesis

LOOPS = {
    "word": "Nunca nunca nunca assine",
    "phrase": "Você tem direito você tem direito a ajuda",
    "phrase with commas": "Tem direito, tem direito, tem direito, tem direito a ajuda",
    "clauses": "Kupata msaada ni haki yako. Kupata msaada ni haki yako.",
    "Arabic": "لديك الحق في لديك الحق في الرعاية",
    "Tigrinya": "ሓገዝ ሓገዝ ሓገዝ ይርከብ",
    "Bengali": "আপনার অধিকার আছে আপনার অধিকার আছে",
    "Georgian": "თქვენ გაქვთ უფლება თქვენ გაქვთ უფლება",
    "Tifinagh": "ⵜⴰⵡⵙⵙⴰ ⵜⴰⵡⵙⵙⴰ ⵜⴰⵡⵙⵙⴰ",
    "Thai": "คุณมีสิทธิคุณมีสิทธิได้รับการรักษา",
    "Thai word": "ช่วยช่วยช่วยด้วย",
    "Lao": "ທ່ານມີສິດໄດ້ຮັບທ່ານມີສິດໄດ້ຮັບ",
    "Khmer": "អ្នកមានសិទ្ធិអ្នកមានសិទ្ធិ",
    "Burmese": "သင့်တွင်အခွင့်သင့်တွင်အခွင့်",
    "Chinese": "你有权利获得权利获得权利获得治疗",
    "Chinese clauses": "你有权利获得免费的医疗服务。你有权利获得免费的医疗服务。",
    "Japanese": "権利があります権利があります権利があります",
    "syllables": "Ajuda de dedededede graça",
    "letters": "Ajuuuuuuda gratuita",
}  # fmt: skip
RIGHT = {
    "Indonesian": "Jangan ragu-ragu, orang-orang di sini membantu anak-anak",
    "Filipino": "Araw-araw, gabi-gabi may sumasagot",
    "Turkish": "Yavaş yavaş konuşun, kimse sizi duymasın",
    "Hindi": "धीरे-धीरे बोलें, बार-बार पूछें",
    "Bengali": "ধীরে ধীরে কথা বলুন",
    "Swahili": "Piga simu sasa sasa",
    "Thai": "ช้าๆ ทุกวันทุกวัน จริงจริง",
    "Khmer": "បន្តិចបន្តិច ជាមួយគ្នា",
    "Chinese": "慢慢来,天天有人接听,看看谁能帮助你",
    "Vietnamese": "luôn luôn có người trả lời",
    "numbers": "112 112 112",
    "Armenian": "մեկ-մեկ հարցրեք",
}  # fmt: skip


@pytest.mark.parametrize("case", LOOPS)
def test_what_is_said_again_and_again_is_no_draft(case: str) -> None:
    """In scripts with and without spaces; the reason names what is repeated."""
    (fault,) = verify.faults("You have the right to free help", LOOPS[case])
    assert fault == f"the engine says {loop(LOOPS[case])[:40]!r} again and again"


@pytest.mark.parametrize("case", RIGHT)
def test_a_word_said_twice_on_purpose_is_right(case: str) -> None:
    """Many languages double a word for "every", "many" or "very"."""
    assert loop(RIGHT[case]) == ""


def test_what_the_source_repeats_may_be_repeated() -> None:
    """A song is a song in every language."""
    assert verify.faults("Never, never, never sign it", "Nunca, nunca, nunca assine isso") == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("You have the right to medical care.", "You have the right to medical care"),
        ("YOU HAVE RIGHTS HERE", "You have rights here"),
        ("Call 112 if you are in danger", "call 112, if you are in danger"),
        ("Ask a doctor or an aid worker to call for you", "Ask a doctor or an aid worker to call you"),
    ],
)
def test_the_source_is_no_translation_of_itself(source: str, text: str) -> None:
    """Whatever the language: a copy, with other marks or one word less."""
    assert verify.faults(source, text) == ["the engine gave the source back"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hotel", "Hotel"),
        ("WhatsApp, Telegram, Signal", "WhatsApp, Telegram, Signal"),
        ("Child Focus Belgium", "Child Focus Belgium"),
        ("Doctors of the World", "Doctors of the World"),
        ("Help is free", "Hilfe ist frei"),
    ],
)
def test_names_stay_as_they_are(source: str, text: str) -> None:
    """Lists of names, and words that two languages share, are no copies."""
    assert copied(source, text) == (source == "Doctors of the World")


def test_another_hypothesis_takes_its_place() -> None:
    """The engine's second offer counts where the first one loops; where every offer does, the text stays empty."""

    class Stuck:
        name, model, version, licence = "stuck", "m", "1", "none"

        def translate(self, texts, /, *, hypotheses=1):
            return [
                [Hypothesis("ကူညီပါကူညီပါကူညီပါ", -0.1), Hypothesis("အကူအညီ အခမဲ့ ရနိုင်သည်။", -0.5)][
                    : hypotheses if "free" in text else 1
                ]
                for text in texts
            ]

    good, bad = Drafter(Stuck(), "my").draft(["Help is free for everybody.", "Ask for help today."])

    assert good.text == "အကူအညီ အခမဲ့ ရနိုင်သည်။"
    assert bad.text == ""
    assert "again and again" in bad.fault
