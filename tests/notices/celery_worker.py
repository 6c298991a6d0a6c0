"""A real Celery worker whose claims run out after a second: ``python -m tests.notices.celery_worker``."""

import datetime as dt
import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    django.setup()
    from mentoring.celery import app
    from mentoring.notices.kinds import register_notices
    from mentoring.notices.models import Message
    from tests.notices.kinds import KINDS

    register_notices(*KINDS)
    Message.LEASE = dt.timedelta(seconds=1)
    app.worker_main(["worker", "--pool=solo", "--without-gossip", "--without-mingle", "--loglevel=WARNING"])
