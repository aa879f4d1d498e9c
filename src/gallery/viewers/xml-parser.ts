import { parser as createSaxParser } from 'sax';
import { ViewerProblem } from './viewer-problem';

/** Attributes of an element, with their prefixes. */
export type Attributes = Readonly<Record<string, string>>;

/** Receives the content of an XML document, with the names of elements without their prefixes. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: Attributes) => void;
  /** Called for each piece of a text. */
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/** Parses a document from pieces with arbitrary boundaries. */
export interface XmlParser {
  /** @throws ViewerProblem `too-many-parts` If elements are nested too deeply, or the document has too many errors. */
  readonly write: (text: string) => void;
  /** Ends the document and closes the elements without an end tag. */
  readonly end: () => void;
}

/** Maximum number of errors in a document. Each takes some microseconds. */
const MAX_ERRORS = 1000;

const PREDEFINED_ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Creates a parser that reads a damaged document as far as possible: an end tag without a start is text, and so is an
 * unknown entity. Entities of a document type are not expanded. Text outside of the root element is skipped.
 *
 * @param maxDepth Maximum depth of elements.
 */
export function createXmlParser({ open, text, close }: XmlHandler, maxDepth: number): XmlParser {
  const parser = createSaxParser(true, { position: false });
  // Not those of HTML, and not the properties of every object.
  parser.ENTITIES = Object.assign(Object.create(null) as Record<string, string>, PREDEFINED_ENTITIES);
  const names: string[] = [];
  let errors = 0;
  let isOver = false;
  const addText = (piece: string): void => {
    if (names.length > 0) text?.(piece);
  };
  parser.onopentag = ({ name, attributes }) => {
    if (names.length >= maxDepth) throw new ViewerProblem('too-many-parts');
    names.push(localName(name));
    open?.(localName(name), attributes as Attributes);
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = (name) => {
    names.pop();
    close?.(localName(name));
  };
  parser.onerror = () => {
    parser.resume();
    if (++errors > MAX_ERRORS) throw new ViewerProblem('too-many-parts');
  };
  return {
    write: (piece) => {
      if (isOver) return;
      try {
        parser.write(piece);
      } catch (error) {
        if (names.length > 0) throw error;
        // Each character outside of the root element is an error, such as a log behind a report.
        isOver = true;
      }
    },
    end: () => {
      parser.onerror = () => undefined;
      parser.close();
      for (let name = names.pop(); name !== undefined; name = names.pop()) close?.(name);
    },
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
