import * as React from 'react';
import type { Encoding } from '../../../base/decode-text';
import { ENCODINGS } from '../../../base/decode-text';
import { t } from '../../../base/i18n/translate';
import type { Loading } from '../hooks';
import { useLoading } from '../hooks';
import type { ViewedFile } from '../viewer';
import type { LoadedText, PartBytes, TextParts } from './text-parts';
import { openText } from './text-parts';

/** An encoding to choose, for as long as the file is shown. */
export interface EncodingChoice {
  readonly isChosen: boolean;
  readonly choose: (encoding: Encoding) => void;
}

/** Opens the text of a file: in the detected encoding, and again in each one that the user chooses. */
export function useText(
  file: ViewedFile,
  partBytes?: PartBytes,
): { readonly loading: Loading<TextParts>; readonly encodings: EncodingChoice } {
  const [chosen, setChosen] = React.useState<{ readonly file: ViewedFile; readonly encoding: Encoding }>();
  const encoding = chosen?.file === file ? chosen.encoding : undefined;
  const loading = useLoading(
    React.useCallback(() => openText(file.bytes, partBytes, encoding), [file, partBytes, encoding]),
  );
  return {
    loading,
    encodings: { isChosen: encoding !== undefined, choose: (next) => setChosen({ file, encoding: next }) },
  };
}

/** Encoding of the text, with the number of bad bytes. */
export function EncodingField(props: {
  text: Pick<LoadedText, 'encoding' | 'badBytes'>;
  encodings: EncodingChoice;
}): React.JSX.Element {
  const { text, encodings } = props;
  const { encoding, badBytes } = text;
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
          {t('{count, plural, one {# byte is} other {# bytes are}} not valid', { count: badBytes })}
        </span>
      )}
    </>
  );
}
