import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestRecord } from '../contract';

/** Told of a request twice: when its head has arrived and when it is over. */
export type RequestListener = (record: RequestRecord) => void;

/** Log of the REST origin, for tests and the host page. */
export class RequestLog {
  private readonly listeners = new Set<RequestListener>();
  private readonly byMessage = new WeakMap<IncomingMessage, RequestRecord>();
  private lastId = 0;
  /** In the order of arrival. A record is completed in place when its request is over. */
  records: RequestRecord[] = [];

  /** Returns a function to unsubscribe. */
  subscribe(listener: RequestListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  clear(): void {
    this.records = [];
  }

  /** Starts a record. It ends with the connection or the answer. */
  begin(request: IncomingMessage, response: ServerResponse): RequestRecord {
    const record: RequestRecord = {
      id: ++this.lastId,
      startedAt: Date.now(),
      durationMs: null,
      method: request.method ?? '',
      url: request.url ?? '',
      status: null,
      finished: false,
      requestHeaders: headersOf(request),
      requestBytes: 0,
      responseBytes: 0,
      fault: null,
      error: null,
    };
    this.byMessage.set(request, record);
    this.records.push(record);
    this.tell(record);
    response.once('close', () => this.end(record, response));
    return record;
  }

  /** Adds received body bytes. */
  countBytes(request: IncomingMessage, bytes: number): void {
    const record = this.byMessage.get(request);
    if (record !== undefined) record.requestBytes += bytes;
  }

  /** Adds details known only during the request. */
  note(request: IncomingMessage, note: Partial<Pick<RequestRecord, 'fault' | 'error'>>): void {
    const record = this.byMessage.get(request);
    if (record !== undefined) Object.assign(record, note);
  }

  private end(record: RequestRecord, response: ServerResponse): void {
    record.finished = true;
    record.durationMs = Date.now() - record.startedAt;
    if (response.writableFinished) {
      record.status = response.statusCode;
      record.responseBytes = Number(response.getHeader('content-length') ?? 0);
    }
    this.tell(record);
  }

  private tell(record: RequestRecord): void {
    for (const listener of this.listeners) listener({ ...record });
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  const headers = Object.fromEntries(entries);
  const { authorization } = headers;
  if (authorization !== undefined) headers['authorization'] = `${authorization.split(' ')[0] ?? ''} …`;
  return headers;
}
