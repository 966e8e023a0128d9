"""What goes wrong while values are in memory says where, and never what: a message can be copied into a report."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator
from pathlib import Path

from campaign.errors import CampaignError


@contextlib.contextmanager
def unsaid() -> Iterator[None]:
    """Keep values out of tracebacks and out of a core dump of this process.

    Raises:
        CampaignError: as inside; what is no CampaignError becomes one that names its place in the program alone.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    try:
        yield
    except CampaignError as error:
        # Without what it came from: that may cite a value.
        raise CampaignError(error.problems) from None
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        what = (
            f"a fault of the program ({type(error).__name__} at {where}); its words may hold a value and are left out"
        )
        raise CampaignError.single(
            what, where="fill", todo="report these words, and fill the form in by hand"
        ) from None
