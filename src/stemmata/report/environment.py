"""What all pages share: templates, filters, style and script, and the policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from stemmata.report import bars, grouped, minimap, ribbon, words
from stemmata.report.escape import oneline, visible
from stemmata.report.finding import Passage
from stemmata.report.legend import signs
from stemmata.report.links import ALONE, Links

_HUES = 6
_KEPT = 8  # answers have links of their own


class _Compiled(BytecodeCache):
    """Templates as they were compiled, for all environments: these differ in their links alone."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill what is asked for, if it is known."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._held[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@lru_cache(_KEPT)
def environment(links: Links = ALONE) -> Environment:
    """Return the templates with their filters; everything that a template prints is escaped.

    Parameters
    ----------
    links : Links
        Where names lead.
    """
    made = Environment(
        loader=PackageLoader("stemmata.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    made.globals |= {"bars": bars, "words": words, "grouped": grouped, "ribbon": ribbon, "link": links}
    made.filters |= {
        "capitalize_first": lambda said: said[:1].upper() + said[1:],
        "clipped": words.clipped,
        "counted": words.counted,
        "joined": words.joined,
        "mark_says": minimap.says,
        "oneline": oneline,
        "percent": words.percent,
        "points": words.points,
        "reason": words.reason,
        "severity": words.severity,
        "signs": signs,
        "sureness": words.sureness,
        "visible": visible,
        "day": words.day,
        "hue": _hue,
        "mark": _mark,
        "thousands": "{:,}".format,
    }
    return made


@cache
def assets() -> Mapping[str, str]:
    """Return style, script and sign, with digests by which a policy knows them, and by which a browser keeps them."""
    found = {}
    named = (("css", "style.css"), ("js", "script.js"), ("icon", "icon.svg"), ("drop", "drop.js"))
    for name, file in named:
        text = environment().get_template(file).render()
        digest = hashlib.sha256(text.encode()).digest()
        found[name] = text
        found[f"{name}_digest"] = f"sha256-{base64.b64encode(digest).decode()}"
        found[f"{name}_name"] = digest.hex()[:12]
    return found


def flat(options: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield options by stage as *stage.option* and their value."""
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)


def _hue(passage: Passage) -> str:
    """Return the class that gives a passage its colour; what is not reuse has none."""
    return f"hue{(passage.rank - 1) % _HUES}" if passage.nature == "reuse" else "hue-none"


def _mark(op: str, oriented: bool) -> str:
    """Return the class of an edit: where no direction is known, nothing was left out or added."""
    return op if oriented or op not in ("insert", "delete") else "only"
