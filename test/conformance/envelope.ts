import { Ajv } from 'ajv';
import type { Answer } from './openapi';

/** The envelope of an error (REST reference F.1). */
const usual = {
  type: 'object',
  required: ['$id', 'innerException', 'message', 'typeName', 'typeKey', 'errorCode', 'eventId'],
  properties: {
    $id: { const: '1' },
    customProperties: { type: 'object' },
    helpLink: { type: 'string' },
    innerException: { type: 'null' },
    message: { type: 'string', minLength: 1 },
    typeName: { type: 'string', pattern: '^[\\w.]+, [\\w.]+$' },
    typeKey: { type: 'string', pattern: '^\\w+Exception$' },
    errorCode: { const: 0 },
    eventId: { type: 'integer' },
  },
  additionalProperties: false,
};

/** The envelope of errors of chunks and batches (REST reference A.4 and E.1). */
const wrapped = {
  type: 'object',
  required: ['count', 'value'],
  properties: {
    count: { const: 1 },
    value: {
      type: 'object',
      required: ['Message'],
      properties: { Message: { type: 'string', minLength: 1 } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

const ajv = new Ajv({ allErrors: true });
const isUsual = ajv.compile(usual);
const isWrapped = ajv.compile(wrapped);

/** Problems of a refusal, one sentence each. Accepts both envelopes. */
export function envelopeProblems({ status, contentType, text }: Answer): string[] {
  if (contentType?.startsWith('application/json') !== true) {
    return [`The refusal ${status} comes as ${contentType ?? 'nothing'}.`];
  }
  const body: unknown = JSON.parse(text);
  if (isWrapped(body) || isUsual(body)) return [];
  return (isUsual.errors ?? []).map(({ instancePath, message = '' }) => `envelope${instancePath} ${message}`);
}
