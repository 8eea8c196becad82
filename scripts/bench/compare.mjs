// Two sides turn by turn in one run: what disturbs the machine disturbs both.
import { startSide } from './side.mjs';
import { median, pairedRatio } from './statistics.mjs';

/**
 * The rate (samples per second) of `ours` over that of `rival`, pair by pair, as a row of the bench's table. A rival that
 * is not installed gives a row that says so.
 */
export async function compare({ what, ours, rival, goal, detail, unit = 'samples/s' }, repetitions) {
  const row = { what, against: rival.name, goal: { least: goal }, detail, unit };
  if (rival.missing) return { ...row, skipped: `${rival.name} is not installed: npm run bench -- --install` };
  const sides = [];
  try {
    for (const side of [ours, rival]) sides.push(await startSide(side));
    const rates = [[], []];
    for (let i = 0; i < repetitions; i++) {
      // The order changes from pair to pair: neither side always comes after the other's heat.
      for (const s of i % 2 === 0 ? [0, 1] : [1, 0]) {
        const { samples, seconds } = await sides[s].repeat();
        rates[s].push(samples / seconds);
      }
    }
    const ratio = pairedRatio(rates[0], rates[1]);
    const [rate, rivalRate] = rates.map(median);
    return {
      ...row,
      ...ratio,
      met: ratio.value >= goal,
      rate,
      rivalRate,
      rates,
      versions: sides[1].versions,
    };
  } finally {
    await Promise.all(sides.map((side) => side.stop()));
  }
}
