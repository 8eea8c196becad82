/** `--filter dataset=digits,strategy=margin|random`: which trials a chart is made of. */
import type { CellKey } from '../analysis/index.ts';
import { unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import type { ChartFilter } from '../render/index.ts';

/** Explicit, so that a new property of cells is not forgotten here. */
const properties: Readonly<Record<keyof CellKey, true>> = {
  ...{ dataset: true, model: true, oracle: true, strategy: true },
  ...{ initialPoolSize: true, queryBatchSize: true },
};

/**
 * Values of a property are alternatives; of several properties all must hold. Whether there are trials of a value is for
 * `chartInput` to say. Throws `UserError` "bad-option" or "unknown-name".
 */
export function parseFilter(text: string, option = '--filter'): ChartFilter {
  const filter: Partial<Record<keyof CellKey, readonly string[]>> = {};
  // A comma parts properties only before a name and "=": labels of models may hold commas of their own.
  for (const part of text.split(/,(?=\s*\w+\s*=)/)) {
    const [, name = '', values = ''] = /^\s*(\w+)\s*=(.*)$/s.exec(part) ?? [];
    const alternatives = values.split('|').map((value) => value.trim());
    if (name === '' || alternatives.includes('')) {
      throw new UserError(
        'bad-option',
        `${option} must be property=value, and is "${part.trim()}". Write it as in ${option} "dataset=digits,strategy=margin|random".`,
      );
    }
    if (!isProperty(name)) {
      throw new UserError(
        'unknown-name',
        unknownName(`property of ${option}`, name, Object.keys(properties)),
      );
    }
    filter[name] = [...(filter[name] ?? []), ...alternatives];
  }
  return filter;
}

const isProperty = (name: string): name is keyof CellKey => Object.hasOwn(properties, name);
