"""Other papers that the designs of the reference campaign take from the table of a format alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campaign.model.layout import Layout


@dataclass(frozen=True, slots=True)
class Paper:
    """A design on another paper: trim in mm, panels of the outside in mm, pages (0: as many as the text needs)."""

    name: str
    design: str
    width: float
    height: float
    panels: tuple[float, ...] = ()
    pages: int = 0

    def of(self, layout: Layout) -> Layout:
        """The format with this paper; `layout` is that of the design."""
        return replace(
            layout, name=self.name, width=self.width, height=self.height, panels=self.panels, pages=self.pages
        )


PAPERS = (
    Paper("A6", "leaflet-a5", 105, 148, pages=4),
    Paper("A4 Z fold", "trifold-a4", 297, 210, (99, 99, 99), 2),
    Paper("DL", "leaflet-a5", 99, 210, pages=2),
    Paper("half-letter", "leaflet-a5", 139.7, 215.9, pages=2),
    Paper("Letter roll fold", "trifold-a4", 279.4, 215.9, (91.4, 94, 94), 2),
    Paper("Tabloid poster", "poster-a3", 279.4, 431.8, pages=1),
    Paper("Letter large print", "large-print-a4", 215.9, 279.4),
)
