from pathlib import Path

from django.db import migrations


def write_first_text(apps, schema_editor):
    texts = apps.get_model("accounts", "ConsentText").objects
    if not texts.exists():
        path = Path(__file__).resolve().parents[1] / "consent_text.txt"
        texts.create(text=path.read_text("utf-8").strip())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_member_accounts")]
    operations = [migrations.RunPython(write_first_text, migrations.RunPython.noop)]
