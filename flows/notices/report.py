"""Something is wrong with a notice: why, in one press; then what to do now."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows import emergency, help
from flows.effects import ReportNotice
from flows.engine import Known, State
from flows.errors import Gone
from flows.money import Charges
from flows.notices import message, read
from flows.notices.kept import REASONS, Reason
from flows.queries import NoticeNumbered, Query
from flows.screen import Caution, Choice, Paragraph, Screen
from flows.text import t

ABOUT_MONEY: tuple[Reason, ...] = ("fee", "account")
NOW = t(
    "Jangan bayar dan jangan serahkan paspor atau KTP asli. Simpan buktinya: pesan, foto, kuitansi,"
    " nomor HP. Perlu bicara dengan orang? Telepon nomor ini."
)


@dataclass(frozen=True)
class SuspectNotice(State, place="notices.report"):
    number: str
    reason: Reason | None = None
    """What was reported; None as long as nothing was."""

    def asks(self, words: str = "") -> tuple[Query, ...]:
        return () if words else (NoticeNumbered(self.number),)

    def show(self, known: Known) -> Screen:
        first = read.ReadNotice(self.number)
        if read.numbered(self.number, known) is None:
            return first.show(known)
        return self._thanks(known, first) if self.reason else self._question(first)

    def _question(self, back: State) -> Screen:
        return Screen(
            t("Apa yang aneh dengan nomor {number}?", number=message.grouped(self.number)),
            (
                Paragraph(
                    t(
                        "Laporan Anda menunggu koordinator kabupaten, yang bisa menghentikan"
                        " pengumuman ini. Nama Anda tidak ikut: yang terlihat hanya alasan dan"
                        " jumlah pelapornya. Anda tidak dihubungi."
                    )
                ),
            ),
            (
                *(self._choice(reason) for reason in REASONS),
                Choice("help", help.HELP, help.Help(self)),
            ),
            back=back,
            sensitive=True,
        )

    def _choice(self, reason: Reason) -> Choice:
        told = ReportNotice(self.number, reason)
        to = SuspectNotice(self.number, reason)
        return Choice(f"reason:{reason}", REASONS[reason], to, effects=(told,))

    def _thanks(self, known: Known, back: State) -> Screen:
        if self.reason not in REASONS:
            raise Gone(f"no reason {self.reason!r}")
        in_danger = self.reason in ("forced", "passport")
        lines = (*(help.urgent(known) if in_danger else ()), *help.to_ask(known))
        return Screen(
            t("Terima kasih, laporan Anda sampai"),
            (Caution(NOW), *help.numbers(dict.fromkeys(lines), help.CALL, known)),
            tuple(self._onward()),
            back=back,
            sensitive=True,
        )

    def _onward(self) -> Iterator[Choice]:
        yield Choice("emergency", emergency.IN_DANGER, emergency.Emergency(self))
        if self.reason in ABOUT_MONEY:
            yield Choice("charges", t("Saya diminta bayar"), Charges(self))
        yield Choice("help", help.HELP, help.Help(self))
