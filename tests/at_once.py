"""Several people doing something at the very same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import tenant_scope

LONGEST = 60


def at_once(organisation: Organisation, deeds: Sequence[Callable[[], object]]) -> list[BaseException | None]:
    """Do all deeds at one moment, each in the organisation and on its own connection.

    Returns what each raised, ``None`` for those that went well. For tests with ``django_db(transaction=True)``.
    """
    start = threading.Barrier(len(deeds))

    def work(deed: Callable[[], object]) -> None:
        try:
            with tenant_scope(organisation):
                start.wait(timeout=LONGEST)
                deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.exception(timeout=LONGEST) for future in [pool.submit(work, deed) for deed in deeds]]
