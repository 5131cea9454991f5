"""``/api/v2/pages/``: every page that any reader may see."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Site

from api import parameters, registry, schemas
from api.answers import HOLDS_UNTIL
from api.freshness import PAGE_KEYS
from api.parameters import Parameter
from api.viewsets import PublicSerializer, PublicViewSet
from pagecache.generations import fingerprint
from pages.models import BasePage
from taxonomy.models import Topic

TOTAL_SECONDS = 600
ROOT = "root"


def page_types() -> dict[str, type[BasePage]]:
    """Every type of page by its name, ``news.ArticlePage``."""
    models = [model for model in apps.get_models() if issubclass(model, BasePage) and model is not BasePage]
    return {model._meta.label: model for model in models}  # Django's documented model API


def visible() -> Any:
    """What any reader may see now, below the front page of the portal."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return BasePage.objects.none()
    return BasePage.objects.published().filter(path__startswith=site.root_page.path)


# Parameters ---------------------------------------------------------------------------------------------------------


def _of_types(queryset: Any, labels: Sequence[str]) -> Any:
    models = [page_types()[label] for label in labels]
    queryset = queryset.filter(content_type__in=[ContentType.objects.get_for_model(model) for model in models])
    # Items of a type stand in an index in their order; other types have few pages.
    return queryset.filter(listed=True) if all(model.is_item for model in models) else queryset


def _page_or_root(text: str) -> Any:
    return ROOT if text == ROOT else parameters.whole_number(text, 1, schemas.LARGEST_ID)


def _beside(name: str, description: Any, relation: str) -> Parameter:
    """A parameter that names a page, and where the list stands to it in the tree."""

    def narrow(queryset: Any, pk: Any) -> Any:
        page = visible().order_by("depth").first() if pk == ROOT else visible().filter(pk=pk).first()
        if page is None:
            raise BadRequestError(_("«%(name)s»: there is no such page, or not everybody may see it.") % {"name": name})
        return getattr(queryset, relation)(page)

    schema = {"anyOf": [schemas.identifier(), {"const": ROOT}]}
    return Parameter(name=name, schema=schema, description=description, read=_page_or_root, narrow=narrow)


def _of_topic(queryset: Any, named: dict[str, Any]) -> Any:
    topic = Topic.objects.filter(**named).first()
    if topic is None:
        raise BadRequestError(_("«%(name)s»: there is no such topic.") % {"name": "topic"})
    return queryset.filter(pk__in=BasePage.topics.through.objects.filter(topic=topic).values("basepage_id"))


def _compared(name: str, lookup: str, description: Any) -> Parameter:
    return parameters.moment(name, description).narrowing(lambda queryset, value: queryset.filter(**{lookup: value}))


PARAMETERS = (
    parameters.several(
        "type",
        gettext_lazy("Only pages of these types, such as news.ArticlePage. A single type brings its own fields along."),
        values=lambda: page_types(),  # noqa: PLW0108  # the models are not there yet
        each=str,
    ).narrowing(_of_types),
    parameters.boolean(
        "is_item", gettext_lazy("Only what stands in listings (true), or only the rest (false).")
    ).narrowing(lambda queryset, value: queryset.filter(listed=value)),
    parameters.identifier_or_slug("topic", gettext_lazy("Only pages of a topic, by its number or slug.")).narrowing(
        _of_topic
    ),
    parameters.identifier("author", gettext_lazy("Only pages of an author, by the number.")).narrowing(
        lambda queryset, pk: queryset.filter(
            pk__in=BasePage.authors.through.objects.filter(person=pk).values("basepage_id")
        )
    ),
    parameters.identifier("section", gettext_lazy("Only items of a section, by the number of its page.")).narrowing(
        lambda queryset, pk: queryset.filter(section=pk, listed=True)
    ),
    parameters.slug("slug", gettext_lazy("Only pages with this last word of the address.")).narrowing(
        lambda queryset, slug: queryset.filter(slug=slug)
    ),
    parameters.boolean("is_hot", gettext_lazy("Only hot news of this moment.")).narrowing(
        lambda queryset, value: queryset.hot() if value else queryset
    ),
    _compared(
        "last_published_after",
        "last_published_at__gt",
        gettext_lazy("Only pages that are new or were changed after this moment: what to ask when polling."),
    ),
    _compared("last_published_before", "last_published_at__lt", gettext_lazy("The same, before a moment.")),
    _compared(
        "first_published_after", "first_published_at__gt", gettext_lazy("Only pages that went live after this moment.")
    ),
    _compared(
        "first_published_before",
        "first_published_at__lt",
        gettext_lazy("The same, before a moment: with the date of the last page seen, the next pages of a long list."),
    ),
    _beside("child_of", gettext_lazy("Only pages directly below this page (a number, or root)."), "child_of"),
    _beside("descendant_of", gettext_lazy("Only pages anywhere below this page (a number, or root)."), "descendant_of"),
    _beside("ancestor_of", gettext_lazy("Only pages above this page."), "ancestor_of"),
)


def _read_path(text: str) -> str:
    if "?" in text or "#" in text:
        raise ValueError(_("Give the path alone."))
    return "/" + "".join(f"{part}/" for part in text.split("/") if part)


HTML_PATH = Parameter(
    name="html_path",
    schema=schemas.text(),
    description=gettext_lazy("The path of the page for people, such as /tin-tuc/."),
    read=_read_path,
    example="/tin-tuc/",
)


def _refuse_search(_text: str) -> None:
    raise ValueError(_("Lists are not searched: ask /api/v2/search/?q=… instead."))


_SEARCH = Parameter(
    name="search",
    schema=schemas.text(deprecated=True),
    description=gettext_lazy("Not here: words are searched for by /api/v2/search/."),
    read=_refuse_search,
)


# The endpoint -------------------------------------------------------------------------------------------------------


class PagesViewSet(PublicViewSet, PagesAPIViewSet):
    """Pages of all types."""

    base_serializer_class = PublicSerializer
    known_query_parameters: frozenset[str] = frozenset()
    filter_backends: Sequence[Any] = ()
    detail_only_fields: Sequence[str] = ()
    name = "pages"
    model = BasePage
    keys = PAGE_KEYS
    about = gettext_lazy("Pages of all types: news, policies, events, courses, sections and the rest.")
    orders = ("id", "first_published_at", "last_published_at", "display_date", "title")
    usual_order = ("-first_published_at", "-pk")
    find_parameters = (*PublicViewSet.find_parameters, HTML_PATH)

    @classmethod
    def list_parameters(cls) -> list[Parameter]:
        """Also what other apps know of pages."""
        return [*super().list_parameters(), *PARAMETERS, *registry.parameters()]

    @property
    def values(self) -> dict[str, Any]:
        """Whoever uses Wagtail's own search is told where ours is."""
        if self.action == "listing_view" and "search" in self.request.GET:
            _SEARCH.value_of(self.request.GET["search"])
        return super().values

    def visible(self) -> Any:
        """What any reader may see."""
        return visible()

    def filter_queryset(self, queryset: Any) -> Any:
        """Hot news is hot for a time."""
        queryset = super().filter_queryset(queryset)
        if self.values.get("is_hot"):
            ends = queryset.order_by("hot_until").values_list("hot_until", flat=True)
            setattr(self.request._request, HOLDS_UNTIL, ends.first())  # noqa: SLF001  # DRF's name for Django's own
        return queryset

    @property
    def listed_model(self) -> Any:
        """With one type asked for, its own fields can be asked for too."""
        labels = self.values.get("type", ())
        return page_types()[labels[0]] if len(labels) == 1 else BasePage

    def with_related(self, queryset: Any) -> Any:
        """In the same statement."""
        return queryset.select_related("unit", "main_topic", "cover", "content_type")

    def load(self, ids: Sequence[int]) -> list[Any]:
        """As their type only where a field of the type is asked for."""
        model = self.listed_model
        rows = self.with_related(self._rows(model)).in_bulk(ids)
        return self._batched([rows[pk] for pk in ids if pk in rows])

    def _rows(self, model: Any) -> Any:
        serializer = self.get_serializer_class()
        of_base = {field.name for field in registry.fields_of(BasePage)}
        own = {field.name for field in serializer.shown} - of_base
        if model is BasePage or not own:
            return BasePage.objects.all()
        return model._default_manager.defer_streamfields()

    def total(self, queryset: Any) -> int:
        """Kept until anything is published: with 100,000 pages it costs more than the pages."""
        asked = self.request.GET.copy()
        for name in ("limit", "offset", "order", "fields"):
            asked.pop(name, None)
        words = "&".join(sorted(f"{name}={value}" for name, value in asked.items()))
        state = f"{words} {fingerprint(PAGE_KEYS)} {timezone.localdate()}"
        key = f"api:total:{blake2b(state.encode(), digest_size=16).hexdigest()}"
        total = cache.get(key)
        if total is None or self.values.get("is_hot"):
            total = super().total(queryset.order_by())
            cache.set(key, total, TOTAL_SECONDS)
        return int(total)

    def get_object(self) -> Any:
        """As its type, with the related objects of its base row."""
        if not hasattr(self, "_cached_object"):
            base = PublicViewSet.get_object(self)
            page = base.specific
            page.unit, page.main_topic, page.cover = base.unit, base.main_topic, base.cover
            [self._cached_object] = self._batched([page])
        return self._cached_object

    def find_object(self, queryset: Any, request: Any) -> Any:
        """Also by the path that people see."""
        if "html_path" in self.values:
            root = Site.objects.filter(is_default_site=True).select_related("root_page").first()
            above = root.root_page.url_path.rstrip("/") if root else ""
            return queryset.filter(url_path=above + self.values["html_path"]).first()
        return PublicViewSet.find_object(self, queryset, request)

    def get_serializer_context(self) -> dict[str, Any]:
        """Without Wagtail's own."""
        return PublicViewSet.get_serializer_context(self)


def describe_types() -> Iterable[tuple[str, type[BasePage], str]]:
    """Every type of page with its name for people."""
    for label, model in sorted(page_types().items()):
        yield label, model, str(model._meta.verbose_name)  # documented API
