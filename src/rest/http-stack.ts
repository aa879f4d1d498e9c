/** One HTTP request, as small as an upload needs it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A `Blob` is streamed by the browser and never read into memory. */
  readonly body?: Blob | string;
  readonly signal?: AbortSignal;
  /** Longest time in which no byte moves in either direction, in milliseconds, from `send` on; none by default. */
  readonly stallMs?: number;
  /** Keeps the answer as a `Blob`, which the browser may hold on disk, in place of a text. */
  readonly wantsBlob?: boolean;
  /** Told how many bytes of the body have left the browser. */
  readonly onUploadProgress?: (bytesSent: number) => void;
  /** Told how many bytes of the answer have arrived. */
  readonly onDownloadProgress?: (bytesRead: number) => void;
}

/** The answer, whatever its status. */
export interface HttpResponse {
  readonly status: number;
  /** Empty where a blob was asked for and the status is a 2xx. */
  readonly text: string;
  /** Where one was asked for. */
  readonly blob?: Blob;
  /** A header's value, or `null` where it is absent or hidden by CORS. */
  header(name: string): string | null;
}

/** The one seam to the network. */
export interface HttpStack {
  /**
   * Resolves with any answer that has a status.
   *
   * @throws NetworkError without an answer, TimeoutError after `stallMs`, CancelledError after an abort.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
}
