/** The imports of a module, read off its text: this project's style leaves nothing to parse that a pattern would not find. */

export interface Import {
  readonly specifier: string;
  /** `type`: gone when the program runs. `dynamic`: loaded later, or never. */
  readonly kind: 'static' | 'dynamic' | 'type';
}

const declarations = /^(?:import|export)(\s+type)?\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"];?$/gm;
const expressions = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export function importsOf(text: string): readonly Import[] {
  const declared = [...text.matchAll(declarations)].map(([, type, specifier = '']): Import => {
    return { specifier, kind: type === undefined ? 'static' : 'type' };
  });
  const deferred = [...text.matchAll(expressions)].map(
    ([, specifier = '']): Import => ({ specifier, kind: 'dynamic' }),
  );
  return [...declared, ...deferred];
}
