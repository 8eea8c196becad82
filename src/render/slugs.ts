/** File names made of titles: readable, the same on every system, and never two the same. */

/** One slug per title, in order: lower-case letters, digits, dots, hyphens; equal ones get `-2`, `-3` … */
export function slugs(titles: readonly string[]): string[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    const base =
      title
        .toLowerCase()
        .normalize('NFKD')
        .replaceAll(/[^a-z0-9.]+/g, '-')
        .replaceAll(/^[-.]+|[-.]+$/g, '')
        .slice(0, 120) || 'chart';
    let slug = base;
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
    taken.add(slug);
    return slug;
  });
}
