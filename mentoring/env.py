"""Reading settings from the environment: four small helpers, each failing loudly."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable as text, or ``default`` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no. Raises ``ImproperlyConfigured`` for anything else."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is '{value}': write yes or no.")


def number(name: str, default: int) -> int:
    """The variable as a whole number. Raises ``ImproperlyConfigured`` for anything else."""
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is '{value}': write a whole number.") from None


def secret(name: str, file: Path) -> str:
    """A secret from the variable, or from ``file`` (which ``./run`` makes), or empty when neither is there."""
    value = text(name)
    if value:
        return value
    return file.read_text().strip() if file.exists() else ""


def database(url: str) -> dict[str, Any]:
    """A Django database setting from ``postgres://user:password@host:port/name`` or ``sqlite:///path``.

    An empty host means the local socket; ``?host=/folder`` names the socket's folder.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path[1:] or ":memory:"}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"A database address must begin with postgres:// or sqlite:///, not '{parts.scheme}'."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
    }
