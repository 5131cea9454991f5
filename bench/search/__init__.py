"""Measurements of search against named baselines: ``make bench-search`` (docs/developers/search-bench.md)."""
