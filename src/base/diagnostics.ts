import { redact } from './redact';

/** Steps kept. */
const MAX_STEPS = 20;

/** Longest text value, in characters. */
const MAX_TEXT = 200;

/** Facts for support, by name. Never names of files or people, titles, tokens or addresses. */
export type DiagnosticFacts = Readonly<Record<string, string | number | boolean | undefined>>;

const steps: { readonly at: number; readonly text: string }[] = [];
const readers = new Map<string, () => DiagnosticFacts>();

/**
 * Records a step of this frame; the oldest of more than 20 is dropped.
 *
 * @param text Words of the source code and numbers only.
 */
export function recordStep(text: string): void {
  steps.push({ at: Date.now(), text });
  if (steps.length > MAX_STEPS) steps.shift();
}

/**
 * Adds facts, read each time diagnostics are copied.
 *
 * @param source Name of their source. A later call with the same name replaces its facts.
 */
export function addDiagnostics(source: string, read: () => DiagnosticFacts): void {
  readers.set(source, read);
}

/** Formats facts and steps as text for a ticket, in English. */
export function describeDiagnostics(facts: DiagnosticFacts): string {
  const known = [facts, ...[...readers.values()].map((read) => read())].flatMap((each) =>
    Object.entries(each),
  );
  const lines = known.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}: ${String(value).slice(0, MAX_TEXT)}`],
  );
  const last = steps.map(({ at, text }) => `${new Date(at).toISOString()} ${text}`);
  return redact(['Stapler diagnostics', ...lines, `Last steps: ${last.length}`, ...last].join('\n'));
}
