"""One sentence and one term of the source, said in two ways in a catalogue."""

from campaign.checks.facts import Place, Term
from campaign.checks.same_source import mixed_terms, mixed_translations
from campaign.model.unit import Unit


def unit(source, text):
    """A unit of a Greek catalogue."""
    return Unit("el", "", source, "", (text,))


def said(found):
    """What is said about which texts."""
    return [(unit.text, finding.detail) for unit, finding in found]


def shown(*units):
    """Each unit on a page for everybody."""
    return {unit.key: Place("steps") for unit in units}


DANGER = "In danger: %(emergency)s."


def test_the_one_that_differs_is_named_with_what_the_others_say():
    """A sentence inside longer texts counts like one by itself; spaces and large letters make no difference."""
    usual = [unit(f"Text {n}. {DANGER}", f"Κείμενο {n}.  Σε κίνδυνο: %(emergency)s.") for n in range(3)]
    other = unit(f"Another. {DANGER}", "Άλλο. Κίνδυνος: %(emergency)s.")

    assert said(mixed_translations([*usual, other], shown(*usual, other))) == [
        (other.text, '"Κίνδυνος: %(emergency)s." is "σε κίνδυνο: %(emergency)s." in 3 other places')
    ]


def test_one_against_one_says_nothing():
    """Nobody knows which of two is the usual one."""
    two = [unit(DANGER, "Κίνδυνος: %(emergency)s."), unit(f"One. {DANGER}", "Ένα. Σε κίνδυνο: %(emergency)s.")]

    assert said(mixed_translations(two, shown(*two))) == []


def test_children_and_women_may_hear_it_in_other_words():
    """Texts for different readers are compared apart."""
    adults = [unit(f"Text {n}. Call us.", f"Κείμενο {n}. Καλέστε μας.") for n in range(3)]
    child, woman = unit("Call us.", "Κάλεσέ μας."), unit("You. Call us.", "Εσείς. Καλέστε μας εσείς.")
    places = {**shown(*adults), child.key: Place("steps", child=True), woman.key: Place("steps", women=True)}

    assert said(mixed_translations([*adults, child, woman], places)) == []


def test_sentences_that_are_cut_elsewhere_are_not_compared():
    """The same number of sentences is not enough: what is filled in must be the same too."""
    usual = [unit(f"Text. {DANGER}", "Κείμενο. Σε κίνδυνο: %(emergency)s.") for n in range(3)]
    cut = unit(f"Call %(phone)s. {DANGER}", "Ερωτήσεις; %(phone)s, σε κίνδυνο %(emergency)s.")

    assert said(mixed_translations([*usual, cut], shown(*usual, cut))) == []


def test_a_term_has_one_word_in_a_catalogue():
    """The glossary may accept two words; a catalogue keeps to one, in all of its cases."""
    term = Term("union", ("συνδικάτο", "σωματείο"))
    usual = [unit(f"A union {n}", f"Ένα συνδικάτο {n}") for n in range(2)]
    other = unit("The union helps", "Το σωματείο βοηθά")

    assert said(mixed_terms([*usual, other], [term])) == [
        (other.text, '"σωματείο" for "union", which is "συνδικάτο" in 2 other places')
    ]


def test_a_plural_that_changes_inside_is_the_same_word():
    """Persian has a broken plural from Arabic: one word, two forms."""
    texts = (("papers", "مدرک"), ("papers", "مدرک"), ("papers", "مدارک"))
    units = [Unit("fa", f"c{n}", source, "", (text,)) for n, (source, text) in enumerate(texts)]

    assert said(mixed_terms(units, [Term("papers", ("مدارک", "مدرک"))])) == []
