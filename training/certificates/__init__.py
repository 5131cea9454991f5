"""Diplomas: what they say, their public codes, and how they are drawn. Takes plain data, knows no model."""
