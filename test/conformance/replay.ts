import type { Emulator } from 'azure-devops-emulator';
import { readExample, shapeOf, type Example } from './examples';
import { exchange, type Exchange } from './traffic';

const contentTypes: Readonly<Record<string, string>> = {
  POST: 'application/octet-stream',
  PUT: 'application/octet-stream',
  PATCH: 'application/json-patch+json',
};

/** Names in an example and their counterparts in the emulator. */
export type Mapping = readonly (readonly [from: string, to: string])[];

/** Response to an upload. */
export interface Reference {
  readonly id: string;
  readonly url: string;
}

/** Sends the request of an example to the emulator, with another version and token. */
export async function replay(
  emulator: Emulator,
  example: Pick<Example, 'method' | 'url' | 'requestBody'>,
  mapping: Mapping = [],
  headers: Readonly<Record<string, string>> = {},
): Promise<Exchange> {
  const organization = ['https://dev.azure.com/fabrikam/', emulator.restBaseUrl] as const;
  const map = (text: string) =>
    [...mapping, organization].reduce((mapped, [from, to]) => mapped.replaceAll(from, to), text);
  const { method, url, requestBody } = example;
  const target = new URL(map(url.href));
  target.searchParams.set('api-version', '7.1');
  const body =
    typeof requestBody === 'string' ? requestBody : requestBody && map(JSON.stringify(requestBody));
  const type = contentTypes[method];
  return exchange({
    method,
    url: target.href,
    headers: {
      ...(type && { 'Content-Type': type }),
      Authorization: `Bearer ${emulator.issueToken()}`,
      ...headers,
    },
    ...(typeof body === 'string' && { body }),
  });
}

/** Stores an attachment assumed by the examples. */
export async function upload(emulator: Emulator, fileName: string): Promise<Reference> {
  const create = readExample('attachments/POST__wit_attachments_fileName-_textFile_.json');
  return bodyOf(await replay(emulator, create, [['textAsFileAttachment.txt', fileName]])) as Reference;
}

/** Parsed JSON of a response. */
export function bodyOf({ answer }: Exchange): unknown {
  return JSON.parse(answer.text);
}

/** Members of the published response with a missing member or another kind in ours. */
export function missingMembers(published: unknown, ours: unknown): string[] {
  const present = new Set(shapeOf(ours));
  return shapeOf(published).filter((line) => !present.has(line));
}
