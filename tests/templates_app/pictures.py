"""Pictures for tests: a drawing, and files as people bring them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def drawing(inside: str = "", head: str = 'viewBox="0 0 200 100"') -> bytes:
    """An SVG drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}><rect width="200" height="100"/>{inside}</svg>'.encode()


def pixels(width: int = 40, height: int = 20, kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, format=kind)
    return content.getvalue()


def png(name: str = "Wall.png", width: int = 40, height: int = 20) -> SimpleUploadedFile:
    """A PNG file as it is sent with a form."""
    return SimpleUploadedFile(name, pixels(width, height), "image/png")
