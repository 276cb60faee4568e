"""Which members of a family are witnesses of one text, and where their words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.collating.collation import Collation
from stemmata.collating.places import Places, align_witnesses
from stemmata.collating.reading import read_collation
from stemmata.collating.spelling import read_spelling
from stemmata.engines import Engine, sort_rows
from stemmata.errors import SchemaError
from stemmata.kernels.components import components
from stemmata.tokens import read_words

LINEAR = ("verbatim", "edited", "spun")  # kinds that leave most words, or what stands for them, in one order
LEAST_COVERAGE = 0.5  # share of the shorter of two texts that is reused where they are witnesses of one text
MOST_WORDS = 20_000_000  # of all witnesses of a text
MOST_CELLS = 50_000_000  # witnesses times places: each takes some 60 bytes where a tree is drawn
TOO_LARGE = "texts that are too large to be set beside each other word by word"
MEMBERS = pa.schema([("family", pa.string()), ("doc", pa.string()), ("group", pa.string())])


def collate_members(
    documents: pa.Table, relations: pa.Table, families: pa.Table, engine: Engine, least: float, most: int, cells: int
) -> pa.Table:
    """Return ``schemas.COLLATIONS`` of all families.

    Parameters
    ----------
    documents, relations, families : pyarrow.Table
        As their stages leave them: ``doc`` and ``text``; the kind of each pair and what it covers; ``exact_of``.
    least : float
        Share of the shorter of two texts that must be reused for them to be witnesses of one text.
    most : int
        Words of all witnesses of one text.
    cells : int
        Witnesses of one text times its places.
    """
    members = _members(relations, families, least)
    texts = documents.filter(pc.is_in(documents["doc"], members["doc"].combine_chunks()))
    witnesses = engine.cogroup(_with_text, members, texts, "doc", "doc")
    witnesses = sort_rows(witnesses, ("family", "group", "doc"), engine)
    whole = witnesses.select(["family"]).slice(0, 0)  # a family's witnesses are worked on in one call
    found = engine.cogroup(_collate_part, witnesses, whole, "family", "family", most, cells)
    return schemas.COLLATIONS.check(sort_rows(found, schemas.COLLATIONS.key, engine))


def collation_of(witnesses: pa.Table) -> Collation:
    """Return the collation of some rows of ``schemas.COLLATIONS``, all of one text.

    Parameters
    ----------
    witnesses : pyarrow.Table
        With a further column ``body``, the text of each.
    """
    tokens = read_words(witnesses["body"])
    listed = (witnesses[name].combine_chunks() for name in ("places", "moved"))
    placed, moved = ([row.values.to_numpy(zero_copy_only=False) for row in column] for column in listed)
    for row, own in enumerate(placed):
        if len(own) != len(tokens[row]):
            raise SchemaError(
                f"{witnesses['doc'][row].as_py()!r} has {len(tokens[row]):,} words, and {len(own):,} places.",
                where="table 'collations', columns doc and places",
                mend="collate the documents as they are (collate).",
            )
    place = tuple(own.astype(np.int32) - 1 for own in placed)
    turned = tuple(np.where(apart, own + 1, 0).astype(np.int32) for own, apart in zip(place, moved, strict=True))
    count = 1 + max((int(own.max()) for own in place if len(own)), default=-1)
    docs, texts = witnesses["doc"].to_pylist(), witnesses["body"].to_pylist()
    return read_collation(docs, texts, tokens, Places(place, turned, count))


def _members(relations: pa.Table, families: pa.Table, least: float) -> pa.Table:
    """Return the members that are witnesses of one text with others; a group is called by the first of them."""
    docs = families["doc"].combine_chunks()
    names = docs.to_pylist()
    held = pc.max_element_wise(relations["coverage_a"], relations["coverage_b"])
    linear = pc.is_in(relations["kind"], pa.array(LINEAR))
    some = relations.filter(pc.and_(linear, pc.greater_equal(held, least)))
    a, b = (pc.index_in(some[side], docs).combine_chunks() for side in ("a", "b"))
    inside = pc.and_(a.is_valid(), b.is_valid())
    a, b = (side.filter(inside).to_numpy().astype(np.int64) for side in (a, b))
    twin = pc.index_in(families["exact_of"], docs).combine_chunks()
    own = np.flatnonzero(twin.is_valid().to_numpy(zero_copy_only=False))
    a, b = np.concatenate([a, own]), np.concatenate([b, twin.drop_null().to_numpy().astype(np.int64)])
    family = families["family"].combine_chunks().dictionary_encode().indices.to_numpy()
    within = family[a] == family[b]
    roots = components(len(names), a[within], b[within])
    size = np.bincount(roots, minlength=len(names))
    first: dict[int, str] = {}
    groups = [first.setdefault(int(root), name) for root, name in zip(roots, names, strict=True)]
    table = pa.table([families["family"], docs, pa.array(groups, pa.string())], schema=MEMBERS)
    return table.filter(pa.array(size[roots] > 1))


def _with_text(members: pa.Table, texts: pa.Table) -> pa.Table:
    at = pc.index_in(members["doc"], texts["doc"].combine_chunks())
    return members.append_column("text", texts["text"].take(at.combine_chunks()))


def _collate_part(witnesses: pa.Table, whole: pa.Table, most: int, cells: int) -> pa.Table:  # noqa: ARG001
    """Collate the texts of some families; the rows of each group stand together."""
    rows: list[dict[str, Any]] = []
    left = 0
    families: dict[str, list[pa.Table]] = defaultdict(list)
    for family, _, own in each_text(witnesses, "group"):
        families[family].append(own)
    for family, groups in families.items():
        number = 0
        for some in sorted(groups, key=lambda some: (-some.num_rows, some["doc"][0].as_py())):
            tokens = read_words(some["text"])
            words = [tokens[row].word for row in range(len(tokens))]
            if sum(map(len, words)) > most:
                left += 1
                continue
            places = align_witnesses(words, read_spelling(some["text"].to_pylist(), tokens))
            if len(words) * places.count > cells:
                left += 1
                continue
            number += 1
            for doc, place, moved in zip(some["doc"].to_pylist(), places.place, places.moved, strict=True):
                told = {"text": number, "places": place + 1, "moved": moved > 0}
                rows.append({"family": family, "doc": doc} | told)
    notes = [{"stage": "collations", "what": TOO_LARGE, "count": left}]
    return schemas.remark(schemas.COLLATIONS.table(rows), notes=notes)


def each_text(witnesses: pa.Table, group: str = "text") -> Iterator[tuple[str, Any, pa.Table]]:
    """Yield the witnesses of each text of each family, which stand together: the family, the group, and its rows."""
    keys = list(zip(witnesses["family"].to_pylist(), witnesses[group].to_pylist(), strict=True))
    edges = [row for row in range(len(keys)) if not row or keys[row] != keys[row - 1]]
    for start, end in pairwise([*edges, len(keys)]):
        yield *keys[start], witnesses.slice(start, end - start)
