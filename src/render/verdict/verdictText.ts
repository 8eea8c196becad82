/** Outcomes and numbers of a check in words, the same in every format. */
import type { Interval } from '../../analysis/index.ts';
import type { CellOutcome, CellVerdict, SpeedVerdict } from '../../verdict/checkReport.ts';

/** How a finding weighs: `bad` fails the check, `unsure` fails it under `--strict`, the others never do. */
export type Weight = 'bad' | 'unsure' | 'better' | 'same' | 'note';

export const signs: Readonly<Record<Weight, string>> = {
  bad: '✗',
  unsure: '?',
  better: '▲',
  same: '✓',
  note: '·',
};

const weights: Readonly<Record<CellOutcome, Weight>> = {
  regressed: 'bad',
  inconclusive: 'unsure',
  improved: 'better',
  unchanged: 'same',
};

export function weightOf(outcome: CellOutcome): Weight {
  return weights[outcome];
}

/** An exception of the spec's never weighs, whatever became of it. */
export function cellWeight({ outcome, isIgnored }: CellVerdict): Weight {
  return isIgnored ? 'note' : weightOf(outcome);
}

export function outcomeText({ outcome, isIgnored }: CellVerdict): string {
  return isIgnored ? `${outcome} (ignored)` : outcome;
}

export function meansText({ baselineMean, currentMean }: CellVerdict): string {
  return `${fraction(baselineMean)} → ${fraction(currentMean)}`;
}

/** `−0.0211 [−0.0262, −0.0160]` */
export function gainText({ gain: { mean, interval } }: CellVerdict): string {
  return interval === undefined ? signed(mean) : `${signed(mean)} ${bracketed(interval, signed)}`;
}

/** `10`, or `10 of ~24` where so many would decide. */
export function seedsText({ seeds, seedsNeeded }: CellVerdict): string {
  return seedsNeeded === undefined ? String(seeds.length) : `${seeds.length} of ~${seedsNeeded}`;
}

/** `1.31 [1.22, 1.41]` */
export function ratioText({ ratio, interval }: SpeedVerdict): string {
  const digits = (value: number) => value.toFixed(2);
  return interval === undefined ? digits(ratio) : `${digits(ratio)} ${bracketed(interval, digits)}`;
}

export function pText(value: number): string {
  return value < 0.001 ? '<0.001' : value.toFixed(3);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${fraction(Math.abs(value))}`;
}

function fraction(value: number): string {
  return value.toFixed(4);
}

function bracketed({ lower, upper }: Interval, text: (value: number) => string): string {
  return `[${text(lower)}, ${text(upper)}]`;
}
