"""How figures are drawn: `svg` writes what matplotlib draws; each other module settles one question for it.

Nothing here is imported before a figure is drawn: it all needs matplotlib.
"""
