/**
 * One thing for two colour schemes. A chart is compiled once for light and once for dark pages; what differs between the two is
 * colours, and a colour becomes CSS's `light-dark(…)`, which follows the reader's scheme and is light on paper.
 */

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const CONTINUOUS = new Set([
  'linear',
  'log',
  'pow',
  'sqrt',
  'symlog',
  'sequential',
  'diverging',
  'threshold',
]);

/**
 * Two Vega specs of one shape as one. Colours that Vega itself must reckon with, those of a continuous scale, become signals
 * that ask `dark`. RangeError where the two differ in more than their strings.
 */
export function mergeSchemes(light: Json, dark: Json): Json {
  return merge(light, dark, { key: '', isReckoned: false });
}

interface Place {
  readonly key: string;
  /** Within the range of a continuous scale. */
  readonly isReckoned: boolean;
}

function merge(light: Json, dark: Json, place: Place): Json {
  if (typeof light === 'string' && typeof dark === 'string') return mergeText(light, dark, place);
  if (Array.isArray(light) && Array.isArray(dark) && light.length === dark.length) {
    return light.map((item, i) => merge(item, dark[i] as Json, place));
  }
  if (isObject(light) && isObject(dark)) {
    const isContinuous = typeof light.type === 'string' && CONTINUOUS.has(light.type);
    const entries = Object.entries(light).map(([key, value]): [string, Json] => {
      const isReckoned = place.isReckoned || (key === 'range' && isContinuous);
      return [key, merge(value, dark[key] ?? null, { key, isReckoned })];
    });
    return Object.fromEntries(entries);
  }
  if (light !== dark)
    throw new RangeError(`The schemes of a chart differ at "${place.key}", which is no colour.`);
  return light;
}

function mergeText(light: string, dark: string, { key, isReckoned }: Place): Json {
  if (light === dark) return light;
  if (key === 'signal' || key === 'test' || key === 'expr') return `dark ? (${dark}) : (${light})`;
  if (isReckoned) return { signal: `dark ? ${JSON.stringify(dark)} : ${JSON.stringify(light)}` };
  return lightDark(light, dark);
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
