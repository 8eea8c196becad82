/** What cells are called in a check's report: in full where they stand alone, and in a table by what tells them apart. */
import { type CellKey, type GroupKey, groupName } from '../../analysis/index.ts';
import type { CheckReport } from '../../verdict/checkReport.ts';

export interface CellNames {
  /** What all cells have in common, as `dataset digits`. */
  readonly shared: readonly string[];
  /** As few parts of a group as tell all groups apart, as `digits, initial pool 20`; empty where there is one group. */
  readonly varying: (key: GroupKey) => string;
  /** As `digits, mlp, initial pool 20`. */
  readonly group: (key: GroupKey) => string;
  /** As `margin on digits, mlp, initial pool 20`. */
  readonly full: (key: CellKey) => string;
}

const axes: readonly { readonly title: string; readonly value: (key: GroupKey) => string }[] = [
  { title: 'dataset ', value: ({ dataset }) => dataset },
  { title: 'model ', value: ({ model }) => model },
  { title: 'oracle ', value: ({ oracle }) => oracle },
  { title: '', value: ({ initialPoolSize }) => `initial pool ${initialPoolSize}` },
  { title: '', value: ({ queryBatchSize }) => `query batch ${queryBatchSize}` },
];

export function cellNames(report: CheckReport): CellNames {
  const { cells, missing, failed, audit, speed = [], identity } = report;
  const partings = identity.outcome === 'different' ? [identity.first] : [];
  const keys = distinctGroups([...cells, ...missing, ...failed, ...audit, ...speed, ...partings]);
  const [first] = keys;
  const isShared = axes.map(({ value }) => new Set(keys.map(value)).size <= 1);
  const telling = tellingAxes(keys);
  const group = (key: GroupKey): string => groupName(key, keys);
  return {
    shared:
      first === undefined
        ? []
        : axes.filter((_, i) => isShared[i]).map(({ title, value }) => title + value(first)),
    varying: (key) => telling.map(({ value }) => value(key)).join(', '),
    group,
    full: (key) => `${key.strategy} on ${group(key)}`,
  };
}

function distinctGroups(keys: readonly GroupKey[]): readonly GroupKey[] {
  return [...new Map(keys.map((key) => [JSON.stringify(axes.map(({ value }) => value(key))), key])).values()];
}

/** The first axes that divide `keys` further than those before them. */
function tellingAxes(keys: readonly GroupKey[]): typeof axes {
  const chosen: (typeof axes)[number][] = [];
  let numGroups = 1;
  for (const axis of axes) {
    const wanted = [...chosen, axis];
    const found = new Set(keys.map((key) => JSON.stringify(wanted.map(({ value }) => value(key)))));
    if (found.size <= numGroups) continue;
    chosen.push(axis);
    numGroups = found.size;
  }
  return chosen;
}
