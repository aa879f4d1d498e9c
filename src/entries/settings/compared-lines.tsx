import * as React from 'react';
import { CompareTexts } from '../../gallery/compare/compare-texts';
import type { TextDiff } from '../../gallery/compare/diff-texts';
import { diffTexts } from '../../gallery/compare/diff-texts';
import '../../gallery/compare/compare.css';
import '../../ui/uploads.css';

/** Both texts are strings here. */
const FORM = { encoding: 'utf-8', lineEnds: 'none' } as const;

/** Lines of two texts, as the gallery compares files. */
export function ComparedLines({
  before,
  after,
}: {
  before: string;
  after: string;
}): React.JSX.Element | null {
  const [diff, setDiff] = React.useState<TextDiff>();
  React.useEffect(() => {
    let isCurrent = true;
    void diffTexts(before, after).then((result) => {
      if (isCurrent) setDiff(result);
    });
    return () => void (isCurrent = false);
  }, [before, after]);
  return diff ? <CompareTexts comparison={{ areTexts: true, before: FORM, after: FORM, ...diff }} /> : null;
}
