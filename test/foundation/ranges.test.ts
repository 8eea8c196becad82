import { assert, nat, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { ranges } from '../../src/foundation/ranges.ts';

test('runs of numbers are told by their ends', () => {
  expect(ranges([])).toBe('');
  expect(ranges([3])).toBe('3');
  expect(ranges([0, 1, 2, 3, 4, 7])).toBe('0-4, 7');
  expect(ranges([1, 3, 5, 6])).toBe('1, 3, 5-6');
});

test('say which numbers there are, each once', () => {
  assert(
    property(uniqueArray(nat(60)), (numbers) => {
      const ascending = numbers.toSorted((a, b) => a - b);
      const told = ranges(ascending)
        .split(', ')
        .filter((part) => part !== '')
        .flatMap((part) => {
          const [first = 0, last = first] = part.split('-').map(Number);
          return Array.from({ length: last - first + 1 }, (_, i) => first + i);
        });
      expect(told).toEqual(ascending);
    }),
  );
});
