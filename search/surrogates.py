"""The key of everything that search has answered: renewed when the index has followed a change."""

INDEX = "search-index"
