"""French cue words on scales: how sure, how many, how much, when, and how one thing follows from another.

Written like ``english_scales.py``; the scales and senses have the same names, so that the rules know them.
"""

from __future__ import annotations

OPPOSITES = {
    "permission": {
        "yes": "autoris*|permet|permettent|permis|permettait|permettre|laiss*|légalis*",
        "no": "interdit|interdite|interdits|interdisent|interdire|prohib*|empêch*|bloqu*|bann*",
    },
    "assent": {
        "yes": "accept*|approuv*|soutient|soutenu|soutenir|soutiennent|appuy*|appuie|approbation|acceptation|salu*",
        "no": "rejet*|refus*|désapprouv*|déclin*|rejet|refus|s'oppose|s'opposent|opposition|opposé|repouss*",
    },
    "success": {
        "yes": "réussi|réussit|réussissent|réussir|réussite|succès|gagn*|remport*|victoire|parvient|parvenu|parvenir",
        "no": "échou*|échec|perd|perdu|perdent|perdre|défaite|rat*",
    },
    "assertion": {
        "yes": "confirm*|admet|admis|admettent|reconnaît|reconnu|reconnaissent|avou*|affirm*",
        "no": "ni|nie|nient|nié|niait|nier|dément|démenti|démentent|démentir|réfut*|contest*",
    },
    "inclusion": {
        "yes": "inclut|inclus|incluse|incluent|comprend|compris|comprennent|contient|contiennent|y compris",
        "no": "exclut|exclu|exclue|excluent|excepté|hormis|sauf",
    },
    "memory": {
        "yes": "se souvient|souvient|souvenu|rappel*",
        "no": "oubli*",
    },
    "presence": {
        "yes": "présent|présente|présents|présence",
        "no": "absent|absente|absents|absence",
    },
    "truth": {
        "yes": "vrai|vraie|vrais|exact|exacte|correct|correcte|à raison|juste",
        "no": "faux|fausse|fausses|inexact|inexacte|erroné|erronée|à tort",
    },
    "guilt": {
        "yes": "coupable|coupables|culpabilité",
        "no": "innocent|innocente|innocents|innocence",
    },
    "safety": {
        "yes": "sûr!|sûre|inoffensif|inoffensive|sans danger",
        "no": "dangereux|dangereuse|dangereuses|nocif|nocive|risqué|risquée",
    },
    "life": {
        "yes": "vivant|vivante|vivants|en vie|surviv*|survécu",
        "no": "mort|morte|morts|tué|tuée|tués|décédé|décédée",
    },
    "sameness": {
        "yes": "même|mêmes|semblable|semblables|identique|identiques|similaire|similaires",
        "no": "différent|différente|différents|différentes|dissemblable|autre",
    },
    "liking": {
        "yes": "aim*|ador*|admir*",
        "no": "déteste*|détest*|hait|haïssait|mépris*",
    },
    "trust": {
        "yes": "fait confiance|croit|croient|cru|confiance",
        "no": "se méfie|méfiance|doute|doutent|doutait|méfi*",
    },
}

HEDGES = {
    "certainty": {
        "certain": """
            certainement|assurément|sans aucun doute|indubitablement|manifestement|évidemment|clairement|certes|
            incontestablement|inévitablement|certain|certaine|nul doute|bien sûr|à coup sûr|forcément
        """,
        "must": "doit|doivent|devait|devaient|devra|devront|faut|fallait|faudra",
        "will": "va|vont|sera|seront|aura|auront",
        "should": "devrait|devraient|faudrait",
        "able": "peut|peuvent|pouvait|pouvaient|pourra|pourront|capable|capables",
        "likely": """
            probablement|vraisemblablement|sans doute|semble|semblent|semblait|semblaient|apparemment|paraît|paraissait|
            devrait|devraient|probable|selon toute vraisemblance|a priori
        """,
        "possible": """
            peut être|pourrait|pourraient|éventuellement|possible|possiblement|potentiellement|
            il se peut|il est possible
        """,
        "reported": """
            prétendument|soi disant|aurait|auraient|serait|seraient|dit on|présumé|présumée|présumés|supposé|supposée|
            selon des rumeurs|il paraît
        """,
    },
    "proof": {
        "proven": "prouv*|démontr*|établi|établit|établissent|confirm*|montr*|preuve",
        "shown": "montr*|révèl*|révél*|démontr*|indiqu*",
        "suggested": "suggèr*|suggér*|laisse penser|laissent penser|laisse entendre|indiqu*|sous entend",
    },
    "precision": {
        "about": "environ|à peu près|presque|près de|autour de|approximativement|quelque|une estimation de|à peine",
        "exact": "exactement|précisément|pile",
    },
}

QUANTIFIERS = {
    "extent": {
        "all": """
            tous|toutes|tout|toute|tous les|toutes les|chaque|chacun|chacune|entier|entière|entiers|entièrement|
            totalement|complètement|total|totale|l'ensemble des|intégralité|les deux|toujours|constamment|
            sans exception|sans cesse|systématiquement|en permanence
        """,
        "most": """
            la plupart|la plupart des|la plupart de|la majorité|la majorité des|majorité|presque tous|presque toutes|
            presque toujours|principalement|essentiellement|généralement|habituellement|en général|normalement|
            le plus souvent|surtout|en grande partie|souvent
        """,
        "many": """
            beaucoup|beaucoup de|de nombreux|de nombreuses|nombreux|nombreuses|nombre de|plusieurs|quantité de|
            une foule de|un grand nombre de|divers|diverses|maints|souvent|fréquemment|régulièrement|bien des|
            des dizaines de|à maintes reprises
        """,
        "half": "moitié|la moitié|la moitié des|à moitié|demi|demie",
        "some": """
            certains|certaines|quelques|quelques uns|plusieurs|divers|diverses|un peu|un peu de|une partie de|
            en partie|partiellement|quelque chose|quelqu'un|parfois|quelquefois|de temps en temps|par moments|
            occasionnellement|dans certains cas|un certain nombre de
        """,
        "few": """
            peu|peu de|très peu de|une poignée de|minorité|une minorité|rares|rarement|guère|à peine|
            une fraction de|un petit nombre de|de rares
        """,
        "none": "aucun|aucune|nul|nulle|personne|rien|jamais|pas un|pas une|pas un seul|pas une seule",
    },
}

COMPARISONS = {
    "amount": {
        "up": """
            plus|davantage|supérieur|supérieure|supérieurs|augment*|augmentation|hausse|mont*|croît|croissance|accroît|
            accru|grandi|grandit|grimp*|bondi|bondit|gagn*|dépass*|améliore*|amélior*|amélioration|élargi|doubl*|
            au dessus de|renforc*
        """,
        "down": """
            moins|inférieur|inférieure|inférieurs|diminu*|diminution|baiss*|baisse|chut*|chute|tomb*|recul*|recul|
            réduit|réduite|réduction|réduire|réduisent|décroît|rétréci|perd|perdu|perte|divis*|aggrav*|
            au dessous de|affaibli|affaiblit
        """,
    },
    "extreme": {
        "top": "le plus|la plus|les plus|meilleur|meilleure|maximum|au moins|plus de",
        "bottom": "le moins|la moins|les moins|pire|pires|minimum|au plus|moins de|jusqu'à",
    },
    "bound": {
        "over": "plus de|plus d'un|plus d'une|au moins|au dessus de|pas moins de|dépassant",
        "under": "moins de|moins d'un|moins d'une|au plus|tout au plus|au dessous de|pas plus de|jusqu'à",
    },
    "time": {
        "before": "avant|auparavant|précédent|précédente|plus tôt|précédemment|antérieur|jadis|avant que|préalablement",
        "after": """
            après|ensuite|suivant|suivante|plus tard|puis|ultérieurement|postérieur|à la suite de|après que|prochain
        """,
    },
    "order": {
        "first": "d'abord|initialement|au début|initial|initiale|à l'origine",
        "last": "enfin|finalement|dernier|dernière|derniers|dernières|final|finale|à la fin",
    },
    "course": {
        "begin": "commenc*|commence|début*|début|ouvr*|ouvert|ouverte|ouvre|lanc*|entam*|démarr*",
        "end": "fini|finit|finir|termin*|achev*|ferm*|fin|cess*|s'achève|conclu|conclut",
    },
    "height": {
        "above": "au dessus|dessus|sur|en haut",
        "below": "au dessous|dessous|sous|en bas",
    },
    "compass": {
        "north": "nord|septentrional|septentrionale",
        "south": "sud|méridional|méridionale",
        "east": "est de|orient|oriental|orientale|à l'est|l'est",
        "west": "ouest|occident|occidental|occidentale",
    },
    "hand": {
        "left": "gauche|gauches",
        "right": "droite|droit",
    },
    "inside": {
        "in": "dedans|à l'intérieur|intérieur|intérieure|interne|internes",
        "out": "dehors|à l'extérieur|extérieur|extérieure|externe|externes|hors de",
    },
    "distance": {
        "near": "près|proche|proches",
        "far": "loin|lointain|lointaine|éloigné|éloignée",
    },
    "age": {
        "old": "vieux|vieille|vieilles|vieil|ancien|ancienne|anciens|anciennes|âgé|âgée",
        "new": "jeune|jeunes|nouveau|nouvelle|nouveaux|nouvelles|nouvel|récent|récente|moderne|modernes",
    },
    "moment": {
        "early": "tôt|précoce",
        "late": "tard|tardif|tardive",
    },
    "size": {
        "large": "grand^|gros|grosse|grosses|énorme|énormes|vaste|vastes|immense|immenses|important^",
        "small": "petit^|minuscule|minuscules|faible|faibles|mineur|mineure",
    },
    "length": {
        "long": "long|longue|longs|longues|longuement",
        "short": "court^|bref|brève|brièvement",
    },
    "level": {
        "high": "haut^|élevé|élevée|élevés|élevées",
        "low": "bas|basse|basses|faible|faibles",
    },
    "width": {
        "wide": "large|larges|épais|épaisse",
        "narrow": "étroit^|mince|minces|fin",
    },
    "weight": {
        "heavy": "lourd^",
        "light": "léger|légère|légers|légères",
    },
    "depth": {
        "deep": "profond^|profondément",
        "shallow": "peu profond|peu profonde|superficiel|superficielle",
    },
    "strength": {
        "strong": "fort^|fortement|puissant^",
        "weak": "faible|faibles|faiblement",
    },
    "speed": {
        "fast": "rapide|rapides|rapidement|vite",
        "slow": "lent^|lentement",
    },
    "heat": {
        "hot": "chaud^|brûlant^",
        "cold": "froid^|frais|fraîche",
    },
    "wealth": {
        "rich": "riche|riches|aisé|aisée|prospère|prospères",
        "poor": "pauvre|pauvres",
    },
    "ease": {
        "hard": "difficile|difficiles|difficilement|dur|dure|ardu|ardue",
        "easy": "facile|faciles|facilement|simple|simples|aisément",
    },
    "quality": {
        "good": "bon|bonne|bons|bonnes|meilleur|meilleure|bien|excellent^|favorable|favorables|positif|positive",
        "bad": "mauvais|mauvaise|mauvaises|pire|mal|médiocre|médiocres|défavorable|négatif|négative",
    },
    "price": {
        "dear": "cher|chère|chers|chères|coûteux|coûteuse",
        "cheap": "bon marché|pas cher|abordable",
    },
    "share": {
        "majority": "majorité",
        "minority": "minorité",
    },
    "limit": {
        "maximum": "maximum|maximal|maximale|plafond",
        "minimum": "minimum|minimal|minimale|plancher",
    },
    "benefit": {
        "gain": "avantage|avantages|profit|profits|bénéfice|bénéfices",
        "harm": "désavantage|inconvénient|inconvénients|perte|pertes|dommage|dommages",
    },
    "trade": {
        "buy": "achet*|achat|achats|acquis|acquiert|import*",
        "sell": "vend|vendu|vendue|vendent|vendre|vente|ventes|export*",
    },
    "motion": {
        "in": "entr*|arriv*|arrivée|vient|venu|viennent|rejoint",
        "out": "sort|sorti|sortie|sortent|part|parti|partie|partent|départ|quitt*",
    },
    "side": {
        "front": "avant|devant|en avant",
        "back": "arrière|derrière|en arrière",
    },
}

CAUSES = {
    "link": {
        "because": """
            parce que|parce qu'il|parce qu'elle|parce qu'ils|parce qu'on|car|puisque|à cause de|à cause du|à cause des|
            en raison de|en raison du|en raison des|grâce à|grâce au|grâce aux|du fait de|du fait que|étant donné que|
            vu que|en conséquence de|comme
        """,
        "therefore": """
            donc|ainsi|par conséquent|en conséquence|c'est pourquoi|de sorte que|si bien que|pour cette raison|dès lors|
            aussi|par suite
        """,
        "causing": "a conduit à|conduit à|entraîn*|provoqu*|caus*|a mené à|donné lieu à|déclench*",
        "contrast": """
            bien que|bien qu'il|bien qu'elle|quoique|malgré|en dépit de|mais|cependant|toutefois|pourtant|néanmoins|
            alors que|tandis que|même si|en revanche|or
        """,
        "condition": "si|s'il|s'ils|à moins que|à condition que|pourvu que|tant que|au cas où",
        "time": """
            quand|lorsque|lorsqu'il|après que|avant que|depuis que|depuis|pendant que|jusqu'à ce que|dès que|puis|
            alors que|comme
        """,
        "joined": "et|aussi|ainsi|ainsi que|de même que",
        "associated": "associé à|associée à|lié à|liée à|liés à|liées à|accompagné de|corrélé à",
    },
}

_PERIODS = "jour|nuit|semaine|mois|année|an|décennie|siècle|été|hiver|printemps|automne"
_TURNS = {
    "last": "dernier dernière passé passée précédent précédente",
    "next": "prochain prochaine suivant suivante",
}
_THIS = ("ce", "cette", "cet")
DATES = {
    "day": {
        "yesterday": "hier",
        "today": "aujourd'hui",
        "tomorrow": "demain",
    },
    "season": {
        "spring": "printemps",
        "summer": "cet été|l'été|d'été|en été|estival|estivale",
        "autumn": "automne",
        "winter": "hiver",
    },
    "hour": {
        "morning": "matin|matins|matinée|aube",
        "midday": "midi|après midi",
        "evening": "soir|soirs|soirée|nuit|nuits|minuit|crépuscule|après midi",
    },
    "turn": {
        sense: "|".join(f"{period} {turn}" for turn in turns.split() for period in _PERIODS.split("|"))
        for sense, turns in _TURNS.items()
    }
    | {"this": "|".join(f"{this} {period}" for this in _THIS for period in _PERIODS.split("|"))},
}
