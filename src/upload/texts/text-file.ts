/** Place of an address in the grammar of a text, which decides how it is escaped. */
type AddressSyntax =
  /** Value of an HTML attribute. */
  | 'attribute'
  /** Part of an HTML attribute with several addresses, `srcset`. */
  | 'candidate'
  /** Destination of a Markdown link or picture. */
  | 'destination'
  /** Bare address in Markdown, with or without angle brackets. */
  | 'autolink';

/** A file that a text shows or links to. */
export interface TextFile {
  /** The address, unescaped. May be relative, or not an address at all. */
  readonly address: string;
  /** Whether the text shows it as a picture, not as a link. */
  readonly isPicture: boolean;
  /** Alternative text of a picture, or words of a link; empty without. */
  readonly label: string;
  /** Offsets of the escaped address in the text, in UTF-16 units. `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly syntax: AddressSyntax;
}

/** Escapes an http(s) address, as `URL` serializes it, for its place in a text. */
export function escapeAddress(address: string, syntax: AddressSyntax): string {
  switch (syntax) {
    case 'attribute':
      return escapeAttribute(address);
    case 'candidate':
      // A comma at the end is a separator.
      return escapeAttribute(address.replace(/,$/, encodeURIComponent));
    case 'destination':
      return encodeForMarkdown(address).replace(/[\\()]|&(?=#|[a-z0-9]+;)/gi, '\\$&');
    case 'autolink':
      return encodeForMarkdown(address);
  }
}

function escapeAttribute(address: string): string {
  return address.replace(/[&"'<>`\s]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Encodes characters that end an address in Markdown, and that `URL` allows in some of its parts. */
function encodeForMarkdown(address: string): string {
  return address.replace(/[<>|\s]/g, encodeURIComponent);
}
