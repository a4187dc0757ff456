"""A value's own HTML in the page: it runs nothing, and its styles stay its own."""

import pytest
from bs4 import BeautifulSoup
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kamipen.recording import rich
from kamipen.site import csp

TAME = {
    '<b onclick="x()" title="on a=1">a</b>': '<b  title="on a=1">a</b>',
    "<b ONCLICK='x(\">\")'>a</b>": "<b >a</b>",
    "<i onclick=x() class=a>a</i>": "<i  class=a>a</i>",
    '<td>if onload = "5" &lt; 6</td>': '<td>if onload = "5" &lt; 6</td>',
    "<p>a</p><script>x()</script>b<SCRIPT src=y></SCRIPT>": "<p>a</p>b",
    "a<script>unclosed": "a",
}


@pytest.mark.parametrize("html", TAME)
def test_nothing_in_it_runs(html):
    assert rich.in_page(html) == TAME[html]
    assert rich.in_markdown(html) == TAME[html]


@pytest.mark.parametrize("html", ["<style>p { color: red }</style><p>a</p>", '<p id="x">a</p>', "<p id=x>a</p>"])
def test_styles_and_ids_stay_in_a_tree_of_their_own(html):
    made = BeautifulSoup(rich.in_page(html), "html.parser")
    (template,) = made.find_all(recursive=False)
    assert template.name == "template"
    assert template["shadowrootmode"] == "open"
    assert template.find("style", recursive=False).string.startswith(":host")
    assert "<p>a</p>" in rich.in_markdown(html).replace(' id="x"', "").replace(" id=x", "")
    assert "<style" not in rich.in_markdown(html)


def test_scikit_learns_diagram_needs_no_script():
    html = make_pipeline(StandardScaler(), LogisticRegression())._repr_html_()
    made = rich.in_page(html)
    assert "onclick" in html
    attributes = [name for tag in BeautifulSoup(made, "html.parser").find_all(True) for name in tag.attrs]
    assert not [name for name in attributes if name.startswith("on")]
    assert not csp.script_digests(made)
    assert "sk-text-repr-fallback" in made
