"""A real portal and a real browser for the whole session: ``make e2e``."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from portal.environment import BASE_DIR
from tests.e2e.editing import Editor
from tests.e2e.reading import Reader, reader_options
from tests.requirements import require_node_module, require_program
from tools.running_site import RunningSite, alive, environment, running, wait_for

PASSWORD = "a long password for tests"  # of a site that lives for one test run
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
expect.set_options(timeout=20_000)  # a picture's first sizes are made while the reader waits


def pytest_collection_modifyitems(items) -> None:
    """Everything in this folder is a browser test, whether or not its author wrote it down."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal as a newcomer starts it, with the demonstration province; stopped as by Ctrl-C."""
    data_dir = tmp_path_factory.mktemp("site") / "data"
    # Stand-ins of networks run on this machine.
    variables = {"ADMIN_PASSWORD": PASSWORD, "CHANNEL_PRIVATE_NETWORKS": "127.0.0.0/8"}
    with running(["make", "--silent", "run"], data_dir, **variables) as site:
        wait_for(lambda: site.status("/readyz") == 200)
        yield site
        pids = site.pids()
    assert pids
    assert not [name for name, pid in pids.items() if alive(pid)]


def ask_site(site: RunningSite, *command: str) -> str:
    """Run a management command beside the running site and return what it prints."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env=environment(site.data_dir, PORT=str(site.port)),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


@pytest.fixture(scope="session")
def sample(portal) -> dict[str, str]:
    """One published address of every page type, and the addresses that are no pages."""
    pages = json.loads(ask_site(portal, "urls", "--sample", "--json"))
    assert {"home.HomePage", "news.ArticlePage", "policies.ExplainerPage"} <= set(pages)
    return {**pages, "log-in": "/tai-khoan/login/", "404": "/khong-co-trang-nay/"}


@pytest.fixture(scope="session")
def base_url(portal) -> str:
    """Let ``page.goto("/tin-tuc/")`` go to the running portal."""
    return portal.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's Chromium: Playwright's own browsers are not downloaded."""
    program = os.environ.get("CHROMIUM") or require_program("chromium", "chromium-browser", "google-chrome")
    return {**browser_type_launch_args, "executable_path": program, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A Vietnamese reader."""
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.fixture(scope="session")
def logged_in(browser, browser_context_args):
    """The administrator's session, gained once through the log-in page."""
    context = browser.new_context(**browser_context_args)
    Editor(context.new_page()).log_in("admin", PASSWORD)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def axe() -> str:
    """The checker's script; a page runs it only where its own policy is bypassed."""
    return (require_node_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo_addresses(portal) -> list[str]:
    """Every address of the demonstration, from its sitemap, read before any test changes a page."""
    return re.findall(f"<loc>{portal.url}([^<]*)</loc>", portal.get("/sitemap-1.xml")[1].decode())


@pytest.fixture(scope="module")
def editor(portal, browser, browser_context_args, logged_in, sample, demo_addresses):
    """The administrator at a desk; scripts that fail, answers above 499 and refused files are errors.

    ``sample`` and ``demo_addresses`` come first, so that they hold no page which a test deletes again.
    """
    context = browser.new_context(**reader_options(browser_context_args, storage_state=logged_in))
    somebody = Editor(context.new_page())
    somebody.wait_until_found("choose-page/search/", "Liên hệ")
    yield somebody
    context.close()
    assert somebody.complaints == [], portal.output()


@pytest.fixture
def open_reader(browser, browser_context_args):
    """Open a browser of one's own for a reader, with any of Playwright's options."""
    contexts = []

    def open_one(**options) -> Reader:
        contexts.append(browser.new_context(**reader_options(browser_context_args, **options)))
        return Reader(contexts[-1].new_page())

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def gallery_address(portal, demo_addresses) -> str:
    """An article of the demonstration with a gallery in it."""
    return next(path for path in demo_addresses if b'<photo-lightbox class="gallery"' in portal.get(path)[1])
