"""A site of one article for the checks: what it is called, what is found in it, and how it is changed."""

from pathlib import Path

from kamipen.article.scripts import Scripts
from kamipen.check import findings
from kamipen.recording.records import Records
from kamipen.scaffold.request import Request

REQUEST = Request("sample", "maths", "見本", "Sample", ["3.29"], [], ["https://news.ycombinator.com/item?id=43390400"])
EN, JA = "docs/en/maths/sample.md", "docs/ja/maths/sample.md"
SCRIPT = "snippets/sample.py"
CLAIMS = """sources:
  - id: "3"
    name: {ja: 議論, en: Discussion}
    title: Discussion
    where: {ja: 掲示板, en: forum}
claims:
  "3.29":
    ja: 勾配降下は錬金術だ。
    en: Gradient descent is alchemy.
    articles: [sample]
"""


def told(root: Path, cache: Path) -> list[str]:
    return [str(finding) for finding in findings(root, Records(Scripts(root / "snippets"), cache))]


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
