"""The picture of a page when it is shared, and the drawn cards in the tab «Sharing»."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from core.drawing import SHAPES
from crossposting.ledger import plan
from crossposting.models import Channel
from crossposting.planning import prepare
from organisations.roles import Role
from pages.models import BasePage
from pages.share_cards import draw
from tests import factories
from tests.form_data import Filler, querydict

pytestmark = [pytest.mark.usefixtures("media_root"), pytest.mark.django_db(databases=["default", "visits"])]
CHOICE = "share_picture-choice"


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def saved(client, page, **values):
    """The draft after a form with these values was sent."""
    data = Filler().only_required(client.get(edit_url(page)).context["form"], title=page.title, slug=page.slug)
    data |= {"cover": str(page.cover_id or ""), "share_image": str(page.share_image_id or "")}
    response = client.post(edit_url(page), querydict(data | values))
    assert response.status_code == 302, response.context["form"].errors
    return BasePage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def told(section):
    """A page with a cover and another picture in its text."""
    inside = factories.make_image("Ảnh trong bài", size=(1300, 900))
    image = {"image": inside, "alt": "", "caption": "", "credit": ""}
    page = factories.make_article(
        section, cover=factories.make_image("Ảnh bìa", size=(1300, 900)), body=[("image", image)]
    )
    page.inside = inside
    return page


def test_the_choices_are_the_card_and_the_pictures_of_the_page(admin_client, told):
    form = admin_client.get(edit_url(told)).context["form"].extra_forms["share_picture"]

    assert [value for value, _label in form.fields["choice"].choices] == [
        "card",
        "cover",
        f"image-{told.inside.pk}",
        "library",
    ]
    assert form.before == "card"


def test_what_is_chosen_is_the_picture_for_sharing(admin_client, told):
    assert saved(admin_client, told, **{CHOICE: "cover"}).share_image_id == told.cover_id
    assert saved(admin_client, told, **{CHOICE: f"image-{told.inside.pk}"}).share_image_id == told.inside.pk
    assert saved(admin_client, told, **{CHOICE: "card"}).share_image_id is None


def test_the_cover_chosen_follows_a_new_cover(admin_client, told):
    new = factories.make_image()
    assert saved(admin_client, told, **{CHOICE: "cover", "cover": str(new.pk)}).share_image_id == new.pk


def test_a_picture_from_the_library_counts_without_the_tick_and_stays(admin_client, told):
    other = factories.make_image("Ảnh khác")
    draft = saved(admin_client, told, **{CHOICE: "card", "share_image": str(other.pk)})
    assert draft.share_image_id == other.pk
    draft.save_revision()

    form = admin_client.get(edit_url(told)).context["form"].extra_forms["share_picture"]
    assert form.before == "library"
    assert saved(admin_client, told, share_image=str(other.pk)).share_image_id == other.pk


def test_a_lost_file_leaves_the_tab_in_order(admin_client, told):
    factories.lose_file(told.cover)
    assert admin_client.get(edit_url(told)).status_code == 200


@pytest.mark.parametrize("live", [True, False])
def test_every_card_can_be_opened_and_downloaded(admin_client, section, live):
    page = factories.make_article(section, live=live, title="Thẻ để tải")
    for shape in SHAPES.values():
        url = reverse("sharing:card", args=[page.pk, shape.name])
        seen = admin_client.get(url)
        assert Image.open(io.BytesIO(b"".join(seen.streaming_content))).size == shape.size
        kept = admin_client.get(url, {"download": ""})
        assert "attachment" in kept["Content-Disposition"]
        assert f"{shape.size[0]}x{shape.size[1]}.jpg" in kept["Content-Disposition"]
        assert b"".join(kept.streaming_content)  # read to its end: closing it unread ends PostgreSQL's connection
    assert admin_client.get(reverse("sharing:card", args=[page.pk, "round"])).status_code == 404


def test_a_card_the_worker_has_drawn_is_not_drawn_again(admin_client, section, monkeypatch):
    page = factories.make_article(section, cover=factories.make_image())
    for shape in SHAPES.values():
        draw(page, shape)
    monkeypatch.setattr("pages.share_cards.draw_share_card", None)

    response = admin_client.get(reverse("sharing:card", args=[page.pk, "square"]))
    assert response.status_code == 200
    response.close()


def test_cards_of_drafts_are_for_those_who_may_edit_them(client_as, client):
    page = factories.make_article(unit=factories.make_unit(), live=False)
    url = reverse("sharing:card", args=[page.pk, "wide"])

    assert client.get(url).status_code == 302
    assert client_as(Role.EDITOR, factories.make_unit()).get(url).status_code == 302


def test_networks_that_show_squares_get_the_square_card(told):
    told.share_image = told.inside
    group = Channel(pk=1, network="zalo_group", name="Nhóm")
    other = Channel(pk=2, network="bluesky", name="Bluesky")

    assert prepare(group, told, None).card.ref == f"card:{told.pk}:square"
    assert prepare(other, told, None).card.ref == f"image:{told.inside.pk}"


def test_the_text_to_copy_comes_with_its_pictures(admin_client, empty_outbox):
    channel = Channel.objects.create(network="zalo_group", name="Nhóm Zalo")
    page = factories.make_article()
    delivery = plan(channel, page, publication="1")
    shown = admin_client.get(reverse("deliveries:inspect", args=[delivery.pk])).content.decode()
    assert reverse("sharing:card", args=[page.pk, "square"]) in shown


def test_a_post_has_a_picture_although_the_chosen_one_is_lost(network):
    stage = network("zalo")
    image = factories.make_image()
    factories.lose_file(image)
    factories.make_article(share_image=image)
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
