"""What scripts put out: run in Jupyter kernels once, and kept."""
