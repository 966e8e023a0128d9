"""What one printer wants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintProfile:
    """What one printer wants: lengths in mm, ink in percent of one plate, type in pt, resolution in pixels per inch.

    `convert` is the ICC file that turns sRGB into ink, `intent` the one that the press is described by; both lie in
    assets/icc. `naming` holds {country}, {language}, {audience}, {format}.
    `ask` is who answers the printer's questions, `delivery` where and when it is wanted; `quantities` is the file of a
    table of how many of each. `one_ink` names the ink of a press that prints in one alone: all is on the black plate.
    `common_base`: cyan, magenta and yellow are the same in every language, and only the black plate is changed.
    """

    id: str
    bleed: float = 3.0
    safe: float = 5.0
    marks: bool = False
    convert: str = "ISOcoated_v2_300_bas.icc"
    intent: str = "FOGRA39L_coated.icc"
    condition: str = "FOGRA39"
    max_ink: float = 300.0
    min_text: float = 6.0
    resolution: int = 300
    outlines: bool = False
    naming: str = "{country}_{language}_{audience}_{format}"
    language: str = "en"
    ask: str = ""
    delivery: str = ""
    quantities: str = ""
    one_ink: str = ""
    common_base: bool = False
