"""The environment that the project's processes get: where the data is, and the two secrets."""

import base64
import os
import sys
from pathlib import Path

from tools.paths import ROOT, data_dir

SECRETS = {"SECRET_KEY": "secret_key", "DATA_KEY": "data_key"}
"""Variable → file in the data folder that stands in for it."""


def for_children(data: Path | None = None) -> dict[str, str]:
    """This process's environment, completed for Django's processes."""
    environment = os.environ | {
        "DATA_DIR": str(data or data_dir()),
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    # A second start is quick because Python keeps compiled modules; this variable would forbid that.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def python(*arguments: str) -> list[str]:
    """A command of the virtual environment. Always by module: a moved checkout breaks the scripts in ``.venv/bin``."""
    return [sys.executable, *arguments]


def make_data_dir(data: Path) -> None:
    """The data folder with what must be there before Django starts: secrets and the local broker's folders."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, file in SECRETS.items():
        if not os.environ.get(name):
            _make_secret(data / file)
    for folder in ("broker/queue", "broker/control", "log"):
        (data / folder).mkdir(parents=True, exist_ok=True)


def _make_secret(path: Path) -> None:
    """32 random bytes as url-safe base64, readable by this user only; an existing file is never touched."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(32)))
