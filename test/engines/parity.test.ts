import { engineRows } from './engineRows.ts';
import { describeParity } from './parityCases.ts';

for (const row of engineRows) describeParity(row);
