/** Options that `run` and `check` share, as yargs takes them: how a spec is run, and what is changed in it. See `specChanges`. */

/** `example` is an assignment that users of the command may want. */
export function specOptions(example: string) {
  return {
    workers: {
      ...text,
      describe: 'Threads, one trial at a time each [one per core, on a GPU one]; changes no result',
    },
    seeds: { ...text, describe: 'In place of the spec’s: a count (10), a range (0-9) or a list (0,3,7)' },
    engine: { ...text, describe: 'In place of the spec’s: what computes; see querybench list engines' },
    device: {
      ...text,
      describe: 'In place of the spec’s: where it computes, e.g. cpu; see querybench doctor',
    },
    set: {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: `Change one value of the spec, e.g. --set ${example}`,
    },
  } as const;
}

const text = { type: 'string', requiresArg: true } as const;
