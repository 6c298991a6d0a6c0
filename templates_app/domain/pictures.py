"""Pictures to point at: kept when a handbook is begun or a coordinator brings one, given to pages and documents by name.

A picture is named by its fingerprint, which nobody guesses: whoever knows it has the worksheet before them. It is a part of the
handbook and says nothing about anybody, so every member of the organisation gets it under that name.
"""

import base64
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from templates_app.answers import AnswerFault
from templates_app.domain.file_kinds import LookedAt, look_at
from templates_app.domain.kit_files.drawings import CONTENT_TYPES, Looked, NotTaken, look_at_picture
from templates_app.domain.kit_files.folder import MAX_FILE_BYTES
from templates_app.models import Picture
from templates_app.shapes import FieldShape, Kind, Kit, PictureFile, Worksheet
from templates_app.shapes import Picture as PictureShape

UPLOADED = ("png", "jpg", "jpeg")
"""What an organisation brings. Drawings come with kits alone, which are looked through as a whole."""
LONGEST_SIDE = 1600
"""Pixels: more is not seen on any page, and has to be carried over every line."""
_IN_DOCUMENTS = re.compile(r"pictures/([0-9a-f]{64})")
_ANY = FieldShape(key="picture", kind=Kind.FILE, label="picture", accept=list(UPLOADED))


# --- Kept -------------------------------------------------------------------------------------------------------------


def look_at_upload(file: UploadedFile) -> tuple[str, Looked]:
    """A picture somebody brings, as it would be kept: drawn anew without the place and device that cameras write into it, and
    no larger than a page shows. Returns a name for it too. Raises ``AnswerFault`` with words for the person.
    """
    taken = look_at(_ANY, file)
    ending = "png" if taken.kind.content_type == CONTENT_TYPES["png"] else "jpg"
    try:
        looked = look_at_picture(f"picture.{ending}", _small_enough(taken, ending))
    except NotTaken:
        raise AnswerFault(
            _("This picture is more than twice as high as wide. Cut it to a shape that fits a page.")
        ) from None
    stem = re.sub(r"[^a-z0-9]+", "-", taken.name.rpartition(".")[0].casefold()).strip("-")[:40] or "picture"
    return f"{stem}-{looked.kept[:8]}.{ending}", looked


def _small_enough(taken: LookedAt, ending: str) -> bytes:
    from PIL import Image

    content = taken.content
    with Image.open(io.BytesIO(content)) as picture:
        side = LONGEST_SIDE
        while max(picture.size) > side or len(content) > MAX_FILE_BYTES:
            smaller = picture.copy()
            smaller.thumbnail((side, side))
            fresh = io.BytesIO()
            smaller.save(fresh, **({"format": "PNG"} if ending == "png" else {"format": "JPEG", "quality": 85}))
            content = fresh.getvalue()
            if len(content) <= MAX_FILE_BYTES:
                break
            side = side * 3 // 4
    return content


def keep_picture(looked: Looked) -> Picture:
    """Keep a picture for the open organisation, once."""
    values = {"content_type": looked.content_type, "content": looked.content}
    return Picture.objects.get_or_create(kept=looked.kept, defaults=values)[0]


def keep_pictures_of(kit: Kit) -> None:
    """Keep the pictures of a kit whose handbook is begun: those its fields show. One query, and one for each that is new."""
    looked = [look_at_picture(one.file, base64.b64decode(one.data)) for one in kit.pictures]
    known = set(Picture.objects.filter(kept__in=[one.kept for one in looked]).values_list("kept", flat=True))
    for one in looked:
        if one.kept not in known:
            keep_picture(one)


# --- Given out --------------------------------------------------------------------------------------------------------


def find_picture(kept: str) -> Picture | None:
    """The picture of that fingerprint in the open organisation."""
    return Picture.objects.filter(kept=kept).first()


def pictures_shown(html: str) -> dict[str, bytes]:
    """The pictures that a document of the open organisation shows, by the names under which ``render_pdf`` reads them."""
    named = set(_IN_DOCUMENTS.findall(html))
    rows = Picture.objects.filter(kept__in=named) if named else ()
    return {f"pictures/{row.kept}": bytes(row.content) for row in rows}


def pictures_of(kit: Kit) -> dict[str, bytes]:
    """The same of a kit that is in no handbook."""
    found = ((one.file, base64.b64decode(one.data)) for one in kit.pictures)
    return {f"pictures/{look_at_picture(name, content).kept}": content for name, content in found}


def picture_files(values: Any) -> list[PictureFile]:
    """The files of the pictures that fields show, for a kit that is taken out; ``values`` are worksheets and an agreement."""
    named = {picture.file: picture.kept for picture in _shown_in(values) if picture.kept}
    rows = {row.kept: row for row in Picture.objects.filter(kept__in=set(named.values()))} if named else {}
    return [
        PictureFile(file=name, data=base64.b64encode(bytes(rows[kept].content)).decode())
        for name, kept in sorted(named.items())
        if kept in rows
    ]


def _shown_in(fields: Iterable[FieldShape | Worksheet]) -> Iterator[PictureShape]:
    for one in fields:
        if isinstance(one, Worksheet):
            yield from _shown_in(one.fields())
            continue
        if one.picture is not None:
            yield one.picture
        yield from _shown_in([*one.columns, *one.fields])
