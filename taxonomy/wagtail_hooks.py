"""Topics in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from taxonomy.models import Topic


class TopicViewSet(SnippetViewSet):
    """List, create and edit topics."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    ordering = ["sort_name"]


register_snippet(TopicViewSet)
