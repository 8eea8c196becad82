/** A chart per group: its title says which group it is of, and its name is made of that. */
import { type Group, groupName } from '../../analysis/index.ts';
import { slugs } from '../slugs.ts';
import type { ChartInput, NamedChart } from './chart.ts';

/** `build` returns undefined where a group has nothing to show. */
export function perGroup(
  { groups }: ChartInput,
  build: (group: Group, names: Pick<NamedChart, 'name' | 'title'>) => NamedChart | undefined,
): NamedChart[] {
  const titles = groups.map((group) => groupName(group, groups));
  const names = slugs(titles);
  return groups.flatMap(
    (group, i) => build(group, { name: names[i] as string, title: titles[i] as string }) ?? [],
  );
}
