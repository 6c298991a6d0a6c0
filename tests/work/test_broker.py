"""The embedded queue: a folder of files, that speaks up only when there is something to say."""

import os
import subprocess
import sys

import pytest

from tools import environment
from tools.paths import ROOT

SEND = """
import logging, django
logging.basicConfig()
django.setup()
from mentoring.work.tasks import tick
tick.delay()
"""


@pytest.mark.sqlite
def test_a_task_goes_to_the_folder_without_a_word(tmp_path):
    environment.make_data_dir(tmp_path)
    own = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DATABASE_URL", "PRODUCTION"}}
    done = subprocess.run(
        [sys.executable, "-c", SEND],
        env=own | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mentoring.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "broker" / "queue").iterdir())) == 1
