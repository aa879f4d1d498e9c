/** The tab that this frame stands in, with all its other frames, ours and others'. */
export interface Tab {
  /** Origin of this frame as other frames see it; `null` (the text) where it is sandboxed. */
  readonly origin: string;
  /** All frames of this tab but this one. */
  readonly siblingFrames: () => readonly Frame[];
  readonly onMessage: (listener: (message: FrameMessage) => void) => void;
  readonly createPortPair: () => readonly [Port, Port];
  /** Calls back when this frame is about to go, where the browser tells that. */
  readonly onLeaving: (listener: () => void) => void;
  /** A text that nobody can guess: 256 bits, in hexadecimal digits. */
  readonly secret: () => string;
}

/** Another frame. */
export interface Frame {
  readonly post: (data: unknown, targetOrigin: string, port?: Port) => void;
}

/** What another frame posted. Nothing is known of it but what the browser vouches for: origin and source. */
export interface FrameMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: Frame | undefined;
  readonly port: Port | undefined;
}

/** One end of a channel. */
export interface Port {
  readonly post: (data: unknown) => void;
  /** Begins to deliver, what came before included. Called once. */
  readonly listen: (listener: (data: unknown) => void) => void;
}
