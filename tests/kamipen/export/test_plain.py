"""Plain Markdown runs and says what it prints."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from kamipen.article.scripts import Scripts
from kamipen.export.notebook import notebook
from kamipen.export.plain import CONTINUED, EXPECTED, markdown
from kamipen.recording.records import Records
from tests.kamipen.export.conftest import DATA


def codeblocks(page: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "-p", "no:cacheprovider", page.name]
    return subprocess.run(command, cwd=page.parent, capture_output=True, text=True, check=False)


def test_it_reads_plainly(article, records):
    text = markdown(article, records)
    assert "# 【見本】すべての部品" in text
    assert "**懐疑派** 勘では**なく**？ 学習率 0.19、限界 **0.200**。`{{bowl: eta}}` と書く。" in text
    assert "\n\n> **主張 3.29** 勾配降下は *錬金術* だ。\n\n**判定｜条件つき** 境目は" in text
    assert "\n\nひっくり返る条件：曲率が" in text
    assert "    theta -0.59, limit 0.200" in text
    assert "*図： 段ごとに縮む <振動>*" in text
    assert "[別の記事](../../learning/other/index.md#x)" in text
    assert "///" not in text
    assert "{#" not in text


def test_it_has_every_cell_in_one_chain(article, records):
    text = markdown(article, records)
    assert text.count("```python") == 3
    assert text.count(CONTINUED) == 2


def test_it_runs(article, records, tmp_path):
    page = tmp_path / "index.md"
    page.write_text(markdown(article, records), encoding="utf-8")
    result = codeblocks(page)
    assert result.returncode == 0, result.stdout
    assert "1 passed" in result.stdout


def test_it_with_another_output_fails(article, records, tmp_path):
    steady = article.text.replace("volatile: true\n", "")
    article = replace(article, text=steady)
    page = tmp_path / "index.md"
    text = markdown(article, records)
    page.write_text(text, encoding="utf-8")
    assert codeblocks(page).returncode == 0
    page.write_text(text.replace("limit 0.200\n", "limit 0.201\n"), encoding="utf-8")
    assert codeblocks(page).returncode == 1


def test_a_link_to_what_is_no_article_leads_to_its_page(article, records, tmp_path):
    docs = tmp_path / "docs/ja"
    for page, text in {
        "maths/sample.md": "",
        "maths/other.md": "---\ntitle: o\ndate: 2026-01-01\norder: 9\nlevel: 900\naudience: api-user\n---\n",
        "practice.md": "# p\n",
    }.items():
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        (docs / page).write_text(text, encoding="utf-8")
    shutil.copy(DATA / "docs/claims.yml", docs.parent)
    text = article.text + "\n[a](../practice.md#map), [b](other.md)\n"
    article = replace(article, path=docs / "maths/sample.md", text=text)
    assert "[a](../../practice/#map), [b](../other/index.md)" in markdown(article, records)


def test_what_returns_or_is_coloured_stands_plainly_and_is_not_compared(article, tmp_path):
    folder = tmp_path / "snippets"
    folder.mkdir()
    source = (DATA / "snippets/sample.py").read_text(encoding="utf-8")
    printing = 'print("\\x1b[31m10 %\\r20 %\\x1b[0m")\nprint(f"theta'
    (folder / "sample.py").write_text(source.replace('print(f"theta', printing, 1), encoding="utf-8")
    article = replace(article, text=article.text.replace("volatile: true\n", ""))
    records = Records(Scripts(folder), tmp_path / "record")
    text = markdown(article, records)
    assert "    20 %\n    theta" in text
    assert "10 %" not in text.replace(printing, "")
    assert "\x1b" not in text
    assert EXPECTED not in text
    (output,) = [cell["outputs"] for cell in notebook(article, records)["cells"] if printing in "".join(cell["source"])]
    assert "\x1b[31m10 %\r20 %" in "".join(output[0]["text"]), "a notebook shows it as a terminal does"
