import type { RootContent } from 'mdast';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { MarkdownNode } from './markdown-node';
import type { MarkdownText } from './parse-markdown';

/** Blocks of a text that are drawn at once. */
export const MarkdownPart = React.memo(function MarkdownPart(props: {
  text: MarkdownText;
  blocks: readonly RootContent[];
}) {
  const { text, blocks } = props;
  return (
    <>
      {blocks.map((node, index) => (
        <Block key={index} node={node} text={text} />
      ))}
    </>
  );
});

function Block({ node, text }: { node: RootContent; text: MarkdownText }): React.JSX.Element {
  const block = <MarkdownNode node={node} text={text} depth={1} />;
  if (!text.unformatted.has(node)) return block;
  return (
    <>
      <p className="quiet">{t('This part is too long to format, so its source is shown.')}</p>
      {block}
    </>
  );
}

/** Footnotes of a text, if it has any. */
export function MarkdownFootnotes({ text }: { text: MarkdownText }): React.JSX.Element | null {
  if (text.footnotes.size === 0) return null;
  return (
    <ol className="viewer-footnotes" aria-label={t('Footnotes')}>
      {[...text.footnotes.values()].map((footnote) => (
        <li key={footnote.identifier}>
          {footnote.children.map((node, index) => (
            <MarkdownNode key={index} node={node} text={text} depth={1} />
          ))}
        </li>
      ))}
    </ol>
  );
}
