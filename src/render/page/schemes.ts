/**
 * One thing for two colour schemes. A chart is compiled once for light and once for dark pages; what differs between the two is
 * colours, and a colour becomes CSS's `light-dark(…)`, which follows the reader's scheme and is light on paper.
 */

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Two configurations of one shape as one, its colours in CSS. RangeError where the two differ in more than their strings. */
export function mergeSchemes(light: Json, dark: Json, key = 'configuration'): Json {
  if (light === dark) return light;
  if (typeof light === 'string' && typeof dark === 'string') return lightDark(light, dark);
  if (Array.isArray(light) && Array.isArray(dark) && light.length === dark.length) {
    return light.map((item, i) => mergeSchemes(item, dark[i] as Json, key));
  }
  if (isObject(light) && isObject(dark)) {
    const entries = Object.entries(light);
    return Object.fromEntries(
      entries.map(([name, value]) => [name, mergeSchemes(value, dark[name] ?? null, name)]),
    );
  }
  throw new RangeError(`The schemes of a chart differ at "${key}", which is no colour.`);
}

/** For a continuous scale, whose colours Vega reckons with: a signal that asks the signal `dark`. */
export function asSignal(color: unknown): unknown {
  const [, light, dark] = /^light-dark\(([^,]+), (.+)\)$/.exec(String(color)) ?? [];
  return light === undefined
    ? color
    : { signal: `dark ? ${JSON.stringify(dark)} : ${JSON.stringify(light)}` };
}

export function lightDark(light: string, dark: string): string {
  return light === dark ? light : `light-dark(${light}, ${dark})`;
}

const colors = /#[0-9a-f]{3,8}\b|rgba?\([^)]*\)/gi;

/** Two drawings of one chart as one. Where they differ in more than colours, the light one. */
export function mergeDrawings(light: string, dark: string): string {
  if (light === dark) return light;
  const others = dark.match(colors) ?? [];
  if (light.replaceAll(colors, '') !== dark.replaceAll(colors, '')) return light;
  let next = 0;
  return light.replaceAll(colors, (color) => lightDark(color, others[next++] ?? color));
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
