"""A page of 3,000 words with 400 ordinary synonyms and one altered fact shows that fact first."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

import stemmata as st
from tests.conftest import Run

LISTED = """
    old:aged big:large small:little quiet:silent bright:luminous dark:gloomy wet:damp heavy:weighty pretty:attractive
    famous:renowned strange:odd angry:furious tired:weary brave:courageous clever:intelligent wide:broad rough:coarse
    carried:transported mended:repaired bought:purchased built:constructed painted:coloured watched:observed
    found:discovered wanted:desired needed:required kept:retained began:started ended:finished showed:demonstrated
    helped:assisted asked:enquired answered:replied gathered:collected pulled:dragged threw:tossed cleaned:scrubbed
    house:dwelling boat:vessel street:road shop:store child:youngster doctor:physician friend:companion storm:tempest
    wood:timber stone:rock road:route forest:woodland sea:ocean coast:shore hill:mound harbour:port picture:image
    story:tale letter:note meal:repast garment:dress money:cash work:labour trip:journey danger:peril luck:fortune
    error:mistake present:gift answer:reply noise:sound smell:odour rest:repose fight:struggle wish:desire
    quickly:rapidly slowly:gradually often:frequently nearly:almost really:truly usually:normally carefully:cautiously
    together:jointly many:numerous several:various enough:sufficient whole:entire near:beside across:over
    because:since while:whilst though:although also:too but:however
"""
SYNONYMS = dict(pair.split(":") for pair in LISTED.split())
WHO = """fisherman|teacher|baker|doctor|neighbour|child|friend|captain|widow|painter|sailor|farmer|miller|clerk|
priest|nurse|smith|tailor|driver|hunter"""
WHAT = """boat|house|letter|picture|stone|garment|story|meal|shop|street|present|anchor|lantern|ladder|barrel|basket|
bell|wheel|window|table|candle|blanket|bucket|rope|hammer"""
WHERE = """harbour|forest|coast|hill|road|sea|church|market|bridge|mill|garden|station|school|orchard|quarry|meadow|
kitchen|cellar|attic|yard"""
HOW = "quickly|slowly|often|carefully|usually|together|nearly every day|really"
LIKE = """old|big|small|quiet|bright|dark|wet|heavy|pretty|famous|strange|angry|tired|brave|clever|wide|rough|green|red|
broken|hollow|wooden"""
DID = "carried|mended|bought|built|painted|watched|found|wanted|needed|kept|showed|pulled|threw|cleaned|gathered"
FORMS = (
    "The {like} {who} {did} the {what} near the {where}, because the {like2} {what2} had been lost in the storm.",
    "{how}, the {who} and a {like} {who2} {did} several things, but the {what} stayed in the {where}.",
    "It was a {like} {what}, and many people {did} it while the {who} sat by the {like2} {where}.",
    "A {who} asked for work, though there was enough {like} wood in the {where} and the {what} was whole.",
    "In the {where} the {who} {did} a {like} {what}, also a {like2} {what2}, with real danger and some luck.",
    "The noise of the {what} began at the {where}; the {who} answered {how} and {did} the {like} {what2}.",
    "Nobody helped the {like} {who} on the trip across the {where}, where a {like2} {who2} {did} the {what}.",
)
FACT = "The council paid 4,250 crowns for the pier, which carries boats of every kind."
SEEDS = (1, 2, 3)


def page(draw: random.Random, words: int = 3000) -> list[str]:
    """Sentences of so many words in all, with the one that states the fact in their midst."""
    said = [FACT]
    slots = {"like2": LIKE, "who2": WHO, "what2": WHAT, "like": LIKE, "who": WHO, "what": WHAT, "where": WHERE}
    slots |= {"did": DID, "how": HOW}
    while sum(len(sentence.split()) for sentence in said) < words:
        chosen = {name: draw.choice(listed.replace("\n", "").split("|")) for name, listed in slots.items()}
        sentence = draw.choice(FORMS).format(**chosen)
        said.append(sentence[0].upper() + sentence[1:])
    draw.shuffle(said)
    return said


def swapped(sentences: list[str], draw: random.Random, count: int = 400) -> list[str]:
    """The sentences with so many words exchanged for synonyms; the sentence with the fact is left alone."""
    places = [
        (k, match.start())
        for k, sentence in enumerate(sentences)
        for match in re.finditer(r"\b[a-z]+\b", sentence)
        if match[0] in SYNONYMS and sentence != FACT
    ]
    assert len(places) >= count
    copied = list(sentences)
    for k, at in sorted(draw.sample(places, count), reverse=True):
        word = re.match(r"[a-z]+", copied[k][at:])
        assert word
        copied[k] = copied[k][:at] + SYNONYMS[word[0]] + copied[k][at + len(word[0]) :]
    return copied


def paragraphs(sentences: list[str]) -> str:
    return "\n\n".join(" ".join(sentences[k : k + 6]) for k in range(0, len(sentences), 6))


def pages(seed: int, before: str, after: str) -> tuple[str, str]:
    """A page and its copy, in which words were swapped and one reading of the fact became another."""
    draw = random.Random(seed)
    said = page(draw)
    source, copy = paragraphs(said), paragraphs(swapped(said, draw))
    assert source.count(before) == 1
    return source, copy.replace(before, after)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_altered_number_is_the_first_of_a_long_page_of_synonyms(seed: int) -> None:
    """In the table, sorted by severity, and nothing else is called a matter of fact."""
    source, copy = pages(seed, "4,250 crowns", "4,520 crowns")
    assert len(source.split()) >= 3000
    rows = st.compare(st.Text(source, doc="a"), st.Text(copy, doc="b"), copy="b").changes.to_pylist()
    assert len(rows) > 250  # neighbouring words that were both swapped are one row
    rows.sort(key=lambda row: (-row["severity"], row["n"]))
    assert (rows[0]["type"], rows[0]["before"], rows[0]["after"]) == ("number", "4,250 crowns", "4,520 crowns")
    assert [(row["type"], row["before"], row["after"]) for row in rows[1:] if row["factual"]] == []


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("negation", "paid 4,250", "never paid 4,250"),
        ("unit", "4,250 crowns", "4,250 dollars"),
        ("quantifier", "every kind", "no kind"),
        ("comparison", "paid 4,250", "paid more than 4,250"),
    ],
)
def test_other_facts_are_not_drowned_by_synonyms_either(kind: str, before: str, after: str) -> None:
    source, copy = pages(SEEDS[0], before, after)
    rows = st.compare(st.Text(source, doc="a"), st.Text(copy, doc="b"), copy="b").changes.to_pylist()
    gravest = max(rows, key=lambda row: (row["severity"], -row["n"]))
    assert gravest["factual"]
    assert gravest["type"] == kind


def test_the_terminal_shows_the_altered_number_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """``stemmata compare`` says how much was changed, and begins with what is grave."""
    source, copy = pages(SEEDS[0], "4,250 crowns", "4,520 crowns")
    (tmp_path / "page.txt").write_text(source, "utf-8")
    (tmp_path / "copy.txt").write_text(copy, "utf-8")
    monkeypatch.chdir(tmp_path)
    _, shown, _ = run("compare", "page.txt", "copy.txt", "--copy", "b")
    title, *lines = shown[shown.index("What was changed") :].splitlines()
    assert "1 matter of fact" in title
    first = next(line for line in lines if line.strip())
    assert "grave" in first
    assert "number" in first
    assert "4,250 crowns" in first
