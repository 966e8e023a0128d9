"""ICC profiles of the press, read with suspicion: small enough, whole, and really describing four inks."""

from __future__ import annotations

import io
from dataclasses import dataclass

from campaign import limits
from campaign.errors import CampaignError
from campaign.project import Project


@dataclass(frozen=True, slots=True)
class InkProfile:
    """A CMYK output profile (ISO 15076-1): its file name, bytes and description."""

    name: str
    data: bytes
    description: str


def read(project: Project, name: str) -> InkProfile:
    """The profile `assets/icc/<name>`.

    Raises:
        CampaignError: no such file, outside the workspace, too large, damaged, or not a CMYK output profile.
    """
    where, path = f"assets/icc/{name}", project.inside(project.profiles / name)
    todo = "put the printer's CMYK output profile into assets/icc, or use ISOcoated_v2_300_bas.icc"
    limits.sized(path, where, "profile_mb")  # real ones have 0.1 to 4 MB
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CampaignError.single(f"cannot be read ({error.strerror})", where=where, todo=todo) from error
    if data[36:40] != b"acsp" or int.from_bytes(data[:4]) != len(data):
        raise CampaignError.single("is damaged or no ICC profile", where=where, todo=todo)
    space, kind = data[16:20].decode("latin-1").strip(), data[12:16].decode("latin-1").strip()
    if (space, kind) != ("CMYK", "prtr"):
        raise CampaignError.single(
            f"describes {space} of class {kind!r}, the press needs CMYK of class 'prtr'", where=where, todo=todo
        )
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        # A profile can be whole outside and broken inside: only building a transform reads its tables.
        for pair in ((ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK"),):
            ImageCms.buildTransform(*pair)
        description = ImageCms.getProfileDescription(profile).strip()
    except (OSError, ImageCms.PyCMSError) as error:
        raise CampaignError.single(f"is damaged ({error})", where=where, todo=todo) from error
    return InkProfile(name, data, description)
