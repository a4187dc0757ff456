"""What all tests share."""

import os

# Figures are drawn without a display, as they are recorded.
os.environ.setdefault("MPLBACKEND", "svg")
