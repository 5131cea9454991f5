"""The work calendar on a phone and at a desk, turned, narrowed and taken away without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.reading import DESKTOP, PHONE

CALENDAR = "/lich-cong-tac/"
EVENT = f"{CALENDAR}hoi-nghi-ban-chap-hanh-lan-thu-muoi-hai/"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_view_is_in_order_for_everybody(open_reader, axe, viewport):
    found = {}
    for scheme in ("light", "dark"):
        reader = open_reader(viewport=viewport, color_scheme=scheme, bypass_csp=True)
        for path in (CALENDAR, f"{CALENDAR}tuan/", f"{CALENDAR}danh-sach/", f"{EVENT}ho-so/"):
            reader.open(path)
            reader.page.evaluate(axe)
            violations = reader.page.evaluate("() => axe.run()")["violations"]
            found |= {f"{path} {rule['id']}": node["target"] for rule in violations for node in rule["nodes"]}
            assert reader.overflow() <= 0, path
        reader.keep_screenshot(f"dossier-{viewport['width']}-{scheme}")
    assert found == {}


def test_a_reader_without_scripts_turns_narrows_and_takes_away(open_reader):
    reader = open_reader(viewport=DESKTOP, java_script_enabled=False)
    page = reader.page
    reader.open(CALENDAR)
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(7)
    expect(table.locator("caption")).to_have_text(re.compile("Lịch công tác – tháng"))

    page.locator(".turning a[rel=next]").click()
    expect(page).to_have_url(re.compile(r"/lich-cong-tac/\d{4}/\d{2}/$"))
    page.locator(".calendar__tabs a").last.click()
    page.locator("select[name=loai]").select_option("hoi-nghi")
    page.locator(".narrowing button").click()
    rows = page.locator(".eventrow")
    expect(rows).to_have_count(1)
    expect(page.locator("a[href^='webcal:']")).to_have_attribute("href", re.compile(r"\?loai=hoi-nghi$"))

    rows.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"{EVENT}$"))
    page.locator(".event__side a[href$='/ho-so/']").click()
    with page.expect_download() as download:
        page.locator("a[href$='/ho-so/tep/']").click()
    assert download.value.suggested_filename.endswith(".zip")
    assert reader.complaints == []
