"""The whole site: built with MkDocs, finished, served."""
