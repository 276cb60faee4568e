"""Articles of our own in four scripts; each with what an editor made of it, and a text on another matter."""

from __future__ import annotations

from typing import NamedTuple


class Witness(NamedTuple):
    """An article, an edited copy of it, and an article in the same language that has nothing to do with it."""

    text: str
    edited: str
    stranger: str


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """Return the text with some words replaced; each must stand in it exactly once."""
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


_ENGLISH = """The lighthouse keeper's book has come home

After eighty years in a private attic, the logbook of the Skerrow lighthouse was handed to the island museum on \
Friday. Its 312 pages cover every night from March 1911 to the autumn of 1913, in the small upright hand of the \
keeper, Edwin Tarrant.

The book was thought lost when the tower was automated. A retired postman found it beneath a pile of fishing nets \
while clearing the house of his late aunt. “I nearly put it on the bonfire,” he told the director of the museum, \
Ada Quill.

Most entries are short: wind, cloud, passing ships. But on nine nights Tarrant wrote at length, among them the \
storm of 4 November 1912, when the steamer Halcyon ran onto the southern reef with 27 people aboard. His account \
differs from the official inquiry, which blamed the captain. The keeper noted that the harbour light had been dark \
since midnight, and that nobody had answered his signals.

Historians remain cautious. A single witness, they say, may be mistaken, and the ink of those pages has yet to be \
examined. The museum will show the book from next spring, open at the night of the storm.
"""
_RUSSIAN = """Старый мост через реку Вельму снова открыт для пешеходов. Работы заняли почти два года и обошлись \
городу в сорок миллионов рублей, хотя сначала называли сумму вдвое меньше.

Мост построили в 1896 году по проекту инженера Павла Звягина; его чугунные перила отлили на местном заводе, \
которого давно уже нет. Во время ремонта под настилом нашли табличку с именами двенадцати рабочих. Её очистили и \
укрепили на прежнем месте.

Жители соседней слободы говорят, что без моста дорога до рынка занимала у них лишний час, а зимой приходилось идти \
по льду. Городской архитектор Нина Орлова напомнила, что машинам въезд по-прежнему закрыт: опоры рассчитаны на \
повозки, и тяжёлый грузовик они не выдержат. В августе на мосту обещают поставить фонари, похожие на те, что видны \
на старых открытках.
"""
_ARABIC = """أعادت بلدية المدينة القديمة فتح المكتبة العامة بعد أعمال ترميم دامت ثلاث سنوات. وقالت مديرة المكتبة \
سلمى الحداد إن المبنى الذي شُيّد عام 1924 كان مهددا بالانهيار بسبب تسرب المياه إلى أساساته.

وعثر العمال خلف جدار في القاعة الكبرى على صندوق خشبي فيه رسائل ومخطوطات لم يعرف أحد بوجودها. ويعكف باحثون من \
الجامعة على قراءة هذه الأوراق وفهرستها قبل عرضها على الجمهور. أما سكان الحي فقد رحبوا بعودة المكتبة، لأن أبناءهم \
كانوا يقطعون مسافة طويلة للوصول إلى أقرب قاعة للمطالعة.

وسوف تفتح المكتبة أبوابها كل يوم من الثامنة صباحا حتى التاسعة مساء، ما عدا يوم الجمعة، ويكون الدخول إليها مجانا \
للطلاب والمتقاعدين. ووعدت البلدية بإضافة قسم للأطفال في الطابق الأرضي قبل نهاية الشتاء، وبشراء ألف كتاب جديد من \
دور النشر في المدن المجاورة.
"""
_CHINESE = """镇上的老茶馆在关门七年之后重新开张。新主人林秋月是原来掌柜的孙女，她在省城做了十年会计，去年冬天才决定\
回乡。

茶馆的房子建于一九三二年，屋顶的木梁被白蚁蛀坏，修理花去了她大半的积蓄。木匠在楼板下面发现了一本旧账簿，上面记着当年欠茶钱的\
客人的名字，其中有几位后来成了有名的画家。林秋月把账簿放在玻璃柜里，摆在门口，让客人随意翻看复印件。

附近的老人每天早晨都来喝茶下棋，他们说味道和从前差不多，只是价钱涨了。到了周末，年轻人从城里赶来听评弹，座位常常不够。镇长希望\
别的老店也能照这个样子恢复起来，不过他承认，愿意回来的年轻人还是太少。
"""

WITNESSES = {
    "en": Witness(
        _ENGLISH,
        replaced(
            _ENGLISH,
            ("After eighty years in a private attic, the", "The"),
            ("on Friday", "last week"),
            ("in the small upright hand of the keeper", "written by the keeper"),
            ("A retired postman found it beneath", "It turned up beneath"),
            ("while clearing the house of his late aunt", "in a house that was being cleared"),
            ("with 27 people aboard", "with 72 people aboard"),
            ("The keeper noted that", "According to him,"),
            ("Historians remain cautious. ", ""),
        ),
        """How to keep a sourdough alive

Flour and water are all that it takes. Mix equal weights in a clean jar, cover it with a cloth and leave it where \
the kitchen is warm. On the second day small bubbles rise; on the third it smells of apples, or of old socks, and \
either is a good sign. Throw half away and feed the rest.

Bakers disagree about rye. Some add a spoonful every evening because the grain brings its own yeast; others swear \
by plain wheat and a wooden spoon that is never washed. What matters more is the hour. A starter that is fed at the \
same time each day grows strong within a fortnight, and will then lift a loaf in six or seven hours.

If you travel, dry a thin layer on paper, crumble it and keep the flakes in a tin. Two spoons of warm water wake \
them up again, even after a year.
""",
    ),
    "ru": Witness(
        _RUSSIAN,
        replaced(
            _RUSSIAN,
            ("почти два года", "около двух лет"),
            (", хотя сначала называли сумму вдвое меньше", ""),
            ("по проекту инженера Павла Звягина", "по чертежам Павла Звягина"),
            ("нашли табличку с именами двенадцати рабочих", "обнаружили табличку, на которой выбиты имена рабочих"),
            ("напомнила, что машинам въезд", "подчеркнула: машинам проезд"),
            ("В августе на мосту обещают", "К осени здесь обещают"),
        ),
        """Квашеную капусту хозяйки готовят после первых заморозков. Плотные кочаны тонко шинкуют, перетирают с \
крупной солью и морковью, а потом укладывают в бочонок слоями, пересыпая клюквой и тмином.

Сверху кладут чистую дощечку и камень. Трое суток бочонок держат в тепле, дважды в день протыкая капусту \
деревянной палочкой до самого дна, чтобы вышел горький газ. Когда рассол посветлеет, посуду выносят в погреб. \
Через месяц закуска готова: она хрустит, пахнет яблоками и хранится до весны. Некоторые добавляют свёклу, отчего \
рассол становится розовым.
""",
    ),
    "ar": Witness(
        _ARABIC,
        replaced(
            _ARABIC,
            ("دامت ثلاث سنوات", "استمرت نحو ثلاثة أعوام"),
            ("كان مهددا بالانهيار بسبب تسرب", "كاد ينهار بعد تسرب"),
            ("لم يعرف أحد بوجودها", "ظلت مجهولة"),
            ("أما سكان الحي فقد رحبوا", "ورحب أهل الحي"),
            ("، ما عدا يوم الجمعة", ""),
        ),
        """يزرع الفلاحون في الوادي أشجار الزيتون منذ قرون، ويعرفون كل شجرة باسمها. يبدأ القطاف في تشرين حين تتلون \
الثمار، فتفرش النساء الأغطية تحت الأغصان ويهز الرجال الفروع بعصي طويلة.

تنقل الأكياس في المساء إلى المعصرة، حيث تغسل الحبات وتطحن بين حجرين ثقيلين. ويقول صاحب المعصرة إن الزيت الجيد لا \
يحتمل الانتظار، فكل ليلة تمر على الثمر تزيد حموضته. وفي نهاية الموسم تجتمع العائلات حول خبز ساخن وصحن من الزيت \
الطازج، ويتذكر كبار السن أعواما كان الثلج فيها يغطي التلال.
""",
    ),
    "zh": Witness(
        _CHINESE,
        replaced(
            _CHINESE,
            ("重新开张", "再次营业"),
            ("她在省城做了十年会计，去年冬天才决定回乡", "曾在省城当会计，去年才回来"),
            ("修理花去了她大半的积蓄", "修好它用掉了她多半存款"),
            ("，让客人随意翻看复印件", ""),
            ("座位常常不够", "常常没有空位"),
        ),
        """黄土坡上的苹果园今年又遇到了晚霜。果农们半夜点起柴堆，让烟盖住花枝，可是低处的几行树还是冻伤了。农业站的技术员建议改种\
开花更晚的品种，并且在园边栽一排杨树挡风。有人愿意试一试，也有人担心新品种卖不出好价。到了秋天，保住的果子反而格外甜，因为昼夜温差\
比往年大得多。合作社租来冷库，把一半收成留到春节以后再卖，运费虽然高些，算下来每斤仍然多赚了六角钱。
""",
    ),
}

# What a spinner, and a reporter who writes anew, made of the English article.
SPUN = replaced(
    _ENGLISH,
    ("come home", "returned home"),
    ("private attic", "personal loft"),
    ("the logbook of", "the journal of"),
    ("lighthouse was handed", "beacon was given"),
    ("island museum on", "island gallery on"),
    ("Its 312 pages cover", "Its 312 leaves span"),
    ("small upright hand", "little erect hand"),
    ("The book was thought lost", "The volume was believed gone"),
    ("tower was automated", "turret was mechanised"),
    ("retired postman found", "pensioned mailman discovered"),
    ("beneath a pile", "below a stack"),
    ("clearing the house", "emptying the dwelling"),
    ("I nearly put it", "I almost placed it"),
    ("told the director", "informed the manager"),
    ("entries are short", "notes are brief"),
    ("passing ships", "passing vessels"),
    ("wrote at length", "scribbled at length"),
    ("steamer Halcyon ran", "steamship Halcyon drove"),
    ("27 people aboard", "27 persons aboard"),
    ("account differs", "report deviates"),
    ("blamed the captain", "faulted the skipper"),
    ("harbour light had", "port lamp had"),
    ("nobody had answered", "no one had replied"),
    ("remain cautious", "stay careful"),
    ("may be mistaken", "might be wrong"),
    ("yet to be examined", "yet to be inspected"),
    ("museum will show", "gallery will display"),
)
REWRITTEN = """A family attic on the island has given up a treasure: the record that Edwin Tarrant, keeper of the \
Skerrow lighthouse, made of each night between March 1911 and autumn 1913. It went to the museum on Friday.

People had believed the 312 pages gone since the tower became automatic. They lay under old fishing nets in a house \
that a former postman was emptying after his aunt's death; he admits to director Ada Quill that it almost ended up \
on the bonfire.

Usually there is little more than weather and ships. Nine times, however, the entries are long, and one of them \
tells how the Halcyon, a steamer carrying 27 people, struck the southern reef in the storm of 4 November 1912. The \
captain was blamed at the inquiry; Tarrant, though, wrote of a harbour light that was dark after midnight and of \
signals without an answer.

That is one man's word, historians warn, and nobody has examined the ink so far. Visitors will find the book open at \
that storm next spring.
"""
