"""A site whose worker is killed (-9) at any instant while it delivers, and networks that behave badly meanwhile."""

import json
import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crossposting.fakes.server import FakeNetwork
from tests.crossposting.stage import PLAYS, account_at, urls_for
from tests.killable_site import Site, own_database

NETWORKS = ("webhook", "telegram", "mastodon-without-keys", "bluesky", "facebook", "zalo")
WEB = Path(__file__).with_name("crash_web.py")


@dataclass
class Toll:
    """What was seen of one network."""

    posts: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    states: Counter = field(default_factory=Counter)
    attempts: Counter = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)


def _wait_for_requests(fakes: dict[str, FakeNetwork], more: int, web: Any) -> None:
    """Until the worker has made some requests, so that a kill meets it at its work; or has nothing left to do."""
    before, until = sum(len(fake.requests) for fake in fakes.values()), time.monotonic() + 25
    quiet_since = time.monotonic()
    seen = before
    while seen <= before + more and time.monotonic() < until:
        time.sleep(0.02)
        now = sum(len(fake.requests) for fake in fakes.values())
        if now != seen:
            quiet_since, seen = time.monotonic(), now
        if web.poll() is not None and seen > before and time.monotonic() - quiet_since > 10:
            return


def _new_keys(fakes: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What a person would copy from the network today."""
    keys = {PLAYS[name].network: dict(PLAYS[name].secrets) for name in fakes}
    if "zalo" in fakes:
        keys["zalo"]["refresh_token"] = fakes["zalo"].refresh
    return keys


def said(post: dict[str, Any]) -> str:
    return json.dumps(post, ensure_ascii=False)


def killed_while_delivering(folder: Path, *, items: int, kills: int, patience: float = 300) -> dict[str, Toll]:
    """Publish ``items``, kill the worker ``kills`` times, let it finish, and compare networks and ledger."""
    with ExitStack() as stack:
        fakes: dict[str, FakeNetwork] = {}
        urls: dict[str, str] = {}
        for number, name in enumerate(NETWORKS):
            fake = PLAYS[name].fake()
            fake.chance.seed(number)
            stack.enter_context(fake.running())
            fakes[name] = fake
            urls |= urls_for(PLAYS[name], fake)
        site = Site(
            folder,
            stack.enter_context(own_database()),
            CHANNEL_URLS=",".join(f"{name}={url}" for name, url in urls.items()),
            CHANNEL_ASK_AFTER=",".join(f"{name}=1" for name in ("facebook", "zalo", "mastodon", "bluesky")),
            CHANNEL_PRIVATE_NETWORKS="127.0.0.0/8",
            BASE_URL="http://localhost:8000",
        )
        site.migrate()
        channels = [
            {
                "network": play.network,
                "name": name,
                "config": account_at(play, fakes[name]),
                "secrets": play.secrets,
            }
            for name, play in PLAYS.items()
            if name in fakes
        ]
        site.run(str(WEB), "prepare", json.dumps(channels))
        for fake in fakes.values():
            fake.faults.lose, fake.faults.refuse, fake.faults.limit = 0.1, 0.1, 0.02
        web = site.start(str(WEB), "publish", str(items))
        for _kill in range(kills):
            worker = site.start_worker()
            _wait_for_requests(fakes, random.randint(0, 12), web)
            time.sleep(random.uniform(0, 0.2))  # any instant will do
            worker.kill()
            worker.wait()
        assert web.wait(timeout=patience) == 0, site.log.read_text()[-2000:]
        worker = site.start_worker()
        try:
            site.run(str(WEB), "mend", json.dumps(_new_keys(fakes)), str(patience))
            report = json.loads(site.run(str(WEB), "report", str(patience)))
        finally:
            worker.terminate()
            worker.wait(timeout=60)
    assert report["settled"], site.log.read_text()[-2000:]
    assert report["gave_up"] == 0
    return {name: _toll(name, fakes[name], report["deliveries"], items) for name in fakes}


def _toll(name: str, fake: Any, deliveries: list[dict[str, Any]], items: int) -> Toll:
    toll = Toll(posts=len(fake.posts), faults=dict(fake.counts))
    rows = {row["title"]: row for row in deliveries if row["channel"] == name}
    for number in range(items):
        title = f"Bản tin số {number:04d} của công đoàn"
        row = rows.get(title, {"state": "missing", "attempts": {}})
        posts = sum(title in said(post) for post in fake.posts)
        toll.states[row["state"]] += 1
        toll.attempts.update(row["attempts"])
        if posts > 1:
            toll.twice.append(title)
        if row["state"] not in ("sent", "unknown") or (row["state"] == "sent" and posts != 1):
            toll.lost.append(f"{title}: {row['state']}, {posts} posts")
    return toll
