/** git, asked about repositories. */
import { UserError } from '../../foundation/userError.ts';
import { type ProgramEnd, runProgram } from './runProgram.ts';

export interface GitOptions {
  readonly signal?: AbortSignal;
}

/**
 * Runs git in `folder`. A hook's GIT_DIR and the like, which would name another repository, are left out. Throws
 * `UserError("no-git")`.
 */
export async function git(
  folder: string,
  words: readonly string[],
  { signal }: GitOptions = {},
): Promise<ProgramEnd> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'].includes(name),
  );
  try {
    return await runProgram('git', words, {
      ...{ cwd: folder, env: Object.fromEntries(inherited) },
      ...(signal && { signal }),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UserError(
      'no-git',
      '--against needs git, and there is none on the PATH. Install it, or compare with a file: --baseline.',
      { cause: error },
    );
  }
}

/** The top folder of the repository that `folder` lies in, links resolved, or git's words where it lies in none. */
export async function repositoryOf(
  folder: string,
): Promise<{ readonly root: string } | { readonly problem: string }> {
  const { code, output, everything } = await git(folder, ['rev-parse', '--show-toplevel']);
  return code === 0 && output.trim() !== '' ? { root: output.trim() } : { problem: everything.trim() };
}

/** The commit, 40 hexadecimal digits, that `revision` names. Throws `UserError("no-revision")`. */
export async function commitOf(repository: string, revision: string): Promise<string> {
  const { code, output } = await git(repository, [
    ...['rev-parse', '--verify', '--quiet', '--end-of-options'],
    `${revision}^{commit}`,
  ]);
  if (code === 0) return output.trim();
  throw new UserError(
    'no-revision',
    `--against must name a commit, branch or tag of ${repository}, and "${revision}" is none. Correct it, or fetch it: ` +
      'a shallow clone, as CI makes them, has no other branches.',
  );
}
