"""Setting the first password with the codes of a slip."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import activation, consents, member_codes
from accounts.forms import ActivationForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Member code and activation code in, own password and consent kept, logged in.

    One answer for everything that may be wrong with the codes.
    """
    if request.user.is_authenticated:
        return redirect("account_own_page")
    form = ActivationForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        name = member_codes.normal_form(form.cleaned_data["member_code"]) or "?"
        if not ratelimit.consume(request, action="activate", key=name):
            form.add_error(None, _("Too many attempts. Wait five minutes, then try again."))
            status = 429
        elif response := _activate(request, form):
            return response
    context = {"form": form, "consent": consents.current_text(), "noindex": True}
    return TemplateResponse(request, "account/activate.html", context, status=status)


def _activate(request: HttpRequest, form: ActivationForm) -> HttpResponse | None:
    typed = form.cleaned_data
    user = activation.find_member(typed["member_code"], typed["activation_code"])
    if user is not None and not form.check_password(typed["password1"], user):
        return None
    if user is None or not activation.activate(user, typed["password1"]):
        form.add_error(
            None,
            _(
                "The codes do not fit, or the activation code has been used or is older than 60 days. "
                "Look at the slip again, or ask your union for a new one."
            ),
        )
        return None
    messages.success(request, _("Your account is open. From now on you log in with your member code and password."))
    response: HttpResponse = perform_login(request, user)
    return response
