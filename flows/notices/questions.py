"""What an officer is asked for each field of a notice, and an example of the answer."""

from flows.text import Text, t

TAP = t("Pilih salah satu.")

QUESTIONS: dict[str, tuple[Text, Text]] = {
    "title": (
        t("Apa kabarnya, dalam satu baris?"),
        t("Misalnya: Penyuluhan kerja aman ke luar negeri."),
    ),
    "words": (
        t("Tulis isinya, singkat saja."),
        t("Apa, kapan, di mana, untuk siapa. Paling banyak 400 huruf."),
    ),
    "issuer": (
        t("Siapa yang mengeluarkan pengumuman ini?"),
        TAP,
    ),
    "notice_no": (
        t("Berapa nomor pengumumannya?"),
        t("Salin persis. Misalnya: PENG.2062/04.04/PP.02.04/V/2025."),
    ),
    "p3mi_name": (
        t("Apa nama P3MI-nya?"),
        t("Nama lengkap, misalnya: PT Contoh Maju. Cocokkan dengan daftar P3MI di SISKOP2MI."),
    ),
    "p3mi_licence": (
        t("Berapa nomor izin P3MI-nya?"),
        t("Nomor SIP3MI, ada di surat P3MI. Salin persis."),
    ),
    "sip2mi_no": (
        t("Berapa nomor SIP2MI-nya?"),
        t("Izin untuk merekrut pada lowongan ini. Tanpa nomor ini lowongan belum boleh disebar."),
    ),
    "sip2mi_until": (
        t("SIP2MI itu berlaku sampai kapan?"),
        t("Misalnya: 30 6 2027."),
    ),
    "issue_date": (
        t("Kapan pengumuman ini dikeluarkan?"),
        t("Misalnya: 19 5 2026, atau kemarin."),
    ),
    "scheme": (
        t("Lewat jalur apa?"),
        TAP,
    ),
    "scheme.p3mi": (
        t("Lewat jalur apa?"),
        TAP,
    ),
    "country": (
        t("Ke negara mana?"),
        t("Pilih, atau ketik namanya."),
    ),
    "sector": (
        t("Di bidang apa?"),
        TAP,
    ),
    "position": (
        t("Pekerjaannya apa?"),
        t("Misalnya: pemanen sawit, operator mesin, perawat lansia."),
    ),
    "employer": (
        t("Siapa pemberi kerjanya?"),
        t("Nama perusahaan atau rumah sakit. Untuk rumah tangga, nama keluarga tidak disebar."),
    ),
    "formal": (
        t("Bekerja pada perusahaan atau perseorangan?"),
        TAP,
    ),
    "quota": (
        t("Berapa orang yang dicari?"),
        t("Misalnya: 75."),
    ),
    "gender": (
        t("Untuk laki-laki atau perempuan?"),
        TAP,
    ),
    "age": (
        t("Umur berapa sampai berapa?"),
        t("Misalnya: 18-40. Boleh juga: 3 Juni 1985 sampai 4 Juni 2007."),
    ),
    "study": (
        t("Sekolah paling rendah?"),
        TAP,
    ),
    "marital": (
        t("Sudah menikah atau belum?"),
        t("Surat izin suami, istri, atau orang tua tetap diperlukan."),
    ),
    "salary": (
        t("Berapa gajinya?"),
        t("Jumlah dan mata uang, seperti di pengumuman. Misalnya: 1.700 RM."),
    ),
    "period": (
        t("Gaji itu untuk berapa lama?"),
        TAP,
    ),
    "hours": (
        t("Berapa jam kerja sehari?"),
        t("Misalnya: 8."),
    ),
    "days": (
        t("Berapa hari kerja seminggu?"),
        t("Misalnya: 6."),
    ),
    "facilities": (
        t("Apa saja yang ditanggung pemberi kerja?"),
        t("Tandai semuanya, lalu lanjut."),
    ),
    "contract": (
        t("Berapa bulan kontraknya?"),
        t("Misalnya: 24."),
    ),
    "cost": (
        t("Adakah biaya untuk pekerja?"),
        t("Menurut undang-undang, biaya penempatan tidak boleh dibebankan kepada pekerja."),
    ),
    "cost_items": (
        t("Biaya apa saja, dan berapa?"),
        t("Misalnya: paspor, SKCK, tes kesehatan."),
    ),
    "documents": (
        t("Dokumen apa yang diminta?"),
        t("Tulis singkat, atau pilih yang di layar."),
    ),
    "channel": (
        t("Mendaftar lewat mana?"),
        TAP,
    ),
    "deadline": (
        t("Kapan hari terakhir mendaftar?"),
        t("Sesudah hari itu, pengumuman ditutup sendiri. Misalnya: 31 12 2026."),
    ),
    "contact_name": (
        t("Orang bisa bertanya kepada siapa?"),
        t("Nama dan kantornya, seperti di pengumuman."),
    ),
    "contact_phone": (
        t("Berapa nomor teleponnya?"),
        t("Nomor kantor lebih baik daripada nomor pribadi."),
    ),
    "deadline.news": (
        t("Sampai kapan kabar ini berlaku?"),
        t("Sesudah hari itu, kabar ini ditutup sendiri. Misalnya: 31 12 2026."),
    ),
    "source": (
        t("Dari mana Anda tahu kabar ini?"),
        t("Surat atau situs apa, tanggal berapa. Misalnya: surat Disnaker, 19 Mei 2026."),
    ),
    "verifier": (
        t("Siapa yang memastikan kabar ini benar?"),
        t("Nama, kantor, dan kapan. Misalnya: Ibu Rina, Disnaker, lewat telepon 20 Mei."),
    ),
    "verify_url": (
        t("Di alamat situs mana orang bisa mengeceknya?"),
        t("Alamat resmi yang diawali https. Misalnya: https://contoh.go.id/lowongan"),
    ),
    "city": (
        t("Di kota atau daerah mana?"),
        t("Misalnya: Sabah, Taichung, Riyadh."),
    ),
    "agency_abroad": (
        t("Siapa agensi di negara tujuan?"),
        t("Nama agensi, seperti di surat permintaan."),
    ),
    "p3mi_branch": (
        t("Di mana kantor cabang P3MI-nya?"),
        t("Kota dan alamat singkat."),
    ),
    "job_order_no": (
        t("Berapa nomor job order-nya?"),
        t("Nomor dari Perwakilan RI."),
    ),
    "experience": (
        t("Berapa tahun pengalaman yang diminta?"),
        t("Misalnya: 2. Tulis 0 bila tidak perlu."),
    ),
    "certificate": (
        t("Sertifikat apa yang diminta?"),
        t("Misalnya: STR, sertifikat kompetensi, SIM."),
    ),
    "language_test": (
        t("Ujian atau kemampuan bahasa apa?"),
        t("Misalnya: JLPT N4, EPS-TOPIK, Mandarin dasar."),
    ),
    "body": (
        t("Adakah syarat tinggi atau berat badan?"),
        t("Misalnya: tinggi perempuan 155 cm, laki-laki 165 cm."),
    ),
    "health": (
        t("Adakah syarat kesehatan?"),
        t("Misalnya: sehat untuk bekerja, tidak buta warna."),
    ),
    "overtime": (
        t("Bagaimana lemburnya?"),
        t("Misalnya: dibayar menurut aturan di sana."),
    ),
    "extension": (
        t("Apakah kontraknya bisa diperpanjang?"),
        t("Misalnya: bisa 22 bulan lagi."),
    ),
    "open_from": (
        t("Sejak kapan pendaftaran dibuka?"),
        t("Misalnya: 1 12 2026. Boleh juga yang akan datang."),
    ),
    "selection": (
        t("Kapan dan di mana seleksinya?"),
        t("Misalnya: 4-13 November, di kantor Disnaker."),
    ),
}
"""By the key of the field; news says its last day in other words."""
