import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from '../../src/foundation/makeDirectory.ts';
import { sharedFolder } from '../folders.ts';

const folder = sharedFolder();

test('makes all that leads to it, and is content with what is there', () => {
  const deep = join(folder, 'a', 'b', 'c');
  for (const path of [deep, deep, join(folder, 'a', 'd'), folder, '.']) {
    makeDirectory(path);
    expect(statSync(path).isDirectory()).toBe(true);
  }
});

test('follows links to directories', () => {
  mkdirSync(join(folder, 'target'));
  symlinkSync(join(folder, 'target'), join(folder, 'link'), 'junction');
  makeDirectory(join(folder, 'link'));
  makeDirectory(join(folder, 'link', 'below'));
  expect(statSync(join(folder, 'target', 'below')).isDirectory()).toBe(true);
});

test('a file in the way is an error of the system', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeDirectory(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  expect(() => makeDirectory(join(file, 'below', 'it'))).toThrow(
    expect.objectContaining({ syscall: 'mkdir' }),
  );
});

// Where Node's own recursive mkdir asks for ever.
test.runIf(process.platform === 'linux')('ends where the system makes no directories', () => {
  for (const path of ['/proc/querybench', '/proc/querybench/deep/down']) {
    expect(() => makeDirectory(path)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  }
});
