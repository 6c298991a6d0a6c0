"""The platform under the product: settings, addresses, background work, and small apps that know nothing of mentoring."""

from mentoring.celery import app as celery_app
from mentoring.garbage import look_seldom

__all__ = ["celery_app"]

# Here, because every process of ours begins here: web, workers, commands and tests.
look_seldom()
