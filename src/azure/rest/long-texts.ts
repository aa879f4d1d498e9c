import { isStaplerError } from '../../base/errors';
import type { Call, Connection } from './connection';
import { isRecord, readJson, textOf } from './server-errors';
import type { HttpResponse } from './http-stack';

/** Format of a long text. */
export type TextFormat = 'html' | 'markdown';

/** A long text of a work item: of a field, or a comment. */
export interface LongText {
  readonly text: string;
  readonly format: TextFormat;
}

/** Text of a field. */
export interface FieldText extends LongText {
  /** Reference name, `System.Description`. */
  readonly field: string;
  /** Name in the language of the organization, `Description`. */
  readonly name: string;
}

/** Comment on a work item. */
export interface Comment extends LongText {
  readonly id: number;
  /** Display name of the author; empty if unknown. */
  readonly by: string;
  /** Time of the comment, in milliseconds since the epoch; `NaN` if unknown. */
  readonly at: number;
}

/** Reads the long texts of work items. All methods reject with a StaplerError, or a CancelledError after an abort. */
export interface LongTexts {
  /** Reads the texts of all fields that have one. */
  readonly readFields: (workItemId: number, signal?: AbortSignal) => Promise<readonly FieldText[]>;
  /**
   * Reads the comments, newest first.
   *
   * @param project Name or GUID of the work item's project.
   */
  readonly readComments: (
    workItemId: number,
    project: string,
    signal?: AbortSignal,
  ) => Promise<readonly Comment[]>;
}

/** Versions of a work item: only the first is documented with `multilineFieldsFormat`. `undefined` for a released one. */
const ITEM_VERSIONS = ['7.2-preview.3', undefined] as const;

/** Versions of comments, which are all previews: Services with formats, Server 2020, Server 2019 Update 1. */
const COMMENT_VERSIONS = ['7.1-preview.4', '6.0-preview.3', '5.1-preview.3'] as const;

/** Comments per request: the maximum. */
const PAGE_SIZE = 200;

/** Limit against a server that always has a next page. A work item has at most 10,000 revisions, and a comment is one. */
const MAX_PAGES = 50;

/** Creates reads that remember the versions and fields of the server. */
export function createLongTexts(connection: Connection): LongTexts {
  const sendItem = createSender(connection, ITEM_VERSIONS);
  const sendComments = createSender(connection, COMMENT_VERSIONS);
  let fields: Promise<ReadonlyMap<string, string>> | undefined;

  /** Names of the fields with long texts. */
  async function readNames(): Promise<ReadonlyMap<string, string>> {
    fields ??= readTextFields(connection);
    try {
      return await fields;
    } catch (error) {
      fields = undefined;
      throw error;
    }
  }

  return {
    async readFields(workItemId, signal) {
      const path = `_apis/wit/workitems/${workItemId}`;
      const [names, response] = await Promise.all([readNames(), sendItem(readOf(path, {}, signal))]);
      const item = readJson(response, `GET ${path}`, (body) => (isRecord(body) ? body : undefined));
      const texts = isRecord(item['fields']) ? item['fields'] : {};
      const formats = isRecord(item['multilineFieldsFormat']) ? item['multilineFieldsFormat'] : {};
      return [...names].flatMap(([field, name]) => {
        const text = textOf(texts[field]);
        return text === '' ? [] : [{ field, name, text, format: formatOf(formats[field]) }];
      });
    },

    async readComments(workItemId, project, signal) {
      const path = `${encodeURIComponent(project)}/_apis/wit/workItems/${workItemId}/comments`;
      const comments: Comment[] = [];
      let continuationToken: string | undefined;
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = { $top: String(PAGE_SIZE), order: 'desc', continuationToken };
        const response = await sendComments(readOf(path, query, signal));
        const body = readJson(response, `GET ${path}`, readPage);
        comments.push(...body.comments);
        continuationToken = body.continuationToken;
        if (continuationToken === undefined) break;
      }
      return comments;
    },
  };
}

function readOf(path: string, query: Call['query'], signal: AbortSignal | undefined): Call {
  return {
    ...{ method: 'GET', path, headers: {}, isIdempotent: true },
    ...(query && { query }),
    ...(signal && { signal }),
  };
}

/** Returns a function that sends a call with the first version that the server knows, and remembers it. */
function createSender(
  connection: Connection,
  versions: readonly (string | undefined)[],
): (call: Call) => Promise<HttpResponse> {
  let first = 0;
  return async function send(call): Promise<HttpResponse> {
    const index = first;
    const apiVersion = versions[index];
    try {
      return await connection.send({ ...call, ...(apiVersion !== undefined && { apiVersion }) });
    } catch (error) {
      const isTooNew = isStaplerError(error) && error.kind === 'version-too-new';
      if (!isTooNew || index === versions.length - 1) throw error;
      first = Math.max(first, index + 1);
      return send(call);
    }
  };
}

/** Reads the names of all fields with HTML or Markdown, by reference name. */
async function readTextFields(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const path = '_apis/wit/fields';
  const response = await connection.send(readOf(path, {}, undefined));
  const fields = readJson(response, `GET ${path}`, (body) => listIn(body, 'value'));
  return new Map(
    fields
      // The type of long texts does not tell their format. Comments are `history`.
      .filter(({ type }) => type === 'html')
      .map(({ referenceName, name }) => [textOf(referenceName), textOf(name) || textOf(referenceName)]),
  );
}

function readPage(body: unknown) {
  const comments = listIn(body, 'comments');
  if (!comments || !isRecord(body)) return undefined;
  return {
    comments: comments.map(commentOf),
    continuationToken: textOf(body['continuationToken']) || undefined,
  };
}

function commentOf({ id, text, format, createdBy, createdDate }: Record<string, unknown>): Comment {
  return {
    id: Number(id),
    text: textOf(text),
    format: formatOf(format),
    by: isRecord(createdBy) ? textOf(createdBy['displayName']) : '',
    at: Date.parse(textOf(createdDate)),
  };
}

function listIn(body: unknown, name: string): readonly Record<string, unknown>[] | undefined {
  const list = isRecord(body) ? body[name] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : undefined;
}

/** Servers name formats in either case, and older ones know HTML alone. */
function formatOf(value: unknown): TextFormat {
  return textOf(value).toLowerCase() === 'markdown' ? 'markdown' : 'html';
}
