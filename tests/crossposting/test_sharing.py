"""The tab «Sharing» of a page's form: channels, words, counts and preview."""

import json
import subprocess

import pytest
from django.urls import reverse

from crossposting.counting import Measure
from crossposting.models import Channel, SharingChoice
from crossposting.sharing.forms import PostTextField
from organisations.roles import Role
from pages.models import BasePage
from portal.environment import BASE_DIR
from tests import factories
from tests.form_data import Filler, querydict
from tests.requirements import require_program

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
    assert "data-sharing=" not in admin_client.get(edit_url(factories.make_article())).content.decode()
    Channel.objects.create(network="zalo_group", name="Nhóm")
    assert "data-sharing=" not in admin_client.get(edit_url(news_index)).content.decode()


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


def typed(client, url, form, **values):
    """What the tab shows of each channel while an editor types ``values``."""
    data = Filler().only_required(form, **{name: values.pop(name) for name in ("title", "slug") if name in values})
    response = client.post(url, querydict(data | values))
    assert response.status_code == 200
    return {row["channel"]: row["count"] + row["post"] for row in response.json()["rows"]}


def test_posts_are_drawn_from_what_is_typed_and_nothing_is_saved(admin_client, channel):
    page = factories.make_article(title="Tiêu đề đã lưu")
    form = admin_client.get(edit_url(page)).context["form"]
    url = reverse("sharing:edit", args=[page.pk])

    own = typed(admin_client, url, form, slug=page.slug, **{f"sharing-{channel.pk}-text": "Đang\r\ngõ"})
    plain = typed(admin_client, url, form, title="Tiêu đề đang gõ", slug=page.slug)

    assert "Đang<br>gõ" in own[channel.pk]
    assert ": 7 " in own[channel.pk]  # a new line counts once
    assert "Tiêu đề đang gõ" in plain[channel.pk]
    assert draft_of(page).title == "Tiêu đề đã lưu"
    assert not SharingChoice.objects.exists()


def test_posts_of_a_page_that_is_not_there_yet_are_drawn_too(admin_client, channel, section):
    form = admin_client.get(reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])).context["form"]
    url = reverse("sharing:add", args=["news", "articlepage", section.pk])

    assert "Tin chưa lưu" in typed(admin_client, url, form, title="Tin chưa lưu")[channel.pk]
    assert channel.pk in typed(admin_client, url, form, title="", slug="")


def test_what_one_may_not_edit_is_not_drawn(client_as, client, channel):
    page = factories.make_article(unit=factories.make_unit())
    url = reverse("sharing:edit", args=[page.pk])

    assert client.post(url).status_code == 302
    assert client_as(Role.EDITOR, factories.make_unit()).post(url).status_code == 302


COUNTED = [
    "",
    "Công đoàn",
    "Cong\u0302 đoa\u0300n",  # decomposed
    "  hai\r\ndòng \n",
    "👨‍👩‍👧 và 👍🏽 và 🇻🇳",
    "xem https://congdoan.example/tin/a-b?c=1#d, rồi (http://a.vn/b).",
    "#CôngĐoàn #Tết2027 https://a.vn https://b.vn",
    "không\u200bthấy \ufeffgì",
    "क्षि กำ 각",
    "a\u0301\u0323 e\u0302\u0301",
    "𝒜𝒷 \u00a0 xong",
]


@pytest.mark.parametrize("unit", ["characters", "graphemes", "utf16", "bytes"])
@pytest.mark.parametrize("link", [None, 23])
def test_browser_and_server_count_alike(unit, link):
    script = (
        "globalThis.document = { querySelectorAll: () => [] };"
        f"const {{ measure }} = await import({json.dumps((BASE_DIR / 'static/admin/channels.js').as_uri())});"
        f"console.log(JSON.stringify({json.dumps(COUNTED)}.map((text) => measure(text, '{unit}', {link or 0}))));"
    )
    node = require_program("node")
    printed = subprocess.run(  # a program of this machine, on a script of ours
        [node, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    ).stdout

    measure = Measure(unit=unit, link_length=link)
    assert json.loads(printed) == [measure(PostTextField().to_python(text)) for text in COUNTED]


def test_hashtags_follow_the_topics_until_somebody_touches_them(admin_client, channel):
    wages, work = factories.make_topic("Tiền lương"), factories.make_topic("Việc làm")
    page = factories.make_article(main_topic=wages)
    name = f"sharing-{channel.pk}-hashtags"
    wanted = {f"sharing-{channel.pk}-wanted": "on"}
    assert 'value="#TiềnLương"' in admin_client.get(edit_url(page)).content.decode()

    sent(admin_client, page, **wanted, **{name: "#TiềnLương", "main_topic": str(work.pk)})
    assert list(draft_of(page).sharing_choices.all()) == []
    sent(admin_client, page, **wanted, **{name: "#TiềnLương", "main_topic": str(wages.pk)})
    assert list(draft_of(page).sharing_choices.all()) == []

    sent(admin_client, page, **wanted, **{name: "tiền thưởng, Tết"})
    assert [choice.hashtags for choice in draft_of(page).sharing_choices.all()] == ["#TiềnThưởng #Tết"]
    sent(admin_client, page, **wanted, **{name: ""})
    assert [choice.hashtags for choice in draft_of(page).sharing_choices.all()] == [""]


def test_a_hashtag_that_cannot_be_one_is_refused(admin_client, channel):
    page = factories.make_article()
    data = Filler().only_required(admin_client.get(edit_url(page)).context["form"], title=page.title, slug=page.slug)

    response = admin_client.post(edit_url(page), querydict(data | {f"sharing-{channel.pk}-hashtags": "#2027"}))

    assert "2027» cannot" in response.content.decode() or "2027» không" in response.content.decode()
