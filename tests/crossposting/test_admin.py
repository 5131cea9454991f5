"""Channels and deliveries as editors see them."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from crossposting import checking
from crossposting.admin import channels
from crossposting.models import Channel, Delivery
from organisations.roles import Role
from tests import factories
from tests.crossposting.fakes import telegram
from tests.fixtures import login

pytestmark = [pytest.mark.usefixtures("media_root"), pytest.mark.django_db(databases=["default", "visits"])]


@pytest.fixture
def stage(network):
    return network("telegram")


def form_for(stage, **values):
    return {
        "network": "telegram",
        "name": "Kênh Telegram",
        "config_chat_id": telegram.CHAT,
        "key_token": telegram.TOKEN,
        "unit": "",
        "enabled": "on",
        "automatic": "on",
        "withdraws": "on",
        **values,
    }


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.django_db(transaction=True, databases=["default", "visits"])
def test_no_network_is_asked_with_the_database_locked(admin_client, stage, monkeypatch):
    locked = []

    def check(channel):
        locked.append(connection.in_atomic_block)
        return checking.check(channel)

    monkeypatch.setattr(channels, "checking", SimpleNamespace(check=check))
    admin_client.post(reverse("channels:add"), form_for(stage))
    channel = Channel.objects.get(name="Kênh Telegram")
    admin_client.post(reverse("channels:edit", args=[channel.pk]), form_for(stage, name="Kênh mới"))
    admin_client.post(reverse("channels:try", args=[channel.pk]))

    assert Channel.objects.filter(name="Kênh mới").exists()
    assert locked == [False] * 3


@pytest.mark.parametrize("name", ["facebook", "zalo", "zalo_group", "telegram", "mastodon", "bluesky", "webhook"])
def test_each_network_has_a_form_that_says_what_to_paste(admin_client, name):
    response = admin_client.get(reverse("channels:add"), {"network": name})

    assert response.status_code == 200
    assert str(response.context["provider"].how) in response.content.decode().replace("&#x27;", "'")


def test_first_the_network_is_chosen(admin_client):
    page = admin_client.get(reverse("channels:add")).content.decode()

    assert "?network=zalo" in page
    assert 'id="w-editor-form"' not in page


def test_a_new_channel_is_tried_at_once(admin_client, stage):
    response = admin_client.post(reverse("channels:add"), form_for(stage), follow=True)

    channel = Channel.objects.get(name="Kênh Telegram")
    assert (channel.state, channel.network, channel.config) == ("well", "telegram", {"chat_id": telegram.CHAT})
    assert channel.secrets == {"token": telegram.TOKEN}
    assert "@congdoan_bot" in messages_of(response)


def test_a_wrong_key_says_so_and_keeps_what_was_typed(admin_client, stage):
    response = admin_client.post(reverse("channels:add"), form_for(stage, key_token="1:sai"), follow=True)

    channel = Channel.objects.get(name="Kênh Telegram")
    assert channel.is_broken
    assert "Unauthorized" in messages_of(response)


def test_the_key_is_never_shown_and_stays_when_left_empty(admin_client, stage):
    edit = reverse("channels:edit", args=[stage.channel.pk])
    assert telegram.TOKEN not in admin_client.get(edit).content.decode()

    admin_client.post(edit, form_for(stage, key_token="", name="Tên khác"))

    stage.channel.refresh_from_db()
    assert (stage.channel.name, stage.channel.secrets) == ("Tên khác", {"token": telegram.TOKEN})


def test_an_address_in_a_private_network_is_refused_in_the_form(admin_client, settings):
    settings.CHANNEL_PRIVATE_NETWORKS = []
    response = admin_client.post(
        reverse("channels:add"),
        {"network": "webhook", "name": "Nội bộ", "config_url": "https://127.0.0.1/x", "key_secret": "a" * 20},
    )

    assert "config_url" in response.context["form"].errors
    assert not Channel.objects.filter(name="Nội bộ").exists()


def test_alarm_fix_and_go_on(admin_client, stage):
    """A token breaks, the dashboard says so, a new one is entered, and what waited goes out."""
    stage.fake.token = "9:moi"
    factories.make_article(title="Tin đang chờ")
    stage.settle()
    dashboard = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Kênh telegram" in dashboard
    assert "Unauthorized" in dashboard
    assert admin_client.get("/readyz/channels").status_code == 503
    assert stage.delivery().state == "failed"

    admin_client.post(reverse("channels:edit", args=[stage.channel.pk]), form_for(stage, key_token="9:moi"))
    stage.settle()

    assert stage.delivery().state == "sent", stage.words()
    assert admin_client.get("/readyz/channels").status_code == 200
    assert "Unauthorized" not in admin_client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_ledger_lists_filters_and_tells_all_of_a_delivery(admin_client, stage):
    page = factories.make_article(title="Tin đã lên kênh")
    stage.settle()
    listed = admin_client.get(reverse("deliveries:index"), {"state": "sent"}).content.decode()
    assert page.title in listed
    assert page.title not in admin_client.get(reverse("deliveries:index"), {"state": "gave_up"}).content.decode()

    told = admin_client.get(reverse("deliveries:inspect", args=[stage.delivery().pk])).content.decode()
    assert "https://t.me/congdoandonglau/1" in told


def test_a_list_costs_the_same_for_three_and_for_thirty(admin_client, stage, django_assert_max_num_queries):
    counts = []
    for number in (3, 30):
        for item in range(number):
            Delivery.objects.create(channel=stage.channel, page_id=item, publication=f"p{number}", title=f"Tin {item}")
        with django_assert_max_num_queries(60) as queries:
            admin_client.get(reverse("deliveries:index"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def act(client, name: str, delivery, **values):
    return client.post(reverse(f"deliveries:{name}", args=[delivery.pk]), values, follow=True)


def test_unknown_is_settled_by_a_person(admin_client, stage):
    stage.fake.faulty_paths = ("/send",)
    stage.fake.faults.coming = ["lose"]
    factories.make_article(title="Tin chưa rõ")
    stage.settle()
    assert stage.delivery().state == "unknown"

    act(admin_client, "arrived", stage.delivery(), url="https://t.me/congdoandonglau/7")

    assert (stage.delivery().state, stage.delivery().remote_url) == ("sent", "https://t.me/congdoandonglau/7")


def test_unknown_is_sent_again_by_a_person_only(admin_client, stage):
    stage.fake.faulty_paths = ("/send",)
    stage.fake.faults.coming = ["crash"]
    factories.make_article(title="Tin chưa rõ")
    stage.settle()
    assert (stage.delivery().state, stage.fake.posts) == ("unknown", [])

    act(admin_client, "again", stage.delivery())
    stage.settle()

    assert (stage.delivery().state, len(stage.fake.posts)) == ("sent", 1)


def test_a_sent_one_sent_again_is_a_delivery_of_its_own(admin_client, stage):
    factories.make_article(title="Tin đã gửi")
    stage.settle()

    act(admin_client, "again", stage.delivery())
    stage.settle()

    assert [d.state for d in Delivery.objects.posts()] == ["sent", "sent"]
    assert len(stage.fake.posts) == 2


def test_cancel_and_try_again(admin_client, stage):
    stage.fake.kicked = True
    factories.make_article(title="Tin bị huỷ")
    stage.settle()
    assert stage.delivery().state == "failed"

    act(admin_client, "cancel", stage.delivery())
    assert stage.delivery().state == "cancelled"

    stage.fake.kicked = False
    act(admin_client, "retry", stage.delivery())
    stage.settle()
    assert stage.delivery().state == "sent", stage.words()


def test_text_for_a_zalo_group_is_copied_and_ticked_off(admin_client, stage):
    group = Channel.objects.create(network="zalo_group", name="Nhóm Zalo")
    factories.make_article(title="Tin cho nhóm", summary="Đọc nhé.")
    stage.settle()
    delivery = Delivery.objects.get(channel=group)
    told = admin_client.get(reverse("deliveries:inspect", args=[delivery.pk])).content.decode()
    assert "Tin cho nhóm" in told
    assert "Đọc nhé." in told

    act(admin_client, "arrived", delivery)

    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_rights_end_at_the_units_of_a_person(stage, client_as):
    ours, theirs = factories.make_unit("Công đoàn A"), factories.make_unit("Công đoàn B")
    stage.channel.unit = theirs
    stage.channel.save()
    mine = Channel.objects.create(network="zalo_group", name="Nhóm của A", unit=ours)
    factories.make_article(title="Tin của B", unit=theirs)
    stage.settle()
    client = client_as(Role.EDITOR, ours)

    listed = client.get(reverse("channels:index")).content.decode()
    assert mine.name in listed
    assert stage.channel.name not in listed
    assert client.get(reverse("channels:edit", args=[stage.channel.pk])).status_code == 302
    assert client.get(reverse("deliveries:inspect", args=[stage.delivery().pk])).status_code == 404
    assert client.post(reverse("deliveries:again", args=[stage.delivery().pk])).status_code == 404
    assert client.get(reverse("channels:edit", args=[mine.pk])).status_code == 200


def test_what_a_unit_publishes_goes_to_its_channel_and_the_federations(stage):
    unit = factories.make_unit("Công đoàn ngành")
    below, other = factories.make_unit("Cơ sở", parent=unit), factories.make_unit("Nơi khác")
    stage.channel.unit = unit
    stage.channel.save()
    group = Channel.objects.create(network="zalo_group", name="Của liên đoàn")

    for owner in (below, other, None):
        factories.make_article(unit=owner)
    stage.settle()

    assert Delivery.objects.filter(channel=stage.channel).count() == 1
    assert Delivery.objects.filter(channel=group).count() == 3


def test_contributors_do_not_see_channels(client_as):
    client = client_as(Role.CONTRIBUTOR, factories.make_unit())

    assert client.get(reverse("channels:index")).status_code == 302
    assert client.get(reverse("deliveries:index")).status_code == 302


def test_commands_report_and_retry(stage, capsys):
    import json

    stage.fake.kicked = True
    factories.make_article(title="Tin lỗi")
    stage.settle()
    with pytest.raises(SystemExit):
        call_command("deliveries", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["channels"][0]["state"] == "broken"
    assert [row["state"] for row in report["rows"]] == ["failed"]

    stage.fake.kicked = False
    call_command("delivery_retry", str(stage.delivery().pk), "--json")
    stage.settle()
    assert stage.delivery().state == "sent", stage.words()
    call_command("deliveries", "--json")


def test_a_channel_with_a_history_is_not_deleted(admin_client, stage):
    factories.make_article()
    stage.settle()

    admin_client.post(reverse("channels:delete", args=[stage.channel.pk]))

    assert Channel.objects.filter(pk=stage.channel.pk).exists()


def test_who_may_only_look_cannot_act(stage):
    factories.make_article()
    stage.settle()
    client = login(factories.make_user(Role.CONTRIBUTOR))

    assert client.post(reverse("deliveries:again", args=[stage.delivery().pk])).status_code in (302, 403)
    assert Delivery.objects.count() == 1
