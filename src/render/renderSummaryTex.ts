/** The summary as LaTeX: one table per group in booktabs' style, the best bold, what differs significantly marked. */
import { type Analysis, type GroupAnalysis, type StrategyResult, spendings } from '../analysis/index.ts';
import { medianText } from './summaryTable.ts';

/** To be \input; needs `\usepackage{booktabs}`. */
export function renderSummaryTex({ groups, over, baseline }: Analysis): string {
  const tables = groups.map((group) => table(group, { noun: spendings[over].noun, baseline }));
  return `% Made by querybench. Needs \\usepackage{booktabs}.\n${tables.join('\n')}`;
}

interface Words {
  readonly noun: string;
  readonly baseline: string;
}

function table({ name, results }: GroupAnalysis, { noun, baseline }: Words): string {
  const ranked = results.filter(({ row }) => !row.isBound);
  const bounds = results.filter(({ row }) => row.isBound);
  const target = results.flatMap(({ row }) => row.labelsToTarget[0]?.target ?? [])[0];
  const best = {
    aubc: Math.max(...ranked.map(({ row }) => row.aubc?.mean ?? Number.NEGATIVE_INFINITY)),
    final: Math.max(...ranked.map(({ row }) => row.finalAccuracy?.mean ?? Number.NEGATIVE_INFINITY)),
  };
  const body = [
    ...ranked.map((result) => line(result, best)),
    ...(bounds.length > 0 ? ['\\midrule', ...bounds.map((result) => line(result, best))] : []),
  ];
  const toTarget = target === undefined ? '' : `; ${noun} to an accuracy of ${Number(target.toFixed(4))}`;
  return `\\begin{table}
\\centering
\\caption{${escapeTex(name)}. AUBC over ${noun} with half of Student's 95\\,\\% interval; $\\Delta$: AUBC less that of ${escapeTex(baseline)}, paired by seed, with its bootstrap interval${toTarget}. $\\uparrow$, $\\downarrow$: better, worse than ${escapeTex(baseline)} at 5\\,\\% (paired $t$-test, Holm).}
\\begin{tabular}{lrrrrrr}
\\toprule
strategy & seeds & final accuracy & AUBC & $\\Delta$ AUBC [95\\,\\%] & $p$ & ${noun} \\\\
\\midrule
${body.join('\n')}
\\bottomrule
\\end{tabular}
\\end{table}
`;
}

function line(
  { row, comparison }: StrategyResult,
  best: { readonly aubc: number; readonly final: number },
): string {
  const { aubc, finalAccuracy, labelsToTarget } = row;
  const [target] = labelsToTarget;
  const half = aubc?.interval && ` $\\pm$ ${((aubc.interval.upper - aubc.interval.lower) / 2).toFixed(4)}`;
  const cells = [
    escapeTex(row.strategy) + (row.isBound ? ' (bound)' : ''),
    String(row.numSeeds),
    number(finalAccuracy?.mean, !row.isBound && finalAccuracy?.mean === best.final),
    number(aubc?.mean, !row.isBound && aubc?.mean === best.aubc) + (half ?? ''),
    difference(comparison),
    comparison?.tTest === undefined ? '--' : probability(comparison.adjustedTPValue),
    target === undefined ? '--' : medianText(target).replace('>', '$>$'),
  ];
  return `${cells.join(' & ')} \\\\`;
}

const marks = { better: '$^{\\uparrow}$', worse: '$^{\\downarrow}$', undecided: '' } as const;

function difference(comparison: StrategyResult['comparison']): string {
  if (comparison === undefined) return '--';
  const { difference: estimate, bootstrapInterval: interval, verdict } = comparison;
  const range = interval ? ` $[${signed(interval.lower)}, ${signed(interval.upper)}]$` : '';
  return `$${signed(estimate.mean)}$${marks[verdict]}${range}`;
}

function number(value: number | undefined, isBest: boolean): string {
  if (value === undefined) return '--';
  return isBest ? `\\textbf{${value.toFixed(4)}}` : value.toFixed(4);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}

function probability(value: number): string {
  return value < 0.001 ? '$<$0.001' : value.toFixed(3);
}

const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text in which nothing is a command. */
function escapeTex(text: string): string {
  return text.replaceAll(/[\\~^&%$#_{}]/g, (character) => special[character] ?? `\\${character}`);
}
