"""Reporting verbs and their like, by language: whoever is quoted stands beside one of them.

The lists are ours, from the languages; English is fullest, its entries parted by ``|`` since one has two words.
"""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

ENGLISH = """
say|says|said|saying|tell|tells|told|states|stated|announces|announced|claims|claimed|argues|argued|insists|
insisted|declares|declared|reports|reported|explains|explained|adds|added|replies|replied|responds|responded|
asks|asked|answers|answered|remarks|remarked|observes|observed|comments|commented|writes|wrote|warns|warned|
admits|admitted|notes|noted|suggests|suggested|believes|believed|cries|cried|whispers|whispered|shouts|shouted|
exclaims|exclaimed|muttered|murmured|acknowledges|acknowledged|asserts|asserted|maintains|maintained|contends|
contended|testifies|testified|complains|complained|recalls|recalled|according to|quoted|cited|citing|quoting|
inquired|enquired|continued|predicts|predicted|concludes|concluded|alleges|alleged|assures|assured|thinks|
thought|speaks|spoke|discloses|disclosed|estimates|estimated
"""
ELSEWHERE = {
    "de": "sagt sagte sagten erklärt erklärte meint meinte schreibt schrieb berichtet berichtete betont betonte laut "
    "zufolge behauptet behauptete erzählt erzählte antwortet antwortete fragte zitiert heißt",
    "fr": "dit disait déclare déclaré affirme affirmé explique expliqué écrit écrivait selon d'après d’après ajoute "
    "ajouté raconte raconté répond répondu estime indique indiqué précise précisé souligne souligné",
    "es": "dijo decía afirma afirmó declaró explica explicó escribe escribió según señaló añadió contó "
    "respondió aseguró indicó comentó",
    "it": "disse detto afferma affermato dichiara dichiarato spiega spiegato scrive scrisse aggiunge "
    "aggiunto racconta raccontato",
    "pt": "diz disse afirma afirmou declarou explica explicou escreve escreveu conforme acrescentou contou",
    "nl": "zegt zei zeiden verklaart verklaarde schrijft schreef volgens aldus vertelt vertelde stelde",
    "sv": "säger sade skriver skrev enligt förklarar förklarade berättar berättade menar menade",
    "da": "siger sagde skriver skrev ifølge forklarer forklarede fortæller fortalte",
    "fi": "sanoo sanoi kertoo kertoi mukaan kirjoittaa kirjoitti toteaa totesi",
    "pl": "mówi powiedział powiedziała pisze napisał napisała według twierdzi stwierdził stwierdziła dodał dodała",
    "cs": "říká řekl řekla píše napsal napsala podle tvrdí uvedl uvedla dodal dodala",
    "tr": "dedi diyor söyledi belirtti göre yazdı açıkladı",
    "el": "λέει είπε είπαν δήλωσε δήλωσαν γράφει έγραψε σύμφωνα ανέφερε τόνισε πρόσθεσε",
    "ru": "говорит говорят сказал сказала сказали заявил заявила сообщил сообщила сообщает пишет написал написала "
    "словам отметил отметила добавил добавила утверждает напомнил напомнила считает рассказал рассказала",
    "uk": "каже сказав сказала заявив заявила повідомив повідомила пише написав написала словами зазначив зазначила",
    "ar": "قال قالت قالوا وقال وقالت أكد أكدت وأكد صرح صرحت كتب كتبت وفقا أضاف وأضاف وأضافت أعلن أعلنت بحسب",
    "fa": "گفت گفته نوشت افزود گفتند",
    "he": "אמר אמרה אמרו כתב כתבה לדברי הוסיף הוסיפה טען טענה",
    "hi": "कहा कहना बताया लिखा अनुसार",
    "ko": "말했다 밝혔다 전했다 따르면 썼다 강조했다",
}
UNSPACED = {
    "zh": ("说", "說", "称", "稱", "表示", "指出", "写道", "寫道", "告诉", "告訴", "认为", "認為", "曰", "道："),
    "ja": ("述べ", "語っ", "話し", "言っ"),
}


class Verbs(NamedTuple):
    """The reporting verbs of a language: words, and in a script without spaces parts of a line."""

    words: frozenset[str]
    parts: tuple[str, ...] = ()


_ENGLISH = frozenset(" ".join(ENGLISH.replace("\n", "").split("|")).split()) - {"to"}
_OF = {"en": Verbs(_ENGLISH)}
_OF |= {language: Verbs(frozenset(listed.split())) for language, listed in ELSEWHERE.items()}
_OF |= {language: Verbs(frozenset(), listed) for language, listed in UNSPACED.items()}
_LISTED = {"en": ENGLISH} | {language: "|".join(words.split()) for language, words in ELSEWHERE.items()}
EVERY = Verbs(frozenset().union(*(verbs.words for verbs in _OF.values())), tuple(chain(*UNSPACED.values())))


def listed(language: str | None) -> str:
    """Return the reporting verbs of a language as one list, parted by ``|``; nothing where it has none."""
    return _LISTED.get(language or "", "")


def verbs_of(language: str | None) -> Verbs:
    """Return the reporting verbs of a language; those of all languages where it is unknown or has no list."""
    return _OF.get(language or "", EVERY)
