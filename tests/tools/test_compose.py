"""The deployment files: complete, healthy, without secrets, and in step with the settings and the tools."""

import re

import pytest
import yaml

from tools import system
from tools.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
EXAMPLE = dict(
    line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if line and not line.startswith("#")
)
SECRET = re.compile(r"PASSWORD|_KEY$|SECRET")
REFERENCE = re.compile(r"\$\{([A-Z_]+)(:[-?])?([^}]*)\}")


def test_every_process_of_the_architecture_is_there():
    assert set(SERVICES) == {"web", "worker", "beat", "migrate", "db", "redis"}
    commands = {name: " ".join(map(str, SERVICES[name]["command"])) for name in ("worker", "beat", "migrate")}
    assert "celery -A mentoring worker" in commands["worker"]
    assert "celery -A mentoring beat" in commands["beat"]
    assert commands["migrate"] == "python manage.py migrate --noinput"
    assert SERVICES["db"]["image"].startswith("postgres:15")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_says_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_nothing_serves_before_the_database_is_migrated():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert SERVICES[name]["depends_on"]["redis"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_only_the_web_is_reached_and_only_from_this_machine():
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("db", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_no_secret_stands_in_a_file():
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET.search(variable):
                assert REFERENCE.fullmatch(value), f"{name}: {variable}"
    assert {name: value for name, value in EXAMPLE.items() if SECRET.search(name) and value} == {}


def test_a_secret_that_is_needed_must_be_given():
    needed = {"SECRET_KEY", "DATA_KEY", "OWNER_PASSWORD", "WEB_PASSWORD", "POSTGRES_PASSWORD", "REDIS_PASSWORD"}
    forms = {name: mark for name, mark, _ in REFERENCE.findall((ROOT / "docker-compose.yml").read_text())}
    assert {name for name in needed if forms[name] != ":?"} == set()


def test_what_compose_reads_is_what_the_example_explains():
    read = {name for name, _, _ in REFERENCE.findall((ROOT / "docker-compose.yml").read_text())}
    assert read - EXAMPLE.keys() <= {"BEHIND_PROXY", "TRUSTED_PROXY_COUNT", "LOG_LEVEL"}
    assert EXAMPLE.keys() - read == set()


def test_what_compose_hands_over_is_what_the_application_reads():
    source = (ROOT / "mentoring/settings.py").read_text() + (ROOT / "deploy/gunicorn.conf.py").read_text()
    handed = SERVICES["web"]["environment"].keys() | SERVICES["migrate"]["environment"].keys()
    assert {name for name in handed if f'"{name}"' not in source} == set()


def test_only_migrate_knows_the_owner():
    for name in ("web", "worker", "beat"):
        assert not [value for value in SERVICES[name]["environment"].values() if "owner" in value.lower()]
    assert SERVICES["migrate"]["environment"]["DATABASE_OWNER_URL"].startswith("postgres://mentoring_owner:$")


def test_the_image_holds_the_libraries_that_run_installs():
    dockerfile = (ROOT / "Dockerfile").read_text()
    installed = re.search(r"--no-install-recommends \\\n\s+(.*?) \\\n", dockerfile)[1].split()
    assert set(installed) == {need.package for need in (*system.DOCUMENTS, *system.TRANSLATIONS)}


def test_the_image_is_made_from_hashed_pins_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r /tmp/base.txt" in dockerfile
    assert dockerfile.index("\nUSER app") < dockerfile.index("\nCMD")
    assert "HEALTHCHECK" in dockerfile
    assert {".env", "var", ".git", ".venv"} <= set((ROOT / ".dockerignore").read_text().split())


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_our_own_services_are_asked_by_our_own_script(name):
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "python", "deploy/health.py", name]
