/** An HTTP request, reduced to the needs of an upload. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A `Blob` is streamed by the browser and never read into memory. */
  readonly body?: Blob | string;
  readonly signal?: AbortSignal;
  /** Timeout without progress in either direction, in milliseconds from `send` on. Default: none. */
  readonly stallMs?: number;
  /** Returns the response as a `Blob`, possibly on disk, instead of text. */
  readonly wantsBlob?: boolean;
  /** Returns the body of a 2xx response as a stream. Only the stack of Node can. */
  readonly wantsStream?: boolean;
  /** Called with the number of body bytes sent. */
  readonly onUploadProgress?: (bytesSent: number) => void;
  /** Called with the number of response bytes received. */
  readonly onDownloadProgress?: (bytesRead: number) => void;
}

/** A response of any status. */
export interface HttpResponse {
  readonly status: number;
  /** Empty for a 2xx response with `wantsBlob` or `wantsStream`. */
  readonly text: string;
  /** Set with `wantsBlob`. */
  readonly blob?: Blob;
  /**
   * Set with `wantsStream` for a 2xx response other than 203. Read it to the end, or abort the request: it holds a
   * connection. It fails like `send`, also if the body is cut off.
   */
  readonly stream?: AsyncIterable<Uint8Array>;
  /** Returns the value of a header, or `null` if absent or hidden by CORS. */
  header(name: string): string | null;
}

/** The only access to the network. */
export interface HttpStack {
  /**
   * Resolves with any response that has a status.
   *
   * @throws NetworkError without a response, TimeoutError after `stallMs`, CancelledError after an abort.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}
