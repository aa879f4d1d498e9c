/**
 * Error in the format of Azure DevOps. Clients may branch on `typeKey` and `message` (REST reference F.1).
 */
export class ApiError extends Error {
  /** Further headers of the answer. */
  readonly headers: Record<string, string> = {};
  /** Further members of the envelope. */
  readonly customProperties: Record<string, unknown> | undefined;

  constructor(
    readonly status: number,
    readonly typeKey: string,
    message: string,
    extra: { headers?: Record<string, string>; customProperties?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.headers = extra.headers ?? {};
    this.customProperties = extra.customProperties;
  }
}

/** The error envelope of REST reference F.1. */
export function envelope(error: ApiError): Record<string, unknown> {
  return {
    $id: '1',
    ...(error.customProperties && { customProperties: error.customProperties }),
    innerException: null,
    message: error.message,
    typeName: `Microsoft.TeamFoundation.${error.typeKey}, Microsoft.TeamFoundation`,
    typeKey: error.typeKey,
    errorCode: 0,
    eventId: error.typeKey === 'WorkItemUnauthorizedAccessException' ? 3200 : 3000,
  };
}

/** The other envelope, seen on chunk uploads and on `$batch` (REST reference A.4, E.1). */
export function wrappedEnvelope(error: ApiError): Record<string, unknown> {
  return { count: 1, value: { Message: error.message } };
}
