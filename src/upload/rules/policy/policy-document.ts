import { array, fallback, is, object, optional, parse, string, unknown } from 'valibot';
import { finiteSchema, objectOf, textSchema } from '../../../base/schema';

/** Collection of the policies in the data of the organization, one document per project. */
export const POLICY_COLLECTION = 'policies';

/** Earlier texts that a document keeps. */
export const MAX_VERSIONS = 10;

/** Largest document to write, in bytes of UTF-8: the limit of the service is unknown (host reference 9). */
export const MAX_DOCUMENT_BYTES = 512 * 1024;

/** A text of a policy, with its author. */
export interface PolicyVersion {
  /** As written by the administrator. */
  readonly text: string;
  /** Name of the author; empty if unknown. */
  readonly by: string;
  /** Time of writing, in milliseconds since the epoch; 0 if unknown. */
  readonly at: number;
}

/** Stored policy of a project: its current text, and the earlier ones. */
export interface PolicyDocument extends PolicyVersion {
  /** The newest first. */
  readonly versions: readonly PolicyVersion[];
}

const versionSchema = objectOf<PolicyVersion>({ text: textSchema, by: textSchema, at: finiteSchema });

const documentSchema = object({
  text: string(),
  by: fallback(optional(string(), ''), ''),
  at: fallback(optional(finiteSchema, 0), 0),
  versions: fallback(optional(array(unknown()), []), []),
});

/** Returns the id of a project's document. Hosts and servers write GUIDs in either case. */
export function policyDocumentId(projectId: string): string {
  return projectId.toLowerCase();
}

/**
 * Returns the text of the current policy in a stored document, or `undefined` if it has none. The history does not
 * matter to readers of the policy.
 */
export function policyTextOf(value: unknown): string | undefined {
  return is(object({ text: string() }), value) ? value.text : undefined;
}

/**
 * Reads a stored document for its editor. Damaged versions are left out; a document without a text becomes the text, so
 * that the administrator sees it and no save loses it.
 */
export function readPolicyDocument(value: unknown): PolicyDocument {
  if (policyTextOf(value) === undefined)
    return { text: JSON.stringify(value, null, 2), by: '', at: 0, versions: [] };
  const { text, by, at, versions } = parse(documentSchema, value);
  const readable = versions.filter((version) => is(versionSchema, version)).slice(0, MAX_VERSIONS);
  return { text, by, at, versions: readable.map((version) => parse(versionSchema, version)) };
}

/**
 * Returns the document after a change: the current text moves to the history. The oldest versions are dropped beyond
 * `MAX_VERSIONS` and `MAX_DOCUMENT_BYTES`.
 */
export function nextPolicyDocument(before: PolicyDocument | undefined, next: PolicyVersion): PolicyDocument {
  const earlier = before ? [versionOf(before), ...before.versions].slice(0, MAX_VERSIONS) : [];
  let document: PolicyDocument = { ...next, versions: earlier };
  while (document.versions.length > 0 && sizeOf(document) > MAX_DOCUMENT_BYTES)
    document = { ...document, versions: document.versions.slice(0, -1) };
  return document;
}

/** Returns the current version of a document. */
function versionOf({ text, by, at }: PolicyVersion): PolicyVersion {
  return { text, by, at };
}

/** In bytes of UTF-8, without the members that the service adds. */
function sizeOf(document: PolicyDocument): number {
  return new TextEncoder().encode(JSON.stringify(document)).length;
}
