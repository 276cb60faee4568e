"""Countries, peoples, states and cities in English, so that one for another is seen where a text has no capitals.

Each line is one place under its names; a place that lies in another shares its sign with it (``Scotland`` and
``Britain``), for one may stand for the other. Names that are common words in lower case (turkey, china, chad, polish,
reading, nice, mobile) are left to their capitals.
"""

from __future__ import annotations

_COUNTRIES = """
afghanistan afghan afghans
albania albanian albanians
algeria algerian algerians
angola angolan angolans
argentina argentine argentines argentinian argentinians
armenia armenian armenians
australia australian australians
austria austrian austrians
azerbaijan azerbaijani azerbaijanis
bahrain bahraini bahrainis
bangladesh bangladeshi bangladeshis
belarus belarusian belarusians
belgium belgian belgians
bolivia bolivian bolivians
bosnia bosnian bosnians
brazil brazilian brazilians
bulgaria bulgarian bulgarians
cambodia cambodian cambodians
cameroon cameroonian cameroonians
canada canadian canadians
chile chilean chileans
chinese
colombia colombian colombians
congo congolese
croatia croatian croatians croat croats
cuba cuban cubans
cyprus cypriot cypriots
czechoslovakia czech czechs
denmark danish dane danes
ecuador ecuadorian ecuadorians
egypt egyptian egyptians
estonia estonian estonians
ethiopia ethiopian ethiopians
finland finnish finn finns
france french frenchman frenchmen frenchwoman
germany german germans
ghana ghanaian ghanaians
greece greek greeks
guatemala guatemalan guatemalans
haiti haitian haitians
hungary hungarian hungarians
iceland icelandic icelander icelanders
india indian indians
indonesia indonesian indonesians
iran iranian iranians persia persian persians
iraq iraqi iraqis
israel israeli israelis
italy italian italians
jamaica jamaican jamaicans
japan japanese
jordanian jordanians
kazakhstan kazakh kazakhs
kenya kenyan kenyans
korea korean koreans
kuwait kuwaiti kuwaitis
laos laotian laotians
latvia latvian latvians
lebanon lebanese
liberia liberian liberians
libya libyan libyans
lithuania lithuanian lithuanians
luxembourg
malaysia malaysian malaysians
malta maltese
mexico mexican mexicans
mongolia mongolian mongolians
morocco moroccan moroccans
mozambique mozambican
myanmar burma burmese
nepal nepalese nepali
netherlands dutch dutchman dutchmen holland
nicaragua nicaraguan nicaraguans
nigeria nigerian nigerians
norway norwegian norwegians
pakistan pakistani pakistanis
palestine palestinian palestinians
panama panamanian panamanians
paraguay paraguayan paraguayans
peru peruvian peruvians
philippines filipino filipinos philippine
poland
portugal portuguese
qatar qatari qataris
romania romanian romanians
russia russian russians soviet soviets ussr
rwanda rwandan rwandans
senegal senegalese
serbia serbian serbians serb serbs
singapore singaporean singaporeans
slovakia slovak slovaks
slovenia slovenian slovene slovenes
somalia somali somalis
spain spanish spaniard spaniards
sudan sudanese
sweden swedish swede swedes
switzerland swiss
syria syrian syrians
taiwan taiwanese
tanzania tanzanian tanzanians
thailand thai thais
tunisia tunisian tunisians
turkish turk turks
uganda ugandan ugandans
ukraine ukrainian ukrainians
uruguay uruguayan uruguayans
uzbekistan uzbek uzbeks
venezuela venezuelan venezuelans
vietnam vietnamese
yemen yemeni yemenis
yugoslavia yugoslav yugoslavs
zambia zambian zambians
zimbabwe zimbabwean zimbabweans rhodesia rhodesian
"""
_SHARED = {
    "britain": "british|britain|great britain|united kingdom|uk|english|england|scottish|scotland|welsh|briton|britons",
    "england": "english|england|englishman|englishmen|british|britain|great britain|united kingdom",
    "scotland": "scottish|scotland|scot|scots|scotsman|british|britain|great britain|united kingdom",
    "wales": "welsh|welshman|wales|british|britain|great britain|united kingdom",
    "ireland": "irish|irishman|irishmen|ireland|northern ireland",
    "america": "american|americans|america|united states|united states of america|usa|u.s.|u.s.a.",
}
_STATES = """
alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|
iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|
nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|
rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|west virginia|washington|wisconsin|
wyoming|ontario|quebec|alberta|manitoba|saskatchewan|nova scotia|british columbia|new south wales|queensland|tasmania|
bavaria|saxony|prussia|brandenburg|hesse|silesia|bohemia|moravia|brittany|normandy|provence|burgundy|catalonia|
andalusia|castile|aragon|galicia|lombardy|tuscany|sicily|sardinia|crete|bengal|punjab|kerala|gujarat|maharashtra|
kashmir|yorkshire|lancashire|kent|essex|sussex|cornwall|devon|norfolk|suffolk
"""
_CITIES = """
amsterdam|ankara|antwerp|athens|baghdad|bangkok|barcelona|beijing|beirut|belfast|belgrade|berlin|bern|birmingham|
bologna|bombay|mumbai|bonn|boston|bratislava|brisbane|bristol|brussels|bucharest|budapest|buenos aires|cairo|calcutta|
cambridge|canberra|cape town|caracas|cardiff|casablanca|chicago|cologne|copenhagen|dallas|damascus|delhi|denver|detroit|
dresden|dubai|dublin|edinburgh|florence|frankfurt|geneva|genoa|glasgow|hamburg|hanoi|havana|helsinki|hong kong|houston|
istanbul|constantinople|jakarta|jerusalem|johannesburg|kabul|karachi|kiev|kyiv|kyoto|lagos|lahore|leeds|leipzig|lima|
lisbon|liverpool|ljubljana|london|los angeles|lyon|lyons|madrid|manchester|manila|marseille|marseilles|mecca|melbourne|
miami|milan|minneapolis|minsk|montreal|moscow|munich|nairobi|naples|new delhi|newcastle|nuremberg|osaka|oslo|ottawa|
oxford|palermo|paris|philadelphia|pittsburgh|prague|pretoria|reykjavik|riga|rio de janeiro|rome|rotterdam|
saint petersburg|st petersburg|leningrad|salzburg|san diego|san francisco|santiago|sao paulo|sarajevo|seattle|seoul|
shanghai|sheffield|sofia|stockholm|strasbourg|stuttgart|sydney|tallinn|tashkent|tehran|tel aviv|tokyo|toronto|turin|
utrecht|vancouver|venice|vienna|vilnius|warsaw|zagreb|zurich
"""
_CONTINENTS = "africa african africans\nasia asian asians\neurope european europeans\nantarctica antarctic\narctic"
_ONE = {"mumbai": "bombay", "kyiv": "kiev", "constantinople": "istanbul", "lyons": "lyon", "marseilles": "marseille",
        "st petersburg": "saint petersburg", "leningrad": "saint petersburg", "new delhi": "delhi"}  # fmt: skip


def _named(listed: str) -> dict[str, str]:
    """Return places of which each line gives all names."""
    return {line.split()[0]: line.replace(" ", "|") for line in listed.strip().splitlines()}


def _alone(listed: str) -> dict[str, str]:
    """Return places of one name, or of two in ``_ONE``."""
    places: dict[str, str] = {}
    for name in listed.replace("\n", "").split("|"):
        one = _ONE.get(name, name)
        places[one] = f"{places[one]}|{name}" if one in places else name
    return places


PLACES = {
    "country": _named(_COUNTRIES) | _SHARED,
    "state": _alone(_STATES),
    "city": _alone(_CITIES),
    "continent": _named(_CONTINENTS),
}
"""The places by their sort: on each, the names of one place by its sign."""
