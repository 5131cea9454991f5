"""How static files are named and kept."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Compressed, under names that change with their content, also where one script imports another."""

    support_js_module_import_aggregation = True
