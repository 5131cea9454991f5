"""A real Elasticsearch for tests, from the server's own jars: ``python -m tools.elasticsearch_server``.

No package registry has the server whole, but Maven Central has its core. What it lacks (``GET /``, scripts, most of the
analysers) and how tests use it: docs/developers/testing.md.
"""

from tools.elasticsearch_server.cluster import Cluster, running_cluster
from tools.elasticsearch_server.installation import UnavailableError, install, require_installation

__all__ = ["Cluster", "UnavailableError", "install", "require_installation", "running_cluster"]
