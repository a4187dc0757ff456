"""The index of the practice page: exercises, articles and routes; every id stands for one exercise."""

from dataclasses import replace

import pytest

from kamipen.errors import SourceError
from kamipen.site.practice_index import catalogue
from tests.kamipen.article.sample import on_the_road as article

EXERCISE = """/// exercise | {title}
    id: {id}
    kind: choice
    level: 700
Text

//// choice | a
////
//// choice | b
////
///
"""


def test_the_index_lists_exercises_articles_and_routes() -> None:
    text = EXERCISE.format(title="Is $x$ odd?", id="odd")
    index = catalogue([article("one", 1, text=text), article("five", 5, "one", part="generalisation")])
    assert index["items"] == [
        {"id": "odd", "title": "Is x odd?", "kind": "choice", "level": 700, "article": "one", "choices": 2}
    ]
    assert index["articles"][1]["url"] == "generalisation/five/"
    assert index["routes"]["learner"] == ["one"]
    assert index["routes"]["sceptic"] == ["five"]


def test_one_id_for_two_exercises_is_refused() -> None:
    text = EXERCISE.format(title="Odd?", id="odd")
    with pytest.raises(SourceError, match=r"`odd` is also in one\.md"):
        catalogue([article("one", 1, text=text), article("two", 2, text=text)])


def test_an_exercise_names_the_refreshers_of_what_it_takes() -> None:
    text = EXERCISE.format(title="Odd?", id="odd")
    taught = replace(article("one", 1, text=text), skills=("parity",))
    refresher = article("parity", 5, part="refreshers", text=text.replace("odd", "even"))
    index = catalogue([taught, refresher])
    assert [item["skills"] for item in index["items"]] == [["parity"], ["parity"]]
    assert index["articles"][1]["url"] == "refreshers/parity/"
