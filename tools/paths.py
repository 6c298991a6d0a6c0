"""Where things are. Standard library only: this is imported before anything is installed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
APPS = tuple(sorted(path.parent for pattern in ("*/apps.py", "mentoring/*/apps.py") for path in ROOT.glob(pattern)))
"""The folder of every Django app of the project."""


def data_dir() -> Path:
    """The folder that holds everything written at run time: ``DATA_DIR``, or ``var`` beside ``run``.

    A relative ``DATA_DIR`` counts from the folder the command was given in.
    """
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
