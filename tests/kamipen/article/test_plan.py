"""The plan of the road."""

from kamipen.article.articles import PARTS
from kamipen.article.plan import plan


def test_plan_is_a_road_without_gaps() -> None:
    parts = plan()["parts"]
    assert tuple(part["id"] for part in parts) == PARTS
    orders = [planned["order"] for part in parts for planned in part["articles"].values()]
    assert orders == list(range(1, len(orders) + 1))
