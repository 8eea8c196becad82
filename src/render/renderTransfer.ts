/** Transfer matrices as a table to read and as CSV: a row per strategy, model trained and model that asked. */
import { markdownTable } from 'markdown-table';
import { type Comparison, groupName, type TransferCell, type TransferMatrix } from '../analysis/index.ts';
import { signed } from './charts/chartText.ts';
import { csvText } from './csvText.ts';

const csvColumns = [
  ...['dataset', 'oracle', 'initial_pool_size', 'query_batch_size', 'strategy', 'model', 'query_model'],
  ...['num_seeds', 'difference', 'lower', 'upper', 'adjusted_p', 'verdict'],
  ...['own_difference', 'own_lower', 'own_upper', 'own_p'],
];

/** `difference` is to the baseline on the same model, `own_difference` to what the model asked for itself; at full precision. */
export function renderTransferCsv(matrices: readonly TransferMatrix[]): string {
  const rows = matrices.flatMap((matrix) =>
    matrix.cells.map(({ model, queryModel, againstBaseline, againstOwn }) => [
      ...[matrix.dataset, matrix.oracle, matrix.initialPoolSize, matrix.queryBatchSize, matrix.strategy],
      ...[model, queryModel, againstBaseline.numSeeds, ...numbersOf(againstBaseline)],
      ...[againstBaseline.adjustedTPValue, againstBaseline.verdict],
      ...(againstOwn ? [...numbersOf(againstOwn), againstOwn.tTest?.pValue ?? ''] : ['', '', '', '']),
    ]),
  );
  return csvText(csvColumns, rows);
}

function numbersOf({ difference, bootstrapInterval }: Comparison): (number | string)[] {
  return [difference.mean, bootstrapInterval?.lower ?? '', bootstrapInterval?.upper ?? ''];
}

/** A table per setting, and what its columns mean; ends with a line feed. Empty where there are no matrices. */
export function renderTransferMarkdown(matrices: readonly TransferMatrix[]): string {
  if (matrices.length === 0) return '';
  const settings = matrices.map((matrix) => ({ ...matrix, model: '' }));
  const names = settings.map((setting) => groupName(setting, settings, ['model']));
  const tables = [...new Set(names)].flatMap((name) => {
    const ofSetting = matrices.filter((_, i) => names[i] === name);
    return [`### ${name}`, table(ofSetting)];
  });
  return `${['## Labels that another model asked for', ...tables, notes(matrices[0]?.baseline ?? '')].join('\n\n')}\n`;
}

function table(matrices: readonly TransferMatrix[]): string {
  const baseline = matrices[0]?.baseline ?? '';
  const header = [
    'strategy',
    'trained',
    'asked by',
    `AUBC − ${baseline} [95 %]`,
    'verdict',
    'AUBC − own [95 %]',
    'seeds',
  ];
  const rows = matrices.flatMap(({ strategy, cells }) =>
    cells.map((cell) => [strategy, cell.model, cell.queryModel, ...textsOf(cell)].map(escapeCell)),
  );
  return markdownTable([header, ...rows], { align: ['l', 'l', 'l', 'r', 'l', 'r', 'r'] });
}

function textsOf({ model, queryModel, againstBaseline, againstOwn }: TransferCell): string[] {
  const own = againstOwn ? differenceText(againstOwn) : model === queryModel ? 'own' : '–';
  return [differenceText(againstBaseline), againstBaseline.verdict, own, String(againstBaseline.numSeeds)];
}

function differenceText({ difference, bootstrapInterval }: Comparison): string {
  const interval = bootstrapInterval
    ? ` [${signed(bootstrapInterval.lower)}, ${signed(bootstrapInterval.upper)}]`
    : '';
  return `${signed(difference.mean)}${interval}`;
}

function notes(baseline: string): string {
  return [
    `- AUBC − ${baseline}: on the same model, paired by seed, with a bootstrap interval (BCa); the verdict is that of the paired t-test, by Holm’s rule over ` +
      'all strategies and query models of the model.',
    '- AUBC − own: against the labels that the model asked for itself by the same strategy; not corrected for their number.',
  ].join('\n');
}

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');
