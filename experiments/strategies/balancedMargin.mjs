// A strategy of one's own: margin sampling, each class's share of a batch limited. In a spec beside this folder:
//   strategy: { name: ./strategies/balancedMargin.mjs, share: 0.3 }
// The default export is a strategy, or a function that makes one from the options in the spec.

/** @param {{ share?: number }} options of a batch, the most that may be predicted to be of one class */
export default function balancedMargin({ share = 0.2 }) {
  return {
    /**
     * @param {import('querybench').ModuleContext} context
     * @param {number} batchSize
     */
    async select({ poolRows, predictions, stream }, batchSize) {
      const { logProbabilities, numClasses } = await predictions();
      const candidates = Array.from(poolRows, (row, i) => {
        const p = logProbabilities.subarray(i * numClasses, (i + 1) * numClasses);
        const [first, second] = Array.from(p).sort((a, b) => b - a);
        // Randomness comes from the context's stream alone, so that the run can be made again.
        return {
          row,
          predicted: p.indexOf(first),
          margin: Math.exp(first) - Math.exp(second),
          tie: stream.uniform(),
        };
      }).sort((a, b) => a.margin - b.margin || a.tie - b.tie);
      const most = Math.max(1, Math.ceil(share * batchSize));
      const counts = new Map();
      const isWithin = ({ predicted }) => {
        const count = (counts.get(predicted) ?? 0) + 1;
        counts.set(predicted, count);
        return count <= most;
      };
      const within = candidates.filter(isWithin);
      const chosen = new Set(within);
      const rest = candidates.filter((candidate) => !chosen.has(candidate));
      return [...within, ...rest].slice(0, batchSize).map(({ row }) => row);
    },
  };
}
