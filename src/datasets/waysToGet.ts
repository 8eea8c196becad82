/** What to tell a user whose data are missing or damaged. */
import { type CatalogueEntry, catalogueEntry } from './catalogue.ts';
import type { Origin } from './locateDataset.ts';

/** Every way to get a data set, as one sentence; `except` leaves the download out when that has just failed. */
export function waysToGet(entry: CatalogueEntry, except?: 'download'): string {
  const { info, provider, mirrors } = entry;
  if (provider.origin === 'vendored') return 'It comes with querybench: install querybench again.';
  const names = entry.files.map((file) => file.name).join(', ');
  const ways = [
    `put ${names} (plain or .gz) in a folder "${info.name}" and set QUERYBENCH_DATA to the folder that holds it`,
  ];
  if (provider.origin === 'package') ways.unshift(`run \`${provider.install}\``);
  if (provider.origin === 'system') ways.unshift(`run \`${provider.install}\` (Debian, Ubuntu)`);
  if (except !== 'download' && mirrors.length > 0) {
    ways.unshift(`run \`querybench data ${info.name}\`, which downloads it`);
  }
  if (except === 'download') {
    ways.push(
      `set QUERYBENCH_MIRROR to an address that has ${info.name}/${entry.files[0]?.name}.gz and so on`,
    );
  }
  return `To get it, do one of these: ${ways.map((way, i) => `(${i + 1}) ${way}`).join('; ')}.`;
}

/** Every way to get a data set that is missing. Throws `UserError("unknown-name")`. */
export function waysToGetDataset(name: string): string {
  return waysToGet(catalogueEntry(name));
}

/** What to do about a damaged file, by where it was found. */
export function remedyFor(entry: CatalogueEntry, origin: Origin): string {
  const { info, provider } = entry;
  if (origin === 'environment') return 'Replace the file, or unset QUERYBENCH_DATA.';
  if (origin === 'cache') return `Run \`querybench data ${info.name}\`, which fetches it anew, or delete it.`;
  if (provider.origin === 'vendored') return 'Install querybench again.';
  return `Remove it and run \`${provider.install}\` again.`;
}
