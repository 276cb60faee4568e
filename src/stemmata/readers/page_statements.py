"""Where pages state things for machines: meta elements, and JSON-LD in the terms of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stemmata.readers.page import Element

LONGEST = 500  # characters of a title, a name or an address; longer ones are something else
MOST_VALUES = 20_000  # of JSON-LD
SPACE = re.compile(r"\s+")
ARTICLE = re.compile(r"article|posting|report|webpage|review", re.IGNORECASE)  # among the types of schema.org
ATTRIBUTES = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True)
class Statements:
    """What a page states for machines.

    Parameters
    ----------
    metas : mapping
        Of meta elements, what the first of each name says; names in lower case.
    articles : tuple of mapping
        The articles and pages that its JSON-LD describes.
    """

    metas: Mapping[str, str]
    articles: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, tree: Element) -> Statements:
        """Collect what a page states."""
        metas: dict[str, str] = {}
        for element in tree.iter("meta"):
            content = clean(element.get("content"))
            for name in filter(None, (element.get(attribute, "").strip().lower() for attribute in ATTRIBUTES)):
                if content:
                    metas.setdefault(name, content)
        nodes = list(_linked_data(tree))
        by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
        articles = [
            {key: _resolved(value, by_id) for key, value in node.items()} for node in nodes if _is_article(node)
        ]
        return cls(metas, tuple(articles))

    def meta(self, *names: str) -> str | None:
        """Return what the first of these meta elements says."""
        return next((self.metas[name] for name in names if name in self.metas), None)

    def linked(self, name: str) -> Iterator[Any]:
        """Yield what the articles of JSON-LD have under a name."""
        return (article[name] for article in self.articles if article.get(name))


def clean(value: object) -> str:
    """Return a text on one line; nothing of what is no text, or too long for a name."""
    text = SPACE.sub(" ", value[: 4 * LONGEST]).strip() if isinstance(value, str) else ""
    return text if len(text) <= LONGEST else ""


def names_of(values: Iterable[Any]) -> Iterator[str]:
    """Yield the names that values of JSON-LD have: of a person, an organisation, or several, joined by commas."""
    for value in values:
        items = value if isinstance(value, list) else [value]
        names = [clean(item.get("name") if isinstance(item, dict) else item) for item in items]
        joined = ", ".join(dict.fromkeys(name for name in names if name and "://" not in name))
        if joined:
            yield joined


def _linked_data(tree: Element) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of JSON-LD in order; of nested ones, those that are a page's content."""
    seen = 0
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and seen < MOST_VALUES:
            value = waiting.pop()
            seen += 1
            if isinstance(value, dict):
                yield value
                waiting += [value[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in value]
            elif isinstance(value, list):
                waiting += reversed(value)


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """Return the object that a value points to, where it does no more than that; or of a list, each."""
    if isinstance(value, list):
        return [_pointed_at(item, by_id) for item in value[:100]]
    return _pointed_at(value, by_id)


def _pointed_at(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and ARTICLE.search(kind) for kind in kinds)
