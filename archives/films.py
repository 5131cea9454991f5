"""Films of the portal's own, from around their pages: what is said in them is found, and search engines know them.

Pages show files without knowing when these change; here the index and stored texts follow.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.html import strip_tags
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from core.blocks.video import films_in
from core.signals import readers_see_change
from core.surrogates import SITE, surrogate_keys
from core.videos import Video
from documents.models import PortalDocument
from documents.privacy import are_open
from pages.models import BasePage
from search.following import follow, follow_part
from search.pending import note
from search.registry import Enrichment, enrich
from search.sources.files import visible_files
from search.sources.pages import PAGE

#: Schema.org asks for no length; a transcript of an hour has some 60,000 letters.
LONGEST_TRANSCRIPT = 20_000
#: When more pages than these change at once, everything is drawn anew rather than each asked where it stands.
MANY_PAGES = 50


@enrich(PAGE)
def spoken_in_pages(pages: Sequence[Any]) -> dict[int, Enrichment]:
    """What the captions of each page's films say; nothing of files that are not open to everybody."""
    films = {page.pk: list(_films_of(page)) for page in pages}
    wanted = {pk for pairs in films.values() for pair in pairs for pk in pair}
    if not wanted:
        return {}
    files = visible_files().in_bulk(wanted)
    texts: dict[int, list[str]] = defaultdict(list)
    for page_id, pairs in films.items():
        for film, captions in pairs:
            if film in files and captions in files:
                texts[page_id] += [passage.text for passage in files[captions].passages]
    return {pk: Enrichment(text=tuple(dict.fromkeys(words))) for pk, words in texts.items()}


def _films_of(page: Any) -> Iterator[tuple[int, int]]:
    """Ids of film and captions, of the page itself and of its text, where no transcript is written."""
    own: Video | None = getattr(page, "video", None)
    if own is not None and page.video_file_id and page.captions_id and not own.transcript:
        yield page.video_file_id, page.captions_id
    yield from films_in(page)


# For search engines and networks ------------------------------------------------------------------------------------


def open_file(video: Video) -> Any:
    """The film's file if anybody may open it."""
    return video.file if video.file and video.file.is_video and are_open(video.file) else None


def video_object(
    request: HttpRequest, page: BasePage, video: Video, file: Any, *, description: str, image: str, published: str
) -> dict[str, Any]:
    """VideoObject, as schema.org names things; ``file`` is that of the film if anybody may open it."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": page.title,
        "description": description or page.title,
        "thumbnailUrl": [image] if image else [],
        "uploadDate": published,
        "inLanguage": video.language,
        "duration": duration(video.seconds),
        "contentUrl": request.build_absolute_uri(file.url) if file else "",
        "encodingFormat": file.content_type if file else "",
        "width": file.width if file else None,
        "height": file.height if file else None,
        "embedUrl": video.embed_url.partition("?")[0],
        "transcript": _transcript(video, file),
    }
    return {key: value for key, value in data.items() if value}


def duration(seconds: int) -> str:
    """ISO 8601: «PT6M42S»; "" for none."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in parts if number)


def _transcript(video: Video, file: Any) -> str:
    if video.transcript:
        text = " ".join(strip_tags(str(video.transcript).replace("</p>", "</p> ")).split())
    elif file and video.captions and are_open(video.captions):
        text = "\n".join(passage.text for passage in video.captions.passages)
    else:
        text = ""
    return text[:LONGEST_TRANSCRIPT]


# Changes ------------------------------------------------------------------------------------------------------------


def _renew(files: Iterable[int]) -> None:
    """Pages that show these files read otherwise now."""
    kind = ContentType.objects.get_for_model(PortalDocument)
    shown = ReferenceIndex.objects.filter(to_content_type=kind, to_object_id__in=[str(pk) for pk in files])
    referring = {int(pk) for pk in shown.values_list("object_id", flat=True).distinct() if str(pk).isdigit()}
    pages = list(BasePage.objects.filter(pk__in=referring, live=True))
    if pages:
        note(PAGE, [page.pk for page in pages])
        few = pages if len(pages) <= MANY_PAGES else []
        readers_see_change.send(
            sender=PortalDocument, keys={key for page in few for key in surrogate_keys(page)} or {SITE}
        )


def follow_file(file: PortalDocument) -> None:
    """A film or its captions came anew, went into another folder, or will be deleted."""
    if file.is_video or file.is_captions:
        _renew([file.pk])


def follow_folder(folder: Collection) -> None:
    """A folder was closed, opened or moved: what its films say may be read no more, or again."""
    inside = PortalDocument.objects.filter(collection__path__startswith=folder.path)
    _renew(file.pk for file in inside if file.is_video or file.is_captions)


def follow_folder_restriction(restriction: CollectionViewRestriction) -> None:
    """The same, for a restriction that came or went."""
    follow_folder(restriction.collection)


def connect() -> None:
    """Called when the app is ready."""
    follow(PortalDocument, ["file", "collection"], changed=follow_file, deleting=follow_file)
    follow_part(CollectionViewRestriction, follow_folder_restriction)
    follow_part(Collection, follow_folder)
