import * as React from 'react';
import type { Encoding } from '../../../base/decode-text';
import { ENCODINGS } from '../../../base/decode-text';
import { t } from '../../../base/i18n/translate';
import type { Loading } from '../hooks';
import { useLoading } from '../hooks';
import type { ViewedFile } from '../viewer';

/** An encoding to choose, for as long as the file is shown. */
export interface EncodingChoice {
  readonly isChosen: boolean;
  readonly choose: (encoding: Encoding) => void;
}

/** Opens the text of a file: in the detected encoding, and again in each one that the user chooses. */
export function useText<T>(
  file: ViewedFile,
  /** A stable function. */
  open: (bytes: Blob, chosen: Encoding | undefined) => Promise<T>,
): { readonly loading: Loading<T>; readonly encodings: EncodingChoice } {
  const [chosen, setChosen] = React.useState<{ readonly file: ViewedFile; readonly encoding: Encoding }>();
  const encoding = chosen?.file === file ? chosen.encoding : undefined;
  const loading = useLoading(React.useCallback(() => open(file.bytes, encoding), [file, open, encoding]));
  return {
    loading,
    encodings: { isChosen: encoding !== undefined, choose: (next) => setChosen({ file, encoding: next }) },
  };
}

/** Encoding of the text, with the number of bad bytes. */
export function EncodingField(props: {
  encoding: Encoding;
  /** Bytes that are not valid UTF-8. */
  badBytes: number;
  encodings: EncodingChoice;
}): React.JSX.Element {
  const { encoding, badBytes, encodings } = props;
  const field = React.useRef<HTMLSelectElement>(null);
  const wasChosen = React.useRef(encodings.isChosen);
  React.useEffect(() => {
    // A choice opens the text again and replaces all controls, including the focused one.
    if (wasChosen.current) field.current?.focus();
  }, []);
  return (
    <>
      <select
        ref={field}
        className="field viewer-select"
        aria-label={t('Encoding')}
        value={encoding}
        onChange={({ target }) => encodings.choose(target.value as Encoding)}
      >
        {Object.entries(ENCODINGS).map(([label, name]) => (
          <option key={label} value={label}>
            {name}
          </option>
        ))}
      </select>
      {badBytes > 0 && (
        <span className="quiet" role="status">
          {t('{count, plural, one {# invalid byte} other {# invalid bytes}}', { count: badBytes })}
        </span>
      )}
    </>
  );
}
