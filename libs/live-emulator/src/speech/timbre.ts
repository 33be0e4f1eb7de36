import type { VoiceName } from '@studio/contracts';

/** What makes one voice sound unlike another. */
export interface Timbre {
  /** Mean pitch in hertz. */
  readonly pitch: number;
  /** Formant frequencies relative to a man's: a shorter vocal tract has higher ones. */
  readonly formantScale: number;
  /** Breath in the voice, 0 to 1. */
  readonly breath: number;
  /** Speed relative to the usual. */
  readonly rate: number;
}

const timbre = (pitch: number, formantScale: number, breath = 0.1, rate = 1): Timbre => ({
  pitch,
  formantScale,
  breath,
  rate,
});

/** After the published characters of the voices: bright ones are higher, breathy ones breathe, lively ones hurry. */
const TIMBRES: Record<VoiceName, Timbre> = {
  Zephyr: timbre(208, 1.17, 0.1, 1.03),
  Puck: timbre(132, 1.03, 0.1, 1.04),
  Charon: timbre(102, 0.98),
  Kore: timbre(196, 1.14),
  Fenrir: timbre(124, 1, 0.1, 1.06),
  Leda: timbre(222, 1.19),
  Orus: timbre(108, 0.99),
  Aoede: timbre(201, 1.15, 0.2),
  Callirrhoe: timbre(190, 1.14, 0.15, 0.97),
  Autonoe: timbre(205, 1.16),
  Enceladus: timbre(112, 0.99, 0.4, 0.95),
  Iapetus: timbre(118, 1.01, 0.05),
  Umbriel: timbre(110, 1, 0.15, 0.96),
  Algieba: timbre(114, 0.99, 0.15),
  Despina: timbre(193, 1.13, 0.15),
  Erinome: timbre(199, 1.14, 0.05),
  Algenib: timbre(92, 0.96, 0.3, 0.97),
  Rasalgethi: timbre(120, 1.01),
  Laomedeia: timbre(212, 1.16, 0.1, 1.04),
  Achernar: timbre(204, 1.15, 0.35, 0.96),
  Alnilam: timbre(106, 0.98),
  Schedar: timbre(115, 1, 0.05),
  Gacrux: timbre(172, 1.1),
  Pulcherrima: timbre(194, 1.13, 0.05, 1.03),
  Achird: timbre(128, 1.02, 0.1, 1.02),
  Zubenelgenubi: timbre(122, 1.01, 0.15),
  Vindemiatrix: timbre(184, 1.12, 0.25, 0.95),
  Sadachbia: timbre(136, 1.03, 0.1, 1.06),
  Sadaltager: timbre(117, 1),
  Sulafat: timbre(188, 1.13, 0.15),
};

export function timbreOf(voice: VoiceName): Timbre {
  return TIMBRES[voice];
}
