"""Puts what a page says into the length and form that networks take."""

from django.utils.translation import gettext as _

from crossposting import hashtags, wording
from crossposting.channels.contract import Announcement, Limits, Prepared
from crossposting.counting import HASHTAG, LINK, Measure, shorten

GAP = "\n\n"


def compose(announcement: Announcement, *, room: int, measure: Measure, with_link: bool) -> str:
    """Title, summary, hashtags and link in ``room``: what is too long is cut from the summary first.

    The editor's own words, or the section's template, stand instead of title and summary, with the link and the
    hashtags after them unless they name them.
    """
    tail = _tail(announcement, with_link=with_link)
    left = room - (measure(GAP + tail) if tail else 0)
    if announcement.text:
        # Never cut behind the editor's back: what is too long is refused by the check, with its count.
        return GAP.join(part for part in (announcement.text.strip(), tail) if part)
    if announcement.template:
        filled = wording.fill(announcement, room=left, measure=measure)
        return GAP.join(part for part in (filled, tail) if part)
    title = shorten(announcement.title, left, measure)
    summary = shorten(announcement.summary, left - measure(title + GAP), measure) if title else ""
    if measure(summary) < 20 < len(announcement.summary):
        summary = ""  # three words and dots say nothing
    return GAP.join(part for part in (title, summary, tail) if part)


def _tail(announcement: Announcement, *, with_link: bool) -> str:
    there = set(HASHTAG.findall(announcement.text))
    named = wording.names_in(announcement.template)
    tags = hashtags.written(tuple(tag for tag in announcement.hashtags if tag not in there))
    link = announcement.url if with_link and announcement.url not in LINK.findall(announcement.text) else ""
    tags, link = "" if wording.HASHTAGS in named else tags, "" if wording.LINK in named else link
    return "\n".join(part for part in (link, tags) if part)


def prepared_with(announcement: Announcement, text: str, *, max_pictures: int = 0) -> Prepared:
    """The common parts of what is sent, around a text."""
    return Prepared(
        text=text,
        title=announcement.title,
        description=announcement.summary,
        link=announcement.url,
        author=announcement.author,
        card=announcement.card,
        pictures=announcement.pictures[:max_pictures],
    )


def problems(prepared: Prepared, limits: Limits) -> list[str]:
    """What a network with these limits would refuse, with the figures."""
    found = []
    room = limits.caption if prepared.pictures and limits.caption else limits.text
    length = limits.measure(prepared.text)
    if length > room:
        found.append(
            _("The text is too long: %(length)d of at most %(room)d characters.") % {"length": length, "room": room}
        )
    if limits.bytes and len(prepared.text.encode()) > limits.bytes:
        found.append(
            _("The text is too long: %(length)d of at most %(room)d bytes.")
            % {"length": len(prepared.text.encode()), "room": limits.bytes}
        )
    if not prepared.text.strip() and not prepared.pictures:
        found.append(_("There is nothing to post: the text is empty."))
    if not prepared.link:
        found.append(_("The page has no address that readers could open."))
    return found
