// Mistakes that real harnesses have made, as changes to the built program: each must turn `querybench check` red.
//
// A defect names the module, the text in it that must occur exactly once, what stands there instead, and the cells whose
// records it can change; the others' are taken over from the sound run. REFERENCES of such mistakes in published code:
// libact#200 (shared random streams), badge#5 and scikit-activeml#586 (duplicates), google's margin_AL (ties in row order),
// CDALBench at 88dda957 (warm start passed off as cold).

/** @typedef {{ strategy: string, oracle: string }} CellLabels */

/**
 * @typedef {object} Defect
 * @property {string} name
 * @property {string} what
 * @property {string} module below `dist`
 * @property {string} find
 * @property {string} replace
 * @property {(cell: CellLabels) => boolean} affects
 */

const everything = () => true;
const only =
  (...strategies) =>
  ({ strategy }) =>
    strategies.includes(strategy);

/** @type {readonly Defect[]} */
export const defects = [
  {
    name: 'entropy-sign',
    what: "entropy's sign flipped: the most certain samples are queried",
    module: 'strategies/uncertainty/index.js',
    find: 'entropyScores(await context.predictions(), context.compute)',
    replace: '(await entropyScores(await context.predictions(), context.compute)).map((score) => -score)',
    affects: only('entropy'),
  },
  {
    name: 'margin-second-third',
    what: 'margin between the second and the third class',
    module: 'strategies/measures.js',
    find: 'measure((summary) => restOf(summary) + expOfLog(summary.logSecond))',
    replace: `measure(({ others }) => {
      const [second, third] = Array.from(others).slice(1).sort((a, b) => a - b);
      return expOfLog(-third) - expOfLog(-second);
    })`,
    affects: only('margin'),
  },
  {
    name: 'ties-by-row-order',
    what: 'ties broken by row order',
    module: 'strategies/rowHash.js',
    find: 'const high = mix(mix(row ^ key[0]) ^ key[1]);',
    replace: 'return row / 0x1_0000_0000;\n    const high = mix(mix(row ^ key[0]) ^ key[1]);',
    affects: everything,
  },
  {
    name: 'shared-stream',
    what: "training draws from the strategy's random stream",
    module: 'experiment/trialStreams.js',
    find: 'export function trainingStreams({ model, seed }, round, member = 0) {',
    replace: `export function trainingStreams(identity, round, member = 0) {
    const { model, seed } = identity;
    if (round > 0) {
        const shared = strategyStream(identity, round);
        return { weights: shared, minibatches: shared, dropout: shared };
    }`,
    affects: everything,
  },
  {
    name: 'warm-as-cold',
    what: 'a warm start passed off as a cold one',
    module: 'experiment/trialLoop.js',
    find: '...(isWarm && previous && { startFrom: previous }),',
    replace: '...(previous && { startFrom: previous }),',
    affects: everything,
  },
  {
    name: 'badge-duplicates',
    what: 'BADGE picks duplicates',
    module: 'strategies/diversity/squaredDistanceSampling.js',
    find: 'if (!isChosen[point] && uniform(stream) * bound < distance) {',
    replace: 'if (uniform(stream) < 0.5) {',
    affects: only('badge'),
  },
  {
    name: 'label-leak',
    what: "the pool's labels leak into what strategies see: predictions are sure where they are right",
    module: 'experiment/fitRound.js',
    find: 'poolPredictions: once(() => timed(clock, () => predictBySamples(networks, poolRows, numClasses))),',
    replace: `poolPredictions: once(() => timed(clock, async () => {
            const prediction = await predictBySamples(networks, poolRows, numClasses);
            const { logProbabilities } = prediction;
            truth(poolRows).forEach((label, i) => {
                const row = logProbabilities.subarray(i * numClasses, (i + 1) * numClasses);
                if (row[label] === Math.max(...row)) row.fill(-20).fill(-1e-8, label, label + 1);
            });
            return prediction;
        })),`,
    affects: only('margin', 'entropy', 'badge'),
  },
  {
    name: 'off-by-one',
    what: 'one sample too many per query',
    module: 'experiment/askOracle.js',
    find: 'return Math.min(queryBatchSize, budget - numQueries);',
    replace: 'return Math.min(queryBatchSize + 1, budget - numQueries);',
    affects: everything,
  },
  {
    name: 'noise-by-strategy',
    what: 'a noisy oracle draws from one stream in the order of queries, so that its errors depend on the strategy',
    module: 'oracles/answers.js',
    find: 'export function oracleStream(seed, sample, timesAsked = 0) {',
    replace: `const shared = new Map();
export function oracleStream(seed) {
    if (!shared.has(seed)) shared.set(seed, deriveStream('oracle', { seed }));
    return shared.get(seed);
}
function soundOracleStream(seed, sample, timesAsked = 0) {`,
    affects: ({ oracle }) => oracle.startsWith('noisy'),
  },
];
