/** `--format`: what goes where. */
import { expect, test } from 'vitest';
import { parseOutputs } from '../../../src/cli/check/checkOutputs.ts';

test.each<[words: string[], outputs: object[]]>([
  [[], [{ format: 'text' }]],
  [['text'], [{ format: 'text' }]],
  [['json'], [{ format: 'json' }]],
  [['junit=a.xml'], [{ format: 'text' }, { format: 'junit', file: 'a.xml' }]],
  [['github'], [{ format: 'text' }, { format: 'github' }]],
  [
    ['github', 'text'],
    [{ format: 'text' }, { format: 'github' }],
  ],
  [
    ['json=a=b.json', 'markdown'],
    [{ format: 'json', file: 'a=b.json' }, { format: 'markdown' }],
  ],
])('%j', (words, outputs) => {
  expect(parseOutputs(words)).toEqual(outputs);
});

test.each<[words: string[], says: string]>([
  [['jnuit'], 'Unknown --format "jnuit". Did you mean "junit"?'],
  [['json', 'junit'], 'is to take json and junit. Give all but one a file'],
  [['json', 'github'], 'is to take json and github'],
  [['text', 'text'], 'is to take text and text'],
  [['json='], 'its file has no name'],
  [['github=a.txt'], 'annotations are read from standard output'],
  [['json=a', 'markdown=a'], 'names "a" twice'],
])('%j is refused', (words, says) => {
  expect(() => parseOutputs(words)).toThrow(says);
});
