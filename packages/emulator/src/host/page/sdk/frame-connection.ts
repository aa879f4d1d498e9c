import type { Contribution, EmulatorConfig } from '../../../contract';
import { control } from '../control';
import type { SettingsStore } from '../settings';
import { Store } from '../store';
import { themes } from '../themes';
import { handshakeResult, pageUrlOf } from './handshake';
import { XdmChannel } from './xdm';

/** How far the frame is. */
export type Load =
  { status: 'loading' } | { status: 'slow' } | { status: 'ready' } | { status: 'failed'; message: string };

/** State of a frame. */
export interface FrameState {
  load: Load;
  /** Size requested by the extension, in pixels. */
  width: number | undefined;
  height: number | undefined;
}

/** Dependencies of a connection. */
export interface FrameEnvironment {
  config: EmulatorConfig;
  settings: SettingsStore;
  /** Services for the frame. */
  services: object;
}

/** Contribution of the frame. */
export interface FrameRole {
  contribution: Contribution;
  /** Configuration for `SDK.getConfiguration()`. */
  initialConfig: object;
  /** Called when the page is ready, also after a reload. */
  onReady?: () => void;
}

/** Registered object of the extension, for remote calls. */
export type RegisteredObject = Partial<Record<string, (...args: unknown[]) => Promise<unknown>>>;

const slowAfterMs = 15_000;
const handshakeTimeoutMs = 10_000;
const nextIdAfterMs = 250;

/** The host's side of one extension frame, from its creation to its end. */
export class FrameConnection extends Store<FrameState> {
  readonly #timers = new Set<number>();
  #channel: XdmChannel | undefined;
  #handshakes = 0;
  #isReady = false;
  #endTheme: (() => void) | undefined;

  constructor(
    private readonly role: FrameRole,
    private readonly around: FrameEnvironment,
  ) {
    super({ load: { status: 'loading' }, width: undefined, height: undefined });
  }

  /** Begins to listen. Must happen before the frame's page can have run. */
  attach(frame: Window): void {
    const origin = new URL(pageUrlOf(this.around.config, this.role.contribution)).origin;
    this.#channel = new XdmChannel(frame, origin);
    this.#channel.register('DevOps.HostControl', {
      initialHandshake: (options?: { loaded?: boolean }) => this.#handshake(options?.loaded !== false),
      notifyLoadSucceeded: () => this.#succeed(),
      notifyLoadFailed: (reason: unknown) => this.#fail(messageOf(reason)),
      getAccessToken: async () => ({ token: await control.issueToken() }),
      // Assumed: extensions validate it with a service of their own; ours has none.
      getAppToken: () => ({ token: 'emulator-app-token' }),
      resize: (width: unknown, height: unknown) => this.#resize(width, height),
    });
    this.#after(slowAfterMs, () => {
      if (this.state.load.status === 'loading') this.update({ load: { status: 'slow' } });
    });
    this.#endTheme = this.#followTheme();
  }

  /** The frame's page, or the browser's error page in its place, has loaded. */
  pageLoaded(): void {
    const handshakes = this.#handshakes;
    this.#after(handshakeTimeoutMs, () => {
      if (handshakes === 0 && this.#handshakes === 0) {
        this.#fail('The extension did not answer within 10 seconds after its page had loaded.');
      }
    });
  }

  /** Resolves when the extension is ready; rejects with the error of loading. */
  whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const { load } = this.state;
        if (load.status === 'ready') resolve();
        else if (load.status === 'failed') reject(new Error(load.message));
        else return;
        end();
      };
      const end = this.subscribe(look);
      look();
    });
  }

  /**
   * Returns the object registered under one of the ids. Each is requested a quarter of a second after the
   * previous one; the first answer wins. Rejects if there is none. A closed frame no longer answers.
   */
  findObject(ids: readonly string[]): Promise<RegisteredObject> {
    const channel = this.#channel;
    return new Promise((resolve, reject) => {
      let left = ids.length;
      const miss = (): void => {
        if (--left === 0 && this.#channel)
          reject(new Error(`The extension has registered nothing as ${ids.join(' or ')}.`));
      };
      ids.forEach((id, index) => {
        const ask = () => channel?.getObject(id).then((object) => (object ? resolve(object) : miss()), miss);
        if (index === 0) void ask();
        else this.#after(index * nextIdAfterMs, () => void ask());
      });
    });
  }

  dispose(): void {
    this.#endTheme?.();
    this.#channel?.close();
    this.#channel = undefined;
    for (const timer of this.#timers) window.clearTimeout(timer);
  }

  /** A reloaded frame repeats the handshake. */
  #handshake(loaded: boolean) {
    this.#handshakes++;
    this.#isReady = false;
    const { config, settings, services } = this.around;
    this.#channel?.register('DevOps.ServiceManager', services);
    // The frame hears the host only after it has this answer.
    if (loaded) this.#after(0, () => this.#succeed());
    return handshakeResult(config, this.role, settings.state);
  }

  #succeed(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.update({ load: { status: 'ready' } });
    this.role.onReady?.();
  }

  #fail(message: string): void {
    this.update({ load: { status: 'failed', message } });
  }

  #resize(width: unknown, height: unknown): void {
    if (this.around.settings.state.quirks.resize === 'ignored') return;
    if (typeof width === 'number' && width > 0) this.update({ width });
    if (typeof height === 'number' && height > 0) this.update({ height });
  }

  /** A page without a theme ignores later ones. */
  #followTheme(): () => void {
    const { settings } = this.around;
    let { theme } = settings.state;
    return settings.subscribe(() => {
      if (theme === settings.state.theme) return;
      ({ theme } = settings.state);
      if (this.#handshakes === 0 || settings.state.quirks.noThemeData) return;
      const args = ['themeChanged', { detail: { data: themes[theme].data } }];
      this.#channel?.invoke('DevOps.SdkClient', 'dispatchEvent', args).catch((error: unknown) => {
        console.warn('The frame did not take the theme.', error);
      });
    });
  }

  #after(delayMs: number, action: () => void): void {
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }
}

function messageOf(reason: unknown): string {
  if (typeof reason === 'string' && reason !== '') return reason;
  if (typeof reason === 'object' && reason !== null && 'message' in reason) return String(reason.message);
  return 'The extension failed to load.';
}
