/**
 * Work done once per object. What charts, tables and cautions all ask of the same records is computed for the first of them
 * and kept as long as those records are.
 */

/** `work` of `subject`, done when first asked for it by this `key`, which must say everything else that it depends on. */
export function remembered<Subject extends object, Result>(): (
  subject: Subject,
  key: string,
  work: () => Result,
) => Result {
  const known = new WeakMap<Subject, Map<string, Result>>();
  return (subject, key, work) => {
    const ofSubject = known.get(subject) ?? new Map<string, Result>();
    known.set(subject, ofSubject);
    const before = ofSubject.get(key);
    if (before !== undefined) return before;
    const result = work();
    ofSubject.set(key, result);
    return result;
  };
}
