"""Steps of a log-in."""

from typing import Any

from allauth.account import app_settings
from allauth.account.stages import EmailVerificationStage


class ProvedEmailStage(EmailVerificationStage):
    """Who registered alone proves the e-mail before the first log-in; whom a unit or an administrator entered need not.

    A registration with an e-mail that has an account already comes here without a user, and gets the same answer.
    """

    def handle(self) -> Any:
        """Ask for the proof where it is due."""
        user = self.login.user
        if self.login.signup or (user is not None and user.is_self_registered):
            self.login.email_verification = app_settings.EmailVerificationMethod.MANDATORY
        return super().handle()
