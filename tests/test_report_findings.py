"""Any pair of a trace, found by its two documents."""

from __future__ import annotations

from stemmata import schemas
from stemmata.report import words
from stemmata.report.findings import Findings, about
from tests.test_report_example import example, with_tables
from tests.test_report_run_example import harbour


def test_relations_are_found_however_the_pair_is_named() -> None:
    findings = Findings(harbour())
    relation = findings.relation("spun.txt", "gazette.txt")
    assert relation is not None
    assert (relation["a"], relation["b"], relation["kind"]) == ("gazette.txt", "spun.txt", "spun")
    assert findings.relation("gazette.txt", "spun.txt") == relation


def test_pairs_that_were_never_compared_are_told_apart() -> None:
    findings = Findings(harbour())
    assert findings.relation("gazette.txt", "bread.txt") is None
    assert findings.direction("gazette.txt", "bread.txt") is None
    assert not findings.aligned("gazette.txt", "bread.txt")
    assert findings.aligned("spun.txt", "gazette.txt")


def test_changes_run_from_source_to_copy() -> None:
    """They are listed for the one order only, and say who introduced them."""
    findings = Findings(harbour())
    assert [change.after for change in findings.changes("gazette.txt", "spun.txt")] == ["14", "Lundgren", "", "aged"]
    assert findings.changes("spun.txt", "gazette.txt") == ()
    assert findings.listed("gazette.txt", "spun.txt")
    assert not findings.listed("spun.txt", "gazette.txt")
    (inherited,) = findings.changes("gazette.txt", "mirror.txt")
    assert (inherited.inherited, inherited.introduced_by, inherited.carried_by) == (True, "spun.txt", 3)


def test_a_pair_is_read_in_the_order_in_which_it_is_asked_for() -> None:
    """Passages and coverage turn with it; where no verdict stands, the tree's own confidence counts."""
    finding = Findings(harbour()).pair("spun.txt", "farm.txt", confidence=0.9)
    assert (finding.source.doc, finding.copy.doc) == ("spun.txt", "farm.txt")
    assert finding.passages[0].source == (0, len(finding.source.text))
    assert finding.oriented
    assert finding.direction["confidence"] == 0.9
    assert not Findings(harbour()).pair("spun.txt", "farm.txt").oriented


def test_a_verdict_that_stands_is_kept() -> None:
    """The tree does not write over what the two texts say by themselves."""
    finding = Findings(example()).pair("bridge.txt", "farm.txt", confidence=0.6)
    assert finding.direction["confidence"] == 0.93
    assert len(finding.changes) == 10


def test_a_verdict_that_the_tree_contradicts_is_told_as_it_is() -> None:
    """Read from farm to bridge, as a tree might have it: the two texts alone still say that bridge came first."""
    straight = Findings(example()).pair("bridge.txt", "farm.txt")
    turned = Findings(example()).pair("farm.txt", "bridge.txt", confidence=0.6)
    assert turned.source.doc == "farm.txt"
    assert words.plain(words.verdict(turned)) == words.plain(words.verdict(straight))
    assert words.plain(words.arrows(turned)) == "bridge.txt → farm.txt"


def test_a_record_may_be_missing() -> None:
    trace = with_tables(example(), notes=schemas.NOTES.empty())
    trace.about = {}
    empty = {"version": "", "command": "", "started": "", "sources": [], "options": {}, "seconds": {}}
    assert about(trace) == empty
