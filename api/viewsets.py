"""What the endpoints share: Wagtail's viewsets, showing what is registered alone, and cheap."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy
from rest_framework.exceptions import APIException
from rest_framework.fields import Field as SerializerField
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import BasePagination
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter
from wagtail.api.v2.views import BaseAPIViewSet

from api import parameters, schemas
from api.answers import View, public
from api.batches import Batch
from api.parameters import Parameter, read_query
from api.registry import Field, Shown, fields_of

MOST_ITEMS, USUAL_ITEMS = 100, 20
#: Skipping rows costs reading them. Who wants all pages goes on from the last one's date or number.
FARTHEST = 10_000


class Router(WagtailAPIRouter):
    """Wagtail's router; whoever reads gets the headers and the states of :mod:`api.answers`."""

    def wrap_view(self, func: Any) -> View:
        """Called by Wagtail for the view of each address."""
        wrapped: View = super().wrap_view(func)
        return public(wrapped, func.cls.keys)

    @property
    def endpoints(self) -> dict[str, Any]:
        """The viewsets by the names of their endpoints."""
        return dict(sorted(self._endpoints.items()))


#: The endpoints of ``/api/v2/``; apps register theirs when they are ready.
router = Router("api")


class _Read(SerializerField):
    """A registered field as the serializers of Wagtail take one."""

    def __init__(self, field: Field) -> None:
        super().__init__(read_only=True)
        self.field = field

    def __deepcopy__(self, memo: Any) -> "_Read":
        """Each serializer has its own."""
        return type(self)(self.field)

    def get_attribute(self, instance: Any) -> Any:
        """The whole object."""
        return instance

    def to_representation(self, value: Any) -> Any:
        """What the field shows of it."""
        return self.field.read(value, self.context["batch"])


class PublicSerializer(BaseSerializer):
    """Wagtail's arrangement of fields; a subclass is made for each choice of them."""

    shown: Sequence[Field] = ()

    def get_fields(self) -> dict[str, SerializerField]:
        """The fields chosen, and none that a model or a library knows."""
        return {field.name: _Read(field) for field in self.shown}


class _Paging(BasePagination):
    """``limit`` and ``offset`` as Wagtail has them; the view reads the objects, by their ids."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """One page of a list."""
        offset, limit = view.values.get("offset", 0), view.values.get("limit", USUAL_ITEMS)
        self.total = view.total(queryset)
        ids = list(queryset.values_list("pk", flat=True)[offset : offset + limit]) if limit else []
        return view.load(ids)

    def get_paginated_response(self, data: Any) -> Response:
        """As Wagtail's."""
        return Response({"meta": {"total_count": self.total}, "items": data})


class _JsonAlone(BaseContentNegotiation):
    """JSON, whatever is asked for: a wrong «Accept» is no reason to refuse."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """Nothing is ever sent."""
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """There is one."""
        return renderers[0], renderers[0].media_type


def _fields_of_text(text: str) -> list[tuple[str, bool, Any]]:
    try:
        config = parse_fields_parameter(text)
    except ValueError:
        config = []
    if not config:
        raise ValueError(_("Write names with commas between, such as: *,-summary or: _,title."))
    if any(nested for _name, _negated, nested in config):
        raise ValueError(_("A field stands here as a whole: brackets are not understood."))
    return config


FIELDS = Parameter(
    name="fields",
    schema=schemas.text(),
    description=gettext_lazy(
        "Fields beyond the usual ones, with commas between; with a hyphen before it a field is left out. "
        "«*» stands for all fields, «_» for none: _,title gives the title alone."
    ),
    read=_fields_of_text,
    example="_,id",
)
LIMIT = parameters.integer(
    "limit", gettext_lazy("How many things a page of the list holds; 20 if not said."), maximum=MOST_ITEMS
)
OFFSET = parameters.integer(
    "offset",
    gettext_lazy("How many things to skip. To go through everything, go on from the last date or number instead."),
    maximum=FARTHEST,
)
ID = parameters.identifier("id", gettext_lazy("The number of the thing."))


class PublicViewSet(BaseAPIViewSet):
    """An endpoint of a model: its list, its things one by one, and the search for one by its number.

    A subclass names ``model``, ``keys`` (the surrogate keys of all it may show), ``orders`` and ``own_parameters``.
    """

    base_serializer_class = PublicSerializer
    authentication_classes: Sequence[Any] = ()
    permission_classes: Sequence[Any] = ()
    throttle_classes: Sequence[Any] = ()
    content_negotiation_class = _JsonAlone
    pagination_class = _Paging
    renderer_classes = (JSONRenderer,)  # alone, also where somebody installs DRF's pages for browsers
    filter_backends: Sequence[Any] = ()
    detail_only_fields: Sequence[str] = ()

    keys: tuple[str, ...] = ()
    #: Shown to whoever asks the API what it has.
    about: Any = ""
    #: The source of the search whose results stand here.
    search_source = ""
    orders: tuple[str, ...] = ("id", "title")
    usual_order: tuple[str, ...] = ("-pk",)
    own_parameters: tuple[Parameter, ...] = ()
    find_parameters: tuple[Parameter, ...] = (ID,)

    def get_renderer_context(self) -> dict[str, Any]:
        """Without the spaces by which Wagtail makes it pretty, and half as large again."""
        return {**super().get_renderer_context(), "indent": None}

    # Parameters -------------------------------------------------------------------------------------------------

    @classmethod
    def list_parameters(cls) -> list[Parameter]:
        """Everything that the address of a list may say."""
        return [LIMIT, OFFSET, parameters.order(cls.orders), FIELDS, *cls.own_parameters]

    @property
    def values(self) -> dict[str, Any]:
        """What the address says, read and checked."""
        if not hasattr(self, "_values"):
            own: dict[str, list[Parameter]] = {
                "listing_view": self.list_parameters(),
                "find_view": [*self.find_parameters, FIELDS],
            }
            known = own.get(self.action, [FIELDS])
            self._values = read_query(self.request.GET, known)
        return self._values

    def check_query_parameters(self, queryset: Any) -> None:
        """Wagtail asks for it before it filters."""
        _ = self.values

    def filter_queryset(self, queryset: Any) -> Any:
        """What the address leaves of the list, in its order. The number makes the order total."""
        if self.action != "listing_view":
            return queryset
        for parameter in self.list_parameters():
            if parameter.narrow and parameter.name in self.values:
                queryset = parameter.narrow(queryset, self.values[parameter.name])
        order = self.values.get("order")
        if order is None:
            return queryset.order_by(*self.usual_order)
        tail = "-pk" if order.startswith("-") else "pk"
        return queryset.order_by(*([tail] if order.lstrip("-") == "id" else [order, tail]))

    # Fields -----------------------------------------------------------------------------------------------------

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        """The registered fields of a model."""
        return [APIField(field.name, serializer=_Read(field)) for field in fields_of(model) if not field.meta]

    @classmethod
    def get_meta_fields(cls, model: Any) -> list[APIField]:
        """Those that stand below ``meta``."""
        return [APIField(field.name, serializer=_Read(field)) for field in fields_of(model) if field.meta]

    @classmethod
    def get_listing_default_fields(cls, model: Any) -> list[str]:
        """Those that stand in a list without being asked for."""
        return [field.name for field in fields_of(model) if field.shown is Shown.ALWAYS]

    def get_serializer_class(self) -> Any:
        """Of the fields that the address asks for."""
        alone = self.action != "listing_view"
        fields = fields_of(type(self.get_object()) if alone else self.listed_model)
        possible = [field for field in fields if alone or field.shown is not Shown.ALONE_ONLY]
        config = self.values.get("fields", [])
        known = sorted(field.name for field in possible)
        unknown = sorted({name for name, _negated, _nested in config} - {*known, "*", "_"})
        if unknown:
            raise BadRequestError(
                _("Unknown fields: «%(names)s». Known here are: %(known)s.")
                % {"names": parameters.shortened(", ".join(unknown)), "known": ", ".join(known)}
            )
        chosen = _chosen(possible, config, alone)
        shown = [field for field in possible if field.name in chosen]
        meta_fields = [field.name for field in shown if field.meta]
        name = f"{self.listed_model.__name__}Serializer"
        return type(name, (self.base_serializer_class,), {"shown": shown, "meta_fields": meta_fields})

    @property
    def listed_model(self) -> Any:
        """The model whose fields a list shows."""
        return self.model

    def get_serializer_context(self) -> dict[str, Any]:
        """The batch, by which related objects are read once for all."""
        return {"request": self.request, "view": self, "router": router, "batch": self.batch}

    # Objects ----------------------------------------------------------------------------------------------------

    def visible(self) -> Any:
        """Everything that any reader may see now, as a queryset."""
        raise NotImplementedError

    @cached_property
    def _visible(self) -> Any:
        return self.visible()

    def get_queryset(self) -> Any:
        """The same; what is restricted is asked for once a request."""
        return self._visible.all()

    def load(self, ids: Sequence[int]) -> list[Any]:
        """The objects of these ids, in this order, with what lists show of them."""
        found = self.with_related(self.get_queryset()).in_bulk(ids)
        return self._batched([found[pk] for pk in ids if pk in found])

    def with_related(self, queryset: Any) -> Any:
        """The same, with what every object shows of others."""
        return queryset

    def total(self, queryset: Any) -> int:
        """How many things a list has."""
        return int(queryset.count())

    def get_object(self) -> Any:
        """The thing of an address. Raises Http404."""
        if not hasattr(self, "_cached_object"):
            _ = self.values
            found = self.with_related(self.get_queryset()).filter(pk=_number(self.kwargs["pk"])).first()
            if found is None:
                raise Http404
            [self._cached_object] = self._batched([found])
        return self._cached_object

    def _batched(self, objects: list[Any]) -> list[Any]:
        self.batch = Batch(objects, self.request, router)
        return objects

    def find_view(self, request: Any) -> Any:
        """Lead to the thing under the name by which the reader knows the portal, and keep what is asked of it."""
        found = self.find_object(self.get_queryset(), request)
        if found is None:
            raise Http404
        url = router.get_object_detail_urlpath(self.model, found.pk)
        fields = request.GET.get("fields")
        return HttpResponseRedirect(f"{url}?{urlencode({'fields': fields})}" if fields else url)

    def find_object(self, queryset: Any, request: Any) -> Any:
        """The thing that an address describes; a subclass knows more ways."""
        if not self.values.keys() - {"fields"}:
            names = ", ".join(parameter.name for parameter in self.find_parameters)
            raise BadRequestError(_("Say what to find, by one of: %(names)s.") % {"names": names})
        return queryset.filter(pk=self.values["id"]).first() if "id" in self.values else None

    def handle_exception(self, exc: Exception) -> Any:
        """Bad requests and what is not here are told by :mod:`api.answers`."""
        if isinstance(exc, APIException):
            raise BadRequestError(str(exc.detail)) from exc
        raise exc

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """Wagtail's three; the search for one before its number."""
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("find/", cls.as_view({"get": "find_view"}), name="find"),
            path("<int:pk>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


def _number(pk: int) -> int:
    if pk > schemas.LARGEST_ID:
        raise Http404
    return pk


def _chosen(fields: list[Field], config: Any, alone: bool) -> set[str]:
    """The names of the fields to show: the usual ones, all or none, and then what is added and left out."""
    chosen = {field.name for field in fields if alone or field.shown is Shown.ALWAYS}
    for name, negated, _nested in config:
        if name == "*":
            chosen = {field.name for field in fields}
        elif name == "_":
            chosen = set()
        elif negated:
            chosen.discard(name)
        else:
            chosen.add(name)
    return chosen
