/** Resolves with the size of the next file that the page lets the browser save, in bytes. The browser does not. */
export function nextSavedFile(): Promise<number> {
  return new Promise((resolve, reject) => {
    const onClick = (event: Event): void => {
      if (!(event.target instanceof HTMLAnchorElement) || !event.target.download) return;
      event.preventDefault();
      document.removeEventListener('click', onClick);
      sizeOf(event.target.href).then(resolve, reject);
    };
    document.addEventListener('click', onClick);
  });
}

/** The size of what has this object URL, of which nothing is read. */
async function sizeOf(url: string): Promise<number> {
  const { headers, body } = await fetch(url);
  await body?.cancel();
  return Number(headers.get('Content-Length'));
}
