"""Invented news in 27 languages, each piece with the copy that an exchange of words makes of it.

A piece is written once, with both wordings: ``[fishermen|sailors]`` is what it says, and what its spun copy says.
Function words, names and numbers stand outside, as a spinner leaves them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WORDINGS = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")
UNSPACED = ("zh", "ja", "th")
CASELESS = ("ar", "he", "fa", "hi", "ko", *UNSPACED)  # languages whose script has no capitals


class Dispatch(NamedTuple):
    """A piece and its spun copy."""

    text: str
    spun: str

    @classmethod
    def of(cls, language: str, marked: str) -> Dispatch:
        """Read a piece with its two wordings; lines are joined as the script does it."""
        whole = ("" if language in UNSPACED else " ").join(marked.strip().splitlines())
        return cls(WORDINGS.sub(r"\1", whole), WORDINGS.sub(r"\2", whole))


_MARKED = {
    "en": (
        """
The [old|ancient] ferry between Harrow Point and Skell was [sold|auctioned] on Tuesday for 48,000 pounds, and nobody in
the [village|hamlet] knows who [bought|purchased] it. The [council|board] had [promised|pledged] in 2019 that it would
[stay|remain] in [service|use] until a [bridge|crossing] was [built|erected]. Marta Lindqvist, who [steered|piloted] it
for 31 years, [said|stated] that she had [learned|heard] of the [sale|deal] from the [newspaper|gazette]. “They could
have [asked|consulted] me,” she [told|informed] a [reporter|journalist] at her [home|house] in Skell, “but I was not
even [invited|summoned] to the [meeting|session].” A [spokesman|delegate] for the [council|board] would not
[comment|respond], and it is not [clear|certain] how the 140 [pupils|children] who [cross|traverse] the [bay|inlet]
every [morning|day] will get to [school|class] in the [winter|cold].
""",
        """
In the [kitchen|scullery] of an [old|aged] [farm|homestead] a [carpenter|joiner] has [found|discovered] a [jar|pot]
that was [full|brimming] of [coins|gold]. They were [wrapped|bundled] in a [cloth|rag], and on it somebody had
[written|scrawled] that they were for the [child|infant] who would be [born|delivered] in the spring. The
[owners|proprietors] do not [know|understand] who it could have been, and they have [decided|resolved] to [give|hand]
the [money|cash] to the [hospital|clinic] as soon as the [court|tribunal] has [said|ruled] that it is theirs.
""",
    ),
    "de": (
        """
Der [Stadtrat|Gemeinderat] von Wiesenau hat am Montag [beschlossen|entschieden], dass das [Hallenbad|Schwimmbad] in der
[Straße|Gasse] am Mühlgraben nach 37 [Jahren|Sommern] [geschlossen|zugesperrt] wird. Die [Kosten|Ausgaben] für die
[Heizung|Wärme] seien so [gestiegen|gewachsen], dass die [Kasse|Verwaltung] sie nicht mehr [tragen|zahlen] könne,
[sagte|erklärte] der [Kämmerer|Schatzmeister] Jens Petersen. In der [Sitzung|Versammlung] war es zu einem
[Streit|Wortwechsel] gekommen, weil die [Schwimmer|Sportler] erst aus der [Zeitung|Presse] von dem [Plan|Vorhaben]
[erfahren|gehört] hatten. Eine [Lehrerin|Erzieherin], die mit 120 [Kindern|Schülern] in das [Bad|Becken] geht,
[fragte|überlegte], wo sie nun [lernen|üben] sollen, denn bis nach Altenrode sind es mehr als 40 [Minuten|Kilometer].
Der [Rat|Ausschuss] will im [Herbst|Oktober] noch einmal über die [Sache|Angelegenheit] [reden|sprechen].
""",
        """
In der [Nacht|Dunkelheit] ist ein [Bauer|Landwirt] auf dem [Weg|Heimweg] von der [Weide|Wiese] in einen
[Graben|Schacht] [gefallen|gestürzt] und dort bis zum [Morgen|Tagesanbruch] [geblieben|gelegen]. Sein [Hund|Tier] hat
so lange [gebellt|gejault], bis eine [Nachbarin|Frau] mit der [Lampe|Laterne] aus dem [Haus|Hof] kam und nach den
beiden [sah|schaute]. Er hat sich nur den [Fuß|Knöchel] [verletzt|verstaucht] und will den [Retter|Begleiter] nun nicht
mehr in der [Scheune|Hütte] [schlafen|übernachten] lassen, sondern bei sich im [Zimmer|Schlafraum].
""",
    ),
    "fr": (
        """
La [mairie|municipalité] de Rocheval a [annoncé|déclaré] jeudi que le [moulin|bâtiment] du [quartier|faubourg]
Saint-Aubert sera [vendu|cédé] pour 210 000 euros à une [société|entreprise] qui veut en [faire|tirer] un [hôtel|gîte].
Les [habitants|riverains] ne sont pas [contents|satisfaits], car on leur avait [promis|assuré] en 2016 qu'il y aurait
une [salle|pièce] pour les [enfants|écoliers] et un [jardin|verger] ouvert à tous. « Nous avons [appris|découvert] la
[nouvelle|chose] par le [journal|quotidien] », a [dit|affirmé] Odile Carpentier, qui [habite|loge] en face depuis
52 [ans|étés]. Elle a [réuni|rassemblé] avec ses [voisins|amis] plus de 900 [signatures|paraphes], et elle les a
[portées|remises] elle-même au [maire|magistrat]. Celui-ci n'a pas [voulu|souhaité] la [recevoir|rencontrer], mais il a
fait [savoir|dire] par une [lettre|note] que la [vente|cession] se fera dans les [mois|semaines] à venir.
""",
        """
Un [berger|gardien] a [retrouvé|récupéré] dans la [montagne|vallée] une [brebis|chèvre] qu'il avait [perdue|égarée] il
y a deux [ans|hivers]. Elle était [cachée|tapie] au fond d'une [grotte|caverne] avec son [agneau|petit], et elle avait
une [laine|toison] si [longue|épaisse] qu'elle ne pouvait plus [voir|marcher]. On ne sait pas comment elle a pu
[vivre|survivre] sans [eau|soin] pendant l'[été|automne], ni ce qu'elle a [mangé|brouté] sous la [neige|glace]. Il l'a
[ramenée|portée] sur son [dos|épaule] jusqu'à la [ferme|bergerie], où elle est [restée|demeurée] près du [feu|poêle]
avec les [chiens|chats].
""",
    ),
    "es": (
        """
El [puente|viaducto] que une a Villarrobles con el [barrio|arrabal] de La Herrada se [abrirá|inaugurará] el viernes
después de 14 [meses|semanas] de [obras|trabajos], según [dijo|informó] la [alcaldesa|regidora] Pilar Monleón. El
[precio|coste] ha [subido|crecido] de 3 a más de 5 [millones|billones] de euros porque las [lluvias|tormentas] de 2021
se [llevaron|tragaron] una parte de los [pilares|cimientos] que ya estaban [hechos|terminados]. Los
[vecinos|residentes] no tienen [dudas|quejas] de que hacía falta, pero [piden|exigen] que se les [explique|aclare] en
qué se ha [gastado|invertido] el [dinero|presupuesto]. Para los [camiones|tractores] el [paso|acceso] sigue
[cerrado|prohibido], y no lo podrán [usar|cruzar] hasta que un [técnico|ingeniero] de la [provincia|región] lo haya
[revisado|examinado] con todo el [peso|tonelaje].
""",
        """
Una [maestra|profesora] ha [encontrado|hallado] en el [techo|desván] de la [escuela|iglesia] un [nido|enjambre] con más
de cien [abejas|avispas], y no ha [querido|permitido] que lo [quiten|destruyan]. Los [niños|alumnos] lo
[miran|observan] todos los [días|recreos] desde la [ventana|terraza] y [apuntan|anotan] en un [cuaderno|papel] a qué
[hora|minuto] salen y cuándo vuelven. Dice que así han [aprendido|estudiado] a [contar|sumar] sin que nadie se lo
[mande|ordene], y que no le ha [picado|mordido] ninguna en lo que va de [año|curso].
""",
    ),
    "it": (
        """
Il [teatro|cinema] di Montefosco [riaprirà|riprenderà] sabato dopo 26 [anni|inverni] di [silenzio|abbandono], e per la
prima [sera|serata] sono già stati [venduti|comprati] tutti i 340 [posti|biglietti]. Il [restauro|lavoro] è stato
[pagato|finanziato] con il [denaro|lascito] che Ettore Salvini ha [lasciato|donato] al [comune|paese] nel suo
[testamento|documento], a [patto|condizione] che non si [cambiasse|toccasse] nulla della [sala|platea]. Gli
[operai|muratori] hanno [trovato|scoperto] sotto il [palco|pavimento] le [lettere|carte] che una [cantante|attrice]
aveva [scritto|mandato] a un [amico|fratello] di Torino durante la [guerra|prigionia], e che non sono mai state
[spedite|consegnate]. Ora si possono [leggere|vedere] in una [vetrina|teca] che è stata [messa|collocata]
all'[ingresso|angolo], anche se la [famiglia|nipote] di lei non ne è [contenta|felice].
""",
        """
Da una [settimana|quindicina] nel [porto|molo] c'è una [foca|tartaruga] che non vuole [andarsene|ripartire]. I
[pescatori|marinai] le [gettano|tirano] quello che non [riescono|arrivano] a [vendere|smerciare], e lei in cambio li
[saluta|accoglie] con la [testa|coda] quando [tornano|rientrano] con le [barche|reti]. Un [medico|veterinario] che l'ha
[vista|visitata] dice che è [sana|giovane], ma che non si deve [toccare|avvicinare], perché potrebbe
[mordere|graffiare] e perché non è [abituata|avvezza] alla [gente|folla] né ai [cani|gatti] che la [guardano|fissano]
dal [muro|bordo].
""",
    ),
    "pt": (
        """
A [câmara|prefeitura] de Vale do Corvo [decidiu|resolveu] na quinta que o [mercado|edifício] da [rua|travessa] Almeida
Prado não será [demolido|derrubado], como tinha sido [anunciado|previsto] em 2018. O [arquiteto|engenheiro] Rui
Sampaio, que [fez|dirigiu] o [estudo|projeto] com uma [equipa|turma] de 8 [alunos|estagiários], [diz|afirma] que as
[paredes|colunas] estão em bom [estado|feitio] e que só o [telhado|teto] tem de ser [mudado|trocado]. Para as
[vendedoras|peixeiras], que já não [acreditavam|confiavam], é uma [vitória|alegria]: mais de 60 delas
[esperam|aguardam] há dois [anos|verões] numa [tenda|barraca] à [chuva|intempérie]. O que ainda não se sabe é quem vai
[pagar|custear] as [obras|reparações], porque o [governo|ministério] não [respondeu|reagiu] à [carta|petição] que lhe
foi [enviada|dirigida].
""",
        """
Um [pescador|barqueiro] que tinha [perdido|deixado] a [aliança|pulseira] no [mar|rio] há muitos [anos|verões] voltou a
[encontrá-la|vê-la] dentro de um [peixe|polvo] que a [mulher|filha] lhe estava a [preparar|cozinhar] para o
[jantar|almoço]. Ele não [quis|conseguiu] [acreditar|confiar] e foi com ela ao [ourives|relojoeiro], que a
[limpou|poliu] e lhe [mostrou|apontou] a [data|letra] que estava por dentro. Agora não a [tira|larga] nem para
[dormir|descansar], e diz a todos que o [mar|rio] não é tão [mau|duro] como se [conta|pensa].
""",
    ),
    "nl": (
        """
De [gemeente|overheid] Oosterveen heeft woensdag [besloten|bepaald] dat de [molen|watermolen] aan de [dijk|kade] van
Harkema niet wordt [verplaatst|gesloopt], hoewel daar in 2020 al 75.000 euro voor was [betaald|uitgetrokken]. Volgens
[wethouder|bestuurder] Joke Terpstra is het [hout|gebint] zo [slecht|rot] dat het bij een [verhuizing|transport] uit
elkaar zou [vallen|breken]. De [boer|eigenaar] die er naast [woont|huist], is daar [blij|tevreden] mee, want hij had
met een [advocaat|jurist] tegen het [plan|voorstel] [gevochten|gestreden] tot hij geen [geld|centen] meer had. Of er nu
een [weg|pad] om de [molen|toren] heen komt, is niet [duidelijk|zeker]; de 16 [gezinnen|huishoudens] die er van
[afhangen|leven], krijgen in het [najaar|voorjaar] een [brief|bericht] waarin staat wat er met hun [huizen|tuinen] zal
[gebeuren|geschieden].
""",
        """
Een [vrouw|dame] die in de [trein|tram] haar [tas|koffer] was [vergeten|kwijtgeraakt], heeft hem na een [jaar|maand]
terug gekregen van een [jongen|student] die hem al die [tijd|poos] onder zijn [bed|bureau] had [bewaard|verstopt]. Hij
wilde hem wel [brengen|sturen], maar hij kon het [adres|briefje] niet [lezen|ontcijferen] en hij was te [verlegen|bang]
om het aan een ander te [vragen|tonen]. Er zat nog alles in, ook de [appel|boterham], en die was zo [hard|droog] als
een [steen|spijker] geworden. Ze heeft hem [bedankt|beloond] met een [boek|fiets] dat nu op zijn [tafel|plank] ligt.
""",
    ),
    "ru": (
        """
В [посёлке|городке] Верхняя Ладога в среду [закрыли|остановили] [паром|катер], который [ходил|плавал] через
[реку|залив] с 1974 [года|лета]. По [словам|рассказу] [капитана|механика] Андрея Рогозина, [двигатель|мотор] так
[износился|состарился], что его уже не на что [чинить|менять], а новый [стоит|обойдётся] не меньше 12 [миллионов|тысяч]
рублей. У [района|округа] этих [денег|средств] нет и до [весны|осени] не будет. «Мы не [знаем|понимаем], как нам
[возить|доставлять] [детей|школьников] в [школу|интернат]», — [сказала|пояснила] [учительница|воспитательница] Тамара
Белых, у которой из 43 [учеников|ребят] на том [берегу|краю] [живут|обитают] почти все. [Жители|Соседи]
[написали|отправили] [письмо|жалобу] губернатору, но он им пока не [ответил|возразил], и теперь они сами
[собирают|копят] на [лодку|баржу].
""",
        """
Один [мальчик|подросток] [нашёл|подобрал] в [лесу|овраге] [сову|ворону], которая не могла [летать|подняться], и
[принёс|доставил] её к себе на [кухню|чердак]. Он [кормил|поил] её из [рук|ложки] всю [зиму|осень], хотя [мать|бабушка]
[говорила|твердила], что она не [выживет|поправится]. Когда [снег|лёд] [растаял|сошёл], он [открыл|распахнул]
[окно|дверь], и она [улетела|исчезла], но каждый [вечер|день] она к нему [возвращается|прилетает] и [сидит|ждёт] на
[дереве|заборе], пока он не [выйдет|покажется] к ней с [мясом|хлебом]. Так что теперь и [мать|бабушка] [верит|знает],
что он был прав.
""",
    ),
    "uk": (
        """
У [селі|містечку] Нижня Криниця в п'ятницю [відкрили|запустили] [млин|завод], який [стояв|чекав] без [роботи|діла] з
1988 [року|літа]. Його [відновили|полагодили] на [гроші|кошти], що їх [зібрали|назбирали] самі [мешканці|селяни], а
[майстер|тесля] Степан Гурин [зробив|вирізав] нове [колесо|коло] за [малюнком|кресленням], який [зберігся|лишився] у
його [діда|батька]. За [день|добу] тут можна [змолоти|перемолоти] до 900 [кілограмів|пудів] [зерна|пшениці], і це
вдвічі більше, ніж було колись. «Я не [думала|гадала], що ще [почую|побачу] його», — [сказала|мовила] Ганна Лисенко,
якій уже 87 [років|літ]. Вона [прийшла|приїхала] сюди з [онуком|сином], щоб він [знав|пам'ятав], як [пахне|виглядає]
[хліб|борошно], коли його не [купують|везуть] у [крамниці|пекарні].
""",
        """
Стара [жінка|бабуся] [посадила|виростила] біля [хати|двору] таке велике [дерево|деревце], що [тепер|нині] до неї
[їдуть|ідуть] [люди|гості] з усієї [країни|округи], аби на нього [подивитися|глянути]. Вона їм не
[відмовляє|заперечує], але [просить|благає], щоб ніхто не [рвав|ламав] [листя|гілок] і щоб [діти|хлопці] на нього не
[лізли|дерлися]. За це вона всім дає по [яблуку|груші] і [розповідає|каже], як колись [принесла|знайшла] його з
[лісу|поля] в [кишені|хустці], і воно було не більше, ніж [сірник|палець].
""",
    ),
    "pl": (
        """
[Muzeum|Archiwum] w Dolnej Brzezinie [dostało|otrzymało] we wtorek [list|rękopis], który od 1863 roku był
[ukryty|schowany] w [ścianie|piwnicy] [domu|dworu] przy ulicy Garncarskiej. [Znalazł|Odkrył] go [murarz|stolarz]
Wojciech Kania, kiedy z [synem|bratem] [naprawiał|remontował] [piec|komin] u swojej [sąsiadki|ciotki]. [Papier|Tekst]
jest tak [kruchy|cienki], że na razie nie można go [rozłożyć|otworzyć], ale z tego, co [widać|sterczy],
[wynika|wychodzi], że [napisał|wysłał] go [żołnierz|powstaniec] do [matki|żony], i że nie [wiedział|myślał], czy do
niej [dojdzie|trafi]. [Dyrektor|Kustosz] Ewa Mirska [mówi|twierdzi], że [praca|konserwacja] [potrwa|zajmie] co najmniej
5 [miesięcy|tygodni], a potem [list|rękopis] będzie można [zobaczyć|obejrzeć] za 10 złotych w [sali|galerii] na piętrze.
""",
        """
Od [tygodnia|miesiąca] na [dachu|wieży] naszej [szkoły|poczty] [mieszka|siedzi] [bocian|żuraw], którego nikt nie może
stamtąd [zabrać|zdjąć]. [Dzieci|Uczniowie] się z tego [cieszą|śmieją], ale [woźny|stróż] nie, bo to on musi po nim
[sprzątać|zamiatać] i jeszcze [pilnować|uważać], żeby mu nie [rzucano|dawano] [bułek|kanapek]. [Strażacy|Weterynarze]
[przyjechali|zjawili się] z [drabiną|siatką], lecz on [poczekał|popatrzył], aż byli już prawie przy nim, i
[przeleciał|przeskoczył] na [kościół|ratusz]. A kiedy [odjechali|poszli], [wrócił|przyfrunął] na swoje [miejsce|gniazdo]
jakby nic się nie [stało|wydarzyło].
""",
    ),
    "cs": (
        """
[Radnice|Obec] v Horních Lukách se v pondělí [rozhodla|usnesla], že [starou|zrušenou] [školu|faru] v ulici Pod Kaštany
[prodá|pronajme] za 2,4 milionu korun [rodině|skupině], která v ní chce [chovat|pěstovat] [ovce|houby].
[Starosta|Místostarosta] Karel Vondrouš [řekl|uvedl], že o ni za 11 [let|roků] nikdo jiný neměl [zájem|touhu] a že by
se do [zimy|jara] [střecha|věž] [zřítila|propadla]. S tím ale [nesouhlasí|nesouzní] [učitelka|ředitelka] Jana Holá,
podle které se tam mohly [vrátit|nastěhovat] [děti|žáci], kdyby se na to někdo [zeptal|poptal]. [Smlouva|Listina] má
být [podepsána|uzavřena] do konce [měsíce|roku], pokud ji do té doby [nezastaví|nezruší] [soud|kraj], na který se
[obrátilo|odvolalo] 78 [obyvatel|sousedů].
""",
        """
Když se [hodinář|zámečník] ráno [vrátil|dostavil] do své [dílny|komory], [zjistil|poznal], že mu v ní někdo přes
[noc|víkend] [opravil|seřídil] všechny [hodiny|zámky], které měl na [stole|polici]. Nic se mu
[neztratilo|nerozbilo], jen mu tam po něm [zůstala|zbyla] [rukavice|čepice] a na [zdi|skle] [nápis|vzkaz], že je to za
to, co pro něj [udělal|vykonal] jako pro [kluka|chlapce]. Kdo to byl, na to si už [nevzpomíná|nerozpomíná], ale od té
doby [nechává|zapomíná] [dveře|okno] [otevřené|odemčené] a na [okně|prahu] pro něj má [čaj|chléb].
""",
    ),
    "sv": (
        """
[Kommunen|Staden] Norrvik har på torsdagen [beslutat|bestämt] att [fyren|tornet] på Gråskär ska [säljas|auktioneras]
för 1 krona till den som [lovar|svär] att [rusta|laga] den innan 2027. Det är 19 år sedan den [slocknade|mörknade], och
sedan dess har [stormarna|vintrarna] [tagit|brutit] både [trappan|bryggan] och en del av [taket|muren]. Redan
[första|samma] [dagen|kvällen] [ringde|skrev] fler än 200 personer, [säger|berättar] [handläggaren|tjänstemannen]
Birgitta Åkesson, som inte hade [väntat|föreställt] sig mer än en [handfull|näve]. De [flesta|yngsta] vill
[bo|övernatta] där på [somrarna|helgerna], men en [man|kock] från Ystad har [skrivit|föreslagit] att han vill
[öppna|starta] ett [bageri|kafé], trots att det inte finns någon [väg|ström] dit och bara går en [båt|färja] i
[veckan|månaden].
""",
        """
En [hund|katt] som [försvann|rymde] från sitt [hem|hus] i [somras|våras] har [kommit|vandrat] tillbaka med en
[korg|väska] i [munnen|käften]. I den låg det tre [ungar|valpar] som inte var dess egna, och ingen i [trakten|byn] har
[saknat|efterlyst] dem. [Ägaren|Husbonden] vet inte vad han ska [göra|hitta på] med dem alla, men han har [lagt|bäddat]
dem vid [spisen|kaminen] och [ger|köper] dem [mjölk|gröt] så ofta han kan. Nu [hoppas|önskar] han att någon som har ett
[stort|varmt] [kök|hjärta] och inte är [rädd|trött] för [oväsen|bråk] vill [höra|anmäla] av sig till honom.
""",
    ),
    "fi": (
        """
[Kunta|Kaupunki] [päätti|linjasi] keskiviikkona, että Hietasaaren [vanha|purettu] [silta|laituri] [korjataan|uusitaan]
ensi [kesänä|vuonna] 1,3 miljoonalla eurolla, vaikka sitä [käyttää|ylittää] nyt vain 22 [ihmistä|perhettä].
[Insinööri|Arkkitehti] Pekka Lahtonen [sanoi|kertoi], että se on [ainoa|lyhin] [tie|reitti], jota pitkin
[ambulanssi|paloauto] [pääsee|ehtii] [saarelle|niemelle] ennen kuin on liian [myöhä|hidasta]. Kaikki eivät ole samaa
[mieltä|kantaa]. ”Me olemme [odottaneet|pyytäneet] sitä jo vuodesta 2009, mutta kun se nyt [tulee|saadaan], niin se on
[väärässä|huonossa] [paikassa|kohdassa]”, [valitti|huomautti] Aino Rautio, joka ei [pääse|näe] [talostaan|pihastaan]
[rantaan|veneelle] ilman että hän [kulkee|kävelee] [naapurin|veljen] [pellon|metsän] yli. Hän on [vienyt|nostanut]
[asian|valituksen] [oikeuteen|hallitukselle], ja se [käsitellään|ratkaistaan] vasta [syksyllä|talvella].
""",
        """
[Poika|Tyttö] [löysi|poimi] [rannalta|metsästä] [pullon|laatikon], jossa oli [kirje|viesti], ja hän [vei|antoi] sen
[isälleen|opettajalle], koska hän ei vielä [osannut|jaksanut] [lukea|tavata]. Siinä [kerrottiin|pyydettiin], että se
joka sen [löytää|avaa], voi [tulla|lähteä] [syömään|kahville] sen [kirjoittajan|tekijän] [luokse|kotiin], jos hän vain
[tuo|kantaa] mukanaan [kalan|leivän]. Se oli [kirjoitettu|lähetetty] jo ennen [sotaa|lamaa], eikä kukaan
[uskonut|luullut], että [talossa|osoitteessa] [asuisi|eläisi] enää ketään, mutta kun he [menivät|soittivat] sinne, niin
[oven|portin] [avasi|aukaisi] [vanhus|mummo], joka [nauroi|itki] ja [kysyi|huusi], missä se [kala|leipä] on.
""",
    ),
    "tr": (
        """
Taşköprü [belediyesi|yönetimi] salı günü [açıkladı|duyurdu]: 1952 yılında [yapılan|kurulan] [un|kereste]
[fabrikası|değirmeni] [yıkılmayacak|satılmayacak] ve içinde bir [müze|kütüphane] [açılacak|kurulacak]. [Başkan|Müdür]
Nevzat Korkmaz bunun için 18 milyon lira [ayrıldığını|bulunduğunu] [söyledi|belirtti], ama bu [para|tutar] ne zaman
[gelecek|ödenecek], o daha belli değil. [Fabrikada|Değirmende] 40 yıl [çalışan|terleyen] Hatice Özdemir ise “Ben bu
[kapıdan|avludan] her [sabah|akşam] [girdim|geçtim], şimdi onu [kırık|boş] [camlarla|duvarlarla] [görmek|bulmak] bana
çok [zor|ağır] geliyor” diye [konuştu|anlattı]. [Mimarlar|Uzmanlar] de [çatının|bacanın] bu [kışı|ayı]
[çıkaramayacağını|atlatamayacağını] ve en geç 3 ay içinde bir şey [yapılması|denenmesi] [gerektiğini|icap ettiğini]
[bildirdiler|yazdılar].
""",
        """
Bir [çoban|çiftçi] [dağda|ovada] [kaybettiği|düşürdüğü] [saati|yüzüğü] bir yıl sonra bir [karga|saksağan]
[yuvasında|ağacında] [buldu|gördü]. Onu almak için [tırmandı|uzandı] ama [kuş|hayvan] o kadar [bağırdı|öttü] ki
[elini|kolunu] geri [çekti|aldı] ve [aşağı|yere] [indi|atladı]. Şimdi her [gün|hafta] oraya [gidiyor|yürüyor] ve ona
[ekmek|peynir] [bırakıyor|götürüyor], çünkü bir gün ona [alışacak|güvenecek] ve belki onu kendisi [verecek|getirecek]
diye [düşünüyor|umuyor]. [Köylüler|Komşular] buna çok [gülüyor|şaşıyor] ama o hiç [aldırmıyor|kızmıyor], “benim kadar o
da [seviyor|istiyor]” diyor.
""",
    ),
    "hu": (
        """
A [város|község] csütörtökön [eladta|bérbe adta] a Malom utcai [fürdőt|kaszinót], amely 1927 óta [állt|működött], és
amelyet az [árvíz|földrengés] után már nem [nyitottak|hoztak] meg. A [polgármester|jegyző], Bodnár Gizella azt
[mondta|közölte], hogy a 65 millió forint, amit [kaptak|kértek] érte, nem sok, de ez is [jobb|több], mint ha a
[tető|kémény] [beszakadna|leomlana]. Az új [tulajdonos|gazda], aki Szegedről [jött|költözött], még nem
[döntötte|árulta] el, hogy mi [lesz|épül] belőle, csak azt, hogy a nagy [medence|csarnok] meg fog [maradni|menekülni].
Van, aki ezt nem [hiszi|érti], és van, aki már az első [nap|este] [jegyet|bérletet] [akart|próbált] venni. Egy
[idős|öreg] [asszony|néni], aki 15 éves [korában|fejjel] itt [tanult|kezdett] úszni, csak annyit [kért|akar], hogy
egyszer még [bemehessen|benézhessen], és hogy az ő [szekrénye|kabinja] a 212-es [legyen|maradjon].
""",
        """
Egy [kisfiú|diák] azt [álmodta|képzelte], hogy a [kertben|udvarban] egy [kút|verem] van a [diófa|fal] alatt, és addig
[ásott|kapált], amíg meg nem [találta|látta]. A [víz|agyag] olyan [hideg|sötét] volt benne, hogy nem lehetett
[inni|nyúlni] belőle, de a [szomszéd|kertész] azt [mondta|gondolta], hogy ez az, amit ő már a [háború|tűz] óta
[keres|kutat]. Most ketten [dolgoznak|fáradoznak] rajta, és ha [elkészül|megtelik], akkor mindenki [vihet|merhet]
belőle, aki [hoz|ad] egy [vödröt|korsót] és nem [siet|kiabál]. Az [anyja|nagyapja] pedig csak azt nem [érti|tudja],
hogy honnan [tudta|sejtette], mert ilyet neki még soha nem [mesélt|említett] senki.
""",
    ),
    "ro": (
        """
[Primăria|Consiliul] din Valea Teiului a [hotărât|stabilit] marți ca [gara|fabrica] de pe [strada|aleea] Grigore Manu să
fie [dată|vândută] unei [asociații|firme] care vrea să facă din ea un [atelier|azil] pentru [copii|bătrâni]. De când nu
mai [trece|oprește] niciun [tren|vagon], adică din 2004, [acoperișul|peronul] s-a [prăbușit|surpat] de două ori, iar
[reparația|refacerea] va [costa|cere] cel puțin 130.000 de lei. «Nu e mult pentru ce a [însemnat|fost] ea», a
[spus|declarat] Aurel Dobre, care a [lucrat|slujit] acolo 33 de [ani|ierni] și care încă are [cheia|șapca] de la
[magazie|depozit]. El s-a [oferit|gândit] să le [arate|povestească] celor mici cum se [dădea|făcea] semnalul, dar nu
știe dacă o să-l mai [țină|ajute] [picioarele|vocea] până când se va [deschide|termina].
""",
        """
O [fetiță|elevă] care nu avea cu cine să se [joace|plimbe] a [scris|pus] o [scrisoare|invitație] și a [legat-o|prins-o]
de [piciorul|gâtul] unui [porumbel|cocoș], iar după o [lună|vară] i-a [venit|sosit] un [răspuns|desen] de la un
[marinar|pădurar] pe care nu îl [cunoștea|văzuse] nimeni. El îi [povestea|arăta] despre [valuri|furtuni] și despre cum
se [doarme|mănâncă] pe o [corabie|barcă], și o [ruga|întreba] să-i spună ce mai [fac|zic] [florile|stelele] la ea în
[curte|deal]. De atunci își [scriu|răspund] în fiecare [săptămână|duminică], dar acum cu [poșta|plicul], fiindcă
[porumbelul|cocoșul] nu a mai [vrut|putut] să plece de la el.
""",
    ),
    "id": (
        """
[Pemerintah|Wali] kota Tanjung Sari pada hari Rabu [mengumumkan|menyatakan] bahwa [pasar|gudang] yang
[dibangun|didirikan] pada tahun 1961 di [jalan|gang] Melati tidak akan [dibongkar|diratakan], tetapi akan
[diperbaiki|dirombak] dengan [biaya|dana] sebesar 7,5 miliar rupiah. [Arsitek|Insinyur] Budi Santoso
[mengatakan|menjelaskan] bahwa [dinding|lantai] itu masih [kuat|kokoh] dan hanya [atap|pintu] yang harus
[diganti|ditukar] sebelum [musim|bulan] hujan. Namun para [pedagang|penjual] belum [tahu|paham] di mana mereka akan
[berjualan|bekerja] selama 10 [bulan|pekan] itu, karena [lapangan|tanah] yang [dijanjikan|ditawarkan] kepada mereka
sudah [dipakai|disewa] oleh orang lain. “Kami tidak akan [pergi|pindah] dari sini kalau tidak ada [tempat|kios],” kata
Siti Rahayu, yang sudah [menjual|menawarkan] [ikan|kain] di sana sejak ia masih [kecil|gadis].
""",
        """
Seorang [nelayan|petani] yang tidak bisa [membaca|menulis] [menemukan|mendapat] sebuah [buku|peta] di dalam
[perut|jaring] dan [membawanya|mengantarnya] kepada [guru|kepala] di [desanya|kampungnya] untuk [ditanyakan|diperiksa].
Di dalamnya ada [gambar|catatan] dari sebuah [pulau|gua] yang tidak ada di [laut|hutan] mana pun, dan di bawahnya ada
[nama|tanda] dari [kakeknya|pamannya] sendiri. Sejak itu ia [belajar|berlatih] setiap [malam|pagi] dengan
[anak-anak|cucu-cucu] yang lebih [kecil|muda] dari dia, dan kalau ia sudah bisa, maka ia akan [mencari|mengunjungi]
[pulau|gua] itu dengan [perahu|sampan] yang ia [buat|cat] sendiri.
""",
    ),
    "vi": (
        """
[Thành phố|Thị xã] Hòa Bình hôm thứ ba đã [thông báo|công bố] rằng [cây cầu|con đập] được [xây|dựng] từ năm 1978 sẽ
không bị [phá|dỡ] mà sẽ được [sửa|tu bổ] lại với 45 [tỷ|triệu] đồng. Theo [kỹ sư|chuyên gia] Trần Văn Lộc, các
[trụ|móng] của nó vẫn còn [tốt|vững] và chỉ có [mặt|lan can] là phải [thay|lát] trước khi [mùa mưa|nước lũ] đến. Tuy
nhiên những [người dân|hộ nghèo] ở bên kia [sông|hồ] không biết trong 8 [tháng|tuần] đó họ sẽ đi [làm|chợ] như thế nào,
vì con [đường|đê] khác [dài|xa] hơn đến 30 [cây số|dặm]. Bà Nguyễn Thị Mận, một [người bán|chủ hàng] [rau|cá], nói rằng
bà đã [hỏi|viết thư] ba lần nhưng không ai [trả lời|tiếp] bà cả. “Nếu họ cho một chiếc [đò|thuyền] thì chúng tôi cũng
[vui|đỡ] rồi”, bà nói.
""",
        """
Một [ông lão|người thợ] sống một mình ở [cuối|đầu] [làng|bản] đã [trồng|gieo] [hoa|ngô] trên [mái nhà|bờ rào] của mình
để cho những con [ong|chim] của ông có cái mà [ăn|mổ]. Lúc đầu ai cũng [cười|chê] ông, nhưng đến khi [mật|trứng] của
chúng được [bán|mang] ra [chợ|phố] thì họ lại đến [hỏi|xin] ông cách làm. Ông không [giấu|từ chối] ai, và còn cho họ cả
[hạt|giống] nữa. Bây giờ ở đó [nhà|ngõ] nào cũng có một [vườn|luống] như thế, và vào [mùa xuân|tháng giêng] thì từ trên
[núi|đồi] nhìn xuống người ta không [thấy|nhận ra] một cái [ngói|tường] nào.
""",
    ),
    "el": (
        """
Ο [δήμος|νομός] της Κάτω Βρύσης [ανακοίνωσε|δήλωσε] την Παρασκευή ότι το [παλιό|πέτρινο] [σχολείο|λιμάνι] που είχε
[κλείσει|ερημώσει] το 1994 θα [ανοίξει|λειτουργήσει] και πάλι, γιατί στο [χωριό|νησί] [ζουν|μένουν] τώρα 17
[παιδιά|μαθητές]. Η [δασκάλα|διευθύντρια] Ελένη Μαυρίδου, που θα [έρθει|φτάσει] από την Καλαμάτα, [είπε|τόνισε] ότι δεν
[φοβάται|σκέφτεται] τον [χειμώνα|δρόμο], αλλά ότι δεν υπάρχει ακόμα [σόμπα|στέγη] για την [τάξη|αίθουσα]. Οι
[γονείς|κάτοικοι] έχουν [μαζέψει|δώσει] 2.600 ευρώ για να την [αγοράσουν|φτιάξουν], και ο [φούρναρης|παπάς] τους έχει
[υποσχεθεί|τάξει] τα [ξύλα|κάρβουνα]. «Αν δεν το [κάνουμε|αρχίσουμε] εμείς, δεν θα το [κάνει|αρχίσει] κανείς»,
[λέει|φωνάζει] ένας από αυτούς, που [γύρισε|επέστρεψε] με την [οικογένειά|γυναίκα] του μετά από πολλά
[χρόνια|καλοκαίρια] στην [πόλη|ξενιτιά].
""",
        """
Ένας [ψαράς|βοσκός] [βρήκε|έπιασε] στα [δίχτυα|χωράφια] του ένα [άγαλμα|πιθάρι] που δεν είχε [κεφάλι|λαβή], και για να
μην το [πάρουν|ζητήσουν] το [έκρυψε|έθαψε] κάτω από το [κρεβάτι|αμπέλι] του. Το είχε εκεί για πολλά [χρόνια|καλοκαίρια]
και δεν το [έλεγε|έδειχνε] σε κανέναν, ούτε στη [γυναίκα|μάνα] του, που [νόμιζε|πίστευε] ότι ήταν [πέτρα|σίδερο]. Όταν
[αρρώστησε|γέρασε], [φώναξε|κάλεσε] τον [γιατρό|δικαστή] και του [είπε|ζήτησε] να το [δώσει|στείλει] στο
[μουσείο|σχολείο] όπως είναι, χωρίς να [μάθει|πει] κανείς από πού [ήρθε|βγήκε]. Και έτσι [έγινε|κράτησε], ώσπου το
[έμαθε|διηγήθηκε] ο [γιος|εγγονός] του από μια [εφημερίδα|φωτογραφία].
""",
    ),
    "ar": (
        """
[أعلنت|ذكرت] بلدية عين الزيتون يوم الخميس أن [الجسر|الممر] الذي [بني|شيد] عام 1958 على [نهر|وادي] الصفا سوف
[يغلق|يوقف] لمدة 6 [أشهر|أسابيع] من أجل [إصلاح|ترميم] ما فيه من [شقوق|ثغرات]. وقال [المهندس|الخبير] كمال بدران إن
[السيارات|الشاحنات] لن تستطيع أن [تمر|تعبر] عليه حتى ولو كانت [صغيرة|فارغة]، لأن أحد [الأعمدة|الجدران] قد
[تحرك|انزاح] من [مكانه|موضعه] بعد [الأمطار|السيول]. أما [سكان|أهالي] [القرية|البلدة] فهم لا [يعرفون|يدرون] كيف سوف
[يصل|يذهب] [أبناؤهم|أطفالهم] إلى [المدرسة|المعهد] التي هي في [الطرف|الجانب] الآخر، وقد [طلبوا|التمسوا] من
[الوزير|المحافظ] أن [يعطيهم|يمنحهم] [قاربا|زورقا] إلى أن [ينتهي|يكتمل] [العمل|البناء]. وكان [المشروع|الأمر] قد
[تأخر|تعطل] أكثر من 10 [سنوات|أعوام] بسبب [نقص|قلة] [المال|التمويل].
""",
        """
[عاد|رجع] [رجل|شيخ] إلى [بيته|داره] بعد [سفر|غياب] طويل فلم [يجد|يلق] فيه إلا [قطة|دجاجة] كان قد [تركها|خلفها] وهي
[صغيرة|مريضة]. وقد [كبرت|سمنت] حتى لم [يعرفها|يميزها]، لكنها [عرفته|تذكرته] من [صوته|مشيته] و[جلست|نامت] على
[ثيابه|حقيبته] كما كانت [تفعل|تصنع] في كل [ليلة|مساء]. و[قال|حكى] [الجيران|الأصدقاء] إنها لم [تقبل|ترض] أن
[تأكل|تسكن] عند أي منهم، وإنها كانت [تخرج|تمشي] إلى [الطريق|الشارع] مع [الفجر|الغروب] ثم [ترجع|تعود] من غير أن
[تصيد|تحمل] شيئا. ومنذ ذلك اليوم لا [يخرج|يسافر] هو من [المدينة|البلدة] إلا وهي معه.
""",
    ),
    "he": (
        """
[עיריית|מועצת] נווה תמר [הודיעה|מסרה] ביום שני כי [בית|אולם] [הקולנוע|התיאטרון] הישן ברחוב הזית לא [ייהרס|יימכר], אף
על פי שכבר [שולמו|הוקצו] לשם כך 350,000 [שקלים|דולרים] בשנת 2017. לפי [האדריכלית|המהנדסת] רונית גל,
[הקירות|היסודות] שלו [חזקים|יציבים] יותר ממה ש[חשבו|סברו], ורק את [הגג|הרצפה] יש [להחליף|לתקן] לפני
[החורף|הגשמים]. [תושב|שכן] אחד, שהיה [מקרין|מנגן] שם במשך 28 [שנים|קיצים], [אמר|סיפר] כי הוא לא [ישן|אכל] כל
[הלילה|השבוע] מרוב [שמחה|התרגשות]. ”אם הם רק [ישאלו|יבקשו] אותי”, הוא [הוסיף|צחק], ”אני עוד [זוכר|יודע] איפה
[שמרתי|הנחתי] את [המפתח|הסרט]”. עם זאת אין עדיין מי ש[ינהל|יפעיל] את [המקום|העסק], וגם לא ברור מתי
[יתחילו|יסתיימו] [העבודות|השיפוצים].
""",
        """
[איש|נגר] אחד [מצא|גילה] על [החוף|המדרגות] [תיבה|מזוודה] של [עץ|עור], ובה היו רק [מכתבים|צילומים] ו[שעון|כינור] שלא
היה [הולך|מנגן]. הוא לא ידע מי [כתב|שלח] אותם ולא אל מי, אבל הוא [קרא|סידר] אותם אחד אחרי [השני|האחר] עד
[הבוקר|הערב], ואז [הלך|נסע] עם [התיבה|המזוודה] אל כל [הבתים|הכפרים] שהיו ליד [הים|הדרך]. רק בבית האחרון
[פתחה|ענתה] לו [אישה|ילדה] ש[אמרה|לחשה] כי זה של [אמה|סבתה], והיא לא [רצתה|הסכימה] לתת לו [כסף|פרס] על כך, אלא
[ארוחה|עוגה]. מאז הוא בא אליה בכל [שבת|חג] עם [פרחים|לחם], ואין מי ש[שואל|מתפלא] מה הוא [עושה|מחפש] שם.
""",
    ),
    "fa": (
        """
[شهرداری|شورای] گلباغ روز دوشنبه [اعلام|اظهار] کرد که [کارخانه|کارگاه] [قند|پارچه] این [شهر|بخش] که از سال 1346 در آن
[کار|تولید] می‌شد به یک [موزه|بازار] [تبدیل|بدل] خواهد شد. [مهندس|معمار] بهرام نیکو گفت که [ساختمان|بنا] با این که
[قدیمی|کهنه] است هنوز [محکم|استوار] است و تنها باید [سقف|دودکش] آن را [عوض|ترمیم] کرد. برای این [کار|طرح] 25 میلیارد
تومان لازم است و [دولت|استانداری] تا [امروز|اکنون] نیمی از آن را داده است. اما [کارگران|کارکنان] می‌گویند که آنها را
[فراموش|رها] کرده‌اند و 7 [ماه|هفته] است که به آنها [حقوق|مزد] نداده‌اند. یکی از آنها گفت: «ما که این
[دیوارها|سالن‌ها] را [ساختیم|چیدیم] حالا باید برای [دیدن|تماشای] آن [بلیت|نوبت] [بخریم|بگیریم]».
""",
        """
[پیرمردی|زنی] که در [کنار|حاشیه] [رودخانه|دریاچه] [زندگی|سکونت] می‌کند هر [شب|غروب] یک [چراغ|فانوس] را در
[پنجره|ایوان] خود [روشن|آویزان] می‌گذارد تا کسی که در [مه|باران] راه را [گم|اشتباه] کرده است آن را ببیند. او این
[کار|عادت] را از [پدر|مادر] خود [یاد|ارث] گرفته است و می‌گوید که تا به حال سه [نفر|مسافر] به [خانه|کلبه] او آمده‌اند.
یکی از آنها تا [بهار|پاییز] پیش او [ماند|خوابید] و به او [خواندن|نوشتن] را [آموخت|فهماند]، و دیگری برای او یک
[بز|اسب] [آورد|فرستاد] که هنوز هم با او در همان [اتاق|حیاط] است.
""",
    ),
    "hi": (
        """
रामनगर [नगरपालिका|पंचायत] ने बुधवार को [बताया|कहा] कि 1931 में [बना|खड़ा] [पुल|घाट] अब [गाड़ियों|ट्रकों] के लिए
[बंद|वर्जित] रहेगा और इस पर से केवल [पैदल|साधारण] [लोग|यात्री] जा सकेंगे। [अभियंता|अधिकारी] सुरेश त्रिपाठी के
[अनुसार|मुताबिक] इस के दो [खंभे|पाए] [बाढ़|तूफ़ान] में [टूट|झुक] गए हैं और उन को [ठीक|मज़बूत] करने में कम से कम 9
[महीने|हफ़्ते] लगेंगे। [किसानों|व्यापारियों] का कहना है कि वे अपनी [फसल|सब्ज़ी] को [मंडी|बाज़ार] तक नहीं ले जा पा रहे
हैं, और जो [रास्ता|मार्ग] दूसरा है वह 35 [किलोमीटर|कोस] [लंबा|दूर] है। [मंत्री|नेता] ने उन से [वादा|अनुरोध] किया था कि
एक [नाव|बस] [चलाई|भेजी] जाएगी, पर अभी तक कुछ नहीं [हुआ|आया] है।
""",
        """
एक [बूढ़ी|ग़रीब] [औरत|दादी] ने अपने [आँगन|खेत] में इतना बड़ा [कद्दू|तरबूज़] [उगाया|बोया] है कि उस को [उठाने|तोलने] के
लिए चार [आदमी|लड़के] भी कम हैं। [गाँव|मोहल्ले] के [बच्चे|लोग] उस को [देखने|छूने] के लिए [रोज़|सुबह] आते हैं और उस पर
अपना नाम [लिखना|खोदना] चाहते हैं, पर वह किसी को यह करने नहीं देती। वह कहती है कि जब [त्योहार|मेला] होगा तब वह इस को
[काट|पका] कर सब में [बाँट|परोस] देगी और इस के [बीज|छिलके] भी उन को देगी जो [माँग|चाह] रहे हैं, ताकि अगले [साल|मौसम] हर
[घर|आँगन] में एक हो।
""",
    ),
    "ko": (
        """
한솔시는 수요일 1969년에 [지은|세운] [낡은|오래된] [등대를|창고를] 헐지 않고 12억 원을 들여 [고치기로|꾸미기로] 했다고
[밝혔다|전했다]. [시장|구청장] 윤재희 씨는 이 [건물이|시설이] 그 [마을|동네] [사람들의|주민들의] [삶을|역사를]
[보여|말해] 주는 것이라고 [말했다|설명했다]. 그러나 이 [계획에|결정에] [반대하는|불평하는] 이도 있다. [어부|선장] 박달수
씨는 이 돈이면 더 [급한|중요한] 일을 할 수 있다며, [배를|그물을] 댈 [곳이|자리가] 없어 다른 [항구까지|포구까지]
40 [분을|킬로를] [가야|달려야] 하는 이가 한둘이 아니라고 했다. 그는 곧 [이웃들과|동료들과] 함께 300 명의
[이름을|서명을] [모아|적어] [의회에|시청에] 낼 것이다. 하지만 [공사는|작업은] 그 전에 [시작될|끝날] 수 있고 또 그
[뒤에는|후에는] [되돌릴|멈출] 수 없다.
""",
        """
한 [아이가|소녀가] [산에서|숲에서] [다친|굶은] [여우를|사슴을] 보고 그 [옆에|앞에] [앉아|서서] 밤이 될 때까지
[기다렸다|지켰다]. 그 [어머니는|할머니는] [걱정이|겁이] 되어 [아이를|소녀를] [찾아|따라] 나섰지만 그 둘을 보고는 아무
말도 할 수 없었다. 그들은 [여우를|사슴을] [집으로|헛간으로] [데려와|옮겨] 한 달 동안 [먹이고|재우고] 그 [상처를|다리를]
[닦아|감아] 주었다. 이제 [여우는|사슴은] 다 [나았지만|컸지만] [떠날|돌아갈] 생각을 하지 않고, 또 다른 [짐승이|동물이]
그 [집에|마당에] 오는 것도 [싫어하지|막지] 않는다. 그래서 그 [집은|마당은] 이 [마을에서|고을에서] 가장 [시끄러운|붐비는]
곳이 되었다.
""",
    ),
    "zh": (
        """
青石镇[政府|当局]星期二[宣布|公布]，一九六三年[修建|建造]的[老|旧]水库要在今年[秋天|冬天][放空|抽干]，
因为大坝下面有三处在[漏水|渗漏]。[工程师|技术员]周伯文说，如果不[马上|立刻][修理|维修]，
到了明年[雨季|汛期]就会很[危险|糟糕]，可是[工程|项目]要[花|用]两千四百万元，镇上没有这么多[钱|款]。
[住|待]在下游的八百多[户|家][农民|村民]已经[接到|收到][通知|消息]，
他们的[稻田|菜地]要等到后年才能再[种|耕]。有的人[同意|赞成]，
也有的人[担心|害怕]到时候不会有人来[赔偿|补偿]他们。
[村长|队长]赵玉兰[写|寄]了一封[信|报告]到省里，但是到现在还没有[回音|答复]。
""",
        """
一个[孩子|学生]在[河边|山上][捡到|发现]了一只[受伤|生病]的[大雁|天鹅]，把它[抱|带]回家里，
[放|养]在[院子|屋子]的[角落|笼子]里。他每天[早晨|傍晚]都要去[地里|田间][找|挖][虫子|草根]给它[吃|尝]，
晚上还怕它[冷|饿]，就把自己的[衣服|被子][盖|铺]在它的[身上|背上]。到了[春天|三月]，它的[翅膀|伤口]好了，
[飞|跑]走的时候在他家的[屋顶|树林]上[转|绕]了好几圈。他的[父亲|奶奶]说它不会再来了，可是他不[相信|同意]，
还是在门口给它[留|备]着一碗[水|米]。
""",
    ),
    "ja": (
        """
緑川[市|町]は月曜日、昭和四十二年に[建てられた|作られた][古い|木造の][図書館|公民館]を[取り壊さず|売り払わず]、
三億円をかけて[直す|改める]ことを[決めた|発表した]。[市長|町長]の大久保恵子さんは[会見|会議]で、
この[建物|施設]には[町|地域]の[人たち|住民]の[思い出|記憶]が[詰まって|残って]いると[述べた|語った]。
しかし[反対|批判]の[声|意見]もある。[隣|近所]に[住む|暮らす]西田茂さんは、これだけの[お金|予算]があれば
[病院|学校]を[先に|早く][建てる|直す]べきだと[言い|話し]、二千人の[署名|名前]を[集めて|添えて]
[議会|役所]に[出す|送る]つもりだ。[工事|作業]は来年の[春|夏]に[始まり|着手され]、
[終わる|済む]までに二年ほど[かかる|要する]という。
""",
        """
ある[朝|晩]、[駅|港]の[前|横]にある[花屋|魚屋]の[主人|娘]が[店|戸]を[開ける|出る]と、
[入口|軒先]に[小さな|濡れた][犬|猫]が[座って|眠って]いた。[首|足]には[手紙|布]が[結んで|付けて]あり、
この[子|仲間]をどうか[三日|一週間]だけ[預かって|置いて]くださいと[書かれて|頼まれて]いた。
しかし[一月|半年]が[過ぎても|経っても]誰も[迎え|引き取り]に[来ない|現れない]。
[客|町の人]にも[可愛がられ|覚えられ]、今では誰が[来ても|呼んでも][尻尾|耳]を[振って|動かして]
[挨拶|返事]をするので、[主人|娘]はもう[返す|渡す][気|つもり]がないと[笑って|言って]いる。
""",
    ),
    "th": (
        """
เทศบาล[เมือง|นคร]บางหลวง[ประกาศ|แถลง]เมื่อวันพุธว่าสะพาน[ไม้|เหล็ก]ที่[สร้าง|ทำ]ขึ้นในปี 2502 จะถูก[ปิด|ห้าม]เป็นเวลา
 5 [เดือน|สัปดาห์] เพื่อ[ซ่อม|เปลี่ยน]เสาที่[ผุ|หัก]อยู่ใต้[น้ำ|ดิน] นาย[ช่าง|แพทย์]สมชาย บุญมี
[บอก|กล่าว]ว่าถ้าไม่รีบ[ทำ|แก้] ก็อาจจะมี[คน|เด็ก][ตก|พลัด]ลงไปได้ แต่[ชาวบ้าน|แม่ค้า]ที่อยู่อีก[ฝั่ง|ด้าน]หนึ่ง
ไม่รู้ว่าจะไป[ตลาด|โรงเรียน]กันอย่างไร เพราะ[ถนน|ทาง]อีกสายหนึ่งนั้น[ไกล|อ้อม]กว่าถึง 20 [กิโลเมตร|นาที]
พวกเขาจึงได้[เขียน|ส่ง][จดหมาย|หนังสือ]ไปถึง[ผู้ว่า|นายอำเภอ] แต่ก็ยังไม่ได้รับ[คำตอบ|ความช่วยเหลือ]
และยังไม่มีใคร[รู้|บอก]ด้วยว่าจะมี[เรือ|รถ]ให้ใช้หรือไม่
""",
        """
[ยาย|ป้า]คนหนึ่ง[เลี้ยง|เก็บ][ไก่|เป็ด]ไว้ใน[ครัว|สวน]เพราะกลัวว่า[งู|เสือ]จะมา[กิน|คาบ]ไปในตอน[กลางคืน|เช้ามืด]
แต่แล้ววันหนึ่งมันก็[หาย|หนี]ไปกับ[ตะกร้า|ผ้า]ที่มันเคย[นอน|ฟัก]อยู่ ทุกคนใน[หมู่บ้าน|ตำบล]ช่วยกัน[หา|ตาม]
จนถึง[เย็น|ค่ำ] และในที่สุดก็ไป[พบ|เจอ]มันอยู่บน[หลังคา|ต้นไม้]ของ[วัด|ศาลา] พร้อมกับ[ลูก|ไข่]ของมันอีกหลาย[ตัว|ใบ]
ตั้งแต่นั้นมาแกก็ไม่[ขัง|ไล่]มันอีก แต่[เปิด|ทิ้ง][ประตู|ข้าว]ไว้ให้มันเข้าออกได้ตามที่มันต้องการ
""",
    ),
}

# By language, a piece with names and numbers, and one without a name.
DISPATCHES = {language: tuple(Dispatch.of(language, piece) for piece in pieces) for language, pieces in _MARKED.items()}

# Names in every clause: hardly five words of the frame stand together without one.
CROWDED = {
    language: Dispatch.of(language, piece)
    for language, piece in {
        "en": """
The [mayor|warden] of Skell, Ada Quill, and the [baker|miller] Tom Hale [met|saw] Ines Vale in Harrow, and for Quill it
was not the [first|last] [visit|call]. Hale had [gone|been] to Harrow with Vale in May, and Quill to Orrin with Hale.
If Skell and Harrow [agree|settle], as Vale and Quill [hope|wish], the Tarrant [bank|house] in Orrin will be of
[help|use] to Hale, and to Vale that is more than Orrin or the Tarrant [fund|trust] have [given|lent] to Skell.
""",
        "ru": """
[Староста|Голова] Ладоги Анна Белых и [пекарь|мельник] Пётр Рогозин [видели|встретили] в Вельме Тамару Орлову, и для
Белых это был не [первый|последний] [визит|приезд]. С Рогозиным в Вельму [ездила|ходила] и Орлова, а в Зарю с ним Белых.
Если Ладога и Вельма [решат|договорятся], как того и Орлова, и Белых [хотят|ждут], то Рогозин от Зари, а Орлова от
Вельмы и для Ладоги [получат|возьмут] то, что так и не [дали|отдали] ни Заря, ни Вельма.
""",
        "el": """
Ο [δήμαρχος|έπαρχος] της Βρύσης Νίκος Μαυρίδης και η [δασκάλα|μαμή] Ελένη Δούκα [είδαν|βρήκαν] στην Πάργα τον Σπύρο
Ράλλη, και για τον Μαυρίδη δεν ήταν η [πρώτη|τελευταία] [φορά|συνάντηση]. Με τη Δούκα στην Πάργα [πήγε|γύρισε] και ο
Ράλλης, και με τον Μαυρίδη στη Βρύση η Δούκα. Αν η Πάργα και η Βρύση το [θέλουν|ζητούν], όπως ο Ράλλης και ο Μαυρίδης,
τότε και η Δούκα από την Πάργα θα [πάρει|φέρει] για τη Βρύση ό,τι δεν [έδωσαν|έστειλαν] στον Ράλλη.
""",
    }.items()
}
