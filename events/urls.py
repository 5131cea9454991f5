"""The one address of the calendar that is no page: what phones subscribe to. It never moves."""

from django.urls import path

from events import views

urlpatterns = [path("lich-cong-tac.ics", views.subscription, name="events-subscription")]
