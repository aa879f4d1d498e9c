import { enter, onlyWorkItem } from './enter';
import { LIST, lookThrough } from './look-through';
import './raw-gallery.css';
import { readRaw } from './raw-read';

interface Relation {
  readonly url: string;
  readonly attributes: { readonly name: string };
}

/** The limit: as little as a page can do, a row for each file, and the pictures as they are as soon as they are in sight. */
enter((work) => {
  const { baseUrl, settings } = work;
  const list = document.createElement('div');
  list.role = 'list';
  list.ariaLabel = LIST;
  const scroller = document.createElement('div');
  scroller.className = 'scroller';
  scroller.append(list);
  document.getElementById('root')?.append(scroller);

  const inSight: HTMLElement[] = [];
  let underWay = 0;
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      observer.unobserve(target);
      inSight.push(target);
    }
    loadMore();
  });

  function loadMore(): void {
    while (underWay < (settings.atOnce ?? 6)) {
      const row = inSight.shift();
      if (!row) return;
      underWay++;
      void load(row).finally(() => {
        underWay--;
        loadMore();
      });
    }
  }

  async function load(row: HTMLElement): Promise<void> {
    const picture = await readRaw(`${row.dataset['key'] ?? ''}?download=true&api-version=7.1`, 'blob');
    const image = document.createElement('img');
    image.src = URL.createObjectURL(picture as Blob);
    row.prepend(image);
  }

  async function open(): Promise<void> {
    const url = `${baseUrl}_apis/wit/workitems/${onlyWorkItem(work)}?$expand=relations&api-version=7.1`;
    const { relations } = (await readRaw(url, 'json')) as { relations: readonly Relation[] };
    const rows = relations.map(rowFor);
    list.append(...rows);
    for (const row of rows) observer.observe(row);
  }

  return (progressed, begins) =>
    lookThrough({ open, showAsGrid: () => list.classList.add('grid') }, progressed, begins);
});

function rowFor({ url, attributes }: Relation): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.dataset['key'] = url;
  row.append(attributes.name);
  return row;
}
