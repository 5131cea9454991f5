"""Who looks after questions, results and certificates, and who sees the lists and figures of classes.

The list of one class is for whoever may edit its page; the right named here opens the menu and the year's report.
"""

from organisations.roles import Role, grant

_CRUD = ("add", "change", "delete", "view")


def register() -> None:
    """Called when the app is ready; takes effect at the next migration."""
    for role in (Role.CONTRIBUTOR, Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
        grant(role, "training.registration", "view")
    for role in (Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
        for model in ("questionbank", "question"):
            grant(role, f"training.{model}", *_CRUD)
        grant(role, "training.enrolment", "view")
        grant(role, "training.certificate", "view")
    for role in (Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
        grant(role, "training.certificate", "view", "change")
