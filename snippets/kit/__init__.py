"""kamipen's kit: what articles import, and what runs their cells."""
