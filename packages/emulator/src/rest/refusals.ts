import { ApiError } from './api-error';

/** REST reference D.6, "no permission or no such item". */
export function noSuchWorkItem(id: number): ApiError {
  return new ApiError(
    404,
    'WorkItemUnauthorizedAccessException',
    `TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`,
  );
}

/** Work item that is not in the recycle bin. Assumed: status, type and text. */
export function notInRecycleBin(id: number): ApiError {
  return new ApiError(
    404,
    'WorkItemNotFoundException',
    `TF401232: Work item ${id} does not exist in the recycle bin, or you do not have permissions to read it.`,
  );
}

/** Work item type that does not exist. Assumed: type and text. */
export function noSuchType(name: string): ApiError {
  return new ApiError(
    404,
    'WorkItemTypeNotFoundException',
    `VS402323: Work item type ${name} does not exist in project Fabrikam or you do not have permission to access it.`,
  );
}

/** REST reference F.3: a budget of the rate limit is used up. The text is in reports. */
export function rateLimited(resource: string, headers: Readonly<Record<string, string>>): ApiError {
  return new ApiError(
    429,
    'RequestBlockedException',
    `TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource '${resource}' in namespace 'User'.`,
    { headers },
  );
}

/** REST reference D.6, "may read, may not write". Assumed: the code, the text and the type. */
export function readOnlyWorkItem(): ApiError {
  return new ApiError(
    403,
    'WorkItemUnauthorizedAccessException',
    'TF237111: The current user does not have permissions to save work items under the specified area path.',
  );
}

/** Upload without a project, refused by `uploadWithoutProject`. Assumed: type and text. */
export function uploadForbidden(): ApiError {
  return new ApiError(
    403,
    'AccessCheckException',
    'Access denied: the current user needs permissions to upload attachments outside of a project.',
  );
}

/** Field that does not exist. The text is in reports; assumed: status and type. */
export function fieldNotFound(name: string): ApiError {
  return new ApiError(
    404,
    'WorkItemTrackingFieldDefinitionNotFoundException',
    `TF51535: Cannot find field ${name}.`,
  );
}

/** Comment that does not exist. Assumed: type and text. */
export function noSuchComment(id: string): ApiError {
  return new ApiError(404, 'WorkItemCommentNotFoundException', `The comment ${id} does not exist.`);
}

/** Format of a field other than a long text. The text is in reports; assumed: status and type. */
export function formatNotSupported(field: string): ApiError {
  return malformed(`Operation of changing value type is not supported for the field ${field}.`);
}

/** HTML for a text that is Markdown. Assumed: status, type and text. */
export function formatIsFinal(field: string): ApiError {
  return malformed(`The format of the field ${field} is Markdown and cannot be changed to HTML.`);
}

/** Another format without another text. Assumed: status, type and text. */
export function formatAlone(field: string): ApiError {
  return malformed(`The format of the field ${field} can only be changed together with its value.`);
}

/** Batch from an extension, refused by `batchFromExtension`. Assumed: type and text. */
export function batchRefused(): ApiError {
  return new ApiError(
    403,
    'AccessCheckException',
    'Access denied: the scopes of this token do not allow to update work items in a batch.',
  );
}

/** Service without batches, by `batchFromExtension`. Assumed: type and text. */
export function batchUnknown(): ApiError {
  return new ApiError(
    404,
    'VssResourceNotFoundException',
    'The controller for path "/_apis/wit/$batch" was not found.',
  );
}

/** REST reference D.6, `test` fails. */
export function testFailed(path: string, actual: unknown, tested: unknown): ApiError {
  return new ApiError(
    412,
    'TestPatchOperationFailedException',
    `VS403351: Test Operation for path ${path} failed, value ${text(actual)} was not equal to test value ${text(tested)}.`,
  );
}

/** REST reference D.6, "save race inside the service". Assumed: the words behind the first sentence. */
export function savedMeanwhile(mode: 'services' | 'server'): ApiError {
  return new ApiError(
    mode === 'services' ? 412 : 409,
    'WorkItemRevisionMismatchException',
    'TF26071: This work item has been changed by someone else since you opened it. You will need to refresh it and discard your changes.',
  );
}

/** REST reference D.6, "same attachment already on this item". */
export function relationExists(mode: 'services' | 'server'): ApiError {
  return mode === 'services'
    ? new ApiError(400, 'VssPropertyValidationException', 'Relation already exists.')
    : new ApiError(409, 'RelationAlreadyExistsException', 'Relation already exists.');
}

/** REST reference D.6, "more than 100 attachments". Assumed: the words around the number, and the type. */
export function tooManyAttachments(id: number, limit: number): ApiError {
  return new ApiError(
    400,
    'WorkItemAttachmentLimitExceededException',
    `VS403313: Work item ${id} can have no more than ${limit} attachments.`,
  );
}

/** REST reference D.1: up to 255 characters. Assumed: the text, and the category of malformed values. */
export function commentTooLong(length: number, limit: number): ApiError {
  return malformed(
    `The comment of a relation has ${length} characters, which exceeds the maximum length of ${limit}.`,
  );
}

/** REST reference D.6, link limit. Assumed: the type. */
export function tooManyLinks(id: number, limit: number): ApiError {
  return new ApiError(
    400,
    'WorkItemLinkLimitExceededException',
    `The update of work item ${id} will exceed ${limit} link limit.`,
  );
}

/** REST reference D.6, 10 000 revisions. Assumed: the type. */
export function tooManyRevisions(id: number, revisions: number, limit: number): ApiError {
  return new ApiError(
    400,
    'WorkItemRevisionLimitExceededException',
    `Work item ${id} has ${revisions} revisions, but only work items with up to ${limit} revisions are supported.`,
  );
}

/** REST reference D.6, malformed value. */
export function malformed(message: string): ApiError {
  return new ApiError(400, 'VssPropertyValidationException', message);
}

/** REST reference D.3, patch library rules. Assumed: the status. */
export function patchFailed(message: string): ApiError {
  return new ApiError(400, 'PatchOperationFailedException', message);
}

/** REST reference D.6, required field empty. */
export function requiredFieldEmpty(field: string): ApiError {
  const message = `TF401320: Rule Error for field ${field.split('.').at(-1) ?? field}. Error code: Required, InvalidEmpty.`;
  const error = {
    fieldReferenceName: field,
    fieldStatusFlags: 'required, invalidEmpty',
    errorMessage: message,
  };
  return new ApiError(400, 'RuleValidationException', message, {
    customProperties: { RuleValidationErrors: [error] },
  });
}

/** An upload must have a name. Assumed: the text; whether there is such a rule, `unnamedUpload` says. */
export function fileNameMissing(): ApiError {
  return malformed('The parameter fileName is required and must not be empty.');
}

/** REST reference C, unknown GUID. */
export function noSuchAttachment(id: string, status = 404): ApiError {
  return new ApiError(status, 'FileIdNotFoundException', `The attachment ${id} does not exist.`);
}

/** REST reference A.5, TF237082. Assumed: the status, and 2^20 bytes per MB. */
export function fileTooLarge(limitBytes: number): ApiError {
  const limit = (limitBytes / 2 ** 20).toFixed(3);
  return new ApiError(
    400,
    'AttachmentExceedsMaximumSizeException',
    `TF237082: The file you are trying to upload exceeds the supported file upload size (${limit} MB(s)).`,
  );
}

/** REST reference A.2 (the accepted types of an upload) and D.6 (of a patch). */
export function wrongContentType(
  status: number,
  method: string,
  actual: string,
  valid: readonly string[],
): ApiError {
  return new ApiError(
    status,
    'VssRequestContentTypeNotSupportedException',
    `The request indicated a Content-Type of "${actual}" for method type "${method}" which is not supported. ` +
      `Valid content types for this method are: ${valid.join(', ')}.`,
  );
}

/** REST reference E.2: at most 200 ids. */
export function tooManyIds(count: number, limit: number): ApiError {
  return new ApiError(
    400,
    'VssPropertyValidationException',
    `VS403474: You requested ${count} work items which exceeds the limit of ${limit}. Reduce the number of ids and try again.`,
  );
}

/** REST reference F.2, 401: the token has expired or is unknown. */
export function notAuthorized(): ApiError {
  return new ApiError(
    401,
    'UnauthorizedRequestException',
    "TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource.",
  );
}

/** REST reference G (405 for a deletion of an attachment). Assumed: the type and the text. */
export function methodNotSupported(method: string): ApiError {
  return new ApiError(
    405,
    'HttpRequestException',
    `The requested resource does not support http method '${method}'.`,
  );
}

/** REST reference F.2, 404, "also a wrong project". */
export function noSuchProject(name: string): ApiError {
  return new ApiError(
    404,
    'ProjectDoesNotExistWithNameException',
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
