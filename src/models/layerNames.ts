/** Names that a spec or a preset gives to layers. They end here: a resolved model knows positions, so that no name is hashed. */
import { unknownName } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { penultimatePosition } from './embedding.ts';
import type { LayerConfig } from './modelConfig.ts';

export function withoutNames(layers: readonly LayerConfig[]): LayerConfig[] {
  return layers.map(({ name, ...layer }) =>
    layer.type === 'residual' ? { ...layer, layers: withoutNames(layer.layers) } : layer,
  );
}

/**
 * The position of the layer called `name`; `undefined` where its output is what strategies see anyway. Throws
 * `UserError`: `unknown-name`, or `duplicate-name` where two layers share one.
 */
export function embeddingPosition(
  layers: readonly LayerConfig[],
  name: string,
  model: string,
): string | undefined {
  const positions = namedPositions(layers, '');
  if (positions.length === 0) {
    throw new UserError(
      'unknown-name',
      `An embedding is the output of a named layer, and no layer of "${model}" has a name; met "${name}". ` +
        `Give one a name, as in { dense: 128, name: ${name} }, or { layer: relu, name: ${name} }.`,
    );
  }
  const found = positions.filter((each) => each.name === name);
  if (found.length > 1) {
    throw new UserError(
      'duplicate-name',
      `A layer's name must be its own, and ${found.length} layers of "${model}" are called "${name}". Rename all but one.`,
    );
  }
  const [position] = found.map((each) => each.position);
  if (position === undefined) {
    const known = positions.map((each) => each.name);
    throw new UserError('unknown-name', unknownName(`layer of "${model}"`, name, known));
  }
  const penultimate = penultimatePosition(layers);
  return seenAs(layers, position) === seenAs(layers, penultimate) ? undefined : position;
}

function namedPositions(
  layers: readonly LayerConfig[],
  within: string,
): { name: string; position: string }[] {
  return layers.flatMap((layer, i) => {
    const position = `${within}${i + 1}`;
    const own = layer.name === undefined ? [] : [{ name: layer.name, position }];
    return layer.type === 'residual' ? [...own, ...namedPositions(layer.layers, `${position}.`)] : own;
  });
}

/** Past the layers that change nothing in prediction: dropout, and flatten, because embeddings are flat. */
function seenAs(layers: readonly LayerConfig[], position: string): string {
  let end = Number(position);
  if (!Number.isInteger(end) || position.includes('.')) return position;
  while (['dropout', 'dropout2d', 'flatten'].includes(layers[end]?.type ?? '')) end++;
  return String(end);
}
