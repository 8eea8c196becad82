/** A trial's file is followed while it grows, and from its start again where it was cut or replaced. */
import { appendFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTrial, trialPath } from '../../src/store/openTrial.ts';
import { SCHEMA_VERSION, type TrialLine } from '../../src/store/record.ts';
import { encodeLine } from '../../src/store/recordLine.ts';
import { tailTrial } from '../../src/store/tailTrial.ts';
import { temporaryFolder } from '../folders.ts';
import { sampleFooter, sampleHeader, sampleLines, sampleRound, TRIAL_ID } from './sampleTrial.ts';

const whole = Buffer.from(sampleLines.map(encodeLine).join(''));

function emptyFile(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'trials'));
  return trialPath(folder, TRIAL_ID);
}

test('a file that comes in pieces, cut anywhere, gives every line once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (cuts) => {
      const path = emptyFile();
      const tail = tailTrial(path);
      expect(tail.look()).toBeUndefined();
      const lines: TrialLine[] = [];
      let start = 0;
      for (const end of [...cuts.sort((a, b) => a - b), whole.length]) {
        appendFileSync(path, whole.subarray(start, end));
        start = end;
        const news = tail.look();
        expect(news?.restarted ?? false).toBe(false);
        expect(news?.broken).toBeUndefined();
        lines.push(...(news?.lines ?? []));
      }
      expect(lines).toEqual(sampleLines);
      expect(tail.look()).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});

test('a failed trial that goes on is read from its start again', () => {
  const path = emptyFile();
  const folder = join(path, '..', '..');
  const tail = tailTrial(path);
  const first = openTrial(folder, sampleHeader());
  first.append(sampleRound(0));
  first.append({ ...sampleFooter(1), status: 'failed', reason: 'no luck' });
  first.close();
  expect(tail.look()?.lines.map(({ kind }) => kind)).toEqual(['header', 'round', 'footer']);
  const second = openTrial(folder, sampleHeader());
  second.append(sampleRound(1));
  second.append(sampleRound(2));
  second.close();
  expect(tail.look()).toMatchObject({
    restarted: true,
    lines: [{ kind: 'header' }, { round: 0 }, { round: 1 }, { round: 2 }],
  });
});

test('a file that is emptied, or replaced by a longer one, is read from its start again', () => {
  const path = emptyFile();
  writeFileSync(path, whole);
  const tail = tailTrial(path);
  expect(tail.look()?.lines).toHaveLength(5);
  truncateSync(path, 0);
  expect(tail.look()).toMatchObject({ restarted: true, lines: [] });
  const other = [sampleHeader(), ...[0, 1, 2, 3, 4, 5].map(sampleRound)];
  writeFileSync(`${path}.new`, other.map(encodeLine).join(''));
  renameSync(`${path}.new`, path);
  expect(tail.look()?.lines).toEqual(other);
});

test('a broken line ends the reading until the file is replaced', () => {
  const path = emptyFile();
  writeFileSync(path, `${encodeLine(sampleHeader())}nonsense\n${encodeLine(sampleRound(0))}`);
  const tail = tailTrial(path);
  expect(tail.look()).toMatchObject({ lines: [{ kind: 'header' }], broken: 'it does not end in a checksum' });
  appendFileSync(path, encodeLine(sampleRound(1)));
  expect(tail.look()).toBeUndefined();
  writeFileSync(path, encodeLine({ ...sampleHeader(), environment: { node: '99' } }));
  expect(tail.look()).toMatchObject({ restarted: true, lines: [{ kind: 'header' }] });
});

test('a newer schema version is a mistake the user can mend', () => {
  const path = emptyFile();
  writeFileSync(path, encodeLine({ ...sampleHeader(), schemaVersion: SCHEMA_VERSION + 1 }));
  expect(() => tailTrial(path).look()).toThrow(/Upgrade querybench/);
});
