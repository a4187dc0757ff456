"""What the tests cost is counted by article and by folder."""

from pathlib import Path

from tests import costs

REPORT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.browser.page.test_published" name="test_runs[one-more]" time="4.0" />
<testcase classname="tests.browser.page.test_published" name="test_runs[two]" time="6.0" />
<testcase classname="tests.browser.page.test_published" name="test_axe[ja/maths/one-more/-390]" time="1.0" />
<testcase classname="tests.browser.page.test_published" name="test_axe[en/maths/one-more/-1280]" time="2.0" />
<testcase classname="tests.browser.page.test_published" name="test_axe[en/maths/two/-1280]" time="2.0" />
<testcase classname="tests.browser.page.test_published" name="test_axe[en/gallery/-1280]" time="9.0" />
<testcase classname="tests.snippets.test_processors" name="test_same[one_more]" time="2.5" />
<testcase classname="tests.snippets.test_processors" name="test_same[two]" time="0.5" />
<testcase classname="tests.snippets.test_one_more" name="test_law[two]" time="7.0" />
<testcase classname="tests.test_costs" name="test_alone" time="0.25" />
</testsuite></testsuites>
"""


def test_an_article_adds_the_median_of_what_others_take(tmp_path: Path) -> None:
    (tmp_path / "tests.xml").write_text(REPORT)
    ran = costs.read(tmp_path / "tests.xml")
    added = costs.per_article(ran, ["one-more", "two"])
    assert added == {
        "browser.page.test_published.test_runs": [4.0, 6.0],
        "browser.page.test_published.test_axe": [3.0, 2.0],  # in both languages
        "snippets.test_processors.test_same": [2.5, 0.5],
    }, "a test of one article alone is not what any article adds"
    lines = costs.table(ran, added).splitlines()
    assert "| `browser.page.test_published.test_axe` | 2.5 | 3.0 |" in lines
    assert "| together | 9.0 | |" in lines
    assert "| browser.page | 6 | 24 |" in lines and "| together | 10 | 34 |" in lines
