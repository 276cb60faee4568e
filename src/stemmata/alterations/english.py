"""English cue words: what denies a statement, says whose it is, or is no cue at all.

The lists are ours, from the language; those of words that lie on a scale stand in ``english_scales.py``. Entries
are parted by ``|``; ``walk*`` stands for walk, walks, walked and walking, ``tall^`` for tall, taller and tallest.
"""

from __future__ import annotations

NEGATORS = """
not|never|no|none|nobody|nothing|nowhere|neither|without|cannot|can't|won't|don't|doesn't|didn't|isn't|
aren't|wasn't|weren't|hasn't|haven't|hadn't|wouldn't|couldn't|shouldn't|mustn't|shan't|needn't|mightn't|ain't|
no one|not any|none of|not once|at no time|no longer|no more|not any longer|not any more|daren't|mayn't|
oughtn't
"""

# what holds a negator and denies nothing, or no more than its plain twin does
NO_NEGATION = """
not only|not just|not merely|not simply|not solely|not to mention|not least|not until|not unless|no doubt|
no matter|no wonder|no sooner|no fewer than|no less than|no more than|none other|nothing but|nothing more than|
nothing less than|nothing short of|whether or not|why not|not that|not later than|no later than|not more than|
not less than|not fewer than|cannot but|cannot help|can't help|couldn't help|if not|nor
"""

# what may deny by itself: beside it a lost "not" proves nothing
HALF_NEGATIVE = """
fail*|lack*|refuse*|deny|denies|denied|denying|prevent*|avoid*|forget|forgets|forgot|forgotten|miss*|absent|
absence|hardly|barely|scarcely|rarely|seldom|few|little|against|stop|stops|stopped|stopping|ignore*|neglect*|
omit|omits|omitted|reject*|decline*|exclude*|ban|bans|banned|bar|barred|doubt*|oppose*|false|free|empty|devoid|
instead|except|rather|only|apart|beyond|too|failure|refusal|still|same|remain*|cease*|skip|skips|skipped|bare|
anything but|far from|any|anyone|anybody|anything|anywhere|either|any longer|any more|anymore|unless|yet
"""

# words of quantity that count as lost or new where nothing stands against them
COUNTING = """
all|every|many|some|several|few|a few|always|usually|generally|often|sometimes|rarely|seldom|mostly|largely|
occasionally|frequently|mainly|typically|normally|some of|many of|most of|all of|nearly all|almost all
"""

# phrases in which a cue word means something else
IDIOMS = """
how many|how much|how long|how often|how far|as many as|as much as|at all|after all|above all|all but|
first of all|so far|as far as|as long as|much longer|once more|more or less|at last|last but not least|
in order to|at first|right away|right now|all right|as little as|too much|all the same|at the same time|
the same time|by no means|most likely|more likely|less likely|most probably|even more|much more|a lot more|
at long last|sooner or later|before long|right into|in between|over and over|all over|all along|more and more|
over time|at once|so much|so many|very much|pretty much|just as much|set up|take up|shows up|show up|showed up|
made up|make up|makes up|set out|carry out|carried out|ended up|end up|ends up|grow up|grew up|grown up|
even more likely|much more likely|far more likely|come up with|came up with|taken over|take over|
took over|give up|gave up|given up|break down|broke down|cut off|like to|would like|
right to|the right of|rights|come true|of course
"""

SOURCE_PHRASES = """
according to|in the words of|as reported by|as stated by|in the view of|in the opinion of|citing|quoting|
as quoted by|as told to|as claimed by
"""
NAMELESS_SOURCE = "anonymous|anonymously|anonymity|unnamed|unidentified|undisclosed|unattributed|nameless"
SPEAKERS = """
official|officials|source|sources|spokesman|spokeswoman|spokesperson|expert|experts|critic|critics|observer|
observers|analyst|analysts|people|witness|witnesses|insider|insiders|someone|somebody|report|reports|some|
others|many|reporter|reporters|researcher|researchers|scientist|scientists|scholar|scholars|author|authors|
historian|historians|commentators|commentator|authorities|police|residents|locals|rumours|rumors|one person|
a man|a woman|one man|one woman|a voice|the other|one of them|statement|study|studies|survey|article|document|
documents|letter|memo|newspaper|magazine|daily|agency|company|firm|ministry|department|government|court|prosecutors|
prosecution|lawyer|lawyers|committee|commission|union|organisation|organization|campaigners|activists|investigators|
doctors|teachers|neighbours|neighbors|friends|colleagues|the other side|the paper|the group|the club|the bank
"""
# phrases that say nothing by themselves
FILLERS = """
in fact|of course|in addition|for example|for instance|as well|in particular|indeed|moreover|furthermore|
to be sure|after all|by the way|on the other hand|in other words|that is to say|it is true|needless to say|
at the same time|in the meantime|as a matter of fact|on the whole|all in all|in any case|to be honest|
so to speak|if you will|as it were|at the end of the day|in the long run|in the first place|for what it's worth|
as we all know|as you know|more than anything|in a nutshell|to put it simply|at this point in time|if nothing else|
in the final analysis|in the end|by and large|
it should be noted that|it is worth noting that|it is important to note that
"""

PRONOUNS = "i|he|she|it|they|we|you|who|this|that|these|those|him|her|them|his|hers|their|theirs|its|there|here|one"
DEFINITE = "the|this|that|these|those|his|her|their|its|our|my|your"

# words that bind others and name nothing: none of them is of a wrong sense
GRAMMAR = """
about|above|according|across|actually|after|again|against|ago|all|almost|along|already|also|although|always|among|
amid|and|another|any|around|as|at|away|back|because|before|behind|below|beneath|beside|besides|between|beyond|both|
but|by|can|certainly|could|currently|despite|do|does|did|down|during|each|either|else|even|ever|every|except|few|for|
from|further|furthermore|had|has|have|hence|here|how|however|if|in|indeed|instead|into|just|later|least|less|like|
likewise|many|may|maybe|might|more|moreover|most|much|must|near|nearly|neither|never|nevertheless|next|no|none|nor|
not|now|nowadays|of|off|often|on|once|only|onto|or|other|others|otherwise|ought|out|over|own|past|per|perhaps|plus|
presently|previously|quite|rather|really|same|several|shall|should|since|so|some|soon|still|such|than|that|the|then|
there|therefore|these|those|though|through|throughout|thus|till|to|today|together|too|toward|towards|under|unless|
unlike|until|up|upon|various|versus|very|via|what|when|whenever|where|whereas|wherever|whether|which|while|whilst|
who|whom|whose|why|will|with|within|without|would|yet
"""

TITLES = """
mr|mrs|ms|miss|dr|prof|professor|sir|lord|lady|president|king|queen|prince|princess|general|captain|colonel|
major|sergeant|senator|governor|minister|chancellor|judge|justice|secretary|saint|st|reverend|rev|father|sister|
brother|uncle|aunt|mister|doctor|madame|madam|monsieur|herr|frau|count|baron|duke|earl|bishop|pope|gen|sen|
gov|rep|capt|col|lt|sgt|chairman|director|mayor|ambassador|emperor|master
"""
ARTICLES = "the"
# a full stop after one of these ends no sentence
ABBREVIATED = """
mr|mrs|ms|dr|prof|st|gen|sen|gov|rep|capt|col|lt|sgt|rev|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|no|vs|
inc|ltd|co|corp|jr|sr|mt|ft|approx|fig|vol|dept|hon|messrs
"""

# American states as newspapers shorten them, where the short form is no word besides: *ill*, *wash* and *miss* are
STATES = (
    "ariz arizona|calif california|colo colorado|fla florida|kans kansas|ky kentucky|mich michigan|minn minnesota|"
    "neb nebraska|nev nevada|okla oklahoma|tenn tennessee|vt vermont|wis wisconsin|wyo wyoming"
)
# one thing under several names
ALIASES = (
    "us|usa|u s|u s a|united states|united states of america|america|american",
    "uk|u k|united kingdom|britain|great britain|british",
    "eu|e u|european union",
    "un|u n|united nations",
    "tv|t v|television",
    "tvs|televisions|television sets",
    "hq|headquarters",
    "tb|tuberculosis",
    "for example|e g|for instance",
    "that is|i e|that is to say",
    "and so on|etc|et cetera|and so forth",
    *(f"{short}|{state}" for short, state in (pair.split() for pair in STATES.split("|"))),
)
