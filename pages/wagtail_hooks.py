"""Pages in the admin: dashboard panels, lists, the content checker, and words that Wagtail leaves in English."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import choosers
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.reports import PageReportView

from pages import page_chooser, panels  # noqa: F401  # the panels register themselves
from pages.content_checks import AllContentChecks
from pages.viewsets import NewsroomPageViewSet

#: Fields of Wagtail's link dialogs that have no label of their own, only their name in English.
_LINK_FIELDS = {
    choosers.ExternalLinkChooserForm: {"link_text": _("Words of the link")},
    choosers.AnchorLinkChooserForm: {"url": _("Anchor"), "link_text": _("Words of the link")},
    choosers.EmailLinkChooserForm: {
        "email_address": _("E-mail address"),
        "link_text": _("Words of the link"),
        "subject": _("Subject"),
        "body": _("Text of the message"),
    },
    choosers.PhoneLinkChooserForm: {"phone_number": _("Telephone number"), "link_text": _("Words of the link")},
}
for _form, _labels in _LINK_FIELDS.items():
    for _name, _label in _labels.items():
        _form.base_fields[_name].label = _label
page_chooser.use()
PageReportView.verbose_name_plural = _("pages")  # Wagtail's own reports count «127 None»


@hooks.register("register_admin_viewset")
def register_page_viewset() -> NewsroomPageViewSet:
    """Lists with unit and date."""
    return NewsroomPageViewSet()


@hooks.register("insert_editor_js")
def save_one_at_a_time() -> str:
    """An editor's button and the admin's saving by itself, which would else create a new page twice."""
    return format_html('<script type="module" src="{}"></script>', static("admin/saving.js"))


@hooks.register("construct_wagtail_userbar")
def check_everything(request: HttpRequest, items: list[Any], page: Any) -> None:
    """All rules instead of Wagtail's ten."""
    items[:] = [
        AllContentChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
