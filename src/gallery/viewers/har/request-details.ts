import type { CutText } from '../results/test-results';

/** A header, a parameter or a message. */
export interface NamedText {
  readonly name: string;
  readonly value: CutText;
  /** Whether it carries a cookie, a credential or a token. */
  readonly isSecret: boolean;
}

/** Items of a list, with the number of all. */
export interface NamedTexts {
  readonly items: readonly NamedText[];
  /** Number in the file. Can be more than the listed ones. */
  readonly total: number;
}

/** Content of a request or a response. */
export interface Body {
  /** MIME type without parameters. Can be empty. */
  readonly type: string;
  /** Size without compression, in bytes, as far as known. */
  readonly size: number | undefined;
  /** Content in the file. `undefined` if the file does not have it. */
  readonly content: Blob | undefined;
  /** First characters of a text. `undefined` for other contents. */
  readonly text: CutText | undefined;
  /** Path of the content in the archive of a Playwright trace. */
  readonly path: string;
  /** Whether the content cannot be decoded. */
  readonly isDamaged: boolean;
}

/** Everything about a request. */
export interface RequestDetails {
  readonly url: CutText;
  readonly protocol: string;
  readonly remoteAddress: string;
  readonly redirectUrl: CutText;
  readonly comment: string;
  /** Reason of a failure, in the words of the browser. */
  readonly error: string;
  readonly requestHeaders: NamedTexts;
  readonly responseHeaders: NamedTexts;
  readonly query: NamedTexts;
  /** Fields of a form. */
  readonly form: NamedTexts;
  readonly sent: Body | undefined;
  readonly received: Body;
  /** Messages of a WebSocket, with their direction as name: `send` or `receive`. */
  readonly messages: NamedTexts;
}
