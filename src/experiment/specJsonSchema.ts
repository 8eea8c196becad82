/**
 * The spec's schema as JSON Schema, by which editors complete, explain and check a spec while it is written.
 */
import { z } from 'zod';
import { specSchema } from './specSchema.ts';
import type { SpecVocabulary } from './specVocabulary.ts';

/** JSON Schema, draft 7: what the YAML language server reads best. */
export function specJsonSchema(vocabulary: SpecVocabulary): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(specSchema(vocabulary), {
    io: 'input',
    target: 'draft-07',
    reused: 'ref', // what stands in several places, e.g. an axis' entries, is written once
    override: ({ jsonSchema }) => {
      // Every whole number would carry the bound that a double sets it.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { ...schema, title: 'querybench experiment' };
}
