import { loadModule } from '../../../base/load-module';

/** Content of a data file, in base64. */
interface DataFile {
  readonly default: string;
}

/**
 * Loaders of the library's data, by the names that the library gives to its folders. Each file is a lazy chunk, because
 * a sandboxed frame cannot fetch files of Stapler. They reject for an unknown name.
 */
export const pdfData = {
  /** Predefined character maps of Chinese, Japanese and Korean fonts. */
  cMapUrl: (name: string): Promise<DataFile> =>
    loadModule(
      () => import(/* webpackInclude: /\.bcmap$/ */ `pdfjs-dist/cmaps/${name}`) as Promise<DataFile>,
    ),
  /** The 14 fonts that each reader of PDFs has. */
  standardFontDataUrl: (name: string): Promise<DataFile> =>
    loadModule(
      () =>
        import(/* webpackInclude: /\.(pfb|ttf)$/ */ `pdfjs-dist/standard_fonts/${name}`) as Promise<DataFile>,
    ),
  /** Decoders of JPEG 2000 and JBIG2. */
  wasmUrl: (name: string): Promise<DataFile> =>
    loadModule(
      () =>
        import(
          /* webpackInclude: /(openjpeg|jbig2)\.wasm$/ */ `pdfjs-dist/wasm/${name}`
        ) as Promise<DataFile>,
    ),
};
