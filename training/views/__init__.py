"""Answers of training that are no pages of the tree."""
