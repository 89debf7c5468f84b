import { getDocumentProxy } from 'unpdf';
import { UnreadableFile, type DocumentLine } from './document.ts';
import { pageLines, RIGHT_TO_LEFT, type Piece } from './page-layout.ts';

/** Pages and pieces of text that are read: no resume has more. */
const [MOST_PAGES, MOST_PIECES] = [30, 60_000];

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Proxy['getPage']>>;

/** Reads the text of a PDF page by page, in reading order. @throws UnreadableFile */
export async function readPdf(bytes: Uint8Array): Promise<DocumentLine[]> {
  const pdf = await opened(bytes);
  const pages: Piece[][] = [];
  let rest = MOST_PIECES;
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES) && rest > 0; number++) {
    const pieces = await piecesOf(await pdf.getPage(number), rest);
    rest -= pieces.length;
    pages.push(pieces);
  }
  const size = usualSize(pages.flat());
  return pages.flatMap((pieces) => pageLines(pieces, size));
}

async function opened(bytes: Uint8Array): Promise<Proxy> {
  try {
    return await getDocumentProxy(bytes, {
      disableFontFace: true,
      useSystemFonts: false,
      maxImageSize: 1,
      disableAutoFetch: true,
      verbosity: 0,
    });
  } catch (error) {
    if ((error as Error).name === 'PasswordException') {
      throw new UnreadableFile(
        'The PDF is encrypted: save it without a password, and upload it again.',
        error,
      );
    }
    throw new UnreadableFile(
      'The PDF is broken and cannot be opened: export it again, and upload it anew.',
      error,
    );
  }
}

async function piecesOf(page: Page, most: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  const { items } = await page.getTextContent();
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue;
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const size = item.height || Math.hypot(a, b);
    // Text that stands on its side is a mark of a template, as is what is too small to be read.
    if (size < 2 || Math.abs(b) > Math.abs(a)) continue;
    pieces.push({
      text: item.str,
      x,
      y,
      width: item.width,
      size,
      isRightToLeft: RIGHT_TO_LEFT.test(item.str),
    });
    if (pieces.length >= most) break;
  }
  return pieces;
}

/** The size of most letters. */
function usualSize(pieces: readonly Piece[]): number {
  const letters = new Map<number, number>();
  for (const { size, text } of pieces) {
    const key = Math.round(size * 2) / 2;
    letters.set(key, (letters.get(key) ?? 0) + text.trim().length);
  }
  return [...letters].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? 10;
}
