"""What brings people to the village hall has its first useful answer within three taps."""

import pytest

from flows.screen import Caution, SourceLine
from tests.play import Visitor

VISITS = {
    "a first time to Hong Kong": ("Negara tujuan", "Hong Kong"),
    "a plantation in Malaysia": ("Negara tujuan", "Malaysia", "Yang harus diwaspadai"),
    "a nurse for Germany": ("Negara tujuan", "Lihat yang lain", "Jerman"),
    "Korea by G to G": ("Negara tujuan", "Korea Selatan", "Pekerjaan dan syarat"),
    "a household offer in Saudi Arabia": ("Cek tawaran kerja", "Timur Tengah"),
    "customer service in Cambodia": ("Cek tawaran kerja", "Kamboja"),
    "a wage not paid in Taiwan": ("Di luar negeri", "Ada masalah", "Gaji tidak dibayar"),
    "coming home ill": ("Di luar negeri", "Pulang ke Indonesia", "Pulang dalam keadaan sakit"),
    "asked to pay five million": ("Uang dan biaya", "Saya diminta bayar", "Satu jumlah besar"),
    "a daughter who is silent": ("Di luar negeri", "Keluarga hilang", "Keluarga saya tidak bisa"),
}


@pytest.mark.parametrize("visit", VISITS)
def test_the_first_useful_answer_is_three_taps_away(visitor: Visitor, visit: str) -> None:
    visitor.welcomed().walk(*VISITS[visit])
    assert len(VISITS[visit]) <= 3
    said = visitor.reply.screen.parts
    assert any(isinstance(part, Caution | SourceLine) for part in said), visitor.text
