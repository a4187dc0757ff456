"""Search finds what the site has, in either language, however wide it is typed: every heading, tag and term."""

import html
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kamipen.article.glossary import terms

ASKED = """async (queries) => {
    const config = JSON.parse(document.getElementById("__config").textContent)
    const at = (path) => new URL(path, location.href)
    const index = await (await fetch(at(`${config.base}/search/search_index.json`))).json()
    const worker = new Worker(at(config.search))
    const tell = (message) => new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data.data)
        worker.onerror = () => reject(new Error("the search worker failed"))
        worker.postMessage(message)
    })
    await tell({ type: 0, data: { ...index, options: { suggest: true } } })
    const answers = []
    for (const query of queries) {
        const { items } = await tell({ type: 2, data: query })
        const missing = (terms) => Object.values(terms).includes(false)
        answers.push(items.map((sections) => sections.map(
            ({ location, tags, terms }) => ({ location, tags: tags ?? [], missing: missing(terms) }),
        )))
    }
    worker.terminate()
    return answers
}"""
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}
QUERIES = {
    "ja": {
        "最小ノルム": "generalisation/double-descent/",
        "表データ": "practicalities/trees-or-nets/",
        "直線の当てはめ": "maths/start-here/",
        "行列の掛け算": "maths/only-matmul/",
        "ロジスティック回帰": "glossary/",
        "ｎｕｍｐｙ": "runtime/",
        "ＡＩ": "maths/delve-and-bayes/",
        "ﾍﾞｲｽﾞ": "maths/delve-and-bayes/",
    },
    "en": {"ｌｅａｒｎｉｎｇ rate": "maths/gradient-descent-physics/", "ベイズ": "glossary/", "np.linalg": "maths/"},
}


def widths(text: str) -> set[str]:
    """Write a text as it is, in full width, and in half width."""
    narrow = "".join(HALF.get(letter, letter) for letter in unicodedata.normalize("NFD", text))
    return {text, text.translate(FULL), narrow}


def plain(marked: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", marked))


def ask(page: Page, language: str, queries: list[str]) -> dict[str, list[list[dict[str, Any]]]]:
    """Return what the page's own search finds for each query: pages, each with its sections."""
    page.goto(f"{language}/")
    return dict(zip(queries, page.evaluate(ASKED, queries), strict=True))


def index(site: Path, language: str) -> list[dict[str, Any]]:
    return json.loads((site / language / "search" / "search_index.json").read_text("utf-8"))["docs"]


def locations(pages: list[list[dict[str, Any]]]) -> list[str]:
    return [section["location"] for sections in pages for section in sections]


@pytest.mark.parametrize(
    ("language", "query"), [(language, query) for language, asked in QUERIES.items() for query in asked]
)
def test_a_reader_finds_what_they_type(page: Page, language: str, query: str) -> None:
    page.goto(f"{language}/")
    field = page.locator(".md-search__input")
    field.fill(query)
    field.press("End")  # Japanese input fires no keyup, which the theme waits for
    found = page.locator(f'.md-search-result__link[href*="{language}/{QUERIES[language][query]}"]')
    expect(found.first).to_be_attached(timeout=20_000)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_heading_is_found(page: Page, site: Path, language: str) -> None:
    headings = {doc["location"]: plain(doc["title"]) for doc in index(site, language)}
    answers = ask(page, language, [*headings.values()])
    assert not {at: title for at, title in headings.items() if at not in locations(answers[title])}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_tag_leads_to_the_pages_that_have_it(page: Page, site: Path, language: str) -> None:
    tags = {plain(tag) for doc in index(site, language) for tag in doc.get("tags", [])}
    assert tags
    queries = {width: tag for tag in tags for width in widths(tag)}
    answers = ask(page, language, [*queries])

    def found(query: str, tag: str) -> bool:
        """Is a page with the tag found, and does the first have one that says as much?"""
        tagged = [{plain(tag) for section in sections for tag in section["tags"]} for sections in answers[query]]
        return any(tag in tags for tags in tagged) and any(tag in longer for longer in tagged[0])

    assert not {query for query, tag in queries.items() if not found(query, tag)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_term_is_found_in_both_scripts_and_widths(page: Page, language: str) -> None:
    queries = [width for term in terms() for word in (term["ja"], term["en"]) for width in sorted(widths(word))]
    answers = ask(page, language, queries)
    found = {
        query
        for query, pages in answers.items()
        if any(
            section["location"].startswith("glossary/") and not section["missing"]
            for sections in pages
            for section in sections
        )
    }
    assert not {*queries} - found


def test_what_was_found_is_marked_whole(page: Page) -> None:
    """The page that a result leads to marks the phrase, not each of its characters wherever it stands."""
    page.goto("ja/")
    field = page.locator(".md-search__input")
    field.fill("最小ﾉﾙﾑ")
    field.press("End")
    result = page.locator('.md-search-result__link[href*="double-descent"]').first
    marks = result.locator("xpath=ancestor::li").locator("mark")
    expect(marks.first).to_have_text("最小ノルム")
    assert set(marks.all_text_contents()) == {"最小ノルム"}
    expect(page.locator(".md-search__suggest")).to_be_empty()
    page.goto(result.get_attribute("href") or "")
    expect(page.locator("mark[data-md-highlight]").first).to_be_attached()
    assert set(page.locator("mark[data-md-highlight]").all_inner_texts()) == {"最小ノルム"}
