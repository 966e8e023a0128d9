"""How the ledger names what is signed or waived and is no unit."""

from __future__ import annotations

#: How the ledger's name of a whole item begins, and that of the message of an audience.
ITEM, MESSAGE = "item:", "message:"
