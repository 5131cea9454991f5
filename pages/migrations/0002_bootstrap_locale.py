from django.db import migrations
from wagtail.models import BootstrapLocaleField, BootstrapTranslatableModel, BootstrapTranslationKeyField


class Migration(migrations.Migration):
    """Gives the base page its locale and translation key, which Wagtail's own tables must exist for."""

    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("pages.BasePage"),
        BootstrapTranslationKeyField("pages.BasePage"),
        BootstrapTranslatableModel("pages.BasePage"),
    ]
