/** A Vega-Lite spec drawn as SVG. Vega is loaded on the first call: it takes longer to load than most commands to run. */
import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from './textWidth.ts';

/** What a layer is called that shows nothing until a pointer comes near. */
const POINTER_LAYER = 'hover';

/** The same spec gives the same string. Throws vega-lite's error for a spec that it doesn't understand. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  vega.textMetrics.width = widthOf;
  const view = new vega.View(vega.parse(vegaLite.compile(withoutPointers(spec)).spec), { renderer: 'none' });
  try {
    return withCountedIds(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** What Vega asks where there is no canvas to measure on; to set it is its own way to be told better. */
function widthOf(
  item: { readonly fontSize?: number; readonly fontWeight?: string | number },
  text: string,
): number {
  const { fontSize = 11, fontWeight } = item;
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  return textWidth(String(text).trim(), fontSize, isBold ? 'bold' : 'normal');
}

/** Less the layers that only answer a pointer: a picture has none, and they would be most of its bytes. */
function withoutPointers(spec: TopLevelSpec): TopLevelSpec {
  const strip = (part: object): object => ({
    ...part,
    ...('layer' in part &&
      Array.isArray(part.layer) && { layer: part.layer.filter(({ name }) => name !== POINTER_LAYER) }),
    ...('spec' in part && typeof part.spec === 'object' && part.spec && { spec: strip(part.spec) }),
  });
  return strip(spec) as TopLevelSpec;
}

/** Vega numbers clip paths through all drawings of a process; here they start from 1 in each. */
function withCountedIds(svg: string): string {
  const names = new Map<string, string>();
  for (const [, id = ''] of svg.matchAll(/\bid="([^"]+)"/g)) names.set(id, `clip${names.size + 1}`);
  return svg.replaceAll(
    /(\bid="|url\(#)([^")]+)/g,
    (_, before: string, id: string) => before + (names.get(id) ?? id),
  );
}
