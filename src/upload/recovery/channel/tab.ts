/** Browser tab of this frame, with all its frames, foreign ones included. */
export interface Tab {
  /** Origin of this frame as seen by others; the text `null` in a sandbox. */
  readonly origin: string;
  /** All other frames of this tab. */
  readonly siblingFrames: () => readonly Frame[];
  readonly onMessage: (listener: (message: FrameMessage) => void) => void;
  readonly createPortPair: () => readonly [Port, Port];
  /** Calls `listener` before this frame closes, if the browser reports that. */
  readonly onLeaving: (listener: () => void) => void;
  /** Creates an unguessable text: 256 bits in hexadecimal digits. */
  readonly secret: () => string;
}

/** Other frame. */
export interface Frame {
  readonly post: (data: unknown, targetOrigin: string, port?: Port) => void;
}

/** Message of another frame. Only origin and source are vouched for, by the browser. */
export interface FrameMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: Frame | undefined;
  readonly port: Port | undefined;
}

/** Message port. */
export interface Port {
  readonly post: (data: unknown) => void;
  /** Starts delivery, earlier messages included. Called once. */
  readonly listen: (listener: (data: unknown) => void) => void;
}
