"""The cards of an article: how many there are, how uneven, and that a picture follows who draws."""

from collections.abc import Callable, Iterator, Sequence

from kamipen import texts
from kamipen.article import outline
from kamipen.article.outline import Block, Node, Prose
from kamipen.check.measures import length, said
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError

CARDS = (12, 16)
SHORT, LONG = {"ja": 30, "en": 75}, {"ja": 200, "en": 500}
"""Language → characters of a card: below the one it is a call across the room, above the other it tells a story."""

SHORT_CARDS, LONG_CARDS, QUOTATIONS = 4, 1, 2
_QUOTES = ("＞", ">")


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find what the cards of an article lack, or have too much of."""
    cards = list(outline.blocks(page.nodes, "card"))
    fewest, most = CARDS
    if len(cards) < fewest:
        yield page.problem(f"has {len(cards)} cards: {fewest} at least, let more voices answer", 1)
    if len(cards) > most:
        yield page.problem(f"has {len(cards)} cards: {most} at most, join some or leave some out", cards[most].line)
    lengths = [length(said(card.body)) for card in cards]
    short, long = SHORT[page.language], LONG[page.language]
    if (count := sum(n < short for n in lengths)) < SHORT_CARDS:
        yield page.problem(f"has {count} cards below {short} characters: {SHORT_CARDS} at least, clip some", 1)
    if sum(n > long for n in lengths) < LONG_CARDS:
        yield page.problem(f"has no card over {long} characters: let one tell a story", 1)
    if (count := sum(map(_quotes, cards))) < QUOTATIONS:
        mark = _QUOTES[page.language == "en"]
        problem = f"quotes {count} earlier cards: {QUOTATIONS} at least, begin a line with `{mark} `"
        yield page.problem(problem, 1)


def find_undrawn(page: AuthoredPage, shows: Callable[[Node], bool]) -> Iterator[SourceError]:
    """Find cards of the illustrator with no picture in them or right behind; `shows` tells pictures."""
    role = texts.load(page.language)("role.illustrator")
    for siblings in _families(page.nodes):
        for number, node in enumerate(siblings):
            if not isinstance(node, Block) or node.name != "card" or node.argument != role:
                continue
            if not any(map(shows, [*outline.walk(node.body), *_behind(siblings[number + 1 :])])):
                problem = f"{role} is followed by no picture: put a figure, a diagram or a cell that draws behind it"
                yield page.problem(problem, node.line)


def _quotes(card: Block) -> int:
    lines = [line for node in card.body if isinstance(node, Prose) for line in node.lines]
    starts = [line.lstrip().startswith(_QUOTES) for line in lines]
    return sum(start and not before for before, start in zip([False, *starts], starts, strict=False))


def _families(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """Yield all lists of nodes that stand side by side."""
    yield nodes
    yield from (block.body for block in outline.blocks(nodes))


def _behind(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return what stands right behind a card: a guess may come between it and its picture, blank lines too."""
    for node in nodes:
        blank = isinstance(node, Prose) and not node.text.strip()
        if not blank and not (isinstance(node, Block) and node.name == "predict"):
            return [node]
    return []
