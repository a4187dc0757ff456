"""Real browsers, and a server like GitHub Pages, for tests, measurements and snapshots."""
