/** `querybench list <kind>`: the names that a spec may use. */
import type { CommandModule } from 'yargs';

interface ListArguments {
  readonly kind: string;
  readonly long: boolean;
}

type Descriptions = Readonly<Record<string, string>>;

/** Explicit: a kind's name is its key. */
const kinds: Readonly<Record<string, () => Promise<Descriptions>>> = {
  strategies: async () => descriptionsOf((await import('../../strategies/index.ts')).strategies),
  selectors: async () => descriptionsOf((await import('../../strategies/selectors/index.ts')).selectors),
  datasets: describeDatasets,
  models: async () => descriptionsOf((await import('../../models/presets.ts')).presets),
  oracles: async () => descriptionsOf((await import('../../oracles/index.ts')).oracles),
  charts: async () => describeCharts((await import('../../render/charts/index.ts')).charts),
  engines: async () => describeEngines((await import('../../engines/index.ts')).engines),
};

/** The kinds whose entries have more to say than a line. */
const inFull = {
  strategies: async () => (await import('../../strategies/index.ts')).strategies,
  selectors: async () => (await import('../../strategies/selectors/index.ts')).selectors,
};

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list <kind>',
  describe: `What a spec or a command may name: ${Object.keys(kinds).join(', ')}`,
  builder: (yargs) =>
    yargs
      .positional('kind', { type: 'string', demandOption: true, describe: Object.keys(kinds).join(', ') })
      .option('long', {
        type: 'boolean',
        default: false,
        describe: `Source, formula, cost, needs and options: of ${Object.keys(inFull).join(' and ')}`,
      }),
  handler: async ({ kind, long }) => {
    const { lookUp } = await import('../../foundation/nearest.ts');
    if (long) {
      const { renderRegistry } = await import('../renderRegistry.ts');
      process.stdout.write(renderRegistry(await lookUp('kind with --long', inFull, kind)()));
      return;
    }
    const descriptions = await lookUp('kind', kinds, kind)();
    const width = Math.max(...Object.keys(descriptions).map((name) => name.length));
    for (const [name, description] of Object.entries(descriptions)) {
      process.stdout.write(`${name.padEnd(width)}  ${description}\n`);
    }
  },
};

function descriptionsOf(registry: Readonly<Record<string, { readonly description: string }>>): Descriptions {
  return Object.fromEntries(Object.entries(registry).map(([name, { description }]) => [name, description]));
}

/** The first sentence of what a page says over its section. */
function describeCharts(
  registry: Readonly<Record<string, { readonly title: string; readonly description: string }>>,
): Descriptions {
  return Object.fromEntries(
    Object.entries(registry).map(([name, { description }]) => [name, description.split(/(?<=\.) /)[0] ?? '']),
  );
}

function describeEngines(
  registry: Readonly<Record<string, { readonly description: string; readonly devices: readonly string[] }>>,
): Descriptions {
  return Object.fromEntries(
    Object.entries(registry).map(([name, { description, devices }]) => [
      name,
      `${description}; devices: ${devices.join(', ')}`,
    ]),
  );
}

async function describeDatasets(): Promise<Descriptions> {
  const { datasetInfo, datasetNames } = await import('../../datasets/index.ts');
  const text = (name: string): string => {
    const { title, numSamples, sampleShape, numClasses } = datasetInfo(name);
    return `${title}: ${numSamples.toLocaleString('en')} × ${sampleShape.join('×')}, ${numClasses} classes`;
  };
  return Object.fromEntries(datasetNames.map((name) => [name, text(name)]));
}
