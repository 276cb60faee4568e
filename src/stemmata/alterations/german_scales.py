"""German cue words on scales: how sure, how many, how much, when, and how one thing follows from another.

Written like ``english_scales.py``; the scales and senses have the same names, so that the rules know them.
"""

from __future__ import annotations

OPPOSITES = {
    "permission": {
        "yes": "erlaub*|erlaubt|gestatt*|genehmig*|zulass*|zugelassen|darf|dürfen|ermöglich*|legalisier*",
        "no": "verbiet*|verbot|verboten|untersag*|verhinder*|verbann*|blockier*",
    },
    "assent": {
        "yes": """
            zustimm*|zugestimmt|stimmt zu|stimmte zu|akzeptier*|billig*|gebilligt|unterstütz*|begrüß*|befürwort*|
            annahm|annehmen|angenommen|zustimmung|einverstanden
        """,
        "no": """
            ablehn*|abgelehnt|lehnt ab|lehnte ab|lehnten ab|verwarf|verworfen|zurückgewiesen|zurückweis*|verweiger*|
            missbillig*|ablehnung|widersetz*
        """,
    },
    "success": {
        "yes": """
            gelingt|gelang|gelungen|erfolg|erfolgreich|erfolgreiche|erfolgreichen|gewinn*|gewann|gewannen|gewonnen|
            sieg*
        """,
        "no": """
            scheiter*|gescheitert|misslingt|misslang|misslungen|misserfolg|erfolglos|verlier*|verlor|verloren|
            niederlage
        """,
    },
    "assertion": {
        "yes": """
            bestätig*|räumt ein|räumte ein|eingeräumt|einräum*|zugeb*|zugegeben|gestand|gestanden|gesteht|bekräftig*
        """,
        "no": "bestreit*|bestritt|bestritten|dementier*|leugn*|geleugnet|widerleg*",
    },
    "inclusion": {
        "yes": "enthält|enthielt|enthalten|umfasst|umfasste|umfassen|einschließlich|inklusive|mitsamt",
        "no": "ausschließ*|ausgeschlossen|ausgenommen|abgesehen|ohne",
    },
    "memory": {
        "yes": "erinner*",
        "no": "vergisst|vergaß|vergaßen|vergessen",
    },
    "presence": {
        "yes": "anwesend|anwesende|anwesenden|anwesenheit|zugegen",
        "no": "abwesend|abwesende|abwesenden|abwesenheit",
    },
    "truth": {
        "yes": "wahr|wahre|wahren|richtig|richtige|richtigen|korrekt|zutreffend|zu recht|zurecht",
        "no": "falsch|falsche|falschen|unwahr|fälschlich|zu unrecht",
    },
    "guilt": {
        "yes": "schuldig|schuldige|schuldigen|schuld",
        "no": "unschuldig|unschuldige|unschuldigen|unschuld",
    },
    "safety": {
        "yes": "sicher|sichere|sicheren|ungefährlich|harmlos|harmlose|unbedenklich",
        "no": "gefährlich|gefährliche|gefährlichen|schädlich|schädliche|riskant|bedenklich",
    },
    "life": {
        "yes": "lebt|lebte|lebten|lebend|lebendig|am leben|überleb*",
        "no": "tot|tote|toten|starb|starben|gestorben|getötet|umgekommen",
    },
    "sameness": {
        "yes": "gleich|gleiche|gleichen|derselbe|dieselbe|dasselbe|ähnlich|ähnliche|identisch",
        "no": "verschieden|verschiedene|anders|unterschiedlich|unterschiedliche|unterschiedlichen",
    },
    "liking": {
        "yes": "lieb*|mag|mochte|bewunder*",
        "no": "hasst|hasste|hassten|hassen|veracht*|verabscheu*",
    },
    "trust": {
        "yes": "vertrau*|glaub*",
        "no": "misstrau*|bezweifel*|bezweifelt",
    },
}

HEDGES = {
    "certainty": {
        "certain": """
            sicher|sicherlich|gewiss|bestimmt|zweifellos|zweifelsohne|ohne zweifel|kein zweifel|eindeutig|
            offensichtlich|unbestreitbar|fraglos|definitiv|auf jeden fall|unweigerlich|zwangsläufig|garantiert
        """,
        "must": "muss|müssen|musste|mussten|müsse|müsste!|müssten!",
        "will": "wird|werden|würde!|würden!",
        "should": "soll|sollen|sollte|sollten",
        "able": "kann|können|konnte|konnten|könnte!|könnten!|darf|dürfen|durfte|durften",
        "likely": """
            wahrscheinlich|höchstwahrscheinlich|vermutlich|wohl|voraussichtlich|scheint|scheinen|schien|schienen|
            offenbar|anscheinend|dürfte!|dürften!|mutmaßlich|aller wahrscheinlichkeit nach
        """,
        "possible": """
            vielleicht|möglicherweise|eventuell|womöglich|könnte!|könnten!|mag|möglich|unter umständen|
            gegebenenfalls|denkbar
        """,
        "reported": """
            angeblich|angebliche|angeblichen|mutmaßlich|mutmaßliche|mutmaßlichen|vermeintlich|vermeintliche|soll|sollen|
            berichten zufolge|dem vernehmen nach|gerüchteweise|es heißt|sogenannt|sogenannte|sogenannten
        """,
    },
    "proof": {
        "proven": "beweis*|bewies|bewiesen|nachgewiesen|nachweis*|beleg*|belegt|bestätig*|zeigt|zeigte|zeigten|zeigen",
        "shown": "zeigt|zeigte|zeigten|zeigen|gezeigt|demonstrier*",
        "suggested": """
            deutet darauf hin|deuten darauf hin|andeut*|angedeutet|nahelegt|legt nahe|legen nahe|lässt vermuten
        """,
    },
    "precision": {
        "about": "etwa|rund|ungefähr|circa|ca|fast|beinahe|nahezu|schätzungsweise|knapp|annähernd|gut",
        "exact": "genau|exakt|präzise",
    },
}

QUANTIFIERS = {
    "extent": {
        "all": """
            alle|allen|aller|alles|jeder|jede|jedes|jeden|jedem|sämtliche|sämtlichen|ganz|ganze|ganzen|ganzer|gesamt|
            gesamte|gesamten|völlig|vollständig|vollständige|vollständigen|komplett|beide|beiden|immer|stets|ständig|
            ausnahmslos|jederzeit|ewig|restlos|in allen fällen
        """,
        "most": """
            die meisten|den meisten|der meisten|meisten|mehrheit|großteil|größtenteils|überwiegend|meist|meistens|
            zumeist|hauptsächlich|vorwiegend|fast alle|nahezu alle|beinahe alle|in der regel|gewöhnlich|
            normalerweise|üblicherweise|im allgemeinen|oft
        """,
        "many": """
            viele|vielen|vieler|viel|zahlreiche|zahlreichen|zahlreicher|eine menge|jede menge|unzählige|unzähligen|
            eine vielzahl|mehrere|mehreren|mehrerer|diverse|etliche|etlichen|verschiedene|oft|häufig|oftmals|vielfach|
            regelmäßig|immer wieder|viele der|dutzende
        """,
        "half": "hälfte|die hälfte|zur hälfte|halb|halbe|halben",
        "some": """
            einige|einigen|einiger|manche|manchen|mancher|mehrere|mehreren|etliche|gewisse|bestimmte|ein paar|etwas|
            ein wenig|ein bisschen|teilweise|zum teil|teils|ein teil|manchmal|gelegentlich|zuweilen|bisweilen|
            hin und wieder|ab und zu|von zeit zu zeit|in einigen fällen|irgendwelche
        """,
        "few": """
            wenige|wenigen|weniger als|nur wenige|kaum|kaum jemand|eine handvoll|minderheit|ein paar|selten|
            in wenigen fällen|ein bruchteil|nur ein paar
        """,
        "none": """
            kein|keine|keinen|keinem|keiner|keines|niemand|niemanden|nichts|nie|niemals|kein einziger|keine einzige|
            kein einziges|keinerlei
        """,
    },
}

COMPARISONS = {
    "amount": {
        "up": """
            mehr|größer|größere|größeren|höher|höhere|höheren|steigt|stieg|stiegen|steigen|gestiegen|steigend|anstieg|
            wächst|wuchs|wuchsen|wachsen|gewachsen|wachstum|zunahm|zunehmen|zugenommen|zunahme|nimmt zu|nahm zu|erhöh*|
            erhöht|erhöhung|verdoppel*|verdoppelt|übersteig*|überstieg|verbesser*|verbessert|ausgeweitet|vergrößer*|
            über|oberhalb|verstärk*|gewinn*
        """,
        "down": """
            weniger|kleiner|kleinere|kleineren|geringer|geringere|niedriger|niedrigere|niedrigeren|sinkt|sank|sanken|
            sinken|gesunken|sinkend|fällt|fiel|fielen|fallen|gefallen|rückgang|abnahm|abnehmen|abgenommen|abnahme|
            nimmt ab|nahm ab|verringer*|verringert|senk*|gesenkt|senkung|reduzier*|halbier*|schrumpf*|verschlechter*|
            verkleiner*|unter|unterhalb|schwäch*|verlier*|verlor|verlust
        """,
    },
    "extreme": {
        "top": """
            am meisten|höchste|höchsten|höchster|größte|größten|größter|beste|besten|bester|mindestens|mehr als|über|
            oberste
        """,
        "bottom": """
            am wenigsten|niedrigste|niedrigsten|kleinste|kleinsten|geringste|geringsten|schlechteste|schlechtesten|
            höchstens|weniger als|unter|bis zu|unterste
        """,
    },
    "bound": {
        "over": "mehr als|über|mindestens|wenigstens|nicht weniger als|zumindest",
        "under": "weniger als|unter|höchstens|maximal|nicht mehr als|bis zu",
    },
    "time": {
        "before": "vor|bevor|vorher|zuvor|früher|davor|vorherige|vorherigen|ehe|ehemals",
        "after": """
            nach|nachdem|nachher|danach|später|anschließend|darauf|daraufhin|folgend|folgende|folgenden|nächste|
            nächsten
        """,
    },
    "order": {
        "first": "zuerst|anfangs|anfänglich|ursprünglich|zunächst|erstmals",
        "last": "zuletzt|schließlich|endlich|letzte|letzten|letzter|letztlich",
    },
    "course": {
        "begin": """
            beginnt|begann|begannen|beginnen|begonnen|anfang|anfangen|angefangen|start*|gestartet|eröffn*|eröffnet|
            öffn*|öffnet|öffnete
        """,
        "end": """
            endet|endete|endeten|enden|ende|beendet|beendete|beenden|aufhör*|aufgehört|schließt|schloss|geschlossen|
            abgeschlossen
        """,
    },
    "height": {
        "above": "über|oberhalb|oben",
        "below": "unter|unterhalb|unten",
    },
    "compass": {
        "north": "norden|nord|nördlich|nördliche|nördlichen|nordwärts",
        "south": "süden|süd|südlich|südliche|südlichen|südwärts",
        "east": "osten|ost|östlich|östliche|östlichen|ostwärts",
        "west": "westen|west|westlich|westliche|westlichen|westwärts",
    },
    "hand": {
        "left": "links|linke|linken|linker",
        "right": "rechts|rechte|rechten|rechter",
    },
    "inside": {
        "in": "innerhalb|innen|drinnen|innere|inneren|intern|interne",
        "out": "außerhalb|außen|draußen|äußere|äußeren|extern|externe",
    },
    "distance": {
        "near": "nah^|nahe|nähe|nächstgelegen",
        "far": "fern^|weit|weit weg|entfernt|entfernte|abgelegen",
    },
    "age": {
        "old": "alt^|antik|antike",
        "new": "neu^|jung^|modern^",
    },
    "moment": {
        "early": "früh^|frühzeitig",
        "late": "spät^",
    },
    "size": {
        "large": "groß^|größte|größten|riesig^|gewaltig^|enorm^|massiv^",
        "small": "klein^|winzig^|gering^",
    },
    "length": {
        "long": "lang^|lange",
        "short": "kurz^",
    },
    "level": {
        "high": "hoch|hohe|hohen|hoher|hohes|hohem|höher|höhere|höheren|höchste|höchsten",
        "low": "niedrig^|tief^",
    },
    "width": {
        "wide": "breit^|dick^",
        "narrow": "schmal^|eng^|dünn^",
    },
    "weight": {
        "heavy": "schwer^",
        "light": "leicht^",
    },
    "depth": {
        "deep": "tief^",
        "shallow": "flach^|seicht^",
    },
    "strength": {
        "strong": "stark^|kräftig^|mächtig^",
        "weak": "schwach^",
    },
    "speed": {
        "fast": "schnell^|rasch^|zügig^",
        "slow": "langsam^",
    },
    "heat": {
        "hot": "heiß^|warm^",
        "cold": "kalt^|kühl^",
    },
    "wealth": {
        "rich": "reich|reiche|reichen|reicher|wohlhabend^",
        "poor": "arm|arme|armen|armer|ärmer",
    },
    "ease": {
        "hard": "schwierig^|schwer^|mühsam^",
        "easy": "einfach^|leicht^|mühelos",
    },
    "quality": {
        "good": "gut|gute|guten|guter|besser|bessere|besseren|beste|besten|hervorragend^|positiv^|günstig^",
        "bad": "schlecht^|übel|üble|negativ^|ungünstig^|miserabel",
    },
    "price": {
        "dear": "teuer|teure|teuren|teurer|kostspielig^",
        "cheap": "billig^|preiswert^|günstig^",
    },
    "share": {
        "majority": "mehrheit",
        "minority": "minderheit",
    },
    "limit": {
        "maximum": "maximum|maximal|maximale|höchstmaß|obergrenze",
        "minimum": "minimum|minimal|minimale|mindestmaß|untergrenze",
    },
    "benefit": {
        "gain": "vorteil|vorteile|nutzen|gewinn|gewinne",
        "harm": "nachteil|nachteile|schaden|schäden|verlust|verluste",
    },
    "trade": {
        "buy": "kauf*|gekauft|erwarb|erworben|import*",
        "sell": "verkauf*|verkauft|export*",
    },
    "motion": {
        "in": "kommt|kam|kamen|kommen|gekommen|ankunft|ankam|angekommen|betritt|betrat|eintritt|beitritt",
        "out": "geht|ging|gingen|gehen|gegangen|abfahrt|verlässt|verließ|verlassen|abgereist|austritt",
    },
    "side": {
        "front": "vorn|vorne|vorwärts|vordere|vorderen",
        "back": "hinten|rückwärts|hintere|hinteren|zurück",
    },
}

CAUSES = {
    "link": {
        "because": """
            weil|da|denn|wegen|aufgrund|auf grund|infolge|dank|angesichts|verursacht durch|zurückzuführen auf
        """,
        "therefore": """
            deshalb|daher|darum|deswegen|folglich|somit|demnach|infolgedessen|also|sodass|so dass|aus diesem grund
        """,
        "causing": "führt zu|führte zu|führten zu|verursach*|verursacht|bewirk*|löste aus|ausgelöst",
        "contrast": """
            obwohl|obgleich|obschon|trotz|trotzdem|dennoch|aber|jedoch|doch|hingegen|dagegen|während|wohingegen|
            allerdings|ungeachtet|auch wenn|wenn auch|gleichwohl|indes
        """,
        "condition": "wenn|falls|sofern|solange|ob|außer wenn|es sei denn",
        "time": "als|nachdem|bevor|während|seit|seitdem|bis|sobald|dann|nach|wenn|da",
        "joined": "und|also|sowie|samt|zusammen mit|wie auch",
        "associated": "verbunden mit|zusammenhang mit|in verbindung mit|einhergehend mit",
    },
}

_TURNS = {"last": "letzt|vergangen|vorig", "this": "dies", "next": "nächst|kommend|folgend"}
_PERIODS = "tag|nacht|woche|monat|jahr|jahrzehnt|jahrhundert|sommer|winter|frühling|frühjahr|herbst"
DATES = {
    "day": {
        "yesterday": "gestern",
        "today": "heute",
        "tomorrow": "morgen|am morgigen tag",
    },
    "season": {
        "spring": "frühling|frühjahr",
        "summer": "sommer|sommers",
        "autumn": "herbst",
        "winter": "winter|winters",
    },
    "hour": {
        "morning": "morgen|morgens|vormittag|vormittags|früh|morgengrauen|sonnenaufgang",
        "midday": "mittag|mittags|nachmittag|nachmittags",
        "evening": "abend|abends|nacht|nachts|mitternacht|sonnenuntergang|nachmittag",
    },
    "turn": {
        sense: "|".join(
            f"{turn}{ending} {period}"
            for turn in turns.split("|")
            for ending in ("e", "en", "er", "es")
            for period in _PERIODS.split("|")
        )
        for sense, turns in _TURNS.items()
    },
}
