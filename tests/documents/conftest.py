"""The shared fixtures."""

from tests.fixtures import *  # noqa: F403  # pytest finds fixtures by their names in this module
