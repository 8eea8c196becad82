import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrialLine } from '../../src/store/record.ts';
import { decodeLine, encodeLine } from '../../src/store/recordLine.ts';
import { arbitraryRounds, sampleFooter, sampleHeader, sampleLines, sampleRound } from './sampleTrial.ts';

function decode(line: string) {
  return decodeLine(Buffer.from(line.slice(0, -1)));
}

test('a line is flat JSON that ends in the CRC-32 of the rest, as Python computes it', () => {
  // python3 -c "import zlib; print('%08x' % zlib.crc32(b'{\"kind\":\"footer\",\"status\":\"finished\",\"numRounds\":3,\"seconds\":1.5}'))"
  expect(encodeLine(sampleFooter(3))).toBe(
    '{"kind":"footer","status":"finished","numRounds":3,"seconds":1.5,"checksum":"e5bcaf6c"}\n',
  );
});

test.each(sampleLines)('a $kind comes back as it was written', (record) => {
  expect(decode(encodeLine(record))).toStrictEqual({ ok: true, record });
});

test('arbitrary rounds come back bit for bit, NaN and infinities included', () => {
  fc.assert(
    fc.property(arbitraryRounds, (rounds) => {
      for (const record of rounds) expect(decode(encodeLine(record))).toStrictEqual({ ok: true, record });
    }),
  );
});

test('arbitrary text in a header comes back, lone surrogates and newlines included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const record: TrialLine = { ...sampleHeader(), environment: { text, NaN: 'NaN' } };
      const line = encodeLine(record);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(decode(line)).toStrictEqual({ ok: true, record });
    }),
  );
});

test('every single changed bit is noticed', () => {
  const line = Buffer.from(encodeLine(sampleRound(1)).slice(0, -1));
  for (let bit = 0; bit < line.length * 8; bit++) {
    const damaged = Buffer.from(line);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(decodeLine(damaged).ok).toBe(false);
  }
});

test('invalid UTF-8 in place of the replacement character is noticed', () => {
  const bytes = Buffer.from(encodeLine({ ...sampleHeader(), environment: { cpu: '\uFFFD' } }).slice(0, -1));
  const at = bytes.indexOf('\uFFFD');
  const damaged = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + 3)]);
  expect(damaged.toString()).toBe(bytes.toString());
  expect(decodeLine(damaged)).toMatchObject({ ok: false, reason: expect.stringContaining('checksum') });
});

test.each([
  ['', 'it does not end in a checksum'],
  ['{"kind":"footer"}', 'it does not end in a checksum'],
  ['{"kind":"footer","checksum":"00000000"}', /^its checksum is [0-9a-f]{8}, not the stored 00000000$/],
  [withChecksum('{"kind":"leg"}'), 'it is not a record'],
  [withChecksum('{"kind":"round"'), /not the stored/],
  [withChecksum('[1}'), 'it is not a record'],
])('%s: %s', (line, reason) => {
  expect(decodeLine(Buffer.from(line))).toEqual({
    ok: false,
    reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
  });
});

function withChecksum(text: string): string {
  return `${text.slice(0, -1)},"checksum":"${crc32(text).toString(16).padStart(8, '0')}"}`;
}
