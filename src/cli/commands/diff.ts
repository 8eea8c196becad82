/** `querybench diff <baseline> <current>`: where two runs first part that might be the same. */
import type { CommandModule } from 'yargs';

interface DiffArguments {
  readonly baseline: string;
  readonly current: string;
  readonly format: string;
}

export const diffCommand: CommandModule<object, DiffArguments> = {
  command: 'diff <baseline> <current>',
  describe:
    'What only one of two runs has, and where trials of both first part; exits with 1 where they differ',
  builder: (yargs) =>
    yargs
      .positional('baseline', { type: 'string', demandOption: true, describe: 'What `run` has written' })
      .positional('current', { type: 'string', demandOption: true, describe: 'The same of another run' })
      .option('format', { type: 'string', default: 'text', describe: 'text or json' })
      .example('$0 diff results/before results/after', ''),
  handler: async ({ baseline, current, format }) => {
    const { lookUp } = await import('../../foundation/nearest.ts');
    const { readStore } = await import('../../store/readStore.ts');
    const { diffResults } = await import('../../verdict/diffResults.ts');
    const { renderDiffJson, renderDiffText } = await import('../../render/renderDiff.ts');
    const render = lookUp('format', { text: renderDiffText, json: renderDiffJson }, format);
    const [first, second] = [baseline, current].map((directory) => {
      const { trials, warnings } = readStore(directory);
      for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
      return trials;
    });
    const diff = diffResults(first ?? [], second ?? []);
    process.stdout.write(render(diff, { baseline, current }));
    if (diff.outcome === 'different') process.exitCode = 1;
  },
};
