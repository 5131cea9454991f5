"""Members' accounts in a real browser: from the list and the slip to a passkey."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, ask_site

NEW_PASSWORD = "mật khẩu của riêng tôi"


@pytest.fixture
def authenticator(page):
    """A telephone that keeps passkeys and always recognises its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    number = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda: tools.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]


@pytest.fixture
def slip(portal, browser, base_url) -> tuple[str, str]:
    """A member brought in by the administrator, and both codes of the printed slip."""
    context = browser.new_context(base_url=base_url, locale="vi-VN")
    office = context.new_page()
    office.goto("/tai-khoan/login/")
    office.fill("[name=login]", "admin")
    office.fill("[name=password]", PASSWORD)
    office.click("form[action='/tai-khoan/login/'] button[type=submit]")
    office.goto("/admin/members/bring-in/")
    office.select_option("[name=unit]", index=1)
    office.fill("[name=text]", "0912 345 678\tĐặng Thị Ánh\tanh@example.org")
    office.click("text=Xem trước danh sách")
    office.click("text=Nhập 1 người")
    office.click("text=Tạo mã và hiện phiếu")
    codes = office.locator(".slip dd").all_inner_texts()
    context.close()
    return codes[0], codes[1]


def test_from_the_slip_to_a_passkey(page, slip, authenticator, portal):
    problems = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto("/tai-khoan/kich-hoat/")
    page.fill("[name=member_code]", slip[0])
    page.fill("[name=activation_code]", slip[1].lower())
    page.fill("[name=password1]", NEW_PASSWORD)
    page.fill("[name=password2]", NEW_PASSWORD)
    page.check("[name=agree]")
    page.click("form.form button[type=submit]")
    expect(page.locator("h1")).to_have_text("Đặng Thị Ánh")

    # The e-mail of the list is not proved; with it allauth lets nobody add a second step.
    code = "from allauth.account.models import EmailAddress as E; E.objects.update(verified=True)"
    ask_site(portal, "shell", "-c", code)
    page.goto("/tai-khoan/2fa/webauthn/add/")
    page.fill("[name=password]", NEW_PASSWORD)
    page.click("main form button[type=submit]")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Thêm khoá").click()
    expect(page).to_have_url(re.compile("/tai-khoan/2fa/recovery-codes/"))
    assert len(authenticator()) == 1

    page.goto("/tai-khoan/logout/")
    page.click("main form button[type=submit]")
    page.goto("/tai-khoan/login/?next=/dao-tao/hoc/cua-toi/")
    page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    expect(page.locator(".masthead__wide[href='/tai-khoan/']")).to_be_visible()
    assert problems == []
