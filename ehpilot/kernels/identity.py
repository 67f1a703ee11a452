"""Check digits and shapes of the codes that name an enterprise, a permit or a substance.

Standards: GB 32100-2015 (unified social credit code, weights and modulus of its annex A), GB 11714-1997 (organisation
code), CAS Registry Number check digit (CAS: "Check Digit Verification of CAS Registry Numbers"), permit numbers as the
national permit platform prints them (credit code + 3 digits + a letter), GB 11643-1999 (citizen identification number,
check character by ISO 7064 MOD 11-2), which a self-employed holder's permit number begins with.

Belongs here: pure tests of codes, one by one and on arrays. Does not belong here: cleaning of texts as people type them
(full-width letters, dashes, dates: ``ehpilot.landing.values.codes``) and matching of enterprises.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
CREDIT_CODE_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))  # GB 32100-2015, 5.2: 3^(i-1) mod 31
ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997, table 1

CITIZEN_NUMBER_WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))  # GB 11643-1999: 2^(i-1) mod 11 from the right

_CITIZEN = re.compile(r"[1-9][0-9]{5}((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]", re.ASCII)
_PERMIT = re.compile(r"[0-9A-Z]{18}[0-9]{3}[A-Z]")
_CAS = re.compile(r"([1-9][0-9]{1,6})-([0-9]{2})-([0-9])")


def credit_code_check_character(first_17: str) -> str:
    """Check character of a credit code from its first 17 characters (GB 32100-2015). ``ValueError`` on a foreign
    letter.
    """
    total = sum(w * CREDIT_CODE_ALPHABET.index(c) for w, c in zip(CREDIT_CODE_WEIGHTS, first_17, strict=True))
    return CREDIT_CODE_ALPHABET[-total % 31]


def is_credit_code(code: str) -> bool:
    """True for an 18-character credit code whose check character is right (upper case ASCII expected)."""
    if len(code) != 18 or any(c not in CREDIT_CODE_ALPHABET for c in code):
        return False
    return credit_code_check_character(code[:17]) == code[17]


def organisation_code_check_character(first_8: str) -> str:
    """Check character of an organisation code from its first 8 characters (GB 11714-1997)."""
    total = sum(w * int(c, 36) for w, c in zip(ORGANISATION_CODE_WEIGHTS, first_8, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_organisation_code(code: str) -> bool:
    """True for a 9-character organisation code (no hyphen, upper case ASCII) whose check character is right."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    return organisation_code_check_character(code[:8]) == code[8]


def cas_check_digit(digits: str) -> str:
    """Check digit of a CAS number from the digits before it: sum of digit times position from the right, modulo 10."""
    return str(sum(i * int(d) for i, d in enumerate(reversed(digits), start=1)) % 10)


def is_cas_number(cas: str) -> bool:
    """True for a CAS number in the printed form ``71-43-2`` with a right check digit."""
    match = _CAS.fullmatch(cas)
    return match is not None and cas_check_digit(match[1] + match[2]) == match[3]


def is_permit_number(permit: str) -> bool:
    """True for a permit number: a right credit code, three digits and a letter (``91330206744973411W001P``)."""
    return bool(_PERMIT.fullmatch(permit)) and is_credit_code(permit[:18])


def is_citizen_number(number: str) -> bool:
    """True for an 18-character citizen identification number: a day of birth and a right check character."""
    match = _CITIZEN.fullmatch(number)
    if match is None or not 1 <= int(match[2]) <= 12:
        return False
    if not 1 <= int(match[3]) <= monthrange(int(match[1]), int(match[2]))[1]:
        return False
    total = sum(w * int(d) for w, d in zip(CITIZEN_NUMBER_WEIGHTS, number[:17], strict=True))
    return "10X98765432"[total % 11] == number[17]


def _characters(codes: Sequence[str] | NDArray[np.str_], width: int) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Code points as an (n, width) array, and which codes have that very width."""
    array = np.asarray(codes, dtype=np.str_)
    right_length = np.char.str_len(array) == width
    fixed = np.where(right_length, array, "").astype(f"U{width}")
    return np.ascontiguousarray(fixed).view(np.uint32).reshape(len(array), width), right_length


def are_credit_codes(codes: Sequence[str] | NDArray[np.str_]) -> NDArray[np.bool_]:
    """``is_credit_code`` for each text of an array."""
    if len(codes) == 0:
        return np.zeros(0, dtype=bool)
    points, right_length = _characters(codes, 18)
    values = np.full(128, -1, dtype=np.int64)
    values[[ord(c) for c in CREDIT_CODE_ALPHABET]] = np.arange(31)
    digits = np.where(points < 128, values[np.minimum(points, 127)], -1)
    check = -(digits[:, :17] @ np.array(CREDIT_CODE_WEIGHTS)) % 31
    return right_length & (digits >= 0).all(axis=1) & (check == digits[:, 17])


def are_organisation_codes(codes: Sequence[str] | NDArray[np.str_]) -> NDArray[np.bool_]:
    """``is_organisation_code`` for each text of an array."""
    if len(codes) == 0:
        return np.zeros(0, dtype=bool)
    points, right_length = _characters(codes, 9)
    values = np.full(128, -1, dtype=np.int64)
    values[[ord(c) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]] = np.arange(36)
    digits = np.where(points < 128, values[np.minimum(points, 127)], -1)
    remainder = 11 - (digits[:, :8] @ np.array(ORGANISATION_CODE_WEIGHTS)) % 11
    expected = np.array([ord(c) for c in "0123456789X0"])[remainder]
    return right_length & (digits[:, :8] >= 0).all(axis=1) & (points[:, 8] == expected)
