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


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Personne ne peut vous aider.", True),
        ("Une personne peut vous aider.", False),
        ("Cette personne de confiance vous aide.", False),
        ("Vous avancez pas à pas.", False),
        ("Il ne répond pas.", True),
    ],
)
def test_a_person_and_a_step_are_no_negation_in_french(text, denied):
    """The word "personne" alone says nobody, with an article it is somebody: a lost "nobody" is found."""
    found = [f for f in checks.run("Nobody can help you.", text, "fr") if f.code == "negation"]
    assert (found == []) is denied


@pytest.mark.parametrize(
    ("source", "code", "alarm"),
    [
        ("The shelter has room for 200 people.", "statistic", False),
        ("The bus takes up to 50 children.", "statistic", False),
        ("The town gives 1.5 million euros for homes.", "statistic", False),
        ("12,000 women are exploited.", "statistic", True),
        ("1.5 million people are in forced labour.", "statistic", True),
        ("Go to the UNHCR office.", "plain", False),
        ("Buy a SIM card.", "plain", False),
        ("Go to the FIDA office.", "plain", True),
    ],
)
def test_what_a_room_holds_and_what_is_known_by_its_letters_is_right(source, code, alarm):
    """Places and prices are no statistics; a vest says UNHCR and nothing else."""
    assert (code in {f.code for f in checks.run(source, source, "en")}) is alarm


@pytest.mark.parametrize("text", ["لا تعط رقمك السري لأحد.", "لا تعط الرمز السري لأحد.", "لا تقل كلمة سر."])
def test_a_secret_number_is_no_promise(text):
    """The PIN of a bank card is a "secret number" in Arabic."""
    assert "claim-unbacked" not in {f.code for f in checks.run("Never give your PIN to anybody.", text, "ar")}
    assert "claim-unbacked" in {f.code for f in checks.run("Never alone.", "الحديث سري.", "ar")}
