"""Zalo Official Account: status 200 to everything, articles made in their own time, refresh tokens good for one use."""

import time
from typing import Any

from tests.crossposting.fakes.server import FakeNetwork, Reply, Request

APP, SECRET, REFRESH = "1234567890", "zalo-secret", "refresh-0"


class FakeZalo(FakeNetwork):
    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed)
        self.access, self.refresh = "access-0", REFRESH
        self.renewals = 0
        self.reused = 0
        #: Seconds that renewing takes, for those who want to meet in the middle of it.
        self.slow_renewal = 0.0
        self.jobs: dict[str, dict[str, Any]] = {}
        self.articles: dict[str, dict[str, Any]] = {}
        #: An article is processed for so many polls.
        self.polls = 1

    @property
    def posts(self) -> list[dict]:
        return list(self.articles.values())

    @staticmethod
    def error(number: int, words: str) -> Reply:
        return Reply(200, {"error": number, "message": words})

    def refusal(self, request: Request) -> Reply:
        if "access_token" in request.path:
            return Reply(503, {"error": -1}, {"Retry-After": "1"})
        return Reply(200, {"error": -32, "message": "Your application reached limit call api"}, {"Retry-After": "1"})

    too_many = refusal

    def expire(self) -> None:
        self.access = "ended"

    def respond(self, request: Request) -> tuple[Reply, bool]:
        if request.path == "/v4/oa/access_token" and self.slow_renewal:
            time.sleep(self.slow_renewal)
        return super().respond(request)

    def answer(self, request: Request) -> Reply:
        if request.path == "/v4/oa/access_token":
            return self._renew(request)
        if request.headers.get("access_token") != self.access:
            return self.error(-216, "Access token is invalid")
        name = request.path.removeprefix("/v2.0/article/")
        method = getattr(self, f"_{name}", None)
        return method(request) if method else self.error(-201, "no such method")

    def _renew(self, request: Request) -> Reply:
        values = request.form()
        if request.headers.get("secret_key") != SECRET or values.get("app_id") != APP:
            return Reply(200, {"error": -14004, "error_description": "Invalid secret key"})
        if values.get("grant_type") != "refresh_token" or values.get("refresh_token") != self.refresh:
            self.reused += 1
            return Reply(200, {"error": -14014, "error_description": "Invalid refresh token."})
        self.renewals += 1
        self.access, self.refresh = f"access-{self.renewals}", f"refresh-{self.renewals}"
        return Reply(200, {"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"})

    def _problem(self, article: dict) -> str:
        cover = article.get("cover") or {}
        if article.get("type") != "normal" or not 0 < len(article.get("title", "")) <= 150:
            return "title is invalid"
        if not 0 < len(article.get("author", "")) <= 50 or not 0 < len(article.get("description", "")) <= 300:
            return "author or description is invalid"
        if cover.get("cover_type") != "photo" or not str(cover.get("photo_url", "")).startswith("http"):
            return "cover is invalid"
        if not article.get("body") or any(part["type"] not in ("text", "image", "video") for part in article["body"]):
            return "body is invalid"
        return "" if article.get("status") in ("show", "hide") else "status is invalid"

    def _create(self, request: Request) -> Reply:
        return self._accept(request.json(), "")

    def _update(self, request: Request) -> Reply:
        article = request.json()
        if article.get("id") not in self.articles:
            return self.error(-201, "id is invalid")
        return self._accept(article, article["id"])

    def _accept(self, article: dict, identity: str) -> Reply:
        if problem := self._problem(article):
            return self.error(-201, problem)
        token = f"job-{len(self.jobs) + 1}"
        identity = identity or f"article-{len(self.jobs) + 1}"
        self.jobs[token] = {"id": identity, "polls": self.polls}
        created = self.articles.get(identity, {}).get("create_date", int(time.time() * 1000))
        self.articles[identity] = {**article, "id": identity, "create_date": created}
        return Reply(200, {"data": {"token": token}, "error": 0, "message": "Success"})

    def _verify(self, request: Request) -> Reply:
        job = self.jobs.get(request.json().get("token"))
        if job is None:
            return self.error(-201, "token is invalid")
        if job["polls"] > 0:
            job["polls"] -= 1
            return self.error(-214, "article is processing")
        return Reply(200, {"data": {"id": job["id"]}, "error": 0, "message": "Success"})

    def _getslice(self, request: Request) -> Reply:
        offset, limit = int(request.query["offset"]), int(request.query["limit"])
        if limit > 10:
            return self.error(-201, "limit is invalid")
        newest = sorted(self.articles.values(), key=lambda a: a["create_date"], reverse=True)
        medias = [
            {
                "id": a["id"],
                "title": a["title"],
                "create_date": a["create_date"],
                "link_view": f"https://oa.zalo.me/d?id={a['id']}",
            }
            for a in newest[offset : offset + limit]
        ]
        return Reply(200, {"data": {"medias": medias, "total": len(self.articles)}, "error": 0})

    def _getdetail(self, request: Request) -> Reply:
        identity = request.query["id"]
        if identity not in self.articles:
            return self.error(-201, "id is invalid")
        return Reply(200, {"data": {"id": identity, "link_view": f"https://oa.zalo.me/d?id={identity}"}, "error": 0})

    def _remove(self, request: Request) -> Reply:
        if self.articles.pop(request.json()["id"], None) is None:
            return self.error(-201, "id is invalid")
        return Reply(200, {"data": {}, "error": 0})
