"""The pinned requirements: complete, hashed, in step with each other, and silent about where packages come from."""

import re

import pytest

from tools.paths import REQUIREMENTS

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+) *(?P<marker>;[^\\]*)?\\$", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return {found["name"]: found["version"] for found in PIN.finditer((REQUIREMENTS / f"{name}.txt").read_text())}


def asked(name: str) -> set[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    words = [line.split("#")[0].strip() for line in lines if line.strip() and not line.startswith(("#", "-"))]
    return {re.match(r"[A-Za-z0-9._-]+", word)[0].lower().replace("_", "-").replace(".", "-") for word in words}


@pytest.mark.parametrize("name", ["base", "dev"])
def test_everything_asked_for_is_pinned(name):
    assert asked(name) <= pins(name).keys()


def test_dev_holds_every_pin_of_base():
    """``tools.packages`` takes an environment with dev for one with base, and tests must run what is deployed."""
    assert pins("base").items() <= pins("dev").items()


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_pin_has_a_hash(name):
    blocks = re.split(r"^(?=[a-z0-9-]+==)", (REQUIREMENTS / f"{name}.txt").read_text(), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(name))
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
