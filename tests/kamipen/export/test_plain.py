"""Plain Markdown runs and says what it prints."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from kamipen.export.plain import CONTINUED, markdown


def codeblocks(page: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "-p", "no:cacheprovider", page.name]
    return subprocess.run(command, cwd=page.parent, capture_output=True, text=True, check=False)


def test_it_reads_plainly(article, records):
    text = markdown(article, records)
    assert "# 【見本】すべての部品" in text
    assert "**懐疑派** 勘では**なく**？" in text
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
