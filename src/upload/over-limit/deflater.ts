/** Creates a stream that deflates. `undefined` if the browser has none. */
export function createDeflater(): CompressionStream | undefined {
  const { CompressionStream: Deflater } = globalThis as Partial<typeof globalThis>;
  try {
    return Deflater && new Deflater('deflate-raw');
  } catch {
    // It may know other formats only.
    return undefined;
  }
}
