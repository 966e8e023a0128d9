"""Pictures that were set before, by everything that their layout can read: they are not set again."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaign.cache import Cache
from campaign.model.digest import digest

#: A finished picture, and the same one small.
Picture = tuple[bytes, bytes]


class Recent:
    """Pictures of one compiler, in memory alone: its layouts, fonts and pictures never change. The latest are kept."""

    def __init__(self, most: int = 400) -> None:
        self._most = most
        self._known: OrderedDict[str, Picture] = OrderedDict()

    def picture(self, layout: str, values: Mapping[str, object], make: Callable[[], Picture]) -> Picture:
        """The picture of these values in a layout and the same one small, made when they are not there.

        Raises what `make` raises.
        """
        key = digest(layout, json.dumps(values, sort_keys=True))
        if key not in self._known:
            self._known[key] = make()
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Pictures:
    """Finished pictures in the cache. `inputs` is the hash of the program and of every layout, font and picture file.

    A layout sees those and its values, nothing else (campaign/typeset/session.py): equal keys give equal bytes.
    """

    cache: Cache
    inputs: str

    def picture(self, layout: str, values: Mapping[str, object], make: Callable[[], Picture]) -> Picture:
        """The picture of these values in a layout and the same one small, made when they are not there.

        Raises what `make` raises.
        """
        key = digest(self.inputs, layout, json.dumps(values, sort_keys=True))
        for data in self.cache.get("picture", key):
            length, _, rest = data.partition(b"\n")
            if length.isdigit():  # else nothing that we put there
                return rest[int(length) :], rest[: int(length)]
        large, small = make()
        self.cache.put("picture", key, "png", b"%d\n%b%b" % (len(small), small, large))
        return large, small
