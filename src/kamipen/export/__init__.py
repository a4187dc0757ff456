"""What each article also offers beside its page: plain Markdown, and notebooks."""
