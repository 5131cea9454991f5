"""The feed of courses, classes and materials, and how one reads there."""

from django.utils.translation import gettext_lazy as _

from crossposting.feeds.registry import register_source, register_template
from crossposting.feeds.sources import CornerFeed
from training.models import ClassPage, CoursePage, MaterialPage, TrainingIndexPage


def register() -> None:
    """Called when the app is ready."""
    register_source(CornerFeed("dao-tao", _("Training"), order=27, listing="training", front=TrainingIndexPage))
    register_template(CoursePage, "training/feed_item.html")
    register_template(ClassPage, "training/class_feed_item.html")
    register_template(MaterialPage, "training/feed_item.html")
