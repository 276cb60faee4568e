"""The stages as far as it takes to say which documents stay: among themselves, and against protected texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.alignments import align
from stemmata.directions import find_directions
from stemmata.engines import Engine
from stemmata.fingerprints import fingerprint
from stemmata.keepers import DROPPING, Found, KeepOptions, choose_keepers, order_documents, text_groups
from stemmata.pairs import find_pairs
from stemmata.pipeline import Clock, Options
from stemmata.preferences import ORIGINAL
from stemmata.protection import cross_pairs, find_held, in_order, same_texts, verified
from stemmata.readers.blanks import is_blank
from stemmata.relations import classify
from stemmata.repeats import cut_repeats
from stemmata.sharedruns import find_runs
from stemmata.statistics import collect_statistics


class Sieve:
    """What the stages need to know, and what they remarked.

    Parameters
    ----------
    rules : KeepOptions
        How much must be shared.
    options : Options
        Of the stages.
    engine : Engine
        Where they run.
    clock : Clock
        Told of each.
    made : mapping of str to pyarrow.Table, optional
        ``pairs`` of all documents, and perhaps ``statistics``, that were made before.
    """

    def __init__(
        self,
        rules: KeepOptions,
        options: Options,
        engine: Engine,
        clock: Clock,
        *,
        made: Mapping[str, pa.Table] | None = None,
    ) -> None:
        self.rules, self.options, self.engine, self.clock = rules, options, engine, clock
        self.made = made or {}
        self.remarked: list[pa.Table] = []

    def hold_back(self, documents: pa.Table, protected: pa.Table) -> pa.Table:
        """Return ``schemas.DECISIONS`` on the documents that hold text of a protected one."""
        prefix = "\x1f"
        while pc.any(pc.starts_with(documents["doc"], prefix)).as_py():
            prefix += "\x1f"
        inside = protected.set_column(0, "doc", pc.binary_join_element_wise(prefix, protected["doc"], ""))
        both = schemas.DOCUMENTS.check(pa.concat_tables([documents, inside.cast(documents.schema)]))
        groups = text_groups(both, self.engine)
        same = same_texts(both, groups, prefix)
        heads = _first_of(groups, pc.starts_with(both["doc"], prefix).to_numpy(zero_copy_only=False))
        looked_at = both.take(pa.array(heads))
        statistics = self._stage("statistics", collect_statistics, looked_at)
        every_view = replace(self.options.fingerprints, views=schemas.VIEWS)  # a question may be a few dozen words
        with self.clock.stage("fingerprints"):
            kept = fingerprint(looked_at, statistics, options=every_view, engine=self.engine)
        with self.clock.stage("pairs"):
            pairs = cross_pairs(kept, prefix)
            given = _uncopied(pairs)
            pairs = find_pairs(looked_at, kept.slice(0, 0), statistics, given=given, engine=self.engine)
            pairs = verified(pairs)
            pairs = _of_all(pairs, both, groups, prefix, same["doc"])
        alignments = self._stage("alignments", align, _of(both, pairs), pairs, statistics)
        with self.clock.stage("protected"):
            rest = documents.filter(pc.invert(pc.is_in(documents["doc"], same["doc"].combine_chunks())))
            runs = find_runs(rest, both.filter(pc.starts_with(both["doc"], prefix)), self.rules.ngram, self.engine)
        self.remarked.append(runs.slice(0, 0))
        held = find_held(both, alignments, runs, prefix, self.rules, self.engine)
        return schemas.DECISIONS.check(pa.concat_tables([same, held]))

    def choose(self, documents: pa.Table, columns: pa.Table | None, passages: bool) -> tuple[pa.Table, dict[str, str]]:
        """Return ``schemas.DECISIONS`` on all documents, and what is left of texts out of which passages are cut."""
        groups = text_groups(documents, self.engine)
        rank = order_documents(documents, columns, self.rules)
        heads = _heads(groups, rank)
        looked_at = documents.take(pa.array(np.sort(heads)))
        statistics = self.made.get("statistics")
        if statistics is None:
            statistics = self._stage("statistics", collect_statistics, looked_at)
        if "pairs" in self.made:
            pairs = _of_heads(self.made["pairs"], documents, groups, heads)
        else:
            kept = self._stage("fingerprints", fingerprint, looked_at, statistics)
            pairs = self._stage("pairs", find_pairs, looked_at, kept, statistics)
            del kept
        at_first = pairs if self.rules.prefer == ORIGINAL else pairs.slice(0, 0)  # only they tell the order
        alignments, relations, directions = self._related(looked_at, at_first, statistics)
        more = [alignments]

        def compare(given: pa.Table) -> Found:
            some = self._related(looked_at, _uncopied(given), statistics)
            more.append(some[0] if passages else some[0].slice(0, 0))
            return some[1:]

        decisions = choose_keepers(
            documents,
            relations,
            directions,
            pairs=pairs,
            columns=columns,
            groups=groups,
            compare=compare,
            options=self.rules,
            engine=self.engine,
        )
        if not passages:
            return decisions, {}
        with self.clock.stage("passages"):
            stay = documents.filter(decisions["keep"])
            rank = order_documents(stay, columns, self.rules, directions)
            cut = cut_repeats(stay, pa.concat_tables(more), rank, self.rules, self.engine)
        texts = dict(zip(cut["doc"].to_pylist(), cut["text"].to_pylist(), strict=True))
        return _with_cuts(decisions, cut), texts

    def _related(self, documents: pa.Table, pairs: pa.Table, statistics: pa.Table) -> tuple[pa.Table, ...]:
        """Return alignments, relations, and where sources are preferred the directions of pairs that may drop."""
        documents = _of(documents, pairs)
        alignments = self._stage("alignments", align, documents, pairs, statistics)
        relations = self._stage("relations", classify, documents, pairs, alignments, statistics=statistics)
        if self.rules.prefer != ORIGINAL:
            return alignments, relations, None
        copies = relations.filter(pc.is_in(relations["kind"], pa.array(DROPPING)))
        taken = _of(documents, copies), _uncopied(copies), alignments, copies, statistics
        return alignments, relations, self._stage("directions", find_directions, *taken)

    def _stage(self, name: str, function: Callable[..., pa.Table], *taken: pa.Table, **more: Any) -> pa.Table:
        with self.clock.stage(name):
            found = function(*taken, options=getattr(self.options, name), engine=self.engine, **more)
        self.remarked.append(found.slice(0, 0))
        return found


def all_stay(documents: pa.Table) -> pa.Table:
    """Return ``schemas.DECISIONS`` that let every document stay."""
    size = pa.array(np.ones(documents.num_rows, np.int32))
    keep = pa.array(np.ones(documents.num_rows, bool))
    return schemas.DECISIONS.check(pa.table([documents["doc"], size, keep], ["doc", "family_size", "keep"]))


def _heads(groups: NDArray[np.int64], rank: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the row that stands first by ``rank`` in each group."""
    order = np.argsort(rank)
    _, at = np.unique(groups[order], return_index=True)
    return order[at]


def _of_heads(pairs: pa.Table, documents: pa.Table, groups: NDArray[np.int64], heads: NDArray[np.int64]) -> pa.Table:
    """Return the pairs of some documents, each document by the one that stands first of its group.

    ``find_pairs`` has compared the earliest dated of equal texts, and here another may be preferred.
    """
    docs = documents["doc"].combine_chunks()
    one, other = (pc.fill_null(pc.index_in(pairs[side], docs), -1).to_numpy() for side in ("a", "b"))
    there = (one >= 0) & (other >= 0)
    one, other = heads[groups[one[there]]], heads[groups[other[there]]]
    unlike = one != other
    found = in_order(*(pa.chunked_array([docs.take(pa.array(rows[unlike]))]) for rows in (one, other)))
    return _uncopied(found.group_by(["a", "b"], use_threads=False).aggregate([]))


def _first_of(groups: NDArray[np.int64], side: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the first row of each group on each side, ascending."""
    _, at = np.unique(groups * 2 + side, return_index=True)
    return np.sort(at)


def _of(documents: pa.Table, pairs: pa.Table) -> pa.Table:
    """Return the documents that stand in pairs."""
    sides = pa.chunked_array([*pairs["a"].chunks, *pairs["b"].chunks], pa.string())
    return documents.filter(pc.is_in(documents["doc"], sides.combine_chunks()))


def _uncopied(pairs: pa.Table) -> pa.Table:
    return pairs.select(["a", "b"]).append_column("copy", pa.nulls(pairs.num_rows, pa.string()))


def _of_all(
    pairs: pa.Table, both: pa.Table, groups: NDArray[np.int64], prefix: str, known: pa.ChunkedArray
) -> pa.Table:
    """Return the pairs also of all documents with the same text; but of those that are known already."""
    theirs = pc.starts_with(pairs["a"], prefix)
    mine, text = pc.if_else(theirs, pairs["b"], pairs["a"]), pc.if_else(theirs, pairs["a"], pairs["b"])
    docs = both["doc"].combine_chunks()
    met = pa.table([pa.array(groups[pc.index_in(mine, docs).to_numpy()]), text], ["group", "text"])
    free = pc.invert(pc.or_(pc.starts_with(docs, prefix), pc.is_in(docs, known.combine_chunks())))
    members = pa.table([pa.array(groups), docs], ["group", "doc"]).filter(free)
    every = met.join(members, "group", join_type="inner", use_threads=False)
    return _uncopied(in_order(every["doc"], every["text"]))


def _with_cuts(decisions: pa.Table, cut: pa.Table) -> pa.Table:
    """Return the decisions with what was cut; where that is all of a text, it goes."""
    place = pc.index_in(decisions["doc"], cut["doc"].combine_chunks())
    spans = cut["spans"].combine_chunks()
    words = pa.array([sum(one["words"] for one in some) for some in spans.to_pylist()], pa.int64())
    count = pc.list_value_length(spans).cast(pa.string())
    nothing = is_blank(cut["text"]).combine_chunks()
    first = pa.array([some[0]["doc"] for some in spans.to_pylist()], pa.string())
    passages = pc.if_else(pc.equal(count, "1"), " passage that stands", " passages that stand")
    told = pc.if_else(nothing, " elsewhere: nothing is left", " in documents that are preferred, cut")
    said = pc.binary_join_element_wise(words.cast(pa.string()), " words in ", count, "")
    said = pc.binary_join_element_wise(said, passages, told, "")
    gone = pc.fill_null(nothing.take(place), False)
    columns = {
        "keep": pc.and_(decisions["keep"], pc.invert(gone)),
        "duplicate_of": pc.if_else(gone, first.take(place), decisions["duplicate_of"]),
        "reason": pc.coalesce(decisions["reason"], said.take(place)),
        "spans": spans.take(place),
    }
    kept = decisions.drop_columns([*columns])
    return schemas.DECISIONS.check(pa.table({**dict(zip(kept.column_names, kept.columns, strict=True)), **columns}))
