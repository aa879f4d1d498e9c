import type { BaseIssue } from 'valibot';
import {
  array,
  boolean,
  check,
  getDotPath,
  literal,
  maxLength,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  safeParse,
  string,
  unknown,
} from 'valibot';
import { t } from '../../../base/i18n/translate';
import { countSchema, positiveSchema } from '../../../base/schema';
import { METADATA_RULES, SECRETS_RULES } from '../file-rules';
import { readNamePattern } from '../names/pattern';
import type { Policy, PolicyRules } from './policy';
import { DUPLICATES_RULES, OVER_LIMIT_RULES, POLICY_PARTS } from './policy';

/** Longest document that is read, in UTF-16 units. */
export const MAX_POLICY_LENGTH = 256 * 1024;

const MAX_MESSAGE_LENGTH = 500;

/** A place in a policy that cannot be understood. */
export interface PolicyFault {
  /** Such as `workItemTypes.Bug.maxBytes`; empty for the whole document. */
  readonly path: string;
  /** Sentence for the administrator. */
  readonly message: string;
}

/** Result of reading a policy. */
export type PolicyResult =
  /** `unknown`: paths of members that this version of Stapler ignores. */
  | { readonly ok: true; readonly policy: Policy; readonly unknown: readonly string[] }
  /** At least one fault. No rule of the document counts. */
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

/** `png` or `.PNG`. */
const extensionSchema = pipe(string(), regex(/^\.?[^\s./\\*?]{1,20}$/));

const ruleMembers = {
  maxBytes: optional(positiveSchema),
  maxFiles: optional(countSchema),
  allow: optional(array(extensionSchema)),
  block: optional(array(extensionSchema)),
  requireComment: optional(boolean()),
  name: optional(string()),
  metadata: optional(picklist(METADATA_RULES)),
  secrets: optional(picklist(SECRETS_RULES)),
  duplicates: optional(picklist(DUPLICATES_RULES)),
  overLimit: optional(picklist(OVER_LIMIT_RULES)),
  message: optional(pipe(string(), maxLength(MAX_MESSAGE_LENGTH))),
};

/** Lists are objects to the library. */
const notListSchema = pipe(
  unknown(),
  check((value) => !Array.isArray(value)),
);

const rulesSchema = pipe(notListSchema, object(ruleMembers));

const partMembers = Object.fromEntries(POLICY_PARTS.map((part) => [part, optional(boolean())]));

/** Members beside the rules. */
const frameMembers = {
  $schema: optional(string()),
  version: literal(1),
  parts: optional(pipe(notListSchema, object(partMembers)), {}),
  workItemTypes: optional(pipe(notListSchema, record(string(), rulesSchema)), {}),
};

const frameSchema = object(frameMembers);

/** Rules as written in a document. */
type WrittenRules = Omit<PolicyRules, 'name'> & { readonly name?: string | undefined };

/**
 * Reads a policy from JSON. Members that this version does not know are ignored and named; anything else that it does
 * not understand makes the whole policy unreadable, since a part of it could allow too much.
 */
export function readPolicy(json: string): PolicyResult {
  if (json.length > MAX_POLICY_LENGTH) return faulty('', t('The policy is too long.'));
  let document: unknown;
  try {
    document = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return faulty('', t("The policy isn't valid JSON."));
  }
  const frame = safeParse(frameSchema, document);
  const general = safeParse(rulesSchema, document);
  if (!frame.success || !general.success) return { ok: false, faults: faultsOf([frame, general]) };
  const { parts, workItemTypes } = frame.output;
  const faults: PolicyFault[] = [];
  const rules = rulesOf(general.output, '', faults);
  const typeRules = Object.entries(workItemTypes).map(
    ([type, changes]) => [type.toLowerCase(), rulesOf(changes, `workItemTypes.${type}.`, faults)] as const,
  );
  if (faults.length > 0) return { ok: false, faults };
  const hiddenParts = new Set(POLICY_PARTS.filter((part) => parts[part] === false));
  return {
    ok: true,
    policy: { rules, typeRules: new Map(typeRules), hiddenParts },
    unknown: unknownMembers(document),
  };
}

function faulty(path: string, message: string): PolicyResult {
  return { ok: false, faults: [{ path, message }] };
}

function rulesOf(
  { name, allow, block, ...rules }: WrittenRules,
  path: string,
  faults: PolicyFault[],
): PolicyRules {
  const pattern = name === undefined ? undefined : readNamePattern(name);
  if (pattern?.ok === false) faults.push({ path: `${path}name`, message: pattern.message });
  return {
    ...rules,
    ...(allow && { allow: allow.map(bareExtension) }),
    ...(block && { block: block.map(bareExtension) }),
    ...(pattern?.ok && { name: pattern.pattern }),
  };
}

function bareExtension(written: string): string {
  return written.replace(/^\./, '').toLowerCase();
}

/** Each place once: both schemas refuse a document that is no object. */
function faultsOf(
  results: readonly { readonly issues?: readonly BaseIssue<unknown>[] | undefined }[],
): readonly PolicyFault[] {
  const byPath = new Map<string, PolicyFault>();
  for (const { issues = [] } of results)
    for (const issue of issues) {
      const path = getDotPath(issue) ?? '';
      byPath.set(path, { path, message: sentenceFor(issue) });
    }
  return [...byPath.values()];
}

/** Messages of the library are for developers. */
function sentenceFor({ type, received }: BaseIssue<unknown>): string {
  if (received === 'undefined') return t('This setting is missing.');
  if (type === 'literal') return t('This version of Stapler reads policies of version 1 only.');
  if (type === 'max_length')
    return t('The text is longer than {count} characters.', { count: MAX_MESSAGE_LENGTH });
  if (type === 'regex') return t('Write a file extension, such as “png”.');
  return t("{value} isn't possible here.", { value: received });
}

/** Paths of unknown members. */
function unknownMembers(document: unknown): readonly string[] {
  const known = { ...frameMembers, ...ruleMembers };
  return [
    ...unknownIn(document, known, ''),
    ...unknownIn(memberOf(document, 'parts'), partMembers, 'parts.'),
    ...Object.entries(memberOf(document, 'workItemTypes')).flatMap(([type, rules]) =>
      unknownIn(rules, ruleMembers, `workItemTypes.${type}.`),
    ),
  ];
}

function memberOf(document: unknown, name: string): object {
  const value = (document as Record<string, unknown>)[name];
  return typeof value === 'object' && value !== null ? value : {};
}

function unknownIn(value: unknown, known: object, path: string): string[] {
  return Object.keys(value as object)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => `${path}${name}`);
}
