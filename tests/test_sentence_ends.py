"""One table of sentence ends: every room reads the marks of every script alike."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from campaign import checks, languages, sentence_ends
from campaign.drafting import confidence, sentences

TWO = {
    "en": "Call us. We listen.", "el": "Πάρτε μας. Ακούμε.", "hy": "Զանգեք։ Մենք լսում ենք։", "ar": "اتصل بنا. نحن نستمع.",
    "ur": "ہمیں فون کریں۔ ہم سنتے ہیں۔", "ti": "ደውሉልና። ንሰምዕ ኢና።", "am": "ይደውሉ። እንሰማለን።", "bn": "ফোন করুন। আমরা শুনি।",
    "hi": "फ़ोन करें। हम सुनते हैं।", "my": "ဖုန်းဆက်ပါ။ ကျွန်ုပ်တို့ နားထောင်သည်။", "km": "ទូរស័ព្ទមក។ យើងស្តាប់។",
    "ja": "電話してください。聞きます。", "zh-Hant": "請打電話。我們會聽。", "ka": "დაგვირეკეთ. გისმენთ.",
}  # fmt: skip
ASKED = {"en": "Are you safe?", "el": "Είστε ασφαλείς;", "ar": "هل أنت بأمان؟", "ti": "ውሑስ ዲኻ፧", "zh-Hans": "你安全吗？", "ur": "کیا آپ محفوظ ہیں؟", "bn": "আপনি কি নিরাপদ?"}  # fmt: skip


@pytest.mark.parametrize("locale", TWO)
def test_two_sentences_are_two_in_every_script(locale):
    """A draft, a thread and a check count the same sentences, with the mark that the script writes."""
    text = TWO[locale]
    assert len(sentence_ends.split(text)) == sentence_ends.count(text, locale) == 2
    assert len(sentences.split(text)) == 2
    assert "sentence count" not in confidence.flags(TWO["en"], text, locale)
    assert not [f for f in checks.run(TWO["en"], text, locale) if f.code == "punctuation"]


@pytest.mark.parametrize("locale", ASKED)
def test_a_question_is_a_question_in_every_script(locale):
    """A mediator is not told that the last mark differs when it is the script's own question mark."""
    assert not [f for f in checks.run(ASKED["en"], ASKED[locale], locale) if f.code == "punctuation"]
    assert "punctuation" not in confidence.flags(ASKED["en"], ASKED[locale], locale)


def test_every_sentence_terminal_of_a_registered_script_has_its_latin_mark():
    """Unicode's own list is kept whole: a mark that a new language brings is not forgotten."""
    scripts = "".join(rf"\p{{Script_Extensions={name}}}" for name in ("Arab", "Armn", "Beng", "Deva", "Ethi", "Khmr", "Mymr", "Hani", "Taml"))  # fmt: skip
    ends = regex.findall(rf"(?V1)[\p{{Sentence_Terminal}}&&[{scripts}]]", "".join(map(chr, range(0xD800))))
    rare = set("\u061d\u061e\u1368\u3002") | {c for c in ends if ord(c) > 0xA000}
    assert set(ends) - rare <= set(sentence_ends.LATIN)
    assert {"။", "።", "۔", "։", "។", "。"} <= set(sentence_ends.LATIN)


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ('Say "no."', "Sagen Sie „Nein“.", "de"),
        ('They say "it is safe".', "Ils disent « c'est sûr. »", "fr"),
        ("They say “wait.”", "Λένε «περιμένετε».", "el"),
        ("They say “wait.”", "彼らは「待って」と言います。「待って。」", "ja"),
        ("Ask for a code (STP).", "请要一个代码（STP）。", "zh-Hans"),
        ("Ask for help (today).", "请求助（今天）。", "zh-Hans"),
    ],
)
def test_quotation_marks_may_close_before_or_behind_the_last_mark(source, text, locale):
    """Each language has its own habit; neither is a fault."""
    assert not [f for f in checks.run(source, text, locale) if f.code == "punctuation"]


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("আপনি সাহায্য সাহায্য সাহায্য সাহায্য সাহায্য সাহায্য সাহায্য সাহায্য পান।", "bn", '"সাহায্য" stands 8 times'),
        ("Pide ayuda, pide ayuda, pide ayuda.", "es", '"Pide ayuda" stands 3 times'),
        ("Caawimaad caawimaad caawimaad hel.", "so", "stands 3 times"),
        ("ขอความช่วยเหลือขอความช่วยเหลือขอความช่วยเหลือ", "th", "stands 3 times"),
        ("ሓገዝ ሓገዝ ሓገዝ ርኸቡ።", "ti", '"ሓገዝ" stands 3 times'),
        ("请求帮助请求帮助请求帮助。", "zh-Hans", '"请求帮助" stands 3 times'),
    ],
)  # fmt: skip
def test_words_that_stand_three_times_are_found_in_every_language(text, locale, said):
    """A translation engine that lost the thread says a word again and again, also where languages double words."""
    (found,) = [f.detail for f in checks.run("Ask for help.", text, locale) if f.code == "repetition"]
    assert said in found


@pytest.mark.parametrize(
    ("source", "text", "locale"),
    [
        ("Call %(phone)s or %(emergency)s.", "Chiama il %(phone)s il %(emergency)s.", "it"),
        ("Call %(phone)s or %(emergency)s.", "Appelez le %(phone)s le %(emergency)s.", "fr"),
        ("Call %(phone)s or %(emergency)s.", "Bel %(phone)s bel %(emergency)s.", "nl"),
        ("No, no, no!", "Nein, nein, nein!", "de"),
        ("Go slowly.", "ধীরে ধীরে যান।", "bn"),
        ("I can. Can you?", "Ich kann. Kann man?", "de"),
    ],
)
def test_no_repetition_where_a_placeholder_a_stop_or_the_source_stands_between(source, text, locale):
    """Right texts raise no alarm: what is filled in parts two words, and the source may repeat on purpose."""
    assert not [f for f in checks.run(source, text, locale) if f.code == "repetition"]


@pytest.mark.parametrize(
    ("text", "locale", "right"),
    [
        ("နေမကောင်းဘူးလား။", "my", True), ("သင်နေမကောင်းပါ။", "my", False),
        ("具合が悪いですか。", "ja", True), ("具合が悪いです。", "ja", False),
        ("តើអ្នកឈឺឬទេ។", "km", True), ("អ្នកឈឺ។", "km", False),
        ("Դուք հիվա՞նդ եք։", "hy", True), ("Դուք հիվանդ եք։", "hy", False),
        ("Êtes-vous malade ?", "fr", True), ("Vous êtes malade.", "fr", False),
    ],
)  # fmt: skip
def test_a_question_ends_as_its_language_ends_it(text, locale, right):
    """A word or a sign inside a word asks, and the full stop behind it is right; a statement is no question."""
    found = [f.detail for f in checks.run("Are you ill?", text, locale) if f.code == "punctuation"]
    assert (found == []) is right, found


@pytest.mark.parametrize(
    "text", ["Η Ύπατη Αρμοστεία (UNHCR) βοηθά.", "توزع المفوضية (UNHCR) الطعام.", "УВКБ ООН (UNHCR) допомагає."]
)
def test_a_short_form_of_the_source_may_stand_in_brackets(text):
    """Readers need the words for it; other brackets are still compared."""
    tag = "el" if "Η" in text else "ar" if "ت" in text else "uk"
    assert not [f for f in checks.run("UNHCR gives food.", text, tag) if f.code == "punctuation"]
    lost = checks.run("UNHCR gives food.", text.replace("UNHCR", "abc"), tag)
    assert [f for f in lost if f.code == "punctuation"]


@given(st.text(st.sampled_from('ab .!?।。…\n"»)：;5'), max_size=60))
def test_splitting_loses_nothing_but_spaces(text):
    """Whatever the marks, every sign of the text stands in one sentence, in order."""
    for cut in (sentence_ends.split, sentence_ends.parts):
        assert "".join("".join(cut(text)).split()) == "".join(text.split())


def test_plain_keeps_every_place():
    """A rule that finds something in the plain text can point at it in the real one."""
    text = "".join(sentence_ends.LATIN)
    assert len(sentence_ends.plain(text)) == len(text)
    assert languages.registry().keys() >= sentence_ends.UNPOINTED
