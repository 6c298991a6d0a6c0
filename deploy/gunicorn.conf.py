"""How gunicorn serves the application, for ./run and for the container alike. BIND and WEB_WORKERS come from outside."""

import os
from pathlib import Path

from gunicorn.arbiter import Arbiter

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS") or 2)
worker_class = "sync"
# One load, then fork: quicker to start, lighter, and a fault in the code is said once and at once.
preload_app = True
timeout = 60
# Rendering keeps a little memory each time; recycled workers give it back.
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's own heartbeat files
control_socket_disable = True
accesslog = "-" if os.environ.get("ACCESS_LOG") else None


def on_starting(server: Arbiter) -> None:
    """Refuse to serve what the system checks refuse: a WSGI server, unlike manage.py, would not run them."""
    from django.core.management import CommandError, call_command
    from django.db import connections

    try:
        call_command("check", databases=["default"])
    except CommandError as faults:
        server.log.error("%s", faults)  # noqa: TRY400 - the faults are the message; a traceback would bury them
        raise SystemExit(1) from None
    finally:
        # The workers are forked from here and must not share a connection.
        connections.close_all()
