import type { RestClient } from './rest';

/** Types that a browser shows without running their content. */
const harmlessTypes = /^(image\/(png|jpeg|gif|webp|bmp)|text\/plain|application\/pdf)$/;
const revokeAfterMs = 60_000;

/** Opens a harmless attachment in a new tab, and saves any other. */
export async function openAttachment(rest: RestClient, url: string, name: string): Promise<void> {
  const bytes = await rest.download(url, name);
  if (!harmlessTypes.test(bytes.type.replace(/;.*/, ''))) save(bytes, name);
  else window.open(temporaryUrl(bytes), '_blank');
}

/** Saves an attachment under its name. */
export async function downloadAttachment(rest: RestClient, url: string, name: string): Promise<void> {
  save(await rest.download(url, name), name);
}

function save(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = temporaryUrl(bytes);
  link.download = name;
  link.click();
}

function temporaryUrl(bytes: Blob): string {
  const url = URL.createObjectURL(bytes);
  window.setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs);
  return url;
}
