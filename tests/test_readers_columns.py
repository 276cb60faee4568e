"""Foreign tables: what is known is taken over and cast, the rest ignored, and nothing lost in silence."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.blanks import is_blank
from stemmata.readers.columns import ROWS, take_columns, take_records

TEXT = "The ferry ran aground at dawn."


def notes(table: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([table], "notes").to_pylist()}


def values(name: str, column: Any) -> list[Any]:
    """What becomes of a column, given as Arrow's and as Python's."""
    column = column if isinstance(column, pa.Array) else pa.array(column)
    table = take_columns(pa.table({"text": [TEXT] * len(column), name: column}))
    assert table.schema.equals(ROWS)
    return list(table["doc" if name == "id" else name].to_pylist())


def both(name: str, value: Any) -> tuple[Any, dict[str, int]]:
    """What becomes of one value, which must be the same from a table as from a record."""
    table = take_columns(pa.table({"text": [TEXT], name: [value]}))
    record = take_records([{"text": TEXT, name: value}], [1])
    assert table.equals(record)
    assert notes(table) == notes(record)
    return table[name][0].as_py(), notes(table)


def test_unknown_columns_are_ignored() -> None:
    table = take_columns(pa.table({"likes": [3], "text": [TEXT], "vector": [[0.5, 1.5]]}))
    assert table.schema.equals(ROWS)
    assert table["text"].to_pylist() == [TEXT]
    assert not notes(table)


@pytest.mark.parametrize("names", [["body"], [], ["blurb", "Texts"]])
def test_without_a_column_text_the_columns_there_are_are_named(names: list[str]) -> None:
    with pytest.raises(SourceError, match="no column 'text'") as caught:
        take_columns(pa.table({name: ["x"] for name in names}))
    assert all(repr(name) in caught.value.what for name in names)


def test_a_column_text_that_holds_numbers_is_refused() -> None:
    with pytest.raises(SourceError, match="holds int64, not text"):
        take_columns(pa.table({"text": [1, 2]}))


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_text_may_be_of_any_kind_that_arrow_has_for_it(kind: pa.DataType) -> None:
    texts = pa.array(["Der Fährmann", None, "Паромщик"]).cast(kind)
    table = take_columns(pa.table({"text": texts}))
    assert table["text"].to_pylist() == ["Der Fährmann", None, "Паромщик"]


def test_bytes_that_are_not_utf8_become_replacement_characters_with_a_note() -> None:
    raw = pa.array([b"caf\xe9", "фьорд".encode(), None], pa.binary())
    strings = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    for broken in (raw, strings):
        table = take_columns(pa.table({"text": broken}))
        assert table["text"].to_pylist() == ["caf\ufffd", "фьорд", None]
        assert notes(table) == {"characters that are not valid Unicode, replaced": 1}


def test_a_dictionary_may_hold_texts_of_any_kind() -> None:
    """A categorical column of polars is a dictionary of views; its bytes may be bad as those of others."""
    indices = pa.array([1, 0, None, 1], pa.uint32())
    raw = pa.array([b"caf\xe9 on the quay", "фьорд".encode()], pa.binary())
    strings = pa.Array.from_buffers(pa.string(), 2, raw.buffers())
    views = raw.cast(pa.binary_view()).view(pa.string_view())
    for dictionary in (raw, strings, views):
        table = take_columns(pa.table({"text": pa.DictionaryArray.from_arrays(indices, dictionary)}))
        assert table["text"].to_pylist() == ["фьорд", "caf\ufffd on the quay", None, "фьорд"]
        assert notes(table) == {"characters that are not valid Unicode, replaced": 1}


def test_indices_past_the_end_of_a_dictionary_are_damage() -> None:
    astray = pa.DictionaryArray.from_arrays(pa.array([0, 7]), pa.array(["a"]), safe=False)
    with pytest.raises(SourceError, match="damaged"):
        take_columns(pa.table({"text": astray}))


def test_a_number_too_long_to_be_written_is_left_out() -> None:
    table = take_records([{"text": TEXT, "title": 10**5000}], [1])
    assert table["title"].to_pylist() == [None]
    assert sum(notes(table).values()) == 1


def test_offsets_that_lead_astray_are_damage() -> None:
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little", signed=True) for n in (0, 900, 3)))
    astray = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"abc")])
    with pytest.raises(SourceError, match="damaged"):
        take_columns(pa.table({"text": astray}))


def test_doc_goes_before_id_and_id_fills_its_gaps() -> None:
    table = take_columns(pa.table({"text": [TEXT] * 3, "id": [7, 8, None], "doc": ["a", None, " "]}))
    assert table["doc"].to_pylist() == ["a", "8", None]


def test_names_may_be_numbers() -> None:
    assert values("id", [1, 2]) == ["1", "2"]
    assert values("siglum", [12, None]) == ["12", None]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2024-03-01", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-03-01T10:20:30", datetime(2024, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("2024-03-01 10:20:30.123456", datetime(2024, 3, 1, 10, 20, 30, 123456, tzinfo=UTC)),
        ("2024-03-01T10:20:30Z", datetime(2024, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("2024-03-01T10:20:30+02:00", datetime(2024, 3, 1, 8, 20, 30, tzinfo=UTC)),
        ("1391-05-01", datetime(1391, 5, 1, tzinfo=UTC)),
        (date(2024, 3, 1), datetime(2024, 3, 1, tzinfo=UTC)),
        (datetime(2024, 3, 1, 10), datetime(2024, 3, 1, 10, tzinfo=UTC)),
        (datetime(2024, 3, 1, 10, tzinfo=UTC), datetime(2024, 3, 1, 10, tzinfo=UTC)),
    ],
)
def test_dates_are_times_in_utc(given: object, meant: datetime) -> None:
    assert both("published", given) == (meant, {})


@pytest.mark.parametrize("given", ["last Tuesday", "2024-13-01", 1_700_000_000, 17.5, "0001-01-01T00:00:00+05:00"])
def test_what_is_no_date_is_unknown_with_a_note(given: object) -> None:
    what = "values in the column 'published' that are not dates of ISO 8601, left out"
    assert both("published", given) == (None, {what: 1})


def bounds(column: Any, **others: Any) -> list[tuple[Any, Any, Any]]:
    """What becomes of a column ``published``, from a table and from records: the moment, and its bounds."""
    columns = {"text": [TEXT] * len(column), "published": column, **others}
    table = take_columns(pa.table(columns))
    records = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert table.equals(take_records(records, range(1, len(records) + 1)))
    return [(row["published"], row["not_before"], row["not_after"]) for row in table.to_pylist()]


def end(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59, 59, 999_999, tzinfo=UTC)


UNCERTAIN = "dates that are a year, a month or a range, taken as the bounds 'not_before' and 'not_after'"


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ("1984", datetime(1984, 1, 1, tzinfo=UTC), end(1984, 12, 31)),
        (1984, datetime(1984, 1, 1, tzinfo=UTC), end(1984, 12, 31)),
        ("1984-02", datetime(1984, 2, 1, tzinfo=UTC), end(1984, 2, 29)),
        ("1478-1480", datetime(1478, 1, 1, tzinfo=UTC), end(1480, 12, 31)),
        ("1478/1480", datetime(1478, 1, 1, tzinfo=UTC), end(1480, 12, 31)),
        ("1984-05 – 1984-07", datetime(1984, 5, 1, tzinfo=UTC), end(1984, 7, 31)),
        ("1984-05-03..1984-05-09", datetime(1984, 5, 3, tzinfo=UTC), end(1984, 5, 9)),
        ("1984-05-03 to 1985", datetime(1984, 5, 3, tzinfo=UTC), end(1985, 12, 31)),
    ],
)
def test_a_year_a_month_or_a_range_is_a_date_that_has_bounds(given: object, first: datetime, last: datetime) -> None:
    assert bounds([given]) == [(None, first, last)]
    table = take_columns(pa.table({"text": [TEXT], "published": [given]}))
    assert notes(table) == {UNCERTAIN: 1}


@pytest.mark.usefixtures("linear")
def test_a_long_value_in_a_column_of_dates_is_none_at_once() -> None:
    long = "1984" + " " * 50 + "- " + " " * 1_000_000 + "x" * 50
    assert bounds([long]) == [(None, None, None)]
    assert bounds(["1478   to\n  1480"]) == [(None, datetime(1478, 1, 1, tzinfo=UTC), end(1480, 12, 31))]


def test_days_beside_years_stay_days_and_bounds_that_are_given_stay_as_they_are() -> None:
    day = datetime(1984, 5, 3, tzinfo=UTC)
    year = datetime(1984, 1, 1, tzinfo=UTC)
    given = ["1984-05-03", "1984", "1984", None]
    assert bounds(given, not_after=[None, "1984-06", None, "1990-02-01"]) == [
        (day, None, None),
        (None, year, end(1984, 6, 30)),
        (None, year, end(1984, 12, 31)),
        (None, None, end(1990, 2, 1)),
    ]


def test_the_bounds_of_a_column_date_count_where_published_says_nothing() -> None:
    assert bounds(["1984-05-03", None], date=["1980", "1980"]) == [
        (datetime(1984, 5, 3, tzinfo=UTC), None, None),
        (None, datetime(1980, 1, 1, tzinfo=UTC), end(1980, 12, 31)),
    ]


@pytest.mark.parametrize("given", ["1986-1984", "84", "1984/85", "05/03/1984", "spring 1984", 10_000, True, "1984 -"])
def test_what_may_be_no_range_is_no_date(given: object) -> None:
    assert bounds([given]) == [(None, None, None)]


def test_a_day_that_is_the_latest_ends_at_midnight() -> None:
    """As in TEI: who says that a text is no later than a day includes that day."""
    assert both("not_after", "2024-03-01") == (end(2024, 3, 1), {})
    assert both("not_after", date(2024, 3, 1)) == (end(2024, 3, 1), {})
    assert both("not_after", "2024-03-01T10:00") == (datetime(2024, 3, 1, 10, tzinfo=UTC), {})
    assert both("not_before", "2024-03") == (datetime(2024, 3, 1, tzinfo=UTC), {})


def test_a_year_in_which_a_crawl_met_a_text_or_it_was_changed_is_left_out() -> None:
    for name in ("modified", "first_seen"):
        what = f"values in the column '{name}' that are not dates of ISO 8601, left out"
        assert both(name, "1984") == (None, {what: 1})


def test_one_bad_date_does_not_cost_the_others() -> None:
    assert values("modified", ["2024-03-01", "soon", "2024-03-02T00:00:00Z"]) == [
        datetime(2024, 3, 1, tzinfo=UTC),
        None,
        datetime(2024, 3, 2, tzinfo=UTC),
    ]


def test_times_of_any_unit_and_zone_are_cast() -> None:
    nine = datetime(2024, 3, 1, 9, tzinfo=UTC)
    seconds = int(nine.timestamp())
    assert values("first_seen", pa.array([seconds], pa.timestamp("s"))) == [nine]
    assert values("first_seen", pa.array([seconds * 10**9 + 1], pa.timestamp("ns"))) == [nine]
    assert values("first_seen", pa.array([seconds * 1000], pa.timestamp("ms", "Europe/Rome"))) == [nine]
    assert values("first_seen", pa.array([seconds // 86400], pa.date32())) == [nine.replace(hour=0)]


def test_times_past_the_year_9999_are_left_out() -> None:
    table = take_columns(pa.table({"text": [TEXT], "published": pa.array([2**62], pa.timestamp("us"))}))
    assert table["published"].to_pylist() == [None]
    assert sum(notes(table).values()) == 1


@pytest.mark.parametrize(("given", "meant"), [(True, True), ("false", False), ("yes", True), (0, False), ("", None)])
def test_flags_may_be_written_out(given: object, meant: bool | None) -> None:
    assert both("ours", given) == (meant, {})


def test_lists_are_taken_over() -> None:
    assert values("lineage", [["rsid-1", "rsid-2"], None]) == [["rsid-1", "rsid-2"], None]
    locators = [[{"offset": 0, "label": "fol. 1r"}, {"offset": 20, "label": "fol. 1v"}]]
    assert values("locators", locators) == locators
    hidden = [[{"offset": 3, "what": "white on white", "text": "buy bridges"}]]
    assert values("hidden", hidden) == hidden
    table = take_records([{"text": TEXT, "locators": [(0, "p. 1"), (9, 2)]}], [None])
    assert table["locators"].to_pylist() == [[{"offset": 0, "label": "p. 1"}, {"offset": 9, "label": "2"}]]


@pytest.mark.parametrize("name", ["locators", "hidden"])
def test_places_lie_in_the_text_and_are_in_its_order(name: str) -> None:
    """Those that do not are left out, with a note, as are those that are not whole."""
    rest = {"label": "2"} if name == "locators" else {"what": "white on white", "text": "buy bridges"}
    given = [{"offset": offset, **rest} for offset in (9, 31, 2**62, 30, 0)]
    kept = [[{"offset": offset, **rest} for offset in (0, 9, 30)]]
    lacking = [None, {**given[0], next(iter(rest)): None}, {**given[0], "offset": -1}]
    assert values(name, [[*given, *lacking]]) == kept
    table = take_columns(pa.table({"text": [TEXT], name: [[*given, *lacking]]}))
    assert notes(table) == {f"places in the column '{name}' that are none in the text, left out": 5}
    table = take_records([{"text": TEXT, name: given}], [1], foreign=True)
    assert table[name].to_pylist() == kept
    assert sum(notes(table).values()) == 2


def test_nothing_is_no_identifier() -> None:
    assert values("lineage", [["rsid-1", None], [None], None]) == [["rsid-1"], [], None]


def test_values_in_a_time_zone_that_is_nowhere_are_left_out() -> None:
    times = pa.array([0], pa.timestamp("us", "Mars/Olympus"))
    table = take_columns(pa.table({"text": [TEXT], "lineage": times, "published": times}))
    assert table["lineage"].to_pylist() == [None]
    assert table["published"].to_pylist() == [datetime(1970, 1, 1, tzinfo=UTC)]
    assert sum(notes(table).values()) == 1


def test_identifiers_may_stand_in_one_cell_with_spaces_commas_or_semicolons_between_them() -> None:
    """A table of text has no lists."""
    cells = ["rsid:00A1 rsid:00A2", "rsid:00A1; rsid:00A2", "rsid:00A1,rsid:00A2 ", "ua-7", " "]
    assert values("lineage", cells) == [*[["rsid:00A1", "rsid:00A2"]] * 3, ["ua-7"], None]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lineage", 7),
        ("locators", [{"label": "p. 1"}]),
        ("hidden", [{"offset": 0, "text": "x"}]),
        ("hidden", [{"offset": -1, "what": "x", "text": "x"}]),
        ("locators", [{"offset": -1, "label": "p. 1"}]),
        ("locators", [{"offset": 2**70, "label": "p. 1"}]),
        ("title", ["a", "b"]),
        ("ours", "perhaps"),
        ("language", "Klingon"),
        ("sha256", "abc"),
    ],
)
def test_what_a_column_cannot_hold_is_left_out_with_a_note(name: str, value: object) -> None:
    table = take_records([{"text": TEXT, name: value}, {"text": TEXT}], [1, 2])
    assert table[name].to_pylist() == [None, None]
    assert [(name in what, count) for what, count in notes(table).items()] == [(True, 1)]


@pytest.mark.parametrize(("given", "meant"), [("en", "en"), ("EN", "en"), ("pt-BR", "pt"), ("grc", "grc"), ("", None)])
def test_languages_are_reduced_to_their_code(given: str, meant: str | None) -> None:
    assert both("language", given) == (meant, {})


@pytest.mark.parametrize("name", ["title", "author", "site", "siglum", "canonical", "published", "ours"])
@pytest.mark.parametrize("value", ["", "  ", None])
def test_empty_is_unknown(name: str, value: str | None) -> None:
    assert both(name, value) == (None, {})


def test_lone_surrogates_in_records_never_reach_arrow() -> None:
    record = {"text": "so\ud800", "title": "\udc00", "lineage": ["\ud800"], "locators": [(0, "\ud800")]}
    table = take_records([record], [None])
    assert table["text"].to_pylist() == ["so\ufffd"]
    assert table["title"].to_pylist() == ["\ufffd"]
    assert table["lineage"].to_pylist() == [["\ufffd"]]
    assert table["locators"].to_pylist() == [[{"offset": 0, "label": "\ufffd"}]]
    assert notes(table) == {"characters that are not valid Unicode, replaced": 2}


def test_of_two_columns_of_one_name_the_first_counts() -> None:
    twice = pa.Table.from_arrays([pa.array([TEXT]), pa.array(["other"])], ["text", "text"])
    assert take_columns(twice)["text"].to_pylist() == [TEXT]


def test_rows_are_counted_from_one() -> None:
    assert take_columns(pa.table({"text": [TEXT] * 3}))["row"].to_pylist() == [1, 2, 3]
    assert take_columns(pa.table({"text": [TEXT] * 2}), [4, 9])["row"].to_pylist() == [4, 9]


def test_slices_and_chunks_change_nothing() -> None:
    whole = pa.table({"text": ["a", "b", "c", "d"], "id": [1, 2, 3, 4]})
    parted = pa.concat_tables([whole.slice(1, 1), whole.slice(2, 2)])
    assert take_columns(parted).combine_chunks().equals(take_columns(whole.slice(1)).combine_chunks())


def test_blank_is_what_is_nothing_but_white_space_in_any_script() -> None:
    """Whether texts begin with white space is asked of their first bytes, and only then of the texts."""
    signs = [chr(point) for point in range(0x11000) if not 0xD800 <= point < 0xE000]
    trimmed = pc.equal(pc.utf8_trim_whitespace(pa.array(signs)), "").to_pylist()
    assert is_blank(pa.array(signs, pa.large_string())).to_pylist() == trimmed
    assert [is_blank(pa.chunked_array([[sign]], pa.string()))[0].as_py() for sign in signs[:0x3100]] == trimmed[:0x3100]
    assert is_blank(pa.array(["", " \t", " a", "a ", None, "\u3000\u2028"])).to_pylist() == [
        *(True, True, False, False, None, True)
    ]
    assert is_blank(pa.chunked_array([], pa.string())).to_pylist() == []
