/** Whether a client wants lists as bare arrays: `noArrayWrap` in `Accept`, as the official one says (REST reference H.1). */
export function asksForBareLists(accept: string | undefined): boolean {
  return /;\s*noArrayWrap=true/i.test(accept ?? '');
}

/** A list without its `{ count, value }`; other answers as they are. */
export function withBareList(payload: unknown): unknown {
  if (typeof payload !== 'string' || !payload.startsWith('{"count":')) return payload;
  const { value } = JSON.parse(payload) as { value: unknown };
  return Array.isArray(value) ? JSON.stringify(value) : payload;
}
