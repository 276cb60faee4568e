"""English cue words: what turns a statement, weakens it, counts it, compares it, links it or says whose it is.

Lists are written by us from the language. Entries are parted by ``|``; ``walk*`` stands for walk, walks, walked
and walking, ``tall^`` for tall, taller and tallest. A word may stand in several places: two cues agree where
they share a sense.
"""

from __future__ import annotations

NEGATORS = "not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|can't|won't|don't|doesn't|didn't|"
NEGATORS += "isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|wouldn't|couldn't|shouldn't|mustn't|shan't|needn't|"
NEGATORS += "mightn't|ain't|no one|not any|none of|not once|at no time|no longer|no more|not any longer|not any more"

# phrases that hold a negator and deny nothing, or nothing that their plain twins do not
NO_NEGATION = "not only|not just|not merely|not simply|not solely|not to mention|not least|not until|not unless|"
NO_NEGATION += "no doubt|no matter|no wonder|no sooner|no fewer than|no less than|no more than|none other|"
NO_NEGATION += "nothing but|nothing more than|nothing less than|nothing short of|whether or not|why not|not that|"
NO_NEGATION += "not later than|no later than|not more than|not less than|not fewer than|cannot but|cannot help|"
NO_NEGATION += "can't help|couldn't help|if not|nor"

# words that may carry a negation within themselves: beside one of them a lost "not" proves nothing
HALF_NEGATIVE = "fail*|lack*|refuse*|deny|denies|denied|denying|prevent*|avoid*|forget|forgets|forgot|forgotten|"
HALF_NEGATIVE += "miss*|absent|absence|hardly|barely|scarcely|rarely|seldom|few|little|against|stop|stops|stopped|"
HALF_NEGATIVE += "stopping|ignore*|neglect*|omit|omits|omitted|reject*|decline*|exclude*|ban|bans|banned|bar|barred|"
HALF_NEGATIVE += "doubt*|oppose*|false|free|empty|devoid|instead|except|rather|only|apart|beyond|too|failure|refusal|"
HALF_NEGATIVE += "still|same|remain*|cease*|skip|skips|skipped|bare|anything but|far from|any|"
HALF_NEGATIVE += "anyone|anybody|anything|anywhere|either|ever|any longer|any more|anymore|unless|yet"

# dimension → sense → words; opposite senses of one dimension reverse what is said
OPPOSITES = {
    "permission": {
        "yes": "allow*|permit|permits|permitted|permitting|let|enable*|authorize*|authorise*|legalize*|legalise*",
        "no": "forbid|forbids|forbade|forbidden|prohibit*|ban|bans|banned|banning|prevent*|block*|outlaw*",
    },
    "assent": {
        "yes": "accept*|agree*|approve*|endorse*|support*|back*|favour*|favor*|acceptance|approval|assent*|welcome*",
        "no": "reject*|refuse*|decline*|disapprove*|oppose*|veto|vetoed|rejection|refusal|opposition|dismiss*",
    },
    "success": {
        "yes": "succeed*|manage*|success|successful|successfully|win|wins|won|winning|victory",
        "no": "fail*|failure|lose|loses|lost|losing|defeat|unsuccessful|unsuccessfully",
    },
    "assertion": {
        "yes": "confirm*|admit|admits|admitted|admitting|acknowledge*|affirm*|confess*",
        "no": "deny|denies|denied|denying|denial|refute*|disclaim*",
    },
    "inclusion": {"yes": "include*|contain*|including|included", "no": "exclude*|omit|omits|omitted|excluding|except"},
    "memory": {"yes": "remember*|recall*", "no": "forget|forgets|forgot|forgotten|forgetting"},
    "presence": {"yes": "present|presence", "no": "absent|absence"},
    "truth": {"yes": "true|correct|correctly|accurate|right|rightly", "no": "false|wrong|wrongly|mistaken"},
    "guilt": {"yes": "guilty|guilt", "no": "innocent|innocence"},
    "safety": {"yes": "safe|safely|harmless", "no": "dangerous|dangerously|harmful|hazardous"},
    "life": {"yes": "alive|living|survive*", "no": "dead|killed|died|perish*"},
    "sameness": {"yes": "same|similar|identical|alike", "no": "different|dissimilar|unlike"},
    "liking": {"yes": "love*|like|likes|liked|admire*", "no": "hate*|dislike*|despise*|loathe*"},
    "trust": {"yes": "trust*|believe*", "no": "distrust*|mistrust*|disbelieve*"},
}

HEDGES = {
    "certainty": {
        "certain": "certainly|definitely|undoubtedly|undeniably|unquestionably|surely|clearly|obviously|evidently|"
        "indisputably|certain|sure|bound to|of course|no doubt|without doubt|without question|inevitably|must",
        "must": "must|have to|has to|had to|need to|needs to|needed to|obliged to|required to",
        "will": "will|shall|would|i'll|you'll|he'll|she'll|it'll|we'll|they'll|going to",
        "should": "should|ought to",
        "able": "can|could|able to|may",
        "likely": "probably|likely|presumably|seem|seems|seemed|seemingly|appear to|appears to|appeared to|it appears|"
        "it appeared|appears that|apparently|believed to|thought to|expected to|tend to|tends to|tended to|most likely",
        "possible": "may|might|could|perhaps|possibly|maybe|conceivably|potentially|possible",
        "reported": "reportedly|allegedly|alleged|supposedly|purportedly|purported|according to reports|it is said|"
        "reports say|rumoured|rumored|so-called",
    },
    "proof": {
        "proven": "prove|proves|proved|proven|proof|confirm*|establish*|demonstrate*|show|shows|showed|shown",
        "shown": "show|shows|showed|shown|demonstrate*|indicate*|reveal*",
        "suggested": "suggest*|imply|implies|implied|hint*|indicate*",
    },
    "precision": {
        "about": "about|around|approximately|roughly|nearly|almost|some|circa|close to|an estimated|estimated",
        "exact": "exactly|precisely",
    },
}

QUANTIFIERS = {
    "amount": {
        "all": "all|every|each|everyone|everybody|everything|entire|entirely|whole|wholly|all of|every one of|total|"
        "both|complete|completely|any|anyone|anything",
        "most": "most|most of|majority|almost all|nearly all|the bulk of|largely|mostly|mainly|for the most part|"
        "predominantly|primarily|the majority of",
        "many": "many|much|numerous|a lot of|lots of|plenty of|plenty|a great deal of|a great many|scores of|countless|"
        "a large number of|various|multiple|several|a number of|considerable|dozens of|a good deal of|a host of",
        "some": "some|several|a few|a number of|various|certain|some of|a little|a bit|a handful of|a couple of|someone|"
        "somebody|something|part of|partly|partially|in part|any|anyone|anything",
        "few": "few|little|hardly any|scarcely any|a handful of|very few|only a few|a minority of|minority|barely any|"
        "a small number of",
        "none": "none|no|nobody|nothing|no one|not any|none of",
    },
    "frequency": {
        "always": "always|invariably|constantly|every time|at all times|without exception|forever|continually|ever",
        "usually": "usually|generally|normally|typically|mostly|as a rule|in general|commonly|ordinarily|often",
        "often": "often|frequently|regularly|many times|repeatedly|commonly|usually|time and again",
        "sometimes": "sometimes|occasionally|at times|now and then|from time to time|on occasion|once in a while",
        "rarely": "rarely|seldom|hardly ever|scarcely ever|infrequently|scarcely|hardly|occasionally",
        "never": "never|at no time|not once",
    },
}

COMPARISONS = {
    "amount": {
        "up": "more|greater|higher|larger|bigger|increase*|increasingly|rise|rises|rose|risen|rising|grow|grows|grew|"
        "grown|growing|growth|climb*|soar*|jump*|surge*|gain*|expand*|expansion|raise*|up|upward|upwards|exceed*|"
        "improve*|improvement|enlarge*|multiply|multiplied|double*|over|above|boost*|strengthen*",
        "down": "less|fewer|lower|smaller|decrease*|decreasingly|fall|falls|fell|fallen|falling|drop|drops|dropped|"
        "dropping|decline*|shrink|shrinks|shrank|shrunk|reduce*|reduction|diminish*|down|downward|downwards|plunge*|"
        "cut|cuts|cutting|lessen*|worsen*|halve*|lose|loses|lost|loss|under|below|weaken*|contract|contraction",
    },
    "extreme": {
        "top": "most|highest|largest|greatest|biggest|best|maximum|at least|more than|over|upper|top",
        "bottom": "least|lowest|smallest|fewest|worst|minimum|at most|less than|fewer than|up to|under|bottom",
    },
    "bound": {
        "over": "more than|over|above|at least|no fewer than|no less than|not less than|not fewer than|exceeding|"
        "in excess of|upwards of|a minimum of",
        "under": "less than|fewer than|under|below|at most|no more than|not more than|up to|a maximum of|short of",
    },
    "time": {
        "before": "before|prior to|earlier|previously|beforehand|preceding|previous|ahead of|formerly|preceded",
        "after": "after|following|later|subsequently|afterwards|afterward|thereafter|subsequent|next|succeeding|followed",
    },
    "order": {
        "first": "first|firstly|initial|initially|beginning|original|at first",
        "last": "last|lastly|final|finally|ultimate|ultimately|at last|ending",
    },
    "course": {
        "begin": "begin|begins|began|begun|beginning|start*|commence*|launch*|open|opens|opened|opening",
        "end": "end|ends|ended|ending|finish|finishes|finished|stop|stops|stopped|conclude*|close|closes|closed|cease*",
    },
    "height": {"above": "above|over|upon", "below": "below|beneath|under|underneath"},
    "compass": {
        "north": "north|northern|northward|northwards|northerly",
        "south": "south|southern|southward|southwards|southerly",
        "east": "east|eastern|eastward|eastwards|easterly",
        "west": "west|western|westward|westwards|westerly",
    },
    "hand": {"left": "left|left-hand", "right": "right|right-hand"},
    "inside": {"in": "inside|within|inner|internal|indoors|indoor", "out": "outside|outer|external|outdoors|outdoor"},
    "distance": {"near": "near^|close^|nearby", "far": "far|farther|further|farthest|distant|remote"},
    "age": {"old": "old^|elder|eldest|ancient", "new": "young^|new^|recent|modern"},
    "moment": {"early": "early|earlier|earliest", "late": "late|later|latest"},
    "size": {"large": "large^|big^|huge|great^|vast|enormous|massive", "small": "small^|tiny|little|minor|minute"},
    "length": {"long": "long^|lengthy", "short": "short^|brief|briefly"},
    "level": {"high": "high^|tall^", "low": "low^|short^"},
    "width": {"wide": "wide^|broad^|thick^", "narrow": "narrow^|thin^|thinner|thinnest"},
    "weight": {"heavy": "heavy|heavier|heaviest|heavily", "light": "light^|lightly|slight|slightly"},
    "depth": {"deep": "deep^|deeply", "shallow": "shallow^"},
    "strength": {"strong": "strong^|strongly|powerful", "weak": "weak^|weakly|feeble"},
    "speed": {"fast": "fast^|quick^|quickly|rapid|rapidly|swift|swiftly", "slow": "slow^|slowly"},
    "heat": {"hot": "hot|hotter|hottest|warm^", "cold": "cold^|cool^|chilly"},
    "wealth": {"rich": "rich^|wealthy|wealthier|wealthiest|prosperous", "poor": "poor^|impoverished"},
    "ease": {
        "hard": "hard^|difficult|harder|hardest|challenging|tough^",
        "easy": "easy|easier|easiest|easily|simple|simpler",
    },
    "quality": {
        "good": "good|better|best|superior|excellent|favourable|favorable|positive|positively",
        "bad": "bad|worse|worst|inferior|poor^|unfavourable|unfavorable|negative|negatively",
    },
    "price": {"dear": "expensive|costly|costlier", "cheap": "cheap^|inexpensive"},
    "share": {"majority": "majority", "minority": "minority"},
    "limit": {"maximum": "maximum|maximal|max|ceiling", "minimum": "minimum|minimal|min|floor"},
    "benefit": {
        "gain": "advantage|advantages|profit|profits|benefit|benefits",
        "harm": "disadvantage|disadvantages|loss|losses|harm",
    },
    "trade": {"buy": "buy|buys|bought|buying|purchase*|import*", "sell": "sell|sells|sold|selling|export*"},
    "motion": {
        "in": "enter*|arrive*|arrival|come|comes|came|join*",
        "out": "leave|leaves|left|leaving|exit*|depart*|departure|go|goes|went",
    },
    "side": {"front": "front|ahead|forward|forwards|in front of", "back": "back|behind|backward|backwards|rear"},
}

CAUSES = {
    "link": {
        "because": "because|because of|since|due to|owing to|as a result of|caused by|resulting from|results from|"
        "resulted from|thanks to|on account of|brought about by|inasmuch as|by reason of|in view of|stems from|"
        "stemmed from|attributable to|arising from|given that|as a consequence of",
        "therefore": "therefore|thus|hence|consequently|accordingly|as a result|so|so that|for this reason|"
        "as a consequence|which is why|that is why|for that reason",
        "causing": "led to|leads to|lead to|leading to|resulted in|results in|result in|resulting in|caused|causes|"
        "cause|causing|brought about|gave rise to|triggered|prompted",
        "contrast": "although|though|even though|despite|in spite of|notwithstanding|but|however|yet|nevertheless|"
        "nonetheless|while|whereas|whilst|regardless of|even if|still|on the other hand|in contrast|albeit",
        "condition": "if|unless|provided that|as long as|so long as|in case|whether",
        "time": "when|after|before|while|whilst|since|once|until|as soon as|then|following|whenever|during",
        "joined": "and|so|as well as|along with|together with",
        "associated": "associated with|linked to|linked with|correlated with|connected with|connected to|related to|"
        "coincided with|accompanied by",
    },
}

DATES = {
    "day": {"yesterday": "yesterday", "today": "today|tonight", "tomorrow": "tomorrow"},
    "season": {
        "spring": "spring|springtime",
        "summer": "summer|summertime",
        "autumn": "autumn|fall",
        "winter": "winter|wintertime",
    },
    "hour": {
        "morning": "morning|mornings|dawn|daybreak|sunrise",
        "midday": "noon|midday|afternoon|afternoons",
        "evening": "evening|evenings|night|nights|dusk|sunset|nightfall|midnight|afternoon|tonight",
    },
}
_PERIODS = (
    "day",
    "night",
    "week",
    "month",
    "year",
    "decade",
    "century",
    "summer",
    "winter",
    "spring",
    "autumn",
    "season",
)
DATES["turn"] = {
    "last": "|".join(f"{turn} {period}" for turn in ("last", "previous", "past") for period in _PERIODS),
    "this": "|".join(f"{turn} {period}" for turn in ("this", "current") for period in _PERIODS),
    "next": "|".join(f"{turn} {period}" for turn in ("next", "coming", "following") for period in _PERIODS),
}

# words in a fixed phrase that mean something else there
IDIOMS = "how many|how much|how long|how often|how far|as many as|as much as|at all|after all|above all|all but|"
IDIOMS += "first of all|so far|as far as|as long as|much longer|once more|more or less|"
IDIOMS += "at last|last but not least|in order to|at first|right away|right now|all right|as little as|too much|"
IDIOMS += "all the same|at the same time|the same time|by no means|most likely|most probably|even more|much more|"
IDIOMS += "a lot more|at long last|sooner or later|before long|right into|in between|over and over|all over|all along|"
IDIOMS += "more and more|over time|at once|so much|so many|very much|pretty much|just as much|set up|take up|shows up|"
IDIOMS += "show up|showed up|made up|make up|makes up|set out|carry out|carried out|ended up|end up|ends up|grow up|"
IDIOMS += "grew up|grown up|come up with|came up with|taken over|take over|took over|give up|gave up|given up|"
IDIOMS += "break down|broke down|cut off|like to|would like|right to|the right of|rights|come true|of course"

SAYING = "say|says|said|saying|tell|tells|told|state|states|stated|announce*|claim*|argue*|insist*|declare*|report|"
SAYING += "reports|reported|reporting|explain*|add|adds|added|adding|reply|replies|replied|respond|responds|responded|"
SAYING += (
    "ask|asks|asked|answer*|remark*|observe|observes|observed|comment|comments|commented|write|writes|wrote|warn*|"
)
SAYING += "admit|admits|admitted|note|notes|noted|suggest*|believe|believes|believed|cry|cried|cries|whisper*|shout*|"
SAYING += "exclaim*|mutter*|murmur*|acknowledge*|assert*|maintain*|contend*|testify|testified|complain*|recall|recalls|"
SAYING += "recalled|according to|quoted|cited|citing|quoting|inquire*|enquire*|continued|predict*|conclude*|allege|"
SAYING += "alleges|alleged|assure*|think|thinks|thought|speak|speaks|spoke|disclose*|estimate|estimates|estimated"
SOURCE_PHRASES = "according to|in the words of|as reported by|as stated by|in the view of|in the opinion of|citing|"
SOURCE_PHRASES += "quoting|as quoted by|as told to|as claimed by"
NAMELESS_SOURCE = "anonymous|anonymously|anonymity|unnamed|unidentified|undisclosed|unattributed|nameless"
SPEAKERS = "official|officials|source|sources|spokesman|spokeswoman|spokesperson|expert|experts|critic|critics|"
SPEAKERS += "observer|observers|analyst|analysts|people|witness|witnesses|insider|insiders|someone|somebody|report|"
SPEAKERS += "reports|some|others|many|reporter|reporters|researcher|researchers|scientist|scientists|scholar|scholars|"
SPEAKERS += "author|authors|historian|historians|commentators|commentator|authorities|police|residents|locals|rumours|"
SPEAKERS += "rumors|one person|a man|a woman|one man|one woman|a voice|the other|one of them"
PRONOUNS = "i|he|she|it|they|we|you|who|this|that|these|those|him|her|them|his|hers|their|theirs|its|there|here|one"

DEFINITE = "the|this|that|these|those|his|her|their|its|our|my|your"
COUNTING = "all|every|many|some|several|few|a few|always|usually|generally|often|sometimes|rarely|seldom|mostly|"
COUNTING += (
    "largely|occasionally|frequently|mainly|typically|normally|some of|many of|most of|all of|nearly all|almost all"
)

FILLERS = "in fact|of course|in addition|for example|for instance|as well|in particular|indeed|moreover|furthermore|"
FILLERS += "to be sure|after all|by the way|on the other hand|in other words|that is to say|it is true|needless to say|"
FILLERS += "at the same time|in the meantime|as a matter of fact|on the whole|all in all|in any case|to be honest|"
FILLERS += (
    "so to speak|if you will|as it were|it should be noted that|it is worth noting that|it is important to note that"
)

TITLES = "mr|mrs|ms|miss|dr|prof|professor|sir|lord|lady|president|king|queen|prince|princess|general|captain|colonel|"
TITLES += "major|sergeant|senator|governor|minister|chancellor|judge|justice|secretary|saint|st|reverend|rev|father|"
TITLES += "sister|brother|uncle|aunt|mister|doctor|madame|madam|monsieur|herr|frau|count|baron|duke|earl|bishop|pope|"
TITLES += "the|gen|sen|gov|rep|capt|col|lt|sgt|chairman|director|mayor|ambassador|emperor|master"

# a full stop after one of these ends no sentence
ABBREVIATED = (
    "mr|mrs|ms|dr|prof|st|gen|sen|gov|rep|capt|col|lt|sgt|rev|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
)
ABBREVIATED += "no|vs|inc|ltd|co|corp|jr|sr|mt|ft|approx|fig|vol|dept|hon|messrs"

# one thing under several names
ALIASES = (
    "us|usa|u s|u s a|united states|united states of america|america|american",
    "uk|u k|united kingdom|britain|great britain|british",
    "eu|e u|european union",
    "un|u n|united nations",
    "for example|e g|for instance",
    "that is|i e|that is to say",
    "and so on|etc|et cetera|and so forth",
)
