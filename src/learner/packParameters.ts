/**
 * Small parameters packed into one tensor, so that the optimiser updates them all with one operation each. Adam's ten
 * operations cost more in their number than in their arithmetic on a bias of ten; see CONTRIBUTING.md ("Engine").
 */
import type { ParameterSpec } from '../models/layer.ts';
import type { Node } from '../tensor/node.ts';
import { concat, reshape, slice } from '../tensor/ops.ts';
import { numElements } from '../tensor/shape.ts';

/** Parameters of at most this many elements are packed: copying them in and out costs less than updating them alone. */
const LARGEST_PACKED = 4096;

export interface Packing {
  readonly numPacks: number;
  /**
   * One node per parameter, [numReplicas, …shape] → the packs: [numReplicas, 1, total] for the small ones, [numReplicas,
   * rows, columns] for each of the others: three axes each, as the optimiser's coefficients have.
   */
  pack(perParameter: readonly Node[]): Node[];
  /** The inverse of `pack`. */
  unpack(packs: readonly Node[]): Node[];
}

export function packParameters(specs: readonly ParameterSpec[], numReplicas: number): Packing {
  const sizes = specs.map(({ shape }) => numElements(shape));
  const isSmall = sizes.map((size) => size <= LARGEST_PACKED);
  const numSmall = isSmall.filter(Boolean).length;
  return {
    numPacks: specs.length - Math.max(0, numSmall - 1),
    pack(perParameter) {
      const small = perParameter.flatMap((node, i) =>
        isSmall[i] ? [reshape(node, [numReplicas, 1, sizes[i] as number])] : [],
      );
      const large = perParameter.flatMap((node, i) => {
        const rows = specs[i]?.shape[0] ?? 1;
        return isSmall[i] ? [] : [reshape(node, [numReplicas, rows, (sizes[i] as number) / rows])];
      });
      return small.length === 0 ? large : [concat(small, 2), ...large];
    },
    unpack(packs) {
      const [small, ...rest] = numSmall === 0 ? [undefined, ...packs] : packs;
      const large = rest.values();
      let offset = 0;
      return specs.map(({ shape }, i) => {
        if (!isSmall[i] || small === undefined)
          return reshape(large.next().value as Node, [numReplicas, ...shape]);
        const start = offset;
        offset += sizes[i] as number;
        return reshape(slice(small, 2, start, offset), [numReplicas, ...shape]);
      });
    },
  };
}
