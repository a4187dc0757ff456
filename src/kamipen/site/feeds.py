"""What machines read: an Atom feed per language, the sitemaps' index, and llms.txt."""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from kamipen.article.articles import Article, of_language, on_the_road
from kamipen.article.history import Days, changed
from kamipen.project import LANGUAGES, setting
from kamipen.texts import load


def write(site: Path, address: str, articles: Sequence[Article], days: Days) -> None:
    """Write the feeds of all languages, and what stands above them."""
    announced = {language: finished(of_language(articles, language)) for language in LANGUAGES}
    for language in LANGUAGES:
        feed = atom(on_the_road(announced[language]), language, address, days)
        (site / language / "feed.xml").write_text(feed, "utf-8")
    (site / "sitemap.xml").write_text(sitemap_index(address), "utf-8")
    (site / "llms.txt").write_text(llms_text(announced, address), "utf-8")


def finished(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles without drafts."""
    return tuple(article for article in articles if not article.draft)


def atom(articles: tuple[Article, ...], language: str, address: str, days: Days) -> str:
    """The articles as an Atom feed (RFC 4287), newest first."""
    newest = sorted(articles, key=lambda article: (article.date, article.order), reverse=True)
    home = f"{address}{language}/"
    entries = "".join(
        f"<entry><title>{escape(article.title)}</title><id>{address}{article.url}</id>"
        f'<link href="{address}{article.url}"/><published>{_moment(article.date)}</published>'
        f"<updated>{_moment(changed(article, days))}</updated>"
        + "".join(f'<category term="{escape(tag)}"/>' for tag in article.tags)
        + (f"<summary>{escape(article.summary)}</summary>" if article.summary else "")
        + "</entry>\n"
        for article in newest
    )
    updated = max((changed(article, days) for article in articles), default=date(2026, 11, 20))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<title>{escape(setting('site_name', language))}</title>"
        f"<subtitle>{escape(setting('site_description', language))}</subtitle>\n"
        f'<id>{home}</id><link href="{home}"/><link rel="self" href="{home}feed.xml"/>\n'
        f"<updated>{_moment(updated)}</updated><author><name>kamipen</name></author>\n{entries}</feed>\n"
    )


def sitemap_index(address: str) -> str:
    """Name the sitemaps that MkDocs writes for each language."""
    maps = "".join(f"<sitemap><loc>{address}{language}/sitemap.xml</loc></sitemap>" for language in LANGUAGES)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>\n'
    )


def llms_text(articles: dict[str, tuple[Article, ...]], address: str) -> str:
    """The site for language models (llmstxt.org): every article as plain Markdown, code and printed output in full."""
    en = load("en")
    names = [setting("site_name", language) for language in ("en", "ja")]
    lines = [
        f"# kamipen: {names[0]} ({names[1]})",
        "",
        f"> {setting('site_description', 'en')}. {en('feed.numbers')}",
        "",
        en("feed.links"),
    ]
    for language in ("en", "ja"):
        for title, refreshers in (("feed.articles", False), ("feed.refreshers", True)):
            members = [article for article in articles[language] if article.is_refresher is refreshers]
            lines += ["", f"## {load(language)(title)}", ""] if members else []
            lines += [
                f"- [{article.title}]({address}{article.url}index.md)" + (article.summary and f": {article.summary}")
                for article in members
            ]
    docket = ", ".join(f"[{language}]({address}{language}/docket/index.md)" for language in ("en", "ja"))
    lines += ["", "## Claims", "", f"- Every claim on trial and how it stands: {docket}, [JSON]({address}claims.json)"]
    return "\n".join(lines) + "\n"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
