/** `data:image/png;base64,…` (RFC 2397). */
const DATA_URL = /^data:([^,;]*)((?:;[^,;]*)*?)(;\s*base64)?,(.*)$/is;

/** Returns the media type of a `data:` URL, lower case; empty if there is none. */
export function embeddedType(url: string): string {
  return DATA_URL.exec(url)?.[1]?.trim().toLowerCase() ?? '';
}

/** Returns the bytes of a `data:` URL. What cannot be decoded is returned as it is: its viewer explains it. */
export function readEmbedded(url: string): Blob {
  const [, type = '', , base64, data = ''] = DATA_URL.exec(url) ?? [];
  try {
    const text = decodeURIComponent(data);
    if (base64 === undefined) return new Blob([text], { type });
    const bytes = atob(text.replace(/\s/g, ''));
    return new Blob([Uint8Array.from(bytes, (character) => character.charCodeAt(0))], { type });
  } catch {
    return new Blob([data], { type });
  }
}
