"""Pages of whoever takes part, and of whoever looks on."""
