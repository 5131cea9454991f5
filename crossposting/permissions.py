"""The policy that Wagtail's views of channels ask."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from crossposting import rights
from crossposting.models import Channel, PostTemplate, VideoSource


class ChannelPolicy(ModelPermissionPolicy):
    """A right over channels, ours and those at YouTube, reaches as far as a person's units."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Channel | VideoSource) -> bool:
        """A right, and a channel of one's own units."""
        if not self.user_has_any_permission(user, actions):
            return False
        scope = rights.units_of(user)
        return scope is None or not instance.pk or instance.unit_id in scope

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Channel | VideoSource) -> bool:
        """The same for one right."""
        return self.user_has_any_permission_for_instance(user, [action], instance)


class TemplatePolicy(ModelPermissionPolicy):
    """A right over templates reaches as far as a person may edit the section."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: PostTemplate) -> bool:
        """A right, and a section of one's own."""
        if not self.user_has_any_permission(user, actions):
            return False
        return not instance.section_id or rights.may_word(user, instance.section)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: PostTemplate) -> bool:
        """The same for one right."""
        return self.user_has_any_permission_for_instance(user, [action], instance)


def register() -> None:
    """Called when the app is ready."""
    register_permission_policy(PostTemplate, TemplatePolicy(PostTemplate))
    register_permission_policy(Channel, ChannelPolicy(Channel))
    register_permission_policy(VideoSource, ChannelPolicy(VideoSource))
