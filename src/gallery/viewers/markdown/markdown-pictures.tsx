import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';

/** Pictures that are in the file of a text, by name. */
export type Pictures = ReadonlyMap<string, Blob>;

/** Start of the address of a picture in the file itself, in notebooks. */
const SCHEME = 'attachment:';

/** Maximum length of a text alternative, in UTF-16 units. */
const MAX_ALT_LENGTH = 500;

/** Addresses for `img` by name. */
const UrlsContext = React.createContext<ReadonlyMap<string, string>>(new Map());

/** Lets a text show its pictures. Each has one address, so that the browser decodes it once for all places. */
export function MarkdownPictures(props: {
  pictures: Pictures;
  children: React.ReactNode;
}): React.JSX.Element {
  const { pictures, children } = props;
  const [urls, setUrls] = React.useState<ReadonlyMap<string, string>>(new Map());
  React.useEffect(() => {
    if (pictures.size === 0) return undefined;
    const created = new Map([...pictures].map(([name, bytes]) => [name, URL.createObjectURL(bytes)]));
    setUrls(created);
    return () => created.forEach((url) => URL.revokeObjectURL(url));
  }, [pictures]);
  return <UrlsContext.Provider value={urls}>{children}</UrlsContext.Provider>;
}

/**
 * A picture that is in the file of its text. Any other is shown as its alternative text, because loading it would
 * reveal the reader to its server.
 */
export function MarkdownPicture({ url, alt }: { url: string; alt: string }): React.JSX.Element {
  const urls = React.useContext(UrlsContext);
  const [isBroken, setIsBroken] = React.useState(false);
  const name = nameIn(url);
  const src = urls.get(name);
  if (src === undefined || isBroken)
    return (
      <span className="quiet">{alt ? t('[image: {words}]', { words: makeVisible(alt) }) : t('[image]')}</span>
    );
  return (
    <img
      className="viewer-markdown-picture"
      src={src}
      alt={makeVisible((alt || name).slice(0, MAX_ALT_LENGTH))}
      onError={() => setIsBroken(true)}
    />
  );
}

/** Returns the name of a picture in the file; empty for another address. */
function nameIn(url: string): string {
  if (!url.startsWith(SCHEME)) return '';
  const name = url.slice(SCHEME.length);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
