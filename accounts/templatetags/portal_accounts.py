"""What allauth's own pages need besides what allauth gives them."""

from django import template
from django.template.context import RequestContext

from accounts import adapters, consents
from accounts.models import ConsentText

register = template.Library()

#: Marks in what browsers say of themselves, the telling ones first: nearly all say «Chrome» and «Safari», too.
_PROGRAMS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.simple_tag(takes_context=True)
def registration_open(context: RequestContext) -> bool:
    """Whether visitors may open accounts by themselves."""
    return adapters.registration_is_open(context["request"])


@register.filter
def browser(agent: str) -> str:
    """A browser's own name for itself in words: «Chrome, Android»; what cannot be told is shown as it is, cut."""
    program = next((name for mark, name in _PROGRAMS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (program, system))) or agent[:60]


@register.simple_tag
def consent_text() -> ConsentText:
    """The text in force."""
    return consents.current_text()
