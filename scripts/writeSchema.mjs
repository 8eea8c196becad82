// Writes experiments/querybench.schema.json, by which editors complete and check specs, and experiments/compare.schema.json, which
// says what `querybench compare --format json` writes. `npm run schema` builds first.
import { writeFileSync } from 'node:fs';
import { vocabulary } from '../dist/experiment/loadPlan.js';
import { specJsonSchema } from '../dist/experiment/specJsonSchema.js';
import { comparisonJsonSchema } from '../dist/render/comparison/comparisonSchema.js';

const schemas = { querybench: specJsonSchema(vocabulary), compare: comparisonJsonSchema() };
for (const [name, schema] of Object.entries(schemas)) {
  const path = new URL(`../experiments/${name}.schema.json`, import.meta.url);
  writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);
}
