/** The columns by which every CSV of cells says which cell a row is about. */
import type { CellKey } from '../analysis/index.ts';
import type { CsvField } from './csvText.ts';

export const groupColumns = ['dataset', 'model', 'oracle', 'initial_pool_size', 'query_batch_size'] as const;
export const cellColumns = [...groupColumns, 'strategy'] as const;

/** In the order of `cellColumns`. */
export function cellFields(cell: CellKey): CsvField[] {
  const { dataset, model, oracle, initialPoolSize, queryBatchSize, strategy } = cell;
  return [dataset, model, oracle, initialPoolSize, queryBatchSize, strategy];
}
