"""The demonstration's topics."""

from pathlib import Path

from core.demonstration import Say, demonstration_part, read_toml
from taxonomy.models import Topic


@demonstration_part("Topics", order=20)
def load_topics(say: Say) -> None:
    """Create the topics that are not there yet."""
    for row in read_toml(Path(__file__).parent / "demo" / "topics.toml")["topic"]:
        if not Topic.objects.filter(slug=row["slug"]).exists():
            Topic.objects.create(name=row["name"], slug=row["slug"], description=row.get("description", ""))
