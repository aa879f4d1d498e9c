/** Engines of the stories. */
export type Engine = 'chromium' | 'firefox' | 'webkit';

/** Element in a frame. Becomes stale with a navigation. */
export interface ElementHandle {
  /** Clicks its middle with the mouse. */
  click(options?: { readonly isWithControl?: boolean }): Promise<void>;
  setFiles(paths: readonly string[]): Promise<void>;
  /** Document of an `iframe`. */
  content(): Promise<Frame>;
}

/** Document of a page or of an `iframe`. */
export interface Frame {
  /** Evaluates an expression. The result is JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Evaluates an expression with an element as the result, or `undefined`. */
  element(expression: string): Promise<ElementHandle | undefined>;
}

/** Tab of the browser. */
export interface Tab {
  readonly main: Frame;
  /** Opens an address. Resolves when the page has loaded. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
  /** Presses keys together, such as `['Shift', 'ArrowDown']`. Names as in `KeyboardEvent.key`. */
  press(keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
}

/** Browser that a story controls. */
export interface Driver {
  readonly engine: Engine;
  /** Name and version. */
  readonly version: string;
  /** Folder of downloaded files. */
  readonly downloads: string;
  newTab(): Promise<Tab>;
  /** Errors that the browser reported since the last call. In WebKit, there are none. */
  errors(): readonly string[];
  screenshot(path: string): Promise<void>;
  /** Ends the browser with all its processes. */
  close(): Promise<void>;
}

/** Settings of a browser. */
export interface BrowserSettings {
  /** Blocks all cookies and storage of other sites. Only for Firefox; the other drivers have no such setting. */
  readonly blocksCookies: boolean;
}

/** Installs `script` in each frame before the page loads, if the engine can. */
export type Launch = (executable: string, script: string, settings: BrowserSettings) => Promise<Driver>;
