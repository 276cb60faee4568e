"""English cue words on scales: how sure, how many, how much, when, and how one thing follows from another.

Written as scale, sense, words, in the form of ``english.py``. A word may have several senses; two words agree where
they share one, and are opposed where they lie on one scale and share none.
"""

from __future__ import annotations

OPPOSITES = {
    "permission": {
        "yes": "allow*|permit|permits|permitted|permitting|let|enable*|authorize*|authorise*|legalize*|legalise*",
        "no": "forbid|forbids|forbade|forbidden|prohibit*|ban|bans|banned|banning|prevent*|block*|outlaw*",
    },
    "assent": {
        "yes": """
            accept*|agree*|approve*|endorse*|support*|back*|favour*|favor*|acceptance|approval|assent*|welcome*
        """,
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
    "inclusion": {
        "yes": "include*|contain*|including|included",
        "no": "exclude*|omit|omits|omitted|excluding|except",
    },
    "memory": {
        "yes": "remember*|recall*",
        "no": "forget|forgets|forgot|forgotten|forgetting",
    },
    "presence": {
        "yes": "present|presence",
        "no": "absent|absence",
    },
    "truth": {
        "yes": "true|correct|correctly|accurate|right|rightly",
        "no": "false|wrong|wrongly|mistaken",
    },
    "condition": {
        "yes": "if|provided that|providing|as long as|so long as|on condition that",
        "no": "unless|except if",
    },
    "guilt": {
        "yes": "guilty|guilt",
        "no": "innocent|innocence",
    },
    "safety": {
        "yes": "safe|safely|harmless",
        "no": "dangerous|dangerously|harmful|hazardous",
    },
    "life": {
        "yes": "alive|living|survive*",
        "no": "dead|killed|died|perish*",
    },
    "sameness": {
        "yes": "same|similar|identical|alike",
        "no": "different|dissimilar|unlike",
    },
    "liking": {
        "yes": "love*|like|likes|liked|admire*",
        "no": "hate*|dislike*|despise*|loathe*",
    },
    "trust": {
        "yes": "trust*|believe*",
        "no": "distrust*|mistrust*|disbelieve*",
    },
}

HEDGES = {
    "certainty": {
        "certain": """
            certainly|definitely|undoubtedly|undeniably|unquestionably|surely|clearly|obviously|evidently|
            indisputably|certain|sure|bound to|of course|no doubt|without doubt|without question|inevitably|
            must
        """,
        "must": "must|have to|has to|had to|need to|needs to|needed to|obliged to|required to",
        "will": "will|shall|would|i'll|you'll|he'll|she'll|it'll|we'll|they'll|going to",
        "should": "should|ought to",
        "able": "can|could|able to|may",
        "likely": """
            probably|likely|presumably|seem|seems|seemed|seemingly|appear to|appears to|appeared to|it appears|
            it appeared|appears that|apparently|believed to|thought to|expected to|tend to|tends to|tended to|
            most likely
        """,
        "unlikely": "unlikely|improbable|doubtful|questionable|hardly likely",
        "possible": "may|might|could|perhaps|possibly|maybe|conceivably|potentially|possible",
        "reported": """
            reportedly|allegedly|alleged|supposedly|purportedly|purported|according to reports|it is said|
            reports say|rumoured|rumored|so-called
        """,
    },
    "proof": {
        "proven": """
            prove|proves|proved|proven|proof|confirm*|establish*|demonstrate*|show|shows|showed|shown|proved to|
            proven to|proves to|known to|it is known that|it was known that|found to be|found to have|turned out to|
            turns out to|it is certain|ascertain*|verify|verifies|verified
        """,
        "shown": "show|shows|showed|shown|demonstrate*|indicate*|reveal*",
        "suggested": """
            suggest*|imply|implies|implied|hint*|indicate*|said to be|said to have|alleged to be|alleged to have|
            claimed to be|claimed to have|reported to be|reported to have|rumoured to|rumored to|it is believed that|
            it was believed that|it is thought that|it was thought that|it is assumed that|it is said that|
            it is said to be|
            supposed to|presumed to|assumed to|thought to|believed to|considered to|seem to|seems to|seemed to|
            appear to|appears to|appeared to|suspected to|suspected of|allege*|speculate*
        """,
    },
    "precision": {
        "about": "about|around|approximately|roughly|nearly|almost|some|circa|close to|an estimated|estimated",
        "exact": "exactly|precisely",
    },
}

QUANTIFIERS = {
    "extent": {
        "all": """
            all|every|each|everyone|everybody|everything|entire|entirely|whole|wholly|all of|every one of|total|
            both|complete|completely|any|anyone|anything|always|invariably|constantly|every time|at all times|
            without exception|forever|continually|fully|in full|in every case
        """,
        "most": """
            most|most of|majority|almost all|nearly all|the bulk of|largely|mostly|mainly|for the most part|
            predominantly|primarily|the majority of|usually|generally|normally|typically|as a rule|in general|
            commonly|ordinarily|often|in most cases|almost always|nearly always|almost every|nearly every|virtually all|
            virtually every|practically all|practically every|almost everyone|nearly everyone|almost everybody|
            almost everything|nearly everything|almost entirely|almost completely|virtually everyone|all but a few|
            the great majority of|the vast majority of|a majority of|most every
        """,
        "many": """
            many|much|numerous|a lot of|lots of|plenty of|plenty|a great deal of|a great many|scores of|
            a large number of|various|multiple|several|a number of|considerable|dozens of|
            a good deal of|a host of|often|frequently|regularly|many times|repeatedly|commonly|usually|
            time and again|many of|in many cases
        """,
        "countless": """
            countless|innumerable|numberless|uncounted|untold|endless|infinite|infinitely many|myriad|myriads of|
            a myriad of|a multitude of|multitudes of|thousands of|millions of|many|numerous|a great many|scores of|
            dozens of|hundreds of
        """,
        "half": "half|half of|half the",
        "some": """
            some|several|a few|a number of|various|certain|some of|a little|a bit|a handful of|a couple of|
            someone|somebody|something|part of|partly|partially|in part|any|anyone|anything|sometimes|
            occasionally|at times|now and then|from time to time|on occasion|once in a while|in some cases|
            a couple
        """,
        "few": """
            few|little|hardly any|scarcely any|a handful of|very few|only a few|a minority of|minority|
            barely any|a small number of|rarely|seldom|hardly ever|scarcely ever|infrequently|scarcely|hardly|
            occasionally|few of|in few cases|a fraction of
        """,
        "none": "none|no|nobody|nothing|no one|not any|none of|never|at no time|not once|neither",
    },
}

COMPARISONS = {
    "amount": {
        "up": """
            ascend*|escalate*|intensify|intensifies|intensified|intensifying|accelerate*|widen*|lengthen*|swell|swells|
            swelled|swelling|swollen|rocket*|mount|mounts|mounted|mounting|heighten*|augment*|amplify|amplifies|
            amplified|deepen*|burgeon*|
            more|greater|higher|larger|bigger|increase*|increasingly|rise|rises|rose|risen|rising|grow|grows|
            grew|grown|growing|growth|climb*|soar*|jump*|surge*|gain*|expand*|expansion|raise*|up|upward|
            upwards|exceed*|improve*|improvement|enlarge*|multiply|multiplied|double*|over|above|boost*|
            strengthen*
        """,
        "down": """
            shrinking|descend*|dwindle*|wane|wanes|waned|waning|ebb|ebbs|ebbed|ebbing|slump*|tumble*|sink|sinks|sank|
            sunk|sinking|slow|slows|slowed|slowing|narrow*|shorten*|recede*|subside*|abate*|deteriorate*|plummet*|
            falling|shrinkage|
            less|fewer|lower|smaller|decrease*|decreasingly|fall|falls|fell|fallen|falling|drop|drops|dropped|
            dropping|decline*|shrink|shrinks|shrank|shrunk|reduce*|reduction|diminish*|down|downward|downwards|
            plunge*|cut|cuts|cutting|lessen*|worsen*|halve*|lose|loses|lost|loss|under|below|weaken*|contract|
            contraction
        """,
    },
    "extreme": {
        "top": "most|highest|largest|greatest|biggest|best|maximum|at least|more than|over|upper|top",
        "bottom": "least|lowest|smallest|fewest|worst|minimum|at most|less than|fewer than|up to|under|bottom",
    },
    "bound": {
        "over": """
            more than|over|above|at least|no fewer than|no less than|not less than|not fewer than|exceeding|
            in excess of|upwards of|a minimum of
        """,
        "under": "less than|fewer than|under|below|at most|no more than|not more than|up to|a maximum of|short of",
    },
    "time": {
        "before": "before|prior to|earlier|previously|beforehand|preceding|previous|ahead of|formerly|preceded",
        "after": """
            after|following|later|subsequently|afterwards|afterward|thereafter|subsequent|next|succeeding|
            followed
        """,
    },
    "order": {
        "first": "former|first|firstly|initial|initially|beginning|original|at first",
        "last": "latter|last|lastly|final|finally|ultimate|ultimately|at last|ending",
    },
    "course": {
        "begin": "begin|begins|began|begun|beginning|start*|commence*|launch*|open|opens|opened|opening",
        "end": """
            end|ends|ended|ending|finish|finishes|finished|stop|stops|stopped|conclude*|close|closes|closed|
            cease*
        """,
    },
    "height": {
        "above": "above|over|upon",
        "below": "below|beneath|under|underneath",
    },
    "compass": {
        "north": "north|northern|northward|northwards|northerly",
        "south": "south|southern|southward|southwards|southerly",
        "east": "east|eastern|eastward|eastwards|easterly",
        "west": "west|western|westward|westwards|westerly",
    },
    "hand": {
        "left": "left|left-hand",
        "right": "right|right-hand",
    },
    "inside": {
        "in": "inside|within|inner|internal|indoors|indoor",
        "out": "outside|outer|external|outdoors|outdoor",
    },
    "distance": {
        "near": "near^|close^|nearby",
        "far": "far|farther|further|farthest|distant|remote",
    },
    "age": {
        "old": "old^|elder|eldest|ancient",
        "new": "young^|new^|recent|modern",
    },
    "moment": {
        "early": "early|earlier|earliest",
        "late": "late|later|latest",
    },
    "size": {
        "large": "large^|big^|huge|great^|vast|enormous|massive",
        "small": "small^|tiny|little|minor",
    },
    "length": {
        "long": "long^|lengthy",
        "short": "short^|brief|briefly|shortly|soon",
    },
    "level": {
        "high": "high^|tall^",
        "low": "low^|short^",
    },
    "width": {
        "wide": "wide^|broad^|thick^",
        "narrow": "narrow^|thin^|thinner|thinnest",
    },
    "weight": {
        "heavy": "heavy|heavier|heaviest|heavily",
        "light": "light^|lightly|slight|slightly",
    },
    "depth": {
        "deep": "deep^|deeply",
        "shallow": "shallow^",
    },
    "strength": {
        "strong": "strong^|strongly|powerful",
        "weak": "weak^|weakly|feeble",
    },
    "speed": {
        "fast": "fast^|quick^|quickly|rapid|rapidly|swift|swiftly",
        "slow": "slow^|slowly",
    },
    "heat": {
        "hot": "hot|hotter|hottest|warm^",
        "cold": "cold^|cool^|chilly",
    },
    "wealth": {
        "rich": "rich^|wealthy|wealthier|wealthiest|prosperous",
        "poor": "poor^|impoverished",
    },
    "ease": {
        "hard": "hard^|difficult|harder|hardest|challenging|tough^",
        "easy": "easy|easier|easiest|easily|simple|simpler",
    },
    "quality": {
        "good": "good|better|best|superior|excellent|favourable|favorable|positive|positively",
        "bad": "bad|worse|worst|inferior|poor^|unfavourable|unfavorable|negative|negatively",
    },
    "price": {
        "dear": "expensive|costly|costlier|dearer|dearest|pricey|pricier",
        "cheap": "cheap^|inexpensive",
    },
    "share": {
        "majority": "majority",
        "minority": "minority",
    },
    "limit": {
        "maximum": "maximum|maximal|max|ceiling",
        "minimum": "minimum|minimal|min|floor",
    },
    "benefit": {
        "gain": "advantage|advantages|profit|profits|benefit|benefits",
        "harm": "disadvantage|disadvantages|loss|losses|harm",
    },
    "trade": {
        "buy": "buy|buys|bought|buying|purchase*|import*",
        "sell": "sell|sells|sold|selling|export*",
    },
    "motion": {
        "in": "enter*|arrive*|arrival|come|comes|came|join*",
        "out": "leave|leaves|left|leaving|exit*|depart*|departure|go|goes|went",
    },
    "side": {
        "front": "front|ahead|forward|forwards|in front of",
        "back": "back|behind|backward|backwards|rear",
    },
}

CAUSES = {
    "link": {
        "because": """
            because|because of|since|due to|owing to|as a result of|caused by|resulting from|results from|
            resulted from|thanks to|on account of|brought about by|inasmuch as|by reason of|in view of|
            stems from|stemmed from|stem from|stemming from|produced by|triggered by|prompted by|sparked by|through|
            result from|originates from|originated in|out of|attributable to|arising from|given that|as a consequence of
        """,
        "therefore": """
            therefore|thus|hence|consequently|accordingly|as a result|so|so that|for this reason|
            as a consequence|which is why|that is why|for that reason
        """,
        "causing": """
            led to|leads to|lead to|leading to|resulted in|results in|result in|resulting in|caused|causes|
            causing|brought about|bring about|brings about|bringing about|gave rise to|gives rise to|give rise to|
            giving rise to|triggered|triggers|triggering|prompted|prompts|prompting|responsible for|accounts for|
            accounted for|sparked|sparks|sparking|provoke*|engender*|generate*|produce*|created|induce*
        """,
        "contrast": """
            although|though|even though|despite|in spite of|notwithstanding|but|however|yet|nevertheless|
            nonetheless|while|whereas|whilst|regardless of|even if|still|on the other hand|in contrast|albeit
        """,
        "condition": "if|unless|provided that|as long as|so long as|in case|whether",
        "time": """
            when|after|before|while|whilst|since|once|until|as soon as|then|following|whenever|during|through|
            throughout|followed|followed by|precede*|preceded by|coincides with|coincided with|coincide with|
            succeeded by
        """,
        "joined": "and|so|as well as|along with|together with",
        "associated": """
            associated with|linked to|linked with|correlated with|connected with|connected to|related to|
            coincided with|accompanied by
        """,
    },
}

DATES = {
    "day": {
        "yesterday": "yesterday",
        "today": "today|tonight",
        "tomorrow": "tomorrow",
    },
    "season": {
        "spring": "spring|springtime",
        "summer": "summer|summertime",
        "autumn": "autumn|in the fall|last fall|this fall|next fall|early fall|late fall|each fall|every fall",
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
_TURNS = {"last": "last|previous|past", "this": "this|current", "next": "next|coming|following"}
DATES["turn"] = {
    sense: "|".join(f"{turn} {period}" for turn in turns.split("|") for period in _PERIODS)
    for sense, turns in _TURNS.items()
}
DATES["span"] = {
    period: "|".join(f"{turn} {period}" for turns in _TURNS.values() for turn in turns.split("|"))
    for period in _PERIODS
}

PERSONS = {
    "kin": {
        "mother": "mother|mothers|mum|mom|mums|moms|mama|mommy|mummy",
        "father": "father|fathers|dad|dads|papa|daddy",
        "sister": "sister|sisters",
        "brother": "brother|brothers",
        "daughter": "daughter|daughters",
        "son": "son|sons",
        "wife": "wife|wives|widow",
        "husband": "husband|husbands|widower",
        "grandmother": "grandmother|grandmothers|grandma|granny",
        "grandfather": "grandfather|grandfathers|grandpa|grandad",
        "aunt": "aunt|aunts",
        "uncle": "uncle|uncles",
        "niece": "niece|nieces",
        "nephew": "nephew|nephews",
        "cousin": "cousin|cousins",
    },
    "service": {
        "army": "army|armies",
        "navy": "navy|navies",
        "air force": "air force|air forces",
        "police": "police",
    },
    "sex": {
        "woman": "woman|women|girl|girls|lady|ladies|female|females",
        "man": "man|men|boy|boys|gentleman|gentlemen|male|males",
    },
}
"""Who somebody is: no names, but another person all the same."""
