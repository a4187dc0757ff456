"""Numbers as short as a drawing needs them."""


def short(value: float) -> str:
    """Return a coordinate in pixels, to hundredths."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
