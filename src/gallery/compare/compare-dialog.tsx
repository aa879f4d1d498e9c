import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { Dialog } from '../../ui/dialog';
import { describeError, quoteName } from '../../upload/messages/problems';
import type { CompareView } from './compare-view';
import type { ComparisonAccess } from './comparison-access';
import { loadModule } from '../../base/load-module';
import './compare.css';

/** Compares two files. The comparison itself is a lazy chunk. */
export function CompareDialog(props: {
  files: readonly [AttachedFile, AttachedFile];
  session: ComparisonAccess;
  onClose: () => void;
}): React.JSX.Element {
  const { session, onClose } = props;
  const [files] = React.useState(() => olderFirst(props.files));
  const [loaded, setLoaded] = React.useState<
    { readonly View: typeof CompareView } | { readonly problem: Problem }
  >();
  React.useEffect(() => {
    loadModule(() => import(/* webpackChunkName: "compare" */ './compare-view')).then(
      ({ CompareView: View }) => setLoaded({ View }),
      (error: unknown) => setLoaded({ problem: toProblem(error) }),
    );
  }, []);
  const [before, after] = files;
  return (
    <Dialog
      title={t('Compare {name} and {otherName}', {
        name: quoteName(before.name),
        otherName: quoteName(after.name),
      })}
      isLarge={true}
      onClose={onClose}
    >
      <div className="compare">
        {loaded && 'View' in loaded && <loaded.View files={files} session={session} />}
        {loaded && 'problem' in loaded && <p role="alert">{describeError(loaded.problem)}</p>}
      </div>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}

function olderFirst([a, b]: readonly [AttachedFile, AttachedFile]): readonly [AttachedFile, AttachedFile] {
  return a.addedAt > b.addedAt ? [b, a] : [a, b];
}
