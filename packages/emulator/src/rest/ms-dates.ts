/** Whether the client wants dates as `/Date(…)/`, as the official one does (REST reference H.1). */
export function asksForMsDates(accept: string | undefined): boolean {
  return /;\s*msDateFormat=true/i.test(accept ?? '');
}

/** A JSON answer with its ISO dates as `"\/Date(milliseconds)\/"`; anything else as it is. */
export function withMsDates(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  return payload.replaceAll(
    /"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/g,
    (_match, date: string) => `"\\/Date(${Date.parse(date)})\\/"`,
  );
}
