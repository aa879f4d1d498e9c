import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { Gradually } from '../gradually';
import { LongText } from '../long-text';
import { safeLink } from '../safe-link';
import type { Inline, Omission, TextRun } from './nodes';
import { NoteReference } from './note-links';
import { PictureView } from './picture-view';

/** Lengths of a text that are shown at first and added on request, in UTF-16 units. */
const LENGTHS = { first: 20_000, more: 100_000 };

/** Number of nodes of a paragraph that are drawn at once. */
const NODES_AT_ONCE = 1_000;

/** Content of a paragraph. A long one appears in slices, with input in between. */
export function Inlines({ content }: { content: readonly Inline[] }): React.JSX.Element {
  const slices = React.useMemo(() => slicesOf(content), [content]);
  if (slices.length === 1) return <InlineSlice content={content} />;
  return (
    <Gradually
      count={slices.length}
      renderItem={(index) => <InlineSlice key={index} content={slices[index] ?? []} />}
    />
  );
}

function slicesOf(content: readonly Inline[]): readonly (readonly Inline[])[] {
  const count = Math.max(1, Math.ceil(content.length / NODES_AT_ONCE));
  return Array.from({ length: count }, (_, index) =>
    content.slice(index * NODES_AT_ONCE, (index + 1) * NODES_AT_ONCE),
  );
}

/** Texts of one link are together in it. */
const InlineSlice = React.memo(function InlineSlice({ content }: { content: readonly Inline[] }) {
  const groups: { href: string | undefined; inlines: Inline[] }[] = [];
  for (const inline of content) {
    const href = inline.type === 'text' ? inline.href : undefined;
    const last = groups.at(-1);
    if (last && last.href === href) last.inlines.push(inline);
    else groups.push({ href, inlines: [inline] });
  }
  return (
    <>
      {groups.map(({ href, inlines }, index) => (
        <Link key={index} address={href}>
          {inlines.map((inline, at) => (
            <InlineView key={at} inline={inline} />
          ))}
        </Link>
      ))}
    </>
  );
});

function Link(props: { address: string | undefined; children: React.ReactNode }): React.JSX.Element {
  const { address, children } = props;
  const href = address === undefined ? undefined : safeLink(address);
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} title={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function InlineView({ inline }: { inline: Inline }): React.JSX.Element {
  switch (inline.type) {
    case 'text':
      return <TextView run={inline} />;
    case 'picture':
      return <PictureView picture={inline} />;
    case 'omission':
      return <span className="quiet">{describeOmission(inline)}</span>;
    case 'break':
      return inline.isPage ? (
        <span className="viewer-page-break" role="separator" aria-label={t('Page break')} />
      ) : (
        <br />
      );
    case 'note':
      return <NoteReference kind={inline.kind} number={inline.number} />;
  }
}

function TextView({ run }: { run: TextRun }): React.JSX.Element {
  const { text, marks, change } = run;
  const marked = marks.reduce<React.JSX.Element>(
    (inside, mark) => React.createElement(mark, undefined, inside),
    <Colored run={run}>
      <LongText text={text} keep="prose" {...LENGTHS} />
    </Colored>,
  );
  if (!change) return marked;
  const author = makeVisible(change.author);
  return change.kind === 'ins' ? (
    <ins title={author === '' ? t('Inserted') : t('Inserted by {name}', { name: author })}>{marked}</ins>
  ) : (
    <del title={author === '' ? t('Deleted') : t('Deleted by {name}', { name: author })}>{marked}</del>
  );
}

function Colored({ run, children }: { run: TextRun; children: React.ReactNode }): React.JSX.Element {
  const { color, highlight } = run;
  if (highlight) return <mark className={`viewer-highlight viewer-highlight-${highlight}`}>{children}</mark>;
  return color ? <span className={`viewer-color-${color}`}>{children}</span> : <>{children}</>;
}

/** `[chart: Revenue · North · South]` */
function describeOmission({ kind, words }: Omission): string {
  const shown = { words: makeVisible(words) };
  const hasWords = words !== '';
  switch (kind) {
    case 'chart':
      return hasWords ? t('[chart: {words}]', shown) : t('[chart]');
    case 'diagram':
      return hasWords ? t('[diagram: {words}]', shown) : t('[diagram]');
    case 'object':
      return hasWords ? t('[embedded object: {words}]', shown) : t('[embedded object]');
    case 'video':
      return hasWords ? t('[video: {words}]', shown) : t('[video]');
    case 'audio':
      return hasWords ? t('[audio: {words}]', shown) : t('[audio]');
  }
}
