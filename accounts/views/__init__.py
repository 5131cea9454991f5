"""Pages of members about their own accounts."""
