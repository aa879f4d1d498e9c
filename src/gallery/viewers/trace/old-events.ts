import type { Fields } from '../json-fields';
import { fieldsOf } from '../json-fields';
import { textOf } from '../har/fields';

/** Maximum number of objects that are kept for console messages of old traces. */
const MAX_OBJECTS = 20_000;

/** Maximum length of an id, in UTF-16 units. */
const MAX_ID_LENGTH = 500;

/**
 * Returns an event of versions 3 and 4 in the form of later ones.
 *
 * - Version 3 has the facts of an action or event in `metadata`.
 * - Up to version 4, an event creates an object with the content of a console message, and another refers to it.
 *
 * @param objects Objects so far, by id.
 */
export function toCurrentEvent(event: Fields, objects: Map<string, Fields>): Fields {
  return withConsole(withoutMetadata(event), objects);
}

function withoutMetadata(event: Fields): Fields {
  if (event['metadata'] === undefined) return event;
  const metadata = fieldsOf(event['metadata']);
  const method = textOf(metadata['method'], MAX_ID_LENGTH);
  if (metadata['internal'] === true || method.startsWith('tracing')) return {};
  return {
    ...metadata,
    type: event['type'],
    class: metadata['type'],
    callId: metadata['id'],
    time: metadata['startTime'],
    title: undefined,
  };
}

function withConsole(event: Fields, objects: Map<string, Fields>): Fields {
  const parameters = fieldsOf(event['params']);
  const isObject = event['type'] === 'object';
  const creates = isObject || (event['type'] === 'event' && event['method'] === '__create__');
  if (creates) {
    const guid = textOf(isObject ? event['guid'] : parameters['guid'], MAX_ID_LENGTH);
    const initializer = fieldsOf(isObject ? event['initializer'] : parameters['initializer']);
    if (objects.size < MAX_OBJECTS && 'text' in initializer)
      objects.set(guid, { messageType: initializer['type'], ...pick(initializer) });
    return {};
  }
  if (event['type'] !== 'event' || event['method'] !== 'console') return event;
  const message = objects.get(textOf(fieldsOf(parameters['message'])['guid'], MAX_ID_LENGTH));
  return message ? { ...message, type: 'console', time: event['time'], pageId: event['pageId'] } : {};
}

function pick({ text, location }: Fields): Fields {
  return { text, location };
}
