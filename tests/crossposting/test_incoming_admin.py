"""YouTube channels in the admin: registering, looking now, rights by unit, and the drafts that wait."""

import pytest
from django.urls import reverse

from crossposting.models import IncomingVideo, VideoSource
from news.models import VideoPage
from organisations.roles import Role
from tests import factories
from tests.crossposting.fakes.server import Reply
from tests.crossposting.fakes.youtube import CHANNEL, FakeYouTube, clips

pytestmark = pytest.mark.usefixtures("media_root")


@pytest.fixture
def youtube(settings):
    fake = FakeYouTube(clips=clips(2))
    with fake.running():
        settings.CHANNEL_URLS = {"youtube": fake.url}
        settings.CHANNEL_TIMEOUTS = {"youtube": 3}
        settings.CHANNEL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
        yield fake


def form_for(section, **values):
    return {"address": CHANNEL, "section": section.pk, "unit": "", "name": "", "enabled": "on", **values}


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_new_channel_is_read_at_once(admin_client, youtube, section):
    add = reverse("youtube:add")
    assert admin_client.get(add).status_code == 200
    response = admin_client.post(add, form_for(section, address="youtube.com/@congdoanlamgiang"), follow=True)

    source = VideoSource.objects.get()
    assert (source.channel_id, source.name) == (CHANNEL, "Công đoàn Lam Giang")
    assert "2 bản nháp mới" in messages_of(response)
    shown = response.content.decode()
    assert "nháp từ YouTube" in shown
    assert "Phim số 1" in shown


@pytest.mark.parametrize(
    ("address", "said"), [("https://youtu.be/aqz-KE-bpKQ", "một video"), ("congdoan.vn", "youtube.com/@congdoan")]
)
def test_what_is_no_channel_is_refused_with_what_to_paste(admin_client, youtube, section, address, said):
    response = admin_client.post(reverse("youtube:add"), form_for(section, address=address))

    assert said in response.context["form"].errors["address"][0]
    assert not VideoSource.objects.exists()


def test_a_channel_is_registered_once(admin_client, youtube, section):
    admin_client.post(reverse("youtube:add"), form_for(section))
    response = admin_client.post(reverse("youtube:add"), form_for(section))

    assert "Công đoàn Lam Giang" in response.context["form"].errors["address"][0]


def test_look_now_says_what_youtube_says(admin_client, youtube, section):
    source = VideoSource.objects.create(channel_id=CHANNEL, section=section.basepage_ptr, name="Kênh tỉnh")
    youtube.instead = Reply(404, body=b"")
    look = reverse("youtube:look", args=[source.pk])

    assert admin_client.get(look).status_code == 405
    assert "404" in messages_of(admin_client.post(look, follow=True))
    assert "404" in admin_client.get(reverse("youtube:index")).content.decode()
    youtube.instead = None
    assert "2 bản nháp mới" in messages_of(admin_client.post(look, follow=True))
    assert "Không có video mới" in messages_of(admin_client.post(look, follow=True))


def test_an_edited_channel_keeps_its_number(admin_client, youtube, section):
    source = VideoSource.objects.create(channel_id=CHANNEL, section=section.basepage_ptr, etag='"x"')
    edit = reverse("youtube:edit", args=[source.pk])
    shown = admin_client.get(edit)
    assert CHANNEL in shown.context["form"]["address"].value()

    admin_client.post(edit, form_for(section, name="Tên khác", address=shown.context["form"]["address"].value()))

    source.refresh_from_db()
    assert (source.name, source.channel_id) == ("Tên khác", CHANNEL)


def test_editors_work_with_the_channels_of_their_units(client_as, youtube, section):
    ours, theirs = factories.make_unit(), factories.make_unit()
    mine = VideoSource.objects.create(channel_id=CHANNEL, section=section.basepage_ptr, unit=ours, name="Kênh ta")
    other = VideoSource.objects.create(
        channel_id="UC" + "x" * 22, section=section.basepage_ptr, unit=theirs, name="Kênh người"
    )
    client = client_as(Role.EDITOR, ours)

    listed = client.get(reverse("youtube:index")).content.decode()
    assert mine.name in listed
    assert other.name not in listed
    assert client.get(reverse("youtube:edit", args=[mine.pk])).status_code == 200
    assert client.get(reverse("youtube:edit", args=[other.pk])).status_code in (302, 403)
    assert client.post(reverse("youtube:look", args=[other.pk])).status_code == 404
    client.post(reverse("youtube:delete", args=[other.pk]))
    assert VideoSource.objects.filter(pk=other.pk).exists()
    refused = client.post(reverse("youtube:add"), form_for(section, address="UC" + "y" * 22, unit=theirs.pk))
    assert "unit" in refused.context["form"].errors
    assert youtube.requests == []


def test_contributors_register_no_channels(client_as, youtube, section):
    client = client_as(Role.CONTRIBUTOR, factories.make_unit())

    assert client.post(reverse("youtube:add"), form_for(section)).status_code in (302, 403)
    assert not VideoSource.objects.exists()


def test_waiting_drafts_show_on_the_dashboard_of_their_units_editors(client_as, admin_client, youtube, section):
    unit = factories.make_unit()
    admin_client.post(reverse("youtube:add"), form_for(section, unit=unit.pk))
    ours, theirs = client_as(Role.EDITOR, unit), client_as(Role.EDITOR, factories.make_unit())

    assert "Phim số 0" in ours.get(reverse("wagtailadmin_home")).content.decode()
    assert "Phim số 0" not in theirs.get(reverse("wagtailadmin_home")).content.decode()

    draft = VideoPage.objects.get(title="Phim số 0")
    edited = ours.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "Nháp từ YouTube" in messages_of(edited)
    draft.save_revision().publish()
    assert "Phim số 0" not in ours.get(reverse("wagtailadmin_home")).content.decode()
    assert "Nháp từ YouTube" not in messages_of(ours.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])))


def test_a_deleted_channel_leaves_its_drafts(admin_client, youtube, section):
    admin_client.post(reverse("youtube:add"), form_for(section))
    admin_client.post(reverse("youtube:delete", args=[VideoSource.objects.get().pk]))

    assert not VideoSource.objects.exists()
    assert (VideoPage.objects.count(), IncomingVideo.objects.count()) == (2, 2)


def test_the_list_costs_the_same_for_three_and_for_thirty(admin_client, section, django_assert_max_num_queries):
    def queries(count: int) -> int:
        VideoSource.objects.all().delete()
        for number in range(count):
            VideoSource.objects.create(
                channel_id=f"UC{number:022d}", section=section.basepage_ptr, unit=factories.make_unit()
            )
        with django_assert_max_num_queries(60) as found:
            admin_client.get(reverse("youtube:index"))
        return len(found)

    queries(1)
    assert queries(3) == queries(30)
