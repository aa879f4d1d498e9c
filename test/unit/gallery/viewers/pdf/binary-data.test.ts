import { binaryDataFactory } from '../../../../../src/gallery/viewers/pdf/binary-data';

/** Serves one character map, `H.bcmap`, and fails for all other files, as a lost chunk does. */
function createData() {
  const onMissing = jest.fn();
  const load = (name: string) =>
    name === 'H.bcmap'
      ? Promise.resolve({ default: Buffer.from([0, 127, 255]).toString('base64') })
      : Promise.reject(new Error(`No ${name}.`));
  const Data = binaryDataFactory(onMissing, {
    cMapUrl: load,
    standardFontDataUrl: load,
    wasmUrl: load,
  });
  return { data: new Data(), onMissing };
}

test('binaryDataFactory serves the bytes of a file', async () => {
  const { data, onMissing } = createData();
  expect(await data.fetch({ kind: 'cMapUrl', filename: 'H.bcmap' })).toEqual(Uint8Array.of(0, 127, 255));
  expect(onMissing).not.toHaveBeenCalled();
});

test.each(['cMapUrl', 'standardFontDataUrl', 'wasmUrl'] as const)(
  'binaryDataFactory rejects and tells about a file of %s that fails to load',
  async (kind) => {
    const { data, onMissing } = createData();
    await expect(data.fetch({ kind, filename: 'lost' })).rejects.toThrow('No lost.');
    expect(onMissing).toHaveBeenCalledWith(kind);
  },
);

test('binaryDataFactory rejects and tells about a file that is no base64', async () => {
  const onMissing = jest.fn();
  const load = () => Promise.resolve({ default: '<html>' });
  const Data = binaryDataFactory(onMissing, { cMapUrl: load, standardFontDataUrl: load, wasmUrl: load });
  await expect(new Data().fetch({ kind: 'wasmUrl', filename: 'openjpeg.wasm' })).rejects.toThrow();
  expect(onMissing).toHaveBeenCalledWith('wasmUrl');
});
