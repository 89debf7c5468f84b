import { hash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DEMO_CUSTOMER, FIRST_STRANGER, type Accounts } from './accounts.ts';
import { DAY, jst, REFERENCE } from './clock.ts';
import type { TableLoad } from './copy.ts';
import { openRandom } from './random.ts';
import { drawResumeText, type ResumeText } from './resume-text.ts';

/** The resumes of the demo data, by their numbers 0, 1, 2 …; the first ones are those of the demo customer. */
export interface Resumes {
  readonly count: number;
  id(resume: number): string;
  content(resume: number): ResumeText;
  uploadedAt(resume: number): number;
  readonly loads: readonly TableLoad[];
}

/** How many resumes the demo customer has. */
const DEMO_RESUMES = 3;
/** How many files are written at the same time. */
const WRITERS = 8;

/** Draws resumes. One account may have several. */
export function drawResumes(count: number, accounts: Accounts): Resumes {
  const ids = openRandom('resume id');
  const facts = openRandom('resume');
  const texts = openRandom('resume text');
  const ownerOf = (resume: number) => {
    facts.row(resume);
    if (resume < DEMO_RESUMES) return DEMO_CUSTOMER;
    // All strangers in turn, so that nobody has more than are allowed.
    const stranger = (resume * 7 + facts.below(7)) % (accounts.count - FIRST_STRANGER);
    const account = FIRST_STRANGER + stranger;
    // Beside an account of staff there is always one of a customer.
    return accounts.isCustomer(account) ? account : account - 1;
  };
  const uploadedAt = (resume: number) => {
    const created = accounts.createdAt(ownerOf(resume));
    return created + Math.floor(facts.unit() * (REFERENCE - DAY - created));
  };
  const resumes = {
    count,
    id(resume: number) {
      ids.row(resume);
      return ids.uuid();
    },
    content(resume: number) {
      const person = accounts.person(ownerOf(resume));
      texts.row(resume);
      return drawResumeText(texts, person);
    },
    uploadedAt,
  };
  const table: TableLoad = {
    table: 'resumes',
    columns: 'resume_id user_id file_name mime_type size_bytes sha256 uploaded_at'.split(' '),
    *rows() {
      for (let resume = 0; resume < count; resume++) {
        const { text } = resumes.content(resume);
        const owner = ownerOf(resume);
        yield [
          resumes.id(resume),
          accounts.id(owner),
          fileName(resume, accounts.person(owner)),
          'text/plain',
          Buffer.byteLength(text),
          hash('sha256', text),
          jst(uploadedAt(resume)),
        ];
      }
    },
  };
  return { ...resumes, loads: [table] };
}

function fileName(resume: number, { name, ascii }: { name: string; ascii: string }): string {
  const names = [`resume-${ascii}.txt`, `CV ${name}.txt`, `résumé_${2023 + (resume % 3)}.txt`];
  return /[一-龯]/.test(name) ? `職務経歴書_${name}.txt` : (names[resume % 3] as string);
}

/** Writes the files to where the monolith looks for them; files of an earlier, interrupted run are replaced. */
export async function writeResumeFiles(directory: string, resumes: Resumes): Promise<void> {
  let next = 0;
  const write = async () => {
    while (next < resumes.count) {
      const resume = next++;
      const id = resumes.id(resume);
      const path = join(directory, 'resumes', id.slice(0, 2), id);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, resumes.content(resume).text);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}
