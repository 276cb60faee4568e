"""Which documents stay, and for which of them each of the others goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import OptionError, check_option
from stemmata.kernels import keepers as kernels
from stemmata.kernels.components import components
from stemmata.preferences import ORIGINAL, Criterion, explain, order_rows, order_sources, read_criteria, read_preference
from stemmata.sides import known_documents
from stemmata.twins import first_alike

DROPPING = ("verbatim", "edited", "spun")  # kinds; what is retold or fills a form anew is a text of its own
Found = tuple[pa.Table, pa.Table | None]  # relations, directions


@dataclass(frozen=True, kw_only=True)
class KeepOptions:
    """Which documents stay.

    Parameters
    ----------
    prefer : str
        ``"longest"``; ``"original"``: a source before its copies; or columns of the table, in order of weight, such as
        ``"quality desc, length desc"``, where ``length`` is that of the text in characters, white space aside.
    coverage : float
        Share of a document's words that must stand in another for it to be dropped, 0 to 1.
    held : int
        Words that a document must share with a protected text to be dropped, 1 to 1,000,000; ``coverage`` of the
        shorter of the two texts if that is less.
    ngram : int
        Words in a row that suffice, if they stand in a protected text, 8 to 1,000,000; of a text of fewer, from 8, all.
    cut : int
        Words that a repeated passage must have to be cut, 5 to 1,000,000.

    Raises
    ------
    OptionError
        An option is out of its range, or ``prefer`` names no order.
    """

    prefer: str = "longest"
    coverage: float = 0.8
    held: int = 20
    ngram: int = 13
    cut: int = 30

    def __post_init__(self) -> None:
        check_option(self, "coverage", 0, 1)
        check_option(self, "held", 1, 1_000_000)
        check_option(self, "ngram", 8, 1_000_000)
        check_option(self, "cut", 5, 1_000_000)
        if not isinstance(self.prefer, str):
            raise OptionError(
                f"prefer must be text, and is {self.prefer!r}.", where="option prefer", mend="say 'longest'."
            )
        read_preference(self.prefer)


def choose_keepers(
    documents: pa.Table,
    relations: pa.Table,
    directions: pa.Table | None = None,
    *,
    pairs: pa.Table | None = None,
    columns: pa.Table | None = None,
    groups: NDArray[np.int64] | None = None,
    compare: Callable[[pa.Table], Found] | None = None,
    options: KeepOptions = KeepOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Choose the documents that stay.

    A document may go for another if ``coverage`` of its words stand in that, as a copy word for word, edited or spun,
    or if its text is the same, white space aside. In order of preference each document stays, unless it may go for one
    that stays already; of several, for the most preferred.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``; ``doc``, ``text``, ``sha256`` and dates are used.
    relations : pyarrow.Table
        ``schemas.RELATIONS`` that are known already. Of documents with one text, one is enough.
    directions : pyarrow.Table, optional
        ``schemas.DIRECTIONS``, for ``prefer="original"``.
    pairs : pyarrow.Table, optional
        ``schemas.PAIRS`` that are not in ``relations``: they are compared only as far as it takes to choose. Of many
        copies of one text each is then compared with the one that stays.
    columns : pyarrow.Table, optional
        The columns that ``prefer`` names, with ``doc``.
    groups : int64 array, optional
        As :func:`text_groups` returns them for these documents, where they are known.
    compare : callable, optional
        Gives the relations, and directions, of a table of pairs ``a``, ``b``. In large families not all pairs were
        looked at: a document that may go only for such as have gone is compared with those that stayed in their stead.

    Returns
    -------
    pyarrow.Table
        ``schemas.DECISIONS``; ``spans`` are null.

    Raises
    ------
    OptionError
        A column that ``prefer`` names is not there, or has no order.
    """
    engine = engine or LocalEngine()
    documents = schemas.DOCUMENTS.only("doc", "text", "sha256", *schemas.DATES).check(documents)
    known_documents(documents, relations, "relations")
    criteria = read_criteria(documents, columns, options.prefer)
    groups = text_groups(documents, engine) if groups is None else groups
    pile = _Pile.of(documents, order_rows(criteria), groups)
    links = _links(pile, relations, options)
    near = _both_ways(pile, pairs)
    while True:
        links = links.ordered(pile, directions if options.prefer == ORIGINAL else None)
        keeper = links.keepers()
        unseen = links.unseen(keeper, near) if compare else near[:0]
        if compare is None or not len(unseen):
            break
        docs = documents.column("doc").take(pa.array(pile.head[unseen].reshape(-1))).to_numpy(zero_copy_only=False)
        a, b = np.sort(docs.reshape(-1, 2).astype(object), axis=1).T
        more, told = compare(pa.table([pa.array(a, pa.string()), pa.array(b, pa.string())], ["a", "b"]))
        links = links.joined(_links(pile, more, options))
        if directions is not None and told is not None:
            directions = pa.concat_tables([directions, told])
    return _decisions(documents, pile, links, keeper, criteria, directions, options)


def order_documents(
    documents: pa.Table, columns: pa.Table | None, options: KeepOptions, directions: pa.Table | None = None
) -> NDArray[np.int64]:
    """Return the place of each document in the order of preference, from 0; by directions, sources before copies."""
    rank = order_rows(read_criteria(documents, columns, options.prefer))
    if directions is None:
        return rank
    return order_sources(rank, *_sources(_Pile.of(documents, rank, np.arange(documents.num_rows)), directions))


def text_groups(documents: pa.Table, engine: Engine) -> NDArray[np.int64]:
    """Return a number for each document, from 0, the same for those with the same text, white space aside."""
    groups: NDArray[np.int64] = np.unique(first_alike(documents, engine, least=0), return_inverse=True)[1]
    return groups


class _Pile(NamedTuple):
    """Documents by row and texts by node: several rows may hold one text.

    ``docs`` are ids by row; ``node`` of each row; ``rank`` of each row in the order of preference; ``head`` the most
    preferred row of each node.
    """

    docs: pa.Array
    node: NDArray[np.int64]
    rank: NDArray[np.int64]
    head: NDArray[np.int64]

    @classmethod
    def of(cls, documents: pa.Table, rank: NDArray[np.int64], node: NDArray[np.int64]) -> _Pile:
        order = np.argsort(rank)
        nodes, at = np.unique(node[order], return_index=True)
        head = np.zeros(len(nodes), np.int64)
        head[nodes] = order[at]
        return cls(documents.column("doc").combine_chunks(), node, rank, head)

    def nodes(self, docs: pa.ChunkedArray) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.node[pc.index_in(docs, self.docs).to_numpy()]
        return found


class _Links(NamedTuple):
    """What may go for what: nodes, with the coverage and the kind; pairs seen; and the order of the nodes."""

    node: NDArray[np.int64]
    other: NDArray[np.int64]
    coverage: NDArray[np.float64]
    kind: NDArray[np.int64]
    seen: NDArray[np.int64]
    rank: NDArray[np.int64]

    def ordered(self, pile: _Pile, directions: pa.Table | None) -> _Links:
        """Return the links with the order of the nodes, in which sources stand before copies that may go for them."""
        rank = np.empty(len(pile.head), np.int64)
        rank[np.argsort(pile.rank[pile.head])] = np.arange(len(rank))
        if directions is not None:
            source, copy = _sources(pile, directions)
            size = len(rank)
            mine = np.isin(
                source * size + copy, np.concatenate([self.node * size + self.other, self.other * size + self.node])
            )
            rank = order_sources(rank, source[mine], copy[mine])
        return self._replace(rank=rank)

    def keepers(self) -> NDArray[np.int64]:
        """Return for each node the one that stays in its stead; itself if it stays."""
        size = len(self.rank)
        at, target = self.rank[self.node], self.rank[self.other]
        order = np.argsort(at, kind="stable")
        first = np.searchsorted(at[order], np.arange(size + 1)).astype(np.int64)
        keeper = kernels.choose_keepers(first, target[order])
        nodes = np.argsort(self.rank)
        found: NDArray[np.int64] = nodes[keeper][self.rank]
        return found

    def unseen(self, keeper: NDArray[np.int64], near: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return pairs to compare: each node that stays, with the most preferred that it might go for.

        Two that stay might be copies where what goes for them, or they themselves, are near each other and were not
        compared, or may go for each other. Where the other one is itself to be compared with a third in this round,
        and so on, the last of them is asked first: it may do for all, and so the pairs grow no faster than the family.
        """
        size = len(keeper)
        node, other = np.concatenate([self.node, near[:, 0]]), np.concatenate([self.other, near[:, 1]])
        linked = np.arange(len(node)) < len(self.node)
        seen = np.isin(_keys(node, other, size), self.seen)
        node, stead = keeper[node], keeper[other]
        waits = (self.rank[stead] < self.rank[node]) & (linked | ~seen)
        waits &= ~np.isin(_keys(node, stead, size), self.seen)
        order = np.flatnonzero(waits)[np.lexsort((~linked[waits], self.rank[stead[waits]], node[waits]))]
        some, first = np.unique(node[order], return_index=True)
        next_one, last = stead[order[first]], np.arange(size)
        follows = linked[order[first]]
        last[some[follows]] = next_one[follows]
        while not np.array_equal(last, last[last]):
            last = last[last]
        keys = np.unique(_keys(some, np.where(follows, last[some], next_one), size))
        keys = keys[~np.isin(keys, self.seen)]  # else it waits until the one between is settled
        return np.column_stack([keys // size, keys % size])

    def joined(self, more: _Links) -> _Links:
        """Return both."""
        return _Links(
            np.concatenate([self.node, more.node]),
            np.concatenate([self.other, more.other]),
            np.concatenate([self.coverage, more.coverage]),
            np.concatenate([self.kind, more.kind]),
            np.concatenate([self.seen, more.seen]),
            self.rank,
        )


def _links(pile: _Pile, relations: pa.Table, options: KeepOptions) -> _Links:
    size = len(pile.head)
    a, b = (pile.nodes(relations.column(side)) for side in ("a", "b"))
    kind = pc.index_in(relations.column("kind"), pa.array(schemas.KINDS)).to_numpy().astype(np.int64)
    drops = np.isin(kind, [schemas.KINDS.index(one) for one in DROPPING]) & (a != b)
    shares = [relations.column(f"coverage_{side}").to_numpy() for side in ("a", "b")]
    from_a, from_b = (np.flatnonzero(drops & (share >= options.coverage)) for share in shares)
    return _Links(
        np.concatenate([a[from_a], b[from_b]]),
        np.concatenate([b[from_a], a[from_b]]),
        np.concatenate([shares[0][from_a], shares[1][from_b]]),
        np.concatenate([kind[from_a], kind[from_b]]),
        _keys(a, b, size),
        np.zeros(0, np.int64),
    )


def _keys(one: NDArray[np.int64], other: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return a number for each pair, the same whichever comes first."""
    return np.minimum(one, other) * size + np.maximum(one, other)


def _both_ways(pile: _Pile, pairs: pa.Table | None) -> NDArray[np.int64]:
    """Return pairs as nodes, once from each side."""
    if pairs is None:
        return np.zeros((0, 2), np.int64)
    one, other = (pile.nodes(pairs.column(side)) for side in ("a", "b"))
    return np.concatenate([np.column_stack([one, other]), np.column_stack([other, one])])


def _sources(pile: _Pile, directions: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    told = directions.filter(pc.equal(directions.column("verdict"), "copy"))
    there = pc.and_(*(pc.is_in(told.column(side), pile.docs) for side in ("source", "copy")))
    source, copy = (pile.nodes(told.column(side).filter(there)) for side in ("source", "copy"))
    return source[source != copy], copy[source != copy]


def _decisions(
    documents: pa.Table,
    pile: _Pile,
    links: _Links,
    keeper: NDArray[np.int64],
    criteria: Sequence[tuple[Criterion, pa.Array]],
    directions: pa.Table | None,
    options: KeepOptions,
) -> pa.Table:
    rows = np.arange(len(pile.node))
    stead = pile.head[keeper[pile.node]]  # the row that stays
    keep = stead == rows
    exact = ~keep & (keeper[pile.node] == pile.node)
    share, kind = _strongest(links, keeper)
    kinds = pa.array([*schemas.KINDS, "exact"]).take(pa.array(np.where(exact, len(schemas.KINDS), kind[pile.node])))
    coverage = np.where(exact, 1.0, share[pile.node])
    why = explain(criteria, rows, stead)
    if options.prefer == ORIGINAL:
        why = _told_sources(pile, rows, stead, why, directions)
    duplicate_of = pile.docs.take(pa.array(stead))
    percent = pa.array(np.minimum(np.floor(100 * coverage + 0.5), np.where(coverage < 1, 99, 100)).astype(np.int64))
    near = pc.binary_join_element_wise(
        percent.cast(pa.string()), "% of its words stand in ", duplicate_of, " (", kinds, "), ", why, ""
    )
    same = pc.binary_join_element_wise("the same text as ", duplicate_of, ", ", why, "")
    family, size = _families(documents, pile, links)
    gone = pa.array(~keep)
    return schemas.DECISIONS.check(
        pa.table(
            {
                "doc": pile.docs,
                "family": family,
                "family_size": size,
                "keep": pa.array(keep),
                "duplicate_of": pc.if_else(gone, duplicate_of, None),
                "kind": pc.if_else(gone, kinds, None),
                "coverage": pc.if_else(gone, pa.array(coverage), None),
                "reason": pc.if_else(gone, pc.if_else(pa.array(exact), same, near), None),
            }
        )
    )


def _strongest(links: _Links, keeper: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the coverage and the kind of the link from each node that goes to the one that stays in its stead."""
    share, kind = np.zeros(len(keeper)), np.zeros(len(keeper), np.int64)
    used = np.flatnonzero(keeper[links.node] == links.other)
    order = used[np.lexsort((links.kind[used], links.coverage[used]))]  # the largest is written last
    share[links.node[order]], kind[links.node[order]] = links.coverage[order], links.kind[order]
    return share, kind


def _families(documents: pa.Table, pile: _Pile, links: _Links) -> tuple[pa.Array, pa.Array]:
    """Return for each document what its family is called, null where it is alone, and how many are in it."""
    root = components(len(pile.head), links.node, links.other)[pile.node]
    sizes = np.bincount(root, minlength=len(pile.head))[root]
    by_digest = pc.sort_indices(documents.column("sha256")).to_numpy()
    roots, at = np.unique(root[by_digest], return_index=True)
    smallest = np.zeros(len(pile.head), np.int64)
    smallest[roots] = by_digest[at]
    digests = documents.column("sha256").combine_chunks().take(pa.array(smallest[root]))
    names = pc.if_else(pa.array(sizes > 1), pc.utf8_slice_codeunits(digests, 0, 16), None)
    return names, pa.array(sizes.astype(np.int32))


def _told_sources(
    pile: _Pile, rows: NDArray[np.int64], stead: NDArray[np.int64], why: pa.Array, directions: pa.Table | None
) -> pa.Array:
    """Say of what goes for its source that it does, and of the rest that the texts do not tell."""
    size = len(pile.head)
    source, copy = _sources(pile, directions) if directions is not None else (np.zeros(0, np.int64),) * 2
    told = np.isin(pile.node[stead] * size + pile.node[rows], source * size + copy)
    untold = pc.binary_join_element_wise(why, "; which came first the texts do not tell", "")
    return pc.if_else(pa.array(told), "which is its source", untold)
