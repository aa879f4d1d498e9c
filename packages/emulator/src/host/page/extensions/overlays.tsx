import * as React from 'react';
import { useHostPage } from '../host-page';
import { FrameConnection } from '../sdk/frame-connection';
import { FrameView } from '../sdk/frame-view';
import { nameOfContribution } from '../sdk/handshake';
import { createServices } from '../sdk/host-services';
import { useStore } from '../store';
import type { ContentOverlay, MessageOverlay, Overlay } from './layout';
import { ModalDialog } from './modal-dialog';
import { PanelEdge } from './panel-edge';
import './overlays.css';

/** Panels, dialogs and messages of extensions, each over the one before. */
export function Overlays({ messages }: { messages: React.ReactNode }) {
  const { overlays } = useStore(useHostPage().layout);
  const top = overlays.at(-1);
  return (
    <>
      {overlays.map((overlay) => {
        const said = overlay === top && messages;
        return overlay.kind === 'message' ? (
          <Message key={overlay.id} overlay={overlay} messages={said} />
        ) : (
          <Content key={overlay.id} overlay={overlay} messages={said} />
        );
      })}
    </>
  );
}

interface OverlayProps<Kind extends Overlay> {
  overlay: Kind;
  /** Messages of the page, shown in the topmost dialog because everything else is inert. */
  messages: React.ReactNode;
}

function Content({ overlay, messages }: OverlayProps<ContentOverlay>) {
  const page = useHostPage();
  const { kind, id, contribution, title, description, size, resize } = overlay;
  const { quirks } = useStore(page.settings);
  const [panelWidth, setPanelWidth] = React.useState<number>();
  const [connection] = React.useState(() => {
    const close = (result?: unknown): void => page.layout.close(id, result);
    const initialConfig = { ...overlay.configuration, [kind]: { close } };
    return new FrameConnection(
      { contribution, initialConfig },
      { ...page, services: createServices(page, `${kind}-${id}`) },
    );
  });
  const { width, height } = useStore(connection);
  const close = (): void => page.layout.close(id);
  const name = title ?? nameOfContribution(contribution);
  return (
    <ModalDialog
      className={kind === 'panel' ? `panel panel-${size}` : 'content-dialog'}
      {...(panelWidth !== undefined && { style: panelStyle(panelWidth) })}
      name={name}
      {...descriptionOf(overlay)}
      isLightDismissed={overlay.isLightDismissed}
      onDismiss={close}
    >
      <div className="overlay-head">
        <div className="overlay-title">
          {title !== undefined && <h2>{title}</h2>}
          {description !== undefined && <p id={descriptionId(id)}>{description}</p>}
        </div>
        <button type="button" className="quiet overlay-close" aria-label="Close" onClick={close}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M3 3l10 10 M13 3L3 13" />
          </svg>
        </button>
      </div>
      {messages}
      <div className="overlay-content" style={kind === 'dialog' ? { width, height } : {}}>
        <FrameView contribution={contribution} connection={connection} title={name} />
      </div>
      {kind === 'panel' && resize && quirks.panelResize === 'honoured' && (
        <PanelEdge resize={resize} onWidth={setPanelWidth} />
      )}
    </ModalDialog>
  );
}

/** Assumed: a dismissed message has no result. */
function Message({ overlay, messages }: OverlayProps<MessageOverlay>) {
  const { layout } = useHostPage();
  const { id, text, title, okText, cancelText } = overlay;
  return (
    <ModalDialog
      className="message-dialog"
      name={title ?? text}
      descriptionId={descriptionId(id)}
      isLightDismissed={overlay.isLightDismissed}
      onDismiss={() => layout.close(id)}
    >
      {messages}
      {title !== undefined && <h2>{title}</h2>}
      <p id={descriptionId(id)}>{text}</p>
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={() => layout.close(id, true)}>
          {okText}
        </button>
        {cancelText !== undefined && (
          <button type="button" onClick={() => layout.close(id, false)}>
            {cancelText}
          </button>
        )}
      </div>
    </ModalDialog>
  );
}

function panelStyle(width: number): React.CSSProperties {
  return { '--panel-width': `${width}px` } as React.CSSProperties;
}

function descriptionId(id: number): string {
  return `overlay-${id}-description`;
}

function descriptionOf({ id, description }: ContentOverlay): { descriptionId?: string } {
  return description === undefined ? {} : { descriptionId: descriptionId(id) };
}
