"""Take out of tables who wrote what and where it stood: documents, sites, authors and groups go by numbers.

Numbers follow the order of the names, so that the sides of a pair stay what they were. Dates stay, and so do
the texts, but for the names of sites and authors of a document's own family: they become blocks, sign for sign, so that
spans hold.
Whoever searches for a sentence of a text will find where it stood: this hides names, not texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.direction.verdict import shortened
from stemmata.redaction import BLOCK
from stemmata.rulings import FEATURE

NUMBERED = {"site": "site", "author": "author", "group": "group"}  # columns of documents, and what their values become
GONE = ("siglum", "canonical", "lineage", "locators", "hidden", "whole")  # columns that tell who it is
_DOCS = ("doc", "a", "b", "via", "exact_of", "source", "copy", "likelier", "parent", "introduced_by")
_SUBJECTS = ("doc", "a", "b", "source", "copy")  # of a row; of a pair both sides
_OWN = {"before": "source", "after": "copy"}  # columns that quote one side alone
_SIDES = ("pairs",)  # whose column ``copy`` names a side, not a document
UNKNOWN = "another source"  # what stands for one that no document of the family is called by
_SHORTEST = 2  # signs of a name that is looked for in texts; BBC is one
_QUOTED = re.compile("“(?P<id>[^“”]+)”")
_KEPT = re.compile(r"(?<=kept as )(?P<id>.+)$")  # as reasons of families end
_LOST = re.compile(r"^lost:(.*)/(\d+)$")
Tables = Mapping[str, pa.Table]
Names = Mapping[str, str]


def anonymise(tables: Tables) -> dict[str, pa.Table]:
    """Return the tables of a trace without names.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        By name; ``documents`` and ``families`` at least.

    Returns
    -------
    dict
        The same tables, but for ``statistics``, of which forms and lines of sites are left out, and ``fingerprints``.
    """
    documents = tables["documents"]
    docs = numbered(documents["doc"].to_pylist(), "document")
    families = numbered(pc.unique(tables["families"]["family"]).to_pylist(), "family")
    hide = _Hiding(tables, docs)
    found = {}
    for name, table in tables.items():
        if name == "fingerprints":
            found[name] = schemas.FINGERPRINTS.empty()
        elif name == "documents":
            found[name] = _documents(table, docs, hide)
        elif name == "skipped":
            found[name] = _skipped(table)
        elif name == "statistics":
            found[name] = table.filter(pc.invert(pc.is_in(table["fact"], pa.array(["form", "site_line"]))))
        elif name == "notes":
            found[name] = _notes(table, docs)
        else:
            found[name] = _renamed(name, table, docs, families, hide)
    return found


def unnamed(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a run without what names files."""
    told = {name: about[name] for name in ("version", "verb", "started", "seconds") if name in about}
    options = about.get("options", {})
    plain = {stage: some for stage, some in options.items() if stage not in ("statistics", "base")}
    return told | ({"options": plain} if options else {})


def numbered(names: Iterable[str], noun: str) -> dict[str, str]:
    """Return a number for each name, in their order, as wide as the last, so that the order stays."""
    ordered = sorted(set(names))
    width = len(str(len(ordered)))
    return {name: f"{noun} {number:0{width}d}" for number, name in enumerate(ordered, 1)}


class _Hiding:
    """Which names are to be taken out of what is told of each document: those of its family's sites and authors.

    Ids stand in sentences as a whole or shortened, in quotation marks or at their end.
    """

    def __init__(self, tables: Tables, docs: Names) -> None:
        self._docs = {**docs, **{shortened(doc): name for doc, name in docs.items()}}
        home = dict(zip(*(tables["families"][name].to_pylist() for name in ("doc", "family")), strict=True))
        known: dict[str, set[str]] = defaultdict(set)
        self._home = home
        for row in tables["documents"].select(["doc", "site", "author", "canonical"]).to_pylist():
            known[home.get(row["doc"], row["doc"])].update(_names(row))
        self._known, self._patterns = known, dict[frozenset[str], "re.Pattern[str] | None"]()

    def known(self, doc: str) -> set[str]:
        """Return the names of a document's family."""
        return self._known.get(self._home.get(doc, doc), set())

    def of(self, *docs: str) -> Callable[[str], str]:
        """Return what hides names in what is told of some documents."""
        homes = frozenset(self._home.get(doc, doc) for doc in docs)
        if homes not in self._patterns:
            self._patterns[homes] = _pattern(name for home in homes for name in self._known.get(home, ()))
        pattern = self._patterns[homes]
        return (lambda text: text) if pattern is None else (lambda text: pattern.sub(_blocks, text))

    def told(self, *docs: str) -> Callable[[str], str]:
        """Return what hides names in a sentence about some documents, ids among them."""
        bare = self.of(*docs)
        return lambda says: bare(_QUOTED.sub(self._called, _KEPT.sub(self._called, says)))

    def _called(self, found: re.Match[str]) -> str:
        name = self._docs.get(found["id"])
        return found[0] if name is None else found[0].replace(found["id"], name)


def _names(row: Mapping[str, str | None]) -> list[str]:
    host = urlsplit(row["canonical"] or "").hostname or ""
    path = [part for part in re.split(r"[/\\]", row["doc"] or "") if "." in part[1:-1]]
    given = [row["site"], row["author"], host, host.removeprefix("www."), *path]
    return [name for name in given if name and len(name) >= _SHORTEST]


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names as whole words, the longest first; those of one word as they are written."""
    parts = [
        rf"(?i:{re.escape(name)})" if re.search(r"\W", name) else re.escape(name)
        for name in sorted(set(names), key=lambda name: (-len(name), name))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _blocks(found: re.Match[str]) -> str:
    return BLOCK * len(found[0])


def _documents(documents: pa.Table, docs: Names, hide: _Hiding) -> pa.Table:
    columns = {column: numbered(filter(None, documents[column].to_pylist()), noun) for column, noun in NUMBERED.items()}
    called = columns["site"] | columns["author"]
    rows = []
    for row in documents.to_pylist():
        bare, hidden = hide.of(row["doc"]), dict.fromkeys(GONE)
        known = {column: row[column] and names[row[column]] for column, names in columns.items()}
        title = row["title"] and bare(row["title"])
        credit = row["attribution"] and _credit(row["attribution"], hide.known(row["doc"]), called)
        rows.append(
            {
                **row,
                **known,
                **hidden,
                "doc": docs[row["doc"]],
                "text": bare(row["text"]),
                "title": title,
                "attribution": credit,
                "sha256": "",
            }
        )
    return schemas.DOCUMENTS.table(rows)


def _credit(line: str, known: Iterable[str], called: Names) -> str:
    """Return what a line that names a source comes to: the numbers of those of the family that it names."""
    named = sorted(called[name] for name in known if name in called and name.casefold() in line.casefold())
    return ", ".join(named) or UNKNOWN


def _skipped(skipped: pa.Table) -> pa.Table:
    uris = numbered(skipped["uri"].to_pylist(), "input")
    return schemas.SKIPPED.table({**row, "uri": uris[row["uri"]]} for row in skipped.to_pylist())


def _renamed(name: str, table: pa.Table, docs: Names, families: Names, hide: _Hiding) -> pa.Table:
    """Return a table with its ids renamed, and names hidden in what it quotes."""

    def called(doc: str | None) -> str | None:
        if doc is None or doc in docs:
            return doc and docs[doc]
        lost = _LOST.match(doc)
        return f"lost:{families.get(lost[1], 'family')}/{lost[2]}" if lost else "a document"

    rows = []
    for row in table.to_pylist():
        about = {row[side] for side in _SUBJECTS if row.get(side)} | {*(row.get("docs") or ())}
        bare, said = hide.of(*about), hide.told(*about)
        told: dict[str, Any] = {}
        for column, value in row.items():
            if column in _DOCS and not (column == "copy" and name in _SIDES):
                told[column] = called(value)
            elif column == "family":
                told[column] = families[value]
            elif column in ("docs", "other_parents"):
                told[column] = value and sorted(filter(None, map(called, value)))
            elif column == "evidence":
                told[column] = [_bare(part, said) | _decided(part) for part in value]
            elif column in _OWN:
                told[column] = hide.of(row[_OWN[column]])(value)
            else:
                told[column] = _bare(value, said if column == "reason" else bare)
        rows.append(told)
    return schemas.BY_NAME[name].table(rows)


def _decided(part: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands for the words of a person who decided."""
    return {"says": "a person decided"} if part.get("feature") == FEATURE else {}


def _notes(notes: pa.Table, docs: Names) -> pa.Table:
    """Return notes without those that name documents."""
    return notes.filter(
        pa.array([not any(doc in what for doc in docs) for what in notes["what"].to_pylist()], pa.bool_())
    )


def _bare(value: Any, bare: Callable[[str], str]) -> Any:
    """Return a value with names hidden in whatever strings it holds."""
    if isinstance(value, str):
        return bare(value)
    if isinstance(value, dict):
        return {key: _bare(part, bare) for key, part in value.items()}
    return [_bare(part, bare) for part in value] if isinstance(value, list) else value
