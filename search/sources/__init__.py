"""Where documents come from: pages and files here; other apps register theirs in ``search.registry``."""
