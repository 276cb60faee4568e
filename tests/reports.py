"""Texts of our own on one matter each: two independent reports of an event, a form filled in twice, a retelling."""

from __future__ import annotations

FLOOD = (
    """Hundreds leave their homes as the Arle bursts its banks

TOLLEBURY, Wednesday - Some 600 people spent the night in a sports hall after the river Arle burst its banks north of \
Tollebury and sent a metre of brown water through the streets around the station. No deaths have been reported. Fire \
crews in rubber boats fetched pensioners from upper windows until well past midnight.

Forecasters had warned of heavy showers but not of what came down between noon and six: 112 millimetres, nearly twice \
the average for all of September. A spokesman for the county, Peter Haldane, called it “the worst afternoon in a \
generation” and said that soldiers were filling sandbags along the eastern dyke.

Trains between Tollebury and Kingsmere are cancelled until further notice. Schools stay shut, and residents have been \
told to boil tap water. Engineers expect the level to fall by Friday, provided that the weather holds.
""",
    """River town under water; 600 moved to safety

Boats replaced buses in Tollebury yesterday. A wall of rain, more than a month's worth in six hours, proved too much \
for the Arle, which spilled over its northern embankment shortly before dusk. By nightfall the railway quarter lay a \
metre deep.

“I grabbed the cat and the photographs, nothing else,” said Jean Orr, 71, wrapped in a grey blanket at the sports \
hall where volunteers were ladling out soup. She is one of roughly 600 whom rescuers brought there; everybody seems to \
be accounted for.

Haldane, who speaks for the county, asked the army for help. Its trucks rolled in around eleven with sand and pumps. \
Meanwhile the line to Kingsmere has been closed, pupils have an unexpected holiday, and doctors advise against \
drinking from the tap unless it has been boiled first. If no more rain comes, the quarter could be dry by the \
weekend, but the mud will take weeks to clear.
""",
)
DIVIDEND = (
    "{company} declares a {term} dividend\n\n{place}, {date} - The board of directors of {company} ({sign}) today "
    "declared a {term} cash dividend of {amount} cents per common share, payable on {paid} to shareholders of record "
    "at the close of business on {record}. The dividend compares with {before} cents a share that was paid in the same "
    "quarter of last year.\n\n{company}, based in {place}, makes {ware} and employs about {staff} people at {sites} "
    "sites. Further information is available from {name}, investor relations, telephone {phone}.\n"
)
DIVIDENDS = (
    DIVIDEND.format(
        company="Halvorsen Pumps", term="quarterly", place="Duluth", date="March 4", sign="HVP", amount="17.5",
        paid="April 15", record="March 28", before="16.0", ware="centrifugal pumps and valves", staff="2,300",
        sites="six", name="Carol Whitby", phone="555-0142",
    ),
    DIVIDEND.format(
        company="Brightwater Glass", term="quarterly", place="Toledo", date="August 19", sign="BWG", amount="42",
        paid="September 30", record="September 9", before="38.25", ware="bottles, jars and laboratory glass",
        staff="840", sites="two", name="Samuel Okafor", phone="555-0177",
    ),
)  # fmt: skip
FABLE = (
    """A heron stood every morning in the shallow end of the mill pond and ate whatever swam past. The carp, who were \
old and slow, held a council. The youngest proposed to dig a channel to the river, so that they could leave at night. \
They dug for forty nights. When the channel was open the water ran out of the pond, and the heron walked about in the \
mud and had his choice of them all.
""",
    """Each morning a heron would stand in the shallows of the mill pond and eat what came past. So the carp, being \
old and slow, met in council, and the youngest of them suggested digging a channel through to the river and escaping \
by night. Forty nights they dug. But once the channel lay open, all the water of the pond ran away through it, and the \
heron strolled about in the mud, free to choose among them.
""",
)
CARP = (
    "The carp of the mill pond, tired of being eaten, dug a channel to the river in forty nights. Then the water ran "
    "out, and the heron walked about in the mud and chose.",
    "Weary of the heron, the mill pond's carp spent forty nights digging a channel through to the river; when the "
    "water had run out he chose among them, walking in the mud.",
)
