import type { AttachedFile } from './attached-file';

type Named = Pick<AttachedFile, 'reference' | 'name'>;

/** The address under which the server hands out a file by its name, to whoever is signed in (REST reference C). */
export function downloadAddress(file: Named): string {
  return addressWith(file, { download: 'true' });
}

/** The one under which it shows a picture: as what its name says it is. */
export function viewAddress(file: Named): string {
  return addressWith(file, {});
}

function addressWith({ reference, name }: Named, query: Readonly<Record<string, string>>): string {
  const url = new URL(reference.url);
  url.search = new URLSearchParams({ fileName: name, ...query }).toString();
  return url.href;
}
