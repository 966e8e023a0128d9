"""The structure tree of a mended PDF: what is gone is taken out, and right-to-left elements are in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from campaign.typeset.mending.text_object import Run

if TYPE_CHECKING:
    import pikepdf

#: A page, and a marked content on it.
Content = tuple[tuple[int, int], int]
#: The page of an element; its children, each with the marked content that it is.
_Kids = tuple[tuple[int, int], list[tuple["pikepdf.Object | int", Content | None]]]
_NUMBERS = re.compile(rb"\[[\d ]*\]")
#: Elements within elements that are looked into; a leaflet has eight.
_DEPTH = 60


def parents(root: pikepdf.Object) -> dict[int, pikepdf.Object]:
    """The elements of each page's marked contents, by the key that a page has in the parent tree (14.7.4.4)."""
    tree = root.get("/ParentTree")
    return dict(_numbers(tree, _DEPTH)) if tree is not None else {}


def _numbers(node: pikepdf.Object, depth: int) -> Iterator[tuple[int, pikepdf.Object]]:
    import pikepdf

    listed = list(node.get("/Nums", ()))
    for key, value in zip(listed[::2], listed[1::2], strict=False):
        if isinstance(value, pikepdf.Array):
            yield int(key), value
    for kid in node.get("/Kids", ()) if depth else ():
        yield from _numbers(kid, depth - 1)


def owners(array: pikepdf.Object) -> Sequence[object]:
    """What tells the elements of an array of the parent tree from one another."""
    words = array.unparse(resolved=True).split()[1:-1]
    if len(words) == 3 * len(array) and set(words[2::3]) == {b"R"}:  # as Typst writes it; one by one takes long
        return list(zip(words[::3], words[1::3], strict=True))
    return [element.objgen for element in array]


def order(root: pikepdf.Object, runs: Mapping[Content, Run], gone: frozenset[Content]) -> None:
    """Take what is gone out of the elements, and list the contents of right-to-left ones as they are read."""
    from pikepdf import Array

    tree = _Tree(runs, gone)
    kids = root.get("/K", ())
    for kid in kids if isinstance(kids, Array | tuple) else [kids]:
        tree.walk(kid, (0, 0), _DEPTH)


class _Tree:
    def __init__(self, runs: Mapping[Content, Run], gone: frozenset[Content]) -> None:
        from pikepdf import Array, Dictionary

        self._runs, self._gone, self._array, self._dictionary = runs, gone, Array, Dictionary
        #: What is in the elements that were read, as it was before they were mended.
        self._read: dict[tuple[int, int], _Kids] = {}

    def walk(self, element: pikepdf.Object, page: tuple[int, int], depth: int) -> None:
        """Mend an element and what is in it; `page` is that of the elements around it."""
        page, all_kids = self._kids(element, page)
        if not all_kids or not depth:
            return
        listed = [each for each in all_kids if each[1] not in self._gone]
        kids = [kid for kid, _ in listed]
        inline = [
            self._runs.get(content) if content is not None else self._run(kid, page, depth) for kid, content in listed
        ]
        runs = [run for run in inline if run is not None]
        lines = len(runs) == len(kids) and any(content for _, content in listed)
        turned = lines and any(run.right_to_left for run in runs)
        if turned:
            kids = [kids[n] for n in reading_order(runs)]
        if len(kids) == 1:
            element.K = kids[0]
        elif turned or len(kids) != len(all_kids):
            element.K = self._array(kids)
        for kid, content in listed:
            if content is None and not isinstance(kid, int):
                self.walk(kid, page, depth - 1)

    def _kids(self, element: pikepdf.Object, page: tuple[int, int]) -> _Kids:
        """The page of an element; its children, and for those that are one, the marked content."""
        key = element.objgen
        if key in self._read:
            return self._read[key]
        page = element.Pg.objgen if "/Pg" in element else page
        array = element.get("/K", ())
        read: _Kids
        if isinstance(array, self._array) and _NUMBERS.fullmatch(written := array.unparse()):
            # Hundreds of numbers: one by one they take long.
            read = page, [(kid, (page, kid)) for kid in map(int, written[1:-1].split())]
        else:
            kids = list(array) if isinstance(array, self._array | tuple) else [array]
            read = page, [(kid, self._content(kid, page)) for kid in kids]
        if key != (0, 0):
            self._read[key] = read
        return read

    def _content(self, kid: pikepdf.Object | int, page: tuple[int, int]) -> Content | None:
        """The marked content that a child is; None when it is an element or an annotation."""
        if isinstance(kid, int):
            return page, kid
        if isinstance(kid, self._dictionary):
            if kid.get("/Type") != "/MCR":
                return None
            return (kid.Pg.objgen if "/Pg" in kid else page), int(kid.MCID)
        return page, int(kid)

    def _run(self, element: pikepdf.Object | int, page: tuple[int, int], depth: int) -> Run | None:
        """The run that an element within a line begins with."""
        if isinstance(element, int) or not depth:
            return None
        page, kids = self._kids(element, page)
        for kid, content in kids:
            run = self._runs.get(content) if content is not None else self._run(kid, page, depth - 1)
            if run is not None:
                return run
        return None


def reading_order(runs: Sequence[Run]) -> list[int]:
    """The order in which the runs of a right-to-left element are read.

    Typst lists the runs of a line in the order of reading, and only the pieces of one run from its left end: those that
    did not become one are turned round.
    """
    order: list[int] = []
    chain: list[int] = []
    for n, run in enumerate(runs):
        before = runs[chain[-1]] if chain else None
        if before is not None and not _from_the_left(before, run):
            order += reversed(chain)
            chain = []
        chain.append(n)
    return [*order, *reversed(chain)]


def _from_the_left(before: Run, run: Run) -> bool:
    """Whether two right-to-left runs of one line come in the order of their places."""
    both = before.right_to_left and run.right_to_left
    return both and abs(before.y - run.y) < 0.6 * run.size and before.x < run.x
