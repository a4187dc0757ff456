"""A reader's code tries to leave its interpreter, in the other engines: nothing changes, and nothing goes out."""

import json
from collections.abc import Generator
from typing import Any

import pytest

from tests.attacks import ATTACKS, source
from tests.engines.drivers import Driver
from tests.watched import Foreign, foreign

LIMIT_MS = 30_000
ENGINE = """
    const root = new URL("../../", location.href)
    const [chunk] = /engine-\\w+[.]js/.exec(await (await fetch(new URL("sw.js", root))).text())
    const { engine } = await import(new URL(`kamipen/${chunk}`, root))
    window.python = engine()
    window.heard = []
    new BroadcastChannel("attacked").onmessage = ({ data }) => heard.push(data)
    await navigator.serviceWorker.ready
"""
ATTEMPT = """
    const request = { namespace: "attack", cell: "cell", code: CODE, packages: ["numpy"] }
    const items = []
    const run = window.python.run(request, (item) => items.push(item), async () => "")
    const late = new Promise((done) => setTimeout(() => done({ status: "never ended" }), LIMIT))
    const { status, error } = await Promise.race([run, late])
    if (status === "never ended") window.python.stop()
    return { status, error: error?.message, printed: items.map((item) => item.text ?? "").join("") }
"""
KEPT = """
    const { heard, attacked = null } = window
    const files = []
    try {
        for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
    } catch {}
    const databases = (await indexedDB.databases()).map(({ name }) => name).sort()
    const attackedCaches = (await caches.keys()).filter((name) => name.includes("attacked"))
    return { heard, attacked, files, databases, attackedCaches, cookie: document.cookie, local: { ...localStorage } }
"""
pytestmark = pytest.mark.xdist_group("engines")


@pytest.fixture(scope="module")
def elsewhere() -> Generator[Foreign]:
    with foreign() as server:
        yield server


def attempt(driver: Driver, code: str) -> Any:
    return driver.evaluate(ATTEMPT.replace("CODE", json.dumps(code)).replace("LIMIT", str(LIMIT_MS)))


def test_no_attack_gets_anywhere(driver: Driver, address: str, elsewhere: Foreign) -> None:
    driver.goto(f"{address}en/about/")
    driver.evaluate(ENGINE)
    assert attempt(driver, "print(1)")["printed"] == "1\n"
    before = driver.evaluate(KEPT)
    elsewhere.asked.clear()
    through = []
    for name, attack in ATTACKS.items():
        result = attempt(driver, source(attack, elsewhere.address, address))
        if "REACHED" in result["printed"] or elsewhere.asked or result["status"] == "never ended":
            through.append((name, result, [*elsewhere.asked]))
        elsewhere.asked.clear()
    assert not through
    assert driver.evaluate(KEPT) == before
