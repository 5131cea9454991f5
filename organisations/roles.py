"""The five groups of editors and their rights; made anew after each migration, so that a new right reaches them."""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from core.migration_signals import is_last_app


class Role(Enum):
    """Groups by the names that administrators see."""

    CONTRIBUTOR = "Cộng tác viên đơn vị"
    EDITOR = "Biên tập viên"
    CHIEF_EDITOR = "Trưởng ban biên tập"
    CLERK = "Cán bộ thư viện"
    ADMINISTRATOR = "Quản trị cổng"


#: Roles whose rights reach only as far as the units they are assigned to.
SCOPED_ROLES = (Role.CONTRIBUTOR, Role.EDITOR)

PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.CONTRIBUTOR: ("add",),
    Role.EDITOR: ("add", "change", "publish"),
    Role.CHIEF_EDITOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    Role.CLERK: (),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}

#: Wagtail asks for rights over its own image and document models, also where custom ones are used.
COLLECTION_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.CONTRIBUTOR: ("add_image", "choose_image", "add_document", "choose_document"),
    Role.EDITOR: (
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ),
    Role.CLERK: ("add_document", "change_document", "choose_document", "choose_image"),
}
for _role in (Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
    COLLECTION_RIGHTS[_role] = (*COLLECTION_RIGHTS[Role.EDITOR], "delete_image", "delete_document")
COLLECTION_RIGHTS[Role.ADMINISTRATOR] += ("add_collection", "change_collection", "delete_collection")

_CRUD = ("add", "change", "delete", "view")

#: Rights over models: (app label, model) -> actions. Later apps add theirs with :func:`grant`.
MODEL_RIGHTS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.CONTRIBUTOR: {},
    Role.EDITOR: {
        "organisations.member": ("add", "change", "view"),
        "organisations.person": ("add", "change", "view"),
        "search.synonym": ("view",),
        "search.bestbet": ("view",),
        "crossposting.channel": _CRUD,
        "crossposting.delivery": ("view", "change"),
        "crossposting.videosource": _CRUD,
    },
    Role.CHIEF_EDITOR: {
        "organisations.member": ("add", "change", "view"),
        "organisations.person": _CRUD,
        "organisations.unit": ("add", "change", "view"),
        "taxonomy.topic": _CRUD,
        "home.linkedsystem": _CRUD,
        "home.sitesettings": ("change",),
        "wagtailredirects.redirect": _CRUD,
        "search.synonym": _CRUD,
        "search.bestbet": _CRUD,
        "outbox.consequence": ("view", "change"),
        "crossposting.channel": _CRUD,
        "crossposting.delivery": ("view", "change"),
        "crossposting.videosource": _CRUD,
        "crossposting.sharingsettings": ("change",),
        "crossposting.posttemplate": _CRUD,
    },
    Role.CLERK: {},
    Role.ADMINISTRATOR: {
        "organisations.member": ("add", "change", "view"),
        "accounts.consenttext": ("add", "view"),
        "accounts.datarequest": ("view",),
        "accounts.registrationsettings": ("change",),
        "organisations.person": _CRUD,
        "organisations.unit": _CRUD,
        "taxonomy.topic": _CRUD,
        "home.linkedsystem": _CRUD,
        "home.sitesettings": ("change",),
        "wagtailredirects.redirect": _CRUD,
        "search.synonym": _CRUD,
        "search.bestbet": _CRUD,
        "outbox.consequence": _CRUD,
        "crossposting.channel": _CRUD,
        "crossposting.delivery": ("view", "change"),
        "crossposting.videosource": _CRUD,
        "crossposting.sharingsettings": ("change",),
        "crossposting.posttemplate": _CRUD,
        "accounts.user": _CRUD,
        "auth.group": ("view",),
        "wagtailcore.workflow": ("add", "change", "delete"),
        "wagtailcore.task": ("add", "change", "delete"),
    },
}


def grant(role: Role, model: str, *actions: str) -> None:
    """Give a role rights over a model of a later app (``"library.document"``); takes effect at the next migration."""
    MODEL_RIGHTS[role][model.lower()] = tuple(dict.fromkeys((*MODEL_RIGHTS[role].get(model.lower(), ()), *actions)))


def create_roles_after_migrate(app_config: Any, using: str, **kwargs: Any) -> None:
    """Signal handler: create the roles once all apps are migrated (``post_migrate`` fires app by app)."""
    if is_last_app(app_config) and using == "default":
        create_roles()


@transaction.atomic
def create_roles() -> None:
    """Create the groups and give them exactly the rights above, keeping rights that an administrator added."""
    from wagtail.models import (  # models are not loaded yet when this module is
        Collection,
        GroupCollectionPermission,
        GroupPagePermission,
    )

    from pages.models import BasePage  # as above

    for app_config in installed_apps.get_app_configs():
        create_permissions(app_config, verbosity=0)
    root = BasePage.objects.filter(depth=1).first()
    collection = Collection.objects.filter(depth=1).first()
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.add(access, *_model_permissions(MODEL_RIGHTS[role]))
        if root:
            for permission in _codenames(f"{right}_basepage" for right in PAGE_RIGHTS[role]):
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        if collection:
            for permission in _codenames(COLLECTION_RIGHTS.get(role, ())):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _codenames(names: Iterable[str]) -> list[Permission]:
    wanted = list(names)
    apps = ["pages", "wagtailimages", "wagtaildocs", "wagtailcore"]
    return list(Permission.objects.filter(codename__in=wanted, content_type__app_label__in=apps))


def _model_permissions(rights: dict[str, tuple[str, ...]]) -> list[Permission]:
    found: list[Permission] = []
    for model, actions in rights.items():
        label, name = model.split(".")
        codenames = [f"{action}_{name}" for action in actions]
        found += Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
    return found
