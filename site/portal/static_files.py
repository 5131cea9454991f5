"""How static files are named, packed and kept."""

from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Where the public pages' own style sheets and scripts are; what comes with packages has been made small by its makers.
OWN_FOLDERS = ("css/", "js/")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Compressed, without our comments, under names that change with their content, also where one script imports
    another.
    """

    support_js_module_import_aggregation = True

    def _save(self, name: str, content: Any) -> str:
        """Keep a file; called for each collected file, and again under the name with its hash."""
        minified = MINIFIERS.get(name[name.rfind(".") :])
        if minified and name.startswith(OWN_FOLDERS):
            content.seek(0)  # read before, for the hash
            content = ContentFile(minified(content.read().decode()).encode())
        return super()._save(name, content)


def minified_style(text: str) -> str:
    """Return a style sheet without comments and needless space.

    The library parses: others that only know patterns made ``.tools :is(a)`` into ``.tools:is(a)``.
    """
    import minify  # brings a runtime of Go along, which has no business in the processes that serve

    return str(minify.string("text/css", text))


def minified_script(text: str) -> str:
    """Return a script without comments and needless space, and otherwise as it was written.

    The other library would do scripts too, but moves declarations: one came after its use.
    """
    return str(rjsmin.jsmin(text))


MINIFIERS = {".css": minified_style, ".js": minified_script}
