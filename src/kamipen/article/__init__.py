"""What authors write, read: articles, their outline and plan, the scripts in `snippets/`, their history in git."""
