/** A Vega-Lite spec drawn as SVG. Vega is loaded on the first call: it takes longer to load than most commands to run. */
import type { TopLevelSpec } from 'vega-lite';

/** The same spec gives the same string. Throws vega-lite's error for a spec that it doesn't understand. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: 'none' });
  try {
    return withCountedIds(await view.toSVG());
  } finally {
    view.finalize();
  }
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
