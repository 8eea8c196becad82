/** The action's and the workflows' files as GitHub reads them, as far as the tests look into them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export interface Workflow {
  readonly name?: string;
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly 'runs-on': string; readonly 'timeout-minutes'?: number; readonly steps: readonly Step[] }
    >
  >;
}

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** YAML 1.2 with unique keys: `on` is a string, as for GitHub. */
export function readYaml<T>(path: string): T {
  return parse(readFileSync(`${repository}/${path}`, 'utf8'));
}

export const action = readYaml<Action>('.github/actions/querybench-check/action.yml');
