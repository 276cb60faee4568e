"""Families as a page shows them: members in the order of the tree, and what each edge changed."""

from __future__ import annotations

from collections.abc import Sequence

from stemmata import schemas
from stemmata.report.family import Family
from stemmata.report.room import Room
from stemmata.traced import Trace
from tests.test_report_example import ARTICLE, COPY
from tests.test_report_run_example import FARM, MIRROR, Witness, change, harbour, pile


def families(trace: Trace) -> list[Family]:
    return Room(trace).families()


def family(trace: Trace) -> Family:
    (only,) = families(trace)
    return only


def joined(found: Family) -> list[tuple[str, str, bool]]:
    return [(edge.source.doc, edge.copy.doc, edge.oriented) for edge in found.edges]


def docs(found: Family) -> list[str]:
    return [member.doc for member in found.members]


def test_members_stand_in_the_order_of_the_tree() -> None:
    """Each before those that derive from it; siblings by their date, those without one last."""
    found = family(harbour())
    assert docs(found) == ["gazette.txt", "spun.txt", "farm.txt", "mirror.txt", "repost.txt"]
    assert joined(found) == [
        ("gazette.txt", "spun.txt", True),
        ("spun.txt", "farm.txt", True),
        ("farm.txt", "mirror.txt", True),
        ("gazette.txt", "repost.txt", True),
    ]


def test_what_a_family_is_called_and_how_it_is_counted() -> None:
    found = family(harbour())
    assert found.title == "Harbour bridge to be repaired"
    assert found.original is found.members[0]
    assert found.kinds == [("verbatim", 2), ("edited", 1), ("spun", 1)]
    assert found.distinct("site") == ["gazette.example", "spin.example"]
    assert [date.day for date in found.dates] == [1, 9]


def test_matters_of_fact_come_first_the_gravest_before_all() -> None:
    """Wording is kept apart; what was inherited is no change of the edge."""
    edge = family(harbour()).into["spun.txt"]
    assert [altered.change.type for altered in edge.changes] == ["number", "name", "attribution"]
    assert [change.type for change in edge.wording] == ["wording"]
    assert edge.severity == 0.9


def test_an_alteration_that_is_carried_on_is_one_finding() -> None:
    """It stands where it entered, with the names of those who took it over; nowhere else."""
    found = family(harbour())
    number, name, _ = found.into["spun.txt"].changes
    assert number.carriers == ("farm.txt", "mirror.txt")
    assert number.carried == 2
    assert name.carriers == ()
    assert not found.into["farm.txt"].changes
    assert not found.into["mirror.txt"].changes
    assert found.gravest == (found.into["spun.txt"], number)


def test_what_a_copy_took_over_is_known_with_where_it_entered() -> None:
    """Nothing of it is a finding of its own."""
    found = family(harbour())
    for doc in ("farm.txt", "mirror.txt"):
        assert [(one.type, one.introduced_by) for one in found.into[doc].inherited] == [("number", "spun.txt")]
    assert found.into["spun.txt"].inherited == ()
    assert [change.type for change in found.introduced] == ["number", "name", "attribution", "wording", "wording"]


def test_findings_are_ranked_over_the_whole_family() -> None:
    """By severity, then by how many carry them on; one that many took over is one."""
    ours, copy = ("a.txt", ARTICLE), ("b.txt", COPY)
    handed = {"introduced_by": "b.txt", "inherited": True, "carried_by": 3}
    found = family(
        pile(
            [
                Witness("a.txt", None, "", "original", ARTICLE),
                Witness("b.txt", "a.txt", "spun", text=COPY),
                Witness("c.txt", "b.txt", "edited", text=FARM),
                Witness("d.txt", "b.txt", "edited", text=MIRROR),
                Witness("e.txt", "a.txt", "spun", text=COPY),
            ],
            changes=[
                change(ours, copy, 1, "number", "40", "14", 0.8, carried_by=3),
                change(ours, copy, 2, "hedge", "about", "around", 0.5),
                change(ours, ("c.txt", FARM), 1, "number", "40", "14", 0.8, **handed),
                change(ours, ("d.txt", MIRROR), 1, "number", "40", "14", 0.8, **handed),
                change(ours, ("e.txt", COPY), 1, "name", "Lindqvist", "Lundgren", 0.8),
            ],
        )
    )
    told = [(edge.copy.doc, altered.change.type, altered.carried) for edge, altered in found.findings]
    assert told == [("b.txt", "number", 2), ("e.txt", "name", 0), ("b.txt", "hedge", 0)]
    assert found.gravest == found.findings[0]


def test_what_a_lost_copy_introduced_is_told_from_those_who_carry_it() -> None:
    """The table names it, and the page shows it on the edge that leads to it."""
    gazette, farm, mirror = ("gazette.txt", ARTICLE), ("farm.txt", FARM), ("mirror.txt", MIRROR)
    handed = {"introduced_by": "lost:f/1", "inherited": True, "carried_by": 2}
    found = family(
        pile(
            [
                Witness("gazette.txt", None, "", "original", ARTICLE),
                Witness("lost:f/1", "gazette.txt", role="lost"),
                Witness("farm.txt", "lost:f/1", "spun", text=FARM),
                Witness("mirror.txt", "lost:f/1", "spun", text=MIRROR),
            ],
            changes=[
                change(gazette, farm, 1, "number", "40", "14", 0.9, **handed),
                change(gazette, farm, 2, "name", "Lindqvist", "Lundgren", 0.8),
                change(gazette, mirror, 1, "number", "40", "14", 0.9, **handed),
            ],
        )
    )
    (number,) = found.into["lost:f/1"].changes
    assert number.carriers == ("farm.txt", "mirror.txt")
    assert number.carried == 2
    edge = found.into["farm.txt"]
    assert edge.base.doc == "gazette.txt"
    assert [altered.change.type for altered in edge.changes] == ["name"]
    assert edge.relation is None


def undecided(*texts: str, **via: str) -> Sequence[Witness]:
    return [
        Witness(f"{doc}.txt", role="unresolved", text=text, via=via.get(doc))
        for doc, text in zip("abc", texts, strict=False)
    ]


def test_roots_that_no_tree_decides_are_set_beside_each_other() -> None:
    """Pairs whose changes were listed, and each one's strongest link; without a direction."""
    trace = pile(
        undecided(ARTICLE, COPY, FARM, b="a.txt"),
        changes=[
            change(("b.txt", COPY), ("c.txt", FARM), 1, "number", "14", "8", 0.9, oriented=False, introduced_by=None)
        ],
    )
    found = family(trace)
    assert joined(found) == [("a.txt", "b.txt", False), ("b.txt", "c.txt", False)]
    assert found.original is None
    assert found.into == {}
    assert found.beside["a.txt"].copy.doc == "b.txt"
    assert found.kinds == [("edited", 1)]
    assert len(found.roots) == 3


def test_texts_of_which_none_is_told_to_be_made_from_another_are_a_star() -> None:
    """The one that is likelier than its even share is told; where all are as likely, none."""
    members = undecided(ARTICLE, COPY, FARM, b="a.txt", c="a.txt")
    even = family(pile([one._replace(confidence=1 / 3) for one in members]))
    assert even.star
    assert even.likeliest is None
    shares = zip(members, (0.25, 0.5, 0.25), strict=True)
    leaning = family(pile([one._replace(confidence=share) for one, share in shares]))
    assert leaning.likeliest is not None
    assert leaning.likeliest.doc == "b.txt"
    assert not family(harbour()).star
    assert family(harbour()).likeliest is None


def test_copies_of_a_lost_text_are_siblings() -> None:
    """They are set beside each other, and the tree is said to put them under one source."""
    found = family(
        pile(
            [
                Witness("lost:f/1", role="lost"),
                Witness("a.txt", "lost:f/1", text=COPY),
                Witness("b.txt", "lost:f/1", text=FARM),
            ],
            changes=[change(("a.txt", COPY), ("b.txt", FARM), 1, "wording", "aged", "ageing", 0.0)],
        )
    )
    (pair,) = (edge for edge in found.edges if not edge.oriented)
    assert pair.siblings
    assert not found.into["a.txt"].known
    assert len(found.documents) == 2
    assert found.original is None


def test_families_come_the_largest_first() -> None:
    small = [Witness("x.txt", None, "", "original", family="aa"), Witness("y.txt", "x.txt", family="aa")]
    large = [
        Witness("u.txt", None, "", "original", family="bb"),
        *(Witness(f"v{i}.txt", "u.txt", family="bb") for i in "12"),
    ]
    found = families(pile([*small, *large]))
    assert [(one.at, len(one.documents)) for one in found] == [("family1", 3), ("family2", 2)]


def test_an_exact_copy_needs_no_relation() -> None:
    """Twins are not all compared; the kind follows from the same text."""
    found = family(
        pile(
            [
                Witness("a.txt", None, "", "original"),
                Witness("b.txt", "a.txt", "verbatim", exact_of="a.txt"),
                Witness("lost:f/1", "a.txt", role="lost"),
            ]
        )
    )
    assert found.into["b.txt"].kind == "verbatim"
    assert found.into["b.txt"].coverage("b.txt") == 1.0
    assert found.into["lost:f/1"].coverage("lost:f/1") is None


def test_an_original_of_which_every_copy_says_that_it_is_not_the_source_is_probably_not_the_source() -> None:
    """Where one copy was made from it, it is one; of a copy with the same text nothing is asked."""
    trace = harbour()

    def likely(*via_lost: float) -> float:
        copies = ("repost.txt", "spun.txt")[-len(via_lost) :]
        verdict = {"a": "gazette.txt", "verdict": "copy", "source": "gazette.txt", "confidence": 0.9, "evidence": []}
        rows = [verdict | {"b": b, "copy": b, "via_lost": lost} for b, lost in zip(copies, via_lost, strict=True)]
        directions = schemas.DIRECTIONS.table(rows)
        return family(Trace({**tables, "directions": directions}, about={})).via_lost

    tables = {schema.name: getattr(trace, schema.name) for schema in schemas.TABLES + schemas.SIDE_TABLES}
    assert likely(0.8) == 0.8
    assert likely(0.0, 0.8) == 0.8
    assert family(trace).via_lost == 0.0
