"""``manage.py deliveries``: the ledger and the state of the channels."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Count

from crossposting.campaigns import clicks_of
from crossposting.models import Channel, Delivery


class Command(BaseCommand):
    """Reports; ends with status 1 when a channel's access was lost or a delivery waits for a person."""

    help = "Report deliveries to channels. Status 1 when a channel is broken or a delivery is unknown or was given up."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the command line."""
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument("--state", choices=Delivery.State.values, help="Only rows in this state.")
        parser.add_argument("--channel", type=int, help="Only rows of the channel with this id.")
        parser.add_argument("--page", type=int, help="Only rows of the page with this id.")
        parser.add_argument("--limit", type=int, default=100, help="List at most so many rows (100).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        report = self._report(options)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._write_text(report)
        if not report["ok"]:
            raise SystemExit(1)

    @staticmethod
    def _report(options: dict[str, Any]) -> dict[str, Any]:
        counts = dict.fromkeys(Delivery.State.values, 0)
        counts.update(dict(Delivery.objects.order_by().values_list("state").annotate(Count("pk"))))
        filters = {"state": options["state"], "channel": options["channel"], "page_id": options["page"]}
        rows = Delivery.objects.filter(**{name: value for name, value in filters.items() if value is not None})
        channels = [_channel(channel) for channel in Channel.objects.order_by("pk")]
        listed = list(rows.select_related("channel")[: max(0, options["limit"])])
        clicks = clicks_of(listed)
        broken = any(channel["enabled"] and channel["state"] == Channel.State.BROKEN for channel in channels)
        return {
            "ok": not broken and not counts[Delivery.State.UNKNOWN] and not counts[Delivery.State.GAVE_UP],
            "counts": counts,
            "channels": channels,
            "rows": [{**_row(row), "clicks": clicks.get(row.pk)} for row in listed],
        }

    def _write_text(self, report: dict[str, Any]) -> None:
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in report["counts"].items()))
        for channel in report["channels"]:
            self.stdout.write(f"{channel['network']} «{channel['name']}»: {channel['state']} {channel['words']}")
        for row in report["rows"]:
            end = row["url"] or row["words"]
            self.stdout.write(f"{row['id']} {row['state']} {row['action']} {row['channel']} «{row['title']}» {end}")


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.pk,
        "network": channel.network,
        "name": channel.name,
        "unit": channel.unit_id,
        "enabled": channel.enabled,
        "state": channel.state,
        "words": channel.state_words,
        "paused_until": channel.paused_until.isoformat() if channel.paused_until else None,
    }


def _row(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.pk,
        "channel": row.channel.name,
        "channel_id": row.channel_id,
        "network": row.channel.network,
        "page": row.page_id,
        "title": row.title,
        "action": row.action,
        "state": row.state,
        "attempts": row.attempts,
        "words": row.words,
        "code": row.code,
        "remote_id": row.remote_id,
        "url": row.remote_url,
        "text": row.text,
        "not_before": row.not_before.isoformat(),
        "created_at": row.created_at.isoformat(),
        "settled_at": row.settled_at.isoformat() if row.settled_at else None,
    }
