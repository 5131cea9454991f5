"""Templates of posts: placeholders, inheritance down the tree, limits, and the form in which they are written."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from crossposting import wording
from crossposting.models import Channel, PostTemplate, SharingChoice
from crossposting.planning import prepare
from organisations.roles import Role
from pages.models import BasePage
from tests import factories

pytestmark = pytest.mark.usefixtures("media_root")
ALL = "{chuyên mục}: {tiêu đề}\n\n{tóm tắt}\n\nXem: {liên kết}\n{hashtag}"


def template(page, text=ALL, network="") -> PostTemplate:
    return PostTemplate.objects.create(section=BasePage.objects.get(pk=page.pk), text=text, network=network)


def text_for(page, network="mastodon", choice=None) -> str:
    return prepare(Channel(pk=1, network=network, name="Kênh"), BasePage.objects.get(pk=page.pk), choice).text


@pytest.mark.parametrize("text", [ALL, "{title} {link}", "{TIEU DE}", "{tieu_de}", "{Liên kết}", "{hashtags} {title}"])
def test_placeholders_may_be_typed_in_several_ways(text):
    wording.check(text)


@pytest.mark.parametrize(
    "text",
    ["{tiêu đề} {tác giả}", "{tiêu đề", "tiêu đề}", "{{tiêu đề}}", "{} {link}", "Đọc tin mới", "{tóm tắt}"],
)
def test_what_cannot_be_filled_in_is_refused_in_words(text, db, section):
    with pytest.raises(ValidationError):
        wording.check(text)
    with pytest.raises(ValidationError) as refused:
        PostTemplate(section=BasePage.objects.get(pk=section.pk), text=text).full_clean()
    assert "text" in refused.value.message_dict


def test_the_template_of_the_section_words_the_post(section):
    template(section)
    page = factories.make_article(
        section, title="Tin mới", summary="Tóm tắt", main_topic=factories.make_topic("Tiền lương")
    )

    lines = text_for(page).split("\n")
    assert lines[:3] == [f"{section.title}: Tin mới", "", "Tóm tắt"]
    assert lines[4].startswith("Xem: http")
    assert lines[5:] == ["#TiềnLương"]


def test_lines_with_nothing_in_them_are_left_out(section):
    template(section, "{tiêu đề}\n\n{tóm tắt}\n\n{hashtag}\nHết")
    page = factories.make_article(section, title="Tin mới", summary="")

    assert text_for(page, "zalo_group").startswith("Tin mới\n\nHết\n\nhttp")


def test_sections_inherit_and_the_nearest_and_the_most_particular_wins(section, news_index):
    page = factories.make_article(section, title="Tin")
    template(news_index, "Chung {title}")
    template(news_index, "Telegram {title}", "telegram")
    assert text_for(page).startswith("Chung Tin")
    assert text_for(page, "telegram").startswith("Telegram Tin")

    template(section, "Gần {title}")
    assert text_for(page, "telegram").startswith("Gần Tin")
    template(section, "Gần Bluesky {title}", "bluesky")
    assert text_for(page, "bluesky").startswith("Gần Bluesky Tin")
    assert not text_for(factories.make_article(factories.make_section(news_index), title="Khác")).startswith("Gần")


def test_own_words_come_before_any_template(section):
    template(section)
    page = factories.make_article(section)
    assert text_for(page, choice=SharingChoice(text="Lời riêng")).startswith("Lời riêng\n\nhttp")


@pytest.mark.parametrize("network", ["facebook", "telegram", "mastodon", "bluesky", "webhook", "zalo_group", "zalo"])
@pytest.mark.parametrize("title", ["Tin ngắn", "Tiêu đề rất dài " * 15])
def test_what_is_too_long_is_cut_from_the_summary_and_never_beyond_the_limit(section, network, title):
    template(section)
    page = factories.make_article(
        section, title=title[:250], summary="Câu dài. " * 44, main_topic=factories.make_topic("Tiền lương")
    )
    channel = Channel(pk=1, network=network, name="Kênh")

    prepared = prepare(channel, BasePage.objects.get(pk=page.pk), None)
    assert channel.provider.validate(prepared, channel.limits) == []
    assert "{" not in prepared.text
    assert ("#TiềnLương" in prepared.text) == channel.provider.hashtags


def test_link_and_hashtags_that_the_template_leaves_out_come_at_the_end(section):
    template(section, "Tin: {tiêu đề}")
    page = factories.make_article(section, title="Một", main_topic=factories.make_topic("Tết"))

    text = text_for(page)
    assert text.startswith("Tin: Một\n\nhttp")
    assert text.endswith("\n#Tết")


def test_an_editor_with_the_right_writes_a_template(admin_client, section):
    add = reverse("post-templates:add")
    shown = admin_client.get(add).content.decode()
    assert section.title in shown
    assert "{tiêu đề}" in shown

    refused = admin_client.post(add, {"section": section.pk, "network": "", "text": "{tác giả}"})
    assert "{tác giả}" in str(refused.context["form"].errors["text"])
    admin_client.post(add, {"section": section.pk, "network": "bluesky", "text": "Mới:\r\n{tiêu đề}"})

    saved = PostTemplate.objects.get()
    assert (saved.network, saved.text) == ("bluesky", "Mới:\n{tiêu đề}")
    assert "Bluesky" in admin_client.get(reverse("post-templates:index")).content.decode()
    again = admin_client.post(add, {"section": section.pk, "network": "bluesky", "text": "{tiêu đề}"})
    assert again.status_code == 200
    admin_client.post(reverse("post-templates:delete", args=[saved.pk]))
    assert not PostTemplate.objects.exists()


def test_items_are_no_sections(admin_client, section):
    page = factories.make_article(section, title="Một bài báo")
    assert page.title not in admin_client.get(reverse("post-templates:add")).content.decode()


def test_who_may_write_templates(client_as, section):
    add = reverse("post-templates:add")
    assert client_as(Role.CHIEF_EDITOR).get(add).status_code == 200
    assert client_as(Role.CONTRIBUTOR, factories.make_unit()).get(add).status_code == 302
    assert client_as(Role.EDITOR, factories.make_unit()).get(add).status_code == 302


def test_the_tab_says_whose_template_it_is(admin_client, section):
    template(section, "Mẫu {tiêu đề}")
    Channel.objects.create(network="bluesky", name="Bluesky")
    page = factories.make_article(section, title="Tin")

    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Mẫu Tin" in shown
    assert f"«{section.title}»" in shown
