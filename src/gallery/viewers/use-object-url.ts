import * as React from 'react';

/**
 * Returns an object URL for the bytes, revoked on unmount.
 *
 * @param type MIME type of the URL. Overrides the type given by the server.
 * @returns `undefined` until the first effect.
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
