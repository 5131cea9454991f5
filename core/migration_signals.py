"""When a migration is over: ``post_migrate`` fires app by app, but what spans apps must wait for the last one."""

from typing import Any

from django.apps import apps


def is_last_app(app_config: Any) -> bool:
    """Whether ``post_migrate`` has come to the last app that has models."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    return app_config is with_models[-1]
