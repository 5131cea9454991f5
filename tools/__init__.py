"""Programs for maintainers; nothing here runs on a server."""
