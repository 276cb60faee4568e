"""Revisions of one page: their order is written down, if they are of one page."""

from __future__ import annotations

from typing import Any

import pytest

from stemmata.direction.claims import metadata_reasons
from stemmata.direction.dates import STATED
from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import KNOWN, REVISION, TEMPERATURE, Reason, probability, total
from tests.directed import day

WIKI = "https://wiki.example/w/index.php?title=Lamp"
Said = dict[str, Any]


def about(doc: str, **more: Any) -> Said:
    return {"doc": doc, **more}


def shown(x: Said, y: Said) -> tuple[str, str] | None:
    """The revisions as they are shown, the earlier first; None where nothing is certain."""
    reasons = metadata_reasons(Metadata(**x), Metadata(**y))
    if not any(reason.origin == REVISION for reason in reasons):
        return None
    (reason,) = reasons
    assert probability(abs(reason.points)) == pytest.approx(KNOWN)
    (example,) = reason.examples
    assert isinstance(example, tuple)
    return example if reason.points > 0 else example[::-1]


def claims(x: Said, y: Said) -> list[Reason]:
    """All that metadata say."""
    return metadata_reasons(Metadata(**x), Metadata(**y))


PAGE = "https://posten.example/lamp"
ONE_PAGE: dict[str, tuple[Said, Said, tuple[str, str]]] = {
    "versions of one id in a library": (about("lamp"), about("lamp@2"), ("revision 1", "revision 2")),
    "versions of one id, whatever their pages call themselves": (
        about("lamp", canonical=f"{WIKI}&oldid=97"),
        about("lamp@2", canonical=f"{WIKI}&oldid=12"),
        ("revision 1", "revision 2"),
    ),
    "tenth and second": (about("lamp@2"), about("lamp@10"), ("revision 2", "revision 10")),
    "revisions of a wiki": (about(f"{WIKI}&oldid=812"), about(f"{WIKI}&oldid=97"), ("revision 97", "revision 812")),
    "of a page that calls the same address canonical": (
        about(f"{WIKI}&oldid=97", canonical="https://wiki.example/wiki/Lamp"),
        about(f"{WIKI}&oldid=812", canonical="https://wiki.example/wiki/Lamp"),
        ("revision 97", "revision 812"),
    ),
    "other names of the parameter": (about(f"{PAGE}?rev=3"), about(f"{PAGE}?Rev=4"), ("revision 3", "revision 4")),
    "preprints": (
        about("https://preprints.example/abs/2101.00001v2"),
        about("http://preprints.example/abs/2101.00001v1"),
        ("revision 1", "revision 2"),
    ),
    "files of preprints": (about("2101.00001v1.pdf"), about("2101.00001v3.pdf"), ("revision 1", "revision 3")),
}
CLAIMED: dict[str, tuple[Said, Said, tuple[str, str]]] = {
    "in the canonical address": (
        about("a.html", canonical=f"{WIKI}&oldid=97"),
        about("b.html", canonical=f"{WIKI}&oldid=812"),
        ("revision 97", "revision 812"),
    ),
    "when it was changed": (
        about("a", canonical=PAGE, modified=day(2), site="Posten"),
        about("b", canonical=f"{PAGE}/#top", modified=day(2, 15), site="posten.example"),
        ("changed 2021-03-02 12:00", "changed 2021-03-02 15:00"),
    ),
}


@pytest.mark.parametrize("case", ONE_PAGE)
def test_the_order_of_revisions_is_certain_and_the_only_reason(case: str) -> None:
    """Named with both, whichever is asked about first; dates that say otherwise do not matter."""
    x, y, revisions = ONE_PAGE[case]
    assert shown(x, y) == revisions == shown(y, x)
    turned = (x, y) if shown(x, y) == revisions else (y, x)
    assert shown(turned[0] | {"published": day(20)}, turned[1] | {"published": day(2)}) == revisions


@pytest.mark.parametrize("case", CLAIMED)
def test_an_order_that_pages_claim_is_worth_what_a_date_is(case: str) -> None:
    """Whoever copies a page takes its head along, and can write another time into it: nothing is certain."""
    x, y, revisions = CLAIMED[case]
    assert shown(x, y) is None
    for turned in (False, True):
        (reason,) = claims(y, x) if turned else claims(x, y)
        assert reason.points == pytest.approx((-1 if turned else 1) * STATED / TEMPERATURE)
        assert reason.examples == [revisions[::-1] if turned else revisions]


def test_of_a_claimed_order_and_a_date_that_agree_only_one_speaks() -> None:
    """Both may come from one hand; one that disagrees is heard."""
    x, y, _ = CLAIMED["when it was changed"]
    alone = total(claims(x, y))
    assert total(claims(x | {"published": day(1)}, y | {"published": day(9)})) == alone
    assert total(claims(x | {"published": day(9)}, y | {"published": day(1)})) == 0


def test_ids_that_end_in_a_year_are_no_versions() -> None:
    assert not claims(about("talk@2019"), about("talk@2021"))


def test_a_long_address_full_of_revisions_takes_no_time() -> None:
    """It is no address."""
    long = "http://posten.example/?" + "rev=1&" * 20_000
    assert not claims(about("a", canonical=long), about("b", canonical=long + "rev=2"))


TWO_PAGES: dict[str, tuple[Said, Said]] = {
    "two ids": (about("lamp"), about("reef@2")),
    "titles that differ": (about("lamp", title="The dark lamp"), about("lamp@2", title="The reef")),
    "sites that differ": (
        about("a", canonical=PAGE, modified=day(2), site="Posten"),
        about("b", canonical=PAGE, modified=day(5), site="Copies Daily"),
    ),
    "a reprint that gives the original's address": (
        about("a", canonical=PAGE, modified=day(5), site="Posten"),
        about("b", canonical=PAGE, modified=day(2), site="copies.example"),
    ),
    "two reprints whose outlets are not known": (
        about("a", canonical=PAGE, modified=day(2)),
        about("b", canonical=PAGE, modified=day(5)),
    ),
    "a reprint whose outlet is not known": (
        about("a", canonical=PAGE, modified=day(5), site="Posten"),
        about("b", canonical=PAGE, modified=day(2)),
    ),
    "an outlet whose address does not bear its name, and one that is not known": (
        about("a", canonical="https://sp.example/lamp", modified=day(5), site="Skarvik-Posten"),
        about("b", canonical="https://sp.example/lamp", modified=day(2)),
    ),
    "addresses on two hosts": (
        about("https://posten.example/lamp", canonical=PAGE, modified=day(5)),
        about("https://copies.example/lamp", canonical=PAGE, modified=day(2)),
    ),
    "changes within an hour": (
        about("a", canonical=PAGE, modified=day(2, 12), site="Posten"),
        about("b", canonical=PAGE, modified=day(2, 12), site="Posten"),
    ),
    "one revision": (
        about("a", canonical=f"{WIKI}&oldid=97", modified=day(2)),
        about("b", canonical=f"{WIKI}&oldid=97", modified=day(5)),
    ),
    "a revision, and whichever is the current one": (
        about("a", canonical=f"{WIKI}&oldid=97"),
        about("b", canonical=WIKI),
    ),
    "two ways of counting": (about(f"{PAGE}?rev=3"), about(f"{PAGE}?version=4")),
    "no number": (about(f"{PAGE}?rev=latest"), about(f"{PAGE}?rev=4")),
    "files of a name that ends in a version": (about("task3v1.txt"), about("task3v2.txt")),
    "a home page": (
        about("a", canonical="https://posten.example/", modified=day(2)),
        about("b", canonical="https://posten.example/", modified=day(5)),
    ),
}


@pytest.mark.parametrize("case", TWO_PAGES)
def test_what_may_be_two_pages_or_one_revision_is_left_to_other_reasons(case: str) -> None:
    x, y = TWO_PAGES[case]
    assert shown(x, y) is None
    assert shown(y, x) is None
    assert not any("revisions of one page" in reason.says for reason in claims(x, y))
