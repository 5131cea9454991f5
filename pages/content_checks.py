"""What Wagtail's content checker looks at while an editor writes, and how it says so."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

_NAME_IT = _("Write in a few words what it is, so that people who cannot see it know too.")
_READABLE = _("People with weak eyes must be able to read it; choose stronger colours.")
_LEVELS = _("Use the headings in their order and leave no level out; readers jump from heading to heading.")
_TABLE = _("Give every column a heading in words; otherwise the table cannot be followed when it is read aloud.")
_MEDIA = _("Add captions or a transcript for people who cannot hear.")

#: What an editor can cause and mend: rule of axe-core -> (what is wrong, what to do).
CONTENT_RULES: dict[str, tuple[Any, Any]] = {
    "alt-text-quality": (_("The text alternative looks like a file name"), _("Say what the picture shows.")),
    "area-alt": (_("A part of a picture has no text alternative"), _NAME_IT),
    "button-name": (_("A button has no words"), _NAME_IT),
    "color-contrast": (_("Text and background are too alike"), _READABLE),
    "empty-heading": (_("A heading is empty"), _("Write the heading or remove the block.")),
    "empty-meta-description": (
        _("There is no description for search engines"),
        _("Write the summary: search engines and social networks show it."),
    ),
    "empty-table-header": (_("A column of the table has no heading"), _TABLE),
    "frame-title": (_("An embedded frame has no title"), _NAME_IT),
    "frame-title-unique": (_("Two embedded frames have the same title"), _NAME_IT),
    "heading-order": (_("The headings skip a level"), _LEVELS),
    "identical-links-same-purpose": (
        _("Links with the same words lead to different pages"),
        _("Say in the words of the link where it leads."),
    ),
    "image-alt": (_("A picture has no text alternative"), _NAME_IT),
    "image-redundant-alt": (
        _("The text alternative repeats the words beside it"),
        _("Say what the picture shows beyond those words."),
    ),
    "link-in-text-block": (_("A link looks like the text around it"), _READABLE),
    "link-name": (_("A link has no words"), _("Write where the link leads; «here» alone says nothing.")),
    "object-alt": (_("An embedded object has no text alternative"), _NAME_IT),
    "p-as-heading": (_("A bold paragraph stands for a heading"), _("Use the block «Heading» instead.")),
    "page-has-heading-one": (_("The page has no title"), _("Write the title.")),
    "role-img-alt": (_("A drawing has no text alternative"), _NAME_IT),
    "scope-attr-valid": (_("The table's headings are not set right"), _TABLE),
    "svg-img-alt": (_("A drawing has no text alternative"), _NAME_IT),
    "table-duplicate-name": (_("Title and description of the table are the same"), _("Change one of them.")),
    "table-fake-caption": (_("The table's first row stands for its title"), _("Write it in the field «Title».")),
    "td-has-header": (_("A cell of a large table belongs to no heading"), _TABLE),
    "td-headers-attr": (_("The table's headings are not set right"), _TABLE),
    "th-has-data-cells": (_("A heading of the table has no cells"), _TABLE),
    "audio-caption": (_("A sound has no transcript"), _MEDIA),
    "video-caption": (_("A video has no captions"), _MEDIA),
    "film-without-captions": (
        _("The video file has no captions"),
        _("Choose a .srt or .vtt file in the field for captions: who cannot hear, or may not, reads along."),
    ),
    "no-autoplay-audio": (_("Sound starts by itself"), _MEDIA),
}
#: Good for finding mistakes in texts, but still called experimental by axe-core and therefore off unless asked for.
EXPERIMENTAL = ("p-as-heading", "table-fake-caption", "td-has-header")
#: Wagtail marks each finding with a landmark of its own; the next run would count these marks as mistakes.
BROKEN_BY_THE_CHECKER = ("landmark-complementary-is-top-level", "landmark-unique", "region")
#: Rules that only a mistake in our own templates can break.
# fmt: off
LAYOUT_RULES = [
    "accesskeys", "aria-allowed-attr", "aria-allowed-role", "aria-braille-equivalent", "aria-command-name",
    "aria-conditional-attr", "aria-deprecated-role", "aria-dialog-name", "aria-hidden-body",
    "aria-hidden-focus", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name",
    "aria-prohibited-attr", "aria-required-attr", "aria-required-children", "aria-required-parent",
    "aria-roles", "aria-text", "aria-toggle-field-name", "aria-tooltip-name", "aria-treeitem-name",
    "aria-valid-attr", "aria-valid-attr-value", "autocomplete-valid", "avoid-inline-spacing", "blink", "bypass",
    "definition-list", "dlitem", "document-title", "duplicate-id-aria", "form-field-multiple-labels",
    "frame-focusable-content", "frame-tested", "html-has-lang", "html-lang-valid", "html-xml-lang-mismatch",
    "input-button-name", "input-image-alt", "label", "label-title-only", "landmark-banner-is-top-level",
    "landmark-contentinfo-is-top-level", "landmark-main-is-top-level", "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main", "landmark-one-main", "list", "listitem",
    "marquee", "meta-refresh", "meta-viewport", "meta-viewport-large", "nested-interactive",
    "presentation-role-conflict", "scrollable-region-focusable", "select-name", "server-side-image-map",
    "skip-link", "summary-name", "tabindex", "target-size", "valid-lang",
]
# fmt: on


class AllContentChecks(ContentCheckerItem):
    """Every rule of axe-core, in the editors' language."""

    # axe-core's own rule is only unsure about films without captions, and then nobody is told. No film has a title of
    # its own, so the check of titles finds each one that this selector picks.
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": "film-without-captions",
            "impact": "serious",
            "selector": "video:not([data-captions])",  # axe-core knows no «:has»
            "tags": ["best-practice"],
            "any": ["non-empty-title"],
            "enabled": True,
        },
    ]
    axe_include = ["main"]  # menu and foot are the portal's own business, and its tests'
    axe_run_only = None
    axe_rules = {
        **{rule: {"enabled": True} for rule in EXPERIMENTAL},
        **{rule: {"enabled": False} for rule in BROKEN_BY_THE_CHECKER},
    }

    def get_axe_messages(self, request: Any) -> dict[str, Any]:
        """Words for what editors can mend; the rest is named as what it is, a mistake of the portal."""
        messages = {
            rule: {"error_name": str(name), "help_text": str(advice)} for rule, (name, advice) in CONTENT_RULES.items()
        }
        for rule in LAYOUT_RULES:
            messages[rule] = {
                "error_name": gettext("A mistake of the portal, not of your text (%(rule)s)") % {"rule": rule},
                "help_text": gettext("You need not do anything; please tell the person who looks after the portal."),
            }
        return messages
