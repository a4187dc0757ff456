"""Requests that a test holds back, as a slow line would."""

from collections.abc import Callable

from playwright.sync_api import Page, Route


def hold(page: Page, pattern: str) -> Callable[[], None]:
    """Hold requests back until the returned function is called; those that are not let go end with the page."""
    held: list[Route] = []
    free = False

    def handle(route: Route) -> None:
        if free:
            route.continue_()
        else:
            held.append(route)

    def let_go() -> None:
        nonlocal free
        free = True
        for route in held:
            route.continue_()

    page.context.route(pattern, handle)
    return let_go
