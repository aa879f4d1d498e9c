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

/** A work item with all fields for long texts that the organization has, also those without a text. */
export interface TextFields {
  /** Name of its project. */
  readonly project: string;
  readonly revision: number;
  /** Fields of any type of work item; the text of a missing one is empty. */
  readonly fields: readonly FieldText[];
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
  /** Reads the long fields, with and without a text. */
  readonly readTextFields: (workItemId: number, signal?: AbortSignal) => Promise<TextFields>;
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
  /** Reads the newest comments, newest first. */
  readonly readNewestComments: (workItemId: number, project: string) => Promise<readonly Comment[]>;
  /** Adds a comment in HTML, which every server knows. The caller verifies an unknown outcome. */
  readonly addComment: (workItemId: number, project: string, html: string) => Promise<void>;
  /** Changes the text of a comment, in its format. The caller verifies an unknown outcome. */
  readonly changeComment: (
    workItemId: number,
    project: string,
    comment: Pick<Comment, 'id' | 'format' | 'text'>,
  ) => Promise<void>;
}

/** Versions of a work item: only the first is documented with `multilineFieldsFormat`. `undefined` for a released one. */
const ITEM_VERSIONS = ['7.2-preview.3', undefined] as const;

/** Versions of comments, which are all previews: Services with formats, Server 2020, Server 2019 Update 1. */
const COMMENT_VERSIONS = ['7.1-preview.4', '6.0-preview.3', '5.1-preview.3'] as const;

/** Comments per request: the maximum. */
const PAGE_SIZE = 200;

/** Comments to look through for a new one. */
const NEWEST_COUNT = 20;

/** Limit against a server that always has a next page. A work item has at most 10,000 revisions, and a comment is one. */
const MAX_PAGES = 50;

const known = new WeakMap<Connection, LongTexts>();

/** Returns the long texts of a connection: all parts of a frame share the list of fields, which can be large. */
export function longTextsOf(connection: Connection): LongTexts {
  const texts = known.get(connection) ?? createLongTexts(connection);
  known.set(connection, texts);
  return texts;
}

/** Creates reads that remember the versions and fields of the server. */
export function createLongTexts(connection: Connection): LongTexts {
  const sendItem = createSender(connection, ITEM_VERSIONS);
  const sendComments = createSender(connection, COMMENT_VERSIONS);
  let fields: Promise<ReadonlyMap<string, string>> | undefined;

  /** Names of the fields with long texts. */
  async function readNames(): Promise<ReadonlyMap<string, string>> {
    fields ??= readFieldNames(connection);
    try {
      return await fields;
    } catch (error) {
      fields = undefined;
      throw error;
    }
  }

  async function readTextFields(workItemId: number, signal?: AbortSignal): Promise<TextFields> {
    const path = `_apis/wit/workitems/${workItemId}`;
    const [names, response] = await Promise.all([readNames(), sendItem(readOf(path, {}, signal))]);
    const item = readJson(response, `GET ${path}`, (body) => (isRecord(body) ? body : undefined));
    const texts = isRecord(item['fields']) ? item['fields'] : {};
    const formats = isRecord(item['multilineFieldsFormat']) ? item['multilineFieldsFormat'] : {};
    return {
      project: textOf(texts['System.TeamProject']),
      revision: Number(item['rev']),
      fields: [...names].map(([field, name]) => ({
        ...{ field, name, text: textOf(texts[field]) },
        format: formatOf(formats[field]),
      })),
    };
  }

  return {
    readTextFields,

    async readFields(workItemId, signal) {
      const { fields } = await readTextFields(workItemId, signal);
      return fields.filter(({ text }) => text !== '');
    },

    async readNewestComments(workItemId, project) {
      const path = commentsOf(workItemId, project);
      const query = { $top: String(NEWEST_COUNT), order: 'desc' };
      const response = await sendComments(readOf(path, query, undefined));
      return readJson(response, `GET ${path}`, readPage).comments;
    },

    async addComment(workItemId, project, html) {
      const path = commentsOf(workItemId, project);
      await sendComments({
        ...{ method: 'POST', path, isIdempotent: false },
        // Servers without formats ignore it.
        query: { format: 'html' },
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: html }),
      });
    },

    async changeComment(workItemId, project, { id, format, text }) {
      await sendComments({
        ...{ method: 'PATCH', path: `${commentsOf(workItemId, project)}/${id}`, isIdempotent: false },
        // Servers without formats ignore it.
        query: { format },
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text }),
      });
    },

    async readComments(workItemId, project, signal) {
      const path = commentsOf(workItemId, project);
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

function commentsOf(workItemId: number, project: string): string {
  return `${encodeURIComponent(project)}/_apis/wit/workItems/${workItemId}/comments`;
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
async function readFieldNames(connection: Connection): Promise<ReadonlyMap<string, string>> {
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
