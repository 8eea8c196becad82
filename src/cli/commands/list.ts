/** `querybench list <kind>`: the names that a spec may use. */
import type { CommandModule } from 'yargs';

const kinds = ['strategies', 'datasets', 'models', 'oracles', 'engines'] as const;

interface ListArguments {
  readonly kind: (typeof kinds)[number];
}

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list <kind>',
  describe: `What a spec may name: ${kinds.join(', ')}`,
  builder: (yargs) =>
    yargs.positional('kind', { choices: kinds, demandOption: true, describe: 'What to list' }),
  handler: async ({ kind }) => {
    const descriptions = await describe(kind);
    const width = Math.max(...Object.keys(descriptions).map((name) => name.length));
    for (const [name, description] of Object.entries(descriptions)) {
      process.stdout.write(`${name.padEnd(width)}  ${description}\n`);
    }
  },
};

async function describe(kind: ListArguments['kind']): Promise<Record<string, string>> {
  const from = (registry: Readonly<Record<string, { readonly description: string }>>) =>
    Object.fromEntries(Object.entries(registry).map(([name, { description }]) => [name, description]));
  switch (kind) {
    case 'strategies':
      return from((await import('../../strategies/index.ts')).strategies);
    case 'models':
      return from((await import('../../models/presets.ts')).presets);
    case 'oracles':
      return from((await import('../../oracles/index.ts')).oracles);
    case 'engines':
      return from((await import('../../engines/index.ts')).engines);
    case 'datasets': {
      const { datasetInfo, datasetNames } = await import('../../datasets/index.ts');
      const text = (name: string): string => {
        const { title, numSamples, sampleShape, numClasses } = datasetInfo(name);
        return `${title}: ${numSamples.toLocaleString('en')} × ${sampleShape.join('×')}, ${numClasses} classes`;
      };
      return Object.fromEntries(datasetNames.map((name) => [name, text(name)]));
    }
  }
}
