"""Pictures of kits: what is taken, how large they are, and what a drawing (SVG) may hold.

A drawing is a document that could run scripts and fetch things. It is shown as an image alone, where browsers let it do neither
(SVG Integration, secure static mode), and is still refused here unless every part of it is known to be harmless.
"""

import hashlib
import io
import math
import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
"""By ending."""
MOST_PIXELS = 40_000_000
TALLEST = 2
"""A picture may be so many times as high as wide, or a page would hold nothing else."""

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    {
        *(
            "svg",
            "g",
            "defs",
            "title",
            "desc",
            "style",
            "path",
            "rect",
            "circle",
            "ellipse",
            "line",
            "polyline",
            "polygon",
        ),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "use", "text", "tspan"),
    }
)
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REACHES_OUT = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|@font-face|expression\(|javascript:|data:|\\", re.IGNORECASE)
"""What a style or an attribute fetches or runs. A backslash could spell any of it."""
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)|<!DOCTYPE|<!ENTITY", re.IGNORECASE)


class NotTaken(ValueError):
    """A picture that is not taken. The message says in plain words why, and what to do."""


class Looked(NamedTuple):
    """A picture that is taken: its bytes, its size in its own units, and how it is served."""

    content: bytes
    width: int
    height: int
    content_type: str

    @property
    def kept(self) -> str:
        """The SHA-256 of its bytes, by which it is named for ever."""
        return hashlib.sha256(self.content).hexdigest()


def look_at_picture(name: str, content: bytes) -> Looked:
    """A picture file as it is taken. Raises ``NotTaken``."""
    ending = name.rpartition(".")[2].casefold()
    if ending not in CONTENT_TYPES:
        raise NotTaken("A picture is an SVG, PNG or JPEG file, named so.")
    width, height = _size_of_drawing(content) if ending == "svg" else _size_of_pixels(content, CONTENT_TYPES[ending])
    if height > TALLEST * width:
        raise NotTaken("This picture is more than twice as high as wide. Cut it to a shape that fits a page.")
    return Looked(content, width, height, CONTENT_TYPES[ending])


def _size_of_pixels(content: bytes, content_type: str) -> tuple[int, int]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            size, kind = picture.size, Image.MIME[picture.format or ""]
            fits = kind == content_type and size[0] * size[1] <= MOST_PIXELS
            if fits:
                picture.load()
            traces = picture.getexif() or {"exif", "xmp", "comment"} & set(picture.info)
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken("This picture cannot be read. Save it again.") from None
    if not fits:
        raise NotTaken("This picture is not of the kind that its name says, or has too many pixels.")
    if traces:
        raise NotTaken("This picture holds what a camera wrote into it, such as the place. Save it without that.")
    return size


def _size_of_drawing(content: bytes) -> tuple[int, int]:
    if _INSTRUCTION.search(content):
        raise NotTaken("This drawing has a DOCTYPE or an instruction at its head. Save it as a plain SVG without them.")
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotTaken("This drawing cannot be read: it is no well-formed SVG.") from None
    if root.tag != f"{_SVG}svg":
        raise NotTaken("This is no SVG drawing: it should begin with an 'svg' element of the SVG namespace.")
    for element in root.iter():
        _look_at_element(element)
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        left, top, width, height = (float(number) for number in numbers)
    except ValueError:
        raise NotTaken(
            "This drawing does not say how large it is: give its 'svg' element a viewBox of '0 0 W H'."
        ) from None
    if (left, top) != (0, 0) or not all(math.isfinite(side) and 1 <= side <= 100_000 for side in (width, height)):
        raise NotTaken("The viewBox of this drawing should be '0 0 W H', W and H from 1 to 100000.")
    return round(width), round(height)


def _look_at_element(element: Element) -> None:
    """Refuse an element that is not known to be harmless, and one that reaches out of the drawing."""
    name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "?"
    if name not in _ELEMENTS:
        raise NotTaken(
            f"'{name.rpartition('}')[2]}' may not stand in a drawing: it could run, fetch or hide something."
        )
    if name == "style" and _REACHES_OUT.search(element.text or ""):
        raise NotTaken("The styles of this drawing fetch something from elsewhere. Take that out.")
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2]
        known = attribute in {_XLINK, _SPACE} or "}" not in attribute
        if not known or plain.casefold().startswith("on") or plain.casefold() == "base":
            raise NotTaken(f"'{plain}' may not stand in a drawing: it could run, fetch or hide something.")
        if (plain == "href" and not value.startswith("#")) or _REACHES_OUT.search(value):
            raise NotTaken(f"'{plain}' leads out of the drawing. A drawing holds all that it shows.")
