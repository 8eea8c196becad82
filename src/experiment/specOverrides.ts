/** `--set path=value`: changes to a spec for one run, made in its document before it is checked. */
import { isAlias, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { invalidSpec, keyText, type SpecSource } from './specSource.ts';

/** An assignment `path=value`; where it was not typed after `--set`, also what was. */
export type SpecOverride = string | { readonly assignment: string; readonly typed: string };

export function assignmentOf(override: SpecOverride): string {
  return typeof override === 'string' ? override : override.assignment;
}

/**
 * Applies assignments such as `training.stop.epochs=5`, `strategy=[random, margin]` or
 * `dataset.0.label=small`. Values are YAML; an empty one takes the key away. Throws
 * `UserError("invalid-spec")` where an assignment is none, its value is not YAML, or its path leads through a
 * plain value; unknown keys are left for the check.
 */
export function applyOverrides(source: SpecSource, overrides: readonly SpecOverride[]): void {
  for (const override of overrides) {
    const assignment = assignmentOf(override);
    const typed = typeof override === 'string' ? `--set ${override}` : override.typed;
    const [, pathText = '', valueText = ''] = /^([^=]*)=(.*)$/s.exec(assignment) ?? [];
    const path = pathText.trim().split('.');
    if (path.includes('')) {
      throw invalidSpec([`${typed}: must be path=value, for example --set training.batchSize=64`]);
    }
    const { value, error } = parseValue(valueText);
    if (error !== undefined) throw invalidSpec([`${typed}: the value is not YAML: ${error}`]);
    assign(source, path, value, typed);
  }
}

function parseValue(text: string): { value?: unknown; error?: string | undefined } {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const error = document.errors[0] ?? document.warnings[0];
  return error === undefined ? { value: document.toJS() } : { error: error.message };
}

function assign(source: SpecSource, path: readonly string[], value: unknown, typed: string): void {
  const { document, overrides } = source;
  document.contents ??= createNode(source, {}, typed) as typeof document.contents;
  let parent: unknown = document.contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(parent) && !isSeq(parent)) {
      const above = path.slice(0, depth).join('.');
      throw invalidSpec([
        `${typed}: ${above === '' ? 'the spec' : above} must be a mapping or a list to set "${key}" in it; ` +
          `it is a plain value; set it whole, as in --set ${above || 'key'}="{name: ...}"`,
      ]);
    }
    if (depth === path.length - 1) {
      if (value === null) remove(parent, key);
      else put(parent, key, createNode(source, value, typed));
      return;
    }
    let child = childOf(parent, key);
    if (isAlias(child)) {
      // A copy, so that the anchor stays as it is.
      child = document.createNode(child.toJS(document));
      put(parent, key, child);
    } else if (child === undefined || child === null || (child as { value?: unknown }).value === null) {
      if (value === null) return;
      child = createNode(source, {}, typed);
      put(parent, key, child);
    }
    parent = child;
  }

  function createNode(into: SpecSource, content: unknown, text: string): unknown {
    const node = into.document.createNode(content);
    overrides.set(node, text);
    return node;
  }
}

function childOf(parent: YAMLMap | YAMLSeq, key: string): unknown {
  return isSeq(parent)
    ? parent.items[Number(key)]
    : parent.items.find((pair) => keyText(pair) === key)?.value;
}

function put(parent: YAMLMap | YAMLSeq, key: string, node: unknown): void {
  if (isSeq(parent)) parent.set(Number(key), node);
  else parent.set(key, node);
}

function remove(parent: YAMLMap | YAMLSeq, key: string): void {
  parent.delete(isSeq(parent) ? Number(key) : key);
}
