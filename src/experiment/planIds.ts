/** Trial and cohort ids: hashes of everything that decides a result, and of nothing else. */
import { contentHash } from '../foundation/contentHash.ts';
import type { TrialIdentity } from '../store/record.ts';
import { decisiveConfig } from '../strategies/strategyConfig.ts';

/** 16 hexadecimal digits. */
export function trialId(identity: TrialIdentity): string {
  return shortHash(decisiveIdentity(identity));
}

/** What of `identity` decides a result: no paths, and no file's name. */
export function decisiveIdentity(identity: Partial<TrialIdentity>): Readonly<Record<string, unknown>> {
  const { dataset, strategy, ...rest } = identity;
  return {
    ...rest,
    ...(dataset && { dataset: withoutPath(dataset) }),
    ...(strategy && { strategy: decisiveConfig(strategy) }),
  };
}

/** Equal for trials that differ in nothing but the strategy (a query model is none). 16 hexadecimal digits. */
export function cohortId({ strategy, ...shared }: TrialIdentity): string {
  return shortHash({ ...shared, dataset: withoutPath(shared.dataset) });
}

/** Files decide by their content, whatever they are called and wherever they lie. */
export function withoutPath({ name, source, ...dataset }: TrialIdentity['dataset']): object {
  const { masks, ...split } = dataset.split;
  const own = source === undefined ? { name } : {};
  return { ...own, ...dataset, split: { ...split, masks: masks?.sha256 } };
}

function shortHash(value: unknown): string {
  return contentHash(value).toString('hex').slice(0, 16);
}
