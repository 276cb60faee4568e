"""What the style sheets of a page itself say of its elements, in simple words.

Read are the attribute ``style`` and those rules of ``<style>`` that go by one class, one id or one kind of element;
no style sheet is fetched. Of other rules it is noted what they may say otherwise, and of which elements: that is not
known then. Rules for print are nothing to those who look at a page. All is read in one pass, up to a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from stemmata.readers.page import Element

LONGEST_SHEET = 300_000  # characters of style sheets that are looked at, of a page
LONGEST_STYLE = 2_000  # of one element
MOST_RULES = 5_000
MOST_CLASSES = 20  # of one element
GROUNDS = ("background", "background-color", "background-image")
NO_GROUND = ("", "none", "transparent", "inherit", "initial", "unset")
TOLD = {  # what can hide a text
    *("display", "visibility", "opacity", "color", *GROUNDS, "font-size", "font", "position", "float"),
    *("left", "right", "top", "bottom", "margin-left", "margin-top", "text-indent", "transform", "clip", "clip-path"),
    *("width", "height", "max-width", "max-height", "overflow", "background-clip", "-webkit-background-clip"),
    *("-webkit-text-fill-color", "text-shadow", "animation", "transition"),
}
ALSO = {  # what a rule says of one it may say of others
    **dict.fromkeys(GROUNDS, GROUNDS),
    **dict.fromkeys(("font", "font-size"), ("font", "font-size")),
    **dict.fromkeys(("color", "-webkit-text-fill-color"), ("color", "-webkit-text-fill-color")),
    "margin": ("margin-left", "margin-top"),
    "inset": ("left", "right", "top", "bottom"),
    "all": tuple(TOLD),
}
ANY = "*"
SELECTOR = re.compile(r"(?P<tag>[A-Za-z][A-Za-z0-9]*)?(?P<name>[.#][\w-]+)?")
_ARGUMENTS = re.compile(r"\([^()]{0,400}\)|\[[^\[\]]{0,400}\]")
_NAME = re.compile(r"[.#](?:\\.|[\w-])+")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_TOUCHED = re.compile(r":(?:focus|active)")  # what is so only while somebody touches it
_ASIDE = re.compile(r"@(?:-\w+-)?(?:keyframes|font-face|page|counter-style|property)\b|@media\s+print\b")

Style: TypeAlias = dict[str, str]
Rank: TypeAlias = tuple[bool, int, int]
"""Whether a value is important, how closely its rule names the element, and the number of the rule."""


class Sheet(NamedTuple):
    """The rules of a page.

    ``rules``: by ``.class``, ``#id`` or tag, by the tag that they are for (empty for any), and by what they say.
    ``passed_over``: by the same, or ``ANY``, what rules say that are not read; with ``!`` where that is important.
    """

    rules: dict[str, dict[str, dict[str, tuple[Rank, str]]]]
    passed_over: dict[str, set[str]]


def names_of(element: Element) -> list[str]:
    """Return by what a rule may name an element: its kind, its classes and its id."""
    names = [element.tag]
    names += [f".{name}" for name in element.get("class", "")[:LONGEST_STYLE].split()[:MOST_CLASSES]]
    if name := element.get("id", "").strip():
        names.append(f"#{name}")
    return names


def read_sheet(tree: Element) -> Sheet:
    """Return the rules of a page's own style sheets."""
    sheet = Sheet({}, {})
    left, count = LONGEST_SHEET, 0
    for element in tree.iter("style"):
        media = element.get("media", "").strip().lower()
        if media == "print" or next(element.iterancestors("noscript", "template"), None) is not None:
            continue
        if left <= 0 or count > MOST_RULES:
            sheet.passed_over.setdefault(ANY, set()).update(TOLD)  # the rest may say anything
            break
        text = element.text or ""
        for selectors, body, simple in _rules(_uncommented(text[:left])):
            count += 1 + selectors.count(",")
            if count <= MOST_RULES:
                _take_rule(sheet, selectors, body, simple and media in ("all", "screen", ""), count)
        if len(text) > left or count > MOST_RULES:
            sheet.passed_over.setdefault(ANY, set()).update(TOLD)
            break
        left -= len(text)
    return sheet


def read_style(text: str) -> Style:
    """Return the declarations of an attribute ``style``, or of a rule; names and values in lower case."""
    plain, important = read_declarations(text)
    return plain | important


def read_declarations(text: str) -> tuple[Style, Style]:
    """Return what an attribute ``style``, or a rule, declares, and what of it is important."""
    plain: Style = {}
    important: Style = {}
    for part in _uncommented(text[:LONGEST_STYLE]).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            value, sign, _ = value.partition("!")
            (important if sign else plain)[name.strip().lower()] = " ".join(value.lower().split())
    return plain, important


def _take_rule(sheet: Sheet, selectors: str, body: str, simple: bool, number: int) -> None:
    """Put a rule with what it says into a sheet."""
    plain, important = read_declarations(body)
    said = [(name, value, False) for name, value in plain.items()]
    said += [(name, value, True) for name, value in important.items()]
    said = [one for one in said if one[0] in TOLD or one[0] in ALSO]
    bare = _ARGUMENTS.sub(":", _ARGUMENTS.sub(":", selectors))  # twice, for one within another
    for selector in bare.split(",") if said else ():
        match = SELECTOR.fullmatch(selector.strip()) if simple else None
        if match and match[0]:
            tag, name = (match["tag"] or "").lower(), match["name"] or ""
            closeness = (2 if name.startswith("#") else 1 if name else 0) * 2 + bool(tag)
            known = sheet.rules.setdefault(name or tag, {}).setdefault(tag, {})
            for what, value, weighty in said:
                ranked = ((weighty, closeness, number), value)
                known[what] = max(known.get(what, ranked), ranked)
        elif not _TOUCHED.search(selector):
            passed_over = sheet.passed_over.setdefault(_subject(selector), set())
            for what, value, weighty in said:
                if what not in GROUNDS or value not in NO_GROUND:
                    passed_over.update(ALSO.get(what, (what,)))
                    passed_over.update(f"!{one}" for one in ALSO.get(what, (what,)) if weighty)


def _subject(selector: str) -> str:
    """Return by what name a selector means an element: the last of ``article > p.lead``; or any."""
    last = (re.split(r"[\s>+~]+", selector.strip()) or [""])[-1]
    if name := _NAME.search(last):
        return re.sub(r"\\(.)", r"\1", name[0])
    kind = _KIND.match(last)
    return kind[0].lower() if kind else ANY


def _uncommented(sheet: str) -> str:
    return "".join(part.partition("/*")[0] for part in sheet.split("*/")) if "/*" in sheet else sheet


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield selectors and body of rules, and whether one stands in no other; of what is left open, nothing."""
    open_rules: list[str] = []  # their selectors
    start = aside = 0  # how many of the open rules are none of elements on a screen
    for brace in re.finditer("[{}]", sheet):
        before = sheet[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            said, _, selectors = before.rpartition(";")
            if open_rules and said and not aside and not open_rules[-1].startswith("@"):
                yield open_rules[-1], said, False
            selectors = selectors.strip()
            open_rules.append(selectors)
            aside += bool(aside) or bool(_ASIDE.match(selectors.lower()))
        elif open_rules:
            selectors = open_rules.pop()
            if aside:
                aside -= 1
            elif not selectors.startswith("@"):
                yield selectors, before, not open_rules
            elif before.strip() and open_rules and not open_rules[0].startswith("@"):
                yield open_rules[0], before, False  # of a rule in a rule: ``.a { @media (…) { color: red } }``
