import { findSecrets } from './find-secrets';
import { isSecretHeader, isSecretParameter } from './secret-names';

/** Text in place of a secret. */
const REPLACEMENT = '***';

/** Longer texts in a HAR are searched, but not read as JSON once more. */
const MAX_NESTED_LENGTH = 8 * 1024 * 1024;
const MAX_DEPTH = 200;
/** JSON in texts in JSON. */
const MAX_NESTING = 3;

/** Kind of a secret in a HAR. `found` is one in any other text, by the rules of the scanner. */
export type HarSecretKind = 'cookie' | 'header' | 'parameter' | 'body' | 'found';

/** Result of masking a HAR. */
export interface MaskedHar {
  readonly text: string;
  /** Number of replaced values. */
  readonly counts: Readonly<Record<HarSecretKind, number>>;
}

/** Name and value in an address or a form. */
const PARAMETER = /(^|[?&#])([^=&#?;\s]{1,100})=([^&#\s"'<>]+)/g;

/** A field of a form with several parts. */
const FORM_FIELD =
  /(name="([^"\r\n]{1,100})"\r?\n(?:[\w-]{1,40}: ?[^\r\n]{0,200}\r?\n){0,4}\r?\n)([^\r\n]+)/g;

/** Start of a text of JSON or base64. */
const JSON_START = /^\s{0,100}[[{]/;

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * Replaces cookies, credentials and tokens in a HAR: in headers, parameters, addresses, forms, bodies in JSON, and all
 * other texts. The result is a HAR with the same requests.
 *
 * @returns `undefined` if the text is no HAR.
 */
export function maskHar(text: string): MaskedHar | undefined {
  const har = parsed(text);
  if (!isObject(har) || !isObject(har['log']) || !Array.isArray(har['log']['entries'])) return undefined;
  const masking = new HarMasking();
  const masked = masking.value(har, { depth: 0, nesting: 0 });
  const indent = /^\s*\{\r?\n([ \t]{1,8})"/.exec(text)?.[1];
  return { text: JSON.stringify(masked, undefined, indent), counts: masking.counts };
}

/** Place of a value. */
interface Place {
  readonly depth: number;
  /** Number of texts of JSON around it. */
  readonly nesting: number;
  readonly key?: string;
  /** Kind of secret of its names: `cookies`, `headers` or `queryString` in the list above. */
  readonly kind?: HarSecretKind;
}

/** Lists with names and values. */
const LISTS: ReadonlyMap<string, HarSecretKind> = new Map([
  ['cookies', 'cookie'],
  ['headers', 'header'],
  ['queryString', 'parameter'],
  ['params', 'parameter'],
]);

class HarMasking {
  readonly counts: Record<HarSecretKind, number> = { cookie: 0, header: 0, parameter: 0, body: 0, found: 0 };

  value(value: Json, place: Place): Json {
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value !== 'object' || value === null) return value;
    // Deeper values are in no HAR of a browser.
    if (place.depth > MAX_DEPTH) return null;
    const depth = place.depth + 1;
    if (isList(value)) return value.map((item) => this.value(item, { ...place, depth }));
    return this.#object(value, { ...place, depth });
  }

  #object(object: JsonObject, place: Place): Json {
    const content = this.#encodedContent(object);
    const entries = Object.entries(content ?? object).map(([key, value]): [string, Json] => {
      const isContent = content !== undefined && key === 'text';
      if (isContent) return [key, value];
      if (key === 'value' && this.#isSecretItem(object, place.kind))
        return [key, this.#replaced(value, place.kind)];
      const kind =
        place.nesting === 0 ? (LISTS.get(key) ?? (isList(value) ? undefined : place.kind)) : undefined;
      if (place.nesting > 0 && isSecretParameter(key) && isScalar(value))
        return [key, this.#replaced(value, 'body')];
      return [
        key,
        this.value(value, { depth: place.depth, nesting: place.nesting, key, ...(kind && { kind }) }),
      ];
    });
    // A name `__proto__` stays a name.
    return Object.fromEntries(entries);
  }

  #isSecretItem({ name }: JsonObject, kind: HarSecretKind | undefined): boolean {
    if (kind === 'cookie') return true;
    if (typeof name !== 'string') return false;
    return kind === 'header' ? isSecretHeader(name) : kind === 'parameter' && isSecretParameter(name);
  }

  #replaced(value: Json, kind: HarSecretKind = 'found'): Json {
    if (value === '' || value === null || value === REPLACEMENT) return value;
    this.counts[kind]++;
    return REPLACEMENT;
  }

  /** Returns the content of an answer in base64 with masked text; `undefined` for another object. */
  #encodedContent(object: JsonObject): JsonObject | undefined {
    const { text, encoding, mimeType } = object;
    if (encoding !== 'base64' || typeof text !== 'string' || typeof mimeType !== 'string') return undefined;
    if (!/json|text|xml|javascript|form/i.test(mimeType) || text.length > MAX_NESTED_LENGTH) return object;
    try {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      const masked = this.#text(decoded, { depth: 0, nesting: 0 });
      if (masked === decoded) return object;
      const encoded = Array.from(new TextEncoder().encode(masked), (byte) => String.fromCharCode(byte));
      return { ...object, text: btoa(encoded.join('')) };
    } catch {
      return object;
    }
  }

  #text(text: string, place: Place): string {
    return this.#nested(text, place) ?? this.#found(this.#parameters(text));
  }

  /** Masks JSON in a text. A text without secrets keeps its form. */
  #nested(text: string, { nesting }: Place): string | undefined {
    if (nesting >= MAX_NESTING || text.length > MAX_NESTED_LENGTH || !JSON_START.test(text)) return undefined;
    const json = parsed(text);
    if (json === undefined) return undefined;
    const masked = this.value(json, { depth: 0, nesting: nesting + 1 });
    const written = JSON.stringify(masked);
    return written === JSON.stringify(json) ? text : written;
  }

  #parameters(text: string): string {
    if (!text.includes('=')) return text;
    return text
      .replace(PARAMETER, (whole, before: string, name: string, value: string) => {
        if (!isSecretParameter(decoded(name)) || value === REPLACEMENT) return whole;
        this.counts.parameter++;
        return `${before}${name}=${REPLACEMENT}`;
      })
      .replace(FORM_FIELD, (whole, head: string, name: string, value: string) => {
        if (!isSecretParameter(name) || value === REPLACEMENT) return whole;
        this.counts.parameter++;
        return head + REPLACEMENT;
      });
  }

  #found(text: string): string {
    let masked = '';
    let at = 0;
    for (const { start, end } of findSecrets(text)) {
      this.counts.found++;
      masked += text.slice(at, start) + REPLACEMENT;
      at = end;
    }
    return at === 0 ? text : masked + text.slice(at);
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
  } catch {
    return undefined;
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a value may be a secret. Numbers and flags such as `tokenCount` are none. */
function isScalar(value: Json): boolean {
  return typeof value === 'string';
}
