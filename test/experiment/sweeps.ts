/** Small real sweeps on digits, and their records without what may differ from run to run. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStore } from '../../src/store/readStore.ts';
import type { StoredTrial } from '../../src/store/record.ts';

/** Three epochs a round: enough for weights that are neither initial nor converged. */
const quickTraining = { stop: { rule: 'epochs', epochs: 3 } };

/** Writes a spec, JSON being YAML, to `<folder>/<name>.yaml`; returns the file's name. */
export function writeSpec(
  folder: string,
  spec: Readonly<Record<string, unknown>> & { readonly name: string },
): string {
  const file = `${spec.name}.yaml`;
  const whole = {
    dataset: 'digits',
    model: 'mlp',
    strategy: 'random',
    seed: 0,
    training: quickTraining,
    ...spec,
  };
  writeFileSync(join(folder, file), JSON.stringify(whole, undefined, 2));
  return file;
}

/**
 * Per trial file its lines. Every member stands in the order and with the digits written, but for those that say when and
 * where: seconds, environment, and the checksum, which covers them.
 */
export function comparableRecords(directory: string): Readonly<Record<string, readonly string[]>> {
  const folder = join(directory, 'trials');
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return Object.fromEntries(
    files.sort().map((name) => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      return [name, lines.map((line) => (line === '' ? '' : withoutCircumstances(line)))];
    }),
  );
}

function withoutCircumstances(line: string): string {
  const { seconds, environment, checksum, ...rest } = JSON.parse(line);
  return JSON.stringify(rest);
}

/** All finished trials of an experiment. */
export function finishedTrials(directory: string): readonly StoredTrial[] {
  return readStore(directory).trials.filter(({ footer }) => footer?.status === 'finished');
}

/** In groups by what `keyOf` says. */
export function groupTrials(
  trials: readonly StoredTrial[],
  keyOf: (trial: StoredTrial) => string,
): ReadonlyMap<string, readonly StoredTrial[]> {
  const groups = new Map<string, StoredTrial[]>();
  for (const trial of trials) {
    const key = keyOf(trial);
    const group = groups.get(key) ?? [];
    group.push(trial);
    groups.set(key, group);
  }
  return groups;
}
