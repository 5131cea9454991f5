"""Addresses below /tai-khoan/ besides allauth's own."""

from django.urls import path

from accounts.views import activation, data, own_page

urlpatterns = [
    path("", own_page.own_page, name="account_own_page"),
    path("kich-hoat/", activation.activate, name="account_activate"),
    path("dong-y/", own_page.consent, name="account_consent"),
    path("rut-dong-y/", own_page.withdraw, name="account_withdraw"),
    path("du-lieu/", data.download, name="account_download"),
    path("xoa/", data.delete, name="account_delete"),
]
