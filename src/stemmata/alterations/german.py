"""German cue words: what denies a statement, says whose it is, or is no cue at all.

Written like ``english.py``: ``erlaub*`` stands for all forms of a weak verb, ``klein^`` for those of an adjective.
Words are found without regard to umlauts, but for those with a ``!``: *könnte!* is not *konnte*.
"""

from __future__ import annotations

NEGATORS = """
nicht|nie|niemals|kein|keine|keinen|keinem|keiner|keines|keins|keinerlei|niemand|niemanden|niemandem|nichts|
nirgends|nirgendwo|weder|ohne|keinesfalls|keineswegs|mitnichten|nimmer|nicht mehr|nicht länger|nicht einmal|
noch nie|noch nicht|noch kein|noch keine|noch keinen|nie wieder|nie mehr|niemals mehr|auf keinen fall|
kein einziger|keine einzige|kein einziges|keinen einzigen|nicht ein einziger
"""

NO_NEGATION = """
nicht nur|nicht bloß|nicht allein|nicht zuletzt|nicht weniger als|nicht mehr als|nicht später als|nicht anders als|
nichts anderes als|nichts als|kein anderer als|keine andere als|kein wunder|keine frage|kein zweifel|ohne zweifel|
ohne frage|ob oder nicht|oder nicht|wenn nicht|ohne weiteres|nicht umsonst|nicht wahr|nicht dass|nicht etwa|
ohne dass
"""

HALF_NEGATIVE = """
kaum|selten|wenig|wenige|wenigen|scheiter*|fehlt|fehlte|fehlten|fehlen|fehlend|verweiger*|vermeid*|vermied|
vermieden|verhinder*|verhindert|bestreit*|bestritt|bestritten|leugn*|vergisst|vergaß|vergessen|ablehn*|abgelehnt|
verzicht*|unterlass*|unterließ|unterlassen|ausgeschlossen|ausschließ*|verbot|verboten|verbietet|zweifel*|gegen|
außer|statt|anstatt|anstelle|sondern|nur|lediglich|bloß|erst|falsch|leer|frei|mangel|mangels|hört auf|hörte auf|
aufgehört|noch|immer noch|weiterhin|bleib*|blieb|blieben|geblieben|irgend|irgendein|irgendwer|irgendetwas|je|
jemals|sonst|alles andere als|weit entfernt von|wider|ansonsten
"""

COUNTING = """
alle|allen|aller|jeder|jede|jedes|jeden|jedem|viele|vielen|vieler|manche|manchen|mancher|einige|einigen|einiger|
mehrere|mehreren|etliche|wenige|wenigen|immer|meist|meistens|oft|häufig|manchmal|selten|zumeist|gelegentlich|
überwiegend|hauptsächlich|normalerweise|gewöhnlich|in der regel|die meisten|fast alle|nahezu alle|einige der|
viele der
"""

IDIOMS = """
wie viele|wie viel|wie lange|wie oft|wie weit|vor allem|vor allen dingen|alles in allem|nach wie vor|
mehr oder weniger|früher oder später|mehr und mehr|immer mehr|immer wieder|immer noch|noch immer|immerhin|
zum ersten mal|zum letzten mal|zuerst|auf einmal|noch einmal|nicht mehr und nicht weniger|umso mehr|so viel|so viele|
zu viel|zu viele|zu wenig|über alle maßen|auf jeden fall|in jedem fall|jedenfalls|unter anderem|unter anderen|
im großen und ganzen|der einen|recht und ordnung|im recht|recht hat|recht haben|über die|über das|über den|über dem|
unter der|unter dem|unter den|unter die|nach oben|nach unten|in wirklichkeit|guten morgen|guten tag|guten abend|
heute morgen|heute abend|gestern abend|morgen früh|in höhe von|mehr als alles
"""

SOURCE_PHRASES = """
nach angaben|nach eigenen angaben|laut|zufolge|nach aussage|nach ansicht|nach meinung|nach auskunft|
nach darstellung|nach worten|nach den worten|aus sicht|unter berufung auf|mit verweis auf|wie berichtet|
nach informationen|gemäß
"""
NAMELESS_SOURCE = "anonym|anonyme|anonymen|anonymer|anonymität|ungenannt|ungenannte|ungenannten|ungenannter|namenlos"
SPEAKERS = """
sprecher|sprecherin|sprechers|quelle|quellen|beamte|beamten|beamter|behörde|behörden|experte|experten|expertin|
kritiker|beobachter|analyst|analysten|zeuge|zeugen|zeugin|augenzeugen|insider|jemand|bericht|berichte|berichten|
medien|medienberichten|manche|einige|andere|viele|leute|forscher|forscherin|forschern|wissenschaftler|
wissenschaftlerin|autor|autoren|autorin|historiker|kommentatoren|polizei|anwohner|einheimische|gerüchte|kreise|
regierungskreise|ein mann|eine frau|eine stimme
"""
FILLERS = """
in der tat|tatsächlich|natürlich|selbstverständlich|zum beispiel|beispielsweise|insbesondere|im übrigen|übrigens|
außerdem|darüber hinaus|zudem|andererseits|auf der anderen seite|mit anderen worten|das heißt|im grunde|
im grunde genommen|wie gesagt|sozusagen|gewissermaßen|im allgemeinen|alles in allem|unterdessen|inzwischen|
es ist zu beachten dass|es sei darauf hingewiesen dass|bekanntlich|nebenbei bemerkt
"""

PRONOUNS = """
ich|er|sie|es|wir|ihr|man|wer|dieser|diese|dieses|diesen|diesem|jener|jene|jenes|ihn|ihm|ihnen|ihre|ihren|sein|
seine|seinen|seiner|dessen|deren|welcher|welche|welches|hier|dort|denen
"""
DEFINITE = """
der|die|das|des|dem|den|dieser|diese|dieses|diesen|diesem|jener|jene|jenes|sein|seine|seinen|seiner|seinem|ihr|
ihre|ihren|ihrer|ihrem|unser|unsere|unseren|mein|meine|im|am|beim|vom|zum|zur|ins|ans
"""
TITLES = """
herr|herrn|frau|dr|prof|professor|professorin|präsident|präsidentin|könig|königin|kaiser|fürst|prinz|prinzessin|
general|hauptmann|oberst|major|kapitän|senator|senatorin|minister|ministerin|kanzler|kanzlerin|bundeskanzler|
bundeskanzlerin|richter|richterin|sekretär|sankt|st|pfarrer|pater|schwester|bruder|onkel|tante|doktor|graf|gräfin|
baron|freiherr|herzog|bischof|papst|direktor|direktorin|bürgermeister|bürgermeisterin|botschafter
"""
ARTICLES = "der|die"
ABBREVIATED = """
dr|prof|st|hr|fr|nr|bzw|ca|usw|vgl|evtl|ggf|jan|feb|mär|apr|jun|jul|aug|sep|sept|okt|nov|dez|mio|mrd|str|abs
"""

ALIASES = (
    "usa|us|u s a|vereinigte staaten|vereinigten staaten|"
    "vereinigte staaten von amerika|vereinigten staaten von amerika",
    "eu|europäische union|europäischen union",
    "uno|un|vereinte nationen|vereinten nationen",
    "großbritannien|vereinigtes königreich|vereinigte königreich|vereinigten königreich",
    "brd|bundesrepublik|bundesrepublik deutschland",
    "zum beispiel|z b|beispielsweise",
    "das heißt|d h",
    "und so weiter|usw|und so fort",
    "unter anderem|u a",
    "beziehungsweise|bzw",
    "unter umständen|u u",
)
