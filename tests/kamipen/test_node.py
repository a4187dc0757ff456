"""Scripts of Node: what they print is returned, what they say when they fail is the error."""

import pytest

from kamipen import node


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "script.mjs"
    path.write_text(
        "let text = ''\n"
        "for await (const part of process.stdin) text += part\n"
        "if (process.env.FAIL) { console.error('no ' + text); process.exit(1) }\n"
        "console.log(text, process.argv[2])\n"
    )
    return path


def test_input_and_arguments_reach_the_script(script) -> None:
    assert node.run(script, "two", given="one") == "one two"


def test_a_failure_says_what_the_script_said(script) -> None:
    with pytest.raises(node.NodeError, match=r"^no one$"):
        node.run(script, given="one", environment={"FAIL": "1"})
