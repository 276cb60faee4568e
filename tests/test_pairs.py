"""Fingerprints and pairs: what stands for a document, and which documents are worth aligning."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from stemmata import schemas
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError, SchemaError
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import PairOptions, find_pairs
from stemmata.statistics import collect_statistics
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.texts import pseudo_text

SAMPLED = FingerprintOptions(sample_from=0)
ALL_VIEWS = FingerprintOptions(views=schemas.VIEWS, sample_from=0)
TIDE = "Высокая вода пришла ночью, и лодки у старого причала поднялись вровень с мостками рыбного рынка. "


def table(**texts: str) -> pa.Table:
    """Documents by id."""
    return schemas.DOCUMENTS.table(
        {"doc": doc, "text": text, "language": "en", "sha256": f"{number:064x}"}
        for number, (doc, text) in enumerate(texts.items())
    )


def long_text(seed: int, words: int) -> str:
    """Words that follow no language, with the commonest English ones among them."""
    made = [root + end for root in ("salt", "reed", "mire", "dune") for end in "aeioubdfg"]
    return pseudo_text(random.Random(seed), [*made, "the", "of", "and", "in", "was", "that", "with", "for"], words)


def kept_hashes(documents: pa.Table, view: str, options: FingerprintOptions) -> dict[str, list[int]]:
    """The kept k-grams of one view, ascending, by document; one that stands twice is there twice."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in fingerprint(documents, options=options).to_pylist():
        if row["view"] == view:
            found[row["doc"]].append(row["hash"])
    return {doc: sorted(values) for doc, values in found.items()}


def hashes(documents: pa.Table, view: str, options: FingerprintOptions) -> dict[str, set[int]]:
    return {doc: set(values) for doc, values in kept_hashes(documents, view, options).items()}


def pairs(documents: pa.Table, **more: Any) -> list[dict[str, Any]]:
    return list(find_pairs(documents, fingerprint(documents), **more).to_pylist())


# --- fingerprints


def test_a_small_collection_keeps_every_k_gram() -> None:
    """Of n words there are n - 4 runs of five; the place of each is that of its first word."""
    rows = fingerprint(table(a=TIDE, b="Four words, no more.")).to_pylist()
    surface = [row["position"] for row in rows if row["view"] == "surface"]
    assert surface == list(range(len(TIDE.split()) - 4))
    assert {row["doc"] for row in rows} == {"a"}


def test_a_collection_is_sampled_from_the_size_that_is_set() -> None:
    documents = table(a=long_text(1, 2_000), b=long_text(2, 2_000))
    whole = fingerprint(documents).num_rows
    assert fingerprint(documents, options=FingerprintOptions(sample_from=3)).num_rows == whole
    assert fingerprint(documents, options=FingerprintOptions(sample_from=2)).num_rows < whole / 2


@pytest.mark.parametrize("rate", [4, 16])
def test_one_k_gram_in_so_many_is_kept_by_its_hash_alone(rate: int) -> None:
    documents = table(a=long_text(1, 4_000))
    whole = hashes(documents, "surface", FingerprintOptions())["a"]
    kept = hashes(documents, "surface", FingerprintOptions(sample_from=0, surface_rate=rate))["a"]
    assert kept == {value for value in whole if value < 2**64 // rate}
    assert 0.7 < len(kept) * rate / len(whole) < 1.3


def test_a_hash_that_one_document_keeps_every_document_keeps() -> None:
    shared = long_text(3, 600)
    documents = table(a=long_text(1, 300) + ". " + shared, b=shared + ". " + long_text(2, 500))
    whole = hashes(documents, "surface", FingerprintOptions())
    kept = hashes(documents, "surface", SAMPLED)
    assert kept["a"] & whole["b"] == kept["b"] & whole["a"] != set()


def test_a_short_text_keeps_its_whole_skeleton_and_a_long_one_at_least_the_floor() -> None:
    documents = table(long=long_text(1, 900), short=long_text(2, 60))
    whole = kept_hashes(documents, "skeleton", FingerprintOptions())
    kept = kept_hashes(documents, "skeleton", FingerprintOptions(sample_from=0, skeleton_rate=1_000))
    assert kept["short"] == whole["short"] != []
    assert len(kept["long"]) == 64 < len(whole["long"])
    assert kept["long"] == whole["long"][:64]


def test_every_run_of_eight_equal_words_shares_a_k_gram_of_the_quotation_view() -> None:
    """Whatever stands around it, and however far into a text it is; most k-grams are not kept."""
    run = "nobody had rowed beyond the outer reef since"
    texts = {f"d{n}": f"{long_text(n, 40 + n)} {run} {long_text(100 + n, 30)}" for n in range(12)}
    kept = hashes(table(**texts), "quotation", ALL_VIEWS)
    whole = hashes(table(**texts), "surface", FingerprintOptions())
    assert len(run.split()) == 8
    alone = hashes(table(run=run), "quotation", ALL_VIEWS)["run"]
    assert len(alone) == 1
    assert all(alone <= held for held in kept.values())
    assert all(len(kept[doc]) < len(whole[doc]) * 0.7 for doc in texts)


# --- pairs


def test_a_spun_copy_and_an_excerpt_are_found_among_strangers_and_no_strangers() -> None:
    excerpt = FERRY[len(FERRY) // 3 : len(FERRY) // 3 + 500]
    strangers = {f"s{n}": long_text(n, 200) for n in range(6)}
    found = pairs(table(ferry=FERRY, spun=FERRY_SPUN, excerpt=excerpt, orchard=ORCHARD, tide=TIDE, **strangers))
    keys = {(row["a"], row["b"]) for row in found}
    assert {("ferry", "spun"), ("excerpt", "ferry")} <= keys
    assert {doc for key in keys for doc in key if doc[0] != "s" or doc == "spun"} == {"ferry", "spun", "excerpt"}
    part = next(row for row in found if (row["a"], row["b"]) == ("excerpt", "ferry"))
    assert part["containment_a"] > 0.9 > part["containment_b"]


@pytest.mark.parametrize("turned", [str.lower, str.upper])
def test_a_spun_copy_without_capitals_is_found_among_texts_that_have_them(turned: Callable[[str], str]) -> None:
    """Its names are no names any more; in a collection with such texts all are looked up without their names, too."""
    strangers = {f"s{n}": long_text(n, 200) for n in range(6)}
    documents = table(ferry=FERRY, spun=turned(FERRY_SPUN), orchard=ORCHARD, **strangers)
    statistics = collect_statistics(documents)
    mixed = fingerprint(documents, statistics, options=SAMPLED)
    assert ("ferry", "spun") in {(row["a"], row["b"]) for row in find_pairs(documents, mixed, statistics).to_pylist()}
    plain = fingerprint(documents, options=SAMPLED)
    assert plain.num_rows < mixed.num_rows
    cased = table(ferry=FERRY, spun=FERRY_SPUN, orchard=ORCHARD)
    facts = collect_statistics(cased)
    assert "caseless" not in facts.column("fact").to_pylist()
    assert fingerprint(cased, facts, options=SAMPLED).equals(fingerprint(cased, options=SAMPLED))


def test_of_a_large_family_nearly_every_copy_is_paired_with_its_own_source() -> None:
    """Copies of copies, a few words replaced and now and then a sentence left out, sampled, without any date."""
    draw = random.Random(5)
    texts = [". ".join(long_text(n, 12) for n in range(30))]
    sources: dict[int, int] = {}
    for copy in range(1, 400):
        sources[copy] = draw.randrange(copy)
        sentences = texts[sources[copy]].split(". ")
        if len(sentences) > 20 and draw.random() < 0.5:
            sentences.pop(draw.randrange(len(sentences)))
        words = ". ".join(sentences).split(" ")
        for _ in range(5):
            words[draw.randrange(len(words))] = draw.choice(("brine", "gulls", "oakum", "keel")) + str(copy)
        texts.append(" ".join(words))
    names = [f"f{number:03d}" for number in draw.sample(range(1_000), len(texts))]
    strangers = {f"s{n}": long_text(1_000 + n, 300) for n in range(100)}
    documents = table(**dict(zip(names, texts, strict=True)), **strangers)
    found = find_pairs(documents, fingerprint(documents, options=SAMPLED))
    pairs = set(zip(found.column("a").to_pylist(), found.column("b").to_pylist(), strict=True))
    edges = {tuple(sorted((names[copy], names[source]))) for copy, source in sources.items()}
    assert len(edges & pairs) >= 0.98 * len(edges)
    assert len(pairs) < 80 * len(texts)  # of 200 each if all were paired with all


def test_in_a_large_family_the_text_that_most_were_made_of_is_paired_with_its_copies() -> None:
    """Though nothing is dated, and copies of it with a line of their pages are as like all others, and longer."""
    draw = random.Random(6)
    first = long_text(1, 400)
    texts = [first, *(f"{first} {long_text(number, 12)}" for number in range(2, 22))]
    while len(texts) < 250:
        words = first.split(" ")
        for _ in range(30):
            words[draw.randrange(len(words))] = draw.choice(("brine", "gulls", "oakum", "keel")) + str(len(texts))
        texts.append(" ".join(words))
    names = [f"f{number:03d}" for number in draw.sample(range(1_000), len(texts))]
    documents = table(**dict(zip(names, texts, strict=True)))
    found = find_pairs(documents, fingerprint(documents, options=SAMPLED))
    pairs = set(zip(found.column("a").to_pylist(), found.column("b").to_pylist(), strict=True))
    assert sum(tuple(sorted((names[0], copy))) in pairs for copy in names[1:]) >= 0.98 * len(names[1:])


def test_quotations_are_asked_for_in_both_stages() -> None:
    documents = table(ferry=FERRY, spun=FERRY_SPUN)
    with pytest.raises(SchemaError, match="no k-grams of quotations"):
        find_pairs(documents, fingerprint(documents), options=PairOptions(quotations=True))
    with pytest.raises(OptionError, match="views"):
        FingerprintOptions(views=("skeletons",))
    alone = fingerprint(documents, options=FingerprintOptions(views=("surface",)))
    assert set(alone.column("view").to_pylist()) == {"surface"}


def test_fingerprints_keep_their_types_on_disk(tmp_path: Path) -> None:
    """Documents and views are numbers beside a list of names: 17 bytes a row."""
    kept = fingerprint(table(ferry=FERRY, spun=FERRY_SPUN, orchard=ORCHARD))
    pq.write_table(kept, tmp_path / "fingerprints.parquet")
    again = pq.read_table(tmp_path / "fingerprints.parquet")
    assert again.schema.equals(kept.schema)
    assert schemas.FINGERPRINTS.check(again).to_pylist() == kept.to_pylist()
    assert kept.nbytes < 17 * kept.num_rows + 200


def test_fingerprints_in_any_order_and_of_any_types_give_the_same_pairs() -> None:
    documents = table(ferry=FERRY, spun=FERRY_SPUN, orchard=ORCHARD)
    kept = fingerprint(documents)
    plain = pa.Table.from_pylist(
        kept.to_pylist()[::-1],
        schema=pa.schema(
            [("doc", pa.string()), ("view", pa.string()), ("hash", pa.uint64()), ("position", pa.int32())]
        ),
    )
    assert find_pairs(documents, plain).equals(find_pairs(documents, kept))
    assert schemas.FINGERPRINTS.check(plain).to_pylist() == kept.to_pylist()


def test_given_pairs_stay_whatever_they_share_and_no_others_are_looked_for() -> None:
    given = pa.table({"a": ["orchard"], "b": ["ferry"], "copy": ["a"]})
    rows = pairs(table(ferry=FERRY, spun=FERRY_SPUN, orchard=ORCHARD), given=given)
    assert [(row["a"], row["b"], row["copy"]) for row in rows] == [("ferry", "orchard", "b")]
    assert rows[0]["shared"]["quotation"] == rows[0]["shared"]["surface"] == 0


def test_a_given_pair_of_an_unknown_document_is_refused() -> None:
    given = pa.table({"a": ["ferry"], "b": ["raft"], "copy": pa.nulls(1, pa.string())})
    with pytest.raises(SchemaError, match="'raft' that is not there"):
        pairs(table(ferry=FERRY), given=given)


def test_what_is_shared_is_recounted_over_the_whole_texts() -> None:
    """Sampling decides who is looked at, never what is said of them."""
    documents = table(ferry=FERRY, spun=FERRY_SPUN)
    sampled = find_pairs(documents, fingerprint(documents, options=SAMPLED))
    assert sampled.to_pylist() == pairs(documents) != []
    twin = pairs(table(a=TIDE, b=TIDE))[0]
    assert twin["shared"]["surface"] == len(TIDE.split()) - 4
    assert (twin["containment_a"], twin["containment_b"]) == (1, 1)


def test_a_pair_that_shares_too_few_k_grams_does_not_stay() -> None:
    documents = table(a=TIDE, b=TIDE + "Утром всё стихло.")
    shared = pairs(documents)[0]["shared"]["surface"]
    assert pairs(documents, options=PairOptions(verified=shared))
    assert not pairs(documents, options=PairOptions(verified=shared + 1))


def test_past_the_cap_documents_are_linked_to_the_next_and_to_the_oldest_with_a_note() -> None:
    """By date, then by length: a source is older, or longer, than what derives from it.

    Twice the cap counts, since members of a large family are looked at a second time.
    """
    documents = table(**{f"d{n}": TIDE + f"Так было {n} раз." for n in range(6)})
    days = [datetime(2026, 3, 9 - n, tzinfo=UTC) for n in range(6)]
    column = documents.column_names.index("published")
    documents = documents.set_column(column, "published", pa.array(days, schemas.TIME))
    capped = pa.table({"fact": ["cap"], "language": [""], "word": [""], "value": [2.0]})
    found = find_pairs(documents, fingerprint(documents), capped, options=PairOptions(neighbours=1))
    next_to = {(f"d{n}", f"d{n + 1}") for n in range(5)}
    oldest = {(f"d{n}", "d5") for n in range(5)}
    assert {(row["a"], row["b"]) for row in found.to_pylist()} == next_to | oldest
    (note,) = schemas.remarks([found], "notes").to_pylist()
    assert (note["stage"], note["what"]) == ("pairs", "k-grams in more documents than the cap")
    assert note["count"] > 0
    free = find_pairs(documents, fingerprint(documents), options=PairOptions(neighbours=1))
    assert free.num_rows == 15
    assert not schemas.remarks([free], "notes").num_rows


def test_candidates_that_do_not_stay_are_counted() -> None:
    documents = table(a=TIDE, b=TIDE + "Утром всё стихло.")
    found = find_pairs(documents, fingerprint(documents), options=PairOptions(verified=100))
    (note,) = schemas.remarks([found], "notes").to_pylist()
    assert (note["what"], note["count"]) == ("candidates that share too few k-grams in their full texts", 1)


def test_of_exact_copies_only_the_earliest_is_compared_with_others() -> None:
    """The rest are paired with it alone, whatever their white space; a note says how many."""
    documents = table(
        a=FERRY, b=FERRY.replace(" ", "  "), c=FERRY.replace("\n", " \n"), spun=FERRY_SPUN, d="Too short", e="Too short"
    )
    days = [datetime(2026, 3, day, tzinfo=UTC) if day else None for day in (0, 9, 2, 0, 0, 0)]
    dated = documents.set_column(documents.column_names.index("published"), "published", pa.array(days, schemas.TIME))
    found = find_pairs(dated, fingerprint(dated))
    assert [(row["a"], row["b"]) for row in found.to_pylist()] == [("a", "c"), ("b", "c"), ("c", "spun")]
    (note,) = schemas.remarks([found], "notes").to_pylist()
    assert (note["what"], note["count"]) == ("exact copies, compared with the earliest of them only", 2)


def test_order_and_parts_change_nothing() -> None:
    documents = table(ferry=FERRY, spun=FERRY_SPUN, orchard=ORCHARD, tide=TIDE, tide2=TIDE)
    turned = documents.take(pc.sort_indices(documents, [("doc", "descending")]))
    engine = LocalEngine(parts=3, workers=1)
    prints = fingerprint(turned, engine=engine)
    assert prints.equals(fingerprint(documents))
    assert find_pairs(turned, prints, engine=engine).equals(find_pairs(documents, prints))


def test_without_a_recount_what_pairs_share_is_estimated_from_what_is_kept() -> None:
    """All candidates stay, and nothing is called exact; where all is kept the estimate is."""
    half = FERRY[: len(FERRY) // 2] + long_text(9, 150)
    strangers = {f"s{n}": long_text(n, 200) for n in range(20)}
    documents = table(ferry=FERRY, half=half, spun=FERRY_SPUN, twin=FERRY.replace(" ", "\n"), **strangers)
    kept = fingerprint(documents)
    exact = {(row["a"], row["b"]): row for row in find_pairs(documents, kept).to_pylist()}
    found = {
        (row["a"], row["b"]): row for row in find_pairs(documents, kept, options=PairOptions(recount=False)).to_pylist()
    }
    assert exact.keys() <= found.keys()
    for pair, row in exact.items():
        assert found[pair]["shared"] is None
        for side in ("containment_a", "containment_b"):
            assert found[pair][side] == pytest.approx(row[side], abs=0.1)
    sampled = fingerprint(documents, options=FingerprintOptions(sample_from=0, skeleton_rate=2, surface_rate=2))
    rough = find_pairs(documents, sampled, options=PairOptions(recount=False)).to_pylist()
    pair = next(row for row in rough if (row["a"], row["b"]) == ("ferry", "half"))
    assert pair["containment_a"] == pytest.approx(exact["ferry", "half"]["containment_a"], abs=0.2)


def test_what_is_shared_is_counted_in_the_views_that_are_held() -> None:
    documents = table(ferry=FERRY, spun=FERRY_SPUN, twin=FERRY.lower())
    both = pairs(documents)
    for view, other in (("surface", "skeleton"), ("skeleton", "surface")):
        alone = find_pairs(documents, fingerprint(documents, options=FingerprintOptions(views=(view,)))).to_pylist()
        assert alone
        for row in alone:
            whole = next(one for one in both if (one["a"], one["b"]) == (row["a"], row["b"]))
            assert row["shared"][view] == whole["shared"][view]
            assert row["shared"][other] is None


def test_what_cannot_be_told_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Containment from quotations alone, and more documents than a link can name."""
    documents = table(ferry=FERRY, half=FERRY[: len(FERRY) // 2])
    quoted = fingerprint(documents, options=FingerprintOptions(views=("quotation",)))
    assert find_pairs(documents, quoted, options=PairOptions(quotations=True)).num_rows == 1
    with pytest.raises(SchemaError, match="quotations alone"):
        find_pairs(documents, quoted, options=PairOptions(quotations=True, recount=False))
    monkeypatch.setattr("stemmata.pairs.MOST", 2)
    with pytest.raises(SchemaError, match="more than the 2"):
        find_pairs(documents, quoted)
