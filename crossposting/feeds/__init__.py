"""Outgoing feeds: RSS 2.0, Atom and JSON Feed of the whole portal and of its parts.

Other apps join through ``registry`` (a part of the portal that has a feed, and how a type of page reads in one).
"""
