import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendLine, openTrial, type TrialWriter, trialPath } from '../../src/store/openTrial.ts';
import { readTrial } from '../../src/store/readTrial.ts';
import { SCHEMA_VERSION, type TrialLine } from '../../src/store/record.ts';
import { encodeLine } from '../../src/store/recordLine.ts';
import { temporaryFolder } from '../folders.ts';
import {
  arbitraryRounds,
  sampleFooter,
  sampleHeader,
  sampleLines,
  sampleRound,
  TRIAL_ID,
} from './sampleTrial.ts';

/** A directory as `openStore` leaves it, and the path of the sample trial in it. */
function emptyStore(): { directory: string; path: string } {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'trials'));
  return { directory, path: trialPath(directory, TRIAL_ID) };
}

function write(writer: TrialWriter, lines: readonly TrialLine[]): void {
  for (const line of lines) if (line.kind !== 'header') writer.append(line);
  writer.close();
}

const sampleText = sampleLines.map(encodeLine).join('');

test('what is appended is what is read', () => {
  fc.assert(
    fc.property(arbitraryRounds, fc.boolean(), (rounds, finished) => {
      const { directory, path } = emptyStore();
      const footer = finished ? sampleFooter(rounds.length) : undefined;
      write(openTrial(directory, sampleHeader()), footer ? [...rounds, footer] : rounds);
      expect(readTrial(path)).toStrictEqual({
        state: 'intact',
        trial: { header: sampleHeader(), rounds, ...(footer && { footer }) },
      });
    }),
    { numRuns: 30 },
  );
});

test('each record is in the file as soon as append returns', () => {
  const { directory, path } = emptyStore();
  const writer = openTrial(directory, sampleHeader());
  expect(readFileSync(path, 'utf8')).toBe(encodeLine(sampleHeader()));
  writer.append(sampleRound(0));
  expect(readFileSync(path, 'utf8')).toBe(encodeLine(sampleHeader()) + encodeLine(sampleRound(0)));
  writer.close();
});

test('cut off after any byte, a file keeps its intact lines and is taken up again to the same bytes', () => {
  const { directory, path } = emptyStore();
  const bytes = Buffer.from(sampleText);
  for (let length = 0; length < bytes.length; length++) {
    writeFileSync(path, bytes.subarray(0, length));
    const numLines = bytes.subarray(0, length).filter((byte) => byte === 0x0a).length;
    const read = readTrial(path);
    if (numLines === 0) expect(read).toEqual({ state: 'absent' });
    else expect(read).toMatchObject({ trial: { rounds: sampleLines.slice(1, numLines) } });
    const writer = openTrial(directory, sampleHeader());
    expect(writer.rounds).toEqual(sampleLines.slice(1, Math.max(1, numLines)));
    expect(writer.warnings).toEqual([]);
    write(writer, sampleLines.slice(1 + writer.rounds.length));
    expect(readFileSync(path).equals(bytes)).toBe(true);
  }
});

test('changed bytes are noticed, or cost no more than the last line', () => {
  const { path } = emptyStore();
  const bytes = Buffer.from(sampleText);
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
  const changes = fc.uniqueArray(change, { selector: ([at]) => at, minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(changes, (positions) => {
      const damaged = Buffer.from(bytes);
      for (const [at, mask] of positions) damaged[at] = (damaged[at] ?? 0) ^ mask;
      writeFileSync(path, damaged);
      const read = readTrial(path);
      if (read.state === 'intact') {
        expect(positions.map(([at]) => at)).toContain(bytes.length - 1);
        expect(read.trial).toStrictEqual({ header: sampleHeader(), rounds: sampleLines.slice(1, 4) });
      } else {
        expect(read).toMatchObject({
          state: 'broken',
          message: expect.stringMatching(/\.jsonl:[1-5]: this line is broken: /),
        });
      }
    }),
    { numRuns: 300 },
  );
});

const header = encodeLine(sampleHeader());
const [round0, round1] = [0, 1].map((round) => encodeLine(sampleRound(round)));
const footer = encodeLine(sampleFooter(1));

test.each([
  [`${round0}`, 1, 'a round stands where the header should'],
  [`${header}${header}`, 2, 'a second header follows the first'],
  [`${header}${round1}`, 2, 'round 1 stands where round 0 should'],
  [`${header}${round0}${round0}`, 3, 'round 0 stands where round 1 should'],
  [`${header}${footer}`, 2, 'the footer counts 1 rounds, the file holds 0'],
  [`${header}${round0}${footer}${round1}`, 4, 'a round follows the footer'],
  [`${header}\n${round0}`, 2, 'it does not end in a checksum'],
  [encodeLine(sampleHeader('f'.repeat(16))), 1, 'its header belongs to trial ffffffffffffffff'],
])('file %#: line %i is broken: %s', (text, line, reason) => {
  const { path } = emptyStore();
  writeFileSync(path, text);
  const message = `${path}:${line}: this line is broken: ${reason}`;
  expect(readTrial(path)).toEqual({ state: 'broken', line, reason, message });
});

test('records of a newer version are refused', () => {
  const { path } = emptyStore();
  writeFileSync(path, encodeLine({ ...sampleHeader(), schemaVersion: SCHEMA_VERSION + 1 }));
  expect(() => readTrial(path)).toThrow(
    `${path} was written with schema version ${SCHEMA_VERSION + 1}; this querybench reads versions up to ${SCHEMA_VERSION}. Upgrade`,
  );
});

test('broken files are set aside under free names, with a warning', () => {
  const { directory, path } = emptyStore();
  for (const n of [1, 2]) {
    writeFileSync(path, `${header}damage ${n}\n${round0}`);
    const writer = openTrial(directory, sampleHeader());
    expect(writer.rounds).toEqual([]);
    expect(writer.warnings).toEqual([
      `${path}:2: this line is broken: it does not end in a checksum. ` +
        `The file is kept as ${path}.broken-${n}, and the trial runs again.`,
    ]);
    writer.close();
    expect(readFileSync(`${path}.broken-${n}`, 'utf8')).toBe(`${header}damage ${n}\n${round0}`);
    expect(readFileSync(path, 'utf8')).toBe(header);
  }
  expect(readdirSync(join(directory, 'trials'))).toHaveLength(3);
});

test('a resumed trial keeps its first header, a restarted one gets the new', () => {
  const { directory, path } = emptyStore();
  writeFileSync(path, `${header}${round0}`);
  const elsewhere = { ...sampleHeader(), environment: { node: '24.0.0' } };
  openTrial(directory, elsewhere).close();
  expect(readFileSync(path, 'utf8')).toBe(`${header}${round0}`);
  openTrial(directory, elsewhere, { keepRounds: 0 }).close();
  expect(readFileSync(path, 'utf8')).toBe(encodeLine(elsewhere));
});

test('keepRounds cuts rounds and the footer off', () => {
  const { directory, path } = emptyStore();
  writeFileSync(path, sampleText);
  const writer = openTrial(directory, sampleHeader(), { keepRounds: 2 });
  expect(writer.rounds).toEqual([sampleRound(0), sampleRound(1)]);
  write(writer, [sampleRound(2), sampleFooter(3)]);
  expect(readFileSync(path, 'utf8')).toBe(sampleText);
});

test('a failed trial goes on without its footer, a finished one is not opened', () => {
  const { directory, path } = emptyStore();
  writeFileSync(
    path,
    header + round0 + encodeLine({ ...sampleFooter(1), status: 'failed', reason: 'it was tired' }),
  );
  openTrial(directory, sampleHeader()).close();
  expect(readFileSync(path, 'utf8')).toBe(`${header}${round0}`);
  appendFileSync(path, footer);
  expect(() => openTrial(directory, sampleHeader())).toThrow('finished already');
  expect(readFileSync(path, 'utf8')).toBe(`${header}${round0}${footer}`);
});

test('records out of order are refused before they reach the file', () => {
  const { directory, path } = emptyStore();
  const writer = openTrial(directory, sampleHeader());
  expect(() => writer.append(sampleRound(1))).toThrow('round 1 is out of order');
  expect(() => writer.append(sampleFooter(1))).toThrow('footer 1 is out of order');
  writer.append(sampleFooter(0));
  expect(() => writer.append(sampleRound(0))).toThrow('round 0 is out of order');
  writer.close();
  expect(readFileSync(path, 'utf8')).toBe(header + encodeLine(sampleFooter(0)));
});

test.skipIf(process.platform !== 'linux')(
  'a full disk is told as such (Linux has a device that is one)',
  () => {
    const file = openSync('/dev/full', 'w');
    expect(() => appendLine(file, 'results/trial.jsonl', footer)).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'disk-full',
        message: expect.stringMatching(
          /^Cannot write results\/trial\.jsonl: the disk is full\. Free some space/,
        ),
      }),
    );
    closeSync(file);
  },
);
