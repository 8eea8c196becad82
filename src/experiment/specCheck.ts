/** The `check` part of a spec: by what rules `querybench check` judges its results, and what must hold of them. */
import { z } from 'zod';
import { metricNames } from '../store/record.ts';
import {
  type CheckRules,
  defaultCheckRules,
  defaultSpeedFactor,
  type Invariant,
  type StrategyException,
} from './checkRules.ts';
import { parseInvariant, unknownStrategy } from './parseInvariant.ts';
import { count, label, queriedLabel, withRules } from './specAxes.ts';
import { show } from './specProblems.ts';

const margin = z.number().min(0);

const exception = withRules(
  z.strictObject({
    strategy: label.describe('Its label.'),
    margin: margin.optional().describe('A margin of its own.'),
    ignore: z.boolean().optional().describe('Judged and shown, and without influence on the outcome.'),
  }),
  (entry, addProblem) => {
    if (entry.margin === undefined && entry.ignore === undefined) {
      addProblem('must have a "margin" or "ignore: true"; met neither');
    }
  },
);

/** What a spec may say of checks; `checkRules` turns it into `CheckRules`. */
export const checkPart = z.strictObject({
  metric: z
    .enum(metricNames)
    .optional()
    .describe('The metric whose learning curves are compared. Default: accuracy.'),
  margin: margin
    .optional()
    .describe('A change of the mean area under the curve up to this is none. Default: 0.01.'),
  alpha: z
    .number()
    .positive()
    .max(0.5)
    .optional()
    .describe('The chance that one check calls any cell changed where none did. Default: 0.05.'),
  exceptions: z.array(exception).optional().describe('Strategies that are judged by other rules.'),
  invariants: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'What must hold in every group of results: "margin > random by 0.01", "bald >= entropy", "random within [0.83, 0.86]".',
    ),
  speed: z
    .union([
      z.boolean(),
      z.strictObject({
        factor: z.number().min(1).optional().describe('Slower than this is worse. Default: 1.25.'),
      }),
    ])
    .optional()
    .describe('Whether times are judged too, as multiples of a calibration run. Default: false.'),
  mostSeeds: count.optional().describe('Seeds per cell that --adaptive may go to. Default: 50.'),
});

export type CheckPart = z.output<typeof checkPart>;

/**
 * What results may call the strategies of a spec, given its `strategy` and `queryModel` as they are checked: those
 * that a query model asks for have its label too. Undefined where these are wrong themselves.
 */
export function strategyLabels(strategies: unknown, queryModels: unknown = []): string[] | undefined {
  const own = labelsOf(strategies, ['label']);
  const queriers = labelsOf(queryModels, ['label', 'preset']);
  if (own === undefined || queriers === undefined || own.length === 0) return undefined;
  return [...own, ...own.flatMap((name) => queriers.map((querier) => queriedLabel(name, querier)))];
}

function labelsOf(choices: unknown, keys: readonly string[]): string[] | undefined {
  if (!Array.isArray(choices)) return undefined;
  const labels = choices.map((choice: Readonly<Record<string, unknown>> | null) =>
    keys.map((key) => choice?.[key]).find((value) => typeof value === 'string'),
  );
  return labels.every((each): each is string => typeof each === 'string') ? labels : undefined;
}

/** The rules that `part` stands for, given the labels of the spec's strategies. What it cannot read is left out. */
export function checkRules(part: CheckPart, labels: readonly string[]): CheckRules {
  const { exceptions = [], invariants = [], speed = false, ...rest } = part;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const factor = typeof speed === 'object' ? speed.factor : undefined;
  return {
    ...defaultCheckRules,
    ...given,
    exceptions: exceptions.map(({ strategy, ...rule }) => ({ strategy, ...rule }) as StrategyException),
    invariants: invariants.flatMap((text): Invariant[] => {
      const parsed = parseInvariant(text, labels);
      return 'invariant' in parsed ? [parsed.invariant] : [];
    }),
    ...(speed !== false && { speed: { factor: factor ?? defaultSpeedFactor } }),
  };
}

/** What only the strategies' labels show to be wrong. `part` and `labels` may be wrong themselves, and are then passed over. */
export function checkProblems(
  part: unknown,
  labels: readonly string[],
): readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] {
  const { exceptions, invariants } = (part ?? {}) as { exceptions?: unknown; invariants?: unknown };
  const excepted = (Array.isArray(exceptions) ? exceptions : []).map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'strategy' in entry ? entry.strategy : undefined,
  );
  const ofExceptions = excepted.flatMap((strategy, i) => {
    if (typeof strategy !== 'string') return [];
    const path = ['exceptions', i, 'strategy'];
    if (!labels.includes(strategy)) return [{ path, message: unknownStrategy(strategy, labels) }];
    return excepted.indexOf(strategy) < i
      ? [{ path, message: `must not repeat; met ${show(strategy)} again; leave one out` }]
      : [];
  });
  const ofInvariants = (Array.isArray(invariants) ? invariants : []).flatMap((text: unknown, i) => {
    const parsed = typeof text === 'string' ? parseInvariant(text, labels) : undefined;
    return parsed !== undefined && 'problem' in parsed
      ? [{ path: ['invariants', i], message: parsed.problem }]
      : [];
  });
  return [...ofExceptions, ...ofInvariants];
}
