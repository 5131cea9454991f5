"""Stands in for web processes in the kill test. Run as a program, with the site's environment.

``prepare CHANNELS`` (a JSON list of channels), ``publish N``, ``mend SECRETS SECONDS`` (JSON by network; plays the
person who sees the alarm of a broken channel and enters its keys anew), ``report SECONDS`` (waits so long for all to be
settled), ``use-ended-token``.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable

import django

django.setup()

from django.db import transaction  # noqa: E402  # Django must be set up first

from core.text import vietnamese_slug  # noqa: E402  # as above
from crossposting import checking, tokens  # noqa: E402  # as above
from crossposting.models import Channel, Delivery  # noqa: E402  # as above
from news.models import ArticlePage, NewsIndexPage, SectionPage  # noqa: E402  # as above
from outbox.models import Consequence  # noqa: E402  # as above


def prepare(channels: str) -> None:
    index = NewsIndexPage.objects.get()
    section = index.add_child(instance=SectionPage(title="Hoạt động", slug="hoat-dong", live=True))
    section.save_revision().publish()
    for values in json.loads(channels):
        channel = Channel(network=values["network"], name=values["name"], config=values["config"])
        channel.secrets = values["secrets"]
        channel.save()


def publish(count: str) -> None:
    section = SectionPage.objects.get()
    for number in range(int(count)):
        title = f"Bản tin số {number:04d} của công đoàn"
        with transaction.atomic():
            page = section.add_child(
                instance=ArticlePage(title=title, slug=vietnamese_slug(title), summary=f"Tóm tắt {number}.", live=False)
            )
            page.save_revision().publish()


def settled() -> bool:
    """Nothing goes on by itself any more."""
    rows = Consequence.objects.filter(kind__in=("crosspost", "delivery"))
    moving = Delivery.objects.filter(state__in=("waiting", "sending", "failed"))
    return not rows.filter(state__in=("waiting", "running", "failed")).exists() and not moving.exists()


def mend(secrets: str, patience: str) -> None:
    """A kill between a network's answer and the storing of it loses a refresh token that is good for one use."""
    until = time.monotonic() + float(patience)
    while not settled() and not Channel.objects.filter(state="broken").exists() and time.monotonic() < until:
        time.sleep(0.3)
    for channel in Channel.objects.filter(state="broken"):
        channel.secrets = json.loads(secrets)[channel.network]
        channel.secrets_version += 1
        channel.save()
        checking.check(channel)


def report(patience: str) -> None:
    """Wait until all is settled, and tell."""
    until = time.monotonic() + float(patience)
    while not settled() and time.monotonic() < until:
        time.sleep(0.3)
    deliveries = Delivery.objects.select_related("channel").prefetch_related("log")
    found = {
        "settled": settled(),
        "gave_up": Consequence.objects.filter(state="gave_up", kind__in=("crosspost", "delivery")).count(),
        "deliveries": [
            {
                "channel": d.channel.name,
                "title": d.title,
                "state": d.state,
                "attempts": Counter(a.outcome for a in d.log.all()),
            }
            for d in deliveries
        ],
    }
    sys.stdout.write(json.dumps(found))


def use_ended_token() -> None:
    """Read the channel, wait for the other sender, and do what a sender does whose access token has ended."""
    channel = Channel.objects.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    channel = tokens.renew(channel)
    health = channel.provider.check(tokens.connect(channel))
    sys.stdout.write(f"{channel.secrets_version} {health.words}\n")


if __name__ == "__main__":
    steps: dict[str, Callable[..., None]] = {
        "prepare": prepare,
        "publish": publish,
        "mend": mend,
        "report": report,
        "use-ended-token": use_ended_token,
    }
    steps[sys.argv[1]](*sys.argv[2:])
