/** The summary as JSON at full precision, for programs. Its schema is `experiments/summary.schema.json`. */
import type { Analysis, GroupAnalysis, StrategyResult } from '../analysis/index.ts';

/** Raised when a member changes its meaning or goes; new members may come without it. */
const SUMMARY_VERSION = 1;

export interface SummaryJsonOptions {
  readonly name: string;
  readonly warnings: readonly string[];
}

/** Members without a value are left out. */
export function renderSummaryJson(analysis: Analysis, { name, warnings }: SummaryJsonOptions): string {
  const { over, baseline, overall, groups } = analysis;
  const document = {
    ...{ format: 'querybench-summary', version: SUMMARY_VERSION, name, over, baseline, warnings },
    groups: groups.map(groupOf),
    overall: overall && {
      numBlocks: overall.numBlocks,
      ranks: overall.ranked,
      friedman: { statistic: overall.statistic, pValue: overall.pValue },
      criticalDifference: overall.criticalDifference,
      notToldApart: overall.ties.map(([first, last]) =>
        overall.ranked.slice(first, last + 1).map(({ strategy }) => strategy),
      ),
    },
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}

function groupOf({ group, name, conclusions, results }: GroupAnalysis) {
  const { dataset, model, oracle, initialPoolSize, queryBatchSize } = group;
  return {
    ...{ name, dataset, model, oracle, initialPoolSize, queryBatchSize, conclusions },
    strategies: results.map(strategyOf),
  };
}

function strategyOf({ row, comparison, savings, phases }: StrategyResult) {
  const { strategy, isBound, numSeeds, numFinished, numFailed, numUnfinished } = row;
  const { aubc, finalAccuracy, labelsToTarget, seconds } = row;
  return {
    ...{
      strategy,
      isBound,
      numSeeds,
      numFinished,
      numFailed,
      numUnfinished,
      aubc,
      finalAccuracy,
      phases,
      seconds,
    },
    toTarget: labelsToTarget.map(({ target, median, numReached }) => ({
      ...{ target, numReached },
      ...(median.reached ? { median: median.spent } : { moreThan: median.budget }),
    })),
    ...(savings?.savings !== undefined && { saved: savings.savings }),
    comparison: comparison && {
      ...{ baseline: comparison.baseline, numSeeds: comparison.numSeeds, verdict: comparison.verdict },
      ...{ differences: comparison.differences, mean: comparison.difference.mean },
      ...{ interval: comparison.bootstrapInterval, detectable: comparison.detectable },
      pValue: comparison.tTest?.pValue,
      ...(comparison.tTest && { adjustedPValue: comparison.adjustedTPValue }),
      wilcoxonPValue: comparison.wilcoxon.pValue,
      adjustedWilcoxonPValue: comparison.adjustedWilcoxonPValue,
      ...{ wins: comparison.wins, ties: comparison.ties, losses: comparison.losses },
    },
  };
}
