import type { TestFile } from '../e2e/files';
import type { ElementHandle, Frame, Tab } from './driver';
import type { PageScript } from './page-script';
import type { DroppedFile, Matcher, Snapshot, Step, StoredJournal } from './query';
import { matcherOf } from './query';

/** Longest wait for a condition, in milliseconds: the stories share two cores with a browser. */
const TIMEOUT_MS = 60_000;

/** Repeats an attempt until it returns a value. Fails with the last error, or with `describe`. */
export async function until<T>(
  attempt: () => Promise<T | undefined>,
  describe: () => Promise<string> | string,
  timeoutMs = TIMEOUT_MS,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  let failure: Error | undefined;
  for (;;) {
    try {
      failure = undefined;
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      // A navigation ends the frame of a search; the next attempt finds the new one.
      failure = error as Error;
    }
    if (Date.now() > end) break;
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  const reason = failure === undefined ? '' : `\nLast error: ${failure.message}`;
  throw new Error((await describe()) + reason);
}

/** Document of a scope. */
export interface DocumentSource {
  readonly tab: Tab;
  /** Source of the page script. */
  readonly script: string;
  /** Receives errors found in the frame. */
  readonly note: (problems: readonly string[]) => void;
  frame(): Promise<Frame>;
  /** Found frames of the tab, by selector. A search without a result finds its frame again: frames are replaced. */
  readonly frames: Map<string, Frame>;
  readonly selector?: string;
}

/** Elements of a document, found by role and name. Each command searches for them again. */
export class Scope {
  constructor(
    private readonly source: DocumentSource,
    private readonly steps: readonly Step[] = [],
  ) {}

  /** Elements with a role, and a name if given: a string is the whole name. */
  get(role: string, name?: string | RegExp): Scope {
    return this.#with({ role, ...(name !== undefined && { name: matcherOf(name) }) });
  }

  /** Innermost elements with a text. */
  text(text: string | RegExp): Scope {
    return this.#with({ text: typeof text === 'string' ? { includes: text } : matcherOf(text) });
  }

  css(css: string): Scope {
    return this.#with({ css });
  }

  /** Elements outside of the view or hidden, such as the input of a drop zone. */
  hidden(css: string): Scope {
    return this.#with({ css, isHidden: true });
  }

  /** The found elements that contain a text. */
  including(text: string | RegExp): Scope {
    const matcher: Matcher = typeof text === 'string' ? { includes: text } : matcherOf(text);
    return this.#refine({ text: matcher });
  }

  /** The found elements with such an element inside. */
  having(selector: string): Scope {
    return this.#refine({ has: selector });
  }

  /** One of the found elements, from 0 on. */
  at(index: number): Scope {
    return this.#refine({ index });
  }

  /** Document of the visible `iframe` with this selector. */
  inside(selector: string): Scope {
    const outer = this.css(selector);
    return new Scope({
      ...this.source,
      selector,
      frame: async () => {
        const known = this.source.frames.get(selector);
        if (known) return known;
        const handle = await outer.#handle();
        if (!handle) throw new Error(`There is no frame ${selector}.`);
        const frame = await handle.content();
        this.source.frames.set(selector, frame);
        return frame;
      },
    });
  }

  /** State of all found elements. */
  async all(): Promise<readonly Snapshot[]> {
    return (await this.#call('read', this.steps)) as readonly Snapshot[];
  }

  async texts(): Promise<readonly string[]> {
    return (await this.all()).map(({ text }) => text);
  }

  async count(): Promise<number> {
    return (await this.all()).length;
  }

  /** Waits for an element that meets the condition. */
  async shown(condition: (state: Snapshot) => boolean = () => true, timeoutMs?: number): Promise<Snapshot> {
    return until(
      async () => (await this.all()).find(condition),
      () => this.#failure('is not shown as expected'),
      timeoutMs,
    );
  }

  /** Waits until no such element is left. */
  async gone(): Promise<void> {
    await this.counts(0);
  }

  async counts(count: number): Promise<void> {
    await until(
      async () => ((await this.count()) === count ? true : undefined),
      () => this.#failure(`is not shown ${count} times`),
    );
  }

  async focused(): Promise<void> {
    await this.shown(({ isFocused }) => isFocused);
  }

  /** Clicks the first found element, once it stays in its place and can receive the click. */
  async click(options: { readonly isWithControl?: boolean } = {}): Promise<void> {
    let place: unknown;
    await until(
      async () => {
        const last = place;
        place = await this.#call('aim', this.steps);
        if (typeof place !== 'string' || place !== last) return undefined;
        await (await this.#handle())?.click(options);
        return true;
      },
      () => this.#failure('cannot be clicked'),
    );
  }

  /** Replaces the text of a field. */
  async fill(text: string): Promise<void> {
    await this.click();
    await this.source.tab.press(['Control', 'a']);
    await (text === '' ? this.source.tab.press(['Delete']) : this.source.tab.type(text));
  }

  /** Picks files in an `input`, as its file dialog does. */
  async pick(paths: readonly string[]): Promise<void> {
    const handle = await until(
      () => this.#handle(),
      () => this.#failure('is not there'),
    );
    await handle.setFiles(paths);
  }

  /** Drops files by synthesized events. */
  async drop(files: readonly TestFile[]): Promise<void> {
    await this.shown();
    await this.#call('drop', this.steps, files.map(droppedFile));
  }

  /** Pastes files by a synthesized event. */
  async paste(files: readonly TestFile[]): Promise<void> {
    await this.shown();
    await this.#call('paste', this.steps, files.map(droppedFile));
  }

  /** Journal in the document's storage, or `undefined` before it has been read. */
  async journal(): Promise<StoredJournal | undefined> {
    return (await this.#call('journal')) as StoredJournal | undefined;
  }

  #with(step: Step): Scope {
    return new Scope(this.source, [...this.steps, step]);
  }

  #refine(step: Partial<Step>): Scope {
    return new Scope(this.source, [...this.steps.slice(0, -1), { ...this.steps.at(-1), ...step }]);
  }

  async #handle(): Promise<ElementHandle | undefined> {
    return this.#inFrame((frame) =>
      frame.element(`staplerStories.find(${JSON.stringify(this.steps)}) ?? null`),
    );
  }

  async #call(name: keyof PageScript, ...args: readonly unknown[]): Promise<unknown> {
    const list = args.map((arg) => JSON.stringify(arg)).join();
    const expression = `({ result: staplerStories.${name}(${list}), problems: staplerStories.problems() })`;
    const { result, problems } = (await this.#inFrame((frame) => frame.evaluate(expression))) as {
      result: unknown;
      problems: readonly string[];
    };
    this.source.note(problems);
    const isEmpty = result === undefined || result === null || (Array.isArray(result) && result.length === 0);
    if (isEmpty) this.#forgetFrame();
    return result;
  }

  async #inFrame<T>(act: (frame: Frame) => Promise<T>): Promise<T> {
    try {
      const frame = await this.source.frame();
      if ((await frame.evaluate('typeof staplerStories')) === 'undefined')
        await frame.evaluate(`(() => { ${this.source.script} })()`);
      return await act(frame);
    } catch (error) {
      this.#forgetFrame();
      throw error;
    }
  }

  #forgetFrame(): void {
    if (this.source.selector !== undefined) this.source.frames.delete(this.source.selector);
  }

  async #failure(what: string): Promise<string> {
    const steps = this.steps.map((step) => JSON.stringify(step)).join(' › ');
    const shown = await this.#call('everything').catch(() => 'nothing: there is no document.');
    return `${steps} ${what}. The document says: ${String(shown)}`;
  }
}

function droppedFile({ name, bytes }: TestFile): DroppedFile {
  return { name, type: '', base64: bytes.toString('base64') };
}
