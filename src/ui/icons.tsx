import * as React from 'react';
import type { FileKind } from '../base/file-kind';
import { kindOf } from '../base/file-kind';

/**
 * A small button with an icon; its label names the action and the file. It is a native button, because lists of
 * hundreds of rows create and discard buttons while scrolling.
 */
export function IconButton(props: {
  label: string;
  icon: React.JSX.Element;
  /** Whether it is disabled. It stays focusable. */
  isDisabled?: boolean;
  /** -1 to leave it out of the tab order. */
  tabIndex?: number;
  onClick: () => void;
}): React.JSX.Element {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-disabled={props.isDisabled}
      tabIndex={props.tabIndex}
      onClick={props.isDisabled ? undefined : props.onClick}
    >
      {props.icon}
    </button>
  );
}

interface GlyphProps {
  /** Path data on a grid of 16 by 16. */
  path: string;
  className?: string;
}

/**
 * An icon in the color of the surrounding text. It is hidden from screen readers; the label next to it says the same.
 */
export function Glyph({ path, className = '' }: GlyphProps): React.JSX.Element {
  return (
    <svg className={`glyph ${className}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={path} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

/** A cross: close, cancel, take from a list. */
export function CrossIcon(): React.JSX.Element {
  return <Glyph path="M3.7 3 8 7.3 12.3 3l.7.7L8.7 8l4.3 4.3-.7.7L8 8.7 3.7 13l-.7-.7L7.3 8 3 3.7z" />;
}

/** A trash can: remove. */
export function TrashIcon(): React.JSX.Element {
  return (
    <Glyph path="M6 1.500h4v1.500h3.500v1H12.600L12 14H4L3.400 4H2.500V3H6V1.500zM4.400 4l.550 9h6.100l.550-9H4.400zM6.200 5.800h1v5.400h-1V5.800zm2.600 0h1v5.400h-1V5.800z" />
  );
}

/** A circular arrow: retry. */
export function RetryIcon(): React.JSX.Element {
  return <Glyph path="M8 2.5c1.6 0 3 .7 4 1.8V2h1v4H9V5h2.4A4.5 4.5 0 1 0 12.5 8h1A5.5 5.5 0 1 1 8 2.5z" />;
}

/** A brush: edit the image. */
export function DrawIcon(): React.JSX.Element {
  return (
    <Glyph path="M13 2l1 1-6 7-2-2 7-6zM5.500 8.700l1.800 1.800C7 13 5 14 2 13.500c1.500-1 1-3.800 3.500-4.800z" />
  );
}

/** An eye: preview. */
export function EyeIcon(): React.JSX.Element {
  return (
    <Glyph path="M8 3.500c3 0 5.400 1.800 6.800 4.500-1.400 2.700-3.800 4.500-6.800 4.500S2.600 10.700 1.200 8C2.600 5.300 5 3.500 8 3.500zm0 1C5.600 4.500 3.600 5.800 2.300 8c1.300 2.200 3.300 3.500 5.700 3.500s4.400-1.300 5.700-3.500C12.400 5.800 10.400 4.500 8 4.500zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z" />
  );
}

/** An arrow down to a line: download. */
export function DownloadIcon(): React.JSX.Element {
  return <Glyph path="M7.5 2h1v7.800l3-3 .7.7L8 11.700 3.800 7.500l.7-.7 3 3V2zM3 13h10v1H3v-1z" />;
}

/** An arrow up from a line: upload. */
export function UploadIcon(): React.JSX.Element {
  return <Glyph path="m8 2 4.200 4.200-.7.7-3-3V11h-1V3.900l-3 3-.7-.7L8 2zM3 13h10v1H3v-1z" />;
}

/** An arrow in or against the reading direction: next, back. */
export function ArrowIcon({ back }: { back: boolean }): React.JSX.Element {
  return (
    <Glyph
      className={back ? 'glyph-back' : 'glyph-ahead'}
      path="M8.700 3 13.700 8l-5 5-.7-.7 3.800-3.800H2v-1h9.800L8 3.700z"
    />
  );
}

/** Two bars: pause. */
export function PauseIcon(): React.JSX.Element {
  return <Glyph path="M4 3h3v10H4V3zm1 1v8h1V4H5zm4-1h3v10H9V3zm1 1v8h1V4h-1z" />;
}

/** A triangle in the reading direction: resume. */
export function ResumeIcon(): React.JSX.Element {
  return <Glyph path="M4.5 2.3 13.3 8l-8.8 5.7V2.3zm1 1.85v7.7L11.45 8 5.5 4.15z" />;
}

/** An arrow up to a line: move to the front. */
export function ToFrontIcon(): React.JSX.Element {
  return <Glyph path="M3 2h10v1H3V2zm5 2.3 4.2 4.2-.7.7-3-3V14h-1V6.2l-3 3-.7-.7L8 4.3z" />;
}

/** A clock: waiting. */
export function ClockIcon(): React.JSX.Element {
  return (
    <Glyph path="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm0 1a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM7.5 4.5h1v3.3l2.3 2.3-.7.7-2.6-2.6V4.5z" />
  );
}

/** Signal bars, struck out: offline. */
export function OfflineIcon(): React.JSX.Element {
  return (
    <Glyph path="M2 10h2v3H2v-3zm4-1.2 2 2V13H6V8.800zM10 12.800l.2.2H10v-.2zM12 9.600V4h-2v3.600l2 2zM2.400 2l11.700 11.700-.7.7L1.700 2.700z" />
  );
}

/** A pencil: edit. */
export function EditIcon(): React.JSX.Element {
  return (
    <Glyph path="M11.6 1.9a1.8 1.8 0 0 1 2.5 2.5l-8.300 8.300L2 14l1.300-3.800zm-.7 2.100L4.200 10.700l-.6 1.700 1.700-.6L12 5.100zm1.400-1.400-.7.7 1.100 1.100.7-.7a.78.78 0 0 0-1.100-1.100z" />
  );
}

/** Three dots: menu. */
export function MoreIcon(): React.JSX.Element {
  return (
    <Glyph path="M3.500 6.800a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400zm4.500 0a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400zm4.500 0a1.200 1.200 0 1 1 0 2.400 1.200 1.200 0 0 1 0-2.400z" />
  );
}

/** Two sheets: copy. */
export function CopyIcon(): React.JSX.Element {
  return <Glyph path="M5 2h8.500v9H11v3H2.500V5H5V2zm1 1v2h5v5h1.500V3H6zM3.500 6v7H10V6H3.500z" />;
}

/** Two sheets side by side: compare. */
export function CompareIcon(): React.JSX.Element {
  return <Glyph path="M1.500 3h6v10h-6V3zm1 1v8h4V4h-4zm6-1h6v10h-6V3zm1 1v8h4V4h-4z" />;
}

/** Two links of a chain: copy the link. */
export function LinkIcon(): React.JSX.Element {
  return (
    <Glyph path="M4.500 5H7v1H4.500a2 2 0 0 0 0 4H7v1H4.500a3 3 0 0 1 0-6zM9 5h2.500a3 3 0 0 1 0 6H9v-1h2.500a2 2 0 0 0 0-4H9V5zM5 7.500h6v1H5v-1z" />
  );
}

/** An arrow out of a sheet: move or copy to another work item. */
export function MoveIcon(): React.JSX.Element {
  return (
    <Glyph
      className="glyph-ahead"
      path="M2.500 2.500H8v1H3.500v9H8v1H2.500v-11zm7.300 2.200L13.100 8l-3.300 3.300-.7-.7 2.100-2.100H6v-1h5.200L9.100 5.400l.7-.7z"
    />
  );
}

const CHECK_MARK = 'm13.4 4.1.7.7-7.6 7.6L2 7.9l.7-.7 3.8 3.8z';

/** A check mark in green: attached. */
export function CheckIcon(): React.JSX.Element {
  return <Glyph className="glyph-success" path={CHECK_MARK} />;
}

/** A check mark in the color of the text: the current choice. */
export function ChosenIcon(): React.JSX.Element {
  return <Glyph path={CHECK_MARK} />;
}

/** An exclamation mark in a disc: failed. */
export function ErrorIcon(): React.JSX.Element {
  return (
    <Glyph
      className="glyph-error"
      path="M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM7.4 4.5v5h1.2v-5H7.4zm0 6v1.2h1.2v-1.2H7.4z"
    />
  );
}

/** A triangle, pointing down when open: unfold or fold. */
export function ChevronIcon({ open }: { open: boolean }): React.JSX.Element {
  return (
    <Glyph
      className="glyph-ahead"
      path={open ? 'm3 6 .7-.7L8 9.6l4.3-4.3.7.7-5 5z' : 'm6 3-.7.7L9.6 8l-4.3 4.3.7.7 5-5z'}
    />
  );
}

/** A padlock: read-only. */
export function LockIcon(): React.JSX.Element {
  return <Glyph path="M5 7V4.8a3 3 0 0 1 6 0V7h1.5v7h-9V7H5zm1 0h4V4.8a2 2 0 0 0-4 0V7zM4.5 8v5h7V8h-7z" />;
}

/** A folder. */
export function FolderIcon(): React.JSX.Element {
  return <Glyph path="M1.5 3h4.7l1.5 1.5h6.8V13h-13V3zm1 1v8h11V5.5H7.3L5.8 4H2.5z" />;
}

/** A stapled sheet: attach files. */
export function StaplerIcon(): React.JSX.Element {
  return (
    <Glyph
      className="glyph-large"
      path="M3 1.5h7l3 3v10H3v-13zm1 1v11h8V5H9.5V2.5H4zM5.5 7.2h5v.9h-5v-.9zm0 2h5v.9h-5v-.9zm0 2h3.2v.9H5.5v-.9z"
    />
  );
}

const SHEET = 'M3 1.5h6.5L13 5v9.5H3v-13zm1 1v11h8V5.5H9V2.5H4z';

const DOCUMENT = `${SHEET}M5 7h6v.9H5V7zm0 2h6v.9H5V9zm0 2h4v.9H5V11z`;

const TEXT = `${SHEET}m2.9 5-1.6 1.9L6.9 11l-.7.6L4 9.4l2.2-2.5.7.6zm2.2 0 1.6 1.9L9.1 11l.7.6L12 9.4 9.8 6.9l-.7.6z`;

/** Path data of the icon of each kind of file. */
export const PICTURES: Readonly<Record<FileKind, string>> = {
  image:
    'M1.5 3h13v10h-13V3zm1 1v6.3l3-3 3 3 2-2 3 3V4h-11zm8.2 1.2a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2z',
  video: 'M1.5 3h13v10h-13V3zm1 1v8h11V4h-11zm4 1.6L10.3 8l-3.8 2.4V5.6z',
  audio: 'M6 2.5 13 1v9.6a2 2 0 1 1-1-1.7V4.2L7 5.3v6.8a2 2 0 1 1-1-1.7V2.5z',
  pdf: DOCUMENT,
  document: DOCUMENT,
  email: DOCUMENT,
  table: `${SHEET}M5 7h6v5H5V7zm.8.8v1h1.8v-1H5.8zm2.6 0v1h1.8v-1H8.4zm-2.6 2v1.2h1.8V9.8H5.8zm2.6 0v1.2h1.8V9.8H8.4z`,
  markdown: TEXT,
  json: TEXT,
  text: TEXT,
  archive: 'M1.5 2.5h13v3h-1v8h-11v-8h-1v-3zm1 1v1h11v-1h-11zm1 2v7h9v-7h-9zm3 1.5h3v1h-3v-1z',
  other: SHEET,
};

/** Icon of a file's kind, by its extension. */
export function FileIcon({ name }: { name: string }): React.JSX.Element {
  const kind = kindOf(name);
  return <Glyph className={`file-icon file-icon-${kind}`} path={PICTURES[kind]} />;
}
