"""Documents as somebody reads them who opens the file."""

import io

from pypdf import PdfReader

from tests.journeys.visitor import Visitor


def download(person: Visitor, words: str) -> bytes:
    """What the link that says this leads to, with the person's own cookies."""
    target = person.page.get_by_role("link", name=words).first.get_attribute("href")
    assert target, words
    answer = person.page.request.get(person.address + target if target.startswith("/") else target)
    assert answer.status == 200, f"{target}: {answer.status}"
    return answer.body()


def pdf_words(person: Visitor, words: str = "Download the PDF") -> str:
    """The text of the PDF behind a link, its lines joined."""
    content = download(person, words)
    assert content.startswith(b"%PDF")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
