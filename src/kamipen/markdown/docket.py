"""The docket: `/// docket` lists every claim with how it stands; `/// docket | counts` only counts them.

`/// rulings | 1.8 2.27` tells of these claims how articles ruled, in the rulings' own words.

The list is complete without JavaScript; the client makes the filter above it work (src/client/docket).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, override
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from kamipen.article import rulings
from kamipen.article.articles import discover
from kamipen.article.claims import Source
from kamipen.article.plan import PLAN, plan
from kamipen.article.rulings import AWAITING, MARKS, STATES, Entry, Verdict
from kamipen.errors import SourceError
from kamipen.markdown.block import PageBlock
from kamipen.markdown.roadmap import short_title
from kamipen.recording.prose_values import with_values
from kamipen.texts import Texts

if TYPE_CHECKING:
    from kamipen.markdown.page import Page

type Part = dict[str, Any]


class Docket(PageBlock):
    """The list of all claims, or their counts."""

    NAME = "docket"
    ARGUMENT = None

    @override
    def on_create(self, parent: Element) -> Element:
        """Write what the argument asks for."""
        words, known, entries = self.page.texts, self.page.claims, _entries(self.page)
        if self.argument == "counts":
            return counts(parent, entries, words)
        return listing(parent, entries, known.sources, plan(known.path.with_name(PLAN.name))["parts"], words)


class Rulings(PageBlock):
    """Claims with how they were ruled on, values written out: for a page that brings the rulings of a part together."""

    NAME = "rulings"
    ARGUMENT = True

    @override
    def on_create(self, parent: Element) -> Element:
        """Write the claims that the argument names, in its order."""
        words, entries = self.page.texts, {entry.claim.id: entry for entry in _entries(self.page)}
        items = SubElement(parent, "ol", {"class": "kp-docket"})
        asked = [entries[self.page.claims[claim].id] for claim in str(self.argument).split()]
        for verdict, together in groupby(asked, lambda entry: entry.verdict):
            first, *others = together
            if verdict is None:
                raise SourceError(f"`rulings`: no article has ruled on claim `{first.claim.id}` yet")
            self._ruling(_item(items, first, words, self.page.to_root), verdict, others)
        return items

    def _ruling(self, item: Element, verdict: Verdict, others: Sequence[Entry]) -> None:
        """Add what was ruled, and the claims beside the item's own on which it was ruled in the same breath."""
        _, statement, facts = item
        language, (ids, source, *_) = self.page.texts.language, facts
        for entry in others:
            claim, name = entry.claim, entry.claim.source.name[language]
            line = {"class": "kp-claim__also", "id": claim.anchor}
            SubElement(statement, "span", line).text = AtomicString(claim.statement[language])
            ids.text = AtomicString(f"{ids.text} · {claim.id}")
            if name not in (source.text or "").split(" · "):
                source.text = AtomicString(f"{source.text} · {name}")
        said = Element("p", {"class": "kp-claim__said"})
        said.text = self._said(verdict)
        item.insert(2, said)

    def _said(self, verdict: Verdict) -> str:
        """Return a ruling as Markdown, its values written out."""
        article = with_values(verdict.article, self.page.records)
        block = next(one.block for one in rulings.verdicts(article) if one.anchor == verdict.anchor)
        return rulings.ruling(block, rulings.flip_label(article.language))


def _entries(page: Page) -> list[Entry]:
    """Return every claim as it stands in the articles of the page's language."""
    return rulings.docket(discover(page.claims.path.parent, page.texts.language), page.claims)


def counts(parent: Element, entries: Sequence[Entry], words: Texts) -> Element:
    """Write how many claims there are, and how many stand how; each number leads to its claims."""
    paragraph = SubElement(parent, "p", {"class": "kp-tally"})
    SubElement(paragraph, "a", {"href": "docket.md"}).text = words("docket.counts", n=len(entries))
    for state, number in rulings.count(entries).items():
        link = SubElement(paragraph, "a", {"href": f"docket.md?ruling={state}", "data-ruling": state})
        _marked(link, state, f"{_state(state, words)} {number}")
    return paragraph


def listing(
    parent: Element, entries: Sequence[Entry], sources: Sequence[Source], parts: Sequence[Part], words: Texts
) -> Element:
    """Write the filter, the claims by part, and where they come from."""
    docket = SubElement(parent, "div", {"class": "kp-docket", "data-docket": ""})
    _filter(docket, entries, sources, parts, words)
    for number, part in enumerate(parts, 1):
        members = [entry for entry in entries if entry.part == part["id"]]
        order = {slug: place for place, slug in enumerate(part["articles"])}
        members.sort(key=lambda entry: order.get(entry.claim.settled_by, len(order)))
        section = SubElement(docket, "section", {"data-part": part["id"]})
        heading = SubElement(section, "h2", {"id": f"part-{part['id']}"})
        heading.text = AtomicString(f"{number} {part['title'][words.language]}")
        items = SubElement(section, "ol")
        for entry in members:
            _item(items, entry, words)
    _sources(docket, sources, words)
    return docket


def _filter(
    docket: Element, entries: Sequence[Entry], sources: Sequence[Source], parts: Sequence[Part], words: Texts
) -> None:
    form = SubElement(docket, "form", {"class": "kp-docket__filter", "aria-label": words("docket.filter")})
    field = SubElement(form, "fieldset")
    SubElement(field, "legend").text = words("docket.ruling")
    counted = rulings.count(entries)
    for state in ("", *STATES):
        label = SubElement(field, "label", {"data-ruling": state or "all"})
        checked = {} if state else {"checked": ""}
        SubElement(label, "input", {"type": "radio", "name": "ruling", "value": state} | checked)
        SubElement(label, "b").text = str(counted[state] if state else len(entries))
        SubElement(label, "span", {"aria-hidden": "true"}).text = MARKS.get(state)
        SubElement(label, "span").text = AtomicString(_state(state, words) if state else words("docket.all"))
    choices = [(str(part["id"]), f"{number} {part['title'][words.language]}") for number, part in enumerate(parts, 1)]
    _select(form, "part", choices, words)
    _select(form, "source", [(source.id, source.name[words.language]) for source in sources], words)
    row = SubElement(form, "p", {"class": "kp-docket__shown"})
    shown = {
        "role": "status",
        "data-all": words("docket.shown-all", total=len(entries)),
        "data-some": words("docket.shown", total=len(entries)),
        "data-none": words("docket.none"),
    }
    SubElement(row, "span", shown).text = shown["data-all"]
    SubElement(row, "button", {"type": "reset"}).text = words("docket.reset")


def _select(form: Element, name: str, choices: Sequence[tuple[str, str]], words: Texts) -> None:
    label = SubElement(form, "label", {"class": "kp-docket__select"})
    SubElement(label, "span").text = words(f"docket.{name}")
    select = SubElement(label, "select", {"name": name})
    for value, text in (("", words(f"docket.every-{name}")), *choices):
        SubElement(select, "option", {"value": value}).text = AtomicString(text)


def _item(items: Element, entry: Entry, words: Texts, to_root: str = "") -> Element:
    claim, state = entry.claim, entry.state
    item = SubElement(
        items,
        "li",
        {"class": "kp-claim", "id": claim.anchor, "data-ruling": state, "data-source": claim.source.id},
    )
    ruling = SubElement(item, "p", {"class": "kp-claim__ruling"})
    if entry.verdict:
        ruling = SubElement(ruling, "a", {"href": to_root + _href(entry.verdict)})
    _marked(ruling, state, _state(state, words))
    SubElement(item, "p", {"class": "kp-claim__statement"}).text = AtomicString(claim.statement[words.language])
    facts = SubElement(item, "p", {"class": "kp-claim__facts"})
    SubElement(facts, "span", {"class": "kp-claim__id"}).text = AtomicString(claim.id)
    SubElement(facts, "span").text = AtomicString(claim.source.name[words.language])
    _article(facts, entry, words, to_root)
    for verdict in entry.others:
        other = SubElement(facts, "span", {"class": "kp-claim__other"})
        other.text = words("docket.elsewhere") + " "
        link = SubElement(other, "a", {"href": to_root + _href(verdict)})
        named = words("docket.other", ruling=_state(verdict.ruling, words), title=short_title(verdict.article))
        _marked(link, verdict.ruling, named)
    return item


def _article(facts: Element, entry: Entry, words: Texts, to_root: str) -> None:
    """Name the article that settles the claim; where it is still to come, without a link."""
    if article := entry.article:
        href = _href(entry.verdict) if entry.verdict else f"{article.key}.md"
        SubElement(facts, "a", {"href": to_root + href}).text = AtomicString(short_title(article))
        return
    span = SubElement(facts, "span", {"class": "kp-claim__planned"})
    span.text = AtomicString(words("docket.planned", title=entry.title(words.language)))


def _sources(docket: Element, sources: Sequence[Source], words: Texts) -> None:
    section = SubElement(docket, "section", {"class": "kp-docket__sources"})
    SubElement(section, "h2", {"id": "sources"}).text = words("docket.sources")
    items = SubElement(section, "ul")
    for source in sources:
        item = SubElement(items, "li", {"id": f"source-{source.id}"})
        name = SubElement(item, "b")
        name.text, name.tail = AtomicString(f"{source.id}. {source.name[words.language]}"), " "
        title = SubElement(item, "a" if source.url else "span", {"href": source.url} if source.url else {})
        title.set("lang", "en" if source.title.isascii() else "ja")
        title.text = AtomicString(source.title)
        title.tail = AtomicString(words("docket.where", where=source.where[words.language]))


def _marked(parent: Element, state: str, text: str) -> None:
    """Write a state's mark, which nobody needs to hear, and its name."""
    mark = SubElement(parent, "span", {"aria-hidden": "true"})
    mark.text, mark.tail = MARKS[state], AtomicString(f" {text}")


def _state(state: str, words: Texts) -> str:
    return words("docket.awaiting") if state == AWAITING else words(f"verdict.{state}")


def _href(verdict: Verdict) -> str:
    return f"{verdict.article.key}.md#{verdict.anchor}"
