/** Returns 256 random bits in hexadecimal. Also without a secure context, unlike `randomUUID`. */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
