"""A kit's folder, read into its shapes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kit_files.faults import Fault
from templates_app.domain.kit_files.folder import AGREEMENT, GUIDANCE, KIT, LEFT_OUT, PICTURES, WORKSHEETS, Folder, Page
from templates_app.domain.kit_files.picturing import read_pictures
from templates_app.domain.kit_files.wording import in_plain_words
from templates_app.domain.kit_files.yaml_text import Loc
from templates_app.shapes import Kit

_ELSEWHERE = {
    "agreement": f"in {AGREEMENT}",
    "worksheets": f"in the folder {WORKSHEETS}, one file each",
    "articles": f"in the folder {GUIDANCE}, one file each",
    "pictures": f"in the folder {PICTURES}, as they are",
}
"""Keys of a kit that have files of their own."""


@dataclass
class _Draft:
    """A kit's values put together from its files, and the file and line each of them came from."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Loc, tuple[str, int]] = field(default_factory=dict)

    def put(self, loc: Loc, page: Page) -> None:
        for inside, line in page.lines.items():
            self.places[loc + inside] = (page.file, line)
        self.places.setdefault(loc, (page.file, 1))

    def place(self, loc: Loc) -> tuple[str, int]:
        """File and line of the innermost part of ``loc`` that stands in a file."""
        for length in range(len(loc), -1, -1):
            if loc[:length] in self.places:
                return self.places[loc[:length]]
        return KIT, 1


def read_kit(path: Path) -> tuple[Kit | None, list[Fault]]:
    """Read and check the kit in the folder ``path``.

    Returns the kit and no faults, or ``None`` and every fault found, ordered by file and line. Nothing is raised for
    what stands in the files, whatever it is.
    """
    if not path.is_dir():
        return None, [Fault(path.name or str(path), 1, "There is no folder of that name. A kit is a folder of files.")]
    folder = Folder(path)
    draft = _assemble(folder)
    if folder.faults:
        return None, sorted(folder.faults)
    try:
        kit = Kit.model_validate(draft.values)
    except ValidationError as error:
        return None, sorted({Fault(*draft.place(one["loc"]), in_plain_words(dict(one))) for one in error.errors()})
    problems = check_kit(kit)
    if problems:
        return None, sorted({Fault(*draft.place(problem.loc), problem.message) for problem in problems})
    return kit, []


def read_left_out(path: Path) -> tuple[dict[str, str], list[Fault]]:
    """Ids that the kit in ``path`` leaves out on purpose, each with its reason; empty where there is no such file."""
    folder = Folder(path)
    if LEFT_OUT not in folder.names("", ".yaml"):
        return {}, folder.faults
    page = folder.page(LEFT_OUT)
    reasons: dict[str, str] = {}
    for item, reason in page.value.items() if page else ():
        if isinstance(reason, str) and reason.strip():
            reasons[item] = reason
        elif page:
            folder.fault(LEFT_OUT, page.lines[item,], f"Say in words why '{item}' is left out.")
    return reasons, folder.faults


def _assemble(folder: Folder) -> _Draft:
    draft = _Draft()
    _read_handbook(folder, draft)
    agreement = folder.page(AGREEMENT) if (folder.root / AGREEMENT).exists() else None
    if agreement is not None:
        draft.values["agreement"] = agreement.value
        draft.put(("agreement",), agreement)
    elif not folder.faults:
        folder.fault(AGREEMENT, 1, f"{AGREEMENT} is missing. It holds the agreement that a pair signs.")
    sheets = [page for name in folder.names(WORKSHEETS, ".yaml") if (page := folder.page(name))]
    articles = [page for name in folder.names(GUIDANCE, ".md") if (page := folder.article(name))]
    for key, pages in (("worksheets", sheets), ("articles", articles)):
        # The same order as the shape gives them, so that a position means the same in the files and in the kit.
        pages.sort(key=lambda page: _order(page.value))
        draft.values[key] = [page.value for page in pages]
        for index, page in enumerate(pages):
            draft.put((key, index), page)
    draft.values["pictures"] = read_pictures(folder, [draft.values.get("agreement"), draft.values["worksheets"]])
    return draft


def _order(value: dict[str, Any]) -> tuple[int, str]:
    order, key = value.get("order", 0), value.get("key")
    return (order if isinstance(order, int) else 0, key if isinstance(key, str) else "")


def _read_handbook(folder: Folder, draft: _Draft) -> None:
    """Every YAML file beside ``kit.yaml`` adds its keys to the kit."""
    names = [name for name in folder.names("", ".yaml") if name not in {KIT, AGREEMENT, LEFT_OUT}]
    if not (folder.root / KIT).exists():
        folder.fault(KIT, 1, f"{KIT} is missing. It says what the kit is: key, title, version, language, summary, …")
    else:
        names.insert(0, KIT)
    for name in names:
        page = folder.page(name)
        for key in page.value if page else ():
            line = page.lines[key,] if page else 1
            if key in _ELSEWHERE:
                folder.fault(name, line, f"'{key}' stands {_ELSEWHERE[key]}. Move it there.")
            elif key in draft.values:
                other, first = draft.place((key,))
                folder.fault(name, line, f"'{key}' is given twice (first in {other}, line {first}). Keep one.")
            elif page:
                draft.values[key] = page.value[key]
                draft.put((), Page(name, None, {loc: at for loc, at in page.lines.items() if loc[:1] == (key,)}))
    draft.places[()] = (KIT, 1)
