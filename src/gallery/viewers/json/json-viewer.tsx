import * as React from 'react';
import { extensionOf } from '../../../base/file-kind';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { makeVisible } from '../../../base/visible-text';
import { runInSteps } from '../../../base/steps';
import { InChunks } from '../in-chunks';
import { Formatted, SourceSwitch } from '../source-switch';
import { readWholeText } from '../text/encoding';
import { TextView } from '../text/text-viewer';
import type { ViewedFile, ViewerProps } from '../viewer';
import { ViewerFrame } from '../viewer-frame';
import './json.css';
import { JsonTree } from './json-tree';
import type { JsonResult } from './parse-json';
import { parseJson, ROOT } from './parse-json';

/** Maximum size of a tree, in bytes. Parsing more takes seconds. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Extensions of JSON Lines files. */
const JSON_LINES: readonly string[] = ['jsonl', 'ndjson'];

/** Maximum length of an invalid line on the screen, in UTF-16 units. */
const MAX_LINE_LENGTH = 200;

interface FormattedProps {
  readonly file: ViewedFile;
  readonly modeSwitch: React.ReactNode;
}

/** Shows JSON as a collapsible tree or as source text. */
export function JsonViewer({ file }: ViewerProps): React.JSX.Element {
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Tree')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) =>
        JSON_LINES.includes(extensionOf(file.name)) ? (
          <Lines file={file} modeSwitch={modeSwitch} />
        ) : (
          <Document file={file} modeSwitch={modeSwitch} />
        )
      }
    />
  );
}

function Document({ file, modeSwitch }: FormattedProps): React.JSX.Element {
  const load = React.useCallback(
    async (signal: AbortSignal) => runInSteps(parseJson(await readWholeText(file.bytes)), signal),
    [file],
  );
  return (
    <Formatted file={file} load={load}>
      {(result) =>
        result.ok ? (
          <ViewerFrame controls={modeSwitch}>
            <Tree name={file.name}>
              <JsonTree values={result.values} row={ROOT} depth={0} />
            </Tree>
          </ViewerFrame>
        ) : (
          <TextView file={file} note={describeSyntaxError(file.name, result)} />
        )
      }
    </Formatted>
  );
}

function Lines({ file, modeSwitch }: FormattedProps): React.JSX.Element {
  const load = React.useCallback(
    async (signal: AbortSignal) => runInSteps(parseLines(await readWholeText(file.bytes)), signal),
    [file],
  );
  return (
    <Formatted file={file} load={load}>
      {(lines) => (
        <ViewerFrame controls={modeSwitch}>
          <Tree name={file.name}>
            <InChunks
              count={lines.length}
              renderItem={(index) => {
                const line = lines[index];
                return line && <Line key={index} {...line} />;
              }}
            />
          </Tree>
        </ViewerFrame>
      )}
    </Formatted>
  );
}

/** A line of a JSON Lines file that is not empty. */
interface JsonLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly result: JsonResult;
}

function* parseLines(text: string): Generator<void, readonly JsonLine[]> {
  const lines: JsonLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    lines.push({ number: index + 1, text: line, result: yield* parseJson(line) });
    yield;
  }
  return lines;
}

function Line({ text, number, result }: JsonLine): React.JSX.Element {
  const label = t('Line {line}', { line: number });
  if (result.ok) return <JsonTree label={label} values={result.values} row={ROOT} depth={1} />;
  return (
    <li>
      <span className="viewer-key">{label}: </span>
      {makeVisible(text.slice(0, MAX_LINE_LENGTH))}{' '}
      <span className="field-error">{t('Invalid JSON at column {column}.', { column: result.column })}</span>
    </li>
  );
}

function Tree({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element {
  return (
    <div
      className="viewer-scroll viewer-json"
      role="region"
      aria-label={t('Tree of {name}', { name })}
      tabIndex={0}
    >
      <ul>{children}</ul>
    </div>
  );
}

function describeSyntaxError(name: string, { line, column }: Extract<JsonResult, { ok: false }>): string {
  return t("{name} isn't valid JSON (line {line}, column {column}), so its source is shown.", {
    name: quoteName(name),
    line,
    column,
  });
}
