/** What `querybench compare` does: tells what is to be compared, has it compared, and writes the answer. */
import { lookUp } from '../foundation/nearest.ts';
import { UserError } from '../foundation/userError.ts';
import { precisionRecallChart, renderComparisonJson, renderComparisonText } from '../render/index.ts';
import { writeAside } from '../render/writeAside.ts';
import { chartRenderer, schemes } from './chartFile.ts';
import type { CompareArguments, Compared } from './compareArguments.ts';
import { compareBoxFiles } from './compareBoxFiles.ts';
import { compareDirectories } from './compareDirectories.ts';
import { compareModelFiles } from './compareModelFiles.ts';

interface Kind {
  readonly noun: string;
  readonly compare: (args: CompareArguments) => Promise<Compared>;
  /** Options that say something of this kind, and not of all. */
  readonly options: readonly (keyof CompareArguments)[];
}

const kinds = {
  results: { noun: 'results', compare: compareDirectories, options: ['old', 'new', 'sameConfig'] },
  models: {
    noun: 'models',
    compare: compareModelFiles,
    options: ['subMetric', 'average', 'sameConfig', 'data', 'labels', 'drop', 'curves', 'scheme'],
  },
  boxes: {
    noun: 'files of boxes',
    compare: compareBoxFiles,
    options: ['subMetric', 'truth', 'iouThreshold', 'curves', 'scheme'],
  },
} as const satisfies Readonly<Record<string, Kind>>;

const renderers = { text: renderComparisonText, json: renderComparisonJson } as const;

/** Returns the exit code. Throws `UserError("bad-option")`, and what the comparisons throw. */
export async function compareSides(args: CompareArguments): Promise<0 | 1> {
  const kind = kindOf(args);
  refuseStrayOptions(args, kind);
  const render = lookUp('--format', renderers, args.format ?? 'text');
  const scheme = args.scheme === undefined ? undefined : lookUp('--scheme', schemes, args.scheme);
  const draw = args.curves === undefined ? undefined : chartRenderer(args.curves, '--curves');
  const { comparison, curves } = await kind.compare(args);
  for (const warning of comparison.warnings) process.stderr.write(`warning: ${warning}\n`);
  if (draw !== undefined && args.curves !== undefined && curves !== undefined) {
    await writeAside(args.curves, await draw(precisionRecallChart(curves(), { scheme })));
  }
  const answer = render(comparison);
  if (args.out === undefined) process.stdout.write(answer);
  else await writeAside(args.out, answer);
  return args.exitCode && comparison.action === 'discard' ? 1 : 0;
}

function kindOf({ sides, truth, data }: CompareArguments): Kind {
  if (truth !== undefined) return kinds.boxes;
  if (data !== undefined || sides.some((side) => /\.onnx$/i.test(side))) return kinds.models;
  const boxes = sides.find((side) => /\.(json|csv|tsv)$/i.test(side));
  if (boxes === undefined) return kinds.results;
  throw new UserError(
    'bad-option',
    `Detected boxes, as those of ${boxes}, must be held against true ones. Name their file with --truth.`,
  );
}

const allOptions = [...new Set(Object.values(kinds).flatMap(({ options }) => options))];

/** An option that has no effect would be taken to have one. */
function refuseStrayOptions(args: CompareArguments, kind: Kind): void {
  const isGiven = (option: keyof CompareArguments): boolean => {
    const value = args[option];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  };
  const stray = allOptions.find((option) => isGiven(option) && !kind.options.includes(option));
  if (stray === undefined) return;
  const owners = Object.values(kinds).filter(({ options }) => (options as Kind['options']).includes(stray));
  const name = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UserError(
    'bad-option',
    `--${name} is for ${owners.map(({ noun }) => noun).join(' and ')}, and ${args.sides.join(' and ')} are taken for ${kind.noun}. Leave it out.`,
  );
}
