import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import { deriveStream } from '../../src/foundation/randomStream.ts';
import { augment, drawAugmentation, numSelections } from '../../src/learner/augmentation.ts';
import type { ImageShape } from '../../src/models/imageShape.ts';
import type { AugmentationConfig } from '../../src/models/modelConfig.ts';
import { input } from '../../src/tensor/ops.ts';
import { engineRows } from '../engines/engineRows.ts';
import { runProgram } from '../tensor/runProgram.ts';

const shape: ImageShape = [2, 4, 5];
const numPixels = 2 * 4 * 5;
const rows = ['reference', ...engineRows.map(({ name }) => name)].map((name, i) => {
  const create = i === 0 ? async () => referenceEngine : engineRows[i - 1]?.create;
  return [name, create ?? (async () => referenceEngine)] as const;
});

/** torchvision's RandomCrop(size, padding) and RandomHorizontalFlip, pixel by pixel, for given offsets. */
function cropByHand(image: Float32Array, padding: number, top: number, left: number, mirrored: boolean) {
  const [channels, height, width] = shape;
  const out = new Float32Array(image.length);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [fromY, fromX] = [y + top - padding, (mirrored ? width - 1 - x : x) + left - padding];
        const isInside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        out[(c * height + y) * width + x] = isInside
          ? (image[(c * height + fromY) * width + fromX] as number)
          : 0;
      }
    }
  }
  return out;
}

describe.each(rows)('random crops on %s', (_, create) => {
  it.each<AugmentationConfig>([
    { cropPadding: 2, horizontalFlip: true },
    { cropPadding: 0, horizontalFlip: true },
    { cropPadding: 3, horizontalFlip: false },
  ])('every choice gives the pixels of a loop over them: %o', async (config) => {
    const [numRows, numColumns] = numSelections(config);
    const batchSize = numRows * numColumns;
    const perRow = [2, batchSize];
    // Values that tell every pixel of every image apart, and are exact in float32.
    const data = Float32Array.from({ length: 2 * batchSize * numPixels }, (_, i) => i + 1);
    const choices = (of: (i: number) => number) =>
      Int32Array.from({ length: 2 * batchSize }, (_, i) => of(i % batchSize));
    const [rowChoices, columnChoices] = [
      choices((i) => Math.floor(i / numColumns)),
      choices((i) => i % numColumns),
    ];
    const inputs = {
      x: input('x', 'float32', [2, 'batchSize', numPixels]),
      rows: input('rows', 'int32', [2, 'batchSize']),
      columns: input('columns', 'int32', [2, 'batchSize']),
    };
    const y = augment(inputs.x, [inputs.rows, inputs.columns], config, shape);
    const results = await runProgram(
      await create(),
      { y },
      {
        x: { dtype: 'float32', shape: [...perRow, numPixels], data },
        rows: { dtype: 'int32', shape: perRow, data: rowChoices },
        columns: { dtype: 'int32', shape: perRow, data: columnChoices },
      },
    );
    const numOffsets = 2 * config.cropPadding + 1;
    for (let i = 0; i < 2 * batchSize; i++) {
      const image = data.subarray(i * numPixels, (i + 1) * numPixels);
      const [top, column] = [rowChoices[i] as number, columnChoices[i] as number];
      const expected = cropByHand(image, config.cropPadding, top, column % numOffsets, column >= numOffsets);
      expect([...(results.y?.data.subarray(i * numPixels, (i + 1) * numPixels) ?? [])]).toEqual([
        ...expected,
      ]);
    }
  });
});

describe('choices', () => {
  const config = { cropPadding: 1, horizontalFlip: true };
  const draw = (numSteps: number, stream = deriveStream('augmentation', { seed: 1 })) =>
    drawAugmentation(config, { numSteps, batchSize: 50 }, stream);

  it('do not depend on how many steps are drawn at once', () => {
    const stream = deriveStream('augmentation', { seed: 1 });
    const [first, second] = [draw(2, stream), draw(3, stream)];
    const together = draw(5);
    for (const axis of [0, 1] as const) {
      expect([...first[axis], ...second[axis]]).toEqual([...together[axis]]);
    }
  });

  it('are uniform and independent', () => {
    const [rows, columns] = draw(200); // 10,000 rows over 3 × 6 choices
    const counts = new Map<string, number>();
    rows.forEach((row, i) => {
      const key = `${row} ${columns[i]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
    expect(counts.size).toBe(18);
    // Five standard deviations of a binomial count.
    for (const count of counts.values()) expect(Math.abs(count - 10_000 / 18)).toBeLessThan(5 * 23);
  });
});
