/** What sentences call a cell, and what maps know it by. */
import { type CellKey, cellKeyOf } from '../analysis/index.ts';

/** `margin (digits, mlp, perfect, initial pool 20, batch 10)`. */
export function cellText({
  dataset,
  model,
  oracle,
  initialPoolSize,
  queryBatchSize,
  strategy,
}: CellKey): string {
  return `${strategy} (${dataset}, ${model}, ${oracle}, initial pool ${initialPoolSize}, batch ${queryBatchSize})`;
}

/** Of the key's members alone, whatever else stands beside them. */
export function cellId(cell: CellKey): string {
  return JSON.stringify(Object.values(cellKeyOf(cell)));
}
