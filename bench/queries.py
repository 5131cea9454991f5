"""Database queries of one uncached request per page, as JSON: ``python -m bench.queries PATH ...``"""

import json
import os
import sys

import django


def count(paths: list[str]) -> dict[str, int]:
    """Ask for each page twice, and count the queries of the second time: the first fills what a process remembers."""
    from django.db import connection  # after django.setup()
    from django.test import Client  # after django.setup()
    from django.test.utils import CaptureQueriesContext  # after django.setup()

    client = Client(headers={"host": "localhost"})
    counted = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{path}?b=1")
        counted[path] = len(queries)
    return counted


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    django.setup()
    json.dump(count(sys.argv[1:]), sys.stdout)
