"""Families of web pages whose trees are known: copied, spun, edited and cut, and a fifth of them lost.

Parameters are fixed here. What a word is exchanged for is what the spun copies of spun-news have in its place.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from random import Random

from benchmarks import corpora

FAMILIES, LEAST, MOST = 240, 5, 60  # members that are there
LOST = 0.2  # share of all texts that are taken away
FROM_FIRST = 0.5  # chance that a copy is made from the first text, not from any that is there
STEPS = {"spun": 0.3, "edited": 0.3, "excerpt": 0.2, "verbatim": 0.2}
STRENGTHS = (0.2, 0.4, 0.6, 0.8)  # share of words with a synonym that a spinner exchanges
FRAMED = 1 / 3  # copies with lines of their page before or behind
SHORTEST = 250  # words of a first text
SWEPT = 0.1  # share of its places at which a spinner exchanged a word: what it exchanges more seldom is no synonym
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NUMBER = re.compile(r"\b\d[\d,.]*\b")
LINES = (
    "Share this article with your friends.",
    "Posted by the editorial team in News.",
    "Subscribe to our newsletter for more stories like this one.",
    "Leave a comment below and tell us what you think.",
    "Read more of our coverage on this topic.",
    "This story was first published on our website.",
)


@dataclass
class Family:
    """Texts by name, and how each was made: the text it was made from, in what way, and whether it is lost.

    ``bare`` are the texts without lines of their pages.
    """

    texts: dict[str, str] = field(default_factory=dict)
    bare: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    @property
    def held(self) -> dict[str, str]:
        """The texts that are there."""
        return {doc: text for doc, text in self.texts.items() if doc not in self.lost}

    def above(self, doc: str) -> str | None:
        """Return the nearest text above one that is there."""
        while (doc := self.parents.get(doc, "")) in self.lost:
            continue
        return doc or None

    def made_of(self, doc: str, other: str) -> bool:
        """Say whether a text is another, or derives from it."""
        while doc != other and doc in self.parents:
            doc = self.parents[doc]
        return doc == other


def families(every: int = 1) -> Iterator[Family]:
    """Yield the families, or each n-th of them."""
    firsts, strangers = _texts()
    for number in range(0, FAMILIES, every):
        yield grow(firsts[number % len(firsts)], strangers, Random(number), f"f{number}")


def grow(first: str, strangers: Sequence[str], random: Random, name: str) -> Family:
    """Return a family that begins with a text; its size is drawn so that small ones are as many as large ones."""
    held = round(math.exp(random.uniform(math.log(LEAST), math.log(MOST))))
    made = round(held / (1 - LOST))
    names = [f"{name}-{number}" for number in range(made)]
    random.shuffle(names)  # so that no name tells of its age
    family = Family({names[0]: first}, {names[0]: first})
    for doc in names[1:]:
        source = names[0] if random.random() < FROM_FIRST else random.choice(list(family.texts))
        (step,) = random.choices(list(STEPS), list(STEPS.values()))
        text = MAKERS[step](family.texts[source], random, strangers)
        family.texts[doc], family.bare[doc] = _framed(text, random), text
        family.parents[doc], family.steps[doc] = source, step
    family.lost = set(random.sample(names, made - held))
    return family


def spin(text: str, random: Random, strangers: Sequence[str]) -> str:  # noqa: ARG001 (as the other makers)
    """Exchange words as a spinner does."""
    strength = random.choice(STRENGTHS)
    known = substitutes()

    def exchanged(found: re.Match[str]) -> str:
        word = found.group()
        choices = known.get(word.lower())
        if not choices or random.random() > strength:
            return word
        (other,) = random.choices(*choices)
        return other.capitalize() if word[0].isupper() else other

    return WORD.sub(exchanged, text)


def edit(text: str, random: Random, strangers: Sequence[str]) -> str:
    """Revise as an editor does: words here and there, a figure, a sentence cut, moved or put in."""
    known = substitutes()

    def revised(found: re.Match[str]) -> str:
        choices = known.get(found.group().lower())
        if not choices or random.random() > 0.02:
            return found.group()
        (other,) = random.choices(*choices)
        return other.capitalize() if found.group()[0].isupper() else other

    sentences = corpora.SENTENCES.split(WORD.sub(revised, text).strip())
    if len(sentences) > 6:
        del sentences[random.randrange(1, len(sentences))]
    if random.random() < 0.3:
        sentences.insert(random.randrange(1, len(sentences) + 1), sentences.pop(random.randrange(len(sentences))))
    if random.random() < 0.5:
        other = corpora.SENTENCES.split(random.choice(strangers).strip())
        sentences.insert(random.randrange(1, len(sentences) + 1), random.choice(other))
    text = " ".join(sentences)
    figures = list(NUMBER.finditer(text))
    if figures and random.random() < 0.5:
        figure = random.choice(figures)
        text = f"{text[: figure.start()]}{random.randrange(2, 900)}{text[figure.end() :]}"
    return text


def cut(text: str, random: Random, strangers: Sequence[str]) -> str:  # noqa: ARG001
    """Cut out a piece of 40 to 80 percent."""
    sentences = corpora.SENTENCES.split(text.strip())
    size = max(3, round(len(sentences) * random.uniform(0.4, 0.8)))
    start = 0 if random.random() < 0.5 else random.randrange(max(1, len(sentences) - size + 1))
    return " ".join(sentences[start : start + size])


def copy(text: str, random: Random, strangers: Sequence[str]) -> str:  # noqa: ARG001
    """Copy all."""
    return text


MAKERS = {"spun": spin, "edited": edit, "excerpt": cut, "verbatim": copy}


def _framed(text: str, random: Random) -> str:
    if random.random() > FRAMED:
        return text
    before, after = random.choice(LINES), random.choice(LINES)
    return f"{before}\n\n{text}" if random.random() < 0.5 else f"{text}\n\n{after}"


@cache
def _texts() -> tuple[list[str], list[str]]:
    """Return the texts that families begin with, and others on like subjects."""
    rows = corpora.spun_rows()
    long = [row for row in rows if row["kind"] == "original" and len(row["text"].split()) >= SHORTEST]
    long.sort(key=lambda row: corpora.digest(f"{row['id']} family"))
    return [row["text"] for row in long], [row["text"] for row in rows if row["kind"] == "distractor"]


@cache
def substitutes() -> Mapping[str, tuple[list[str], list[int]]]:
    """Return for each word what spun copies have in its place, and how often: where one word stands for one."""
    rows = {row["id"]: row for row in corpora.spun_rows()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for row in rows.values():
        if row["kind"] == "spun":
            a, b = (WORD.findall(text.lower()) for text in (rows[row["source_id"]]["text"], row["text"]))
            seen.update(a)
            for op, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
                if op == "replace" and a1 - a0 == b1 - b0:
                    for word, other in zip(a[a0:a1], b[b0:b1], strict=True):
                        counts[word][other] += 1
    return {
        word: ([other for other, _ in found], [number for _, number in found])
        for word, some in counts.items()
        if some.total() > SWEPT * seen[word]
        and (found := [(other, number) for other, number in some.most_common(12) if number > 1])
    }
