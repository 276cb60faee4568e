"""Spanish cue words: what denies a statement, says whose it is, or is no cue at all.

Written like ``english.py``: ``rechaz*`` stands for the forms of a verb in -ar, ``vend~`` for those of one in -er or
-ir, ``alt^`` for those of an adjective in -o. Words are found without regard to accents, so that *si* and *sí*,
*esta* and *está* are one.
"""

from __future__ import annotations

NEGATORS = """
no|nunca|jamás|nadie|nada|ningún|ninguno|ninguna|ningunos|ningunas|tampoco|ni|sin|ni siquiera|ya no|todavía no|aún no|
nunca más|en absoluto|de ningún modo|de ninguna manera|ni un solo|ni una sola
"""

NO_NEGATION = """
no solo|no solamente|no sólo|no únicamente|no menos de|no más de|no menos que|no más que|no obstante|no sea que|
sin duda|sin embargo|sin lugar a dudas|sin duda alguna|no cabe duda|nada más que|nada menos que|si no|o no|por qué no|
no en vano|sin más|ni que decir tiene|a no ser que|no hay duda|de nada|no es que|no tanto
"""

HALF_NEGATIVE = """
apenas|raramente|rara vez|poco|poca|pocos|pocas|fracas*|falt*|falta|niega|negó|niegan|negar|negaron|evit*|impid*|
impide|impedir|impidió|olvid*|ausente|ausencia|contra|dej*|ces*|ignor*|omit~|rechaz*|declin*|exclu*|excluye|excluyó|
prohíbe|prohibió|prohibir|prohibido|dud*|falso|falsa|libre|vacío|vacía|salvo|excepto|menos|sino|solo|sólo|solamente|
únicamente|aún|todavía|sigue|siguen|siguió|mismo|lejos de|alguno|alguna|algún|cualquier|otro|carec~|carece|demasiado
"""

COUNTING = """
todos|todas|todo|toda|cada|muchos|muchas|varios|varias|algunos|algunas|pocos|pocas|siempre|a menudo|a veces|
raramente|rara vez|generalmente|normalmente|habitualmente|frecuentemente|principalmente|la mayoría|mayormente|
algunos de|muchos de|casi todos|casi todas|con frecuencia
"""

IDIOMS = """
sobre todo|ante todo|después de todo|de todos modos|de todas formas|en todo caso|cada vez más|cada vez menos|
cada vez mayor|más o menos|al menos|por lo menos|tarde o temprano|además de|de más|cuántos|cuánto|cuántas|
tanto como|tantos como|así como|una vez más|por primera vez|la primera vez|la última vez|poco a poco|un poco más|
poner en marcha|en marcha|a la vez|al mismo tiempo|de nuevo|por supuesto|derecho a|el derecho|los derechos|
del todo|con todo|más bien|sobre el|sobre la|sobre los|sobre las|sobre un|sobre una|bajo la|bajo el|por encima de todo|
a lo largo de|de una vez|nada más
"""

SOURCE_PHRASES = """
según|de acuerdo con|en palabras de|a juicio de|en opinión de|citando|según lo informado por|según declaró|según dijo|
tal como informó|conforme a|a decir de
"""
NAMELESS_SOURCE = "anónimo|anónima|anónimos|anónimas|anónimamente|anonimato|no identificado|no identificada"
SPEAKERS = """
portavoz|portavoces|vocero|vocera|fuente|fuentes|funcionario|funcionarios|funcionaria|responsable|responsables|experto|
expertos|experta|crítico|críticos|observador|observadores|analista|analistas|testigo|testigos|alguien|informe|
informes|medios|algunos|otros|muchos|gente|investigador|investigadores|investigadora|científico|científicos|autor|
autores|autora|historiador|historiadores|comentaristas|autoridades|policía|vecinos|residentes|rumores|periodista|
periodistas|un hombre|una mujer|una voz
"""
FILLERS = """
de hecho|en efecto|por supuesto|desde luego|por ejemplo|en particular|además|asimismo|por cierto|por otra parte|
por otro lado|en otras palabras|es decir|a decir verdad|por así decirlo|en suma|en general|en cualquier caso|
mientras tanto|cabe señalar que|hay que señalar que|es importante señalar que|en definitiva
"""

PRONOUNS = """
yo|él!|ella|ello|nosotros|ustedes|ellos|ellas|quien|quienes|este|esta|esto|estos|estas|ese|esa|eso|esos|aquel|aquella|
aquellos|le|les|aquí|allí|usted|cual|cuyo|cuya
"""
DEFINITE = """
el|la|los|las|lo|del|al|este|esta|estos|estas|ese|esa|esos|esas|aquel|aquella|su|sus|nuestro|nuestra|mi|mis|tu|tus
"""
TITLES = """
sr|sra|srta|señor|señora|señorita|don|doña|d|dr|dra|doctor|doctora|prof|profesor|profesora|presidente|presidenta|rey|
reina|emperador|príncipe|princesa|general|capitán|coronel|comandante|sargento|senador|senadora|gobernador|gobernadora|
ministro|ministra|canciller|juez|jueza|secretario|secretaria|san|santo|santa|padre|hermano|hermana|tío|tía|maestro|
conde|condesa|barón|duque|duquesa|obispo|papa|director|directora|alcalde|alcaldesa|embajador|embajadora
"""
ARTICLES = "el|la"
ABBREVIATED = """
sr|sra|srta|sres|dr|dra|prof|ud|uds|av|avda|etc|ej|ene|feb|mar|abr|jun|jul|ago|sep|sept|oct|nov|dic|núm|vol|art|ee|uu|
aprox|d
"""

ALIASES = (
    "usa|us|eeuu|ee uu|e e u u|estados unidos|estados unidos de américa",
    "ue|unión europea",
    "onu|naciones unidas|organización de las naciones unidas",
    "reino unido|gran bretaña",
    "otan|organización del tratado del atlántico norte",
    "por ejemplo|p ej",
    "es decir|o sea",
    "etcétera|etc|y así sucesivamente",
)
