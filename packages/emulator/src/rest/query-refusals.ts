import { ApiError } from './api-error';

/** Observed in the code and the tests of clients; the type is from one of them. */
export function noSuchQuery(id: string): ApiError {
  return new ApiError(
    404,
    'QueryItemNotFoundException',
    `TF401243: The query ${id} does not exist, or you do not have permission to read it.`,
  );
}

/** Unreadable query. The text is used by the service for other errors; assumed: status and type. */
export function queryNotUnderstood(expected: string, at: string): ApiError {
  return new ApiError(
    400,
    'SyntaxException',
    `TF51006: The query is not understood: ${expected} is expected. The error is caused by «${at}».`,
  );
}

/** Observed in reports: an unknown field. Assumed: status and type. */
export function noSuchField(name: string): ApiError {
  return new ApiError(
    400,
    'SyntaxException',
    `TF51005: The query references a field that does not exist. The error is caused by «[${name}]».`,
  );
}

/** Result of a query beyond its limit. The text is in reports; assumed: status and type. */
export function tooManyResults(limit: number): ApiError {
  return new ApiError(
    400,
    'WorkItemTrackingQueryResultSizeLimitExceededException',
    `VS402337: The number of work items returned exceeds the size limit of ${limit}. Change the query to return fewer items.`,
  );
}

/** Time in a query without `timePrecision`. The text is in reports; assumed: status and type. */
export function timeNotAllowed(condition: string): ApiError {
  return new ApiError(
    400,
    'SyntaxException',
    `You cannot supply a time with the date when running a query using date precision. The error is caused by «${condition}».`,
  );
}
