import * as React from 'react';
import { formatTime } from '../format';
import { useHostPage } from '../host-page';
import type { Comment, WorkItem } from '../work-item';
import { textOfHtml } from './html';
import { TextPictures } from './long-text';

/** Comments on a work item, newest first; they are read again with each revision. */
export function Discussion({ item }: { item: WorkItem }) {
  const { rest, messages, config } = useHostPage();
  const [comments, setComments] = React.useState<Comment[]>([]);
  React.useEffect(() => {
    let current = true;
    const show = (read: Comment[]): void => {
      if (current) setComments(read);
    };
    rest.readComments(config.project.name, item.id).then(show, messages.showError);
    return () => {
      current = false;
    };
  }, [item, rest, messages, config]);

  return (
    <ol className="history">
      {comments.map(({ id, text, format, createdBy, createdDate }) => (
        <li key={id}>
          <p className="history-who">
            {createdBy.displayName}, {formatTime(createdDate)}
          </p>
          <p className="comment">{format === 'markdown' ? text : textOfHtml(text)}</p>
          <TextPictures text={text} isMarkdown={format === 'markdown'} />
        </li>
      ))}
    </ol>
  );
}
