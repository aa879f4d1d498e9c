import type { FastifyRequest } from 'fastify';
import { previewOf } from './api-version';
import { formatIn, withComment } from './comments';
import { jamal, project } from './fabrikam';
import { htmlOfMarkdown } from './markdown-html';
import { countIn } from './paging';
import { queryOf } from './query';
import { malformed, noSuchComment, readOnlyWorkItem } from './refusals';
import { identityJson } from './render';
import {
  askedVersion,
  param,
  queryValue,
  receiveJson,
  requireContentType,
  type RestContext,
  type RestRoute,
} from './rest-context';
import { checkLimits } from './work-item-changes';
import type { WorkItemComment } from './work-item';
import { workItemId } from './work-item-patch';

/** Assumed: the size of a page, unless fewer are asked for. */
const maxComments = 200;

/** Values of `$expand`, with the numbers of the official client (`CommentExpandOptions`). */
const expansions = { none: 0, reactions: 1, renderedText: 8, renderedTextOnly: 16, all: -17 };

/** First preview of comments with formats. */
const previewWithFormat = 4;

/** Comments on work items (OpenAPI operations `Comments_*`). Released versions do not have them. */
export function commentRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/workitems/:id/comments';
  const isServer = context.store.mode === 'server';
  const shared = {
    latestPreview: isServer ? previewWithFormat - 1 : previewWithFormat,
    isPreviewOnly: true,
    oldestVersion: 5.1,
    isInProject: true,
  };
  const reading = () => ['read'] as const;
  return [
    { ...shared, method: 'GET', path, operations: reading, handle: list },
    { ...shared, method: 'GET', path: `${path}/:comment`, operations: reading, handle: read },
    { ...shared, method: 'POST', path, operations: () => ['link'], handle: add },
    { ...shared, method: 'PATCH', path: `${path}/:comment`, operations: () => ['link'], handle: change },
  ];

  function list(request: FastifyRequest) {
    const expand = expansionOf(queryValue(request, '$expand'));
    const { comments } = context.store.readable(idOf(request));
    const found = chosen(comments, queryValue(request, 'ids'));
    const ordered = isAscending(request) ? found : [...found].reverse();
    const begin = beginOf(ordered, queryValue(request, 'continuationToken'));
    const count = Math.min(countIn(queryOf(request.url), '$top', maxComments), maxComments);
    const page = ordered.slice(begin, begin + count);
    const last = page.at(-1);
    return {
      totalCount: comments.length,
      count: page.length,
      comments: page.map((comment) => commentJson(request, comment, expand)),
      ...(last !== undefined && last !== ordered.at(-1) && nextPage(request, tokenOf(last))),
    };
  }

  function read(request: FastifyRequest) {
    const id = param(request, 'comment') ?? '';
    const { comments } = context.store.readable(idOf(request));
    const comment = comments.find((one) => String(one.id) === id);
    if (comment === undefined) throw noSuchComment(id);
    return commentJson(request, comment);
  }

  /** A comment makes a revision of the work item. */
  async function add(request: FastifyRequest) {
    const { item, ...comment } = await receiveComment(request);
    const { store } = context;
    const author = { by: jamal, date: store.clock.now };
    const next = withComment(store, item, comment, author);
    checkLimits(store, item, next);
    const [added] = store.save(next, author).comments.slice(-1);
    if (added === undefined) throw new Error('the comment was not saved');
    return commentJson(request, added);
  }

  /** Assumed: a changed comment makes a revision as well. */
  async function change(request: FastifyRequest) {
    const { item, ...comment } = await receiveComment(request);
    const { store } = context;
    const before = read(request);
    const changed = item.comments.map((each) => (each.id === before.id ? { ...each, ...comment } : each));
    const next = { ...item, comments: changed };
    checkLimits(store, item, next);
    store.save(next, { by: jamal, date: store.clock.now });
    return read(request);
  }

  /** Assumed: `format` is ignored where comments have none. */
  async function receiveComment(request: FastifyRequest) {
    requireContentType(request, 415, ['application/json']);
    const { text } = ((await receiveJson(context, request)) ?? {}) as { text?: unknown };
    if (typeof text !== 'string' || text.trim() === '') throw malformed('A comment must have a text.');
    const { store } = context;
    const item = store.readable(idOf(request));
    if (store.readOnlyIds.has(item.id)) throw readOnlyWorkItem();
    const format = formatIn(store, hasFormat(request) ? queryValue(request, 'format') : undefined);
    return { item, text, format };
  }

  function commentJson(
    request: FastifyRequest,
    comment: WorkItemComment,
    expand = expansionOf(queryValue(request, '$expand')),
  ) {
    const { id, text, format, by, date } = comment;
    const person = identityJson(by, context.baseUrl);
    const rendered = format === 'markdown' ? htmlOfMarkdown(text) : text;
    return {
      workItemId: idOf(request),
      id,
      version: 1,
      ...(expand !== 'renderedTextOnly' && { text }),
      ...(/rendered|all/.test(expand) && { renderedText: rendered }),
      ...(hasFormat(request) && { format }),
      // Reactions are not emulated.
      ...(/reactions|all/.test(expand) && { reactions: [] }),
      createdBy: person,
      createdDate: date,
      modifiedBy: person,
      modifiedDate: date,
      isDeleted: false,
      url: addressOf(request, `/${id}`),
    };
  }

  function hasFormat(request: FastifyRequest): boolean {
    if (isServer) return false;
    const asked = askedVersion(request);
    return asked === null || (previewOf(asked) ?? 0) >= previewWithFormat;
  }

  function nextPage(request: FastifyRequest, continuationToken: string) {
    const url = new URL(addressOf(request));
    for (const [name, value] of new URL(request.url, context.baseUrl).searchParams)
      url.searchParams.set(name, value);
    url.searchParams.set('continuationToken', continuationToken);
    return { nextPage: url.href, continuationToken };
  }

  function addressOf(request: FastifyRequest, rest = ''): string {
    return new URL(`${project.id}/_apis/wit/workItems/${idOf(request)}/comments${rest}`, context.baseUrl)
      .href;
  }
}

function idOf(request: FastifyRequest): number {
  return workItemId(param(request, 'id') ?? '');
}

function chosen(comments: readonly WorkItemComment[], ids: string | undefined): readonly WorkItemComment[] {
  if (ids === undefined) return comments;
  const asked = ids.split(',');
  return comments.filter(({ id }) => asked.includes(String(id)));
}

/** The names, or their numbers as the official client sends them. Assumed, after the examples: the newest first. */
function isAscending(request: FastifyRequest): boolean {
  const order = queryValue(request, 'order')?.toLowerCase() ?? 'desc';
  if (!['asc', '1', 'desc', '2'].includes(order)) throw malformed(`The order "${order}" is not known.`);
  return order === 'asc' || order === '1';
}

function expansionOf(value = 'none'): string {
  const known = Object.entries(expansions).find(
    ([name, number]) => name.toLowerCase() === value.toLowerCase() || String(number) === value,
  );
  if (known === undefined) throw malformed(`The value "${value}" of $expand is not known.`);
  return known[0];
}

/** Opaque for clients. */
function tokenOf({ id }: WorkItemComment): string {
  return Buffer.from(`after ${id}`).toString('base64url');
}

function beginOf(comments: readonly WorkItemComment[], token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const index = comments.findIndex((comment) => tokenOf(comment) === token);
  if (index === -1) throw malformed('The continuation token is not valid.');
  return index + 1;
}
