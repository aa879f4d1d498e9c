import { patchFailed, malformed, testFailed } from './refusals';
import type { FieldValue, Relation, WorkItem } from './work-item';

/** One operation of a JSON Patch document. */
export interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/** Lookups outside the patched work item. */
export interface PatchWorld {
  /** Turns the value of an `add` on `/relations/-` into a relation; throws the refusal. */
  relation: (value: unknown, item: WorkItem) => Relation;
  /** Turns the value of a field operation into a field's value; throws the refusal. */
  fieldValue: (name: string, value: unknown) => FieldValue;
  /** A relation's address as clients see it. */
  absoluteUrl: (relation: Relation) => string;
  /** Whether a relation's address can be tested, as a text (REST reference D.4, mitigation 3). */
  canTestUrl: boolean;
  /** Effect of a new name of an attachment. */
  nameChange: 'made' | 'ignored' | 'refused';
  /** Sets the format of a long text; throws the refusal. Missing if there is only HTML. */
  format?: (item: WorkItem, field: string, value: unknown) => WorkItem;
}

/** Reads a patch document; throws the refusal. */
export function parsePatch(body: unknown): PatchOperation[] {
  if (!Array.isArray(body) || body.length === 0) {
    throw malformed('You must pass a valid patch document in the body of the request.');
  }
  return body.map(parseOperation);
}

/**
 * Returns the work item after all operations, applied in order to the then current list. Throws at the first
 * failure without changing the item (REST reference D.1, D.3).
 */
export function applyPatch(
  item: WorkItem,
  operations: readonly PatchOperation[],
  world: PatchWorld,
): WorkItem {
  return operations.reduce((current, operation) => applyOperation(current, operation, world), item);
}

function parseOperation(entry: unknown): PatchOperation {
  const { op, path, value } = (entry ?? {}) as Record<string, unknown>;
  const name = typeof op === 'string' ? op.toLowerCase() : '';
  if (name !== 'add' && name !== 'replace' && name !== 'remove' && name !== 'test') {
    throw malformed(`The patch operation "${String(op)}" is not supported.`);
  }
  if (typeof path !== 'string' || !path.startsWith('/') || path.endsWith('/')) {
    throw malformed(`The path "${String(path)}" must start with a slash and must not end with one.`);
  }
  if (name === 'remove' && value !== undefined && value !== null)
    throw malformed('Remove must not carry a value.');
  return { op: name, path, value };
}

function applyOperation(item: WorkItem, operation: PatchOperation, world: PatchWorld): WorkItem {
  const [root, ...rest] = operation.path.slice(1).split('/').map(unescape);
  if (root === 'rev' && rest.length === 0 && operation.op === 'test')
    return testValue(item, operation, item.rev);
  if (root === 'fields' && rest.length === 1 && rest[0] !== undefined) {
    return patchField(item, operation, rest[0], world);
  }
  if (root === 'relations' && rest[0] !== undefined)
    return patchRelations(item, operation, rest[0], rest.slice(1), world);
  if (root === 'multilineFieldsFormat' && rest.length === 1 && rest[0] !== undefined && world.format)
    return patchFormat(item, operation, rest[0], world.format);
  // REST reference D.3: a path such as `/relations` itself is refused.
  throw patchFailed(`Top level patching is not supported at the path ${operation.path}.`);
}

function patchField(item: WorkItem, operation: PatchOperation, name: string, world: PatchWorld): WorkItem {
  const { [name]: present, ...others } = item.fields;
  if (operation.op === 'test') return testValue(item, operation, present);
  if (operation.op === 'replace' && present === undefined) throw cannotReplace(operation.path);
  // An empty text clears a field; the service leaves empty fields out of its answers.
  const cleared = operation.op === 'remove' || operation.value === '' || operation.value === null;
  if (cleared) return { ...item, fields: others };
  return { ...item, fields: { ...item.fields, [name]: world.fieldValue(name, operation.value) } };
}

/** Assumed: a format can neither be tested nor removed. */
function patchFormat(
  item: WorkItem,
  { op, path, value }: PatchOperation,
  field: string,
  setFormat: NonNullable<PatchWorld['format']>,
): WorkItem {
  if (op === 'test' || op === 'remove')
    throw patchFailed(`The operation ${op} is not supported at the path ${path}.`);
  return setFormat(item, field, value);
}

function patchRelations(
  item: WorkItem,
  operation: PatchOperation,
  position: string,
  rest: readonly string[],
  world: PatchWorld,
): WorkItem {
  if (position === '-') {
    if (operation.op !== 'add' || rest.length > 0) {
      throw patchFailed(
        `The operation ${operation.op} does not support insert at the path ${operation.path}.`,
      );
    }
    return { ...item, relations: [...item.relations, world.relation(operation.value, item)] };
  }
  const index = Number(position);
  const relation = /^\d+$/.test(position) ? item.relations[index] : undefined;
  if (relation === undefined) throw patchFailed(`Index out of range for path ${operation.path}.`);
  if (rest.length === 0 && operation.op === 'remove') {
    return { ...item, relations: item.relations.filter((_, at) => at !== index) };
  }
  if (rest.join('/') === 'url' && operation.op === 'test' && world.canTestUrl)
    return testValue(item, operation, world.absoluteUrl(relation));
  if (rest[0] === 'attributes' && rest.length === 2 && rest[1] !== undefined) {
    const changed = patchAttribute(relation, operation, rest[1], world);
    return { ...item, relations: item.relations.map((other) => (other === relation ? changed : other)) };
  }
  throw patchFailed(`The operation ${operation.op} is not supported at the path ${operation.path}.`);
}

/** Assumed for attachments: `comment` and `name` can be changed, and nothing else (REST reference D.3). */
function patchAttribute(
  relation: Relation,
  operation: PatchOperation,
  name: string,
  { nameChange }: PatchWorld,
): Relation {
  const { op, path, value } = operation;
  const isAllowed = name === 'comment' || (name === 'name' && nameChange !== 'refused');
  if (op === 'test' || op === 'remove' || !isAllowed) {
    throw patchFailed(`The operation ${op} is not supported at the path ${path}.`);
  }
  if (typeof value !== 'string') throw malformed(`The value at the path ${path} must be a text.`);
  if (op === 'replace' && relation.attributes[name] === undefined) throw cannotReplace(path);
  if (name === 'name' && nameChange === 'ignored') return relation;
  return { ...relation, attributes: { ...relation.attributes, [name]: value } };
}

function testValue(item: WorkItem, operation: PatchOperation, actual: unknown): WorkItem {
  if (actual !== operation.value) throw testFailed(operation.path, actual, operation.value);
  return item;
}

function cannotReplace(path: string): Error {
  return patchFailed(`Cannot replace a value that does not exist at the path ${path}.`);
}

function unescape(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}
