"""Policies in the admin: the dashboard's panel."""

from policies import panels

__all__ = ["panels"]
