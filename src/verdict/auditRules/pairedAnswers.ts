/**
 * An oracle's answer depends on the seed, the sample and how often it was asked in vain, and not on who asks: two
 * strategies that ask the same must hear the same.
 */
import { datasetKey } from '../../datasets/index.ts';
import { cohortId } from '../../experiment/planIds.ts';
import { canonicalJson } from '../../foundation/contentHash.ts';
import type { StoredTrial } from '../../store/record.ts';
import type { Finding } from './finding.ts';

interface Heard {
  readonly answer: number;
  readonly strategy: string;
}

/** Of each trial that hears otherwise than one before it, the first such answer. */
export function pairedAnswers(trials: readonly StoredTrial[]): Finding[] {
  const heard = new Map<string, Map<string, Heard>>();
  return trials.flatMap((trial) => {
    const key = oracleKey(trial);
    const known = heard.get(key) ?? new Map<string, Heard>();
    heard.set(key, known);
    const found = contradiction(trial, known);
    return found === undefined ? [] : [found];
  });
}

/** Compares with what is known and adds what is new. */
function contradiction(trial: StoredTrial, known: Map<string, Heard>): Finding | undefined {
  const { strategy } = trial.header.trial.labels;
  const timesInVain = new Map<number, number>();
  let first: { readonly round: number; readonly finding: string } | undefined;
  let numOthers = 0;
  for (const { round, queriedRows, answers } of trial.rounds) {
    queriedRows.forEach((row, i) => {
      const answer = answers[i] ?? -1;
      const times = timesInVain.get(row) ?? 0;
      if (answer < 0) timesInVain.set(row, times + 1);
      const query = `${row} ${times}`;
      const before = known.get(query);
      if (before === undefined) known.set(query, { answer, strategy });
      else if (before.answer !== answer) {
        numOthers++;
        first ??= {
          round,
          finding: `${name(answer)} to ${strategy}, and ${name(before.answer)} to ${before.strategy}: row ${row}${askedBefore(times)}`,
        };
      }
    });
  }
  if (first === undefined) return undefined;
  const more = numOthers === 1 ? '' : `, and ${numOthers - 1} more`;
  const finding = `An oracle must answer alike whoever asks, and says ${first.finding}${more}.`;
  return { trial, round: first.round, finding };
}

/**
 * Trials that meet one oracle. Who was asked in vain for the initial pool is not recorded: where that may have happened, only
 * trials that share the initial pool are compared.
 */
function oracleKey({ header: { trial }, rounds }: StoredTrial): string {
  const { oracle, dataset, seed, initialPoolSize } = trial.identity;
  if (rounds[0]?.numLabels !== initialPoolSize) return cohortId(trial.identity);
  return canonicalJson({ oracle, data: datasetKey(dataset), fingerprint: dataset.fingerprint, seed });
}

function name(answer: number): string {
  return answer < 0 ? 'nothing' : `class ${answer}`;
}

function askedBefore(timesInVain: number): string {
  return timesInVain === 0 ? '' : `, asked in vain ${timesInVain} × before`;
}
