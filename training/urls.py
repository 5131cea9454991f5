"""Addresses of training that are no pages; below /dao-tao/, so that the browser's worker may look after them."""

from django.urls import path

from training.views import certificates, classes, quiz, study

urlpatterns = [
    path("dao-tao/ngoai-tuyen.js", study.browser_worker, name="training-worker"),
    path("dao-tao/hoc/khong-mang/", study.without_network, name="training-without-network"),
    path("dao-tao/hoc/cua-toi/", study.my_training, name="training-mine"),
    path("dao-tao/hoc/dong-bo/", study.synchronise, name="training-sync"),
    path("dao-tao/hoc/bai/<int:lesson_id>/xong/", study.finish, name="training-finish"),
    path("dao-tao/hoc/bai/<int:lesson_id>/cau-hoi/", quiz.quiz, name="training-quiz"),
    path("dao-tao/hoc/bai-lam/<str:code>/", quiz.attempt, name="training-attempt"),
    path("dao-tao/ve/dang-ky/<int:page_id>/", classes.register, name="training-class-register"),
    path("dao-tao/ve/diem-danh/<str:secret>/", classes.check_in, name="training-class-check-in"),
    path("dao-tao/ve/<str:code>/", classes.ticket, name="training-ticket"),
    path("dao-tao/ve/<str:code>/huy/", classes.cancel, name="training-ticket-cancel"),
    path("dao-tao/ve/<str:code>/co-mat/", classes.present, name="training-ticket-present"),
    path("dao-tao/ve/<str:code>/lich.ics", classes.calendar, name="training-ticket-calendar"),
    path("chung-nhan/", certificates.check, name="training-certificate-check"),
    path("chung-nhan/<str:code>/", certificates.show, name="training-certificate"),
    path("chung-nhan/<str:code>/<str:form>/", certificates.paper, name="training-certificate-paper"),
]
