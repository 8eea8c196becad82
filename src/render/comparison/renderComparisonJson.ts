/** A comparison as JSON at full precision, for programs. Its schema is `experiments/compare.schema.json`. */
import type { ModelComparison } from '../../verdict/compare/modelComparison.ts';
import type { ComparisonDocument } from './comparisonSchema.ts';

/** Here, so that nothing loads zod to write JSON; the type holds it to the schema's. */
const VERSION: ComparisonDocument['version'] = 1;

/** Members without a value are left out. */
export function renderComparisonJson(comparison: ModelComparison): string {
  const { kind, subject, metric, old, gain, interval, pairing, classes, seeds, warnings } = comparison;
  const { action, minDelta, isConfident, isCertain } = comparison;
  const document: ComparisonDocument = {
    ...{ format: 'querybench-comparison', version: VERSION, kind, subject },
    metric: { ...metric, name: metric.name as ComparisonDocument['metric']['name'] },
    ...{ old, new: comparison.new, gain, pairing, action, minDelta, isConfident, isCertain },
    ...(interval && { interval }),
    ...(classes && { classes: [...classes] }),
    ...(seeds && { seeds: [...seeds] }),
    warnings: [...warnings],
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
}
