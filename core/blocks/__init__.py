"""StreamField blocks shared by every kind of page, one module a family."""
