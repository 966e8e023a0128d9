"""Transformation matrices of PDF: a b c d e f (ISO 32000-1, 8.3.4)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import SupportsFloat

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix(values: Iterable[SupportsFloat]) -> Matrix:
    """The matrix of six numbers.

    Raises:
        ValueError: they are not six.
    """
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """The transformation `one`, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def scale(one: Matrix) -> float:
    """The smaller of the two scales of a matrix: what a line or a letter is at its thinnest."""
    a, b, c, d, _, _ = one
    return min(math.hypot(a, b), math.hypot(c, d))
