"""A mail server for tests: takes mail over SMTP, remembers it, and misbehaves when asked to."""

import asyncio
import socket
import threading
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    """Handler and server in one. ``refuse``: address → reply; ``data_reply``: instead of taking the message."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.data_reply = ""
        self.connections = 0
        self.hold, self.holding = threading.Event(), threading.Event()
        """While ``hold`` is set a message is neither taken nor refused; ``holding`` says that one is there."""
        self._controller = _Counting(self)

    def start(self) -> "Sink":
        self._controller.start()
        self.connections = 0  # starting tries one
        return self

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    @property
    def port(self) -> int:
        return self._controller.port

    @property
    def ids(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(str(message["Message-ID"]) for message in self.received)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        reply = self.refuse.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd calls it so
        if self.data_reply:
            return self.data_reply
        if self.hold.is_set():
            self.holding.set()
            while self.hold.is_set():  # noqa: ASYNC110 - another thread sets it
                await asyncio.sleep(0.02)
            return "451 the sender is gone"
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


class _Counting(Controller):
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        super().__init__(sink, hostname="127.0.0.1", port=_free_port())

    def factory(self) -> SMTP:
        self.sink.connections += 1
        return super().factory()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
