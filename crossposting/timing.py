"""When a post goes out: with its page, at a moment, or at the next of the editors' fixed hours.

Never before its page is live: a moment that has passed means «with the page».
"""

import re
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crossposting.models import SharingChoice, SharingSettings
from crossposting.models.sharing import DEFAULT_HOURS

_HOUR = re.compile(r"(\d{1,2})(?:[:hg](\d{2})?)?")
Timing = SharingChoice.Timing


def parse_hours(typed: str) -> tuple[time, ...]:
    """Hours of the day as an editor types them: «07:00, 11:30, 19h30», in their order."""
    hours = set()
    for part in re.split(r"[,;\s]+", typed.strip()):
        found = _HOUR.fullmatch(part.lower())
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(
                _("«%(words)s» is no time of the day. Write hours such as 07:00, 11:30, with commas between."),
                params={"words": part},
            )
        hours.add(time(int(found[1]), int(found[2] or 0)))
    return tuple(sorted(hours))


def written(hours: tuple[time, ...]) -> str:
    """As they stand in a field."""
    return ", ".join(f"{hour:%H:%M}" for hour in hours)


def fixed_hours() -> tuple[time, ...]:
    """The hours of the settings."""
    return parse_hours(SharingSettings.load().hours or DEFAULT_HOURS)


def next_hour(after: datetime, hours: tuple[time, ...]) -> datetime:
    """The next of these hours, in the portal's time zone; not the very moment itself."""
    local = timezone.localtime(after, timezone.get_default_timezone())
    days = (local.date(), local.date() + timedelta(days=1))
    moments = [datetime.combine(day, hour, tzinfo=local.tzinfo) for day in days for hour in hours]
    return next(moment for moment in moments if moment > local)


def moment_for(choice: SharingChoice | None, live_from: datetime) -> datetime:
    """When a page that goes live at a moment is posted, as an editor decided for a channel."""
    if choice is None or choice.timing == Timing.NOW:
        return live_from
    if choice.timing == Timing.HOUR:
        return next_hour(live_from, fixed_hours())
    return max(choice.at or live_from, live_from)
