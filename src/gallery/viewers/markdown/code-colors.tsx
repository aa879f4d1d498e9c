import type { Code as CodeNode, RootContent } from 'mdast';
import * as React from 'react';
import { ColoredCode } from '../text/colored-code';
import type { CodeRuns } from '../text/highlight-emitter';
import { languageOf } from '../text/highlight-languages';
import { useHighlighted } from '../text/use-syntax';
import type { MarkdownText } from './parse-markdown';

/** Maximum length of a code block with colors, in UTF-16 units: it is drawn at once. */
const MAX_BLOCK_LENGTH = 20_000;

/** Maximum length of all of them, in UTF-16 units. More elements make the page slow. */
const MAX_LENGTH = 200_000;

const CodeRunsContext = React.createContext<ReadonlyMap<RootContent, CodeRuns>>(new Map());

/** Gives the code blocks of texts the colors of their languages. */
export function CodeColors(props: {
  /** A memoized array. */
  texts: readonly MarkdownText[];
  children: React.ReactNode;
}): React.JSX.Element {
  const { texts, children } = props;
  const blocks = React.useMemo(() => codeBlocks(texts), [texts]);
  const runs = useHighlighted(React.useMemo(() => blocks.map(({ code }) => code), [blocks]));
  const runsOf = React.useMemo(
    () => new Map(blocks.flatMap(({ node }, index) => (runs[index] ? [[node, runs[index]] as const] : []))),
    [blocks, runs],
  );
  return <CodeRunsContext.Provider value={runsOf}>{children}</CodeRunsContext.Provider>;
}

/** Returns the code blocks in a known language, or none if they are too long together. */
function codeBlocks(texts: readonly MarkdownText[]): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const collect = (nodes: readonly RootContent[]): void => {
    for (const node of nodes) {
      const language = node.type === 'code' ? languageOf(node.lang ?? '') : undefined;
      if (node.type === 'code' && language && node.value.length <= MAX_BLOCK_LENGTH)
        blocks.push({ node, code: { language, text: node.value } });
      if ('children' in node) collect(node.children);
    }
  };
  for (const { parts } of texts) parts.forEach(collect);
  return blocks.reduce((sum, { code }) => sum + code.text.length, 0) > MAX_LENGTH ? [] : blocks;
}

interface CodeBlock {
  readonly node: CodeNode;
  readonly code: Parameters<typeof useHighlighted>[0][number];
}

/** Content of a code block. */
export function MarkdownCode({ node }: { node: CodeNode }): React.JSX.Element {
  return <ColoredCode text={node.value} runs={React.useContext(CodeRunsContext).get(node)} />;
}
