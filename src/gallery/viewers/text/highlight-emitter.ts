import type { Emitter } from 'highlight.js';

/** Kinds of code that are told apart. Each has a class of its name in `syntax.css`. The first one has no color. */
export const CODE_KINDS = [
  ...([
    'plain',
    'keyword',
    'string',
    'comment',
    'number',
    'type',
    'name',
    'meta',
    'added',
    'removed',
  ] as const),
] as const;

type CodeKind = (typeof CODE_KINDS)[number];

/**
 * Kinds of the scopes of highlight.js, by the first part of their names. Other scopes have the kind of the code around
 * them.
 */
const KIND_OF: ReadonlyMap<string, CodeKind> = new Map<string, CodeKind>([
  ...byKind('keyword', 'keyword literal name section selector-tag doctag strong'),
  ...byKind('string', 'string regexp link char'),
  ...byKind('comment', 'comment quote'),
  ...byKind('number', 'number symbol bullet'),
  ...byKind('type', 'type title class built_in'),
  ...byKind(
    'name',
    'attr attribute variable template-variable selector-class selector-id selector-attr selector-pseudo',
  ),
  ...byKind('meta', 'meta'),
  ...byKind('added', 'addition'),
  ...byKind('removed', 'deletion'),
  // Code inside of a string.
  ...byKind('plain', 'subst'),
]);

function byKind(kind: CodeKind, scopes: string): (readonly [string, CodeKind])[] {
  return scopes.split(' ').map((scope) => [scope, kind] as const);
}

/** Runs of a code in one kind each. Arrays of the same length. */
export interface CodeRuns {
  /** Offsets of their ends in the code, in UTF-16 units, ascending. */
  readonly ends: Uint32Array;
  /** Indexes in `CODE_KINDS`. */
  readonly kinds: Uint8Array;
}

/** Collects the runs of a code from highlight.js, in place of HTML. */
export class RunEmitter implements Emitter {
  readonly #ends: number[] = [];
  readonly #kinds: number[] = [];
  readonly #outer: number[] = [];
  #kind = 0;
  #length = 0;

  addText(text: string): void {
    this.#add(text.length, this.#kind);
  }

  startScope(scope: string): void {
    this.#outer.push(this.#kind);
    const kind = KIND_OF.get(scope.split('.', 1)[0] ?? '');
    if (kind !== undefined) this.#kind = CODE_KINDS.indexOf(kind);
  }

  endScope(): void {
    this.#kind = this.#outer.pop() ?? 0;
  }

  /** As `startScope`. The library calls both. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (!(emitter instanceof RunEmitter)) return;
    let start = 0;
    emitter.#ends.forEach((end, index) => {
      this.#add(end - start, emitter.#kinds[index] ?? 0);
      start = end;
    });
  }

  finalize(): void {
    // Runs need no end.
  }

  toHTML(): string {
    return '';
  }

  /** Returns the runs of all text so far. */
  runs(): CodeRuns {
    return { ends: Uint32Array.from(this.#ends), kinds: Uint8Array.from(this.#kinds) };
  }

  #add(length: number, kind: number): void {
    if (length === 0) return;
    this.#length += length;
    if (this.#kinds.at(-1) === kind) this.#ends[this.#ends.length - 1] = this.#length;
    else {
      this.#ends.push(this.#length);
      this.#kinds.push(kind);
    }
  }
}
