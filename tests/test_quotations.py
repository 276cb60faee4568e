"""Quotations: marks of many languages, block quotations, and who is named beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.quotations import between_marks, find_quotations, is_named
from tests.texts import texts

MARKS = "“”„‟\"«»‘’‚'「」『』〝〞"
pieces = st.sampled_from([*MARKS, "a", "b ", " ", "\n", "\n\n", "7", "中", "> ", ":\n", "    ", "."])


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “come in” twice.",
        'He said "come in" twice.',
        'He asked ("come in") twice.',
        "He said ‘come in’ twice.",
        "He said 'come in' twice.",
        "Er sagte „come in“ und ging.",
        "Er sagte ‚come in‘ und ging.",
        "Er sagte »come in« und ging.",
        "Il dit «come in» et partit.",
        "Hon sade ”come in” och gick.",
        "Hon sade »come in» och gick.",
        "Он сказал «come in» и ушёл.",
        "他说「come in」。",
        "他说『come in』。",
        '他说"come in"了。',
        "قال «come in» ثم خرج.",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    assert quoted(text) == ["come in"]


def test_french_marks_stand_apart_from_their_words() -> None:
    assert quoted("Il dit « entrez » et partit.") == [" entrez "]


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("“He said ‘yes’ and left”", "He said ‘yes’ and left"),
        ("‘He said “yes” and left’", "He said “yes” and left"),
        ("„Er sagte ‚ja‘ und ging“", "Er sagte ‚ja‘ und ging"),
        ("« Il dit « oui » et partit »", " Il dit « oui » et partit "),
        ("‘It’s the captain’s dog’", "It’s the captain’s dog"),
    ],
)
def test_of_a_quotation_in_a_quotation_the_outer_counts(text: str, outer: str) -> None:
    assert quoted(f"{text}, she said.") == [outer]


@pytest.mark.parametrize("mark", ["“", "„", '"', "«", "‘"])
def test_a_quotation_goes_on_where_the_next_paragraph_opens_with_its_mark(mark: str) -> None:
    close = {"“": "”", "„": "“", '"': '"', "«": "»", "‘": "’"}[mark]
    text = f"She spoke: {mark}The first part.\n\n{mark}The second.\n\n{mark}The end{close} and sat down."
    (one,) = quoted(text)
    assert one.startswith("The first part.")
    assert one.endswith("The end")


@pytest.mark.parametrize(
    "text",
    [
        'A 5" nail, and another of 6" beside it.',
        "The dogs' bowls and the cats' toys.",
        "’Twas the winter of rock 'n' roll, back in the '90s.",
        "Don't say it isn't so.",
        'צה"ל פרסם הודעה',
        "— Come in, said he. — No.",
        'A mark " that nothing closes.\n\nThe next paragraph.',
        "“Nor does this one.\n\nThe next paragraph.",
        '""""""""',
        "",
    ],
)
def test_what_quotes_nothing(text: str) -> None:
    """Inches, apostrophes, dialogues with dashes, marks without a partner, lines drawn with marks."""
    assert quoted(text) == []


def test_a_mark_for_inches_does_not_end_a_quotation() -> None:
    assert quoted('“Take a 5" nail,” he said. "And a 6" one," said she.') == ['Take a 5" nail,', 'And a 6" one,']
    assert quoted('Born "in 1950" or "in 1951".') == ["in 1950", "in 1951"]


def test_a_mark_that_never_closed_does_not_hide_the_next() -> None:
    assert quoted("“This never closed. But “this did” at once.") == ["this did"]
    assert quoted('A lone " sign.\n\nAnd "this".') == ["this"]


def test_lines_after_an_angle_are_a_block_quotation() -> None:
    text = "On Monday Ada wrote:\n> The ferry is late,\n> as ever.\n\nIt was not."
    assert quoted(text) == ["> The ferry is late,\n> as ever."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_set_in_after_a_colon_are_a_block_quotation(end: str) -> None:
    text = end.join(["As the keeper wrote:", "", "    The lamp was dark", "    since midnight.", "", "So he says."])
    assert [one.split() for one in quoted(text)] == [["The", "lamp", "was", "dark", "since", "midnight."]]


def test_where_all_lines_are_set_in_none_is_a_quotation() -> None:
    assert quoted("    As the keeper wrote:\n\n    The lamp was dark.\n\n    So he says.") == []


QUOTED = "we shall never close the library of this town again"


@pytest.mark.parametrize(
    "text",
    [
        f"The mayor, Ada Quill, said on Friday: “{QUOTED}.”",
        f"“{QUOTED},” said Ada Quill.",
        f"“{QUOTED},” Quill said.",
        f"Quill said: “{QUOTED}.”",
        f"Ada Quill, the mayor, stood up. She said: “{QUOTED}.”",
        f"The motto “{QUOTED}” (Quill 2010) is old.",
        f"The motto “{QUOTED}” [3] is old.",
        f"According to the mayor, Ada Quill, “{QUOTED}” is a promise.",
        f"Bürgermeisterin Ada Quill erklärte: „{QUOTED}.“",
        f"« {QUOTED} », a dit la maire, Ada Quill.",
        f"«{QUOTED}», dijo la alcaldesa Ada Quill.",
        f"Мэр Нина Орлова сказала: «{QUOTED}».",
        f"قالت مديرة المكتبة سلمى الحداد: «{QUOTED}».",
        f"镇长林秋月说：「{QUOTED}」。",
        f"As Ada Quill wrote:\n\n    {QUOTED}\n    and again.\n\nThat was it.",
        f"On Monday Ada Quill wrote:\n\n> {QUOTED}\n\nThat was it.",
        f"They had a plan:\n\n> {QUOTED} (Quill 2010)\n\nThat was it.",
    ],
)
def test_a_quotation_whose_speaker_or_source_is_named(text: str) -> None:
    (quotation,) = find_quotations(text)
    assert is_named(text, quotation)


@pytest.mark.parametrize(
    "text",
    [
        f"There is a motto, “{QUOTED}”, over the door.",
        f"In the United States “{QUOTED}” is a motto.",
        f"The report says “{QUOTED}” is a motto.",
        f"“{QUOTED}.”\n\nAda Quill said nothing of the kind.",
        f"Ada Quill said nothing of the kind.\n\n“{QUOTED}.”",
        f"Er zeigte auf den Spruch „{QUOTED}“ an der Wand.",
        f"Над дверью висел девиз «{QUOTED}».",
        f"门上写着「{QUOTED}」。",
    ],
)
def test_a_quotation_of_nobody(text: str) -> None:
    (quotation,) = find_quotations(text)
    assert not is_named(text, quotation)


def test_a_reporting_verb_of_another_language_names_nobody() -> None:
    """*Laut* is "according to" in German, and no verb in English; those of all languages count where it is unknown."""
    loud = f"A laut gong rang for Ada Quill: “{QUOTED}” was the motto."
    said = f"The mayor, Ada Quill, said: “{QUOTED}.”"
    (quotation,), (other,) = find_quotations(loud), find_quotations(said)
    assert [is_named(loud, quotation, language) for language in ("en", "fr", "de", None, "hu")] == [
        False,
        False,
        True,
        True,
        True,
    ]
    assert [is_named(said, other, language) for language in ("en", "de", "zh")] == [True, False, False]


@pytest.mark.parametrize(("language", "named"), [("zh", True), ("ja", False), ("ko", False), (None, True)])
def test_signs_that_report_in_chinese_need_not_do_so_elsewhere(language: str | None, named: bool) -> None:
    text = f"镇长林秋月表示：「{QUOTED}」。"
    (quotation,) = find_quotations(text)
    assert is_named(text, quotation, language) == named


@given(st.lists(pieces, max_size=60).map("".join) | texts)
def test_quotations_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.start < quotation.end <= len(text)
        end = quotation.end
        assert is_named(text, quotation) in (True, False)
    assert between_marks(text) == sorted(between_marks(text))


@pytest.mark.parametrize(
    "piece", ['"', "“", '" ', '"a', "'a ", "“a”", '5"', '"\n', "“\n\n", "“\n", "> \n", ":\n", ":\n  a\n"]
)
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    """Fifty thousand marks and more are read once; a search from each to the end would take minutes."""
    text = f"“{piece * 50_000}“"
    assert all(start < end for start, end in find_quotations(text))


def test_a_quotation_may_go_on_after_any_number_of_blank_lines() -> None:
    """They are passed over at once; to read them again at each would take hours."""
    text = "“So" + "\n" * 300_000 + "“it was.”"
    assert find_quotations(text) == [(1, len(text) - 1)]


@pytest.mark.parametrize("count", [0, 1, 9, 10])
def test_each_of_many_quotations_is_named_for_itself(count: int) -> None:
    """Most sentences beside quotations hold no verb that reports, and are not read word by word."""
    quotation = '"the lamp burnt all night and nobody came"'
    both = f"Said Lund: {quotation}.\n\nThey SAID {quotation}.\n\n"
    text = "".join(both if k < count else f"{quotation}\n\n" for k in range(10))
    found = [is_named(text, one, "en") for one in find_quotations(text)]
    assert found == [True, False] * count + [False] * (10 - count)
