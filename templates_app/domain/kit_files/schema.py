"""A JSON Schema of kits, for editors that complete and check while one types."""

from typing import Any

from templates_app.domain.kit_files.folder import AGREEMENT, GUIDANCE, WORKSHEETS
from templates_app.shapes import Kit

_OWN_FILES = ("agreement", "worksheets", "articles", "pictures")
"""Parts of a kit that stand in files of their own."""


def kit_schema() -> dict[str, Any]:
    """The schema of ``kit.yaml`` and the files beside it.

    Since a kit's keys may be spread over several files, none is required of any of them. The other files are described
    under ``$defs``: point an editor at ``#/$defs/Worksheet`` for ``worksheets/*.yaml`` and ``#/$defs/Agreement`` for
    ``agreement.yaml``; the front matter of articles is ``#/$defs/Article``.
    """
    schema = Kit.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Kit"
    schema["description"] = (
        f"kit.yaml and the YAML files beside it. {AGREEMENT}: #/$defs/Agreement; {WORKSHEETS}/*.yaml: "
        f"#/$defs/Worksheet; front matter of {GUIDANCE}/*.md: #/$defs/Article."
    )
    schema.pop("required", None)
    for name in _OWN_FILES:
        schema["properties"].pop(name)
    schema["$defs"]["Article"]["properties"].pop("body")
    return schema
