"""How static files are named, packed and kept."""

from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Where the public pages' own style sheets and scripts are; what comes with packages has been made small by its makers.
OWN_FOLDERS = ("css/", "js/")
KINDS = {".css": "text/css", ".js": "application/javascript"}


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Compressed, without our comments, under names that change with their content, also where one script imports
    another.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        """Keep a file; called for each collected file, and again under the name with its hash."""
        kind = KINDS.get(name[name.rfind(".") :])
        if kind and name.startswith(OWN_FOLDERS):
            content.seek(0)  # read before, for the hash
            content = ContentFile(minified(kind, content.read().decode()).encode())
        return super()._save(name, content)


def minified(kind: str, text: str) -> str:
    """Return a style sheet or script without comments and needless space. Raises ValueError where it is not well made.

    The library parses: others that only know patterns made ``.tools :is(a)`` into ``.tools:is(a)``.
    """
    import minify  # brings a runtime of Go along, which has no business in the processes that serve

    return str(minify.string(kind, text))
