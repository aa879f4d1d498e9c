/** Looks one value of a query up. */
export type Query = (name: string) => string | undefined;

/** The query of an address. Assumed: keys are case-insensitive, as in ASP.NET (REST reference A.1). */
export function queryOf(address: string): Query {
  const start = address.indexOf('?');
  const values = new URLSearchParams(start === -1 ? '' : address.slice(start));
  return (name) => [...values].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Whether a switch such as `validateOnly=true` is on. */
export function isOn(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
