/** `querybench plot <dir…>`: one chart from an experiment's records. */
import type { CommandModule } from 'yargs';
import type { PlotArguments } from '../plotChart.ts';

type Arguments = Omit<PlotArguments, 'directories'> & { readonly directory: readonly string[] };

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;

export const plotCommand: CommandModule<object, Arguments> = {
  command: 'plot <directory..>',
  describe: 'One chart from results, as SVG, PNG or Vega-Lite JSON; see `querybench list charts`',
  builder: (yargs) =>
    yargs
      .positional('directory', {
        ...{ type: 'string', array: true, demandOption: true },
        describe: 'What `run` has written; several are drawn as one',
      })
      .option('chart', { ...text('Which: see `querybench list charts`'), demandOption: true })
      .option('filter', text('Trials to draw, such as "dataset=digits,strategy=margin|random"'))
      .option('metric', text('accuracy, nll, macroF1, brier or ece [accuracy]'))
      .option('over', text('labels, queries, cost or seconds [cost where the budget is one, else labels]'))
      .option('scheme', text('light or dark [light]'))
      .option('baseline', text('The strategy that others are held against [random]'))
      .option('target', {
        ...{ type: 'number', array: true, nargs: 1, default: [] },
        describe: 'Accuracies to count labels up to',
      })
      .option('rope', {
        ...{ type: 'number', requiresArg: true },
        describe: 'Differences of at most this much are no difference in practice [0.01]',
      })
      .option('pair-test', text('Of critical-difference: nemenyi or wilcoxon-holm [nemenyi]'))
      .option('out', text('.svg, .png or .json; a chart of several pictures adds their names [<chart>.svg]'))
      .example('$0 plot results/quickstart --chart critical-difference --out ranks.png', ''),
  handler: async ({ directory, ...args }) => {
    const { plotChart } = await import('../plotChart.ts');
    await plotChart({ directories: directory, ...args });
  },
};
