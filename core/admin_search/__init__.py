"""The admin's search: Wagtail's own search in the database, on text without diacritics, case and punctuation."""

#: To be raised by whoever changes what :func:`core.admin_search.folding.fold` returns or what the index holds: the
#: next start then makes the index anew.
INDEX_VERSION = 2
