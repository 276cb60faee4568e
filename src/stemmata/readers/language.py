"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

SAMPLE_CHARACTERS = 20_000
FEWEST_LETTERS = 20
LEAST_SHARE = 0.6  # of the probability over all languages; keyboard noise and lists of names stay below

_loading = Lock()  # several threads may ask first


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, judged by its first 20,000 characters.

    None where there are fewer than 20 letters, or where no language has 0.6 of the probability.

    References
    ----------
    Lui and Baldwin, langid.py: An Off-the-shelf Language Identification Tool, ACL 2012; as py3langid.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return None
    with _loading:
        identifier = _identifier()
    language, share = identifier.classify(sample)
    return language if share >= LEAST_SHARE and len(language) == 2 else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 or code == "zxx"])
    return identifier  # zxx: no language at all
