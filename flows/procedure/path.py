"""The journey: which stages there are for this plan, how far it is, what comes next."""

from dataclasses import dataclass

from flows import phases
from flows.engine import Known, State
from flows.items import Stage, StagePhase
from flows.library import Library, look_up
from flows.person import Case
from flows.plan import questions
from flows.procedure import eligibility, page
from flows.screen import Choice, Leg, Paper, Paragraph, Path, Screen, Stop, Tick, Ticks
from flows.sources import sources
from flows.text import Text, t


def stages(case: Case, library: Library) -> tuple[Stage, ...]:
    """The stages of a plan in their order; the way by P3MI for whoever has none yet."""
    return tuple(stage for stage in library.stages.values() if stage.needed(case.route))


def next_stage(case: Case, known: Known) -> Stage | None:
    """The first stage that is not done; None at the end of the way."""
    return next((s for s in stages(case, known.library) if s.code not in known.person.stages), None)


def progress(case: Case, known: Known) -> Text:
    all_stages = stages(case, known.library)
    done = sum(stage.code in known.person.stages for stage in all_stages)
    here = next_stage(case, known)
    if here is None:
        return t("Semua {total} langkah sudah Anda lewati.", total=len(all_stages))
    return t(
        "Sudah {done} dari {total} langkah. Sekarang: {stage}.",
        done=done,
        total=len(all_stages),
        stage=here.label,
    )


@dataclass(frozen=True)
class Journey(State, place="procedure"):
    """The whole way in view, with where the person is; an empty case is the common way."""

    case: Case

    def show(self, known: Known) -> Screen:
        here = next_stage(self.case, known)
        now = (self._now(here),) if here else ()
        return Screen(
            title(self.case, known),
            (
                Paragraph(progress(self.case, known)),
                drawn(self.case, known),
                *((Paragraph(here.what), sources((here,), known)) if here else ()),
            ),
            (*now, *self._phases(known), *self._tools()),
            back=self._previous_question(),
            printable=True,
        )

    def paper(self, known: Known) -> Paper:
        """The way on paper: every stage with where to go, and the sources of all."""
        return Paper(
            title(self.case, known),
            (
                Paragraph(progress(self.case, known)),
                drawn(self.case, known),
                *(
                    Ticks(name, tuple(_on_paper(stage, known) for stage in legs))
                    for phase, name in phases.ALL
                    if (legs := of_phase(self.case, phase, known))
                ),
                sources(stages(self.case, known.library), known),
            ),
        )

    def _now(self, here: Stage) -> Choice:
        label = t("Langkah {number}: {stage}", number=here.number, stage=here.label)
        return Choice(f"now:{here.code}", label, page.Page(self.case, here.code))

    def _phases(self, known: Known) -> tuple[Choice, ...]:
        done = known.person.stages
        return tuple(
            Choice(f"phase:{phase}", phases.how_far(name, done, legs), OnePhase(self.case, phase))
            for phase, name in phases.ALL
            if (legs := of_phase(self.case, phase, known))
        )

    def _tools(self) -> tuple[Choice, ...]:
        change = t("Ubah negara atau jalur") if self.case.destination else t("Pilih negara")
        ask = questions.AskDestination(self.case, "procedure", changing=True)
        check = Choice("eligible", t("Apakah saya memenuhi syarat?"),
                       eligibility.Eligibility(self.case))  # fmt: skip
        return check, Choice("change", change, ask)

    def _previous_question(self) -> State:
        if self.case.destination:
            return questions.AskRoute(self.case, "procedure")
        return questions.AskDestination(self.case, "procedure")


def title(case: Case, known: Known) -> Text:
    if not case.destination:
        return t("Langkah kerja resmi ke luar negeri")
    destination = look_up(known.library.destinations, case.destination)
    return t("Langkah resmi ke {destination}", destination=destination.name)


def of_phase(case: Case, phase: StagePhase, known: Known) -> tuple[Stage, ...]:
    return tuple(stage for stage in stages(case, known.library) if stage.phase == phase)


def drawn(case: Case, known: Known) -> Path:
    here = next_stage(case, known)
    return Path(
        tuple(
            Leg(phase, name, tuple(_stop(stage, stage == here, known) for stage in legs))
            for phase, name in phases.ALL
            if (legs := of_phase(case, phase, known))
        )
    )


def _stop(stage: Stage, here: bool, known: Known) -> Stop:
    done = stage.code in known.person.stages
    return Stop(stage.number, stage.label, done, here, f"procedure.stage:{stage.code}")


def _on_paper(stage: Stage, known: Known) -> Tick:
    numbered = t("Langkah {number}: {stage}", number=stage.number, stage=stage.label)
    return Tick(numbered, stage.code in known.person.stages, stage.where, marked="step")


@dataclass(frozen=True)
class OnePhase(State, place="procedure.phase"):
    """The stages of one phase, each opening its page."""

    case: Case
    phase: StagePhase

    def show(self, known: Known) -> Screen:
        legs = of_phase(self.case, self.phase, known)
        return Screen(
            look_up(dict[str, Text](phases.ALL), self.phase),
            (Paragraph(t("Tekan langkah untuk melihat caranya atau menandainya selesai.")),),
            tuple(self._row(leg, known) for leg in legs),
            back=Journey(self.case),
        )

    def _row(self, leg: Stage, known: Known) -> Choice:
        label = t("Langkah {number}: {stage}", number=leg.number, stage=leg.label)
        to, done = page.Page(self.case, leg.code), leg.code in known.person.stages
        return Choice(f"open:{leg.code}", label, to, ready=done, marked="step")
