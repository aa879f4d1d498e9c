import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceFolder } from './openapi';

/** One published example. */
export interface Example {
  /** Path below the folder of the version. */
  readonly path: string;
  readonly method: string;
  readonly url: URL;
  readonly requestBody: unknown;
  readonly status: number;
  /** `undefined` if the example has none. */
  readonly answerBody: unknown;
}

interface ExampleFile {
  readonly 'x-ms-vss-request-url': string;
  readonly parameters: { readonly body?: unknown };
  readonly responses: Readonly<Record<string, { readonly body?: unknown }>>;
}

const folder = join(referenceFolder, 'httpExamples/7.1');

/** Reads an example: `workItems/PATCH__wit_workitems__taskId_6.json`. */
export function readExample(path: string): Example {
  const file = JSON.parse(readFileSync(join(folder, path), 'utf8')) as ExampleFile;
  const [status, answer] = Object.entries(file.responses)[0] ?? [];
  return {
    path,
    // Only some files contain the method; all file names begin with it.
    method: /\/([A-Z]+)_/.exec(path)?.[1] ?? 'GET',
    url: new URL(file['x-ms-vss-request-url']),
    requestBody: file.parameters.body ?? undefined,
    status: Number(status),
    answerBody: answer?.body,
  };
}

/** File names of the examples of a resource. */
export function exampleNames(resource: 'attachments' | 'workItems'): string[] {
  return readdirSync(join(folder, resource)).sort();
}

/** The examples in `attachments` and `workItems`. */
export function allExamples(): Example[] {
  return (['attachments', 'workItems'] as const).flatMap((resource) =>
    exampleNames(resource).map((name) => readExample(`${resource}/${name}`)),
  );
}

/**
 * Members of a response, one line each: path and kind of value, `relations[AttachedFile].url: address`. Relations have
 * their type instead of an index, since their order may differ.
 */
export function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => shapeOf(item, `${path}[${relOf(item) ?? index}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => shapeOf(member, path ? `${path}.${key}` : key));
  }
  return [`${path}: ${kindOf(value)}`];
}

function relOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'rel' in value ? String(value.rel) : undefined;
}

function kindOf(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (/^[^<]+ <[^>]+@[^>]+>$/.test(value)) return 'person as text';
  if (/^https?:\/\//.test(value)) return 'address';
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return 'time';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'guid';
  return 'text';
}
