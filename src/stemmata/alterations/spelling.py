"""Words in one spelling: contractions written out, old and regional forms, common abbreviations made equal."""

from __future__ import annotations

from functools import lru_cache

from stemmata.alterations.tongues import TONGUES

_OPEN = {  # what a contraction may stand for
    "'s": {"is", "has", "us"},
    "'d": {"would", "had"},
    "will": {"shall"},
    "l'": {"le", "la"},
    "s'": {"se", "si"},
}


@lru_cache(maxsize=65_536)
def plain_words(word: str, language: str | None) -> tuple[str, ...]:
    """Return a word as the plain words that it stands for: *doesn't* is *does not*, *im* is *in dem*."""
    tongue = TONGUES.get(language or "")
    return tongue.forms.plain_words(word) if tongue else (word.lower(),)


def same_word(a: str, b: str) -> bool:
    """Say whether two plain words may be one: *'s* stands for *is* or *has*, *l'* for *le* or *la*."""
    return a == b or b in _OPEN.get(a, ()) or a in _OPEN.get(b, ())
