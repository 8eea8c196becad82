/** Results compared as they are: nothing runs. */
import { UserError } from '../../foundation/userError.ts';
import type { Experiment } from '../../store/experimentFile.ts';
import { readStore } from '../../store/readStore.ts';
import type { StoredTrial } from '../../store/record.ts';
import { fileSide } from './baselineSide.ts';
import type { Checked } from './checked.ts';
import { type CheckRequest, rulesFor } from './checkRequest.ts';
import { compareWithBaseline } from './compareWithBaseline.ts';

const NUM_NAMED = 5;

/** Throws `UserError`, `unfinished-results` among them. */
export async function checkResults(request: CheckRequest, note: (line: string) => void): Promise<Checked> {
  const { target, compareWith, isUpdate, allowsMissing } = request;
  if (compareWith.kind !== 'file') throw new Error('Results are compared with a file');
  const { experiment, trials, warnings } = readStore(target.path);
  const side = fileSide(compareWith.path, isUpdate);
  for (const warning of warnings) note(`warning: ${warning}`);
  const left = unfinished(experiment, trials);
  if (left.length > 0) {
    const message = unfinishedText(experiment, { left, directory: target.path });
    if (!allowsMissing) {
      throw new UserError('unfinished-results', `${message}\nOr compare what is there: --allow-missing.`);
    }
    note(`warning: ${message}`);
  }
  const before = await side.load([]);
  const found = { name: experiment.name, rules: rulesFor(experiment, request), trials };
  if (before === undefined) return found;
  const report = compareWithBaseline(trials, {
    before,
    rules: found.rules,
    baselineName: side.name,
    request,
  });
  return { ...found, before, report };
}

type Planned = Experiment['trials'][number];

/** Trials that failed have ended, and are reported as failed. */
function unfinished({ trials: planned }: Experiment, trials: readonly StoredTrial[]): readonly Planned[] {
  const ended = new Set(trials.filter(({ footer }) => footer).map(({ header }) => header.trial.id));
  return planned.filter(({ id }) => !ended.has(id));
}

function unfinishedText(
  { trials, command }: Experiment,
  { left, directory }: { readonly left: readonly Planned[]; readonly directory: string },
): string {
  const names = left.slice(0, NUM_NAMED).map(({ labels, extent }) => {
    const extentText = extent ? `, initial pool ${extent.initialPoolSize}, seed ${extent.seed}` : '';
    return `${labels.strategy} on ${labels.dataset}, ${labels.model}${extentText}`;
  });
  const more = left.length > NUM_NAMED ? `; and ${left.length - NUM_NAMED} more` : '';
  const how = command ?? `npx querybench run <its spec> --out ${directory}`;
  return (
    `Results must be whole to be compared, and ${left.length} of ${trials.length} trials in ${directory} have not finished: ` +
    `${names.join('; ')}${more}. Finish them with:\n  ${how}`
  );
}
