import * as React from 'react';

/**
 * An address under which this page, and no other, finds the bytes. It is revoked when nobody needs it any more.
 *
 * @param type The MIME type under which they are read; nothing that a server said of them.
 * @returns `undefined` for the moment before the first drawing.
 */
export function useObjectUrl(bytes: Blob, type: string): string | undefined {
  const [url, setUrl] = React.useState<string>();
  React.useEffect(() => {
    const created = URL.createObjectURL(bytes.slice(0, bytes.size, type));
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [bytes, type]);
  return url;
}
