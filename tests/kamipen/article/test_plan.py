"""The plan of the road."""

from kamipen.article.articles import PARTS
from kamipen.article.plan import plan


def test_plan_is_a_road_on_which_each_part_has_its_order() -> None:
    parts = plan()["parts"]
    assert tuple(part["id"] for part in parts) == PARTS
    for part in parts:
        orders = [planned["order"] for planned in part["articles"].values()]
        assert orders == sorted(set(orders))
    slugs = [slug for part in parts for slug in part["articles"]]
    assert len(set(slugs)) == len(slugs)
