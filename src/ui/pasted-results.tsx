import * as React from 'react';
import type { LinkTarget } from '../azure/work-item';
import { t } from '../base/i18n/translate';
import type { FormSession } from '../upload/form/form-session';
import { joinSentences, quoteName } from '../upload/messages/problems';
import type { PastedResult } from '../upload/form/pasted-images';
import { useStore } from './hooks';
import { CheckIcon, CrossIcon, ErrorIcon, FileIcon, IconButton } from './icons';
import './save-line.css';

/** Props of `PastedResults`. */
export interface PastedResultsProps {
  session: Pick<FormSession, 'pasted'>;
  /** Whether the work item is in the form. */
  isShown: (target: LinkTarget) => boolean;
}

/** Lines about pasted images and the texts of their work item, one for each place and reason. */
export function PastedResults(props: PastedResultsProps): React.JSX.Element {
  const { pasted } = props.session;
  const results = useStore(pasted).filter(({ target }) => props.isShown(target));
  const sentences = [...new Set(results.map(({ sentence }) => sentence))];
  return (
    <>
      {sentences.map((sentence) => {
        const same = results.filter((result) => result.sentence === sentence);
        return (
          <div key={sentence} className="line-text" data-keeps-focus="">
            <ResultIcon result={same[0]} />
            <span role="status">{describeResults(same, sentence)}</span>
            <IconButton label={t('Dismiss')} icon={<CrossIcon />} onClick={() => pasted.dismiss(same)} />
          </div>
        );
      })}
    </>
  );
}

function ResultIcon({ result }: { result: PastedResult | undefined }): React.JSX.Element {
  switch (result?.outcome) {
    case 'inserted':
      return <CheckIcon />;
    case 'unclear':
      return <ErrorIcon />;
    default:
      // No error: the image itself is uploaded.
      return <FileIcon name={result?.name ?? ''} />;
  }
}

/** @param same Results with the same sentence. */
function describeResults(same: readonly PastedResult[], sentence: string): string {
  const [first] = same;
  if (first?.outcome !== 'not-inserted') return sentence;
  const missing =
    same.length === 1
      ? t("{name} wasn't inserted into the text.", { name: quoteName(first.name) })
      : t("{count, number} images weren't inserted into the text.", { count: same.length });
  return joinSentences(missing, sentence);
}
