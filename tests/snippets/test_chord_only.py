"""The copied formula: where it is wrong on other clocks, and that one formula does without the exception."""

import pytest


@pytest.mark.parametrize("p", [23, 61, 97, 101])
def test_the_chord_is_wrong_exactly_where_one_point_stands_above_the_other(names, p):
    space = names | {"p": p}
    for name in ("add", "chord"):
        space[name] = type(names[name])(names[name].__code__, space, name)
    stars = [(x, y) for x in range(p) for y in range(p) if (y * y - x**3 - 2 * x - 3) % p == 0]
    for P in stars:
        for Q in stars:
            assert (space["chord"](P, Q) == space["add"](P, Q)) == (P[0] != Q[0])


def test_steps_divide_the_number_of_points(names):
    for star in names["stars"]:
        point, steps = star, 1
        while point is not None:
            point, steps = names["add"](point, star), steps + 1
        assert len(names["group"]) % steps == 0


def test_loud_division_stops_where_the_silent_one_is_wrong(names):
    space = names | {"loud": True}
    chord = type(names["chord"])(names["chord"].__code__, space, "chord")
    for P, Q, found in zip([names["stars"][0]] * 99, names["stars"], names["pairs"][0], strict=True):
        if found == "wrong":
            with pytest.raises(ValueError, match="not invertible"):
                chord(P, Q)
        else:
            assert chord(P, Q) == names["add"](P, Q)
