"""Visitors who look at addresses and change nothing: whatever an address writes is rolled back after the answer."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from mentoring.accounts.models import User
from mentoring.tenancy.scope import state
from tests.isolation.reading import text_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
ONCE = (
    re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+'),
    re.compile(r'(nonce=")[^"]+'),
    re.compile(r"('nonce-)[^']+"),
)
"""What differs between two answers that are the same: tokens of this request."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "")

    def text(self) -> str:
        """Everything readable in it, headers too."""
        heads = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{heads}\n{text_of(self.body)}"

    def masked(self) -> tuple[int, str, str]:
        """The answer without what is made anew for every request."""
        heads = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()) if name != "set-cookie")
        body = self.body.decode("utf-8", "replace")
        for pattern in ONCE:
            heads, body = pattern.sub(r"\1", heads), pattern.sub(r"\1", body)
        return self.status, heads, body


class Visitor:
    """A person at a browser; ``None`` is nobody in particular."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user, backend=BACKEND)

    def visit(self, method: str, url: str, *, then: Callable[[Answer], None] | None = None) -> Answer:
        """Ask, and take back whatever was written, in the database and in the browser. ``then`` looks before that."""
        cookies = copy.deepcopy(self.client.cookies)
        with transaction.atomic():
            answer = self.ask(method, url)
            if then is not None:
                then(answer)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return answer

    def ask(self, method: str, url: str, data: Any = None) -> Answer:
        """Ask, and leave what was written."""
        call = getattr(self.client, method.lower())
        response = call(url, data) if data is not None else call(url)
        assert state() is None, f"{method} {url} left an organisation open."
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {name.lower(): value for name, value in response.items()}
        return Answer(response.status_code, headers, body)
