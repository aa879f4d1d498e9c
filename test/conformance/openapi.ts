import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import {
  anyValue,
  headerNames,
  listEnvelope,
  listsWithGaps,
  noArrayWrap,
  observedMembers,
  replacedDefinitions,
  requiredMark,
  requiredMembers,
  successStatuses,
  versionInAccept,
  versionParameter,
  virtualDirectory,
} from './known-quirks';
import { undescribed } from './undescribed';

/** Request as sent by the client. */
export interface SentRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text or the bytes of a file; `null` if the body was not recorded. */
  readonly body?: string | Blob | null;
}

/** Response to a request. */
export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  /** Empty for an unrecorded file. */
  readonly text: string;
}

/** Published description with checks of exchanges. */
export interface Description {
  /** Problems of a request, one sentence each. Empty if it conforms. */
  requestProblems(request: SentRequest): string[];
  /** Problems of a successful response. */
  answerProblems(request: SentRequest, answer: Answer): string[];
  /** OAuth scopes required by the operation. */
  scopesOf(request: SentRequest): readonly string[];
}

/** JSON schema, limited to the members used by the descriptions. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly allOf?: readonly Schema[];
}

/** One parameter of an operation. */
export interface Parameter extends Schema {
  readonly in: 'path' | 'query' | 'header' | 'body';
  readonly name: string;
  readonly description?: string;
  readonly required: boolean;
  readonly schema?: Schema;
  readonly [requiredMark]?: boolean;
}

interface Operation {
  readonly operationId: string;
  readonly consumes?: readonly string[];
  readonly produces: readonly string[];
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly responses: Readonly<Record<string, { readonly schema: Schema }>>;
  readonly security: readonly { readonly oauth2: readonly string[] }[];
}

/** Description as published. */
export interface Swagger {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Only our own definitions list required members. */
  readonly definitions: Readonly<Record<string, Schema & { readonly required?: readonly string[] }>>;
}

interface DescribedOperation {
  /** Lowercase. */
  readonly method: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly pattern: RegExp;
}

interface Match extends Pick<DescribedOperation, 'operation' | 'parameters'> {
  /** Decoded path parameters. */
  readonly segments: Readonly<Record<string, string>>;
}

/** Folder of the official description. */
export const referenceFolder = join(__dirname, '../reference/openapi');

/** Reads one of the trimmed Swagger files: `7.1`, `server-6.0`. */
export function readDescription(version: string): Description {
  const file = join(referenceFolder, `workItemTracking-${version}.trimmed.json`);
  const published = JSON.parse(readFileSync(file, 'utf8')) as Swagger;
  const definitions = { ...published.definitions, ...undescribed.definitions };
  const validate = createValidator(definitions);
  // Ours first: `{id}` would match `$Bug`.
  const operations = [...operationsOf(undescribed.paths), ...operationsOf(published.paths)];

  function operationsOf(paths: Swagger['paths']): DescribedOperation[] {
    return Object.entries(paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const parameters = operation.parameters.map((one) => resolveParameter(published, one));
        const isPublished = paths === published.paths;
        if (!isPublished)
          parameters.push({ ...versionParameter, required: method !== 'get' && method !== 'options' });
        return { method, operation, parameters, pattern: pathPattern(template, parameters) };
      }),
    );
  }

  function find(request: SentRequest): Match | undefined {
    const { pathname } = new URL(request.url);
    for (const { method, operation, parameters, pattern } of operations) {
      if (method !== request.method.toLowerCase()) continue;
      const groups = pattern.exec(pathname)?.groups;
      if (groups === undefined) continue;
      const found = Object.entries(groups).filter(
        ([, value]: [string, string | undefined]) => value !== undefined,
      );
      const segments = Object.fromEntries(found.map(([name, value]) => [name, decodeURIComponent(value)]));
      return { operation, parameters, segments };
    }
    return undefined;
  }

  const unknown = ({ method, url }: SentRequest) => [
    `There is no operation ${method} ${new URL(url).pathname}.`,
  ];

  return {
    requestProblems(request) {
      const match = find(request);
      if (match === undefined) return unknown(request);
      return [
        ...pathProblems(match, validate),
        ...queryProblems(match, queryOf(request), validate),
        ...headerProblems(match, new Headers({ ...request.headers })),
        ...bodyProblems(match, request, validate),
      ];
    },

    answerProblems(request, answer) {
      const match = find(request);
      if (match === undefined) return unknown(request);
      const { operation } = match;
      // A part of a download is not described; any server may send one on request (RFC 9110, 14.2).
      const isPart = answer.status === 206 && new Headers({ ...request.headers }).has('Range');
      if (!isPart && !successStatuses.includes(answer.status))
        return [`Status ${answer.status} is no success.`];
      const schema = operation.responses['200']?.schema ?? {};
      if (isStream(schema)) return [];
      const type = mediaType(answer.contentType);
      if (!operation.produces.includes(type)) return [`${operation.operationId} does not produce ${type}.`];
      const hasGaps = listsWithGaps.includes(operation.operationId);
      const isBare = noArrayWrap.test(new Headers({ ...request.headers }).get('Accept') ?? '');
      return jsonProblems('answer', answer.text, wireSchema(schema, hasGaps, isBare), validate);
    },

    scopesOf: (request) => find(request)?.operation.security.flatMap(({ oauth2 }) => oauth2) ?? [],
  };
}

type Validate = (what: string, schema: Schema | object, value: unknown) => string[];

function createValidator(definitions: Swagger['definitions']): Validate {
  const ajv = new Ajv({
    allErrors: true,
    strictTypes: false,
    formats: {
      uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
      int32: { type: 'number', validate: (value: number) => Math.abs(value) < 2 ** 31 },
      'array (int32)': /^\d+(?:,\d+)*$/,
      'array (string)': /^[^,]+(?:,[^,]+)*$/,
    },
  });
  const all = Object.keys(definitions).map((name) => [name, definitionSchema(definitions, name)] as const);
  ajv.addSchema({ $id: 'api', definitions: Object.fromEntries(all) });
  const compiled = new Map<string, ValidateFunction>();

  return (what, schema, value) => {
    const source = JSON.stringify(schema).replaceAll('"#/definitions/', '"api#/definitions/');
    const check = compiled.get(source) ?? ajv.compile(JSON.parse(source) as object);
    compiled.set(source, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message = '', params }) => {
      const member =
        typeof params['additionalProperty'] === 'string' ? ` (${params['additionalProperty']})` : '';
      return `${what}${instancePath} ${message}${member}`;
    });
  };
}

/** Definition with inherited members, closed to undescribed ones. */
function definitionSchema(definitions: Swagger['definitions'], name: string): object {
  const replaced = replacedDefinitions[name];
  if (replaced !== undefined) return replaced;
  const members = membersOf(definitions, definitions[name] ?? {});
  const described = Object.entries(members).map(([key, schema]) => [key, wire(schema)] as const);
  const properties = { ...observedMembers[name], ...Object.fromEntries(described) };
  return {
    type: 'object',
    required: definitions[name]?.required ?? requiredMembers[name] ?? [],
    properties,
    additionalProperties: false,
  };
}

function membersOf(definitions: Swagger['definitions'], schema: Schema): Record<string, Schema> {
  const bases = (schema.allOf ?? []).map(({ $ref }) => definitions[$ref?.split('/').at(-1) ?? ''] ?? {});
  return Object.assign({}, ...bases.map((base) => membersOf(definitions, base)), schema.properties) as Record<
    string,
    Schema
  >;
}

/** Converts a Swagger schema to JSON Schema. Some "object" types mean any value. */
function wire(schema: Schema): object {
  const { $ref, type, format, items, additionalProperties } = schema;
  if ($ref !== undefined) return { $ref };
  if (type === 'object') {
    return additionalProperties === undefined
      ? anyValue
      : { type, additionalProperties: wire(additionalProperties) };
  }
  return {
    ...(type && { type }),
    ...(format && { format }),
    ...(schema.enum && { enum: schema.enum }),
    ...(items && { items: wire(items) }),
  };
}

function wireSchema(schema: Schema, hasGaps: boolean, isBare: boolean): object {
  if (schema.type !== 'array' || schema.items === undefined) return wire(schema);
  const item = wire(schema.items);
  const list = { type: 'array', items: hasGaps ? { anyOf: [item, { type: 'null' }] } : item };
  return isBare ? list : listEnvelope(list);
}

function resolveParameter(swagger: Swagger, parameter: Parameter | { readonly $ref: string }): Parameter {
  if ('in' in parameter) return parameter;
  const resolved = swagger.parameters[parameter.$ref.split('/').at(-1) ?? ''];
  if (resolved === undefined) throw new Error(`The description has no parameter ${parameter.$ref}.`);
  return resolved;
}

/** Pattern for `/{organization}/{project}/_apis/…`, case-insensitive as in ASP.NET. */
function pathPattern(template: string, parameters: readonly Parameter[]): RegExp {
  const source = template
    .replaceAll('$', '\\$')
    .replace(/\/(\\\$)?\{(\w+)\}/g, (_match, prefix, name: string) => {
      const parameter = parameters.find((one) => one.in === 'path' && one.name === name);
      return `(?:/${String(prefix ?? '')}(?<${name}>[^/]+))${parameter?.[requiredMark] === false ? '?' : ''}`;
    });
  return new RegExp(`^(?:${virtualDirectory})?${source}$`, 'i');
}

function pathProblems({ parameters, segments }: Match, validate: Validate): string[] {
  return parameters
    .filter((one) => one.in === 'path' && segments[one.name] !== undefined)
    .flatMap((one) => validate(`path ${one.name}`, wire(one), typed(one, segments[one.name] ?? '')));
}

/** The query, including a version in the `Accept` header (REST reference H). */
function queryOf({ url, headers }: SentRequest): URLSearchParams {
  const query = new URLSearchParams(new URL(url).search);
  const version = versionInAccept.exec(new Headers({ ...headers }).get('Accept') ?? '')?.[1];
  if (version !== undefined && !query.has('api-version')) query.set('api-version', version);
  return query;
}

function queryProblems(
  { operation, parameters }: Match,
  query: URLSearchParams,
  validate: Validate,
): string[] {
  const described = parameters.filter((one) => one.in === 'query');
  // Case-insensitive, as in ASP.NET (REST reference A.1).
  const names = described.map((one) => one.name.toLowerCase());
  const unknown = [...query.keys()].filter((name) => !names.includes(name.toLowerCase()));
  return [
    ...unknown.map((name) => `${operation.operationId} has no query parameter ${name}.`),
    ...described.flatMap((one) => {
      const value = query.get(one.name);
      if (value === null) return one.required ? [`The query parameter ${one.name} is missing.`] : [];
      const only = /should be set to '([^']+)'/.exec(one.description ?? '')?.[1];
      if (only !== undefined && value !== only) return [`${one.name} is ${value}, not ${only}.`];
      return validate(`query ${one.name}`, wire(one), typed(one, value));
    }),
  ];
}

function headerProblems({ operation, parameters }: Match, headers: Headers): string[] {
  const missing = parameters
    .filter((one) => one.in === 'header' && one.required)
    .map(({ name }) => headerNames[name] ?? name)
    .filter((name) => !headers.has(name));
  const accepted = (headers.get('Accept') ?? '*/*').split(',').map(mediaType);
  const isAccepted = accepted.includes('*/*') || operation.produces.some((type) => accepted.includes(type));
  return [
    ...missing.map((name) => `The header ${name} is missing.`),
    ...(isAccepted ? [] : [`${operation.operationId} does not produce ${accepted.join(', ')}.`]),
    ...(/^Bearer \S+$/.test(headers.get('Authorization') ?? '') ? [] : ['There is no bearer token.']),
  ];
}

function bodyProblems({ operation, parameters }: Match, request: SentRequest, validate: Validate): string[] {
  const schema = parameters.find((one) => one.in === 'body')?.schema;
  if (schema === undefined)
    return request.body === undefined ? [] : ['There is a body that nobody asked for.'];
  const type = mediaType(new Headers({ ...request.headers }).get('Content-Type'));
  if (operation.consumes?.includes(type) !== true) return [`${operation.operationId} does not take ${type}.`];
  if (isStream(schema)) return [];
  if (request.body === null) return [];
  if (typeof request.body !== 'string') return ['The body is no JSON text.'];
  return jsonProblems('body', request.body, wire(schema), validate);
}

function jsonProblems(what: string, text: string, schema: object, validate: Validate): string[] {
  try {
    return validate(what, schema, JSON.parse(text));
  } catch (error) {
    return [`${what}: ${String(error)}`];
  }
}

/** Converts text from a URL to the described type. */
function typed({ type }: Schema, value: string): unknown {
  if (type === 'integer' && /^-?\d+$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  return value;
}

function isStream({ format }: Schema): boolean {
  return format === 'Stream';
}

function mediaType(header: string | null): string {
  return header?.split(';')[0]?.trim().toLowerCase() ?? '';
}
