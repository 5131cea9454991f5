"""Measurements of the running portal: ``make bench``."""
