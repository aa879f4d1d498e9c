import { Parser } from 'htmlparser2';

let text = '';
const parser = new Parser({ ontext: (part) => (text += part) });

/**
 * Table of character references, such as `&eacute;`. The build replaces the one of postal-mime with it: htmlparser2 has
 * the same table, and each has more than 20 KiB.
 */
export const htmlEntities: Readonly<Record<string, string | undefined>> = new Proxy(
  {},
  { get: (_, reference) => decode(String(reference)) },
);

function decode(reference: string): string | undefined {
  text = '';
  parser.parseComplete(reference);
  return text === reference ? undefined : text;
}
