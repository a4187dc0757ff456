"""Controls of a cell: which states they reach, how literals are written, and what is refused."""

from decimal import Decimal
from itertools import pairwise

import pytest

from kamipen.article.control_options import controls_of
from kamipen.article.controls import Controls
from kamipen.article.parameters import constants, number_literal, with_constant
from kamipen.article.scripts import Cell, CellReference
from kamipen.errors import SourceError

CODE = """
eta = 0.2  # learning rate
a: float = 1.0
b = 2_0
kernel = "rbf"
degree = 3
residual = True
seed = 7
power = -1e-3
late = eta + 1
"""


def read(*options: str) -> Controls:
    return controls_of(CellReference.parse("\n".join(["script#cell", *options])), Cell("script", "cell", CODE, 1))


def test_constants_are_literals_at_the_margin():
    found = constants(CODE + "if eta:\n    inner = 1\neta = 0.3\ntext = 'a' 'b'\n")
    assert found == {
        "eta": "0.2",
        "a": "1.0",
        "b": "2_0",
        "kernel": '"rbf"',
        "degree": "3",
        "residual": "True",
        "seed": "7",
        "power": "-1e-3",
    }


def test_a_state_is_written_into_the_code_and_its_comment_stays():
    assert with_constant(CODE, "eta", "0.3") == CODE.replace("eta = 0.2  #", "eta = 0.3  #")
    found = read("slider: eta 0.1 0.3 0.1", "choice: kernel rbf poly")
    assert found.source(CODE, ("0.1", '"poly"')) == CODE.replace("= 0.2", "= 0.1").replace('"rbf"', '"poly"')
    assert found.source(CODE, found.published) == CODE


@pytest.mark.parametrize(
    ("value", "step", "like", "literal"),
    [
        ("0.2", "0.01", "0.19", "0.20"),
        ("7", "1", "10.0", "7.0"),
        ("7", "1", "10", "7"),
        ("0.001", "1e-3", "0.01", "0.001"),
        ("0.10", "0.05", "0.1", "0.1"),
        ("2000", "100", "2_000", "2_000"),
        ("-0.5", "0.5", "1.0", "-0.5"),
        ("0.0", "0.5", "1.0", "0.0"),
    ],
)
def test_a_number_is_written_as_the_page_writes_it(value, step, like, literal):
    """As in tests/client/cell/parameters.test.ts."""
    assert number_literal(Decimal(value), step, like) == literal


def test_one_control_at_a_time_the_published_state_first():
    found = read("slider: eta 0.1 0.3 0.1", "toggle: residual", "label-eta: 学習率")
    assert found.states() == [("0.2", "True"), ("0.1", "True"), ("0.3", "True"), ("0.2", "False")]
    assert [control.labels for control in found.controls] == [("学習率",), ("residual",)]


def test_a_grid_is_recorded_in_full():
    found = read("slider: eta 0.1 0.3 0.1", "toggle: residual", "grid: full", "repeat: seed")
    assert len(found.states()) == 3 * 2 + 14


def test_a_handle_has_its_whole_grid_and_the_rest_one_at_a_time():
    found = read("handle: a b", "slider: a 0 2 1", "slider: b 10 40 10", "choice: degree 2 3 4")
    assert len(found.states()) == 3 * 4 + 2
    assert ("0.0", "40", "3") in found.states()
    assert ("0.0", "2_0", "4") not in found.states()
    assert found.controls[-1].names == ("a", "b")


def test_a_repeated_seed_is_fifteen_states():
    assert read("repeat: seed").states() == [(str(seed),) for seed in range(7, 22)]


def test_steps_become_coarser_around_the_published_value():
    found = read("slider: eta 0.01 0.5 0.01", "states: 12")
    values = found.parameters[0].values
    assert len(values) <= 12
    assert found.parameters[0].literal == "0.2"
    assert {round(float(b) - float(a), 2) for a, b in pairwise(values)} == {0.04}
    assert (found.controls[0].low, found.controls[0].high, found.controls[0].step) == ("0.04", "0.48", "0.04")
    assert read("slider: eta 0.01 0.5 0.01", "states: off").states() == []
    assert len(read("slider: eta 0.001 0.5 0.001", "states: 20").states()) <= 20


def test_a_seed_goes_before_a_control_has_no_steps_left():
    assert len(read("slider: eta 0.1 0.3 0.1", "repeat: seed", "states: 17").states()) == 17
    assert len(read("slider: eta 0.1 0.3 0.1", "repeat: seed", "states: 10").states()) == 3


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["slider: eat 0.1 0.3 0.1"], "has no line `eat = number`: did you mean `eta`?"),
        (["slider: kernel 0 1 1"], 'kernel = "rbf" is no number'),
        (["slider: eta 0.15 0.3 0.1"], "more decimals than the step"),
        (["slider: eta 0.1 0.4 0.15"], "is on no step"),
        (["slider: eta 0.1 0.3 0.1", "play: eta 0.1 0.3 0.1"], "eta has a control already"),
        (["slider: eta 0.001 0.5 0.001"], "takes 500 values, 60 at most"),
        (["slider: a 0 20 1", "slider: b 10 40 1", "handle: a b"], "has 651 states, 200 at most"),
        (["slider: eta 0.1 0.3 0.1", "grid: half"], "write `grid: full`"),
        (["slider: eta 0.1 0.3 0.1", "states: few"], "write `off`, or how many"),
        (["states: 30"], "no control that it could mean"),
        (["choice: kernel rfb linear"], "is not among the values: did you mean `rfb`?"),
        (["choice: kernel rbf f(x) o'c"], "`o'c` is no literal"),
        (["choice: degree 2 3 n"], "`n` is no literal: 3 in the code is a number"),
        (["choice: degree 3"], "at least two values"),
        (["choice: degree 3 3"], "twice"),
        (["toggle: eta"], "eta = 0.2 is no True or False (there are: residual)"),
        (["slider: a 0 2 1", "handle: a c"], "c has no slider in this cell"),
        (["slider: eta 0.1 0.3 0.1", "label-eat: x"], "no control of eat: did you mean `eta`?"),
        (["repeat: sede"], "`repeat: sede`: cell `cell` has no line `sede = number`: did you mean `seed`?"),
        (["repeat: eta"], "is no whole number"),
    ],
)
def test_what_nobody_could_record_is_refused(options, problem):
    with pytest.raises(SourceError) as error:
        read(*options)
    assert problem in str(error.value)
