"""Signs of fraud that need a whole sentence: money, accounts, visas, papers and age.

The same words are honest when they are denied (`tanpa biaya`, `bukan visa wisata`), when somebody
else bears the cost, or when they warn.
"""

import re

SENTENCE = re.compile(r"[.;!?\n]+(?:\s|$)")
TURN = re.compile(r"\b(?:tapi|tetapi|namun|cukup|hanya|cuma|tinggal|kecuali|asal|sisanya|nanti)\b")
"""After these words what was denied before is no longer."""

COMMA = re.compile(r",(?=\s)")
NOT = re.compile(
    r"\b(?:tanpa|tidak|tdk|tak|gak|nggak|bukan|bebas|nol|zero|gratis|dilarang|bandingkan"
    r"|jangan(?! (?:lupa|ragu|takut|khawatir|sampai)))(?:\W+\w+){0,3}\W*$"
)
"""A denial not far before what it denies."""

WARY = re.compile(r"\W*(?:waspada\w*|hati-hati|jangan (?:mau|tergiur|percaya|pernah))\b")
"""A sentence that begins so speaks of what others do."""

PAYER = (
    r"(?:perusahaan|pabrik|majikan|pemberi kerja|pengguna|p3mi|pemerintah|panitia|negara"
    r"|dinas|disnaker|desa|rumah sakit)"
)
MONEY = re.compile(
    r"\b(?:biaya(?:nya)?(?! hidup)|ongkos(?:nya)?|mahar|bayar|byr|membayar|pembayaran"
    r"|dibayar(?:kan)?|dp|panjar"
    r"|uang (?:muka|jaminan|komitmen|titipan|pendaftaran|pelatihan|seragam|tanda jadi)|tanda jadi"
    r"|se(?:tor|toran)|menyetor|(?:me)?lunasi|dicicil|cicilan|talangan|transfer|tf|gadai"
    r"|kirim uang|(?:me|di)?mintai? uang)\b"
    r"|\brp\W*\d[\d.,]*|\b\d[\d.,]*\s*(?:jt|juta|rb|ribu)\b(?! (?:yen|won|orang|lowongan))"
)
"""Words of paying, and any sum in rupiah: wages abroad are told in another currency."""
NOT_ASKED = re.compile(
    r"\b(?:gaji|upah|lembur|honor|tunjangan|penghasilan|sebulan|per bulan|uang (?:saku|transpor)"
    r"|bonus|bantuan|hadiah|simpanan|iuran|arisan|pbb|men?dapat|menerima)\w*"
)
"""What somebody gets, or what neighbours pay among themselves."""
CUT = re.compile(
    r"\bpotong\w*\s+(?:dari\s+|lewat\s+)?gaji\w*|\bgaji\w*\s+(?:\w+\s+){0,2}(?:di)?potong\w*"
    r"|\bdipotong\s+(?:\w+\s+){0,2}gaji\w*"
)
WITHHELD = re.compile(
    r"\b(?:gaji|upah)\w*(?: \w+){0,4} (?:tidak dibayar|belum dibayar|ditahan|hangus)"
)
LAWFUL_CUT = re.compile(r"pajak|asuransi|jaminan sosial|bpjs")
UNLAWFUL_CUT = re.compile(r"biaya|agen|bulan")
GIVEN = re.compile(r"(?:di|mem|pem)bayar\w*|transfer|.*\d.*")
"""Words of paying that may be about what somebody gets."""
AMOUNT = re.compile(r"\brp\W*\d|\d\s*(?:jt|juta|rb|ribu|k\b|persen|%)")
BORNE = re.compile(
    rf"nol|\b0\b|zero|gratis|nihil|tidak ada|tidak dipungut|dibayar\w*\s+(?:oleh\s+)?{PAYER}"
    r"|(?:di|jadi |menjadi )tanggung\w*(?! (?:peserta|calon|sendiri|pekerja|pelamar|anda|pmi))"
)
BEARS = re.compile(rf"\b{PAYER}\b.{{0,40}}\b(?:menanggung|membiayai)\b|\b{PAYER}\W+$")
CAUTIONS = re.compile(
    r"\b(?:bila|jika|kalau|apabila|siapa pun|setiap)\b.*\blapor|\blapor\w*\b.*\b(?:bila|jika|kalau)"
    r"|\b(?:tidak boleh|dilarang) (?:di|me)(?:minta|pungut|mungut|bebankan|mbebankan)\b"
)
PERSONAL = re.compile(r"paspor|skck|ujian|\btes\b|kesehatan|simpanan|iuran")
AT_COUNTER = re.compile(r"resmi|loket|lembaga|sesuai pengumuman|pribadi|pnbp|kasir|bendahara")
HANDED = re.compile(r"transfer|\brek|\bke (?:pak|bu|bapak|ibu)\b|agen|\bdp\b|\d\s*(?:jt|juta)")
FOR_PLACEMENT = re.compile(
    r"pelatihan|visa|tiket|agen|penempatan|jasa|proses|administrasi|seragam|jaminan"
)
"""What is charged to no worker (UU 18/2017, article 30); passport and tests are their own."""


def asks_money(sentence: str) -> bool:
    if WITHHELD.search(sentence) or any(_is_cut(sentence, cut) for cut in CUT.finditer(sentence)):
        return True
    if CAUTIONS.search(sentence) or WARY.match(sentence) or _at_the_counter(sentence):
        return False
    return any(_is_fee(found, part) for part in TURN.split(sentence)
               for found in MONEY.finditer(part))  # fmt: skip


def _is_cut(sentence: str, found: re.Match[str]) -> bool:
    lawful = LAWFUL_CUT.search(sentence) and not UNLAWFUL_CUT.search(sentence)
    denied = NOT.search(_clause(found, sentence)) or NOT.search(found[0].rpartition(" ")[0])
    return not (lawful or denied)


def _is_fee(found: re.Match[str], part: str) -> bool:
    """Unless it is denied, borne by somebody else, or is about what somebody gets."""
    before, after = _clause(found, part), part[found.end() :]
    borne = BORNE.search(after)
    if borne and not AMOUNT.search(after[: borne.start()]):
        return False
    of_payer = found[0].startswith("dibayar") and re.match(rf"\W+(?:oleh )?{PAYER}", after)
    whole = before + found[0] + COMMA.split(after)[0]
    given = GIVEN.fullmatch(found[0]) and NOT_ASKED.search(whole)
    return not (NOT.search(before) or BEARS.search(before) or of_payer or given)


def _clause(found: re.Match[str], part: str) -> str:
    """What stands before it since the last comma."""
    return COMMA.split(part[: found.start()])[-1]


def _at_the_counter(sentence: str) -> bool:
    """The passport's own fee, paid where it is made."""
    at_counter = PERSONAL.search(sentence) and AT_COUNTER.search(sentence)
    return bool(at_counter) and not HANDED.search(sentence)


NUMBER = r"(?P<number>\+?\d[\d .-]{6,}\d)"
ACCOUNTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:no)?rek(?:ening)?\b\D{{0,40}}{NUMBER}",
        r"\b(?:bca|bri|bni|mandiri|bsi|btn|cimb|danamon|permata|jago|seabank|jenius|muamalat)"
        rf"\W{{0,3}}(?:(?:no|rek|norek|rekening|ac)\W+)*(?!\+?628|08){NUMBER}",
        r"(?<!pak )(?<!bu )(?<!bapak )(?<!ibu )\b(?:dana|ovo|go-?pay|shopeepay|link ?aja)"
        rf"\W{{0,3}}(?:(?:ke|no|nomor)\W+)?(?=\+?628|08){NUMBER}",
    )
)
PRIVATE = re.compile(r"\brek(?:ening)? (?:pribadi|(?:an|atas nama) (?:pak|bu|bapak|ibu|sdr))\b")


def names_account(sentence: str) -> bool:
    numbers = (found["number"] for account in ACCOUNTS for found in account.finditer(sentence))
    long = any(sum(sign.isdigit() for sign in number) >= 8 for number in numbers)
    return long or states(PRIVATE, sentence)


LATER = r"(?:sampai|tiba|masuk|di sana)"
VISA = re.compile(
    r"\bvisa\w* (?:\w+ )?(?:wisata|turis\w*|tourist|kunjung\w*|visit|umr[oa]h\w*|haji|ziarah"
    r"|liburan|holiday|pelancong)|\bpaspor (?:wisata|pelancong)"
    r"|\b(?:visit|tourist|free) visa\b|\bjalur (?:umr[oa]h|haji|ziarah)"
    rf"|\b(?:visa|permit|izin kerja)\w*(?: \w+){{0,3}} (?:menyusul|(?:di)?urus\w* (?:{LATER}"
    rf"|(?:se)?(?:telah|sudah) {LATER}))"
)
PAPERS = re.compile(
    r"\b(?:umur|usia|tanggal lahir|data)\w* (?:\w+ ){0,2}(?:diatur|dituakan|dimudakan|diakali"
    r"|(?:di)?naikkan|disesuaikan|(?:di)?tambah|diganti|diubah)\b"
    r"|\b(?:ditambah|diganti|diubah|dituakan|diatur) (?:umur|usia)"
    r"|\b(?:ktp|kk|ijazah|akta|sertifikat|surat)\b(?: \w+){0,4} (?:diatur|dibuatkan|buatkan"
    r"|dibikinkan|dibelikan|dipinjamkan|diakali|sesuaikan|dipalsukan|tanda tangani)"
    r"|\b(?:ijazah|ktp|sertifikat|paspor|data) (?:palsu|tembak|aspal)\b"
    r"|\bdibuatkan data\b|\b(?:dengan|pakai) nama (?:lain|baru)\b|\b(?:jalur|proses) ilegal\b"
    r"|\b(?:paspor|ktp|ijazah|dokumen)\w*(?: \w+){0,4} (?:disimpan|ditahan|dipegang|dititipkan"
    r"|disita)\b(?! sendiri| oleh pekerja| pekerja)"
    r"|\bpaspor\w*(?: \w+){0,3} (?:dikumpulkan|diserahkan)\b"
    r"|\b(?:sertifikat|bpkb|ijazah|ktp|surat tanah)\b.{0,30}\b(?:jaminan|pegangan)\b"
    r"|\bjalur (?:tikus|belakang|gelap)\b"
    r"|\b(?:imigrasi|bandara|petugas|polisi)\b.{0,40}\b(?:bilang|jawab|ngaku|liburan)\b"
    r"|\b(?:bilang|jawab|ngaku)\b.{0,40}\bimigrasi\b"
)
"""Papers or answers that are made up, taken away, or a way around the border."""
NEEDLESS = r"\b(?:tidak|tak|gak|nggak) (?:perlu|usah)"
SKIPPED = re.compile(
    r"\btanpa (?:paspor|ktp|kontrak|perjanjian|pembekalan|opp|pap|visa kerja)\b"
    rf"|(?:\btanpa|{NEEDLESS}) (?:izin|lapor|sepengetahuan)\b"
    rf"|{NEEDLESS} (?:ribet )?(?:lewat|ke) (?:desa|disnaker|bp3mi)|\bkontrak\w* {NEEDLESS} dibaca"
)
"""What must be there is said to be needless."""


def states(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether it says so and denies it neither before nor within."""
    if WARY.match(sentence):
        return False
    return any(
        not NOT.search(_clause(found, sentence)) and not NOT.search(found[0].rpartition(" ")[0])
        for found in pattern.finditer(sentence)
    )


def bends_papers(sentence: str) -> bool:
    return states(PAPERS, sentence) or any(
        not WARY.match(sentence) and not NOT.search(_clause(found, sentence))
        for found in SKIPPED.finditer(sentence)
    )


AGES = re.compile(
    r"\b(?:umur|usia)\D{0,15}\b1[0-7]\b(?![.,]\d|\s*(?:juta|jt|ribu|rb|orang|bulan|jam|persen|%))"
    r"|\b(?:min(?:imal|imum)?|mulai|sejak)\W+1[0-7]\s*(?:th|thn|tahun)\b"
    r"|(?<!pengalaman )(?<!kontrak )\b1[0-7]\s*(?:-|–|sampai|hingga|s/?d)\s*\d\d"
    r"\s*(?:th|thn|tahun)\b"
    r"|\b(?:di ?bawah umur|belum (?:cukup )?umur|belum 1[78])\b.{0,30}\b(?:boleh|bisa)"
)
IN_CARE = re.compile(r"\b(?:merawat|menjaga|mengasuh|imunisasi|posyandu|belajar|beasiswa|lomba)\b")


def names_minors(sentence: str) -> bool:
    """As workers; children who are looked after are any age."""
    return bool(AGES.search(sentence)) and not IN_CARE.search(sentence)
