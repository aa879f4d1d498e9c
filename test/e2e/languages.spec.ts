import type { FrameLocator } from '@playwright/test';
import { ciOnlyUnless } from './ci-only';
import { story as panelStory } from './bulk-story';
import { expectAttached, makeFile, pickable } from './files';
import { expect, test } from './fixtures';
import { GalleryPage } from './gallery-story';
import { Pages } from './pages';

/** A bug with 37 files. */
const CROWDED = 30;

/** Texts of the form, the tab beside it and the panel. */
const LANGUAGES = [
  {
    culture: 'de-DE',
    lang: 'de',
    form: ['37 Anlagen', 'Ordner anfügen'],
    gallery: ['Anlagen durchsuchen', '37 Dateien, ', /14\.03\.2026, \d\d:30/],
    row: ['2,7 KB'],
    panel: ['2 Arbeitselemente', 'Arbeitselemente hinzufügen', 'Schließen', 'Dateien anfügen'],
  },
  {
    culture: 'es-ES',
    lang: 'es',
    form: ['37 archivos adjuntos', 'Adjuntar una carpeta'],
    gallery: ['Buscar en los archivos adjuntos', '37 archivos, ', /14 mar 2026, \d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 elementos de trabajo', 'Agregar elementos de trabajo', 'Cerrar', 'Adjuntar archivos'],
  },
  {
    culture: 'fr-FR',
    lang: 'fr',
    form: ['37 pièces jointes', 'Joindre un dossier'],
    gallery: ['Rechercher dans les pièces jointes', '37 fichiers, ', /14 mars 2026, \d\d:30/],
    row: ['2,7 Ko'],
    panel: ['2 éléments de travail', 'Ajouter des éléments de travail', 'Fermer', 'Joindre des fichiers'],
  },
  {
    culture: 'ja-JP',
    lang: 'ja',
    form: ['添付ファイル 37 件', 'フォルダーを添付'],
    gallery: ['添付ファイルを検索', '37 個のファイル、', /2026\/03\/14 \d?\d:30/],
    row: ['2.7 KB'],
    panel: ['2 件の作業項目', '作業項目を追加', '閉じる', 'ファイルの添付'],
  },
  {
    culture: 'zh-CN',
    lang: 'zh-Hans',
    form: ['37 个附件', '附加文件夹'],
    gallery: ['搜索附件', '37 个文件，', /2026年3月14日 \d?\d:30/],
    row: ['2.7 KB'],
    panel: ['2 个工作项', '添加工作项', '关闭', '附加文件'],
  },
  {
    culture: 'cs-CZ',
    lang: 'cs',
    form: ['37 příloh', 'Přiložit složku'],
    gallery: ['Hledat v přílohách', '37 souborů, ', /14\.\s3\.\s2026\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 pracovní položky', 'Přidat pracovní položky', 'Zavřít', 'Přiložit soubory'],
  },
  {
    culture: 'it-IT',
    lang: 'it',
    form: ['37 allegati', 'Allega una cartella'],
    gallery: ['Cerca negli allegati', '37 file, ', /14\smar\s2026,\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 elementi di lavoro', 'Aggiungi elementi di lavoro', 'Chiudi', 'Allega file'],
  },
  {
    culture: 'ko-KR',
    lang: 'ko',
    form: ['첨부 파일 37개', '폴더 첨부'],
    gallery: ['첨부 파일 검색', '파일 37개, ', /2026\.\s3\.\s14\.\s.{2}\s\d?\d:30/],
    row: ['2.7KB'],
    panel: ['작업 항목 2개', '작업 항목 추가', '닫기', '파일 첨부'],
  },
  {
    culture: 'pl-PL',
    lang: 'pl',
    form: ['37 załączników', 'Dołącz folder'],
    gallery: ['Wyszukaj załączniki', '37 plików, ', /14\smar\s2026,\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 elementy robocze', 'Dodaj elementy robocze', 'Zamknij', 'Dołącz pliki'],
  },
  {
    culture: 'pt-BR',
    lang: 'pt-BR',
    form: ['37 anexos', 'Anexar uma pasta'],
    gallery: ['Pesquisar anexos', '37 arquivos, ', /14\sde\smar\.\sde\s2026,\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 itens de trabalho', 'Adicionar itens de trabalho', 'Fechar', 'Anexar arquivos'],
  },
  {
    culture: 'ru-RU',
    lang: 'ru',
    form: ['37 вложений', 'Прикрепить папку'],
    gallery: ['Поиск вложений', '37 файлов, ', /14\sмар\.\s2026\sг\.,\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 рабочих элемента', 'Добавление рабочих элементов', 'Закрыть', 'Прикрепить файлы'],
  },
  {
    culture: 'tr-TR',
    lang: 'tr',
    form: ['37 ek', 'Klasör iliştir'],
    gallery: ['Eklerde ara', '37 dosya, ', /14\sMar\s2026\s\d?\d:30/],
    row: ['2,7 KB'],
    panel: ['2 iş öğesi', 'İş öğesi ekle', 'Kapat', 'Dosya iliştir'],
  },
  {
    culture: 'zh-TW',
    lang: 'zh-Hant',
    form: ['37 個附件', '附加資料夾'],
    gallery: ['搜尋附件', '37 個檔案，', /2026年3月14日\s.{2}\d?\d:30/],
    row: ['2.7 KB'],
    panel: ['2 個工作項目', '新增工作項目', '關閉', '附加檔案'],
  },
] as const;

async function expectLanguage(content: FrameLocator, lang: string): Promise<void> {
  await expect(content.locator('html')).toHaveAttribute('lang', lang);
  await expect(content.locator('html')).toHaveAttribute('dir', 'ltr');
}

for (const { culture, lang, form, gallery, row, panel: says } of LANGUAGES)
  panelStory(
    `Form, gallery and panel use ${lang} @services-only`,
    { tag: [...ciOnlyUnless(lang === 'ja')] },
    async ({ panel, page, emulator }) => {
      const { pages, content } = panel;
      const tab = new GalleryPage(page, emulator);
      await tab.open(CROWDED, { culture });
      await expectLanguage(tab.content, lang);
      await expect(tab.content.getByRole('searchbox', { name: gallery[0] })).toBeVisible();
      await expect(tab.content.getByRole('status').filter({ hasText: gallery[1] })).toBeVisible();
      const log = tab.content.getByRole('row').filter({ hasText: 'export-2026-03-14.log' });
      await expect(log).toContainText(gallery[2]);
      const table = tab.content.getByRole('row').filter({ hasText: 'rows-2026-03-14.csv' });
      await expect(table).toContainText(row[0]);

      await page.getByRole('tab', { name: 'Details' }).click();
      const group = page.locator('iframe[title="Attachments"]:visible').contentFrame();
      await expectLanguage(group, lang);
      for (const name of form) await expect(group.getByRole('button', { name })).toBeVisible();

      await pages.open('Queries', { culture });
      for (const id of [7, 8]) await pages.row(id).click({ modifiers: ['Control'] });
      await page.getByRole('button', { name: 'Attach files', exact: true }).click();
      await expect(panel.dialog).toHaveAccessibleName(says[3]);
      await expect(content.getByRole('heading', { name: says[0] })).toBeVisible();
      await expectLanguage(content, lang);
      await expect(content.getByRole('textbox', { name: says[1] })).toBeVisible();
      await expect(content.getByRole('button', { name: says[2] })).toBeVisible();
    },
  );

test('Stapler attaches files in German @services-only', async ({ board, emulator }) => {
  await board.open(7, { culture: 'de-AT' });
  const { stapler, page } = board;
  const files = [makeFile('eins.bin', 1_234_567), makeFile('zwei.bin', 1_000)];
  const chooser = page.waitForEvent('filechooser');
  await stapler.getByRole('button', { name: 'Dateien hier ablegen, einfügen oder auswählen' }).click();
  await (await chooser).setFiles(files.map(pickable));
  await expect(stapler.getByText('2 Dateien angefügt', { exact: true })).toBeVisible();
  const latest = stapler.getByRole('list', { name: 'Neueste Anlagen' });
  await expect(latest.getByRole('button', { name: 'eins.bin' })).toHaveAttribute('title', /1,2 MB/);
  expectAttached(emulator, 7, files);
});

test('A text in the legacy encoding of the user’s language is read in a worker @services-only', async ({
  page,
  emulator,
}) => {
  // "議事録", the minutes of a meeting, in Shift-JIS.
  const minutes = Buffer.from('8b638e96985e', 'hex');
  emulator.store.attach(7, [{ name: 'notes.md', content: Buffer.concat([Buffer.from('# '), minutes]) }]);
  const gallery = new GalleryPage(page, emulator);
  await gallery.open(7, { culture: 'ja-JP' });
  await gallery.content.getByTitle('notes.md', { exact: true }).click();
  await expect(gallery.content.getByRole('heading', { name: '議事録' })).toBeVisible();
});

test('An action without a selection shows a localized message @services-only', async ({ page, emulator }) => {
  await new Pages(page, emulator).open('Queries', { culture: 'es-MX' });
  await page.getByRole('button', { name: 'Attach files', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveAccessibleDescription(/^Seleccione elementos de trabajo y/);
});

test('Stapler falls back to English if the file of a language cannot be loaded @services-only', async ({
  board,
  emulator,
  page,
}) => {
  let asked = 0;
  await page.route(/\/de\.js$/, (route) => {
    asked++;
    return route.abort();
  });
  await board.open(7, { culture: 'de-DE' });
  expect(asked).toBeGreaterThan(0);
  await expectLanguage(board.stapler, 'en');
  const file = makeFile('one.bin', 1_000);
  await board.pick(pickable(file));
  await expect(board.finished('1 file attached')).toBeVisible();
  expectAttached(emulator, 7, [file]);
});

test.describe('in a French browser', () => {
  test.use({ locale: 'fr-CA' });

  test('Stapler uses the language of the browser if the host has no culture @services-only', async ({
    board,
  }) => {
    await board.open(7, { culture: '' });
    await expectLanguage(board.stapler, 'fr');
    await expect(board.stapler.getByRole('button', { name: 'Joindre un dossier' })).toBeVisible();
    await board.open(7, { culture: 'en-US' });
    await expectLanguage(board.stapler, 'en');
  });
});

test('A translation is reported from each menu with the language in the form @services-only', async ({
  emulator,
  page,
}) => {
  await page.addInitScript(() => {
    const opened: string[] = [];
    Object.assign(window, { opened, open: (url: string) => void opened.push(url) });
  });
  const gallery = new GalleryPage(page, emulator);
  const group = page.locator('iframe[title="Attachments"]:visible').contentFrame();
  await gallery.open(7, { culture: 'de-AT' });
  for (const [tab, content] of [
    ['Files', gallery.content],
    ['Details', group],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click();
    await content.getByRole('button', { name: 'Weitere Aktionen', exact: true }).click();
    await content.getByRole('menuitem', { name: 'Übersetzung melden' }).click();
    const opened = await content
      .locator('body')
      .evaluate(() => (window as unknown as { opened: string[] }).opened);
    expect(opened.map((url) => Object.fromEntries(new URL(url).searchParams))).toEqual([
      { template: 'translation.yml', title: 'Translation (de)', language: 'de' },
    ]);
  }
});
