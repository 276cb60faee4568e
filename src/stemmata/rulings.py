"""What people decide about the documents of a library, against or with the machine: a file that survives every run.

``decisions.csv`` lies in the library's folder, one decision a line, the latest last. It may be read and mended by hand.
A later decision on the same documents takes the place of an earlier one; none is taken out of the file.
"""

from __future__ import annotations

import csv
import getpass
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from stemmata import schemas
from stemmata.catalog import digest
from stemmata.errors import FormatError, OptionError
from stemmata.locks import locked
from stemmata.placing import place_file

FILE = "decisions.csv"
OF_PAIRS = ("confirm", "dismiss", "relabel")
OF_FAMILIES = ("same", "not-same")
VERBS = (*OF_PAIRS, *OF_FAMILIES, "root", "note", "withdraw")
FEATURE = "decision"  # of evidence: what a person said
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A decision.

    Parameters
    ----------
    when : str
        ISO 8601, UTC.
    by : str
        Who decided.
    verb : str
        ``confirm``: the relation is what the machine says; ``dismiss``: it is no reuse; ``relabel``: it is of the kind
        ``value``; ``same`` and ``not-same``: the two are of one family, or are not; ``root``: the document is the
        original of its family; ``note``: nothing but a note; ``withdraw``: what was decided before about these holds no
        more.
    a, b : str
        The documents; of ``root``, and where one is meant, ``b`` is empty.
    value : str
        Of ``relabel`` the kind, of ``confirm`` the document that is the copy, where that is known; else empty.
    note : str
    """

    when: str
    by: str
    verb: str
    a: str
    b: str = ""
    value: str = ""
    note: str = ""

    @property
    def pair(self) -> Pair:
        """The two documents in order."""
        return min(self.a, self.b), max(self.a, self.b)

    @property
    def says(self) -> str:
        """Who decided what, when and why, in one sentence."""
        done = {"confirm": "confirmed", "dismiss": "dismissed", "relabel": f"called {self.value}"}
        said = f"{done.get(self.verb, self.verb)} by {self.by} on {self.when[:10]}"
        return f"{said}: {self.note}" if self.note else said


COLUMNS = tuple(column.name for column in fields(Ruling))


@dataclass(frozen=True)
class Rulings:
    """All decisions, and those of them that hold.

    Parameters
    ----------
    listed : tuple of Ruling
        In the order in which they were made.
    """

    listed: tuple[Ruling, ...] = ()
    relations: dict[Pair, Ruling] = field(default_factory=dict, compare=False)
    families: dict[Pair, Ruling] = field(default_factory=dict, compare=False)
    roots: dict[str, Ruling] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for one in self.listed:
            if one.verb in OF_PAIRS:
                self.relations[one.pair] = one
            elif one.verb in OF_FAMILIES:
                self.families[one.pair] = one
            elif one.verb == "root":
                self.roots.pop(one.a, None)  # the latest stands last
                self.roots[one.a] = one
            elif one.verb == "withdraw":
                self.relations.pop(one.pair, None)
                self.families.pop(one.pair, None)
                if not one.b:
                    self.roots.pop(one.a, None)

    @property
    def digest(self) -> str:
        """Equal for decisions of which the same hold."""
        holding = [*self.relations.values(), *self.families.values(), *self.roots.values()]
        return digest([[getattr(one, column) for column in COLUMNS] for one in holding]) if holding else ""

    def together(self) -> list[Pair]:
        """Return the pairs of one family."""
        return sorted(pair for pair, one in self.families.items() if one.verb == "same")

    def apart(self) -> list[Pair]:
        """Return the pairs that are of no family together."""
        return sorted(pair for pair, one in self.families.items() if one.verb == "not-same")

    def pairs(self) -> list[Pair]:
        """Return the pairs that are to be looked at, whatever they share."""
        return sorted({*(pair for pair, one in self.relations.items() if one.verb != "dismiss"), *self.together()})

    def copy(self, a: str, b: str) -> str | None:
        """Return the side, "a" or "b", that is known to be the copy; None where nobody said."""
        one = self.relations.get((a, b))
        if one is not None and one.verb == "confirm" and one.value in (a, b):
            return "a" if one.value == a else "b"
        named = [doc for doc in self.roots if doc in (a, b)]
        return None if not named else "b" if named[-1] == a else "a"

    def about(self, a: str, b: str) -> str:
        """Return the digest of what was decided about a pair, and of who is the copy; empty where nothing was."""
        ruled = [one for one in (self.relations.get((a, b)), self.families.get((a, b))) if one is not None]
        side = self.copy(a, b)
        return digest([[getattr(one, column) for column in COLUMNS] for one in ruled] + [side]) if ruled or side else ""


def rule_relations(relations: pa.Table, rulings: Rulings) -> pa.Table:
    """Return ``schemas.RELATIONS`` as people decided; the evidence says who did, and what the machine had said."""
    if not rulings.relations:
        return relations
    rows = relations.to_pylist()
    for row in rows:
        one = rulings.relations.get((row["a"], row["b"]))
        if one is None:
            continue
        machine = f"{row['kind']}, {row['confidence']:.2f}"
        said = one.says if one.verb == "confirm" else f"{one.says} (the machine had said: {machine})"
        row["evidence"] = [{"feature": FEATURE, "value": 1.0, "says": said}, *row["evidence"]]
        row["confidence"] = 1.0
        if one.verb == "relabel":
            row["kind"], row["extent"] = one.value, row["extent"] or "partial"
        elif one.verb == "dismiss":
            row["kind"], row["extent"], row["coverage_a"], row["coverage_b"] = "none", None, 0.0, 0.0
    return schemas.RELATIONS.table(rows).replace_schema_metadata(relations.schema.metadata)


def rule_copies(pairs: pa.Table, rulings: Rulings) -> pa.Table:
    """Return ``schemas.PAIRS`` with the copies that people named."""
    if not (rulings.relations or rulings.roots):
        return pairs
    keys = zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), pairs["copy"].to_pylist(), strict=True)
    copies = pa.array([rulings.copy(a, b) or known for a, b, known in keys], pa.string())
    return pairs.set_column(pairs.column_names.index("copy"), schemas.PAIRS.arrow.field("copy"), copies)


def read_rulings(folder: Path) -> Rulings:
    """Return the decisions in a library's folder; without a file none.

    Raises
    ------
    FormatError
        A line of it is no decision.
    """
    file = folder / FILE
    if not file.exists():
        return Rulings()
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unlike(file, 1, f"the file is no table: {error}") from error
    if rows and tuple(rows[0]) != COLUMNS:
        raise _unlike(file, 1, f"its columns must be {','.join(COLUMNS)}")
    listed = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) != len(COLUMNS):
            raise _unlike(file, number, f"it has {len(row)} values, not {len(COLUMNS)}")
        ruling = Ruling(**dict(zip(COLUMNS, row, strict=True)))
        if fault := _fault(ruling):
            raise _unlike(file, number, fault)
        listed.append(ruling)
    return Rulings(tuple(listed))


def make_ruling(verb: str, docs: Sequence[str], *, value: str = "", by: str = "", note: str = "") -> Ruling:
    """Return a decision that is made now, by default by the user of the system.

    Raises
    ------
    OptionError
        It is none.
    """
    a, b = (*docs, "", "")[:2]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    ruling = Ruling(when=now, by=by or getpass.getuser(), verb=verb, a=a, b=b, value=value, note=note)
    if fault := _fault(ruling):
        raise OptionError(f"this is no decision: {fault}.", where=f"decide {verb}", mend=f"use {', '.join(VERBS)}.")
    return ruling


def add_ruling(folder: Path, ruling: Ruling) -> None:
    """Write a decision behind the others.

    Raises
    ------
    LockedError
        Another process is writing.
    FormatError, FolderError
        As :func:`read_rulings`; or the file cannot be written.
    """
    with locked(folder):
        written = _written([*read_rulings(folder).listed, ruling])
        place_file(folder / FILE, lambda fresh: fresh.write_text(written, encoding="utf-8", newline=""), "the decision")


def _written(rulings: Iterable[Ruling]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(one, column) for column in COLUMNS] for one in rulings)
    return stream.getvalue()


def _fault(ruling: Ruling) -> str:
    """Say what is wrong with a decision; nothing if nothing is."""
    verb, two = ruling.verb, bool(ruling.b)
    if verb not in VERBS:
        return f"{verb!r} is not known"
    if not ruling.a:
        return "it names no document"
    if two and ruling.a == ruling.b:
        return "it names one document twice"
    if verb in (*OF_PAIRS, *OF_FAMILIES) and not two:
        return f"'{verb}' is about two documents"
    if verb == "root" and two:
        return "'root' is about one document"
    if verb == "relabel" and ruling.value not in schemas.KINDS:
        return f"the kind must be one of {', '.join(schemas.KINDS)}"
    if verb == "confirm" and ruling.value not in ("", ruling.a, ruling.b):
        return "the copy must be one of the two"
    if verb not in ("relabel", "confirm") and ruling.value:
        return f"'{verb}' has no value"
    return ""


def _unlike(file: Path, line: int, fault: str) -> FormatError:
    return FormatError(
        f"the decisions cannot be read: {fault}.", where=f"{file}, line {line}", mend="mend or take out that line."
    )
