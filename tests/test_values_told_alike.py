"""Numbers, amounts, dates and times in pairs: told alike they are style, told otherwise a change of fact."""

from __future__ import annotations

import pytest

from tests.test_changes import STYLE, told

ALIKE = [
    # numbers
    ("The boat carries twelve sheep.", "The boat carries a dozen sheep."),
    ("The boat carries six sheep.", "The boat carries half a dozen sheep."),
    ("The boat carries 24 sheep.", "The boat carries two dozen sheep."),
    ("It holds 1500 barrels of tar.", "It holds 1,500 barrels of tar."),
    ("It holds 388.6 thousands of bricks.", "It holds 388.6 thousand of bricks."),
    ("It holds 388,600 bricks.", "It holds 388.6 thousand bricks."),
    ("Some 250,000 herring were landed.", "Some 250k herring were landed."),
    ("The dose is 0.25 of a spoon.", "The dose is .25 of a spoon."),
    ("It rose to 15 crore people.", "It rose to 150 million people."),
    ("The frost reached −5 °C that week.", "The frost reached minus 5 °C that week."),
    ("The frost reached −5 °C that week.", "The frost reached -5 °C that week."),
    # hedged quantities
    ("About 70 gulls nest there.", "Around 70 gulls nest there."),
    ("About 70 gulls nest there.", "Some 70 gulls nest there."),
    ("Roughly 70 gulls nest there.", "Approximately seventy gulls nest there."),
    ("More than 70 gulls nest there.", "Over 70 gulls nest there."),
    ("At least 70 gulls nest there.", "No fewer than 70 gulls nest there."),
    # ranges
    ("Between 10 and 20 gulls nest there.", "From 10 to 20 gulls nest there."),
    ("It takes 10-20 minutes to cross.", "It takes 10–20 minutes to cross."),
    ("It takes 10-20 minutes to cross.", "It takes 10 to 20 minutes to cross."),
    ("It takes ten to twenty minutes to cross.", "It takes 10–20 minutes to cross."),
    ("It ran from 1974-81 without a break.", "It ran from 1974–81 without a break."),
    # fractions and shares
    ("A third of the crew was ill.", "One-third of the crew was ill."),
    ("A third of the crew was ill.", "1/3 of the crew was ill."),
    ("Half of the crew was ill.", "50 per cent of the crew was ill."),
    ("Three quarters of the crew was ill.", "75% of the crew was ill."),
    ("A third of the crew was ill.", "33 percent of the crew was ill."),
    ("Fares rose 5 per cent again.", "Fares rose 5% again."),
    ("Fares rose five percent again.", "Fares rose 5 per cent again."),
    ("Rates rose by 2 percentage points.", "Rates rose by two percentage points."),
    ("Catches grew threefold in a decade.", "Catches grew three-fold in a decade."),
    ("It costs twice the old fare.", "It costs double the old fare."),
    ("It costs twice the old fare.", "It costs two times the old fare."),
    # currencies
    ("The engine cost $400 to mend.", "The engine cost US$400 to mend."),
    ("The engine cost $400 to mend.", "The engine cost 400 dollars to mend."),
    ("The engine cost $400 to mend.", "The engine cost 400 US dollars to mend."),
    ("The engine cost USD 400 to mend.", "The engine cost $400 to mend."),
    ("The engine cost €5 million to build.", "The engine cost EUR 5 million to build."),
    ("The engine cost €5m to build.", "The engine cost five million euros to build."),
    ("The engine cost £2bn to build.", "The engine cost 2 billion pounds to build."),
    ("The engine cost ¥500 to mend.", "The engine cost 500 yen to mend."),
    ("The engine cost Rs 500 to mend.", "The engine cost 500 rupees to mend."),
    ("The engine cost ₹500 to mend.", "The engine cost Rs. 500 to mend."),
    ("A ticket costs 50 cents there.", "A ticket costs $0.50 there."),
    ("A ticket costs 50 pence there.", "A ticket costs £0.50 there."),
    # units
    ("The strait is 12 km wide.", "The strait is twelve kilometres wide."),
    ("The strait is 12 km wide.", "The strait is 12,000 metres wide."),
    ("The strait is 12 km wide.", "The strait is 12-km wide."),
    ("It makes 60 km/h in calm water.", "It makes 60 kilometres per hour in calm water."),
    ("It makes 20 mph in calm water.", "It makes 20 miles per hour in calm water."),
    ("The island has 40 km² of moor.", "The island has 40 square kilometres of moor."),
    ("The island has 40 sq km of moor.", "The island has 40 square kilometers of moor."),
    ("The water is 8 °C in June.", "The water is 8 degrees Celsius in June."),
    # times
    ("It sails at 3 p.m. from the quay.", "It sails at 15:00 from the quay."),
    ("It sails at 3 p.m. from the quay.", "It sails at 3 pm from the quay."),
    ("It sails at 3 p.m. from the quay.", "It sails at 3:00 PM from the quay."),
    ("It sails at 3 p.m. from the quay.", "It sails at three p.m. from the quay."),
    ("It sails at 3 p.m. from the quay.", "It sails at 3 o'clock from the quay."),
    ("It sails at noon from the quay.", "It sails at 12 noon from the quay."),
    ("It sails at noon from the quay.", "It sails at 12:00 from the quay."),
    ("It sails at noon from the quay.", "It sails at midday from the quay."),
    ("It sails at midnight from the quay.", "It sails at 0:00 from the quay."),
    ("It sails at midnight from the quay.", "It sails at 12 a.m. from the quay."),
    # dates
    ("It sailed on 10 February 2020 at last.", "It sailed on February 10, 2020 at last."),
    ("It sailed on 10 February 2020 at last.", "It sailed on the 10th of February 2020 at last."),
    ("It sailed on 10 February 2020 at last.", "It sailed on 2020-02-10 at last."),
    ("It sailed on 10 February 2020 at last.", "It sailed on 10/02/2020 at last."),
    ("It sailed on 10 February 2020 at last.", "It sailed on 02/10/2020 at last."),
    ("It sailed on 10/02/2020 at last.", "It sailed on 02/10/2020 at last."),
    ("It sailed on 10.02.2020 at last.", "It sailed on 10/02/2020 at last."),
    ("It sailed all through the 1990s.", "It sailed all through the nineteen-nineties."),
    ("It sailed all through the 1990s.", "It sailed all through the nineties."),
    ("It sailed all through the 1990s.", "It sailed all through the ’90s."),
    ("It sailed all through the 1990s.", "It sailed all through the 1990's."),
    ("It was founded in the 18th century.", "It was founded in the eighteenth century."),
    ("It was founded in the 18th century.", "It was founded in the XVIII century."),
    ("It was founded in the 18th century.", "It was founded in the 1700s."),
    ("It sailed on Monday to Lund.", "It sailed yesterday to Lund."),
    # ordinals and Roman numerals
    ("It was the 3rd boat of its name.", "It was the third boat of its name."),
    ("The office is on floor 17 of the tower.", "The office is on floor 17th of the tower."),
    ("It was sunk in World War II by a mine.", "It was sunk in World War 2 by a mine."),
    ("It was sunk in World War II by a mine.", "It was sunk in World War Two by a mine."),
    ("It was built for King Oscar II himself.", "It was built for King Oscar the Second himself."),
]

UNLIKE = [
    ("number", "The boat carries a dozen sheep.", "The boat carries ten sheep."),
    ("number", "The boat carries half a dozen sheep.", "The boat carries a dozen sheep."),
    ("number", "About 70 gulls nest there.", "About 90 gulls nest there."),
    ("number", "Between 10 and 20 gulls nest there.", "Between 10 and 30 gulls nest there."),
    ("number", "It takes 10-20 minutes to cross.", "It takes 10–40 minutes to cross."),
    ("number", "A third of the crew was ill.", "A quarter of the crew was ill."),
    ("number", "1/3 of the crew was ill.", "1/4 of the crew was ill."),
    ("percent", "Half of the crew was ill.", "60 per cent of the crew was ill."),
    ("percent", "A third of the crew was ill.", "43 percent of the crew was ill."),
    ("percent", "Rates rose by 2 per cent.", "Rates rose by 2 percentage points."),
    ("percent", "The share is 0.01% of all.", "The share is .001% of all."),
    ("number", "It costs twice the old fare.", "It costs three times the old fare."),
    ("number", "Catches grew twofold in a decade.", "Catches grew fivefold in a decade."),
    ("number", "It holds 388.6 thousand bricks.", "It holds 378.6 thousand bricks."),
    ("number", "The frost reached −5 °C that week.", "The frost reached 5 °C that week."),
    ("unit", "The engine cost $400 to mend.", "The engine cost £400 to mend."),
    ("unit", "The engine cost EUR 5 million to build.", "The engine cost USD 5 million to build."),
    ("unit", "The engine cost Rs 500 to mend.", "The engine cost ¥500 to mend."),
    ("unit", "It makes 60 km/h in calm water.", "It makes 60 miles per hour in calm water."),
    ("unit", "The island has 40 square kilometres of moor.", "The island has 40 square miles of moor."),
    ("unit", "The water is 8 degrees Celsius in June.", "The water is 8 degrees Fahrenheit in June."),
    ("unit", "It rose to 15 crore people.", "It rose to 15 lakh people."),
    ("date", "It sails at 3 p.m. from the quay.", "It sails at 3 a.m. from the quay."),
    ("date", "It sails at 3 p.m. from the quay.", "It sails at 16:00 from the quay."),
    ("date", "It sails at 3 o'clock from the quay.", "It sails at 5 o'clock from the quay."),
    ("date", "It sails at noon from the quay.", "It sails at midnight from the quay."),
    ("date", "It sailed on 10/02/2020 at last.", "It sailed on 11 February 2020 at last."),
    ("date", "It sailed on 10/02/2020 at last.", "It sailed on 10/02/2021 at last."),
    ("date", "It sailed all through the 1990s.", "It sailed all through the nineteen-eighties."),
    ("date", "It sailed all through the nineties.", "It sailed all through the 1980s."),
    ("date", "It was founded in the 18th century.", "It was founded in the XIX century."),
    ("date", "It was founded in the 18th century.", "It was founded in the 1800s."),
    ("date", "It sailed on Monday to Lund.", "It sailed on Tuesday to Lund."),
    ("date", "It sailed yesterday to Lund.", "It sailed today to Lund."),
    ("number", "It was the 3rd boat of its name.", "It was the fifth boat of its name."),
    ("name", "It was sunk in World War II by a mine.", "It was sunk in World War I by a mine."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "copy"), ALIKE)
def test_a_value_in_another_form_is_no_change_of_fact(source: str, copy: str) -> None:
    """Whichever of the two comes first."""
    for rows in (told(source, copy), told(copy, source)):
        assert [row for row in rows if row[0] not in STYLE] == []


@pytest.mark.parametrize(("kind", "source", "copy"), UNLIKE)
def test_another_value_is_one_change_of_its_type(kind: str, source: str, copy: str) -> None:
    """Whichever of the two comes first."""
    for rows in (told(source, copy), told(copy, source)):
        assert [row[0] for row in rows if row[0] not in STYLE] == [kind]
