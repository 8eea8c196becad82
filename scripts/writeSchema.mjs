// Writes experiments/querybench.schema.json, by which editors complete and check specs. `npm run schema` builds first.
import { writeFileSync } from 'node:fs';
import { vocabulary } from '../dist/experiment/loadPlan.js';
import { specJsonSchema } from '../dist/experiment/specJsonSchema.js';

const path = new URL('../experiments/querybench.schema.json', import.meta.url);
writeFileSync(path, `${JSON.stringify(specJsonSchema(vocabulary), undefined, 2)}\n`);
