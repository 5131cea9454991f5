"""Draws the posts of the tab «Sharing» anew from what an editor has typed, and saves nothing."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from crossposting import hashtags
from crossposting.sharing.cards import card
from crossposting.sharing.forms import SHARING
from crossposting.sharing.rows import Row, rows_of


class _DrawnFromForm:
    """Answers with two fragments for each channel: how long the post is, and how it will look.

    The whole form of the page is sent, as for Wagtail's own preview: so title, topics and pictures count as typed, and
    the same code as at publication composes the post.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Fill in the form, in memory; fields that are not in order keep what was saved."""
        form = self.get_form(request.POST)  # type: ignore[attr-defined]  # Wagtail's view is mixed in below
        page = form.instance
        if form.is_valid():
            form.save(commit=False)
        elif "topics" in form.cleaned_data:
            page.topics = form.cleaned_data["topics"]
        if not request.POST.get("title"):
            page.title = ""  # Wagtail puts words of its own there
        if not page.url_path:
            page.set_url_path(form.parent_page)
        ours = form.extra_forms.get(SHARING)
        if ours is None:
            return JsonResponse({"rows": []})
        proposed = hashtags.written(hashtags.proposed(page))
        ours.proposed.add(proposed)
        return JsonResponse({"rows": [_fragments(row) for row in rows_of(page, ours)], "hashtags": proposed})


class SharingPreviewOnEdit(_DrawnFromForm, PreviewOnEditView):
    """For a page that is there."""


class SharingPreviewOnCreate(_DrawnFromForm, PreviewOnCreateView):
    """For a page that is being written."""


def _fragments(row: Row) -> dict[str, Any]:
    return {
        "channel": row.channel.pk,
        "count": render_to_string("crossposting/admin/sharing_count.html", {"row": row}),
        "post": render_to_string("crossposting/admin/sharing_post.html", {"row": row}),
    }


app_name = "sharing"
urlpatterns = [
    path("<int:page_id>/card/<slug:shape>/", card, name="card"),
    path("<int:page_id>/preview/", SharingPreviewOnEdit.as_view(), name="edit"),
    path(
        "<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/",
        SharingPreviewOnCreate.as_view(),
        name="add",
    ),
]
