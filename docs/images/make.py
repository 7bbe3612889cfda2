"""Takes the picture of the site that README and docs show: the home page of `quotetrack demo`, 1200 pixels wide.

    python docs/images/make.py

Needs Chromium with its driver, selenium and Pillow. Fonts: any; Inter and Charis SIL (or Charter) look best.
"""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from selenium import webdriver

WIDTH, HEIGHT = 1200, 960
FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars"
TARGET = Path(__file__).with_name("site.png")


def photograph(browser: Any, address: str) -> Image.Image:
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(address)
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    return Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")


def main() -> None:
    quotetrack = shutil.which("quotetrack", path=os.path.dirname(sys.executable)) or "quotetrack"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([quotetrack, "demo"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        log = next(Path(folder).glob("*.db"))
        command = [quotetrack, "serve", "--db", str(log), "--port", "0"]
        site = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        options = webdriver.ChromeOptions()
        for flag in [*FLAGS.split(), "--accept-lang=fr-FR", "--lang=fr-FR", f"--user-data-dir={folder}/browser"]:
            options.add_argument(flag)
        options.binary_location = shutil.which("chromium") or ""
        browser = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            assert site.stdout is not None
            picture = photograph(browser, site.stdout.readline().split()[0])
        finally:
            browser.quit()
            site.terminate()
            site.wait()
    picture.quantize(256, method=Image.Quantize.MAXCOVERAGE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
