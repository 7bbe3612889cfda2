"""The main journeys in a real browser: Chromium, headless, on a phone and on a desktop."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SCREENSHOTS = Path(__file__).parents[2] / "artefacts" / "site"
WIDTHS = {"phone": 390, "desktop": 1200}

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")),
    reason="needs a browser: apt-get install chromium chromium-driver",
)
SERVE = """
import sys
from pathlib import Path
from quotetrack.site.serve import serve
serve(Path(sys.argv[1]), port=0, announce=lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def address(log_path: Path) -> Iterator[str]:
    with served(log_path) as address:
        yield address


@contextmanager
def served(log: Path) -> Iterator[str]:
    """The site as `quotetrack serve` starts it, in a process of its own, on a free port."""
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(log)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--accept-lang=fr-FR",
        "--lang=fr-FR",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest, browser: Any) -> str:
    _emulate(browser, request.param)
    return str(request.param)


def _emulate(browser: Any, width: str, scheme: str = "light") -> None:
    size = {"width": WIDTHS[width], "height": 850, "deviceScaleFactor": 1, "mobile": width == "phone"}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def _keep(browser: Any, name: str) -> None:
    """A picture of the whole page under artefacts/, to be looked at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
    (SCREENSHOTS / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def _fits(browser: Any) -> None:
    """Nothing sticks out to the side, and the page runs no script and met no error."""
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert browser.execute_script("return document.scripts.length") == 0
    assert [line for line in browser.get_log("browser") if "favicon" not in line["message"]] == []


def _reaches(browser: Any, part: str) -> None:
    """Wait until the address holds `part` and the page is there."""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(lambda b: part in b.current_url)
    WebDriverWait(browser, 20).until(lambda b: b.execute_script("return document.readyState") == "complete")


def _one(browser: Any, selector: str) -> Any:
    from selenium.webdriver.common.by import By

    return browser.find_element(By.CSS_SELECTOR, selector)


def test_from_home_by_search_to_a_claim_and_its_article(browser: Any, address: str, width: str) -> None:
    browser.get(address)
    assert _one(browser, "html").get_attribute("lang") == "fr"
    _fits(browser)
    _keep(browser, f"home-{width}")

    _one(browser, "input[name=q]").send_keys("rame")
    _one(browser, ".search button").click()
    _reaches(browser, "?q=rame")
    assert "Un résultat" in _one(browser, "#results").text
    _fits(browser)
    _keep(browser, f"search-{width}")

    _one(browser, ".claim .said a").click()
    _reaches(browser, "/claim/")
    assert "La première rame circulera" in _one(browser, "blockquote").text
    assert "lundi 12 octobre 2026" in _one(browser, ".facts").text
    assert "La première rame circulera" in _one(browser, ".passage mark.said").text
    assert _one(browser, ".passage mark.cue").text == "a déclaré"
    assert _one(browser, ".passage mark.mention").text == "Mme Marchetti"
    _fits(browser)
    _keep(browser, f"claim-{width}")
    claim = browser.current_url

    _one(browser, ".facts a").click()
    _reaches(browser, "/article/")
    assert "rame" in _one(browser, ".prose mark.said").text
    _fits(browser)
    _keep(browser, f"article-{width}")

    _one(browser, ".prose a").click()
    _reaches(browser, claim)


def test_a_speaker_and_all_claims(browser: Any, address: str, width: str) -> None:
    browser.get(address)
    _one(browser, ".claim .by a").click()
    _reaches(browser, "/speaker/")
    assert _one(browser, "h1").text == "Antoine Delorme"
    assert _one(browser, ".claim .said a").is_displayed()
    _fits(browser)
    _keep(browser, f"speaker-{width}")


def test_in_the_dark(browser: Any, address: str) -> None:
    for page, width in (("", "desktop"), ("claim/1", "phone"), ("article/1", "desktop")):
        _emulate(browser, width, "dark")
        browser.get(address + page)
        background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert sum(int(n) for n in background[4:-1].split(",")) < 150
        _keep(browser, f"dark-{page.partition('/')[0] or 'home'}-{width}")


def test_datasette_s_own_table_shows_the_marks(browser: Any, address: str) -> None:
    _emulate(browser, "desktop")
    browser.get(address + "quotetrack/claim_log")
    mark = _one(browser, "td mark.said")
    assert mark.text
    assert mark.value_of_css_property("background-color") == "rgba(255, 232, 156, 1)"
    _keep(browser, "table-desktop")


def test_the_keyboard_is_enough(browser: Any, address: str) -> None:
    from selenium.webdriver.common.keys import Keys

    _emulate(browser, "desktop")
    browser.get(address)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Aller au contenu"
    assert browser.switch_to.active_element.is_displayed()
    for _ in range(20):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element.get_attribute("name") == "q":
            break
    browser.switch_to.active_element.send_keys("tramway", Keys.ENTER)
    _reaches(browser, "q=tramway")


def test_a_hostile_text_runs_nothing(browser: Any, make_log: Callable[..., Path]) -> None:
    evil = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"> \u202erevesrever"
    quote = {"by": "x", "said": [evil], "cue": "dit", "rule": evil}
    article = {"title": evil, "outlet": evil, "url": "javascript:document.title='taken'", "text": f"{evil}, dit X."}
    log = make_log([article | {"quotes": [quote]}], {"x": {"name": evil, "kind": "person", "role": evil}})
    _emulate(browser, "desktop")
    with served(log) as address:
        for page in (
            "",
            "?q=script",
            "claim/1",
            "speaker/1",
            "article/1",
            "quotetrack/claim_log",
            "quotetrack/quotes/1",
        ):
            browser.get(address + page)
            assert browser.title != "taken"
            assert (
                browser.execute_script("return document.querySelectorAll('[onerror], [href^=javascript]').length") == 0
            )
            assert "document.title='taken'" in _one(browser, "body").text
        _keep(browser, "hostile")
