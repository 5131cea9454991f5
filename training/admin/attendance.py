"""The list of a class: who signed up and who came, for whoever may edit its page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from core.spreadsheets import csv_response, xlsx_response
from core.templatetags.portal_text import vi_datetime
from pages.models import BasePage
from training.classes import attendance
from training.classes.forms import WalkInForm
from training.classes.selectors import attendance as people_of, with_counts
from training.classes.signing_up import Refused, give_back
from training.models import ClassPage, Registration

PER_PAGE = 50
INDEX, LIST = "training_classes:index", "training_classes:list"
SEES_CLASSES = "training.view_registration"


class ClassesMenuItem(MenuItem):
    """Shown to those who may look at lists of classes."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this user sees the item."""
        return bool(request.user.has_perm(SEES_CLASSES))


def classes_of(user: Any) -> QuerySet[ClassPage]:
    """The classes whose pages somebody may edit."""
    mine = policy_registry.get_by_type(BasePage).instances_user_has_any_permission_for(user, {"change"})
    return ClassPage.objects.filter(pk__in=mine.values("pk"))


class ClassesView(WagtailAdminTemplateMixin, TemplateView):
    """All classes that the user looks after, the coming ones first."""

    template_name = "training/admin/classes.html"
    page_title = gettext_lazy("Classes on site")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count in one query, whatever the number of classes."""
        context = super().get_context_data(**kwargs)
        classes = with_counts(classes_of(self.request.user)).select_related("unit").order_by("-start", "-pk")
        page = Paginator(classes, PER_PAGE).get_page(self.request.GET.get("p"))
        return {**context, "page": page, "classes": list(page.object_list)}


class OneClassView(WagtailAdminTemplateMixin, TemplateView):
    """A page about one class, for whoever may edit it."""

    header_icon = "calendar-alt"
    class_page: ClassPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let nobody else in."""
        self.class_page = get_object_or_404(ClassPage.objects.select_related("unit"), pk=kwargs["page_id"])
        if not attendance.may_organise(request.user, self.class_page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def here(self) -> str:
        """The address of the list."""
        return reverse(LIST, args=[self.class_page.pk])

    @cached_property
    def people(self) -> list[Registration]:
        """Everybody with a place."""
        return people_of(self.class_page)


class ListView(OneClassView):
    """Everybody with a place, to be ticked; what is posted changes one thing and comes back."""

    template_name = "training/admin/class_list.html"

    page_title = gettext_lazy("List of the class")

    def get_page_subtitle(self) -> str:
        """The class."""
        return str(self.class_page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(INDEX), "label": _("Classes on site")},
            {"url": "", "label": self.page_title, "sublabel": self.class_page.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list with its figures; the number of queries does not depend on its length."""
        context = super().get_context_data(**kwargs)
        page, people = self.class_page, self.people
        present = [one for one in people if one.is_present]
        certified = [one for one in present if getattr(one, "certificate", None)]
        return {
            **context,
            "class_page": page,
            "people": people,
            "present": len(present),
            "seated": sum(not one.is_waiting and not one.is_walk_in for one in people),
            "waiting": sum(one.is_waiting and not one.is_present for one in people),
            "walk_ins": sum(one.is_walk_in for one in people),
            "certified": len(certified),
            "to_certify": len(present) - len(certified) if page.is_over and page.has_certificate else 0,
            "walk_in": kwargs.get("walk_in") or WalkInForm(),
            "here": self.here,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do the one thing whose button was pressed."""
        if "them" in request.POST:
            return self._add()
        for name, action in (("co-mat", self._present), ("vang", self._absent), ("huy", self._cancel)):
            if name in request.POST:
                return self._of_one(action)
        if "tat-ca" in request.POST:
            self._say_marked(attendance.mark_present(self.class_page, None, by=request.user, source=_LIST))
        elif "chung-nhan" in request.POST:
            self._certify()
        return redirect(self.here)

    def _of_one(self, action: Any) -> HttpResponse:
        number = next(self.request.POST[name] for name in ("co-mat", "vang", "huy") if name in self.request.POST)
        if not (number.isascii() and number.isdigit() and len(number) < 12):
            raise Http404
        action(get_object_or_404(self.class_page.registrations.active(), pk=int(number)))
        return redirect(f"{self.here}#dang-ky-{int(number)}")

    def _present(self, one: Registration) -> None:
        attendance.mark_present(self.class_page, [one.pk], by=self.request.user, source=_LIST)

    def _absent(self, one: Registration) -> None:
        attendance.mark_absent(self.class_page, one.pk)

    def _cancel(self, one: Registration) -> None:
        try:
            give_back(one, at_any_time=True)
        except Refused as reason:
            messages.error(self.request, str(reason))
        else:
            messages.success(self.request, _("The place of %(name)s was cancelled.") % {"name": one.shown_name})

    def _add(self) -> HttpResponse:
        form = WalkInForm(self.request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(walk_in=form))
        made = attendance.add_walk_in(self.class_page, form.person, by=self.request.user, source=_LIST)
        messages.success(self.request, _("%(name)s is written down as present.") % {"name": made.shown_name})
        return redirect(f"{self.here}#dang-ky-{made.pk}")

    def _say_marked(self, number: int) -> None:
        said = ngettext("%(number)d person marked as present.", "%(number)d people marked as present.", number)
        messages.success(self.request, said % {"number": number})

    def _certify(self) -> None:
        try:
            given = attendance.give_certificates(self.class_page)
        except Refused as reason:
            messages.error(self.request, str(reason))
            return
        said = ngettext("%(number)d certificate given.", "%(number)d certificates given.", given)
        messages.success(self.request, said % {"number": given})


_LIST = attendance.Source.LIST


class PaperView(OneClassView):
    """The list to sign, on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page of its own: nothing of the admin around it."""
        context = {"class_page": self.class_page, "people": self.people, "back": self.here}
        return TemplateResponse(request, "training/admin/class_paper.html", context)


class RoomView(OneClassView):
    """The picture for the wall of the room, with which people check in by themselves."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As above."""
        secret = attendance.room_secret(self.class_page)
        context = {
            "class_page": self.class_page,
            "address": request.build_absolute_uri(reverse("training-class-check-in", args=[secret])),
            "hours": attendance.room_hours(self.class_page),
            "back": self.here,
        }
        return TemplateResponse(request, "training/admin/class_room.html", context)


class ExportView(OneClassView):
    """The list as a table."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As CSV or XLSX."""
        name = f"lop-{self.class_page.slug[:60]}-{timezone.localdate():%Y%m%d}"
        rows = [_headings(), *(_line(number, one) for number, one in enumerate(self.people, start=1))]
        if kwargs["form"] == "csv":
            return csv_response(name, rows)
        if kwargs["form"] == "xlsx":
            return xlsx_response(name, self.class_page.title, rows)
        raise Http404


def _headings() -> list[str]:
    return [
        _("No."),
        _("Full name"),
        _("Unit"),
        _("Telephone or e-mail"),
        _("Signed up"),
        _("State"),
        _("Present"),
        _("How marked"),
        _("Certificate"),
    ]


def _line(number: int, one: Registration) -> list[Any]:
    certificate = getattr(one, "certificate", None)
    return [
        number,
        one.shown_name,
        one.unit_name,
        one.contact,
        vi_datetime(one.created),
        state_of(one),
        vi_datetime(one.attended_at),
        one.get_source_display() if one.source else "",
        certificate.written_code if certificate and certificate.is_valid else "",
    ]


def state_of(one: Registration) -> str:
    """A seat, waiting, or neither, in words."""
    if one.is_walk_in:
        return _("Without sign-up")
    return _("Waiting") if one.is_waiting else _("Has a seat")


class ClassesViewSet(ViewSet):
    """The lists under ``/admin/lop-hoc/``."""

    name = "lop-hoc"
    url_namespace = "training_classes"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Classes on site")
    menu_item_class = ClassesMenuItem
    menu_order = 500

    def get_urlpatterns(self) -> list[URLPattern]:
        """All classes, and what belongs to one."""
        return [
            path("", ClassesView.as_view(), name="index"),
            path("<int:page_id>/", ListView.as_view(), name="list"),
            path("<int:page_id>/in/", PaperView.as_view(), name="paper"),
            path("<int:page_id>/ma-phong/", RoomView.as_view(), name="room"),
            path("<int:page_id>/tai/<str:form>/", ExportView.as_view(), name="export"),
        ]
