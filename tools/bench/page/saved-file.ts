/** Resolves with the size in bytes of the next file saved by the page. The browser does not save it. */
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

/** Size of the object behind a URL, without reading it. */
async function sizeOf(url: string): Promise<number> {
  const { headers, body } = await fetch(url);
  await body?.cancel();
  return Number(headers.get('Content-Length'));
}
