"""English words in one spelling: British and American forms, contractions and common abbreviations made equal."""

from __future__ import annotations

import re

_WHOLE = {
    "grey": "gray", "greyish": "grayish", "programme": "program", "programmes": "programs", "towards": "toward",
    "afterwards": "afterward", "backwards": "backward", "forwards": "forward", "upwards": "upward",
    "downwards": "downward", "onwards": "onward", "whilst": "while", "amongst": "among", "amidst": "amid",
    "tyre": "tire", "tyres": "tires", "plough": "plow", "ploughs": "plows", "ploughed": "plowed",
    "ploughing": "plowing", "aluminium": "aluminum", "moustache": "mustache", "moustaches": "mustaches",
    "pyjamas": "pajamas", "sceptic": "skeptic", "sceptics": "skeptics", "sceptical": "skeptical",
    "scepticism": "skepticism", "sulphur": "sulfur", "draught": "draft", "draughts": "drafts", "cosy": "cozy",
    "kerb": "curb", "kerbs": "curbs", "cheque": "check", "cheques": "checks", "jewellery": "jewelry",
    "mum": "mom", "mums": "moms", "ageing": "aging", "learnt": "learned", "burnt": "burned", "dreamt": "dreamed",
    "spelt": "spelled", "leapt": "leaped", "spoilt": "spoiled", "spilt": "spilled", "smelt": "smelled",
    "leant": "leaned", "kneelt": "kneeled", "artefact": "artifact", "artefacts": "artifacts", "carcase": "carcass",
    "connexion": "connection", "gaol": "jail", "licence": "license", "licences": "licenses", "practise": "practice",
    "practised": "practiced", "practises": "practices", "practising": "practicing", "storey": "story",
    "storeys": "stories", "mould": "mold", "moulds": "molds", "moulded": "molded", "smoulder": "smolder",
    "speciality": "specialty", "specialities": "specialties", "furore": "furor", "woollen": "woolen",
    "mr": "mister", "dr": "doctor", "prof": "professor", "approx": "approximately", "dept": "department",
    "govt": "government", "vs": "versus", "mt": "mount", "st": "saint", "ave": "avenue", "co": "company",
    "corp": "corporation", "inc": "incorporated", "ltd": "limited", "bros": "brothers", "jr": "junior", "sr": "senior",
    "gen": "general", "lt": "lieutenant", "capt": "captain", "sgt": "sergeant", "col": "colonel", "gov": "governor",
    "sen": "senator", "univ": "university", "assn": "association", "alright": "all right", "okay": "ok",
    "anymore": "any more",
}  # fmt: skip
_RULES = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=[a-z]{2})our(?=(?:s|ed|ing|er|ers|able|ably|ful|fully|less|ite|ites|hood|ism|ist|ists|ly|y)?$)", "or"),
        (r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|able)$)", "iz"),
        (r"(?<=[a-z]{2})ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=[a-z][bcgt])re(?=s?$)", "er"),
        (r"(?<=[a-z][bct])red$", "ered"),
        (r"(?<=[aeiouy])ll(?=(?:ed|ing|er|ers|or|ors|ous|est)$)", "l"),
        (r"ogue(?=s?$)", "og"),
        (r"(?<=def)ence|(?<=off)ence|(?<=pret)ence", "ense"),
        (r"dgement", "dgment"),
        (r"fil+(?=(?:s|ment)?$)", "fil"),
        (r"(?<=enr)ol+|(?<=extr)ol+", "ol"),
        (r"(?<=inst)al+(?=ment)", "al"),
        (r"skillful|skilful", "skilful"),
        (r"willful|wilful", "wilful"),
        (r"(?:^|(?<=^h)|(?<=^p)|(?<=an)|(?<=arch)|(?<=encyclop)|(?<=leuk)|(?<=medi)|(?<=orthop))ae(?=[dhmnosv])", "e"),
        (r"(?:^|(?<=^f)|(?<=diarrh)|(?<=am))oe(?=[abst])", "e"),
        (r"(?<=man)oeuvr(?=ing|ed)|(?<=man)oeuvre", "euver"),
        (r"(?<=lik)e(?=able)|(?<=siz)e(?=able)|(?<=sal)e(?=able)|(?<=mov)e(?=able)", ""),
    )
]
_OTHER_WORDS = {"scour", "scours", "scoured", "scouring", "flour", "timbre", "acre", "acres", "rogue", "tour", "tours"}
_ONE_SYLLABLE = re.compile(
    r"^(?:re(?!vell)|over|under|un|out)?[^aeiouy]*[aeiouy]ll(?:ed|ing|er|ers|or|ors|ous|est)$"
)  # filled is not filed
_TAILS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_IRREGULAR = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "'tis": ("it", "is"),
    "'twas": ("it", "was"),
}


def plain_words(word: str) -> tuple[str, ...]:
    """Return a word as the plain words that it stands for: *doesn't* is *does not*, *colour* is *color*."""
    word = word.lower().replace("’", "'").replace("ʼ", "'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("n't") and len(word) > 3:
        return (*plain_words(word[:-3]), "not")
    stem, _, tail = word.rpartition("'")
    if stem and tail in ("s", "d", "re", "ve", "ll", "m"):
        return (*plain_words(stem), _TAILS.get(f"'{tail}", f"'{tail}"))
    return tuple(_spelled(word).split())


def _spelled(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    if word in _OTHER_WORDS:
        return word
    for pattern, plain in _RULES:
        if plain == "l" and _ONE_SYLLABLE.match(word):
            continue
        word = pattern.sub(plain, word)
    return word
