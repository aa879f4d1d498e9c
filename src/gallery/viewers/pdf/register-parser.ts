/**
 * Registers the parser of PDFs. In a worker it answers to the page from then on. On a page the library runs it there.
 */
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
