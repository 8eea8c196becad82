/**
 * A chart's spec without what answers a pointer in the Vega editor: the page has ways of its own, that keyboards reach and that
 * act on all of its charts at once.
 */
import type { TopLevelSpec } from 'vega-lite';

/** What a layer is called that shows nothing until a pointer comes near. */
const POINTER_LAYER = 'hover';

/** No parameters, every condition on a parameter as it is before anybody points, and no layer that is not seen then. */
export function stillSpec(spec: TopLevelSpec): TopLevelSpec {
  return still(spec) as TopLevelSpec;
}

function still(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => !isPointerLayer(item))
      .map(still)
      .filter((item) => !isInvisible(item));
  }
  if (!isObject(value)) return value;
  const { condition, ...rest } = value;
  if (isObject(condition) && 'param' in condition) {
    const { param: _, empty, ...chosen } = condition;
    return still(empty === false ? rest : { ...rest, ...chosen });
  }
  // Data are the bulk of a spec, and hold no conditions.
  const entries = Object.entries(value).filter(([key]) => key !== 'params');
  return Object.fromEntries(entries.map(([key, item]) => [key, key === 'data' ? item : still(item)]));
}

function isPointerLayer(value: unknown): boolean {
  return isObject(value) && value.name === POINTER_LAYER;
}

function isInvisible(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.encoding) || !isObject(value.encoding.opacity)) return false;
  return value.encoding.opacity.value === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
