"""The accounts of advertising and analytics in pages: who runs them."""

import time

import pytest

from stemmata.readers.html import read_html
from stemmata.readers.page import parse_page
from stemmata.readers.page_accounts import LONGEST_SCRIPT, MOST, read_accounts

PARAGRAPH = "<p>The brick kiln at Upper Sallow will be lit again in May, for the first time in sixty years.</p>" * 3


def accounts(inner: str) -> list[str] | None:
    return read_accounts(parse_page(f"<html><head>{inner}</head><body>{PARAGRAPH}</body></html>", 100))


@pytest.mark.parametrize(
    ("inner", "account"),
    [
        ("<script>ga('create', 'UA-7201934-3', 'auto');</script>", "UA-7201934"),
        ("<script>_gaq.push(['_setAccount', 'UA-7201934-1']);</script>", "UA-7201934"),
        ('<script async src="https://www.googletagmanager.com/gtag/js?id=G-7Q2KD9XW4B"></script>', "G-7Q2KD9XW4B"),
        ("<script>gtag('config', 'AW-928371046');</script>", "AW-928371046"),
        ("<script>gtag('config', 'GT-NS8KQ4P');</script>", "GT-NS8KQ4P"),
        ("<script>(window,document,'script','dataLayer','GTM-K8WQ3Z');</script>", "GTM-K8WQ3Z"),
        ('<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-K8WQ3Z"></iframe>', "GTM-K8WQ3Z"),
        ('<ins class="adsbygoogle" data-ad-client="ca-pub-4820193746510293"></ins>', "ca-pub-4820193746510293"),
        ('<amp-ad type="adsense" data-ad-client="ca-pub-4820193746510293"></amp-ad>', "ca-pub-4820193746510293"),
        ('<script>google_ad_client = "pub-4820193746510293";</script>', "ca-pub-4820193746510293"),
        ('<script src="//cse.example/?cx=partner-pub-4820193746510293:7"></script>', "ca-pub-4820193746510293"),
        (
            "<script>t.src='//connect.facebook.net/fbevents.js'; fbq( 'init', \"482019374651029\");</script>",
            "facebook-pixel:482019374651029",
        ),
        (
            '<noscript><img src="https://www.facebook.com/tr?id=482019374651029&amp;ev=PageView"></noscript>',
            "facebook-pixel:482019374651029",
        ),
        (
            '<script>(k,"https://mc.yandex.ru/metrika/tag.js"); ym(48201937, "init", {});</script>',
            "yandex-metrica:48201937",
        ),
        ('<img src="https://mc.yandex.ru/watch/48201937">', "yandex-metrica:48201937"),
        (
            "<script>new Ya.Metrika({ id:48201937 }); //mc.yandex.ru/metrika/watch.js</script>",
            "yandex-metrica:48201937",
        ),
        ("<script>h._hjSettings={hjid:482019,hjsv:6}; 'https://static.hotjar.com/'</script>", "hotjar:482019"),
        (
            '<script>"edge.quantserve.com"; _qevents.push({qacct:"p-8KdQ2_xW4BnmE"});</script>',
            "quantcast:p-8KdQ2_xW4BnmE",
        ),
        ('<img src="//pixel.quantserve.com/pixel/p-8KdQ2_xW4BnmE.gif">', "quantcast:p-8KdQ2_xW4BnmE"),
        (
            "<script>hm.src = 'https://hm.baidu.com/hm.js?9f86d081884c7d659a2feaa0c55ad015';</script>",
            "baidu:9f86d081884c7d659a2feaa0c55ad015",
        ),
        (
            '<script>_comscore.push({ c1: "2", c2: "8201937" }); "sb.scorecardresearch.com"</script>',
            "comscore:8201937",
        ),
        ('<script src="//cdn.taboola.com/libtrc/valley-courier/loader.js"></script>', "taboola:valley-courier"),
        ("<script>t.src='//cdn.taboola.com/libtrc/unip/8201937/tfa.js'</script>", "taboola:8201937"),
        (
            "<script>var u='//Stats.courier.example/matomo/'; _paq.push(['setSiteId', '7']);</script>",
            "matomo:stats.courier.example/matomo:7",
        ),
        (
            '<script>var u=(("https:" == p) ? "https" : "http") + "://stats.courier.example/"; '
            "_paq.push(['setSiteId', 7]);</script>",
            "matomo:stats.courier.example:7",
        ),
        (
            "<script>_paq.push(['setSiteId', '7']); var u='https://stats.courier.example/';</script>",
            "matomo:stats.courier.example:7",
        ),
    ],
)
def test_an_account_is_found_where_services_have_it_written(inner: str, account: str) -> None:
    """Of a property of Google Analytics, UA-7201934-3, the account."""
    assert accounts(inner) == [f"account:{account}"]


@pytest.mark.parametrize(
    "inner",
    [
        "<script>ga('create', 'UA-XXXXX-Y', 'auto');</script>",
        "<script>ga('create', 'UA-12345-1', 'auto');</script>",
        "<script>ga('create', 'UA-0000000-0', 'auto');</script>",
        "<script>gtag('config', 'G-XXXXXXXXXX');</script>",
        '<script>"GTM-XXXX"</script>',
        '<ins data-ad-client="ca-pub-1234567890123456"></ins>',
        '<script src="//ads.example/?host=ca-host-pub-4820193746510293"></script>',
        "<script>ga('create', 'UA-52447-2', 'auto');</script>",
        '<script>"quantserve.com"; _qevents.push({qacct:"p-18-mFEk4J448M"});</script>',
        "<script>gtag('event', 'BIG-7Q2KD9XW4B');</script>",
        "<script>var part = 'XUA-7201934-3', other = 'UA-7201934-3333333';</script>",
        "<script>_paq.push(['setSiteId', '7']);</script>",
        "<p>Write UA-7201934-3 into gtag, and G-7Q2KD9XW4B.</p>",
        "<!-- <script>ga('create', 'UA-7201934-3');</script> -->",
        "<script></script>",
    ],
)
def test_samples_accounts_of_platforms_and_what_is_no_account_are_left_out(inner: str) -> None:
    """Manuals have samples; platforms put theirs on the pages of everybody; a text may speak of accounts."""
    assert accounts(inner) is None


def test_a_page_has_its_accounts_in_its_lineage_and_none_in_its_text() -> None:
    page = f"""<html><head><script>ga('create', 'UA-7201934-3');</script></head><body>{PARAGRAPH}
    <noscript><img style="display:none" src="https://www.facebook.com/tr?id=482019374651029"></noscript></body></html>"""
    (row,) = read_html(page.encode()).to_pylist()
    assert row["lineage"] == ["account:UA-7201934", "account:facebook-pixel:482019374651029"]
    assert "UA-" not in row["text"]
    (bare,) = read_html(f"<html><body>{PARAGRAPH}</body></html>".encode()).to_pylist()
    assert bare["lineage"] is None


def test_the_same_accounts_come_in_the_same_order_however_often_they_stand() -> None:
    scripts = [f"<script>ga('create', 'UA-720193{n}-1');</script>" for n in (4, 2, 9, 2)]
    assert accounts("".join(scripts)) == accounts("".join(reversed(scripts)))
    assert len(accounts("".join(scripts)) or []) == 3


def test_a_page_has_no_more_than_some() -> None:
    found = accounts("".join(f"<script>'UA-{n}-1'</script>" for n in range(7_201_934, 7_202_934)))
    assert len(found or []) == MOST


def test_of_a_long_script_the_beginning_is_looked_at() -> None:
    account = "ga('create', 'UA-7201934-3');"
    assert accounts(f"<script>{' ' * (LONGEST_SCRIPT - 100)}{account}</script>") == ["account:UA-7201934"]
    assert accounts(f"<script>{' ' * LONGEST_SCRIPT}{account}</script>") is None
    advertiser = "ca-pub-4820193746510293"
    assert accounts(f"<script>{' ' * (LONGEST_SCRIPT - 20)}{advertiser}</script>") is None


def test_pictures_that_stand_in_their_address_leave_room_for_the_rest() -> None:
    pictures = f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 2_000}">' * 40
    assert accounts(f"{pictures}<script>ga('create', 'UA-7201934-3')</script>") == ["account:UA-7201934"]


@pytest.mark.parametrize(
    "repeated",
    [
        "UA-1",
        "fbq( 'init' , facebook.",
        "'//" + "a.b" * 30,
        "setSiteId' , '1 '//a.b/c/",
        "mc.yandex.ru/watch/ ym( Ya.Metrika( {",
        "c2 : scorecardresearch taboola.com/libtrc/a",
        "quantserve.com qacct : 'p- /pixel/p-",
        "gtag G-AAAAAAAAAAAA GT-AAAAAAA AW- pub-",
        "hm.baidu.com/hm.js? hjid : hotjar.com",
    ],
)
def test_a_hostile_page_costs_little(repeated: str) -> None:
    """Megabytes of what all but matches."""
    tree = parse_page(f"<html><body>{f'<script>{repeated * 200}</script>' * 300}</body></html>", 100)
    started = time.process_time()
    read_accounts(tree)
    assert time.process_time() - started < 1
