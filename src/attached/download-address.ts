import type { AttachedFile } from './attached-file';

/** The address under which the server hands out a file by its name, to whoever is signed in (REST reference C). */
export function downloadAddress({ reference, name }: Pick<AttachedFile, 'reference' | 'name'>): string {
  const url = new URL(reference.url);
  url.search = '';
  url.searchParams.set('fileName', name);
  url.searchParams.set('download', 'true');
  return url.href;
}
