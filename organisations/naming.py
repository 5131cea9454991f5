"""Names of units as people type them: offered while they type, and recognised however they are spelt."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.cache import cache
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import vietnamese_slug
from organisations.models import Unit

#: Names offered at once, letters that must be typed before, and the most that are looked at.
OFFERED, FEWEST, LONGEST = 12, 2, 100
#: Keys are kept this long: each letter that somebody types asks, and units change a few times a year.
KEPT_SECONDS = 60


def folded(value: Any) -> str:
    """A key under which names of units are found, however they are typed."""
    return vietnamese_slug(str(value), max_length=200)


def unit_names() -> dict[str, Unit]:
    """Today's units by the name under which a form offers them; of two with one name each says what it belongs to."""
    units = list(Unit.objects.current().select_related("parent"))
    times: dict[str, int] = {}
    for unit in units:
        times[unit.name] = times.get(unit.name, 0) + 1
    return {unit.name if times[unit.name] == 1 else f"{unit.name} – {unit.parent or unit.pk}": unit for unit in units}


def unit_called(typed: str, names: Mapping[str, Unit]) -> Unit | None:
    """The unit that somebody wrote, by its name or its short name, however it is spelt; None for any other."""
    if typed in names:
        return names[typed]
    wanted = folded(typed)
    found = {folded(unit.short_name): unit for unit in names.values() if unit.short_name}
    found |= {folded(name): unit for name, unit in names.items()}
    return found.get(wanted) if wanted else None


def offered(typed: str) -> list[str]:
    """Names that hold all words of what was typed, the last of them perhaps unfinished; those that begin so first."""
    wanted = folded(typed[:LONGEST])
    if len(wanted) < FEWEST:
        return []
    words = [f"-{word}" for word in wanted.split("-")]
    found = [(key, name) for key, name in _keys() if all(word in key for word in words)]
    found.sort(key=lambda entry: (not entry[0].startswith(f"-{wanted}"), len(entry[0]), entry[1]))
    return [name for _key, name in found[:OFFERED]]


def _keys() -> list[tuple[str, str]]:
    keys: list[tuple[str, str]] | None = cache.get("unit-names")
    if keys is None:
        keys = [(f"-{folded(name)}-{folded(unit.short_name)}", name) for name, unit in unit_names().items()]
        cache.set("unit-names", keys, KEPT_SECONDS)
    return keys


class UnitNameInput(forms.TextInput):
    """A field for the name of a unit that offers names while one types; a plain field without JavaScript.

    A page that shows it loads ``js/unit-names.js`` with it. The names themselves are never in the page: three thousand
    of them weigh more than everything else on it.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The field inside the element that suggests."""
        return format_html(
            '<unit-names data-url="{}" data-label="{}" data-found="{}">{}</unit-names>'
            '<script type="module" src="{}"></script>',
            reverse("unit-names"),
            _("Units"),
            _("suggestions; choose with the arrow keys"),
            super().render(name, value, attrs, renderer),
            static("js/unit-names.js"),
        )
