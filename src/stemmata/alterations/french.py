"""French cue words: what denies a statement, says whose it is, or is no cue at all.

Written like ``english.py``: ``refus*`` stands for the forms of a verb in -er, ``grand^`` for those of an adjective.
Words are found without regard to accents. Of *ne … pas* the second word is the negator; *ne* alone says nothing.
"""

from __future__ import annotations

NEGATORS = """
pas|jamais|rien|personne|aucun|aucune|aucuns|aucunes|nul|nulle|nullement|ni|sans|nulle part|non|
aucunement|pas du tout|plus jamais|jamais plus|pas encore|pas même|pas un seul|pas une seule|n'est plus|ne sont plus|
n'était plus|n'étaient plus|n'a plus|n'ont plus|n'avait plus|n'avaient plus|ne peut plus|ne peuvent plus|
ne veut plus|ne veulent plus|ne doit plus|ne fait plus|ne font plus|n'y a plus|ne sera plus|ne seront plus
"""

NO_NEGATION = """
pas seulement|non seulement|pas uniquement|pas simplement|pas moins de|pas plus de|pas moins que|pas plus que|
sans doute|sans aucun doute|nul doute|rien d'autre que|sinon|si ce n'est|ou non|ou pas|un pas|le pas|les pas|des pas|
ses pas|premier pas|premiers pas|pas à pas|faux pas|une personne|seule personne|autre personne|même personne|
première personne|match nul|la personne|cette personne|chaque personne|par personne|toute personne|en personne|
n'est ce pas|pourquoi pas|
sans cesse|sans que|pas que|pas mal|plus ou moins|non loin
"""

HALF_NEGATIVE = """
peu|guère|rarement|échou*|manqu*|refus*|nier|nie|nient|nié|évit*|empêch*|oubli*|absent|absente|absence|à peine|contre|
cess*|arrêt*|ignor*|néglig*|omet|omis|omettre|rejet*|déclin*|exclu*|exclut|interdit|interdire|interdite|douter|doute|
faux|fausse|libre|vide|sauf|hormis|plutôt|seulement|uniquement|que|encore|toujours|rest*|même|loin|tout sauf|trop|
quelque|quiconque|autre|ne|n'est|n'a|n'ont|n'y|n'était|sinon|défaut|faute
"""

COUNTING = """
tous|toutes|tout|toute|chaque|plusieurs|certains|certaines|quelques|beaucoup|peu|toujours|souvent|parfois|rarement|
généralement|habituellement|fréquemment|principalement|la plupart|beaucoup de|peu de|certains des|presque tous|
presque toutes|quelquefois|normalement
"""

IDIOMS = """
tout de suite|tout à fait|tout à coup|tout d'abord|en tout cas|avant tout|après tout|pas du tout|du tout|
tout de même|tout à l'heure|tout le long|de plus en plus|de moins en moins|plus ou moins|au moins|du moins|
tôt ou tard|de plus|en plus|d'autant plus|tout au plus|combien de|tant que|autant que|aussi bien que|
une fois de plus|pour la première fois|la première fois|la dernière fois|peu à peu|à peu près|sous peu|un peu plus|
mettre en place|mis en place|de haut en bas|dès lors|droit de|le droit|les droits|droit à|bien sûr|sur la base|
au dessus de tout|par dessus|le plus souvent|sur le|sur la|sur les|sur un|sur une|sous le|sous la|sous les|
en bas|en haut|à nouveau|de nouveau
"""

SOURCE_PHRASES = """
selon|d'après|aux dires de|de l'avis de|de source|citant|selon les dires de|à en croire|comme l'a indiqué|
comme l'a déclaré|de l'aveu de|pour reprendre les mots de
"""
NAMELESS_SOURCE = "anonyme|anonymes|anonymement|anonymat|non identifié|non identifiée|inconnue"
SPEAKERS = """
porte parole|source|sources|responsable|responsables|officiel|officiels|expert|experts|experte|critique|critiques|
observateur|observateurs|analyste|analystes|témoin|témoins|quelqu'un|rapport|rapports|médias|certains|d'autres|
beaucoup|gens|chercheur|chercheurs|chercheuse|scientifique|scientifiques|auteur|auteurs|historien|historiens|
commentateurs|autorités|police|riverains|habitants|rumeurs|journaliste|journalistes|un homme|une femme|une voix
"""
FILLERS = """
en fait|en effet|bien sûr|bien entendu|par exemple|en particulier|notamment|d'ailleurs|par ailleurs|de plus|en outre|
d'autre part|d'un autre côté|autrement dit|en d'autres termes|c'est à dire|à vrai dire|pour ainsi dire|en somme|
dans l'ensemble|en tout cas|entre temps|il convient de noter que|il faut noter que|il est à noter que|au demeurant
"""

PRONOUNS = """
je|il|elle|on|nous|vous|ils|elles|qui|ce|ceci|cela|ça|celui|celle|ceux|celles|lui|leur|eux|ici|
celui ci|celle ci|ce dernier|cette dernière|j'ai|c'est|c'était|qu'il|qu'elle|qu'ils|qu'on
"""
DEFINITE = """
le|la|les|l|du|des|au|aux|ce|cet|cette|ces|son|sa|ses|leur|leurs|notre|nos|votre|vos|mon|ma|mes|ton|ta|tes
"""
TITLES = """
m|mm|mme|mlle|monsieur|madame|mademoiselle|dr|docteur|pr|professeur|professeure|président|présidente|roi|reine|
empereur|prince|princesse|général|capitaine|colonel|commandant|sergent|sénateur|sénatrice|gouverneur|ministre|
chancelier|chancelière|juge|secrétaire|saint|sainte|st|ste|père|soeur|frère|oncle|tante|maître|comte|comtesse|baron|
duc|duchesse|évêque|pape|abbé|directeur|directrice|maire|ambassadeur|ambassadrice
"""
ARTICLES = "le|la"
ABBREVIATED = "m|mm|mme|mlle|dr|pr|st|ste|av|bd|etc|cf|ex|env|janv|févr|avr|juil|sept|oct|nov|déc|no|vol|art|ch|éd"

ALIASES = (
    "usa|us|états unis|etats unis|états unis d'amérique|états unis d amérique",
    "ue|union européenne",
    "onu|nations unies|organisation des nations unies",
    "royaume uni|grande bretagne",
    "otan|organisation du traité de l atlantique nord",
    "par exemple|p ex",
    "c'est à dire|c est à dire|c à d",
    "et cætera|etc|et cetera|et ainsi de suite",
)
