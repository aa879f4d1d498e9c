import type { TaskContext } from '../../workers/task-context';
import { ViewerProblem } from '../viewer-problem';
import { decodeBase64 } from '../../../base/bytes';
import type { Fields } from '../json-fields';
import { fieldsOf, itemsOf } from '../json-fields';
import { amountOf, cutTextOf, parseOrSkip, textOf } from './fields';
import type { Body, NamedTexts, RequestDetails } from './request-details';
import { isSecretHeader, isSecretParameter } from '../../../upload/rules/secrets/secret-names';
import { entryFieldsOf, mimeTypeOf } from './summarize-request';

/** Maximum number of headers, parameters or messages. The source shows the rest. */
const MAX_ITEMS = 500;

/** Maximum length of a value, in UTF-16 units. */
const MAX_VALUE_LENGTH = 20_000;

/** Maximum length of an address, and of the text of a body, in UTF-16 units. */
const MAX_TEXT_LENGTH = 100_000;

/** Maximum length of other texts, in UTF-16 units. */
const MAX_WORD_LENGTH = 500;

/** Maximum size of a request on the page, in bytes: it is parsed without a pause. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/** MIME types of texts. */
const TEXTS = /^text\/|[/+](?:json|xml)$|javascript|ecmascript|x-www-form-urlencoded|graphql/;

/**
 * Reads a request with its headers and bodies.
 *
 * @param bytes Its JSON, as of `RequestLog.source`.
 * @throws ViewerProblem `entry-damaged` If it is no valid JSON, `entry-too-large` if it is too large for the page.
 */
export async function readRequest(bytes: Blob, { isInWorker }: TaskContext): Promise<RequestDetails> {
  if (!isInWorker && bytes.size > MAX_PAGE_BYTES) throw new ViewerProblem('entry-too-large');
  const entry = parseOrSkip(await bytes.text());
  if (entry === undefined) throw new ViewerProblem('entry-damaged');
  const fields = entryFieldsOf(entry);
  const request = fieldsOf(fields['request']);
  const response = fieldsOf(fields['response']);
  const postData = fieldsOf(request['postData']);
  const port = textOf(fields['_serverPort'], MAX_WORD_LENGTH);
  const address = textOf(fields['serverIPAddress'], MAX_WORD_LENGTH);
  return {
    url: cutTextOf(request['url'], MAX_TEXT_LENGTH),
    protocol:
      textOf(response['httpVersion'], MAX_WORD_LENGTH) || textOf(request['httpVersion'], MAX_WORD_LENGTH),
    remoteAddress: address !== '' && port !== '' ? `${address}:${port}` : address,
    redirectUrl: cutTextOf(response['redirectURL'], MAX_VALUE_LENGTH),
    comment: textOf(fields['comment'], MAX_VALUE_LENGTH),
    error: textOf(response['_error'], MAX_VALUE_LENGTH) || textOf(response['_failureText'], MAX_VALUE_LENGTH),
    requestHeaders: namedTexts(request['headers'], isSecretHeader),
    responseHeaders: namedTexts(response['headers'], isSecretHeader),
    query: namedTexts(request['queryString'], isSecretParameter),
    form: namedTexts(postData['params'], isSecretParameter),
    sent: request['postData'] === undefined ? undefined : sentBodyOf(postData),
    received: bodyOf(fieldsOf(response['content'])),
    messages: messagesOf(fields['_webSocketMessages']),
  };
}

function namedTexts(list: unknown, isSecret: (name: string) => boolean): NamedTexts {
  const all = itemsOf(list);
  const items = all.slice(0, MAX_ITEMS).map((item) => {
    const fields = fieldsOf(item);
    const name = textOf(fields['name'], MAX_WORD_LENGTH);
    const value = cutTextOf(fields['value'] ?? fields['fileName'], MAX_VALUE_LENGTH);
    return { name, value, isSecret: isSecret(name) };
  });
  return { items, total: all.length };
}

function messagesOf(list: unknown): NamedTexts {
  const all = itemsOf(list);
  const items = all.slice(0, MAX_ITEMS).map((item) => {
    const { type, data } = fieldsOf(item);
    return {
      name: type === 'send' ? 'send' : 'receive',
      value: cutTextOf(data, MAX_VALUE_LENGTH),
      isSecret: false,
    };
  });
  return { items, total: all.length };
}

/** The text of a form is left out: its fields are listed, with those that are secret folded. */
function sentBodyOf(postData: Fields): Body {
  const body = bodyOf(postData);
  return itemsOf(postData['params']).length > 0 ? { ...body, text: undefined } : body;
}

/** Content as text, as base64, or as a file of a Playwright trace. */
function bodyOf(content: Fields): Body {
  const type = mimeTypeOf(content['mimeType']);
  const text = content['text'];
  const isBase64 = textOf(content['encoding'], MAX_WORD_LENGTH).toLowerCase() === 'base64';
  const has = typeof text === 'string' && text !== '';
  const bytes = has && isBase64 ? decodeBase64(text) : undefined;
  return {
    type,
    size: amountOf(content['size']),
    content: !has ? undefined : isBase64 ? bytes && new Blob([bytes]) : new Blob([text]),
    text:
      has && !isBase64 && (type === '' || TEXTS.test(type)) ? cutTextOf(text, MAX_TEXT_LENGTH) : undefined,
    path: pathOf(content),
    isDamaged: has && isBase64 && !bytes,
  };
}

/** Traces up to version 8 name a hash, later ones the path. */
function pathOf(content: Fields): string {
  const path = textOf(content['_file'], MAX_WORD_LENGTH);
  const hash = textOf(content['_sha1'], MAX_WORD_LENGTH);
  return path === '' && hash !== '' ? `resources/${hash}` : path;
}
