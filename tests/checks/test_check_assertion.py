"""A promise or a condition counts where the text says it, not where it denies it or tells what others say."""

import pytest

from campaign import checks


def codes(source, text, locale):
    """The codes of the error findings."""
    return [f.code for f in checks.run(source, text, locale) if f.severity.value == "error"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "You do not have to show your papers."), ("de", "Sie brauchen keine Papiere."),
        ("fr", "Vous ne devez pas montrer vos papiers."), ("es", "No necesita papeles."),
        ("it", "Non devi mostrare i documenti."), ("nl", "U hebt geen papieren nodig."),
        ("ro", "Nu trebuie să arătați actele."), ("el", "Δεν χρειάζεστε χαρτιά."),
        ("bg", "Не е нужно да показвате документите си."), ("uk", "Вам не потрібні документи."),
        ("ar", "لا يجب عليك إبراز أوراقك."), ("fa", "لازم نیست مدارک خود را نشان دهید."),
        ("bn", "কাগজপত্র দেখাতে হবে না।"), ("ur", "کاغذات دکھانا ضروری نہیں۔"), ("tr", "Belgelerinizi göstermeniz gerekmez."),
    ],
)  # fmt: skip
def test_a_denied_condition_is_none(locale, text):
    """"You need no papers" is the very thing to say."""  # fmt: skip
    assert codes("You do not have to show your papers.", text, locale) == []


def test_a_lost_denial_is_a_condition():
    """The same sentence without its not asks for papers."""
    source = "You do not have to show your papers."
    assert codes(source, "Sie müssen Ihre Papiere zeigen.", "de") == ["status-condition"]


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "Nobody can guarantee your safety."), ("ar", "لا أحد يستطيع ضمان سلامتك."), ("fa", "هیچ‌کس نمی‌تواند امنیت شما را تضمین کند.")],
)  # fmt: skip
def test_a_denied_promise_is_none(locale, text):
    """Honest words are no promise."""
    assert codes("Nobody can guarantee your safety.", text, locale) == []


def test_a_negation_in_another_clause_or_inside_the_promise_denies_nothing():
    """"Do not worry, you will be safe" promises, and so does "you will not be deported"."""  # fmt: skip
    for text in ("Do not worry, you will be safe.", "You will not be deported.", "Nobody will find you."):
        assert codes(text, text, "en") == ["promise"]


def test_what_others_say_is_no_word_of_ours():
    """A warning quotes the people it warns of; a translation may quote them too, but not add a promise of its own."""
    assert codes("They promise that you will be safe.", "They promise that you will be safe.", "en") == []
    assert codes("Someone says that you must show papers.", "Jemand sagt, Sie müssen Papiere zeigen.", "de") == []
    assert codes("They promise a job.", "Sie werden sicher sein.", "de") == ["promise"]
