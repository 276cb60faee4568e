"""The house: imports point downward only, stages do not know each other, kernels know arrays alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import stemmata
from stemmata import schemas

HOUSE = Path(stemmata.__file__).parent
FLOORS = (  # from the roof to the ground; a module may import from the floors below its own
    {"__main__"},
    {"cli"},
    {"server"},
    {"__init__"},
    {"deduplication", "following"},
    {"asking", "joining", "opening"},
    {"library"},
    {"vigil"},
    {"ours", "outlets"},  # what a watch does
    {"deriving", "evidence", "finding", "growth"},  # what a library does
    {"founding", "logbook", "queries", "witnesses"},
    {"counts", "planning", "shards", "tracing"},
    {"crawl"},
    {"deduplicated", "traced"},
    {"exporting", "room"},
    {"report"},
    {"demo", "interchange", "pseudonyms"},
    {"beginnings", "holdings", "joined", "originals", "redaction", "ruled", "sifting", "traceholdings", "workings"},
    {"postings", "rulings"},
    {"pipeline"},
    {schema.name for schema in schemas.TABLES} | {"statistics"},  # the stages
    {"warming"},
    {"protection", "repeats"},  # which documents stay
    {"keepers"},
    {"preferences", "rows"},
    {"estimates", "meeting"},
    {"recounts", "sketches"},
    {
        "alterations",
        "descent",
        "direction",
        "exclusions",
        "genealogy",
        "passages",
        "survey",
        "versions",
        "views",
    },  # what makes stages
    {
        "aligned",
        "collating",
        "countfiles",
        "counting",
        "folder",
        "forms",
        "kinds",
        "sharedruns",
        "sides",
        "sitelines",
        "twins",
    },
    {"accessions", "generations", "readers"},
    {"catalog", "engines", "facts", "packing"},
    {"misreadings"},
    {"assigned", "bibliographies", "furniture", "languages", "measures", "quotations", "wordpairs", "wordvectors"},
    {"recurring", "sampling", "shipped", "surroundings"},
    {"tokens"},
    {"buffers"},
    {"kernels"},
    {"locks", "placing", "schemas", "timestamps"},
    {"_version", "errors", "once", "reporting_verbs"},
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(HOUSE.rglob("*.py"))


def room(path: Path) -> str:
    """The module, or the package, that a file belongs to."""
    return path.relative_to(HOUSE).with_suffix("").parts[0]


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules, or names of modules, that a tree imports anywhere; not those that only its types need."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from imports(ast.Module(node.orelse, []))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node)


def name(path: Path) -> str:
    """How a module is called when it is imported."""
    return ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")


def imported_modules(path: Path) -> set[str]:
    """Our modules that a file imports: what is no module lives in the one before the last dot."""
    modules = {name(other) for other in FILES}
    found = set(imports(ast.parse(path.read_text("utf-8"))))
    return {module if module in modules else module.rpartition(".")[0] for module in found} & modules


def imported_rooms(path: Path) -> set[str]:
    """The rooms of ours that a file imports; what is no module of its own lives in ``__init__``."""
    ours = {name.split(".")[1] for name in imports(ast.parse(path.read_text("utf-8"))) if name.startswith("stemmata.")}
    return {name if name in LEVEL else "__init__" for name in ours}


def test_every_room_has_its_floor() -> None:
    """A new module is given its place in the table above."""
    assert {room(path) for path in FILES} == set(LEVEL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_imports_point_downward(path: Path) -> None:
    own = room(path)
    upward = {other for other in imported_rooms(path) - {own} if LEVEL[other] <= LEVEL[own]}
    assert not upward


def test_imports_go_in_no_circle() -> None:
    """Nor do those among the modules of one room, for which there is no table."""
    below = {name(path): imported_modules(path) for path in FILES}
    while lowest := {module for module, others in below.items() if not others & below.keys()}:
        below = {module: others for module, others in below.items() if module not in lowest}
    assert not below


def test_stages_do_not_import_one_another() -> None:
    """Said by the rule above; said once more, for it is the rule that later work will want to break."""
    stages = next(rooms for rooms in FLOORS if "documents" in rooms)
    assert len(stages) == len(schemas.TABLES) + 1
    for stage in stages:
        assert not imported_rooms(HOUSE / f"{stage}.py") & (stages - {stage})


def test_kernels_know_arrays_alone() -> None:
    """No Arrow, no options, nothing of ours but other kernels."""
    allowed = set(sys.stdlib_module_names) | {"numpy", "numba", "llvmlite"}
    for path in (HOUSE / "kernels").glob("*.py"):
        for name in imports(ast.parse(path.read_text("utf-8"))):
            assert name.split(".")[0] in allowed or name.startswith("stemmata.kernels"), (path.name, name)


def test_no_module_is_a_drawer() -> None:
    """What has no home gets a name of its own."""
    drawers = {"utils", "util", "core", "base", "common", "manager", "helpers", "misc"}
    assert not {path.stem for path in FILES} & drawers


def test_public_names_are_those_listed_and_each_has_a_home() -> None:
    assert sorted(stemmata.__all__) == list(stemmata.__all__)
    assert all(getattr(stemmata, name) is not None for name in stemmata.__all__)
    assert set(stemmata.__all__) <= set(dir(stemmata))
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        getattr(stemmata, "nothing_of_ours")  # noqa: B009 (a name that types know is not there)
