/**
 * What `--against` compares: the repository that holds the spec, at two states. Where that is the checkout of querybench that
 * is running, or the spec is in no repository, querybench itself is the subject: the revision is built, and runs the spec.
 * Elsewhere it is what stands beside the spec, strategies and data, and the same querybench runs both.
 */
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../foundation/userError.ts';
import { commitOf, repositoryOf } from './git.ts';

export interface Subject {
  readonly kind: 'querybench' | 'spec';
  /** Top folder of the repository. */
  readonly repository: string;
  /** As typed. */
  readonly revision: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** The spec's path below the repository; undefined where it lies elsewhere. */
  readonly specPath: string | undefined;
}

/** The folder of the querybench that is running, links resolved. */
const ownFolder = realpathSync(fileURLToPath(new URL('../../..', import.meta.url)));

/** Throws `UserError` "no-repository", "no-revision", "no-git". */
export async function findSubject(spec: string, revision: string): Promise<Subject> {
  const specFile = realpathSync(resolve(spec));
  const ofSpec = await repositoryOf(dirname(specFile));
  const own = await repositoryOf(ownFolder);
  // As a dependency, querybench lies within its user's repository, and is no checkout.
  const checkout = 'root' in own && realpathSync(own.root) === ownFolder ? ownFolder : undefined;
  const specRoot = 'root' in ofSpec ? realpathSync(ofSpec.root) : undefined;
  const repository = specRoot ?? checkout;
  if (repository === undefined) {
    throw new UserError(
      'no-repository',
      `--against takes the sweep at another revision of the repository that holds the spec, and ${spec} is in none ` +
        `(${'problem' in ofSpec ? ofSpec.problem : ''}). Compare with a file instead: --baseline.`,
    );
  }
  return {
    kind: repository === checkout ? 'querybench' : 'spec',
    ...{ repository, revision },
    commit: await commitOf(repository, revision),
    specPath: specRoot === undefined ? undefined : relative(repository, specFile),
  };
}

/** What messages and reports call it: `main (0123456789ab)`. */
export function subjectName({ revision, commit }: Subject): string {
  return `${revision} (${shortCommit(commit)})`;
}

/** Its first 12 digits. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 12);
}

/** One sentence: what differs between both sides. */
export function describeSubject(subject: Subject): string {
  const where = `${subjectName(subject)} of ${subject.repository}`;
  return subject.kind === 'querybench'
    ? `Against ${where}: querybench, and the modules and data beside the spec, as they were; the spec is today's.`
    : `Against ${where}: modules and data beside the spec as they were; the spec is today's, and so is querybench.`;
}
