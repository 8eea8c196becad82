/** The digits file: one line per sample, its pixels and then its label, all small whole numbers. */
import { UserError } from '../foundation/userError.ts';

/** `features` [numSamples, numFeatures], `labels` [numSamples]. Throws `UserError("wrong-csv")`. */
export function parseDigitsCsv(
  text: string,
  numSamples: number,
  numFeatures: number,
): { readonly features: Uint8Array; readonly labels: Uint8Array } {
  const lines = text.trimEnd().split('\n');
  if (lines.length !== numSamples) {
    throw new UserError(
      'wrong-csv',
      `The file must have ${numSamples} lines, and has ${lines.length}. Get it again.`,
    );
  }
  const features = new Uint8Array(numSamples * numFeatures);
  const labels = new Uint8Array(numSamples);
  lines.forEach((line, i) => {
    const values = line.split(',').map(Number);
    if (values.length !== numFeatures + 1 || values.some((v) => !Number.isInteger(v) || v < 0 || v > 255)) {
      throw new UserError(
        'wrong-csv',
        `Line ${i + 1} must be ${numFeatures + 1} whole numbers from 0 to 255, and is not. Get the file again.`,
      );
    }
    features.set(values.slice(0, numFeatures), i * numFeatures);
    labels.set(values.slice(numFeatures), i);
  });
  return { features, labels };
}
