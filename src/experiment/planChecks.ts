/** What a plan refuses before anything is run. */
import { canonicalJson } from '../foundation/contentHash.ts';
import { UserError } from '../foundation/userError.ts';
import type { ExperimentSpec } from './spec.ts';

/**
 * Throws `UserError("duplicate-entry")` where an axis says one thing twice, `ambiguous-label` where two
 * things by one name.
 */
export function checkAxis(
  axis: string,
  entries: readonly { readonly label: string; readonly config: unknown }[],
): void {
  const labelByConfig = new Map<string, string>();
  const labels = new Set<string>();
  for (const { label, config } of entries) {
    const key = canonicalJson(config);
    const twin = labelByConfig.get(key);
    if (twin !== undefined) {
      const met = twin === label ? `"${label}" twice` : `"${twin}" and "${label}", which come to the same`;
      throw new UserError(
        'duplicate-entry',
        `The entries of "${axis}" must differ, and it has ${met}. Leave one out.`,
      );
    }
    if (labels.has(label)) {
      throw new UserError(
        'ambiguous-label',
        `Different entries of "${axis}" need different labels, and two are called "${label}". Give one of them a "label".`,
      );
    }
    labelByConfig.set(key, label);
    labels.add(label);
  }
}

/** Throws `UserError("bad-scoring")` where strategies would see fewer rows than they are to pick. */
export function checkScoring({ scoring, queryBatchSize }: ExperimentSpec): void {
  const largest = Math.max(...queryBatchSize);
  if (scoring === undefined || scoring.poolSubset >= largest) return;
  throw new UserError(
    'bad-scoring',
    `Scoring must see at least a query batch: "poolSubset" is ${scoring.poolSubset}, and a query takes ${largest} rows. ` +
      'Raise "poolSubset", or lower "queryBatchSize".',
  );
}
