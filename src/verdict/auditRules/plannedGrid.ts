/**
 * Labels, queries and costs add up from round to round, and go as far as the trial's identity says: query batches of
 * the planned size, the last one cut to end at the budget; a budget in cost may end a trial sooner, with the first
 * query that it cuts.
 */
import { roundSizes } from '../../experiment/roundSizes.ts';
import { oracles } from '../../oracles/index.ts';
import type { RoundRecord, StoredTrial, TrialIdentity } from '../../store/record.ts';
import type { Finding } from './finding.ts';

/** Sums of costs are rounded; the loop grants as much. */
const COST_TOLERANCE = 1e-6;

export function plannedGrid(trials: readonly StoredTrial[]): Finding[] {
  return trials.flatMap((trial) => {
    const found = startProblem(trial) ?? sizeProblem(trial) ?? sumProblem(trial);
    return found === undefined ? [] : [{ trial, ...found }];
  });
}

type Problem = Omit<Finding, 'trial'> | undefined;

function startProblem({ header, rounds }: StoredTrial): Problem {
  const { initialPoolSize, oracle } = header.trial.identity;
  const numLabels = rounds[0]?.numLabels ?? 0;
  // An oracle that this version does not know may have abstained.
  const entry = Object.hasOwn(oracles, oracle.name) ? oracles[oracle.name] : undefined;
  const mayBeFewer = entry === undefined || entry.mayAbstain === true;
  if (numLabels === initialPoolSize || (mayBeFewer && numLabels > 0 && numLabels < initialPoolSize))
    return undefined;
  const finding = `Round 0 must train on the initial pool of ${initialPoolSize} rows, and trains on ${numLabels} labels.`;
  return { round: 0, finding };
}

/** Labels and costs of a round are those of the round before and what its query brought. */
function sumProblem({ rounds }: StoredTrial): Problem {
  for (const [i, record] of rounds.entries()) {
    const { round, queriedRows, answers } = record;
    if (answers.length !== queriedRows.length) {
      const finding = `Every row asked for must have an answer or none, and ${queriedRows.length} rows have ${answers.length}.`;
      return { round, finding };
    }
    const before = rounds[i - 1];
    if (before === undefined) continue;
    const numLabels = before.numLabels + before.answers.filter((answer) => answer >= 0).length;
    if (record.numLabels !== numLabels) {
      const finding = `After round ${before.round} there were ${numLabels} labels, and round ${round} trains on ${record.numLabels}.`;
      return { round, finding };
    }
    const cost = (before.totalCost ?? Number.NaN) + before.labelCost;
    if (record.totalCost !== undefined && Math.abs(record.totalCost - cost) > COST_TOLERANCE) {
      const finding = `After round ${before.round} queries had cost ${cost}, and round ${round} counts ${record.totalCost}.`;
      return { round, finding };
    }
  }
  return undefined;
}

function sizeProblem({ header, rounds, footer }: StoredTrial): Problem {
  const { identity } = header.trial;
  const { budget, costBudget = Number.POSITIVE_INFINITY } = identity;
  const sizes = roundSizes(identity);
  let wasCut = false;
  for (const record of rounds) {
    const { round, queriedRows, labelCost, totalCost = 0 } = record;
    const due: number = wasCut ? 0 : dueIn(round, sizes, budget);
    const mayBeFewer = identity.costBudget !== undefined;
    if (queriedRows.length > due || (queriedRows.length < due && !mayBeFewer)) {
      return { round, finding: sizeFinding(record, due, wasCut, identity) };
    }
    if (totalCost + labelCost > costBudget + COST_TOLERANCE) {
      const finding = `Queries must not cost more than ${costBudget}, and have cost ${totalCost + labelCost}.`;
      return { round, finding };
    }
    wasCut ||= queriedRows.length < due;
  }
  const last = rounds.at(-1);
  if (footer?.status !== 'finished' || last === undefined || last.queriedRows.length === 0) return undefined;
  const finding = `A finished trial must end with a round that uses its last answers, and ends with a query of ${last.queriedRows.length} rows.`;
  return { round: last.round, finding };
}

/** Rows to be asked for after `round`. */
function dueIn(round: number, sizes: readonly number[], budget: number): number {
  return (sizes[round + 1] ?? budget) - (sizes[round] ?? budget);
}

function sizeFinding(
  { queriedRows }: RoundRecord,
  due: number,
  wasCut: boolean,
  { queryBatchSize, budget }: TrialIdentity,
): string {
  if (wasCut)
    return `A query that the cost cut short must be the last, and ${queriedRows.length} more rows are asked for.`;
  return `Queries of ${queryBatchSize} up to a budget of ${budget} make ${due} rows here, and ${queriedRows.length} are asked for.`;
}
