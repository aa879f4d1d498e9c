import type { SamplePart, SampleRelationship } from './sample-office';
import { NAMESPACES, officeParts, officeZipOf, relationshipsOf } from './sample-office';
import { samplePng } from './sample-png';

/** Slide of a presentation that a test makes. */
export interface SampleSlide {
  /** Elements of `p:spTree`. */
  readonly shapes: string;
  readonly isHidden?: boolean;
  readonly relationships?: readonly SampleRelationship[];
}

/** Content of a presentation that a test makes. */
export interface SamplePresentation {
  /** In the order of the presentation. Their parts have the reverse order. */
  readonly slides: readonly SampleSlide[];
  /** Further parts by path. */
  readonly parts?: Readonly<Record<string, SamplePart>>;
}

/** Parts of a presentation by path. */
export function presentationParts({ slides, parts = {} }: SamplePresentation): Record<string, SamplePart> {
  const nameOf = (index: number): string => `slide${slides.length - index}.xml`;
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="s${index}"/>`);
  return {
    ...officeParts('ppt/presentation.xml'),
    'ppt/presentation.xml': `<p:presentation ${NAMESPACES}><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationshipsOf(
      slides.map((_, index): SampleRelationship => [`s${index}`, 'slide', `slides/${nameOf(index)}`]),
    ),
    ...Object.fromEntries(
      slides.flatMap(({ shapes, isHidden = false, relationships = [] }, index): [string, string][] => [
        [
          `ppt/slides/${nameOf(index)}`,
          `<p:sld ${NAMESPACES} show="${isHidden ? 0 : 1}"><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
        ],
        [`ppt/slides/_rels/${nameOf(index)}.rels`, relationshipsOf(relationships)],
      ]),
    ),
    ...parts,
  };
}

/** A presentation in the format of Office Open XML. */
export function presentationOf(presentation: SamplePresentation): Buffer {
  return officeZipOf(presentationParts(presentation));
}

/** A shape with paragraphs. `placeholder` is `p:ph` in its properties. */
export function shape(paragraphs: string, placeholder = ''): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Shape"/><p:nvPr>${placeholder}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody>${paragraphs}</p:txBody></p:sp>`;
}

/** A paragraph with properties, such as `lvl="1"`, and elements in them. */
export function line(text: string, attributes = '', bullet = ''): string {
  return `<a:p><a:pPr ${attributes}>${bullet}</a:pPr><a:r><a:rPr/><a:t>${text}</a:t></a:r></a:p>`;
}

/** Title of a slide. */
export function title(text: string): string {
  return shape(line(text), '<p:ph type="title"/>');
}

/** A picture or recording. */
function media(id: string, alt: string, properties = ''): string {
  return `<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture" descr="${alt}"/><p:nvPr>${properties}</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="${id}"/></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="609600" cy="457200"/></a:xfrm></p:spPr></p:pic>`;
}

/** A frame around a table, chart, diagram or object. */
export function frame(content: string): string {
  return `<p:graphicFrame><p:nvGraphicFramePr/><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`;
}

/** A presentation with each kind of content, and parts that are not shown. */
export function samplePresentation(): Buffer {
  const cell = (text: string, attributes = ''): string =>
    `<a:tc ${attributes}><a:txBody>${line(text)}</a:txBody></a:tc>`;
  return presentationOf({
    slides: [
      {
        shapes: [
          title('Quarterly plan'),
          shape(line('First point') + line('A detail', 'lvl="1"') + line('Second point'), '<p:ph idx="1"/>'),
          `<p:grpSp>${shape(line('A remark beside'))}</p:grpSp>`,
          media('picture', 'A gradient'),
          media('poster', 'The demo', '<a:videoFile r:link="film"/>'),
        ].join(''),
        relationships: [
          ['picture', 'image', '../media/image1.png'],
          ['poster', 'image', '../media/image1.png'],
          ['film', 'video', 'https://example.invalid/film.mp4', 'external'],
          ['notes', 'notesSlide', '../notesSlides/notesSlide1.xml'],
        ],
      },
      {
        shapes: [
          title('Figures'),
          frame(
            `<a:tbl><a:tblPr firstRow="1"/><a:tr>${cell('Team')}${cell('Points')}</a:tr><a:tr>${cell('North')}${cell('5')}</a:tr></a:tbl>`,
          ),
          frame('<c:chart r:id="chart"/>'),
          frame('<dgm:relIds r:dm="diagram"/>'),
          frame('<p:oleObj name="Worksheet" progId="Excel.Sheet.12"/>'),
        ].join(''),
        relationships: [
          ['chart', 'chart', '../charts/chart1.xml'],
          ['diagram', 'diagramData', '../diagrams/data1.xml'],
        ],
      },
      { shapes: title('Kept back'), isHidden: true },
    ],
    parts: {
      'ppt/media/image1.png': samplePng(64, 48),
      'ppt/media/media1.mp4': 'Not a real film.',
      'ppt/embeddings/Worksheet1.xlsx': 'Not a real workbook.',
      'ppt/vbaProject.bin': 'Not a real program.',
      'ppt/notesSlides/notesSlide1.xml': `<p:notes ${NAMESPACES}><p:cSld><p:spTree>${shape(line('Say hello first.'), '<p:ph type="body"/>')}</p:spTree></p:cSld></p:notes>`,
      'ppt/charts/chart1.xml': `<c:chartSpace ${NAMESPACES}><c:title><a:t>Points by team</a:t></c:title></c:chartSpace>`,
      'ppt/diagrams/data1.xml': `<dgm:dataModel ${NAMESPACES}><dgm:pt><dgm:t><a:t>Plan</a:t></dgm:t></dgm:pt><dgm:pt><dgm:t><a:t>Do</a:t></dgm:t></dgm:pt></dgm:dataModel>`,
    },
  });
}
