"""Template tags of the file library."""
