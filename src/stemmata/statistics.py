"""Stage beside the nine: frozen facts about the collection that other stages need."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.countfiles import read_counts
from stemmata.counting import count_pairs, count_rows
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import FUNCTION_WORDS, Facts, written
from stemmata.forms import find_forms
from stemmata.kernels.skeletons import SHOUTED
from stemmata.sides import described
from stemmata.sitelines import find_site_lines
from stemmata.tokens import CAPITAL, FIRST, LOWERCASE, NUMBER, read_words
from stemmata.wordpairs import SHARE

COUNTS = pa.schema([("language", pa.string()), ("hash", pa.uint64()), ("word", pa.string()), ("count", pa.int64())])
FORM = np.uint64(0x9E3779B97F4A7C15)
ENOUGH_PAIRS = 5_000_000  # words of a language in which pairs are counted: more would say little more
LEAST_PAIRS = 2  # a pair that was seen once is of the one text that it is judged in
LEAST_CASED = 20  # words inside sentences that a text has for its lack of capitals to say anything
MANY_CAPITALS = 0.27  # median share from which capitals are no sign of a name: German has .35, English .10-.19


@dataclass(frozen=True, kw_only=True)
class StatisticsOptions:
    """When the collection speaks for itself, and not the lists of its language.

    Parameters
    ----------
    own_words : int
        Words of one language from which its function words and word counts are the collection's own;
        1,000 or more.
    own_names : int
        Documents of one language from which its use of capitals is measured; 10 or more.
    own_pairs : int
        Words of one language from which pairs of neighbouring words are counted in the collection itself, beside
        those that ship; 1,000 or more.
    counts : tuple of str
        Files of counts of words and word pairs (``stemmata counts build``), which are added.
    """

    own_words: int = 200_000
    own_names: int = 50
    own_pairs: int = 200_000
    counts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = [self.counts] if isinstance(self.counts, str | os.PathLike) else self.counts
        object.__setattr__(self, "counts", tuple(os.fspath(path) for path in given))
        check_option(self, "own_words", 1_000, 10**12)
        check_option(self, "own_names", 10, 10**12)
        check_option(self, "own_pairs", 1_000, 10**12)


def collect_statistics(
    documents: pa.Table,
    *,
    options: StatisticsOptions = StatisticsOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Collect the facts about a collection.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.

    Returns
    -------
    pyarrow.Table
        ``schemas.STATISTICS``: ``documents`` and ``cap`` of the collection; ``words`` of each language, and
        ``names``, ``function_word`` (value: rank) and ``word_count`` where it holds enough of that language.
        What is not there is taken from the language's own lists. ``caseless``: how many texts of a language have no
        capitals, or nothing else, where others have both. ``form``: wording that recurs with other names and
        numbers in it (``forms``); ``site_line``: lines that a site puts on many of its pages (``sitelines``).
        ``counted_pair`` and ``counted_word``: how often words stand together (``wordpairs``), in the collection where
        it is large enough, and in the files of ``options.counts``; ``counted_words``: all that were counted there;
        ``counted_share``: how many of the collection's texts these were, 0 to 1.

    Raises
    ------
    MissingSource, SourceError
        A file of counts is not there, or is none.

    Notes
    -----
    The texts are cut into words three times, and once more each for languages that speak for themselves. Pairs are
    counted in texts of 5 million words of a language at most, drawn by their hashes: a second or two, 100 MB, and some
    300,000 rows.
    """
    engine = engine or LocalEngine()
    counted = read_counts(options.counts)
    documents = described(documents, engine, "site")
    measured = engine.map(_measure, documents)
    facts = [("documents", "", "", float(documents.num_rows)), ("cap", "", "", float(_cap(documents.num_rows)))]
    own = []
    for language in sorted(pc.unique(measured.column("language")).to_pylist()):
        rows = measured.filter(pc.equal(measured.column("language"), language))
        words = pc.sum(rows.column("words")).as_py()
        facts.append(("words", language, "", float(words)))
        shares = rows.column("capitals").drop_null().to_numpy()
        if rows.num_rows >= options.own_names and len(shares):
            facts.append(("names", language, "", float(np.median(shares) <= MANY_CAPITALS)))
        bare = pc.sum(rows.column("bare")).as_py()
        if 0 < bare < rows.num_rows:
            facts.append(("caseless", language, "", float(bare)))
        if words >= options.own_words:
            own.append(language)
        if language and words >= options.own_pairs:
            share = min(1.0, ENOUGH_PAIRS / words)
            facts.append((SHARE, language, "", share))
            counts = count_pairs(_of_languages(documents, [language]), engine, share)
            counted.append(count_rows(language, *counts, LEAST_PAIRS))
    if own:
        known = _of_languages(documents, own)
        counts = engine.map(_count, known).group_by(["language", "hash"]).aggregate([("count", "sum"), ("word", "min")])
        for language in own:
            facts += _own_words(counts.filter(pc.equal(counts.column("language"), language)), language)
    facts += [("form", "", one, 1.0) for one in written(find_forms(documents, Facts(_table(facts)).names, engine))]
    facts += [("site_line", "", one, 1.0) for one in written(find_site_lines(documents, engine))]
    return schemas.STATISTICS.sort(pa.concat_tables([_table(facts), _added(counted)]))


def _of_languages(documents: pa.Table, languages: list[str]) -> pa.Table:
    return documents.filter(pc.is_in(pc.fill_null(documents.column("language"), ""), pa.array(languages, pa.string())))


def _added(tables: list[pa.Table]) -> pa.Table:
    """Return counts with those of one word, or pair, added up."""
    if len(tables) < 2:
        return tables[0] if tables else schemas.STATISTICS.empty()
    added = pa.concat_tables(tables).group_by(["fact", "language", "word"]).aggregate([("value", "sum")])
    return schemas.STATISTICS.check(added.rename_columns({"value_sum": "value"}))


def _table(facts: list[tuple[str, str, str, float]]) -> pa.Table:
    names = schemas.STATISTICS.arrow.names
    return schemas.STATISTICS.table(dict(zip(names, fact, strict=True)) for fact in facts)


def _measure(part: pa.Table) -> pa.Table:
    """Words of each document, and the share of capitalised ones among words whose capital says something."""
    tokens = read_words(part.column("text"))
    document = np.repeat(np.arange(len(tokens)), np.diff(tokens.first))
    flags = tokens.words.flags
    cased = (flags & (CAPITAL | LOWERCASE) != 0) & (flags & FIRST == 0)
    size = np.bincount(document[cased], minlength=len(tokens))
    capital = np.bincount(document[cased & (flags & CAPITAL != 0)], minlength=len(tokens))
    all_capitals = np.bincount(document[flags & CAPITAL != 0], minlength=len(tokens))
    with np.errstate(invalid="ignore"):
        shares = pa.array(capital / size, pa.float64(), from_pandas=True)
    return pa.table(
        {
            "language": pc.fill_null(part.column("language"), ""),
            "words": np.diff(tokens.first),
            "capitals": shares,
            "bare": (size >= LEAST_CASED) & ((all_capitals == 0) | (capital >= SHOUTED * size)),
        }
    )


def _count(part: pa.Table) -> pa.Table:
    """Count the words of each language in a part, each under its lower-cased spelling."""
    texts = part.column("text").to_pylist()
    languages = pc.fill_null(part.column("language"), "").to_pylist()
    tokens = read_words(part.column("text"))
    words = tokens.words
    document = np.repeat(np.arange(len(tokens)), np.diff(tokens.first))
    spoken = words.flags & NUMBER == 0
    rows = []
    for language in sorted(set(languages)):
        here = np.array([one == language for one in languages])
        places = np.flatnonzero(here[document] & spoken)
        # by spelling first, so that the one that stands for the word does not depend on the part
        spelt = words.word[places] ^ (words.form[places].astype(np.uint64) * FORM)
        _, at, counts = np.unique(spelt, return_index=True, return_counts=True)
        for place, count in zip(places[at].tolist(), counts.tolist(), strict=True):
            spelling = texts[document[place]][words.start[place] : words.end[place]].lower()
            rows.append({"language": language, "hash": int(words.word[place]), "word": spelling, "count": count})
    return pa.Table.from_pylist(rows, schema=COUNTS)


def _own_words(counts: pa.Table, language: str) -> list[tuple[str, str, str, float]]:
    ordered = counts.sort_by([("count_sum", "descending"), ("word_min", "ascending")])
    words, sums = ordered.column("word_min").to_pylist(), ordered.column("count_sum").to_pylist()
    facts = [("function_word", language, word, float(rank)) for rank, word in enumerate(words[:FUNCTION_WORDS], 1)]
    return facts + [("word_count", language, word, float(count)) for word, count in zip(words, sums, strict=True)]


def _cap(documents: int) -> int:
    """Return the cap of the retrieval method: 50, or 5 % of the documents, to 100."""
    share, most = 0.05, 100
    return int(min(most, max(50, share * documents)))
