/** Maximum size of an answer, in bytes of UTF-8. */
export const MAX_ANSWER_BYTES = 1_200;

/** Room for the frame of the protocol around the result: version and id of the request. */
const FRAME_BYTES = 100;

/** Length of a long text in an answer before it is shortened further, in bytes. */
const MAX_TEXT_BYTES = 1_000;

const ELLIPSIS = '…';

/** JSON as a tool returns it. */
export type Json = string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };

/** Result of a tool in the protocol. */
export interface Answer {
  readonly content: { readonly type: 'text'; readonly text: string }[];
  readonly isError?: true;
  readonly [other: string]: unknown;
}

/** Returns the size of a text, in bytes of UTF-8. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** Shortens a text in the middle to a number of bytes: the end of a name tells its type. */
export function shortenMiddle(text: string, maxBytes: number): string {
  if (bytesOf(text) <= maxBytes) return text;
  const room = Math.max(0, maxBytes - bytesOf(ELLIPSIS));
  // A huge text is cut first: each unit takes at least a byte.
  const head = Array.from(text.slice(0, room));
  const tail = Array.from(text.slice(text.length - Math.min(room, text.length))).reverse();
  const start = takeBytes(head, Math.ceil(room / 2)).join('');
  const end = takeBytes(tail, Math.floor(room / 2));
  return start + ELLIPSIS + end.reverse().join('');
}

/** Returns an answer of at most 1,200 bytes. If it is longer, its texts are shortened; a list must be cut before. */
export function answerOf(value: Json, isError = false): Answer {
  for (let maxBytes = MAX_TEXT_BYTES; ; maxBytes = Math.floor(maxBytes / 2)) {
    const answer = toAnswer(withShortTexts(value, maxBytes), isError);
    if (sizeOf(answer) <= MAX_ANSWER_BYTES - FRAME_BYTES || maxBytes === 0) return answer;
  }
}

/**
 * Returns how many items of a list fit into an answer.
 *
 * @param build Builds the answer with the first items.
 */
export function countThatFits(count: number, build: (count: number) => Json): number {
  let fitting = count;
  while (fitting > 0 && sizeOf(toAnswer(build(fitting))) > MAX_ANSWER_BYTES - FRAME_BYTES) fitting--;
  return fitting;
}

function toAnswer(value: Json, isError = false): Answer {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { content: [{ type: 'text', text }], ...(isError && { isError }) };
}

/** Size in the protocol, where the text is quoted once more. */
function sizeOf(answer: Answer): number {
  return bytesOf(JSON.stringify(answer));
}

function withShortTexts(value: Json, maxBytes: number): Json {
  if (typeof value === 'string') return shortenMiddle(value, maxBytes);
  if (Array.isArray(value)) return value.map((each: Json) => withShortTexts(each, maxBytes));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, Json]) => [key, withShortTexts(each, maxBytes)]),
  );
}

/** Returns the first characters, as many as fit. */
function takeBytes(characters: readonly string[], maxBytes: number): string[] {
  let bytes = 0;
  const end = characters.findIndex((character) => (bytes += bytesOf(character)) > maxBytes);
  return characters.slice(0, end === -1 ? undefined : end);
}
