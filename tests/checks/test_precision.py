"""Real texts of other projects raise hardly any alarm: Debian's catalogues in twelve languages.

`make precision` counts all of them; this takes every ninth sentence.
"""

import importlib.util
import itertools
from collections import Counter
from pathlib import Path

import pytest

from campaign.checks import check_unit
from campaign.model.finding import Severity

SPEC = importlib.util.spec_from_file_location("precision", Path(__file__).parents[2] / "benchmarks" / "precision.py")
precision = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(precision)


@pytest.mark.breadth
@pytest.mark.slow
def test_no_error_rule_raises_more_than_two_false_alarms_in_a_hundred():
    """Every finding on these texts counts, also where the text is wrong."""
    everything = {language: list(precision.units(language)) for language in precision.LANGUAGES}
    if sum(map(bool, everything.values())) < len(precision.LANGUAGES):
        pytest.skip("needs the catalogues of Debian: apt-get install libgtk-3-common iso-codes shared-mime-info")
    names = precision.names(everything)
    units = [unit for mine in everything.values() for unit in itertools.islice(mine, 0, None, 9)]

    alarms = Counter(
        code
        for unit in units
        for code in {f.code for f in check_unit(unit, names=names(unit)) if f.severity is Severity.ERROR}
    )

    assert len(units) > 2000
    assert {code: count for code, count in alarms.items() if count > precision.LIMIT * len(units)} == {}
