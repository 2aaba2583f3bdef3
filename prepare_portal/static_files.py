"""Static files as they are served: hashed, compressed, and the styles in one file."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'^@import url\("(?P<name>[\w.-]+)"\)(?: (?P<media>[\w-]+))?;$', re.MULTILINE)


class BundlingStorage(CompressedManifestStaticFilesStorage):
    """Collects static files with hashes in their names; puts the styles that `BUNDLE` imports into it.

    One file a component is good to write, one request is good to load. No tool is needed for it.
    """

    def post_process(self, paths: dict[str, tuple[Storage, str]], *args: Any, **options: Any) -> Iterator[Any]:
        """Bundle the styles, then do as the parent does. Raises KeyError for an import of a file that is not there."""
        if BUNDLE in paths and not options.get("dry_run"):
            bundle = IMPORT.sub(lambda found: _imported(found, paths), _read(BUNDLE, paths))
            self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(bundle.encode()))
            paths = {**paths, BUNDLE: (self, BUNDLE)}
        yield from super().post_process(paths, *args, **options)


def _imported(found: re.Match[str], paths: dict[str, tuple[Storage, str]]) -> str:
    styles = _read(f"css/{found['name']}", paths).strip()
    return f"@media {found['media']} {{\n{styles}\n}}" if found["media"] else styles


def _read(name: str, paths: dict[str, tuple[Storage, str]]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
