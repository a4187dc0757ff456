"""Two thin drivers with the same four commands: Firefox through puppeteer-core (BiDi), WebKitGTK through Selenium."""

import json
import os
import subprocess
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.service import Service

from kamipen.browser.other_engines import Engine
from kamipen.node import node
from kamipen.project import ROOT

PATIENCE = 180  # seconds for a command


class Driver(Protocol):
    """A browser with one page."""

    def goto(self, url: str) -> None:
        """Open an address and wait until it is loaded."""

    def evaluate(self, body: str) -> Any:
        """Run the body of an async function in the page; return what it returns."""

    def click(self, selector: str) -> None:
        """Click the middle of an element as a person does."""

    def write(self, text: str) -> None:
        """Select all in what has the focus, and type over it."""


class Firefox:
    """Firefox, in a Node process that answers line by line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def _ask(self, command: str, argument: str) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"command": command, "argument": argument}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"error": "Firefox has ended"}')
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def goto(self, url: str) -> None:
        self._ask("goto", url)

    def evaluate(self, body: str) -> Any:
        return self._ask("evaluate", body)

    def click(self, selector: str) -> None:
        self.evaluate(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        self._ask("click", selector)

    def write(self, text: str) -> None:
        self._ask("write", text)


class WebKit:
    """WebKitGTK's MiniBrowser."""

    def __init__(self, browser: WebKitGTK) -> None:
        self.browser = browser

    def goto(self, url: str) -> None:
        self.browser.get(url)

    def evaluate(self, body: str) -> Any:
        ended = "value => done({value}), error => done({error: String(error)})"
        script = f"const done = arguments[0]; (async () => {{ {body} }})().then({ended})"
        answer = self.browser.execute_async_script(script)
        assert "error" not in answer, answer["error"]
        return answer.get("value")

    def click(self, selector: str) -> None:
        element = self.browser.find_element(By.CSS_SELECTOR, selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def write(self, text: str) -> None:
        keys = ActionChains(self.browser)
        keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(text).perform()


@contextmanager
def firefox(engine: Engine, profile: Path) -> Generator[Driver]:
    """Start Firefox; end it with the block."""
    command = [node(), str(Path(__file__).with_name("firefox.mjs")), engine.parts["firefox"], str(ROOT / "src/client")]
    environment = os.environ | {"HOME": str(profile)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Firefox(process)
        assert process.stdin
        process.stdin.close()  # the loop there ends, and closes the browser
        process.wait(timeout=30)


@contextmanager
def webkit(engine: Engine, profile: Path) -> Generator[Driver]:
    """Start WebKitGTK on a screen that nobody sees; end both with the block."""
    with _screen(engine.parts["Xvfb"]) as display:
        environment = {
            "DISPLAY": display,
            "HOME": str(profile),
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # only this site is opened, and root has no sandbox
        }
        options = WebKitGTKOptions()
        options.binary_location = engine.parts["MiniBrowser"]
        options.add_argument("--automation")
        service = Service(executable_path=engine.parts["WebKitWebDriver"], env=dict(os.environ) | environment)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # Selenium warns of itself
            browser = WebKitGTK(options=options, service=service)
        try:
            browser.set_script_timeout(PATIENCE)
            browser.set_window_size(1280, 1000)
            yield WebKit(browser)
        finally:
            browser.quit()


@contextmanager
def _screen(xvfb: str) -> Generator[str]:
    command = [xvfb, "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout
        try:
            yield f":{screen.stdout.readline().strip()}"
        finally:
            screen.terminate()


DRIVERS = {"Firefox": firefox, "WebKitGTK": webkit}
