/** Metadata about the serialization of a message's values. */
export interface SerializationSettings {
  includeUnderscoreProperties?: boolean;
}

type AnyFunction = (...args: unknown[]) => unknown;
type Members = Record<string, unknown>;

/** State of one `encode`: the ancestors of the current object, and the number of references to them. */
interface Encoding {
  ancestors: Map<object, Members>;
  references: number;
  settings: SerializationSettings;
}

const maximumDepth = 100;

/**
 * Serializes values for the extension SDK, and back. Functions become remote proxies, dates and cycles are
 * marked, members with a leading `_` are omitted by default, `null` members vanish.
 */
export class XdmValues {
  /** Functions passed to the other side, by their remote name. They are never freed. */
  readonly functions: Record<string, AnyFunction> = {};
  #functionCount = 0;

  constructor(
    private readonly channelId: number,
    private readonly callProxy: (name: string, args: unknown[]) => Promise<unknown>,
  ) {}

  encode(value: unknown, settings: SerializationSettings = {}): unknown {
    return this.#encode(value, undefined, { ancestors: new Map(), references: 0, settings });
  }

  decode(value: unknown): unknown {
    return this.#decode(value, new Map());
  }

  #encode(value: unknown, owner: unknown, encoding: Encoding): unknown {
    if (typeof value === 'function') return this.#encodeFunction(value as AnyFunction, owner);
    if (typeof value !== 'object') return value;
    if (value === null || belongsToThePage(value) || encoding.ancestors.size >= maximumDepth)
      return undefined;
    if (value instanceof Date) return { __proxyDate: value.getTime() };

    const ancestor = encoding.ancestors.get(value);
    if (ancestor) {
      ancestor['__circularReferenceId'] ??= ++encoding.references;
      return { __circularReference: ancestor['__circularReferenceId'] };
    }

    const encoded: Members | unknown[] = Array.isArray(value) ? [] : {};
    encoding.ancestors.set(value, encoded as Members);
    if (Array.isArray(encoded)) {
      for (const element of value as unknown[]) encoded.push(this.#encode(element, value, encoding));
    } else {
      for (const name of memberNames(value)) {
        if (name === '__proxyFunctionId') continue;
        if (name.startsWith('_') && !encoding.settings.includeUnderscoreProperties) continue;
        encoded[name] = this.#encode(readMember(value, name), value, encoding);
      }
    }
    encoding.ancestors.delete(value);
    return encoded;
  }

  #encodeFunction(value: AnyFunction, owner: unknown): unknown {
    const id = ++this.#functionCount;
    this.functions[`proxy${id}`] = (...args) => value.apply(owner, args);
    return { __proxyFunctionId: id, _channelId: this.channelId };
  }

  #decode(value: unknown, references: Map<unknown, unknown>): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((element) => this.#decode(element, references));

    const members = value as Members;
    const functionId = members['__proxyFunctionId'];
    if (typeof functionId === 'number')
      return (...args: unknown[]) => this.callProxy(`proxy${functionId}`, args);
    if (typeof members['__proxyDate'] === 'number') return new Date(members['__proxyDate']);
    if ('__circularReference' in members) return references.get(members['__circularReference']);

    const decoded: Members = {};
    if ('__circularReferenceId' in members) references.set(members['__circularReferenceId'], decoded);
    for (const [name, member] of Object.entries(members)) {
      if (name !== '__circularReferenceId') decoded[name] = this.#decode(member, references);
    }
    return decoded;
  }
}

function belongsToThePage(value: object): boolean {
  return value instanceof Node || value instanceof Window || value instanceof Event;
}

/** Own and inherited names, getters and methods of classes included, without those every object has. */
function memberNames(value: object): Set<string> {
  const names = new Set<string>();
  for (
    let level: object | null = value;
    level && level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(level)) {
      if (name !== 'constructor') names.add(name);
    }
  }
  return names;
}

/** A throwing getter counts as a missing member. */
function readMember(value: object, name: string): unknown {
  try {
    return (value as Members)[name];
  } catch {
    return undefined;
  }
}
