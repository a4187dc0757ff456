"""The build side of kamipen: records the snippets, renders the articles, stages the runtime, writes the site."""
