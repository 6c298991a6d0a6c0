"""Whether a container does its work: ``python deploy/health.py web|worker|beat`` exits 0 or says what is wrong."""

import http.client
import os
import socket
import sys
import time
from pathlib import Path

BEAT_WRITES_WITHIN = 600
"""Seconds. Beat writes its schedule down every three minutes."""
NOBODY = "0" * 32
"""A session that there is not: to find that out, the page has to ask the database."""


def web() -> str | None:
    """What is wrong with the web process or its database, asking as the proxy before it would."""
    from django.conf import settings

    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".") or "localhost"
    port = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Host": host, "X-Forwarded-Proto": "https", "Cookie": f"{settings.SESSION_COOKIE_NAME}={NOBODY}"}
    connection.request("GET", "/", headers=headers)
    status = connection.getresponse().status
    return None if status < 400 else f"the start page answers with status {status}"


def worker() -> str | None:
    """What is wrong with this container's worker, which is asked over the broker."""
    from mentoring.celery import app

    name = f"celery@{socket.gethostname()}"
    return None if app.control.ping([name], timeout=5) else f"{name} does not answer"


def beat() -> str | None:
    """What is wrong with beat, by the age of what it wrote last, or with the broker it hands its word to."""
    from django.conf import settings

    from mentoring.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=5)
    # Which endings the file's name gets depends on the database library that this Python was built with.
    schedule = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    written = [path.stat().st_mtime for path in schedule.parent.glob(schedule.name + "*")]
    if not written:
        return "beat has written no schedule"
    age = time.time() - max(written)
    return None if age < BEAT_WRITES_WITHIN else f"beat wrote its schedule {age:.0f} seconds ago"


def main(words: list[str]) -> int:
    """0 when the part named is well, 1 with a reason when it is not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from kombu.exceptions import OperationalError

    try:
        fault = {"web": web, "worker": worker, "beat": beat}[words[0]]()
    except (OSError, http.client.HTTPException, OperationalError) as error:
        fault = str(error) or type(error).__name__
    if fault:
        print(fault, file=sys.stderr)
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
