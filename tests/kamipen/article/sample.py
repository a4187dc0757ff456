"""An article made of facts alone, for tests that read no file."""

from datetime import date
from pathlib import Path

from kamipen.article.articles import Article

PAGE = Path("page.html")


def article(**changes: object) -> Article:
    facts: dict[str, object] = {
        "path": PAGE,
        "language": "ja",
        "part": "maths",
        "slug": "one-word",
        "title": "【議論】<delve> & 「AI」",
        "date": date(2026, 11, 20),
        "order": 4,
        "level": 800,
        "audience": "practitioner",
    }
    return Article(**(facts | changes))  # type: ignore[arg-type]


def on_the_road(slug: str, order: int, *prereq: str, part: str = "maths", text: str = "") -> Article:
    return Article(
        path=Path(f"docs/en/{part}/{slug}.md"),
        language="en",
        part=part,
        slug=slug,
        title=f"The case of {slug} & sons",
        date=date(2026, 11, 20),
        order=order,
        level=100 * order,
        audience="theorist",
        prereq=prereq,
        text=text,
    )
