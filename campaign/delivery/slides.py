"""Slides for screens: one of many languages, one of each, and a page that turns them, which needs no network."""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

#: How long each slide stands, in seconds: time to read a line and to photograph the code.
SECONDS = 10

_PAGE = """<!DOCTYPE html>
<html lang="mul">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
html, body {{ margin: 0; height: 100%; background: #fff; overflow: hidden; cursor: none; }}
img {{ position: absolute; width: 100%; height: 100%; object-fit: contain; }}
{turning}
</style>
</head>
<body>
{pictures}
</body>
</html>
"""
#: Each slide lies above those that come after it, and goes when its time is over: the first is there at once.
_TURNING = """@keyframes turn {{
0% {{ visibility: visible; }}
{part:.4f}%, 100% {{ visibility: hidden; }}
}}
img + img {{ visibility: hidden; }}
img {{ animation: turn {whole}s step-end infinite; }}
{delays}"""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its PNG, what it says in words, and the tag of its language."""

    png: bytes
    words: str
    tag: str
    rtl: bool = False


def turning(slides: Sequence[Slide], title: str) -> bytes:
    """A page that shows one slide after the other: no script, no file beside it, any browser of an office or a screen.

    Not a film: it would need a codec that not every screen has, and a GIF has 256 colours, too few for smooth letters.
    """
    whole = SECONDS * len(slides)
    delays = "\n".join(
        f"img:nth-of-type({place}) {{ animation-delay: {SECONDS * (place - 1)}s; }}"
        for place in range(2, len(slides) + 1)
    )
    animated = _TURNING.format(part=100 / len(slides), whole=whole, delays=delays) if len(slides) > 1 else ""
    pictures = "\n".join(
        f'<img lang="{slide.tag}" dir="{"rtl" if slide.rtl else "ltr"}" alt="{html.escape(slide.words)}"'
        f' src="data:image/png;base64,{b64encode(slide.png).decode()}">'
        for slide in slides
    )
    return _PAGE.format(title=html.escape(title), turning=animated, pictures=pictures).encode()
