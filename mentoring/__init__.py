"""The platform under the product: settings, addresses, background work, and small apps that know nothing of mentoring."""

from mentoring.celery import app as celery_app

__all__ = ["celery_app"]
