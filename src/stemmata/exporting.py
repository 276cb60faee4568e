"""What was found of a family, as a file of another program."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.catalog import refuse_within
from stemmata.collating.collation import Collation
from stemmata.collating.members import collation_of
from stemmata.errors import OptionError
from stemmata.interchange.formats import FORMATS, Format, Given, format_of, write
from stemmata.placing import place_file
from stemmata.report.svg import draw_family

if TYPE_CHECKING:
    from stemmata.traced import Trace

DRAWN = ".svg"
SINGLE = (".nwk",)  # stemmata of which programs read the first of a file
LISTED = 12  # families that an error names


class Exported(NamedTuple):
    """What was written.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Of its format.
    families : tuple of str
        Those that it holds.
    witnesses : int
        Members of the family that the collation in it holds; 0 where there is none.
    members : int
        Of its families, lost copies aside.
    """

    path: Path
    name: str
    families: tuple[str, ...]
    witnesses: int
    members: int


def is_file(path: str | os.PathLike[str]) -> bool:
    """Say whether a place is that of a file, by its name; else it is that of a folder.

    Raises
    ------
    OptionError
        The name has an end as files have, and no format goes by it.
    """
    name = os.fsdecode(path)
    if os.path.isdir(name) or not os.path.splitext(name)[1]:
        return False
    if not name.lower().endswith(DRAWN):
        _format(name)
    return True


def export_trace(trace: Trace, path: str | os.PathLike[str], family: str | None = None) -> Exported:
    """Write a family, or all, as :meth:`stemmata.Trace.export` does.

    A collation is that of the largest text of the family: the one most of whose members stand beside each other.
    """
    refuse_within(path)
    name = os.fsdecode(path)
    drawn = name.lower().endswith(DRAWN)
    form = None if drawn else _format(name)
    sizes = _sizes(trace.families)
    single = form is None or form.holds == "collation" or name.lower().endswith(SINGLE)
    chosen = _chosen(sizes, family, name, single=single)
    stemma = trace.stemma.filter(pc.is_in(trace.stemma["family"], pa.array(chosen, pa.string())))
    collation = _collation(trace, chosen[0]) if len(chosen) == 1 and _wanted(name, form) else None
    if form is None:
        text = draw_family(stemma, trace.documents, trace.relations)
        written = place_file(path, lambda fresh: fresh.write_bytes(text.encode()), "the drawing")
    else:
        if form.holds == "collation" and collation is None:
            raise OptionError(
                f"the members of the family '{chosen[0]}' do not stand beside each other word by word.",
                where=name,
                mend=f"choose a format of trees: {DRAWN}, {', '.join(_ends('stemma'))}; or another family.",
            )
        given = Given(stemma=stemma, documents=trace.documents, relations=trace.relations, collation=collation)
        written = write(path, given)
    members = sum(sizes[one] for one in chosen)
    beside = len(collation.witnesses) if collation else 0
    return Exported(written, form.name if form else "SVG", tuple(chosen), beside, members)


def _format(name: str) -> Format:
    try:
        return format_of(name)
    except OptionError as error:
        ends = f"{DRAWN} for a drawing, {', '.join(_ends('stemma'))} for stemmata"
        mend = f"end it in {ends}, {', '.join(_ends('collation'))} for a collation; a folder has no such end."
        raise OptionError(error.what, where=error.where, mend=mend) from error


def _ends(holds: str) -> list[str]:
    return [suffix for suffix, form in FORMATS.items() if form.holds == holds]


def _wanted(name: str, form: Format | None) -> bool:
    """Say whether a file holds a collation, or may hold one."""
    return form is not None and (form.holds == "collation" or name.lower().endswith((".nex", ".json")))


def _sizes(families: pa.Table) -> dict[str, int]:
    """Return how many members each family has, the largest first."""
    counts = families["family"].value_counts().to_pylist()
    return {row["values"]: row["counts"] for row in sorted(counts, key=lambda row: (-row["counts"], row["values"]))}


def _chosen(sizes: dict[str, int], family: str | None, name: str, *, single: bool) -> list[str]:
    if not sizes:
        raise OptionError("there is no family.", where=name, mend="trace texts of which some are related.")
    listed = [f"{one} ({size:,} members)" for one, size in list(sizes.items())[:LISTED]]
    more = [f"and {len(sizes) - LISTED:,} more"] if len(sizes) > LISTED else []
    if family is not None and family not in sizes:
        mend = f"name one of these: {', '.join([*listed, *more])}."
        raise OptionError(f"there is no family {family[:60]!r}.", where=name, mend=mend)
    if family is None and single and len(sizes) > 1:
        mend = f"name one (--family, or family=): {', '.join([*listed, *more])}."
        raise OptionError(f"the file is to hold one family, and there are {len(sizes):,}.", where=name, mend=mend)
    return list(sizes) if family is None else [family]


def _collation(trace: Trace, family: str) -> Collation | None:
    """Return what the members of the largest text of a family read."""
    table = trace.collations
    own = table.filter(pc.and_(pc.equal(table["family"], family), pc.equal(table["text"], 1)))
    if not len(own):
        return None
    at = pc.index_in(own["doc"], trace.documents["doc"].combine_chunks()).combine_chunks()
    return collation_of(own.append_column("body", trace.documents["text"].take(at)))
