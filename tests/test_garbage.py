"""Python looks for garbage seldom enough that pages and tests do not wait for it."""

import gc
import os
import subprocess
import sys

import pytest

from mentoring.garbage import NEW_OBJECTS


def test_these_tests_run_under_it():
    assert gc.get_threshold()[0] == NEW_OBJECTS


@pytest.mark.parametrize("room", ["mentoring.wsgi", "mentoring.celery", "mentoring.settings"])
def test_every_process_begins_with_it(room):
    asked = f"import gc, {room}; print(gc.get_threshold()[0])"
    done = subprocess.run([sys.executable, "-c", asked], env=os.environ, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == str(NEW_OBJECTS)
