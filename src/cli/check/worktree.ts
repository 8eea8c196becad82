/** Another revision's files in a temporary folder, for as long as they are needed. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../foundation/userError.ts';
import { git } from './git.ts';
import { shortCommit } from './subject.ts';

export interface Worktree {
  readonly folder: string;
  /** Removes it, and the repository's note of it. */
  remove(): Promise<void>;
}

/** Throws `UserError("no-worktree")`, and `Interrupted`, and leaves nothing behind then. */
export async function addWorktree(
  repository: string,
  commit: string,
  signal: AbortSignal,
): Promise<Worktree> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'querybench-revision-')));
  const folder = join(parent, 'tree');
  const remove = async (): Promise<void> => {
    await git(repository, ['worktree', 'remove', '--force', '--force', folder]).catch(() => undefined);
    rmSync(parent, { recursive: true, force: true });
    await git(repository, ['worktree', 'prune']).catch(() => undefined);
  };
  try {
    // The user's hooks are about their own working tree.
    const words = ['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', folder, commit];
    const { code, everything } = await git(repository, words, { signal });
    if (code === 0) return { folder, remove };
    throw new UserError(
      'no-worktree',
      `The files of ${shortCommit(commit)} must go into ${folder}, and git says: ${everything.trim()}. ` +
        'Mend that, or compare with a file: --baseline.',
    );
  } catch (error) {
    await remove();
    throw error;
  }
}
