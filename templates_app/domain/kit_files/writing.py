"""A kit written out as the folder it is read from."""

import base64
import re
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from templates_app.domain.kit_files.folder import AGREEMENT, FENCE, GUIDANCE, KIT, PICTURES, WORKSHEETS
from templates_app.domain.kit_files.yaml_text import reads_as_text
from templates_app.shapes import Article, Instant, Kit, Picture, Shape, ShowIf

LAYOUT: dict[str, tuple[str, ...]] = {
    KIT: (
        "key",
        "catalogue",
        "title",
        "version",
        "language",
        "summary",
        "audience",
        "licence",
        "draft",
        "from_nothing",
        "partners",
    ),
    "facts.yaml": ("facts",),
    "roles.yaml": ("roles",),
    "plan.yaml": ("plan", "joining", "matching", "running"),
    "stages.yaml": ("stages",),
    "sessions.yaml": ("sessions",),
    "talks.yaml": ("talks",),
    "tasks.yaml": ("tasks", "reminders", "messages", "surveys"),
    "indicators.yaml": ("indicators", "reports"),
    "policies.yaml": ("policies", "glossary", "resources"),
    "care.yaml": ("concerns", "contacts", "training"),
    "rooms.yaml": ("files", "introductions", "suggestions", "expenses", "recognition", "managers", "notice", "records"),
}
"""Which keys of a kit are written to which file. A reader takes them from any."""

_MARKS = ("source", "ours")
_READ_FROM_THE_FILE = frozenset({"kept", "width", "height"})
"""Of a picture: what whoever reads the kit sees in the file itself."""
_LINE = 112
"""Columns of a written file. Texts that do not fit are folded."""
_STRANGE_BREAK = re.compile("[\x85\u2028\u2029]")
"""Line ends to YAML and not to us: only an escape keeps them."""
_NAME = re.compile(r"[\w.-]+")
"""Lists of such names and numbers stand between brackets."""


class _Flow(dict[str, Any]):
    """A small mapping that reads best on one line."""


class _Dumper(yaml.SafeDumper):
    """Block style with indented lists; long texts folded, texts of several lines as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow=flow, indentless=False)


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = None
    if _STRANGE_BREAK.search(value):
        style = '"'
    elif "\n" in value:
        style = "|"
    elif len(value) > _LINE - 24:
        style = ">"
    elif not reads_as_text(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _list(dumper: _Dumper, value: list[Any]) -> yaml.SequenceNode:
    names = all(_NAME.fullmatch(str(item)) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=names)


def _flow(dumper: _Dumper, value: _Flow) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(_Flow, _flow)


def write_kit(kit: Kit, path: Path) -> None:
    """Write ``kit`` to the folder ``path``, which is made; reading it gives an equal kit.

    Raises ``FileExistsError`` when the folder is there and holds anything, and ``OSError`` when it cannot be written.
    """
    if path.exists() and any(path.iterdir()):
        raise FileExistsError(f"{path} is not empty. Choose a new folder.")
    values = _plain(kit)
    for name, keys in LAYOUT.items():
        marks = _MARKS if name == KIT else ()
        _write(path / name, _yaml({key: values[key] for key in (*keys, *marks) if key in values}))
    _write(path / AGREEMENT, _yaml(values["agreement"]))
    for sheet in kit.worksheets:
        _write(path / WORKSHEETS / f"{sheet.key}.yaml", _yaml(_plain(sheet)))
    for article in kit.articles:
        _write(path / GUIDANCE / f"{article.key}.md", _markdown(article))
    for picture in kit.pictures:
        (path / PICTURES).mkdir(exist_ok=True)
        (path / PICTURES / picture.file).write_bytes(base64.b64decode(picture.data))


def _write(path: Path, text: str) -> None:
    if text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _yaml(values: dict[str, Any]) -> str:
    if not values:
        return ""
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_LINE)


def _markdown(article: Article) -> str:
    values = _plain(article)
    body = values.pop("body", "")
    return f"{FENCE}\n{_yaml(values)}{FENCE}\n\n{body}\n"


def _plain(value: Any) -> Any:
    """The value as YAML holds it: nothing that is only a default, what an item is before where it comes from."""
    if isinstance(value, Shape):
        fields = type(value).model_fields
        left_out = _READ_FROM_THE_FILE if isinstance(value, Picture) else frozenset()
        names = [name for name in fields if name not in _MARKS and name not in left_out] + [
            name for name in _MARKS if name in fields
        ]
        kept = {
            name: _plain(getattr(value, name))
            for name in names
            if fields[name].is_required() or getattr(value, name) != fields[name].get_default(call_default_factory=True)
        }
        for name in ("source", "source_parties"):
            if len(kept.get(name, ())) == 1:
                kept[name] = kept[name][0]
        return _Flow(kept) if isinstance(value, Instant | ShowIf) else kept
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
