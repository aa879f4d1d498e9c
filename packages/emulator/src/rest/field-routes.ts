import type { FastifyRequest } from 'fastify';
import type { FieldDefinition } from './fields';
import { fieldNotFound } from './refusals';
import { param, type RestContext, type RestRoute } from './rest-context';

/** `GET …/fields`: the fields of the organization (OpenAPI operations `Fields_List` and `Fields_Get`). */
export function fieldRoutes(context: RestContext): RestRoute[] {
  const path = '_apis/wit/fields';
  const shared = { method: 'GET', operations: () => ['read'] as const, latestPreview: 3 };
  return [
    { ...shared, path, handle: list },
    { ...shared, path: `${path}/:field`, handle: read },
  ];

  function list() {
    const value = [...context.store.fields.values()].map(fieldJson);
    return { count: value.length, value };
  }

  /** A field has two names. */
  function read(request: FastifyRequest) {
    const asked = param(request, 'field') ?? '';
    const isMeant = (name: string) => name.toLowerCase() === asked.toLowerCase();
    const field = [...context.store.fields.values()].find(
      ({ name, referenceName }) => isMeant(name) || isMeant(referenceName),
    );
    if (field === undefined) throw fieldNotFound(asked);
    return fieldJson(field);
  }

  /** Assumed: without the operations of queries. */
  function fieldJson({ referenceName, name, type, isReadOnly, isIdentity }: FieldDefinition) {
    const isLong = type === 'html' || type === 'history' || type === 'plainText';
    return {
      name,
      referenceName,
      type,
      usage: 'workItem',
      readOnly: isReadOnly,
      canSortBy: !isLong,
      isQueryable: true,
      isIdentity,
      isPicklist: false,
      isPicklistSuggested: false,
      url: new URL(`_apis/wit/fields/${referenceName}`, context.baseUrl).href,
    };
  }
}
