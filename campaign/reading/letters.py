"""Letters beside numbers and addresses: which scripts write words without spaces, or join small words to them."""

from __future__ import annotations

import re

#: Scripts that put words and numbers side by side, or join particles to a number: touching letters are ordinary.
JOINING = re.compile(
    "[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1200-\u139f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u9fff"
    "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
#: Letters that no eye takes for Latin ones: where they touch an ASCII address, a word touches it (Hebrew and onward,
#: Latin and Greek supplements and Cherokee left out).
_APART = re.compile(
    "[\u0590-\u109f\u1100-\u139f\u1400-\u1cff\u2e80-\ua4cf\ua800-\uab2f\uabc0-\ufaff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U0003ffff]"
)


def apart(character: str) -> bool:
    """Whether a letter belongs to no address in Latin letters, so that it can stand directly beside one."""
    return _APART.match(character) is not None
