/** `work`, done when first asked for; what it gives, or the promise of it, is shared by all who ask. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
