"""Training in Wagtail's admin."""
