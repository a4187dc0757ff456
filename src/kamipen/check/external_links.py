"""`make links`: visit every address outside the site, politely: once each, one at a time per host, in a set time."""

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from kamipen.check.citations import ADDRESS
from kamipen.check.pages import CODE
from kamipen.errors import SourceError
from kamipen.project import DOCS, REPOSITORY, ROOT

HOSTS = 6  # at a time
PAUSE = 1.0  # seconds between two visits to a host
PATIENCE = 15.0  # seconds for an answer
LIMIT = 600.0  # seconds for all
GONE = (404, 410)
AGENT = f"kamipen-link-check ({REPOSITORY})"
PROBE = ("one.one.one.one", 443)


class NoNetwork(Exception):  # noqa: N818 (an answer: nothing was visited, so nothing is known)
    """No address was visited, because nothing can be reached from here."""


class DeadLinks(Exception):  # noqa: N818
    """Addresses that lead nowhere, with the lines that hold them."""


@dataclass(frozen=True)
class Answer:
    """What a visit brought: `ok`, `gone`, or `unclear` (the site refuses robots, or did not answer)."""

    kind: str
    text: str


Visit = Callable[[str], Answer]


def main() -> None:
    """Visit all addresses; say which lead nowhere, and which could not be judged."""
    found = addresses([*DOCS.rglob("*.md"), ROOT / "README.md", *(ROOT / ".github").glob("*.md")])
    if not reachable():
        raise NoNetwork(f"No network: none of the {len(found)} addresses was visited. Nothing is known about them.")
    answers = visit_all(found, visit)
    gone = [
        f"{place}: {url} {answer.text}: find where it went"
        for url, answer in answers.items()
        if answer.kind == "gone"
        for place in found[url]
    ]
    for url, answer in answers.items():
        if answer.kind == "unclear":
            print(f"not judged: {url} {answer.text}")
    judged = sum(answer.kind != "unclear" for answer in answers.values())
    print(f"{judged} of {len(found)} addresses judged, {len(gone)} lines with a dead one")
    if gone:
        raise DeadLinks("\n".join(gone))


def addresses(pages: Iterable[Path]) -> dict[str, list[str]]:
    """Return every address outside the site, with the places that name it."""
    found: dict[str, list[str]] = defaultdict(list)
    for page in sorted(pages):
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            for url in ADDRESS.findall(CODE.sub(" ", line)):
                place = str(SourceError("", page, number)).removesuffix(": ")
                found[urldefrag(url.rstrip(".,;:'\""))[0]].append(place)
    return dict(found)


def visit_all(urls: Iterable[str], visit: Visit, pause: float = PAUSE, limit: float = LIMIT) -> dict[str, Answer]:
    """Visit all addresses, hosts side by side, each host one address at a time."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in sorted(urls):
        hosts[urlsplit(url).netloc].append(url)
    end = time.monotonic() + limit

    def one(mine: list[str]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for number, url in enumerate(mine):
            if time.monotonic() > end:
                answers[url] = Answer("unclear", "was not visited: the time was up")
                continue
            time.sleep(pause if number else 0)
            answers[url] = visit(url)
        return answers

    with ThreadPoolExecutor(HOSTS) as pool:
        return {url: answer for answers in pool.map(one, hosts.values()) for url, answer in answers.items()}


def visit(url: str, patience: float = PATIENCE) -> Answer:
    """Ask for the head of an address, and for the whole if that is refused."""
    answer = Answer("unclear", "gave no answer")
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
        try:
            with urllib.request.urlopen(request, timeout=patience):
                return Answer("ok", "answers")
        except urllib.error.HTTPError as refusal:
            refusal.close()
            answer = Answer("gone" if refusal.code in GONE else "unclear", f"answers {refusal.code}")
        except (OSError, http.client.HTTPException, ValueError) as problem:
            reason = getattr(problem, "reason", problem)
            unknown = isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME
            answer = Answer("gone" if unknown else "unclear", f"cannot be reached ({reason})")
    return answer


def reachable(probe: tuple[str, int] = PROBE) -> bool:
    """Tell whether anything outside can be reached at all."""
    try:
        socket.create_connection(probe, timeout=5).close()
    except OSError:
        return False
    return True
