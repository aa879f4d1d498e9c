import type { Contribution, StandInConfig } from '../../../contract';
import { control } from '../control';
import type { FormEvent } from '../form/board';
import type { SettingsStore } from '../settings';
import { Store } from '../store';
import { themes } from '../themes';
import { fullIdOf, handshakeResult, pageUrlOf } from './handshake';
import { XdmChannel } from './xdm';

/** How far the frame is. */
export type Load =
  { status: 'loading' } | { status: 'slow' } | { status: 'ready' } | { status: 'failed'; message: string };

/** What the page shows of a frame. */
export interface FrameState {
  load: Load;
  /** The height that the extension asked for, in pixels. */
  height: number | undefined;
}

/** What a connection needs of the page. */
export interface FrameSurroundings {
  config: StandInConfig;
  settings: SettingsStore;
  createServices: (frameId: string) => object;
}

type RegisteredObject = Partial<Record<FormEvent['name'], (args: FormEvent['args']) => Promise<unknown>>>;

const slowAfterMs = 15_000;
const handshakeTimeoutMs = 10_000;
const shortIdAfterMs = 250;
let frameCount = 0;

/** The host's side of one extension frame, from its creation to its end. */
export class FrameConnection extends Store<FrameState> {
  readonly #frameId = `work-item-form-contribution-${++frameCount}`;
  readonly #timers = new Set<number>();
  #channel: XdmChannel | undefined;
  #registered: RegisteredObject | undefined;
  #handshakes = 0;
  #endTheme: (() => void) | undefined;

  /** @param onRegistered - called when the extension's object is known, so that it can be told where it is */
  constructor(
    private readonly contribution: Contribution,
    private readonly around: FrameSurroundings,
    private readonly onRegistered: () => void,
  ) {
    super({ load: { status: 'loading' }, height: undefined });
  }

  /** Begins to listen. Must happen before the frame's page can have run. */
  attach(frame: Window): void {
    const origin = new URL(pageUrlOf(this.around.config, this.contribution)).origin;
    this.#channel = new XdmChannel(frame, origin);
    this.#channel.register('DevOps.HostControl', {
      initialHandshake: (options?: { loaded?: boolean }) => this.#handshake(options?.loaded !== false),
      notifyLoadSucceeded: () => this.#succeed(),
      notifyLoadFailed: (reason: unknown) => this.#fail(messageOf(reason)),
      getAccessToken: async () => ({ token: await control.issueToken() }),
      // Assumed: an extension that asks has a service of its own to check it; ours has none.
      getAppToken: () => ({ token: 'stand-in-app-token' }),
      resize: (_width: unknown, height: unknown) => this.#resize(height),
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

  /** Tells the extension; lost if it has not registered its object yet, as in the real host. */
  send({ name, args }: Pick<FormEvent, 'name' | 'args'>): void {
    this.#registered?.[name]?.(args).catch((error: unknown) => {
      // A frame that was closed meanwhile answers no more.
      if (this.#registered) console.warn(`The extension failed in ${name}.`, error);
    });
  }

  dispose(): void {
    this.#endTheme?.();
    this.#registered = undefined;
    this.#channel?.close();
    for (const timer of this.#timers) window.clearTimeout(timer);
  }

  /** A frame that was loaded again shakes hands again. */
  #handshake(loaded: boolean) {
    this.#handshakes++;
    this.#registered = undefined;
    this.#channel?.register('DevOps.ServiceManager', this.around.createServices(this.#frameId));
    // The frame hears the host only after it has this answer.
    if (loaded) this.#after(0, () => this.#succeed());
    const { config, settings } = this.around;
    return handshakeResult(config, this.contribution, this.#frameId, themes[settings.state.theme].data);
  }

  #succeed(): void {
    this.update({ load: { status: 'ready' } });
    const fullId = fullIdOf(this.around.config, this.contribution);
    this.#lookUp(fullId);
    this.#after(shortIdAfterMs, () => this.#lookUp(this.contribution.id));
  }

  /** The extension may have registered its object under either id; the first answer wins. */
  #lookUp(id: string): void {
    if (this.#registered) return;
    this.#channel?.getObject(id).then(
      (object) => {
        if (this.#registered || !object) return;
        this.#registered = object;
        this.onRegistered();
      },
      () => {
        // It is not registered under this id.
      },
    );
  }

  #fail(message: string): void {
    this.update({ load: { status: 'failed', message } });
  }

  /** The width is the column's, whatever the extension asks for. */
  #resize(height: unknown): void {
    if (typeof height === 'number' && height > 0 && !this.around.settings.state.quirks.ignoreResize) {
      this.update({ height });
    }
  }

  #followTheme(): () => void {
    const { settings } = this.around;
    let { theme } = settings.state;
    return settings.subscribe(() => {
      if (theme === settings.state.theme) return;
      ({ theme } = settings.state);
      if (this.#handshakes === 0) return;
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
