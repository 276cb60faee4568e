"""What people decide about the documents of a library, against or with the machine: a file that survives every run.

``decisions.csv`` lies in the library's folder, one decision a line, the latest last. It may be read and mended by hand.
A later decision on the same documents takes the place of an earlier one; none is taken out of the file.
"""

from __future__ import annotations

import csv
import getpass
import io
import shlex
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stemmata import schemas
from stemmata.catalog import digest
from stemmata.errors import FolderError, FormatError, OptionError, StemmataError, cause
from stemmata.generations import sync
from stemmata.locks import locked
from stemmata.placing import place_file

FILE = "decisions.csv"
OF_PAIRS = ("confirm", "dismiss", "relabel")
OF_FAMILIES = ("same", "not-same")
VERBS = (*OF_PAIRS, *OF_FAMILIES, "root", "note", "withdraw")
KINDS = tuple(kind for kind in schemas.KINDS if kind != "none")  # that a pair can be called
FEATURE = "decision"  # of evidence: what a person said
LIMITS = {"by": 200, "note": 10_000}  # code points: less than any reader of tables refuses
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
        done = {
            "confirm": f"confirmed, with {self.value} as the copy," if self.value else "confirmed",
            "dismiss": "dismissed",
            "relabel": f"called {self.value}",
            "same": "put into one family",
            "not-same": "kept out of one family",
            "root": f"{self.a} called the original",
            "withdraw": "withdrawn",
        }
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
    ends : list of str
        How each of them came to hold no more, "withdrawn" or "replaced"; empty where it holds.
    """

    listed: tuple[Ruling, ...] = ()
    ends: list[str] = field(default_factory=list, init=False, compare=False)
    relations: dict[Pair, Ruling] = field(default_factory=dict, compare=False)
    families: dict[Pair, Ruling] = field(default_factory=dict, compare=False)
    roots: dict[str, Ruling] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        at: dict[tuple[int, Any], int] = {}
        for number, one in enumerate(self.listed):
            self.ends.append("")
            for held, key in self._places(one):
                if held.pop(key, None):  # so that the latest stands last
                    self.ends[at[id(held), key]] = "withdrawn" if one.verb == "withdraw" else "replaced"
                if one.verb != "withdraw":
                    held[key], at[id(held), key] = one, number

    def _places(self, one: Ruling) -> list[tuple[dict[Any, Ruling], Any]]:
        """Return where a decision stands, or what stands where it withdraws."""
        places: list[tuple[dict[Any, Ruling], Any]] = []
        if one.verb in (*OF_PAIRS, "withdraw"):
            places.append((self.relations, one.pair))
        if one.verb in (*OF_FAMILIES, "withdraw"):
            places.append((self.families, one.pair))
        if one.verb in ("root", "withdraw") and not one.b:
            places.append((self.roots, one.a))
        return places

    def replaced(self, one: Ruling) -> list[Ruling]:
        """Return what holds now, and holds no more once a decision is made."""
        return [held[key] for held, key in self._places(one) if key in held]

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

    def on(self, a: str, b: str) -> list[Ruling]:
        """Return what holds of a pair, and of either as an original."""
        held = (self.relations.get((a, b)), self.families.get((a, b)), self.roots.get(a), self.roots.get(b))
        return [one for one in held if one is not None]

    def dismissed(self, doc: str) -> set[str]:
        """Return the documents of which somebody said that a document shares no reuse with them."""
        ruled = (one for one in self.relations.values() if one.verb == "dismiss")
        return {one.b if one.a == doc else one.a for one in ruled if doc in one.pair}

    def without(self, *, notes: bool, direction: bool) -> Rulings:
        """Return the decisions without free text, or without a word on who copied whom.

        Parameters
        ----------
        notes : bool
            Leave the notes out.
        direction : bool
            Leave out roots, and which document is the copy.
        """
        stay = [one for one in self.listed if not (direction and one.verb == "root")]
        bare = [replace(one, note="") if notes else one for one in stay]
        return Rulings(tuple(replace(one, value="") if direction and one.verb == "confirm" else one for one in bare))

    def marked(self, held: Collection[str]) -> tuple[Ruling, ...]:
        """Return all decisions for a reader: an id that is not among those held says so."""
        ids = {"", *held}
        said = {doc: doc if doc in ids else f"{doc} (not held any more)" for one in self.listed for doc in one.pair}
        return tuple(replace(one, a=said[one.a], b=said[one.b]) for one in self.listed)

    def about(self, a: str, b: str) -> str:
        """Return the digest of what was decided about a pair, and of who is the copy; empty where nothing was."""
        ruled = [one for one in (self.relations.get((a, b)), self.families.get((a, b))) if one is not None]
        side = self.copy(a, b)
        return digest([[getattr(one, column) for column in COLUMNS] for one in ruled] + [side]) if ruled or side else ""


def read_rulings(folder: Path) -> Rulings:
    """Return the decisions in a library's folder; without a file none.

    Raises
    ------
    FormatError
        A line of it is no decision.
    FolderError
        It cannot be read.
    """
    file = folder / FILE
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Rulings()
    except UnicodeDecodeError as error:
        raise _unlike(file, 1, f"the file is no table: {cause(error)}", "save it in UTF-8") from error
    except OSError as error:
        raise _closed(error, file, "read") from error
    listed: list[Ruling] = []
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        if tuple(next(reader, ())) != COLUMNS:
            columns = f"its columns must be {','.join(COLUMNS)}"
            raise _unlike(file, 1, columns, "put that line back, or take the file out of the folder")
        line = reader.line_num + 1
        for row in reader:
            if any(row):
                listed.append(_ruling(file, line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _unlike(file, line, f"it is no line of a table: {cause(error)}") from error
    return Rulings(tuple(listed))


def _ruling(file: Path, line: int, row: Sequence[str]) -> Ruling:
    if len(row) != len(COLUMNS):
        raise _unlike(file, line, f"it has {len(row)} values, not {len(COLUMNS)}")
    ruling = Ruling(**dict(zip(COLUMNS, row, strict=True)))
    if wrong := _fault(ruling):
        raise _unlike(file, line, wrong[0])
    return ruling


def make_ruling(verb: str, docs: Sequence[str], *, value: str = "", by: str = "", note: str = "") -> Ruling:
    """Return a decision that is made now, by default by the user of the system.

    Raises
    ------
    OptionError
        It is none; or the system does not know its user.
    """
    if len(docs) > 2:
        fault = f"it names {len(docs)} documents, and a decision is about one or two"
        each, some = ("each", docs[:1]) if verb == "root" else ("each two", docs[:2])
        raise OptionError(
            f"this is no decision: {fault}.",
            where=f"decide {verb}",
            mend=f"write down one for {each} of them: {_call(verb, *some)}.",
        )
    a, b = (*docs, "", "")[:2]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    ruling = Ruling(when=now, by=by or _user(), verb=verb, a=a, b=b, value=value, note=note)
    if wrong := _fault(ruling) or _silence(ruling):
        where = f"decide {verb}".encode(errors="backslashreplace").decode()
        raise OptionError(f"this is no decision: {wrong[0]}.", where=where, mend=f"{wrong[1]}.")
    return ruling


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError) as error:  # a container without an entry for its user
        raise OptionError(
            "nobody knows who decides: the system has no name for its user.", where="decide", mend="give a name (--by)."
        ) from error


def add_ruling(folder: Path, ruling: Ruling) -> None:
    """Write a decision behind the others, and force it onto the disk: nothing can make it anew.

    Raises
    ------
    LockedError
        Another process is writing.
    FormatError, FolderError
        As :func:`read_rulings`; or the file cannot be written.
    """
    try:
        with locked(folder):
            written = _written([*read_rulings(folder).listed, ruling])

            def write(fresh: Path) -> None:
                fresh.write_bytes(written)
                sync(fresh)

            place_file(folder / FILE, write, "the decision")
            sync(folder)
    except StemmataError:
        raise
    except OSError as error:
        raise _closed(error, folder, "written") from error


def _written(rulings: Iterable[Ruling]) -> bytes:
    lines = [",".join(COLUMNS)]
    for one in rulings:
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, lineterminator="\r\n")  # so that every Python quotes a value with either sign
        writer.writerow([getattr(one, column) for column in COLUMNS])
        lines.append(stream.getvalue().removesuffix("\r\n"))
    return "".join(f"{line}\n" for line in lines).encode()


def _fault(ruling: Ruling) -> tuple[str, str] | None:
    """Say what is wrong with a decision, and how to mend it; None if nothing is."""
    verb, two = ruling.verb, bool(ruling.b)
    for name in COLUMNS:
        try:
            getattr(ruling, name).encode()
        except UnicodeEncodeError:
            return f"its '{name}' holds signs that no text can hold", "write it in Unicode, without lone surrogates"
    for name, limit in LIMITS.items():
        if (size := len(getattr(ruling, name))) > limit:
            return f"its '{name}' has {size:,} signs, and {limit:,} are kept", "shorten it, and name where more stands"
    if verb not in VERBS:
        return f"{verb!r} is not known", f"use {', '.join(VERBS)}"
    if not ruling.a:
        return "it names no document", f"name one document, or two: {_call(verb, 'A', 'B')}"
    if verb == "root" and two:
        either = "; or ".join(dict.fromkeys(_call(verb, doc) for doc in (ruling.a, ruling.b)))
        return "'root' is about one document", f"name the original alone: {either}"
    if two and ruling.a == ruling.b:
        return "it names one document twice", f"name the other one: {_call(verb, ruling.a, 'B')}"
    if verb in (*OF_PAIRS, *OF_FAMILIES) and not two:
        return f"'{verb}' is about two documents", f"name the other one as well: {_call(verb, ruling.a, 'B')}"
    if verb == "relabel" and ruling.value == "none":
        return "'none' is no kind of reuse", f"dismiss the pair: {_call('dismiss', ruling.a, ruling.b)}"
    if verb == "relabel" and ruling.value not in KINDS:
        kind = _call(verb, ruling.a, ruling.b, "--kind", "edited")
        return f"the kind must be one of {', '.join(KINDS)}", f"give one of them: {kind}"
    if verb == "confirm" and ruling.value not in ("", ruling.a, ruling.b):
        copy = _call(verb, ruling.a, ruling.b, "--copy", ruling.b)
        return "the copy must be one of the two", f"give the id of one of them, or none: {copy}"
    if verb not in ("relabel", "confirm") and ruling.value:
        return f"'{verb}' has no value", f"leave {ruling.value!r} out: relabel takes a kind, and confirm a copy"
    return None


def _silence(ruling: Ruling) -> tuple[str, str] | None:
    """Refuse a note that says nothing; one that was written down before may stay."""
    if ruling.verb != "note" or ruling.note.strip():
        return None
    return "a note must say something", f"give its text: {_call('note', *filter(None, ruling.pair), '--note', 'TEXT')}"


def _call(*words: str) -> str:
    return shlex.join(["decide", *words])


def _unlike(file: Path, line: int, fault: str, mend: str = "mend or take out that line") -> FormatError:
    return FormatError(f"the decisions cannot be read: {fault}.", where=f"{file}, line {line}", mend=f"{mend}.")


def _closed(error: OSError, place: Path, done: str) -> FolderError:
    return FolderError(
        f"the decisions cannot be {done}: {error.strerror or error}.",
        where=str(place),
        mend="see that the folder of the library, and decisions.csv in it, are yours to read and to write.",
    )
