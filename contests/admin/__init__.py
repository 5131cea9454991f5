"""Contests in the admin."""
