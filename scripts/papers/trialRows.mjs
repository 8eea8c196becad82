// Which rows a planned trial starts from: those of its split and its initial pool, without training anything.
import { drawInitialPool, loadConfigured, readIndexMasks, splitDataset } from '../../dist/datasets/index.js';

/**
 * Data sets are loaded once.
 * @returns a function from a trial's identity to its rows: initial, pool (without the initial rows), validation, test
 */
export function rowsOfTrials() {
  const loaded = new Map();
  return async ({ dataset: config, seed, initialPoolSize: size }) => {
    const key = JSON.stringify(config);
    if (!loaded.has(key)) loaded.set(key, await load(config));
    const { info, labels, masks } = loaded.get(key);
    const split = splitDataset({ info, labels, config: config.split, seed, ...(masks && { masks }) });
    const { numClasses } = info;
    const method = config.initialPool;
    const initial = drawInitialPool({ split, labels, numClasses, method, size, info, seed });
    const isInitial = new Set(initial);
    return {
      initial: [...initial],
      pool: [...split.pool].filter((row) => !isInitial.has(row)),
      validation: [...split.validation],
      test: [...split.test],
    };
  };
}

async function load(config) {
  const { info, labels } = await loadConfigured(config);
  const { masks } = config.split;
  return { info, labels, ...(masks && { masks: await readIndexMasks(masks.path, info) }) };
}
