import { keyOf } from '../../src/upload/link/relation-list';
import type { Relation } from '../../src/azure/work-item';
import type { OthersDeed } from './model-work-items';
import { linkTo, relationTo } from './uploads';

/** Concurrent change by another client. */
export const DEEDS = [
  'nothing',
  'add a link',
  'remove a link',
  'attach a file',
  'edit a field',
  'attach one of ours',
] as const;

export type Deed = (typeof DEEDS)[number];

/** Another client of the same work item. */
export interface Others {
  /** Converts a deed for the model server. */
  act(deed: Deed): OthersDeed;
  /** Keys of the expected relations of the other client. */
  foreign(): readonly string[];
}

/**
 * Creates another client of a work item with these initial relations.
 *
 * @param ours Number of the attachment linked by another page of Stapler.
 */
export function createOthers(relations: readonly Relation[], ours = 1): Others {
  let foreign = [...relations];
  let last = 500;

  function add(relation: Relation): OthersDeed {
    foreign = [...foreign, relation];
    // A new link may come before all others.
    return (server) => server.change((all) => [relation, ...all]);
  }

  const deeds: Record<Deed, OthersDeed> = {
    nothing: () => undefined,
    'add a link': (server) => add(linkTo(++last))(server),
    'remove a link'(server) {
      const gone = foreign.find(({ rel }) => rel.startsWith('System.LinkTypes.'));
      foreign = foreign.filter((each) => each !== gone);
      server.change((all) => all.filter((each) => !gone || keyOf(each) !== keyOf(gone)));
    },
    'attach a file': (server) => add(relationTo(++last))(server),
    'edit a field': (server) => server.edit(),
    'attach one of ours'(server) {
      const relation = relationTo(ours);
      server.change((all) =>
        all.some((each) => keyOf(each) === keyOf(relation)) ? all : [...all, relation],
      );
    },
  };

  return {
    act: (deed) => deeds[deed],
    foreign: () => foreign.map(keyOf).sort(),
  };
}
