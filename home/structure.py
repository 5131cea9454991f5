"""The pages that every portal has from its first start, at addresses that never move."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Collection, GroupApprovalTask, Locale, Site, Task, Workflow, WorkflowPage, WorkflowTask

from contests.models import ContestIndexPage
from core.migration_signals import is_last_app
from events.models import EventIndexPage
from frames.models import FrameIndexPage
from home.models import HomePage, SiteSettings
from infographics.models import InfographicIndexPage
from news.models import NewsIndexPage
from organisations.models import UnitIndexPage
from organisations.roles import Role
from pages.models import BasePage
from policies.models import PolicyIndexPage, ProcedureIndexPage
from training.models import TrainingIndexPage

MENU = [
    ("Tin tức", "/tin-tuc/"),
    ("Chính sách", "/chinh-sach/"),
    ("Thủ tục", "/chinh-sach/thu-tuc/"),
    ("Đào tạo", "/dao-tao/"),
    ("Lịch công tác", "/lich-cong-tac/"),
    ("Infographic", "/infographic/"),
    ("Đơn vị", "/don-vi/"),
]


def create_structure_after_migrate(app_config: Any, using: str, **kwargs: Any) -> None:
    """Signal handler: create the structure once all apps are migrated (``post_migrate`` fires app by app)."""
    if is_last_app(app_config) and using == "default":
        create_structure()


@transaction.atomic
def create_structure() -> HomePage:
    """Create root, front page, site and the fixed listings where Wagtail's welcome page (or nothing) still stands.

    Once there is a front page nothing is touched any more: what an editor deleted stays deleted.
    """
    existing = HomePage.objects.first()
    if existing:
        return existing
    locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = BasePage.objects.filter(depth=1).first() or BasePage.add_root(
        instance=BasePage(title="Root", slug="root", locale=locale)
    )
    for welcome in root.get_children():
        Site.objects.filter(root_page=welcome).delete()
        welcome.delete()
    # Wagtail's migrations name both «Root», and editors see these names wherever they choose a page or a collection.
    BasePage.objects.filter(pk=root.pk).update(title="Toàn cổng", draft_title="Toàn cổng")
    Collection.objects.filter(depth=1).update(name="Kho chung")
    root = BasePage.objects.get(pk=root.pk)
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu", locale=locale))
    site = Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Công đoàn"
    )
    home.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc"))
    policies = home.add_child(instance=PolicyIndexPage(title="Chính sách", slug="chinh-sach"))
    policies.add_child(instance=ProcedureIndexPage(title="Thủ tục", slug="thu-tuc"))
    home.add_child(instance=TrainingIndexPage(title="Đào tạo", slug="dao-tao"))
    home.add_child(instance=ContestIndexPage(title="Cuộc thi", slug="cuoc-thi"))
    home.add_child(instance=InfographicIndexPage(title="Infographic", slug="infographic"))
    home.add_child(instance=FrameIndexPage(title="Khung ảnh đại diện", slug="khung-anh"))
    home.add_child(instance=EventIndexPage(title="Lịch công tác", slug="lich-cong-tac"))
    home.add_child(instance=UnitIndexPage(title="Đơn vị", slug="don-vi"))
    create_settings(site)
    create_workflow()
    return home


def create_workflow() -> None:
    """Replace Wagtail's English groups and workflow by one review step, done by editors or the chief editor."""
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    review = GroupApprovalTask.objects.create(name="Duyệt bài")
    reviewers = [Group.objects.get_or_create(name=role.value)[0] for role in (Role.EDITOR, Role.CHIEF_EDITOR)]
    review.groups.set(reviewers)
    workflow = Workflow.objects.create(name="Duyệt bài trước khi đăng")
    WorkflowTask.objects.create(workflow=workflow, task=review, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=BasePage.objects.get(depth=1))


def create_settings(site: Site) -> SiteSettings:
    """Give the site a menu that leads to its listings."""
    site_settings = SiteSettings.for_site(site)
    site_settings.menu = [("link", {"text": text, "page": None, "url": url}) for text, url in MENU]
    site_settings.save()
    return site_settings
