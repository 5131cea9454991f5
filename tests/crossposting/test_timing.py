"""When posts go out: with the page, at a moment, at the next fixed hour."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from crossposting import timing
from crossposting.models import Channel, Delivery, SharingChoice, SharingSettings
from outbox.models import Consequence
from outbox.worker import run_pending
from tests import factories
from tests.form_data import Filler, querydict

pytestmark = [pytest.mark.usefixtures("media_root"), pytest.mark.django_db(databases=["default", "visits"])]
LATER = timezone.now().replace(microsecond=0, second=0) + timedelta(hours=5)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("07:00, 11:30, 19:30", (time(7), time(11, 30), time(19, 30))),
        ("19h30; 7 11:30", (time(7), time(11, 30), time(19, 30))),
        ("7g, 7:00", (time(7),)),
    ],
)
def test_hours_are_read_in_any_way_of_typing_them(typed, hours):
    assert timing.parse_hours(typed) == hours


@pytest.mark.parametrize("typed", ["", "24:00", "7:60", "sáng", "7:00, trưa"])
def test_what_is_no_hour_is_refused_in_words(db, typed):
    with pytest.raises(ValidationError):
        timing.parse_hours(typed)
    with pytest.raises(ValidationError) as refused:
        SharingSettings(hours=typed).full_clean()
    assert "hours" in refused.value.message_dict


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((2026, 11, 26, 3, 0), (2026, 11, 26, 4, 30)),  # 10:00 in Viet Nam: at 11:30
        ((2026, 11, 26, 4, 30), (2026, 11, 26, 12, 30)),  # 11:30 itself: at 19:30
        ((2026, 11, 26, 13, 0), (2026, 11, 27, 0, 0)),  # 20:00: at 7:00 next morning
    ],
)
def test_the_next_hour_is_that_of_viet_nam(now, then):
    hours = timing.parse_hours("07:00, 11:30, 19:30")
    assert timing.next_hour(datetime(*now, tzinfo=UTC), hours) == datetime(*then, tzinfo=UTC)


def published(stage, page, **choice):
    page.sharing_choices.set([SharingChoice(channel=stage.channel, **choice)])
    page.save_revision().publish()
    run_pending()
    return stage.delivery()


@pytest.fixture
def stage(network):
    return network("webhook")


@pytest.fixture
def draft(section):
    return factories.make_article(section, live=False, title="Tin hẹn giờ")


def test_a_post_waits_for_its_moment_and_the_ledger_says_so(stage, draft, admin_client):
    delivery = published(stage, draft, timing="at", at=LATER)

    assert (delivery.state, delivery.not_before, delivery.wanted_at) == ("waiting", LATER, LATER)
    assert stage.fake.posts == []
    row = Consequence.objects.get(kind="delivery")
    assert row.available_at == LATER
    local = timezone.localtime(LATER)
    assert f"{local:%H:%M %d/%m/%Y}" in admin_client.get(reverse("deliveries:index")).content.decode()
    assert (
        f"{local:%H:%M %d/%m/%Y}"
        in admin_client.get(reverse("deliveries:inspect", args=[delivery.pk])).content.decode()
    )

    stage.settle()
    assert stage.delivery().state == "sent"


def test_a_moment_before_the_page_goes_live_waits_for_it(stage, draft):
    published(stage, draft, timing="at", at=LATER - timedelta(days=3))

    stage.settle()
    assert stage.delivery().state == "sent"


def test_the_fixed_hours_are_those_of_the_settings(stage, draft):
    later = timezone.localtime() + timedelta(hours=3)
    SharingSettings(hours=f"{later:%H:%M}").save()

    assert published(stage, draft, timing="hour").not_before == later.replace(second=0, microsecond=0)


def test_a_page_taken_down_meanwhile_is_not_posted(stage, draft):
    published(stage, draft, timing="at", at=LATER)
    type(draft).objects.get(pk=draft.pk).unpublish()
    stage.settle()

    assert stage.delivery().state == "cancelled"
    assert stage.fake.posts == []


def test_another_time_moves_the_post_and_a_tick_taken_away_calls_it_off(stage, draft):
    published(stage, draft, timing="at", at=LATER)
    page = type(draft).objects.get(pk=draft.pk)
    assert published(stage, page, timing="at", at=LATER + timedelta(days=1)).not_before == LATER + timedelta(days=1)

    assert published(stage, type(draft).objects.get(pk=draft.pk), wanted=False).state == "cancelled"
    stage.settle()
    assert stage.fake.posts == []


def test_a_person_need_not_wait(stage, draft, admin_client):
    delivery = published(stage, draft, timing="at", at=LATER)
    now = reverse("deliveries:now", args=[delivery.pk])

    admin_client.post(now)
    run_pending()

    assert stage.delivery().state == "sent"
    admin_client.post(now)  # too late to ask: nothing happens
    assert Delivery.objects.count() == 1


def test_the_form_asks_for_a_moment_and_keeps_it(admin_client, db):
    channel = Channel.objects.create(network="bluesky", name="Bluesky")
    page = factories.make_article()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = admin_client.get(edit).context["form"]
    data = Filler().only_required(form, title=page.title, slug=page.slug)
    data |= {f"sharing-{channel.pk}-wanted": "on", f"sharing-{channel.pk}-timing": "at"}

    refused = admin_client.post(edit, querydict(data))
    assert f"{channel.pk}-at" in refused.context["form"].extra_forms["sharing"].errors
    kept = admin_client.post(edit, querydict(data | {f"sharing-{channel.pk}-at": "27/11/2030 11:30"}))

    assert kept.status_code == 302
    [choice] = type(page).objects.get(pk=page.pk).get_latest_revision_as_object().sharing_choices.all()
    assert (choice.timing, timezone.localtime(choice.at).strftime("%H:%M %d/%m/%Y")) == ("at", "11:30 27/11/2030")


def test_the_hours_are_set_by_who_may(admin_client, db):
    url = reverse("wagtailsettings:edit", args=["crossposting", "sharingsettings", SharingSettings.load().pk])
    response = admin_client.post(url, {"hours": "6h45, 20:00"}, follow=True)

    assert SharingSettings.load().hours == "06:45, 20:00"
    assert "6h45" not in response.content.decode()
