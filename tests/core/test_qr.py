import re

import pytest
import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

from core.qr import qr_path

ADDRESS = "https://congdoan.example/chung-nhan/7K3M9QXT04BDVH2R/"


def matrix_of(side, path):
    dark = [[False] * side for _row in range(side)]
    for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        dark[int(row)][int(column) : int(column) + int(length)] = [True] * int(length)
    return dark


@pytest.mark.parametrize("correction", [ERROR_CORRECT_L, ERROR_CORRECT_M])
def test_the_path_has_every_dark_module_and_no_other(correction):
    code = qrcode.QRCode(border=0, error_correction=correction)
    code.add_data(ADDRESS)
    code.make(fit=True)
    assert matrix_of(*qr_path(ADDRESS, correction=correction)) == code.get_matrix()
