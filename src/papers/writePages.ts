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
  const paths: string[] = [];
  const write = async (path: string, text: string): Promise<void> => {
    await writeAside(path, text);
    paths.push(path);
  };
  const scales = scaleNames(experiments);
  const entries = await Promise.all(
    reproductionNames(experiments).map(async (name) => {
      const notes = readNotes(join(experiments, 'notes', `${name}.md`));
      const [first, ...others] = largestFirst(
        scales.flatMap((scale) => readReproduction(join(results, name, scale)) ?? []),
      );
      if (first === undefined) return { name, notes };
      await write(join(results, name, 'README.md'), reproductionPage([first, ...others], notes));
      return { name, notes, reproduction: first };
    }),
  );
  await write(join(results, 'README.md'), galleryPage(entries));
  return paths.sort();
}

/** The whole spec, then what took longest. */
function largestFirst(scales: readonly Reproduction[]): readonly Reproduction[] {
  const rank = ({ scale, workSeconds }: Reproduction) => (scale === FULL_SCALE ? Infinity : workSeconds);
  return scales.toSorted((a, b) => rank(b) - rank(a));
}

function readNotes(path: string): Notes {
  return existsSync(path) ? parseNotes(readFileSync(path, 'utf8')) : {};
}
