"""The checks of the outbox for ``/readyz``, and those of the ground it stands on."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from core.health import CheckResult, health_check
from outbox.selectors import schedule_state, worker_state

#: Below this SQLite cannot be sure of finishing a large transaction.
LEAST_FREE = 256 * 1024 * 1024


def database_state() -> CheckResult:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return CheckResult(False, _("The database does not answer."))
    return CheckResult(True, _("The database answers."))


def disk_state() -> CheckResult:
    """Whether the disk that holds the site's data has room."""
    free = shutil.disk_usage(Path(settings.DATA_DIR)).free
    words = {"gigabytes": f"{free / 1024**3:.1f}"}
    if free < LEAST_FREE:
        return CheckResult(False, _("The disk is nearly full: %(gigabytes)s GB free.") % words)
    return CheckResult(True, _("%(gigabytes)s GB free.") % words)


def register() -> None:
    """Called when the app is ready."""
    health_check("database")(database_state)
    health_check("worker")(worker_state)
    health_check("scheduler")(schedule_state)
    health_check("disk")(disk_state)
