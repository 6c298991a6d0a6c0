"""Templates obey the content security policy: no inline style, script or handler. Drawings and documents are not pages."""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.checks.files import files
from tools.paths import ROOT

EXEMPT = ("mail/", "documents/")
"""Folders of templates whose result never is a page under our policy: mails and the input of the PDF renderer."""
RULES = (
    (re.compile(r"<[^>{%]*\sstyle\s*=", re.IGNORECASE), "a style attribute: give it a class"),
    (re.compile(r"<style\b", re.IGNORECASE), "an inline style element: put it in a file under static/"),
    (re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.IGNORECASE), "an inline script: put it in a file under static/"),
    (
        re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
        "an inline event handler: listen from a file under static/",
    ),
    (re.compile(r"javascript:", re.IGNORECASE), "a javascript: address"),
)
# Data for a script is not a script: the policy lets it be.
DATA = re.compile(r"<script\b[^>]*\btype\s*=\s*[\"'](?:application/json|text/template)[\"']", re.IGNORECASE)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def faults() -> Iterator[str]:
    """Every place in a page template that the policy would refuse."""
    for path in files("*.html"):
        if not _is_exempt(path):
            for line, reason in faults_in((ROOT / path).read_text(encoding="utf-8")):
                yield f"{path}:{line}: {reason}"


def faults_in(text: str) -> Iterator[tuple[int, str]]:
    """Line number and reason of every fault in one template. Elements that run over several lines are read whole."""
    # Django's own tags may hold any character, '>' too: blank them, and comments, but keep every line where it is.
    plain = TAG.sub(_blank, COMMENT.sub(_blank, text))
    for pattern, reason in RULES:
        for found in pattern.finditer(plain):
            if not DATA.match(plain, found.start()):
                yield plain.count("\n", 0, found.start()) + 1, reason


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _is_exempt(path: Path) -> bool:
    inside = path.as_posix().partition("templates/")[2]
    return not inside or inside.startswith(EXEMPT)
