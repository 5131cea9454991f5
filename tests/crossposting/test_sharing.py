"""The tab «Sharing» of a page's form: channels, words, counts and preview."""

import pytest
from django.urls import reverse

from crossposting.models import Channel, SharingChoice
from organisations.roles import Role
from pages.models import BasePage
from tests import factories
from tests.form_data import Filler, querydict

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.fixture
def channel(db) -> Channel:
    return Channel.objects.create(network="bluesky", name="Bluesky của tỉnh", config={"handle": "x.example"})


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def sent(client, page, **values):
    """What a browser sends: the title, and ``values``; a tick that is None is not there."""
    form = client.get(edit_url(page)).context["form"]
    data = Filler().only_required(form, title=page.title, slug=page.slug)
    for name, value in values.items():
        data.pop(name, None)
        if value is not None:
            data[name] = value
    response = client.post(edit_url(page), querydict(data))
    assert response.status_code == 302, response.context["form"].errors


def draft_of(page):
    return BasePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_tab_shows_each_channel_with_preview_and_count(admin_client, channel):
    page = factories.make_article(title="Tin có kênh", summary="Tóm tắt")

    shown = admin_client.get(edit_url(page)).content.decode()

    assert shown.count(f'name="sharing-{channel.pk}-wanted"') == 1
    assert "Tin có kênh<br><br>Tóm tắt" in shown
    assert 'data-sharing-unit="graphemes"' in shown
    assert "300" in shown


def test_channels_of_other_units_are_not_offered(client_as, channel):
    ours, theirs = factories.make_unit(), factories.make_unit()
    channel.unit = theirs
    channel.save()
    mine = Channel.objects.create(network="zalo_group", name="Nhóm của ta", unit=ours)
    page = factories.make_article(unit=ours)

    shown = client_as(Role.EDITOR, ours).get(edit_url(page)).content.decode()

    assert mine.name in shown
    assert channel.name not in shown


def test_pages_that_are_no_items_and_portals_without_channels_show_nothing(admin_client, news_index):
    assert "portal-sharing" not in admin_client.get(edit_url(factories.make_article())).content.decode().replace(
        "admin/channels.css", ""
    )
    Channel.objects.create(network="zalo_group", name="Nhóm")
    assert "data-sharing>" not in admin_client.get(edit_url(news_index)).content.decode()


def test_a_text_is_kept_with_the_draft_and_shown_again(admin_client, channel):
    page = factories.make_article()
    name = f"sharing-{channel.pk}-text"

    sent(admin_client, page, **{name: "Lời riêng", f"sharing-{channel.pk}-wanted": "on"})

    draft = draft_of(page)
    assert [(c.channel_id, c.wanted, c.text) for c in draft.sharing_choices.all()] == [(channel.pk, True, "Lời riêng")]
    assert "Lời riêng" in admin_client.get(edit_url(page)).content.decode()


def test_a_tick_taken_away_is_a_choice_and_put_back_is_none(admin_client, channel):
    page = factories.make_article()
    wanted, text = f"sharing-{channel.pk}-wanted", f"sharing-{channel.pk}-text"

    sent(admin_client, page, **{wanted: None, text: ""})
    assert [c.wanted for c in draft_of(page).sharing_choices.all()] == [False]

    sent(admin_client, page, **{wanted: "on", text: ""})
    assert list(draft_of(page).sharing_choices.all()) == []


def test_a_published_choice_is_stored(admin_client, channel):
    page = factories.make_article(live=False)
    page.sharing_choices.add(SharingChoice(channel=channel, wanted=False))
    page.save_revision().publish()

    assert SharingChoice.objects.get().page_id == page.pk


def test_a_new_page_published_at_once_takes_its_words_along(admin_client, channel, section):
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])
    form = admin_client.get(url).context["form"]
    data = Filler().only_required(form, title="Tin mới viết")
    data |= {f"sharing-{channel.pk}-text": "Lời riêng", f"sharing-{channel.pk}-wanted": "on"}

    response = admin_client.post(url, querydict(data | {"action-publish": "1"}))

    assert response.status_code == 302, response.context["form"].errors
    assert [choice.text for choice in SharingChoice.objects.all()] == ["Lời riêng"]


def test_a_draft_that_is_published_takes_its_words_along(admin_client, channel):
    page = factories.make_article(live=False)

    sent(admin_client, page, **{f"sharing-{channel.pk}-text": "Lời riêng", "action-publish": "1"})

    assert [choice.text for choice in SharingChoice.objects.all()] == ["Lời riêng"]


def test_words_saved_with_a_draft_are_still_there_when_it_is_published(admin_client, channel):
    page = factories.make_article(live=False)
    values = {f"sharing-{channel.pk}-text": "Lời riêng", f"sharing-{channel.pk}-wanted": "on"}

    sent(admin_client, page, **values)
    sent(admin_client, page, **values, **{"action-publish": "1"})

    assert [choice.text for choice in SharingChoice.objects.all()] == ["Lời riêng"]
