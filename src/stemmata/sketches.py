"""How the fingerprints of a shard were made: only sketches that are alike can be joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, get_origin, get_type_hints

import numpy as np
import pyarrow as pa

from stemmata._version import __version__
from stemmata.catalog import MEND, PILE, SHARD
from stemmata.errors import FormatError, OptionError, SourceError
from stemmata.folder import Folder
from stemmata.readers.shares import Share
from stemmata.schemas import VIEWS
from stemmata.tokens import read_keys
from stemmata.views import N, surface_grams

KEY = "sketch"  # of what the catalogue says about a run
CHECKED = "Nothing’s naïve: don't mix 1,200 word-pairs, ελλάδα, Москва or 東京 up."
LISTED = 5


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """How a shard was made; those that are to be joined are alike in all but ``shard``.

    Parameters
    ----------
    shard, of : int
        Which one, of how many.
    version : str
        Of the stemmata that made it.
    files : str
        Digest of the paths and sizes of all files.
    reading : str
        Digest of the options by which documents were read.
    statistics : str
        Digest of the facts about the collection: its function words, whether capitals mark names, whether texts without
        capitals are met; empty where there were none.
    words : str
        The word lists of the languages.
    hashes : str
        What the k-grams of a fixed line come to: another tokeniser, or another hash, gives another value.
    k : int
        Words of a k-gram.
    views : tuple of str
        What k-grams were taken over.
    sampled : bool
        Whether k-grams were chosen; else all were kept.
    skeleton_rate, surface_rate, floor : int
        As in ``FingerprintOptions``.
    """

    shard: int
    of: int
    version: str
    files: str
    reading: str
    statistics: str
    words: str
    hashes: str
    k: int
    views: tuple[str, ...]
    sampled: bool
    skeleton_rate: int
    surface_rate: int
    floor: int

    @classmethod
    def make(cls, share: Share, **told: Any) -> Sketch:
        """Return that of a share, as this stemmata makes it."""
        own: dict[str, Any] = {
            "version": __version__,
            "words": f"wordfreq {version('wordfreq')}",
            "hashes": check_value(),
            "k": N,
        }
        return cls(shard=share.number, of=share.of, **own, **told)

    @classmethod
    def read(cls, folder: Folder) -> Sketch:
        """Return what the folder of a shard says of itself.

        Raises
        ------
        SourceError
            It is another folder.
        FormatError
            What it says is damaged.
        """
        told: Any = folder.catalog.about
        verb = told.get("verb")
        if verb != SHARD:
            holds = "a pile that was joined" if verb == PILE else f"what 'stemmata {verb}' saved" if verb else "nothing"
            raise SourceError(
                f"this folder holds no shard, but {holds}.",
                where=str(folder.path),
                mend="give folders that 'stemmata fingerprint' has written.",
            )
        try:
            own = cls(**{name: told[KEY][name] for name in KINDS} | {"views": tuple(told[KEY]["views"])})
            Share.read(f"{own.shard}/{own.of}")
            if not (set(own.views) <= set(VIEWS) and all(type(getattr(own, name)) is KINDS[name] for name in KINDS)):
                raise TypeError
            return own
        except (LookupError, TypeError, OptionError) as error:
            raise FormatError("what the shard says of itself is damaged.", where=str(folder.path), mend=MEND) from error

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


KINDS = {name: get_origin(kind) or kind for name, kind in get_type_hints(Sketch).items()}


class Shard(NamedTuple):
    """A shard in its folder."""

    folder: Folder
    sketch: Sketch

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder.path


UNLIKE = {
    "of": "is one of {own}, where others are one of {others}",
    "version": "was made by stemmata {own}, others by {others}",
    "files": "was cut from other files than the others, or a file had another size",
    "reading": "was read with other limits, another language or other --pages than the others",
    "statistics": "was made with other statistics than the others",
    "words": "was made with the word lists of {own}, others with those of {others}",
    "hashes": "has other hashes of the same words than the others",
    "k": "has k-grams of {own} words, others of {others}",
    "views": "has the views {own}, others {others}",
    "sampled": "keeps all k-grams where others sample them, or the other way round",
    "skeleton_rate": "keeps one k-gram of the skeleton in {own}, others one in {others}",
    "surface_rate": "keeps one k-gram of the surface in {own}, others one in {others}",
    "floor": "keeps {own} k-grams of a text at least, others {others}",
}


def check_shards(shards: Sequence[Shard]) -> None:
    """Refuse shards that cannot be joined.

    Raises
    ------
    OptionError
        Some are unlike, missing, or there twice; it names them.
    """
    for name, says in UNLIKE.items():
        values = [getattr(shard.sketch, name) for shard in shards]
        (most, _), *_ = Counter(values).most_common(1)
        odd = [shard for shard, value in zip(shards, values, strict=True) if value != most]
        if odd:
            own, others = (_said(value) for value in (getattr(odd[0].sketch, name), most))
            raise OptionError(
                f"shard {odd[0].sketch.shard} {says.format(own=own, others=others)}.",
                where=_listed(shard.path for shard in odd),
                mend="make it anew as the others: of the same files, with the same statistics, options and program.",
            )
    often = Counter(shard.sketch.shard for shard in shards)
    number, count = max(often.items(), key=lambda one: one[1])
    if count > 1:
        raise OptionError(
            f"shard {number} is given {count} times.",
            where=_listed(shard.path for shard in shards if shard.sketch.shard == number),
            mend="give each shard once.",
        )
    of = shards[0].sketch.of
    if missing := sorted({*range(1, of + 1)} - {*often}):
        raise OptionError(
            f"of {of:,} shards {len(missing):,} {'is' if len(missing) == 1 else 'are'} missing: {_listed(missing)}.",
            where=_listed(shard.path for shard in shards),
            mend=f"run 'stemmata fingerprint' as for the others with --shard {missing[0]}/{of}, and give the folder.",
        )


def check_value() -> str:
    """Return what the k-grams of a fixed line come to: another tokeniser, or another hash, gives another value."""
    grams = surface_grams(read_keys(pa.array([CHECKED], pa.large_string()))).hash[: 1 - N]
    return f"{int(np.bitwise_xor.reduce(grams)):016x}"


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _listed(values: Iterable[object]) -> str:
    some = list(values)
    return ", ".join(map(str, some[:LISTED])) + (f" and {len(some) - LISTED:,} more" if len(some) > LISTED else "")
