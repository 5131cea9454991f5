import pytest
from hypothesis import given, strategies as st

from training.certificates.codes import ALPHABET, LENGTH, new_code, read_code, written

codes = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_new_code_has_eighty_bits_and_is_never_the_same():
    made = {new_code() for _time in range(500)}
    assert len(made) == 500
    assert len(ALPHABET) ** LENGTH == 2**80
    assert all(read_code(code) == code for code in made)


def test_every_sign_stands_at_every_place():
    made = [new_code() for _time in range(2000)]
    assert all({code[place] for code in made} == set(ALPHABET) for place in range(LENGTH))


def test_a_code_is_written_in_groups():
    assert written("7K3M9QXT04BDVH2R") == "7K3M-9QXT-04BD-VH2R"


@given(codes)
def test_what_is_written_is_read(code):
    assert read_code(written(code)) == code
    assert read_code(f"  {written(code).lower()}\n") == code


@given(codes, st.data())
def test_letters_that_look_like_digits_are_read_as_digits(code, data):
    typed = "".join(data.draw(st.sampled_from({"0": "0oO", "1": "1iIlL"}.get(sign, sign))) for sign in code)
    assert read_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m 9qxt 04bd vh2r",
        "7K3M–9QXT–04BD–VH2R",
        "7K3M.9QXT.O4BD.VH2R",
        "７Ｋ３Ｍ９ＱＸＴ04BDVH2R",
        "7k3m\u00a09qxt_04bdvh2r",
    ],
)
def test_groups_are_read_however_they_are_parted(typed):
    assert read_code(typed) == "7K3M9QXT04BDVH2R"


@pytest.mark.parametrize(
    "typed",
    [
        "", "-", "7K3M9QXT04BDVH2", "7K3M9QXT04BDVH2R0", "7K3M9QXT04BDVH2U", "7K3M9QXT04BDVH2Đ", "7K3M9QXT04BDVH2!",
        "7K3M9QXT04BDVHß", "٧K3M9QXT04BDVH2R", "7K3M9QXT/04BDVH2R", "-" * 1000, "7" * 1000,
    ],
)  # fmt: skip
def test_anything_else_is_no_code(typed):
    assert read_code(typed) is None


@given(st.text())
def test_whatever_is_typed_gives_a_code_or_nothing(typed):
    code = read_code(typed)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))
