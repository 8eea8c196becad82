/** Which samples a picture of a selection shows, and where they lie on its plane. */
import { deriveStream } from '../foundation/randomStream.ts';
import { UserError } from '../foundation/userError.ts';
import type { Embeddings } from '../learner/learner.ts';
import { principalComponents, umap } from './projectPoints.ts';

export interface PlaneRequest {
  readonly embeddings: Embeddings;
  readonly picked: Int32Array;
  readonly labelled: Int32Array;
  readonly projection: 'pca' | 'umap';
  readonly seed: number;
}

interface PlanePoint {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly kind: 'picked' | 'labelled' | 'not picked';
}

export interface SelectionPlane {
  readonly axes: readonly [string, string];
  readonly points: readonly PlanePoint[];
}

/** More than these of a kind are a random part of it: a drawing of a million points shows no more. */
const MOST_POINTS = 4000;

/** Throws `UserError("bad-picture")` where there are too few points for a plane. */
export async function planeOfSelection(request: PlaneRequest): Promise<SelectionPlane> {
  const { embeddings, projection, seed } = request;
  const { values, width, numSamples } = embeddings;
  const stream = deriveStream('picture', { seed });
  const kinds = new Uint8Array(numSamples);
  for (const row of request.labelled) kinds[row] = 1;
  for (const row of request.picked) kinds[row] = 2;
  const names = ['not picked', 'labelled', 'picked'] as const;
  const rows = names.flatMap((_, kind) => {
    const all = Int32Array.from({ length: numSamples }, (_, row) => row).filter((row) => kinds[row] === kind);
    return [...(all.length > MOST_POINTS ? stream.shuffle(all).slice(0, MOST_POINTS).sort() : all)];
  });
  if (rows.length < 4) {
    throw new UserError(
      'bad-picture',
      `A picture needs 4 samples at least, and there are ${rows.length}. Leave it out.`,
    );
  }
  const shown = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    shown.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  const points = { values: shown, numPoints: rows.length, width };
  const plane = projection === 'umap' ? await umap(points, stream) : principalComponents(points, stream);
  return {
    axes: plane.axes,
    points: rows.map((row, i) => ({
      row,
      x: plane.values[2 * i] as number,
      y: plane.values[2 * i + 1] as number,
      kind: names[kinds[row] as number] as PlanePoint['kind'],
    })),
  };
}
