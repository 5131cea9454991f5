"""Draws the pictures of the demonstration province as flat SVG scenes.

The demonstration needs many pictures that are free of rights and of real faces; drawing them by
program keeps palette, light and people alike from one scene to the next.

    python -m tools.illustrations OUTDIR
"""
