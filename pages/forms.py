"""The form in which editors write pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from core.text import clean_form_data, vietnamese_slug

# How long something is hot or featured when the editor names no end.
HOT_FOR = timedelta(hours=24)
FEATURED_FOR = timedelta(days=7)

FormRule = Callable[["PortalPageForm"], None]
_rules: list[FormRule] = []


_savers: list[FormRule] = []


def page_form_saver(saver: FormRule) -> FormRule:
    """Register what a later app does with its own fields of a valid form, before the page is saved (decorator)."""
    if saver not in _savers:
        _savers.append(saver)
    return saver


def page_form_rule(rule: FormRule) -> FormRule:
    """Register what a later app demands of every page's form (decorator): called for each form as it is made."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


class PortalPageForm(WagtailAdminPageForm):
    """Checks what is stored: text is brought into its one form before anything measures it."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        self.for_user = kwargs.get("for_user")  # read by rules; Wagtail's own form keeps nothing of it
        #: Forms of later apps, made by their rules and shown by their panels; valid and changed together with this one.
        self.extra_forms: dict[str, forms.Form] = {}
        super().__init__(clean_form_data(data), *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # the page makes one from its title, also where no script has run
        for rule in _rules:
            rule(self)

    def is_valid(self) -> bool:
        """Together with the forms of later apps."""
        return all([super().is_valid(), *(form.is_valid() for form in self.extra_forms.values())])

    def has_changed(self) -> bool:
        """What changed only in the form of a later app is a change of the page."""
        return bool(super().has_changed()) or any(form.has_changed() for form in self.extra_forms.values())

    def save(self, commit: bool = True) -> Any:
        """Let later apps put what their fields say into the page, in memory: it is saved with the rest."""
        for saver in _savers:
            saver(self)
        return super().save(commit=commit)

    def clean_slug(self) -> str:
        """Number an address that was only proposed from the title and is taken: «Lịch tư vấn» comes every month."""
        slug: str = self.cleaned_data["slug"]
        proposed = vietnamese_slug(self.cleaned_data.get("title") or "", max_length=255)
        if not slug or slug != proposed or self.instance.first_published_at:
            return slug
        siblings = self.parent_page.get_children().exclude(pk=self.instance.pk)
        taken = set(siblings.filter(slug__startswith=slug).values_list("slug", flat=True))
        return next(free for free in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if free not in taken)

    def clean(self) -> dict[str, Any]:
        """An end that the editor takes away begins anew; one never set waits for the publication."""
        cleaned: dict[str, Any] = super().clean()
        for flag, until, duration in (
            ("is_hot", "hot_until", HOT_FOR),
            ("is_featured", "featured_until", FEATURED_FOR),
        ):
            if cleaned.get(flag) and until in self.changed_data and until in cleaned and cleaned[until] is None:
                cleaned[until] = timezone.now() + duration
        return cleaned
