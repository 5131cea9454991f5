"""Addresses of contests that are no pages, below /cuoc-thi/."""

from django.urls import path

from contests.views import looking_on, taking_part

urlpatterns = [
    path("cuoc-thi/vong/<int:round_id>/", taking_part.enter, name="contest-enter"),
    path("cuoc-thi/vong/<int:round_id>/xep-hang/", looking_on.round_ranking, name="contest-round-ranking"),
    path("cuoc-thi/xep-hang/<int:page_id>/", looking_on.contest_ranking, name="contest-ranking"),
    path("cuoc-thi/bai/<str:code>/", taking_part.entry_page, name="contest-entry"),
    path("cuoc-thi/bai/<str:code>/cau/<int:number>/", taking_part.question, name="contest-question"),
    path("cuoc-thi/bai/<str:code>/nop/", taking_part.hand_in, name="contest-hand-in"),
    path("cuoc-thi/bai/<str:code>/chung-nhan/", taking_part.certificate, name="contest-certificate"),
    path("cuoc-thi/rut-tham/<int:draw_id>/", looking_on.lots_page, name="contest-lots"),
    path("cuoc-thi/rut-tham/<int:draw_id>/ket-qua.json", looking_on.lots_record, name="contest-lots-record"),
]
