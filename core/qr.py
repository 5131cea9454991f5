"""QR codes as one SVG path, small enough to stand in every page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_L


def qr_path(text: str, *, correction: int = ERROR_CORRECT_L) -> tuple[int, str]:
    """The side of the code in modules, and the path of its dark ones; what is light around them is the caller's."""
    code = qrcode.QRCode(border=0, error_correction=correction)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(
        f"M{column} {row}h{length}v1h-{length}z" for row, line in enumerate(matrix) for column, length in _runs(line)
    )
    return len(matrix), path


def _runs(line: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield start and length of each run of dark modules."""
    column = 0
    for dark, group in groupby(line):
        length = len(list(group))
        if dark:
            yield column, length
        column += length
