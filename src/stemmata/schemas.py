"""All tables on one page: what a row is, its key, and each column's type and meaning.

``TABLES`` lists the stages' products in the order in which a document travels; ``SIDE_TABLES`` what
stands beside them. Spans are Unicode code points into ``documents.text``, half-open. Rows are sorted by key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.errors import SchemaError, cause

TIME = pa.timestamp("us", tz="UTC")
SPAN = pa.int64()
EDIT = pa.struct([("op", pa.string()), ("a_start", SPAN), ("a_end", SPAN), ("b_start", SPAN), ("b_end", SPAN)])
FEATURE = pa.struct([("feature", pa.string()), ("value", pa.float64()), ("says", pa.string())])
REASON = pa.struct([("reason", pa.string()), ("points", pa.float64()), ("examples", pa.list_(pa.string()))])
LOCATOR = pa.struct([("offset", SPAN), ("label", pa.string())])
HIDDEN = pa.struct([("offset", SPAN), ("what", pa.string()), ("text", pa.string())])
STRETCH = pa.struct(
    [
        ("start", SPAN),
        ("end", SPAN),
        ("words", pa.int32()),
        ("doc", pa.string()),
        ("doc_start", SPAN),
        ("doc_end", SPAN),
    ]
)
SHARED = pa.struct([("skeleton", pa.int32()), ("surface", pa.int32()), ("quotation", pa.int32())])

VIEWS = ("skeleton", "surface", "quotation")
OPS = ("match", "restyle", "substitute", "insert", "delete", "move")
ROLES = ("reuse", "quoted", "reference", "base", "furniture")
KINDS = ("verbatim", "edited", "spun", "paraphrased", "summarised", "translated", "template", "none")
EXTENTS = ("whole", "excerpt", "partial")
VERDICTS = ("copy", "common_source", "contained", "unknown")
STEMMA_ROLES = ("original", "copy", "lost", "unresolved")
FACTUAL_TYPES = (
    "number",
    "unit",
    "percent",
    "date",
    "name",
    "quote",
    "attribution",
    "negation",
    "hedge",
    "quantifier",
    "comparison",
    "causal",
    "omission",
    "addition",
)
STYLE_TYPES = ("wording", "restyled", "tortured", "moved", "disguised")


@dataclass(frozen=True)
class Column:
    """One column: its name, its Arrow type, whether it may be null, and what it holds."""

    name: str
    type: pa.DataType
    holds: str
    null: bool = False


@dataclass(frozen=True)
class Schema:
    """The promise that a stage makes about its table.

    Parameters
    ----------
    name : str
        The noun: at once the module, the table on disk and the attribute of a trace.
    row : str
        What one row is.
    key : tuple of str
        The columns that name a row; tables are sorted by them. Empty: rows have no key.
    columns : tuple of Column
        In order.
    unique : bool
        Whether a key may stand only once.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: bool = True

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.null) for c in self.columns])

    def empty(self) -> pa.Table:
        """Return a table of this schema without rows."""
        return self.arrow.empty_table()

    def table(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """Build a sorted table from mappings; columns left out are null."""
        return self.sort(pa.Table.from_pylist(list(rows), schema=self.arrow))

    def sort(self, table: pa.Table) -> pa.Table:
        """Return the rows sorted by key, uncopied where they are; what travels with the table is kept."""
        if self.in_order(table):
            return table
        ranks = pa.table([_ranks(table.column(name)) for name in self.key], self.key)
        order = pc.sort_indices(ranks, [(name, "ascending") for name in self.key])
        return table.combine_chunks().take(order).replace_schema_metadata(table.schema.metadata)

    def in_order(self, table: pa.Table) -> bool:
        """Say whether the rows are sorted by key, and none stands twice that may not: to sort again takes seconds."""
        if not self.key or table.num_rows < 2:
            return True
        before, after = table.slice(0, table.num_rows - 1), table.slice(1)
        ascends: pa.ChunkedArray = pa.scalar(not self.unique)
        for name in reversed(self.key):
            one, other = _ranks(before.column(name)), _ranks(after.column(name))
            ascends = pc.or_(pc.less(one, other), pc.and_(pc.equal(one, other), ascends))
        return bool(pc.all(ascends).as_py() is not False)

    def only(self, *names: str) -> Schema:
        """Return the schema of some columns, for a function that needs no others."""
        return replace(
            self,
            key=tuple(name for name in self.key if name in names),
            columns=tuple(column for column in self.columns if column.name in names),
            unique=self.unique and set(self.key) <= set(names),
        )

    def check(self, table: pa.Table) -> pa.Table:
        """Return ``table`` in this schema, sorted by key; nothing is copied where all is as it should be.

        :func:`stemmata.engines.check_rows` does the same for tables that are larger than memory.

        Raises
        ------
        SchemaError
            As :meth:`conform`; or a key stands twice.
        """
        checked = self.conform(table)
        if not self.in_order(checked):
            self.refuse_twice(checked)
            checked = self.sort(checked)
        return checked.replace_schema_metadata(table.schema.metadata)

    def conform(self, table: pa.Table) -> pa.Table:
        """Return ``table`` with the columns of this schema, in order and cast, absent nullable ones added as null.

        Columns that the schema does not know are dropped.

        Raises
        ------
        SchemaError
            A needed column is absent, cannot be cast, or holds nulls.
        """
        arrays = []
        for column in self.columns:
            if column.name not in table.column_names:
                if not column.null:
                    raise SchemaError(
                        f"column '{column.name}' is absent.",
                        where=f"table '{self.name}'",
                        mend=f"add a column '{column.name}' ({column.type}): {column.holds}.",
                    )
                arrays.append(pa.nulls(table.num_rows, column.type))
                continue
            values = table.column(column.name)
            if not column.null and values.null_count:
                rows = [i for i, value in enumerate(values.is_null().to_pylist()) if value]
                raise SchemaError(
                    f"column '{column.name}' holds {values.null_count} nulls.",
                    where=f"table '{self.name}', rows {', '.join(map(str, rows[:5]))}",
                    mend="fill or drop those rows.",
                )
            try:
                arrays.append(values if values.type == column.type else values.cast(column.type))
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise SchemaError(
                    f"column '{column.name}' is {values.type} and cannot become {column.type}.",
                    where=f"table '{self.name}'",
                    mend=f"give {column.holds} as {column.type} ({cause(error)}).",
                ) from error
        return pa.Table.from_arrays(arrays, schema=self.arrow)

    def refuse_twice(self, table: pa.Table) -> None:
        """Refuse a table in which a key stands twice, if it may not.

        Raises
        ------
        SchemaError
            Names the first such key.
        """
        if not self.unique or not self.key or table.num_rows < 2:
            return
        keys = table.select(list(self.key)).group_by(list(self.key)).aggregate([([], "count_all")])
        if keys.num_rows < table.num_rows:
            twice = keys.filter(pc.greater(keys.column("count_all"), 1)).slice(0, 1).to_pylist()[0]
            raise SchemaError(
                f"the key {', '.join(repr(twice[k]) for k in self.key)} stands {twice['count_all']} times.",
                where=f"table '{self.name}', columns {', '.join(self.key)}",
                mend="give each row a key of its own.",
            )


def _ranks(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return what a column is ordered by: itself, or of a dictionary the rank of each value."""
    if not pa.types.is_dictionary(values.type):
        return values
    values = values.unify_dictionaries()
    if not values.num_chunks:
        return pa.chunked_array([], pa.int64())
    known = values.chunk(0).dictionary
    ranks = pc.rank(known, "ascending", tiebreaker="dense").cast(pa.int64())
    return pa.chunked_array([ranks.take(chunk.indices) for chunk in values.chunks], pa.int64())


def _columns(*columns: tuple[str, pa.DataType, str] | tuple[str, pa.DataType, str, bool]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in columns)


def without_texts(documents: pa.Table) -> pa.Table:
    """Return documents without the columns that are as long as texts."""
    return documents.drop_columns([name for name in ("text", "whole") if name in documents.column_names])


TEXT, SHARE, COUNT, FLAG = pa.string(), pa.float64(), pa.int32(), pa.bool_()
NULL = True

DOCUMENTS = Schema(
    "documents",
    "a witness",
    ("doc",),
    _columns(
        (
            "doc",
            TEXT,
            "the id: the user's own, of rows that share one file and id; else the path within the source, or as given",
        ),
        ("text", pa.large_string(), "the main text exactly as extracted"),
        ("title", TEXT, "the headline", NULL),
        ("author", TEXT, "who wrote it, as the document says", NULL),
        ("site", TEXT, "the outlet or host name", NULL),
        ("group", TEXT, "a grouping of the user's", NULL),
        ("siglum", TEXT, "a scholar's short name for the witness", NULL),
        ("ours", FLAG, "whether the user marked it as their own", NULL),
        ("published", TIME, "when it was published, as it says", NULL),
        ("modified", TIME, "when it was last changed, as it says", NULL),
        ("first_seen", TIME, "when a crawl first saw it", NULL),
        ("not_before", TIME, "earliest possible date", NULL),
        ("not_after", TIME, "latest possible date", NULL),
        ("dated_by", TEXT, "where the dates come from", NULL),
        ("canonical", TEXT, "the address that the document calls its own", NULL),
        ("attribution", TEXT, "the line that names another source", NULL),
        ("lineage", pa.list_(TEXT), "identifiers that files or sites share", NULL),
        ("language", TEXT, "ISO 639-1 code", NULL),
        ("media_type", TEXT, "what the bytes were, e.g. text/plain", NULL),
        ("sha256", TEXT, "hex digest of the raw bytes"),
        ("locators", pa.list_(LOCATOR), "page, folio or line labels and where they begin", NULL),
        (
            "hidden",
            pa.list_(HIDDEN),
            "text that no reader of the page sees: where in `text` it stood, how it is hidden, and its beginning",
            NULL,
        ),
        (
            "whole",
            pa.large_string(),
            "all of a page as its readers see it, where much prose of it is not in `text`; nothing is compared with it",
            NULL,
        ),
    ),
)
PLACED_DOCUMENTS = Schema(
    "documents",
    "a witness, and where it stands in what was given",
    ("doc",),
    DOCUMENTS.columns
    + _columns(
        ("source", pa.int64(), "the number of the caller's source, from 0"),
        (
            "uri",
            TEXT,
            "the file as its path was given, a file in an archive with its name behind, a record of a web archive "
            "with `#` and its identifier; else the table or text",
        ),
        (
            "path",
            pa.binary(),
            "the file on this machine, by the bytes of its name, or its address, without what may be secret in it; "
            "null of texts and tables at hand",
            NULL,
        ),
        (
            "member",
            TEXT,
            "the file in that archive, as its name was read, or the identifier of the record of a web archive; null "
            "where the file is no archive, nor compressed",
            NULL,
        ),
        (
            "row",
            pa.int64(),
            "its number in the table, from 1: the line of JSON Lines, blank ones counted, the item of a JSON array, "
            "the row of CSV, Parquet, Arrow and tables at hand; null where the file or text is one document",
            NULL,
        ),
        ("column", TEXT, "what the column of the table that holds the texts is called, where other than text", NULL),
    ),
)
HELD_DOCUMENTS = Schema(
    "documents",
    "a document of a library, and where it was read",
    ("number",),
    _columns(("number", pa.uint32(), "by which its postings know it: those of documents added later are higher"))
    + DOCUMENTS.columns
    + PLACED_DOCUMENTS.columns[len(DOCUMENTS.columns) + 1 : -1]
    + _columns(("own", FLAG, "whether the id is the user's own, and not made of the path")),
)
PLACES = Schema(
    "places",
    "where a document of a shard, or of shards that were joined, stands",
    ("doc",),
    _columns(("doc", TEXT, "the document; in a shard as it is called there, which the other shards may change"))
    + PLACED_DOCUMENTS.columns[len(DOCUMENTS.columns) :]
    + _columns(
        ("name", TEXT, "what its file or archive is called, for an id"),
        ("own", TEXT, "the user's own id", NULL),
        ("guessed", FLAG, "whether that is of a column that was taken for ids by its name: it may recur", NULL),
        ("sha256", TEXT, "hex digest of the raw bytes"),
        ("bytes", pa.int64(), "the size of the file as it was read"),
        ("time", pa.int64(), "when the file was last changed, in nanoseconds since 1970"),
    ),
)
FILES = Schema(
    "files",
    "a file of the sources, in the shard that tells of it",
    ("uri", "name"),
    _columns(("uri", TEXT, "its path as it was given"), ("name", TEXT, "what it is called, for an id")),
    unique=False,
)
DATES = ("not_before", "published", "first_seen", "modified")  # how old a witness is: the first of them that is known
FINGERPRINTS = Schema(
    "fingerprints",
    "a kept k-gram",
    ("doc", "view", "position"),
    _columns(
        ("doc", pa.dictionary(pa.int32(), TEXT), "the document"),
        ("view", pa.dictionary(pa.int8(), TEXT), "skeleton, surface or quotation"),
        ("hash", pa.uint64(), "64-bit hash of the k-gram"),
        ("position", COUNT, "index of its first word"),
    ),
    unique=False,
)
PAIRS = Schema(
    "pairs",
    "two documents worth aligning",
    ("a", "b"),
    _columns(
        ("a", TEXT, "the smaller id"),
        ("b", TEXT, "the larger id"),
        ("shared", SHARED, "distinct k-grams in common, by view; exact", NULL),
        ("containment_a", SHARE, "share of a's k-grams that b holds, 0 to 1, the larger of the views", NULL),
        ("containment_b", SHARE, "share of b's k-grams that a holds, 0 to 1, the larger of the views", NULL),
        ("score", SHARE, "rank among candidates; higher is more alike, no upper bound", NULL),
        ("copy", TEXT, "'a' or 'b': the side that the caller knows to be the copy", NULL),
    ),
)
ALIGNMENTS = Schema(
    "alignments",
    "a passage in both",
    ("a", "b", "rank"),
    _columns(
        ("a", TEXT, "the smaller id"),
        ("b", TEXT, "the larger id"),
        ("rank", COUNT, "1, 2, … in the order of the passages in a"),
        ("a_start", SPAN, "code points into a's text"),
        ("a_end", SPAN, "end, exclusive"),
        ("b_start", SPAN, "code points into b's text"),
        ("b_end", SPAN, "end, exclusive"),
        ("matched", COUNT, "words that match"),
        ("identity", SHARE, "matched words over the mean length in words, 0 to 1"),
        ("kind", TEXT, "kind of reuse of this passage"),
        ("confidence", SHARE, "probability that the kind is right, 0 to 1"),
        ("role", TEXT, "reuse, quoted, reference, base or furniture"),
        ("moved", FLAG, "whether it stands elsewhere in the order of the other text"),
        ("edits", pa.list_(EDIT), "op and spans, in the order of a"),
    ),
)
RELATIONS = Schema(
    "relations",
    "what a pair is",
    ("a", "b"),
    _columns(
        ("a", TEXT, "the smaller id"),
        ("b", TEXT, "the larger id"),
        ("kind", TEXT, ", ".join(KINDS)),
        ("extent", TEXT, "whole, excerpt or partial; null where kind is none", NULL),
        ("confidence", SHARE, "probability that the kind is right, 0 to 1"),
        ("coverage_a", SHARE, "share of a's words inside passages that count (by default, of role reuse), 0 to 1"),
        ("coverage_b", SHARE, "share of b's words inside passages that count (by default, of role reuse), 0 to 1"),
        (
            "evidence",
            pa.list_(FEATURE),
            "the figures that speak for the kind; left_out_…: what is shared and does not count",
        ),
    ),
)
FAMILIES = Schema(
    "families",
    "a member of a family",
    ("family", "doc"),
    _columns(
        ("family", TEXT, "smallest sha256 of its members, 16 hex digits"),
        ("doc", TEXT, "the member"),
        ("size", COUNT, "members of the family"),
        ("exact_of", TEXT, "the smallest id of those with the same text, white space aside", NULL),
        ("via", TEXT, "the member to which its strongest link goes", NULL),
        ("weight", SHARE, "strength of that link: share of the text that is reused more fully, 0 to 1", NULL),
        ("keeper", FLAG, "whether to keep it when one of each family is kept"),
        ("reason", TEXT, "why it is, or is not, the keeper"),
    ),
)
COLLATIONS = Schema(
    "collations",
    "a member of a family beside its other members, word by word",
    ("family", "doc"),
    _columns(
        ("family", TEXT, "the family"),
        ("doc", TEXT, "the member; one that shares too few words in one order with any other is not there"),
        ("text", COUNT, "1, 2, … by size: members of one number stand beside each other"),
        (
            "places",
            pa.list_(pa.int32()),
            "for each of its words the place that it shares with those of the others, from 1 in each text",
        ),
        ("moved", pa.list_(FLAG), "for each word whether it stands elsewhere in its own text than in the others"),
    ),
)
DIRECTIONS = Schema(
    "directions",
    "who copied whom",
    ("a", "b"),
    _columns(
        ("a", TEXT, "the smaller id"),
        ("b", TEXT, "the larger id"),
        ("verdict", TEXT, ", ".join(VERDICTS)),
        ("source", TEXT, "the text from which the other derives; set for verdict copy", NULL),
        ("copy", TEXT, "the deriving text; set for verdict copy", NULL),
        ("likelier", TEXT, "which of the two is likelier the source; null where nothing speaks for one", NULL),
        ("via_lost", SHARE, "0 to 1: that the source itself is not in the pile"),
        ("confidence", SHARE, "probability of the likelier direction, 0.5 to 1; of common_source, which has none, 0.5"),
        ("evidence", pa.list_(REASON), "reasons; points add up to the log-odds of confidence"),
    ),
)
STEMMA = Schema(
    "stemma",
    "a member, or a lost copy, of a family",
    ("family", "doc"),
    _columns(
        ("family", TEXT, "the family"),
        ("doc", TEXT, "the member; lost copies are lost:<family>/<n>"),
        ("parent", TEXT, "from which it derives; null at the root", NULL),
        ("role", TEXT, ", ".join(STEMMA_ROLES)),
        ("other_parents", pa.list_(TEXT), "further texts it draws on", NULL),
        ("confidence", SHARE, "probability of the edge to its parent, 0 to 1; at a root, of being it"),
    ),
)
READINGS = Schema(
    "readings",
    "what some members of a family read at a place",
    ("family", "text", "place", "reading"),
    _columns(
        ("family", TEXT, "the family"),
        ("text", COUNT, "which of its texts, as in collations"),
        ("place", COUNT, "1, 2, … in the order of the text"),
        ("words", COUNT, "places from this one on that are one row, since all read the same there"),
        ("reading", pa.large_string(), "the words, with the signs about them; empty for an omission"),
        ("docs", pa.list_(TEXT), "members that read so"),
        ("first_seen", TIME, "the earliest date of any of these, UTC", NULL),
        (
            "introduced_by",
            TEXT,
            "the document or lost copy in which it first stands; of several, that with most copies",
            NULL,
        ),
        ("times", COUNT, "how often it arose, by the tree; 0 where no tree tells"),
    ),
)
CHANGES = Schema(
    "changes",
    "one alteration from source to copy",
    ("source", "copy", "n"),
    _columns(
        ("source", TEXT, "the source; where direction is unknown, a"),
        ("copy", TEXT, "the copy; where direction is unknown, b"),
        ("n", COUNT, "1, 2, … in the order of the source"),
        ("type", TEXT, ", ".join(FACTUAL_TYPES + STYLE_TYPES)),
        ("before", pa.large_string(), "the source's words; empty for an addition, and both where a page hides text"),
        ("after", pa.large_string(), "the copy's words; empty for an omission"),
        ("source_start", SPAN, "code points into the source's text"),
        ("source_end", SPAN, "end, exclusive"),
        ("copy_start", SPAN, "code points into the copy's text"),
        ("copy_end", SPAN, "end, exclusive"),
        ("factual", FLAG, "whether it alters what is said"),
        ("severity", SHARE, "0 to 1, for sorting: grave from .7, notable from .4, else minor"),
        ("says", TEXT, "one sentence"),
        ("oriented", FLAG, "false: direction unknown, a stands for the source"),
        ("introduced_by", TEXT, "the document or lost copy in which it first stands", NULL),
        ("inherited", FLAG, "whether the copy took it over from its parent"),
        ("carried_by", COUNT, "documents that carry it"),
    ),
)
STATISTICS = Schema(
    "statistics",
    "a frozen fact about the collection",
    ("fact", "language", "word"),
    _columns(
        (
            "fact",
            TEXT,
            "documents, words, names, caseless, function_word, word_count, cap, form or site_line; of a background: "
            "counted_words, counted_word, counted_pair or counted_share",
        ),
        ("language", TEXT, "ISO 639-1 code; empty: of the whole collection"),
        (
            "word",
            TEXT,
            "the word, or the hash of the word, words or wording, that the fact is about; else empty",
        ),
        ("value", SHARE, "a count, a rank, a share, or 1 for on and 0 for off"),
    ),
)
SKIPPED = Schema(
    "skipped",
    "an input that was not read",
    ("uri", "reason"),
    _columns(
        ("uri", TEXT, "the file, or the row of a table"),
        ("reason", TEXT, "why"),
        ("mend", TEXT, "what to do about it"),
    ),
    unique=False,
)
NOTES = Schema(
    "notes",
    "what a cap or a rule cut",
    ("stage", "what"),
    _columns(("stage", TEXT, "the stage"), ("what", TEXT, "the rule"), ("count", pa.int64(), "how often")),
)
DECISIONS = Schema(
    "decisions",
    "a document, and whether it stays",
    ("doc",),
    _columns(
        ("doc", TEXT, "the document"),
        ("family", TEXT, "of those joined by relations that drop: smallest sha256 of its members, 16 hex digits", NULL),
        ("family_size", COUNT, "members of the family; 1 where it has none"),
        ("keep", FLAG, "whether it stays"),
        ("duplicate_of", TEXT, "the document that stays in its stead", NULL),
        ("kind", TEXT, "exact (the same text, white space aside), or the kind of the relation that drops it", NULL),
        ("coverage", SHARE, "share of its words that stand in the text it is dropped for, 0 to 1", NULL),
        ("reason", TEXT, "why it is dropped, or what of it is cut; null of a document that stays whole", NULL),
        (
            "spans",
            pa.list_(STRETCH),
            "stretches of its text that stand elsewhere: cut, or held by a protected text; with its id and place there",
            NULL,
        ),
    ),
)

MATCHES = Schema(
    "matches",
    "a document of a library that shares text with the one that was asked about",
    ("rank",),
    _columns(
        ("rank", COUNT, "1, 2, …: those that share most words first"),
        ("doc", TEXT, "the document"),
        (
            "stands",
            TEXT,
            "source (the text that was asked about derives from it), copy (it derives from that), or common_source, "
            "contained or unknown, as in directions",
        ),
        ("confidence", SHARE, "probability of the likelier direction, 0.5 to 1"),
        (
            "via_lost",
            SHARE,
            "0 to 1: that the one does not derive from the other itself, but through a text that is lost",
        ),
        ("kind", TEXT, "of the relation"),
        ("extent", TEXT, "whole, excerpt or partial"),
        ("coverage", SHARE, "share of the words of the text that was asked about that stand in it and count, 0 to 1"),
        ("coverage_doc", SHARE, "share of its words that stand in the text that was asked about and count, 0 to 1"),
    ),
)
WORDINGS = Schema(
    "wordings",
    "a wording of a claim that was followed",
    ("n",),
    _columns(
        ("n", COUNT, "1, 2, …: the earliest first, those without a date last"),
        ("family", TEXT, "the family whose members have it; null where no other was set beside it", NULL),
        ("wording", TEXT, "as it stands, white space aside; empty where it was left out"),
        ("docs", pa.list_(TEXT), "documents that have it"),
        ("first_seen", TIME, "the earliest date of any of these, UTC", NULL),
        ("introduced_by", TEXT, "the document or lost copy in which it first stands, by the tree", NULL),
    ),
)
QUERIES = Schema(
    "queries",
    "a search string that should find copies of a text elsewhere",
    ("rank",),
    _columns(
        ("rank", COUNT, "1, 2, …: those that should tell most first"),
        ("query", TEXT, "the string as it is pasted; what stands between double quotes is to be found as it stands"),
        ("made_of", TEXT, "quote, names, numbers or words, or several of them: names and numbers"),
        ("start", SPAN, "code points into the text: where what it is made of begins"),
        ("end", SPAN, "end, exclusive"),
        ("bits", SHARE, "how much it tells by the frequencies of its words: one text in 2 to so many"),
    ),
)
COVERAGE = Schema(
    "coverage",
    "what of a text stands in any of its matches, by role and kind",
    ("role", "kind"),
    _columns(
        ("role", TEXT, "reuse, quoted, reference, base or furniture; of a word that has several, the first of these"),
        ("kind", TEXT, "kind of the passage; of a word that stands in several, the closest"),
        ("words", COUNT, "so many words"),
        ("share", SHARE, "of all its words, 0 to 1"),
    ),
)

TABLES = (
    DOCUMENTS,
    FINGERPRINTS,
    PAIRS,
    ALIGNMENTS,
    RELATIONS,
    FAMILIES,
    COLLATIONS,
    DIRECTIONS,
    STEMMA,
    READINGS,
    CHANGES,
)
SIDE_TABLES = (STATISTICS, SKIPPED, NOTES)
DEDUP_TABLES = (DECISIONS,)  # no part of a trace
SHARD_TABLES = (PLACES, FILES)  # nor these
FOUND_TABLES = (MATCHES, COVERAGE, QUERIES, WORDINGS)
BY_NAME = {schema.name: schema for schema in TABLES + SIDE_TABLES}


def dated(documents: pa.Table) -> pa.ChunkedArray:
    """Return how old each document is, by the first of ``DATES`` that is known of it; null where none is."""
    return pc.coalesce(*(documents.column(name) for name in DATES))


_SIDE = {"skipped": b"stemmata.skipped", "notes": b"stemmata.notes"}


def remark(
    table: pa.Table,
    *,
    skipped: Sequence[Mapping[str, str]] = (),
    notes: Sequence[Mapping[str, object]] = (),
) -> pa.Table:
    """Return ``table`` with rows for the side tables travelling in its metadata.

    A stage returns one table; what it skipped or cut travels with it, and engines and the pipeline add it
    up. Rows that the table already carries are kept.

    Parameters
    ----------
    skipped : sequence of mappings
        Rows of ``SKIPPED``.
    notes : sequence of mappings
        Rows of ``NOTES``; rows with a count of 0 are left out.
    """
    metadata = dict(table.schema.metadata or {})
    for name, rows in (("skipped", skipped), ("notes", [n for n in notes if n["count"]])):
        if rows:
            metadata[_SIDE[name]] = json.dumps([*_travelling(table, name), *map(dict, rows)]).encode()
    return table.replace_schema_metadata(metadata or None)


def remarks(tables: Iterable[pa.Table], name: str) -> pa.Table:
    """Collect the ``skipped`` or ``notes`` rows that travel with ``tables``; counts of one rule are added."""
    rows = [row for table in tables for row in _travelling(table, name)]
    if name == "notes":
        counts: dict[tuple[str, str], int] = {}
        for row in rows:
            counts[row["stage"], row["what"]] = counts.get((row["stage"], row["what"]), 0) + row["count"]
        rows = [{"stage": stage, "what": what, "count": count} for (stage, what), count in counts.items()]
    return BY_NAME[name].table(rows) if rows else BY_NAME[name].empty()


def _travelling(table: pa.Table, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((table.schema.metadata or {}).get(_SIDE[name], b"[]"))
    return rows
