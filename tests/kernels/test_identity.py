"""Check digits: published codes, hand-worked examples, and that one wrong character is always found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehpilot.kernels.identity import (
    CREDIT_CODE_ALPHABET,
    CREDIT_CODE_WEIGHTS,
    are_credit_codes,
    are_organisation_codes,
    cas_check_digit,
    credit_code_check_character,
    is_cas_number,
    is_citizen_number,
    is_credit_code,
    is_organisation_code,
    is_permit_number,
    organisation_code_check_character,
)

EXAMPLE_CODE = "91350100M000100Y43"  # the worked example of GB 32100-2015
first_17 = st.text(alphabet=CREDIT_CODE_ALPHABET, min_size=17, max_size=17)


def test_the_example_of_the_standard_is_right():
    assert is_credit_code(EXAMPLE_CODE)


def test_the_steps_of_the_example_of_the_standard():
    """GB 32100-2015, 5.2 and its example: weights of the places, sum 1640, remainder 28, so check value 3; with Z at
    the end the code is wrong.
    """
    assert CREDIT_CODE_WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    values = [CREDIT_CODE_ALPHABET.index(sign) for sign in EXAMPLE_CODE[:17]]
    total = sum(value * weight for value, weight in zip(values, CREDIT_CODE_WEIGHTS, strict=True))
    assert (total, total % 31, 31 - total % 31) == (1640, 28, 3)
    assert not is_credit_code("91350100M000100Y4Z")


@given(first_17, st.integers(0, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_found(start, position, other):
    code = start + credit_code_check_character(start)
    assert is_credit_code(code)
    changed = code[:position] + other + code[position + 1 :]
    assert is_credit_code(changed) == (changed == code)


@pytest.mark.parametrize("text", ["", "9135", EXAMPLE_CODE.lower(), EXAMPLE_CODE[:-1] + "O", EXAMPLE_CODE + "1"])
def test_what_is_no_credit_code(text):
    assert not is_credit_code(text)


@given(
    st.lists(st.one_of(first_17.map(lambda s: s + credit_code_check_character(s)), st.text(max_size=20)), max_size=20)
)
def test_arrays_agree_with_single_codes(codes):
    codes = [c.replace("\x00", "") for c in codes]  # NumPy's texts end at a NUL
    assert are_credit_codes(codes).tolist() == [is_credit_code(c) for c in codes]


@given(
    st.lists(st.text(alphabet="0123456789ABCXYZ-", max_size=10), max_size=20),
    st.text("0123456789ABC", min_size=8, max_size=8),
)
def test_organisation_code_arrays_agree_with_single_codes(codes, start):
    codes.append(start + organisation_code_check_character(start))
    found = are_organisation_codes(codes)
    assert found.tolist() == [is_organisation_code(c) for c in codes]
    assert found[-1]


def test_organisation_code_check_character_by_hand():
    # D2143569: 13*3 + 2*7 + 1*9 + 4*10 + 3*5 + 5*8 + 6*4 + 9*2 = 199; 11 - 199 % 11 = 10, written X
    assert organisation_code_check_character("D2143569") == "X"
    assert is_organisation_code("D2143569X")


def test_digits_9_to_17_of_a_credit_code_are_its_organisation_code():
    assert is_organisation_code("91640000321673484F"[8:17])


@pytest.mark.parametrize("cas", ["71-43-2", "7732-18-5", "107-06-2", "1330-20-7", "50-00-0", "7440-43-9"])
def test_known_cas_numbers(cas):
    assert is_cas_number(cas)
    assert not is_cas_number(cas[:-1] + str((int(cas[-1]) + 1) % 10))


def test_cas_check_digit_by_hand():
    assert cas_check_digit("773218") == "5"  # water: 8*1+1*2+2*3+3*4+7*5+7*6 = 105
    # the example of "Check Digit Verification of CAS Registry Numbers" (CAS): 7*1+0*2+7*3+0*4+1*5 = 33
    assert cas_check_digit("10707") == "3" and is_cas_number("107-07-3")


@pytest.mark.parametrize("text", ["", "71-43", "071-43-2", "71432", "71-43-22", "1-43-2"])
def test_what_is_no_cas_number(text):
    assert not is_cas_number(text)


def test_permit_number():
    assert is_permit_number("91640000321673484F001W")
    assert not is_permit_number("91640000321673484G001W")
    assert not is_permit_number("91640000321673484F01W")


def test_empty_arrays():
    assert len(are_credit_codes([])) == 0
    assert len(are_organisation_codes([])) == 0


def test_citizen_numbers():
    assert is_citizen_number("11010519491231002X")  # the worked example of GB 11643-1999
    for wrong in ("110105194912310021", "11010519491331002X", "11010519490229002X", "1101051949123100", ""):
        assert not is_citizen_number(wrong)
