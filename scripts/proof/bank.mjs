// A bank of seeds: learning curves of every cell of experiments/ci.yaml under 200 seeds, and of the cells that defects change under
// the same seeds. Made once, by `node scripts/proof/makeBank.mjs`; a line per curve, of whole numbers: how many of the test
// rows were right in each round.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const bankPath = fileURLToPath(new URL('../../results/proof/bank.json', import.meta.url));

/**
 * @typedef {{ strategy: string, oracle: string, curves: number[][] }} BankCell curves: [numSeeds][numRounds]
 * @typedef {{ numTest: number, numLabels: number[], sound: BankCell[], defects: Record<string, BankCell[]> }} Bank
 */

/** @returns {Bank} */
export function readBank() {
  return JSON.parse(readFileSync(bankPath, 'utf8'));
}

/** @param {Bank} bank */
export function renderBank({ sound, defects, ...rest }) {
  const cells = (list) =>
    `[\n${list
      .map(({ curves, ...cell }) => {
        const lines = curves.map((curve) => JSON.stringify(curve)).join(',\n');
        return `${JSON.stringify(cell).slice(0, -1)},"curves":[\n${lines}\n]}`;
      })
      .join(',\n')}\n]`;
  const broken = Object.entries(defects).map(([name, list]) => `${JSON.stringify(name)}:${cells(list)}`);
  return `${JSON.stringify(rest).slice(0, -1)},\n"sound":${cells(sound)},\n"defects":{\n${broken.join(',\n')}\n}}\n`;
}
