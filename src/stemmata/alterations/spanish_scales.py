"""Spanish cue words on scales: how sure, how many, how much, when, and how one thing follows from another.

Written like ``english_scales.py``; the scales and senses have the same names, so that the rules know them.
"""

from __future__ import annotations

OPPOSITES = {
    "permission": {
        "yes": "autoriz*|permit~|permite|permiten|legaliz*|dej*",
        "no": "prohib~|prohíbe|prohíben|impid*|impide|impiden|impidió|impedir|vet*|bloque*",
    },
    "assent": {
        "yes": "acept*|aprob*|aprueba|aprueban|apoy*|respald*|aprobación|aceptación|apoyo|respaldo",
        "no": "rechaz*|rechazo|desaprob*|declin*|negativa|se opone|se oponen|se opuso|oposición|vet*|desestim*",
    },
    "success": {
        "yes": "logr*|consigue|consiguió|consiguen|conseguir|éxito|exitoso|exitosa|gan*|victoria|venc~",
        "no": "fracas*|fracaso|perd~|pierde|pierden|derrota|fall*",
    },
    "assertion": {
        "yes": "confirm*|admit~|admite|admiten|reconoce|reconoció|reconocen|reconocer|confes*|afirm*",
        "no": "niega|negó|niegan|negar|negaron|negado|desmiente|desmintió|desmentir|refut*",
    },
    "inclusion": {
        "yes": "incluye|incluyen|incluyó|incluido|incluida|incluir|contiene|contienen|contenía|inclusive",
        "no": "excluye|excluyen|excluyó|excluido|excluida|excluir|omit~|excepto|salvo",
    },
    "memory": {
        "yes": "recuerd*|recuerda|recuerdan|recordó|recordar",
        "no": "olvid*",
    },
    "presence": {
        "yes": "presente|presentes|presencia",
        "no": "ausente|ausentes|ausencia",
    },
    "truth": {
        "yes": "verdadero|verdadera|cierto|cierta|correcto|correcta|verdad|con razón",
        "no": "falso|falsa|falsos|falsas|erróneo|errónea|equivocado|equivocada|mentira|sin razón",
    },
    "guilt": {
        "yes": "culpable|culpables|culpabilidad|culpa",
        "no": "inocente|inocentes|inocencia",
    },
    "safety": {
        "yes": "seguro|segura|seguros|seguras|inofensivo|inofensiva",
        "no": "peligroso|peligrosa|peligrosos|peligrosas|nocivo|nociva|dañino|dañina|inseguro",
    },
    "life": {
        "yes": "vivo|viva|vivos|vivas|sobreviv~",
        "no": "muerto|muerta|muertos|muertas|murió|murieron|fallecido|fallecida|falleció",
    },
    "sameness": {
        "yes": "mismo|misma|mismos|mismas|igual|iguales|similar|similares|idéntico|idéntica|semejante",
        "no": "distinto|distinta|distintos|distintas|diferente|diferentes|otro|otra",
    },
    "liking": {
        "yes": "am*|quiere|quería|admir*|gusta|gustaba",
        "no": "odi*|detest*|aborrec~|despreci*",
    },
    "trust": {
        "yes": "confí*|confía|confían|confi*|cree|creen|creía|confianza",
        "no": "desconfí*|desconfía|desconfi*|desconfianza|dud*",
    },
}

HEDGES = {
    "certainty": {
        "certain": """
            ciertamente|seguramente|sin duda|indudablemente|claramente|evidentemente|obviamente|innegablemente|
            inevitablemente|seguro|con certeza|desde luego|no cabe duda|por supuesto
        """,
        "must": "debe|deben|debía|debían|tiene que|tienen que|tenía que|hay que|deberá|deberán",
        "will": "va a|van a|será|serán|habrá|hará|harán|tendrá|tendrán",
        "should": "debería|deberían",
        "able": "puede|pueden|podía|podían|podrá|podrán|pudo|pudieron|capaz|capaces",
        "likely": """
            probablemente|posiblemente|parece|parecen|parecía|al parecer|aparentemente|seguramente|probable|
            previsiblemente|presumiblemente|debe de
        """,
        "possible": """
            quizá|quizás|tal vez|acaso|puede que|podría|podrían|posiblemente|posible|eventualmente|
            potencialmente|a lo mejor
        """,
        "reported": """
            supuestamente|presuntamente|presunto|presunta|presuntos|supuesto|supuesta|supuestos|al parecer|habría|
            habrían|se dice que|según se dice|se rumorea|llamado
        """,
    },
    "proof": {
        "proven": """
            demuestr*|demuestra|demuestran|demostr*|prueba|prueban|probó|probado|confirm*|comprob*|muestra|mostró
        """,
        "shown": "muestra|muestran|mostró|mostraron|mostrar|revel*|demuestra|indic*",
        "suggested": "sugier*|sugiere|sugieren|sugirió|sugerir|insinú*|insinúa|apunta|apuntan|indic*",
    },
    "precision": {
        "about": "cerca de|unos|unas|alrededor de|aproximadamente|casi|en torno a|más o menos|poco menos de|como",
        "exact": "exactamente|precisamente|justo",
    },
}

QUANTIFIERS = {
    "extent": {
        "all": """
            todos|todas|todo|toda|todos los|todas las|cada|cada uno|cada una|entero|entera|enteros|enteramente|
            totalmente|completamente|completo|completa|total|ambos|ambas|siempre|constantemente|sin excepción|
            el conjunto de|la totalidad de|en todo momento
        """,
        "most": """
            la mayoría|la mayoría de|la mayor parte|la mayor parte de|mayoría|casi todos|casi todas|casi siempre|
            principalmente|mayormente|generalmente|habitualmente|normalmente|en general|por lo general|a menudo
        """,
        "many": """
            muchos|muchas|mucho|mucha|numerosos|numerosas|gran cantidad de|un gran número de|multitud de|varios|varias|
            diversos|diversas|a menudo|frecuentemente|con frecuencia|regularmente|muchas veces|repetidamente|decenas de|
            innumerables|infinidad de
        """,
        "half": "mitad|la mitad|la mitad de|medio|media",
        "some": """
            algunos|algunas|algún|alguna|alguno|unos cuantos|unas cuantas|unos pocos|unas pocas|varios|varias|diversos|
            ciertos|ciertas|un poco|parte de|en parte|parcialmente|algo|alguien|a veces|de vez en cuando|
            ocasionalmente|en algunos casos
        """,
        "few": """
            pocos|pocas|poco|poca|muy pocos|muy pocas|un puñado de|minoría|una minoría|raramente|rara vez|apenas|
            una fracción de|un pequeño número de|escasos|escasas
        """,
        "none": "ningún|ninguno|ninguna|nadie|nada|nunca|jamás|ni uno|ni una|ni un solo|ni una sola",
    },
}

COMPARISONS = {
    "amount": {
        "up": """
            más|mayor|mayores|superior|superiores|aument*|aumento|sube|suben|subió|subieron|subir|subida|alza|crec~|
            crece|crecen|creciente|crecimiento|increment*|incremento|supera|superan|superó|mejor*|mejora|amplí*|
            ampli*|duplic*|gan*|por encima|reforz*
        """,
        "down": """
            menos|menor|menores|inferior|inferiores|disminu*|disminuye|disminuyó|disminución|baja|bajan|bajó|bajaron|
            bajar|bajada|cae|caen|cayó|cayeron|caer|caída|descend~|desciende|descenso|reduce|redujo|reducen|reducir|
            reducción|desplom*|encog~|perd~|pierde|pérdida|empeor*|recort*|por debajo|debilit*
        """,
    },
    "extreme": {
        "top": "el más|la más|los más|las más|mejor|mejores|máximo|máxima|al menos|por lo menos|más de",
        "bottom": "el menos|la menos|los menos|peor|peores|mínimo|mínima|a lo sumo|como máximo|menos de|hasta",
    },
    "bound": {
        "over": "más de|al menos|por lo menos|no menos de|como mínimo|por encima de",
        "under": "menos de|a lo sumo|como máximo|no más de|hasta|por debajo de",
    },
    "time": {
        "before": "antes|antes de|antes de que|previamente|anteriormente|previo|previa|anterior|anteriores",
        "after": """
            después|después de|después de que|tras|luego|posteriormente|siguiente|siguientes|posterior|más tarde|
            próximo|próxima
        """,
    },
    "order": {
        "first": "inicialmente|al principio|inicial|original|originalmente",
        "last": "último|última|últimos|últimas|finalmente|por último|final|al final",
    },
    "course": {
        "begin": """
            empiez*|empieza|empez*|comienz*|comienza|comenz*|inici*|inicio|comienzo|abr~|abre|abierto|abierta|arranc*
        """,
        "end": "termin*|acab*|finaliz*|cierr*|cierra|cerr*|cerrado|final|fin|concluye|concluyó",
    },
    "height": {
        "above": "encima|arriba|sobre",
        "below": "debajo|abajo|bajo",
    },
    "compass": {
        "north": "norte|septentrional|norteño|norteña",
        "south": "sur|meridional|sureño|sureña",
        "east": "este de|al este|del este|oriente|oriental|el este",
        "west": "oeste|occidente|occidental|poniente",
    },
    "hand": {
        "left": "izquierda|izquierdo",
        "right": "derecha",
    },
    "inside": {
        "in": "dentro|interior|interno|interna|adentro",
        "out": "fuera|exterior|externo|externa|afuera",
    },
    "distance": {
        "near": "cerca|cercano|cercana|próximo|próxima",
        "far": "lejos|lejano|lejana|distante",
    },
    "age": {
        "old": "viej^|antigu^|ancian^",
        "new": "joven|jóvenes|nuev^|reciente|recientes|modern^",
    },
    "moment": {
        "early": "temprano|temprana|pronto",
        "late": "tarde|tardío|tardía",
    },
    "size": {
        "large": "grande|grandes|gran|enorme|enormes|inmens^|vast^",
        "small": "pequeñ^|diminut^|minúscul^",
    },
    "length": {
        "long": "larg^|largamente",
        "short": "cort^|breve|breves|brevemente",
    },
    "level": {
        "high": "alt^|elevad^",
        "low": "baj^",
    },
    "width": {
        "wide": "anch^|grues^|ampli^",
        "narrow": "estrech^|delgad^|fin^",
    },
    "weight": {
        "heavy": "pesad^",
        "light": "liger^|leve|leves",
    },
    "depth": {
        "deep": "profund^|profundamente",
        "shallow": "poco profundo|poco profunda|superficial",
    },
    "strength": {
        "strong": "fuerte|fuertes|fuertemente|poderos^",
        "weak": "débil|débiles|débilmente",
    },
    "speed": {
        "fast": "rápid^|rápidamente|veloz|veloces",
        "slow": "lent^|lentamente",
    },
    "heat": {
        "hot": "caliente|calientes|cálid^|caluros^",
        "cold": "frí^|fresc^|gélid^",
    },
    "wealth": {
        "rich": "ric^|adinerad^|prósper^",
        "poor": "pobre|pobres",
    },
    "ease": {
        "hard": "difícil|difíciles|difícilmente|dur^|complicad^",
        "easy": "fácil|fáciles|fácilmente|sencill^|simple|simples",
    },
    "quality": {
        "good": "buen|buen^|mejor|mejores|excelente|excelentes|favorable|favorables|positiv^",
        "bad": "mal|mal^|peor|peores|pésim^|desfavorable|negativ^",
    },
    "price": {
        "dear": "car^|costos^",
        "cheap": "barat^|económic^",
    },
    "share": {
        "majority": "mayoría",
        "minority": "minoría",
    },
    "limit": {
        "maximum": "máxim^|tope",
        "minimum": "mínim^",
    },
    "benefit": {
        "gain": "ventaja|ventajas|beneficio|beneficios|ganancia|ganancias|provecho",
        "harm": "desventaja|desventajas|perjuicio|perjuicios|pérdida|pérdidas|daño|daños|inconveniente",
    },
    "trade": {
        "buy": "compr*|compra|adquirió|adquirir|import*",
        "sell": "vend~|venta|ventas|export*",
    },
    "motion": {
        "in": "entr*|lleg*|llegada|entrada|viene|vino|vienen|ingres*",
        "out": "sale|salió|salen|salieron|salir|salida|va|fue|partió|partida|march*|abandon*",
    },
    "side": {
        "front": "delante|delantero|adelante|frente",
        "back": "detrás|trasero|trasera|atrás",
    },
}

CAUSES = {
    "link": {
        "because": """
            porque|ya que|puesto que|dado que|debido a|debido al|a causa de|a causa del|gracias a|gracias al|
            por culpa de|a raíz de|en vista de|como consecuencia de|pues|como
        """,
        "therefore": """
            por tanto|por lo tanto|por consiguiente|por eso|por ello|así que|de modo que|en consecuencia|por esta razón|
            de ahí que|así|entonces
        """,
        "causing": "llevó a|condujo a|causa|caus*|provoc*|originó|dio lugar a|desencaden*|ocasion*",
        "contrast": """
            aunque|a pesar de|pese a|pero|sin embargo|no obstante|mientras que|aun así|si bien|aun cuando|en cambio
        """,
        "condition": "si|siempre que|a menos que|a no ser que|con tal de que|en caso de que",
        "time": """
            cuando|después de que|antes de que|desde que|desde|mientras|hasta que|en cuanto|tan pronto como|entonces|
            luego|como
        """,
        "joined": "y|e|pues|así|así como|junto con",
        "associated": """
            asociado a|asociada a|relacionado con|relacionada con|vinculado a|vinculada a|acompañado de|ligado a
        """,
    },
}

_PERIODS = "día|noche|semana|mes|año|década|siglo|verano|invierno|primavera|otoño"
_AFTER = {"last": "pasado pasada anterior", "next": "próximo próxima siguiente"}
_BEFORE = {"last": "último última pasado pasada", "this": "este esta", "next": "próximo próxima"}
DATES = {
    "day": {
        "yesterday": "ayer",
        "today": "hoy",
        "tomorrow": "mañana",
    },
    "season": {
        "spring": "primavera",
        "summer": "verano",
        "autumn": "otoño",
        "winter": "invierno",
    },
    "hour": {
        "morning": "mañana|mañanas|madrugada|amanecer|alba",
        "midday": "mediodía|tarde|tardes",
        "evening": "tarde|noche|noches|medianoche|anochecer|atardecer",
    },
    "turn": {
        sense: "|".join(
            [f"{turn} {period}" for turn in turns.split() for period in _PERIODS.split("|")]
            + [f"{period} {turn}" for turn in _AFTER.get(sense, "").split() for period in _PERIODS.split("|")]
        )
        for sense, turns in _BEFORE.items()
    },
}
