"""The picture that stands for a page when it is shared: one of its own, of the library, or the drawn card."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.images import get_image_model

from core.drawing import SHAPES, Shape
from pages.forms import PortalPageForm, page_form_rule, page_form_saver
from pages.models import BasePage
from pages.share_cards import digest, pictures_of

#: Under this name the page's form keeps ours.
PICTURE = "share_picture"
CARD, COVER, LIBRARY = "card", "cover", "library"
#: More would hide the rest of the tab; the library has them all.
SHOWN = 12
THUMBNAIL = "max-165x165"  # the size that the admin's own lists have made already
SHAPE_LABELS = {"wide": _("For links"), "square": _("For groups and posts"), "story": _("For stories")}


class PictureChoiceField(forms.ChoiceField):
    """Takes a picture, too, that has left the text since the form was opened: the editor saw it and meant it."""

    widget = forms.RadioSelect

    def valid_value(self, value: Any) -> bool:
        """One of those shown, or any picture of the library."""
        return super().valid_value(value) or _from_library(str(value)) is not None


def _from_library(name: str) -> Any:
    """The picture that a choice names; None for the other choices and what is gone."""
    kind, _dash, number = name.partition("-")
    if kind != "image" or not number.isdecimal():
        return None
    return get_image_model().objects.filter(pk=int(number)).first()


class PictureForm(forms.Form):
    """One choice. It is stored in the page's ``share_image``, which is empty for the drawn card."""

    choice = PictureChoiceField(label=_("Picture when shared"), required=False)

    def __init__(self, page: BasePage, data: Any = None) -> None:
        super().__init__(data, prefix=PICTURE)
        pictures = pictures_of(page) if page.pk else []
        self.card = card_address(page, "wide") if page.pk else ""
        self.cover = page.cover
        self.pictures = {f"image-{picture.pk}": picture for picture in pictures if picture.pk != page.cover_id}
        self.pictures = dict(list(self.pictures.items())[:SHOWN])
        field: Any = self.fields["choice"]
        field.choices = [
            (CARD, _("The card that the portal draws")),
            (COVER, _("The cover picture")),
            *((name, picture.title) for name, picture in self.pictures.items()),
            (LIBRARY, _("Another picture, chosen below")),
        ]
        field.initial = self._present(page)

    def _present(self, page: BasePage) -> str:
        if page.share_image_id is None:
            return CARD
        if page.share_image_id == page.cover_id:
            return COVER
        name = f"image-{page.share_image_id}"
        return name if name in self.pictures else LIBRARY

    @property
    def before(self) -> str:
        """What was chosen when the form was opened."""
        return str(self.fields["choice"].initial)

    @property
    def thumbnails(self) -> list["Thumbnail"]:
        """The choices, as the tab shows them."""
        known = {COVER: self.cover, **self.pictures}
        return [
            Thumbnail(radio, card=self.card)
            if radio.data["value"] == CARD
            else Thumbnail.of(radio, known.get(radio.data["value"]))
            for radio in self["choice"]
        ]


@dataclass
class Thumbnail:
    """One choice with its picture."""

    radio: Any
    image: Any = None
    width: int = 0
    height: int = 0
    card: str = ""

    @classmethod
    def of(cls, radio: Any, picture: Any) -> "Thumbnail":
        """Without a picture where there is none, or its file is lost."""
        try:
            image = picture.get_rendition(THUMBNAIL) if picture else None
        except Exception:  # noqa: BLE001  # a lost or broken file raises whatever storage or decoder raises
            image = None
        return cls(radio, image, *((picture.width, picture.height) if image else (0, 0)))


@page_form_rule
def add_picture_form(form: PortalPageForm) -> None:
    """For every page that may have a picture for sharing."""
    if "share_image" in form.fields:
        form.extra_forms[PICTURE] = PictureForm(form.instance, form.data if form.is_bound else None)


@page_form_saver
def keep_picture(form: PortalPageForm) -> None:
    """Put the choice into the page. A picture newly chosen from the library counts, whatever is ticked."""
    ours: Any = form.extra_forms.get(PICTURE)
    if ours is None or not ours.is_valid():
        return
    page, choice = form.instance, ours.cleaned_data["choice"] or ours.before
    if "share_image" in form.changed_data and choice == ours.before:
        return
    if choice == CARD:
        page.share_image = None
    elif choice == COVER:
        page.share_image = page.cover
    elif choice != LIBRARY:
        page.share_image = _from_library(choice)


@dataclass
class CardLink:
    """One drawn card in the tab."""

    label: Any
    shape: Shape
    url: str


def card_links(page: BasePage) -> list[CardLink]:
    """The cards of a page as it was saved last, in every shape."""
    return [CardLink(SHAPE_LABELS[shape.name], shape, card_address(page, shape.name)) for shape in SHAPES.values()]


def card_address(page: BasePage, shape: str) -> str:
    """Where an editor sees a card, also of a draft; another address for another state, so that browsers ask again."""
    return f"{reverse('sharing:card', args=[page.pk, shape])}?v={digest(page)}"


class PicturePanel(Panel):
    """«Picture when shared», above the chooser that leads to the library."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one form."""

        template_name = "crossposting/admin/picture_panel.html"

        def is_shown(self) -> bool:
            """Where the page's form has the field."""
            return PICTURE in getattr(self.form, "extra_forms", {})

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The choices, and the cards to open and download."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            form = self.form.extra_forms[PICTURE]
            context |= {
                "errors": form["choice"].errors,
                "thumbnails": form.thumbnails,
                "cards": card_links(self.instance) if self.instance.pk else [],
            }
            return context


def register() -> None:
    """Called when the app is ready: put the panel above the chooser."""
    panels = BasePage.promote_panels
    if any(isinstance(panel, PicturePanel) for panel in panels):
        return
    place = next(n for n, panel in enumerate(panels) if getattr(panel, "field_name", "") == "share_image")
    panels.insert(place, PicturePanel(heading=_("Picture when shared"), classname="portal-sharing-picture"))
    panels[place + 1] = FieldPanel("share_image", heading=_("Another picture"), help_text=_("From the library."))
