"""What the system must have beside Python: libraries, fonts and programs of Debian, installed where that is allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.terminal import CannotRun, complain, say


@dataclass(frozen=True)
class Need:
    """A Debian package, how to tell that what it brings is here, and what it is for."""

    package: str
    present: Callable[[], bool]
    purpose: str


def _library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _font(usual: str, pattern: str) -> Callable[[], bool]:
    """Whether a font is where Debian puts it, or known to fontconfig from elsewhere."""

    def present() -> bool:
        if Path("/usr/share/fonts", usual).exists():
            return True
        if not shutil.which("fc-list"):
            return False
        return bool(subprocess.run(["fc-list", pattern], capture_output=True, text=True, check=False).stdout.strip())

    return present


def chromium() -> str | None:
    """The browser's program, or nothing."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def postgres_program(name: str) -> Path | None:
    """A program of the newest PostgreSQL server here (Debian keeps them off PATH), or nothing."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = next((folder / name for folder in folders if (folder / name).exists()), None)
    on_path = shutil.which(name)
    return found or (Path(on_path) if on_path else None)


DOCUMENTS = (
    Need("libpango-1.0-0", _library("libpango-1.0.so.0"), "PDF documents"),
    Need("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0"), "PDF documents"),
    Need("libharfbuzz0b", _library("libharfbuzz.so.0"), "PDF documents"),
    Need("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0"), "PDF documents"),
    Need("fontconfig", _program("fc-match"), "PDF documents"),
    Need("fonts-noto-core", _font("truetype/noto/NotoSans-Regular.ttf", "Noto Sans"), "PDF documents"),
    # 56 MB to fetch: without it, names in Chinese, Japanese or Korean script would print as boxes in a signed agreement.
    Need("fonts-noto-cjk", _font("opentype/noto/NotoSerifCJK-Regular.ttc", ":lang=ja"), "PDF documents"),
)
TRANSLATIONS = (Need("gettext", _program("msgfmt"), "translations"),)
BROWSER = (Need("chromium", lambda: chromium() is not None, "browser tests"),)
POSTGRES = (Need("postgresql", lambda: postgres_program("initdb") is not None, "tests on PostgreSQL"),)
POSTGRES_CLIENT = (Need("postgresql-client", _program("psql"), "tests on PostgreSQL"),)
REDIS = (Need("redis-server", _program("redis-server"), "tests on Redis"),)


def ensure(needs: Iterable[Need], *, required: bool = True) -> None:
    """Have all of ``needs`` here, installing what is missing if this user may.

    What stays missing raises ``CannotRun`` when ``required``, and otherwise is said in one sentence.
    """
    missing = [need for need in needs if not need.present()]
    if missing and (privilege := _privilege()) is not None:
        _install([need.package for need in missing], privilege)
        missing = [need for need in missing if not need.present()]
    if not missing:
        return
    sentence = describe(missing)
    if required:
        raise CannotRun(sentence)
    complain(sentence)


def describe(missing: list[Need]) -> str:
    """One sentence: what is missing, what for, and the command that brings it."""
    by_purpose: dict[str, list[str]] = {}
    for need in missing:
        by_purpose.setdefault(need.purpose, []).append(need.package)
    named = "; ".join(f"{', '.join(packages)} (for {purpose})" for purpose, packages in by_purpose.items())
    packages = " ".join(need.package for need in missing)
    return f"Missing on this system and not installable by this user: {named}: ask for 'apt-get install {packages}'."


def _privilege() -> list[str] | None:
    """The words before ``apt-get`` that let this user install packages; ``None`` when there are none."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _install(packages: list[str], privilege: list[str]) -> None:
    say(f"Installing {', '.join(packages)} …")
    apt = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], capture_output=True, check=False)
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        complain(done.stderr.strip())
