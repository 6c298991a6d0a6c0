"""Static files for serving: named by their content, compressed, and the one stylesheet in one piece.

``static/ui/site.css`` imports Bootstrap and our own sheets, each into a cascade layer. A browser can read that as it is (and
does when ``DEBUG`` is on), but would wait for one more round trip on a slow line. So when files are collected the imports of
that one sheet are replaced by what they name: a visitor fetches a single file, and the sources stay small and apart.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_SHEET = "ui/site.css"
_IMPORT = r"""(?P<matched>@import url\("\.\./(?P<url>[^"]+)"\) layer\((?P<layer>\w+)\);)"""
_CHARSET = re.compile(r'@charset "[^"]*";\s*', re.IGNORECASE)
_COMMENT = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)
_INLINED = "@layer %(layer)s{%(css)s}"


def _without_source_maps(patterns: Iterable) -> tuple:
    """Django's patterns of references to follow, less the source maps.

    A source map is read by developer tools only. Packages name maps that they do not ship, or that we do not collect, and
    the manifest refuses a reference to a missing file: one absent map would stop every deployment.
    """
    kept = ((files, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule))) for files, rules in patterns)
    return tuple(kept)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed, content-named files, without source maps and with the site's sheet in one piece."""

    patterns = (
        (SITE_SHEET, ((_IMPORT, _INLINED),)),
        *_without_source_maps(CompressedManifestStaticFilesStorage.patterns),
    )

    def url_converter(self, name: str, hashed_files: dict, template: str | None = None) -> Callable[[re.Match], str]:
        """Django's converter of references; for the imports of the site's sheet, one that puts in what they name."""
        if template == _INLINED:
            return lambda match: _INLINED % {"layer": match["layer"], "css": sheet_text(match["url"])}
        return super().url_converter(name, hashed_files, template)


def sheet_text(name: str) -> str:
    """The text of the static stylesheet ``name``, without comments (licences stay) and source map. ValueError when missing."""
    path = finders.find(name)
    if path is None:
        raise ValueError(f"The file {name!r} could not be found: {SITE_SHEET} imports it.")
    return _COMMENT.sub("", _CHARSET.sub("", Path(path).read_text(encoding="utf-8")))
