import type { Contribution, EmulatorConfig } from '../../../contract';
import { FrameClosed } from '../sdk/xdm';
import { Store } from '../store';
import { contributionNamed } from './contributions';

/** Called once on close, with the result of the content or without one. */
type OnClose = (result?: unknown) => unknown;

/** A page of the extension over the host's: at the side, or in the middle. */
export interface ContentOverlay {
  kind: 'panel' | 'dialog';
  id: number;
  contribution: Contribution;
  title: string | undefined;
  description: string | undefined;
  /** How wide a panel is. */
  size: PanelSize;
  /** Range of widths for the draggable edge; missing if the opener does not allow resizing. */
  resize: PanelResize | undefined;
  /** Configuration from the opener for the content. */
  configuration: object;
  /** Whether a click beside it closes it. */
  isLightDismissed: boolean;
  onClose: OnClose | undefined;
}

/** A sentence of the extension, with one or two answers. */
export interface MessageOverlay {
  kind: 'message';
  id: number;
  text: string;
  title: string | undefined;
  okText: string;
  /** Missing if there is nothing to cancel. */
  cancelText: string | undefined;
  isLightDismissed: boolean;
  onClose: OnClose | undefined;
}

/** Panel or dialog over the page. */
export type Overlay = ContentOverlay | MessageOverlay;

/** Widths in the order of the SDK's `PanelSize`. */
const panelSizes = ['small', 'medium', 'large'] as const;

/** One of `panelSizes`. */
export type PanelSize = (typeof panelSizes)[number];

/** How far the edge of a panel can be dragged, in CSS pixels. */
export interface PanelResize {
  minWidth: number;
  maxWidth: number;
  onWidthChanged: ((width: number) => unknown) | undefined;
}

/** `resizeOptions` of `openPanel`, as they come across. */
export interface ResizeOptions {
  userResizable?: boolean;
  minWidth?: number;
  maxWidth?: number;
  onWidthChanged?: (width: number) => unknown;
}

/** Options of `openPanel` and `openCustomDialog`, as they come across: any may be missing. */
export interface ContentOptions {
  title?: string;
  description?: string;
  size?: number;
  configuration?: object;
  lightDismiss?: boolean;
  resizeOptions?: ResizeOptions;
  onClose?: OnClose;
}

/** Options of `openMessageDialog`. */
export interface MessageOptions {
  title?: string;
  showCancel?: boolean;
  okText?: string;
  cancelText?: string;
  lightDismiss?: boolean;
  onClose?: OnClose;
}

/** Overlays and full screen, as set by extensions. */
export interface LayoutState {
  /** Each over the one before. */
  overlays: Overlay[];
  isFullScreen: boolean;
}

/** Panels, dialogs and full screen, as requested through `host-page-layout-service`. */
export class Layout extends Store<LayoutState> {
  #overlays = 0;

  constructor(private readonly config: EmulatorConfig) {
    super({ overlays: [], isFullScreen: false });
  }

  /** Does nothing, as the real one, but loudly, if the extension has no such contribution. */
  openContent(kind: ContentOverlay['kind'], fullId: string, options: ContentOptions = {}): void {
    const contribution = contributionNamed(this.config, fullId);
    if (!contribution) {
      console.error(`There is no contribution ${fullId} that could be opened as a ${kind}.`);
      return;
    }
    this.#open({
      kind,
      id: ++this.#overlays,
      contribution,
      title: options.title,
      description: options.description,
      size: panelSizes[options.size ?? 1] ?? 'medium',
      resize: resizeFrom(options.resizeOptions),
      configuration: options.configuration ?? {},
      isLightDismissed: options.lightDismiss ?? true,
      onClose: options.onClose,
    });
  }

  openMessage(text: string, options: MessageOptions = {}): void {
    const { okText = 'OK', cancelText = 'Cancel', showCancel = false } = options;
    this.#open({
      kind: 'message',
      id: ++this.#overlays,
      text,
      title: options.title,
      okText,
      cancelText: showCancel ? cancelText : undefined,
      isLightDismissed: options.lightDismiss ?? true,
      onClose: options.onClose,
    });
  }

  /** Takes an overlay away at once, whatever it is doing, and tells who opened it. */
  close(id: number, result?: unknown): void {
    const closed = this.state.overlays.find((overlay) => overlay.id === id);
    if (!closed) return;
    this.update({ overlays: this.state.overlays.filter((overlay) => overlay !== closed) });
    // An undefined argument would arrive as `null`.
    const told = result === undefined ? closed.onClose?.() : closed.onClose?.(result);
    Promise.resolve(told).catch((error: unknown) => {
      if (!(error instanceof FrameClosed)) console.warn('The opener failed in onClose.', error);
    });
  }

  setFullScreen(isFullScreen: boolean): void {
    this.update({ isFullScreen });
  }

  #open(overlay: Overlay): void {
    this.update({ overlays: [...this.state.overlays, overlay] });
  }
}

function resizeFrom(options: ResizeOptions = {}): PanelResize | undefined {
  const { userResizable = false, minWidth = 340, maxWidth = Infinity, onWidthChanged } = options;
  return userResizable ? { minWidth, maxWidth, onWidthChanged } : undefined;
}
