/** The pages of `results/papers`, from what lies there: a page per reproduction, and the gallery of all. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAside } from '../render/index.ts';
import { galleryPage } from './gallery.ts';
import { type Reproduction, readReproduction } from './reproduction.ts';
import { type Notes, parseNotes, reproductionPage } from './reproductionPage.ts';
import { FULL_SCALE, reproductionNames, scaleNames } from './scales.ts';

export interface PageFolders {
  /** Specs, scales, published numbers and notes. */
  readonly experiments: string;
  /** A folder per reproduction, a folder in it per scale. */
  readonly results: string;
}

/** Also without any trial at hand. Returns the paths written. */
export async function writePages({ experiments, results }: PageFolders): Promise<readonly string[]> {
  const scales = scaleNames(experiments);
  const entries = reproductionNames(experiments).map((name) => {
    const notes = readNotes(join(experiments, 'notes', `${name}.md`));
    const atScales = scales.flatMap((scale) => readReproduction(join(results, name, scale)) ?? []);
    return { name, notes, atScales: largestFirst(atScales) };
  });
  const gallery = entries.map(({ name, notes, atScales: [reproduction] }) => {
    return { name, notes, ...(reproduction && { reproduction }) };
  });
  // All that can fail is done before anything is written.
  const pages = [
    ...entries.flatMap(({ name, notes, atScales: [first, ...others] }) =>
      first === undefined
        ? []
        : [{ path: join(results, name, 'README.md'), text: reproductionPage([first, ...others], notes) }],
    ),
    { path: join(results, 'README.md'), text: galleryPage(gallery) },
  ];
  await Promise.all(pages.map(({ path, text }) => writeAside(path, text)));
  return pages.map(({ path }) => path).sort();
}

/** The whole spec, then what took longest. */
function largestFirst(scales: readonly Reproduction[]): readonly Reproduction[] {
  const rank = ({ scale, workSeconds }: Reproduction) => (scale === FULL_SCALE ? Infinity : workSeconds);
  return scales.toSorted((a, b) => rank(b) - rank(a));
}

function readNotes(path: string): Notes {
  return existsSync(path) ? parseNotes(readFileSync(path, 'utf8')) : {};
}
