import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { ChevronIcon } from '../../../ui/icons';
import { InChunks } from '../in-chunks';
import { LongText } from '../long-text';
import type { NamedText, NamedTexts } from './request-details';

/** Lengths of a value that are shown at first and added on request, in UTF-16 units. */
const LENGTHS = { first: 500, more: 20_000 };

/** Headers or parameters, folded at first. Nothing for an empty list. */
export function NamedTextsFold(props: { title: string; list: NamedTexts }): React.JSX.Element | null {
  const {
    title,
    list: { items, total },
  } = props;
  const [isOpen, setIsOpen] = React.useState(false);
  if (total === 0) return null;
  return (
    <div>
      <button type="button" className="fold-button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <ChevronIcon open={isOpen} />
        {t('{name} ({count, number})', { name: title, count: total })}
      </button>
      {isOpen && (
        <dl className="viewer-facts">
          <InChunks
            count={items.length}
            renderItem={(index) => items[index] && <Item key={index} {...items[index]} />}
            renderMore={(button) => (
              <>
                <dt />
                <dd>{button}</dd>
              </>
            )}
          />
        </dl>
      )}
      {isOpen && items.length < total && (
        <p className="quiet">
          {t('The first {shown, number} of {count, number} are listed.', {
            shown: items.length,
            count: total,
          })}
        </p>
      )}
    </div>
  );
}

function Item({ name, value: { text, missing }, isSecret }: NamedText): React.JSX.Element {
  const [isShown, setIsShown] = React.useState(!isSecret);
  return (
    <>
      <dt>
        <bdi>{makeVisible(name)}</bdi>
      </dt>
      <dd>
        {isShown ? (
          <>
            <bdi>
              <LongText text={text} {...LENGTHS} />
            </bdi>
            {missing > 0 && '…'}
          </>
        ) : (
          <button type="button" className="link-button" onClick={() => setIsShown(true)}>
            {t('Show the secret value')}
          </button>
        )}
      </dd>
    </>
  );
}
