/** A registry's entries in full: what `querybench list strategies --long` shows. */
import { z } from 'zod';

interface Entry {
  readonly description: string;
  readonly details: { readonly source: string; readonly formula: string; readonly cost: string };
  readonly needs: readonly string[];
  readonly options: Readonly<Record<string, z.ZodType>>;
  readonly isBound?: boolean;
  /** Present where a selector may stand beside it. */
  readonly measure?: unknown;
}

/** A paragraph for each entry. */
export function renderRegistry(registry: Readonly<Record<string, Entry>>): string {
  const paragraphs = Object.entries(registry).map(([name, entry]) => {
    const { source, formula, cost } = entry.details;
    const lines = [
      ['source', source],
      ['formula', formula],
      ['cost', cost],
      ['needs', needsOf(entry)],
      ...Object.entries(entry.options).map(([option, schema], i) => [
        i === 0 ? 'options' : '',
        `${option}: ${describeOption(schema)}`,
      ]),
      ...(entry.measure === undefined ? [] : [['selector', 'any of `querybench list selectors`; top-k']]),
    ];
    const rows = lines.map(([title = '', text = '']) => `  ${title.padEnd(9)} ${text}\n`).join('');
    return `${name}: ${entry.description}\n${rows}`;
  });
  return paragraphs.join('\n');
}

function needsOf({ needs, isBound }: Entry): string {
  const texts: Readonly<Record<string, string>> = {
    predictions: 'predictions',
    samples: 'samples of the prediction: a model with dropout, or an ensemble',
    embeddings: 'embeddings',
  };
  const asked = needs.map((need) => texts[need] ?? need);
  if (isBound) asked.push('labels that nobody paid for: a bound, no rival of the others');
  return asked.length === 0 ? 'nothing of the model' : asked.join('; ');
}

/** "a whole number ≥ 1 (default 100). Rows drawn …" */
function describeOption(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input' });
  const isOptional = schema.safeParse(undefined).success;
  const fallback =
    json.default === undefined
      ? isOptional
        ? ' (optional)'
        : ' (required)'
      : ` (default ${String(json.default)})`;
  return `${describeKind(json)}${fallback}. ${json.description ?? ''}`.trimEnd();
}

function describeKind(json: z.core.JSONSchema.BaseSchema): string {
  if (json.anyOf) return json.anyOf.map((each) => describeKind(each as typeof json)).join(' or ');
  if (json.enum) return json.enum.join(' | ');
  const nouns: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    number: 'a number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
  };
  const noun = nouns[String(json.type)] ?? 'a value';
  if (json.exclusiveMinimum !== undefined) return `${noun} > ${json.exclusiveMinimum}`;
  return json.minimum === undefined || json.minimum === Number.MIN_SAFE_INTEGER
    ? noun
    : `${noun} ≥ ${json.minimum}`;
}
