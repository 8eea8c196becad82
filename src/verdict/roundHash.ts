/** A round's record in eight digits: equal where everything but the seconds is. */
import { contentHash } from '../foundation/contentHash.ts';
import type { RoundRecord } from '../store/record.ts';

/**
 * 8 hexadecimal digits over all of a round's record but its times, whatever the order of members; a number that JSON has no
 * word for counts by its name.
 */
export function roundHash({ seconds, ...record }: RoundRecord): string {
  const { finalLoss, ...training } = record.training;
  const metrics = Object.fromEntries(Object.entries(record.metrics).map(([key, value]) => [key, `${value}`]));
  return contentHash({ ...record, metrics, training: { ...training, finalLoss: `${finalLoss}` } })
    .toString('hex')
    .slice(0, 8);
}
