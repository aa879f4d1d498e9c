/** Names that lead to a member of a policy: `['workItemTypes', 'Bug', 'maxBytes']`. */
export type MemberPath = readonly string[];

type JsonObject = Readonly<Record<string, unknown>>;

/** Address of the schema, for completion in other editors. The page never loads it. */
export const POLICY_SCHEMA_URL =
  'https://raw.githubusercontent.com/stapler-extension/stapler/main/packages/cli/policy.schema.json';

/** Text of a project without a policy. It asks nothing. */
export const NEW_POLICY = `${JSON.stringify({ $schema: POLICY_SCHEMA_URL, version: 1 }, null, 2)}\n`;

const DEFAULT_INDENT = '  ';

/** Returns the document in a text, or `undefined` if it is no JSON object. */
export function parsePolicyText(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}

/** Returns the value of a member; `undefined` without one. */
export function memberAt(document: unknown, path: MemberPath): unknown {
  return path.reduce<unknown>((value, name) => {
    const object = asObject(value);
    return object && Object.hasOwn(object, name) ? object[name] : undefined;
  }, document);
}

/** Returns the names of the members there, in their order. */
export function namesAt(document: unknown, path: MemberPath): readonly string[] {
  return Object.keys(asObject(memberAt(document, path)) ?? {});
}

/**
 * Returns the text after a change of one member. All others stay, unknown ones as well, with the indent of the text.
 *
 * @param text Must be a JSON object.
 * @param value `undefined` removes the member, and `workItemTypes` or `parts` without any member.
 */
export function writeMember(text: string, path: MemberPath, value: unknown): string {
  const document = parsePolicyText(text);
  if (!document) return text;
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? DEFAULT_INDENT;
  const changed = JSON.stringify(changeMember(document, path, value), null, indent);
  return text.endsWith('\n') ? `${changed}\n` : changed;
}

function changeMember(object: JsonObject, path: MemberPath, value: unknown): JsonObject {
  const [name = '', ...deeper] = path;
  const inner = Object.hasOwn(object, name) ? object[name] : undefined;
  const next = deeper.length === 0 ? value : changeMember(asObject(inner) ?? {}, deeper, value);
  const isGone = next === undefined || (value === undefined && isEmptyList(name, next));
  if (!isGone) return { ...object, [name]: next };
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}

function isEmptyList(name: string, value: unknown): boolean {
  return (name === 'workItemTypes' || name === 'parts') && Object.keys(asObject(value) ?? {}).length === 0;
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}
