import { lines, list } from './list.ts';

/** A profession, with the words of its resumes. */
export interface Career {
  readonly titles: readonly string[];
  readonly employers: readonly string[];
  readonly summary: readonly string[];
  /** What was done, with a result. `#` stands for a number. */
  readonly results: readonly string[];
  /** What was done, without a result: a review finds fault with it. */
  readonly duties: readonly string[];
  readonly skills: readonly string[];
  readonly degrees: readonly string[];
  /** A vacancy that a resume may be held against. */
  readonly vacancy: string;
}

const software: Career = {
  titles: list(
    'Software Engineer | Backend Developer | Senior Software Engineer | Platform Engineer',
  ),
  employers: list('Harbor Logistics | Nimbus Pay | Otonami K.K. | Freya Health | Studio Norte'),
  summary: lines(`
    Backend engineer who likes small services, boring databases and fast tests.
    Engineer with a weakness for migrations that nobody notices.
  `),
  results: lines(`
    Cut the median response time of the order API from 4#0 ms to #0 ms by batching its queries.
    Moved 1# services from a shared database to their own without downtime.
    Reduced the nightly build from #0 minutes to 7 by caching what had not changed.
    Mentored # junior engineers; two of them lead teams today.
    Replaced a hand-written scheduler and saved # hours of on-call work a week.
  `),
  duties: lines(`
    Responsible for the maintenance of various services.
    Worked on tickets in an agile team.
    Took part in code reviews and meetings.
  `),
  skills: list('TypeScript | PostgreSQL | GraphQL | Kubernetes | Go | Kafka | Terraform | Redis'),
  degrees: list('B.Sc. Computer Science, University of Washington | M.Sc. Informatik, TU Berlin'),
  vacancy:
    'We look for a backend engineer with TypeScript, PostgreSQL and GraphQL who has moved a monolith to services before. You write tests, care about latency and mentor others.',
};

const design: Career = {
  titles: list('Product Designer | UX Researcher | Senior Product Designer | Interaction Designer'),
  employers: list('Papeterie Étoile | Lumen & Tone | Maison Brûlée | Civic Forms'),
  summary: lines(`
    Designer who prototypes early and measures afterwards.
    I make complicated forms feel short.
  `),
  results: lines(`
    Redesigned the checkout and raised completed orders by 1#%.
    Ran 2# interviews in three countries and turned them into one page that the board read.
    Built a design system of #8 components that four teams use.
    Halved support requests about returns within # months.
  `),
  duties: lines(`
    Was in charge of designs for web and mobile.
    Helped with user research.
  `),
  skills: list(
    'Figma | Usability testing | Accessibility | Prototyping | HTML and CSS | Workshops',
  ),
  degrees: list('BA Graphic Design, Royal College of Art | Diplôme, Les Gobelins, Paris'),
  vacancy:
    'Product designer for our shop: you run usability tests, know accessibility by heart and work in Figma with engineers next to you.',
};

const logistics: Career = {
  titles: list('Warehouse Manager | Supply Chain Analyst | Inventory Planner | Shift Supervisor'),
  employers: list('Kanto Freight | Hafen Lager GmbH | Blue Harbor | Parcel Union'),
  summary: lines(`
    Logistics lead with ten years between pallets and spreadsheets.
    Planner who has never run out of the one thing that customers wanted.
  `),
  results: lines(`
    Brought the inventory accuracy of 3 warehouses from 8#.5% to 99.6%.
    Led a shift of 2# people without a reportable accident in # years.
    Lowered stock-outs by 3#% with a new reorder point model.
    Introduced hand scanners and shortened picking by # seconds per line.
  `),
  duties: lines(`
    Responsible for daily warehouse operations.
    Took care of deliveries and returns.
  `),
  skills: list('SAP EWM | Excel | SQL | Lean | Forklift licence | Demand planning'),
  degrees: list('B.A. Logistics, Hamburg | Certificate in Supply Chain Management, APICS'),
  vacancy:
    'Inventory planner for three warehouses: demand planning, SQL, and the patience to find out where the missing pieces went.',
};

const support: Career = {
  titles: list('Customer Support Lead | Support Specialist | Customer Success Manager'),
  employers: list('Nimbus Pay | Fernleaf | Parcel Union | Café Lumière'),
  summary: lines(`
    Support lead who writes the answer once and publishes it.
    Calm voice in four languages.
  `),
  results: lines(`
    Raised customer satisfaction from 7#% to 9#% within a year.
    Wrote #0 help articles that now answer a third of all questions.
    Shortened the first reply from # hours to 25 minutes.
    Trained a team of # in three time zones.
  `),
  duties: lines(`
    Answered mails and calls of customers.
    Various administrative duties.
  `),
  skills: list('Zendesk | Writing | Japanese | Spanish | De-escalation | Reporting'),
  degrees: list('BA Modern Languages, University of Edinburgh | Licenciatura em Letras, USP'),
  vacancy:
    'Support lead (English and Japanese): you set up a help centre, train new colleagues and tell product what hurts.',
};

const finance: Career = {
  titles: list('Accountant | Financial Controller | Payroll Specialist | Junior Auditor'),
  employers: list('Ironwood Partners | Basecamp Nine | Möbius Holding | Terra Cordillera'),
  summary: lines(`
    Controller who closes the month in three days and explains it in ten minutes.
    Accountant with an eye for the cent that is missing.
  `),
  results: lines(`
    Closed the books # days earlier by automating reconciliations.
    Found duplicate payments of USD #4,000 in the first quarter.
    Prepared # audits in a row without a finding.
    Rolled out a new ledger in # subsidiaries.
  `),
  duties: lines(`
    Responsible for accounts payable and receivable.
    Supported the team during the annual audit.
  `),
  skills: list('IFRS | US GAAP | Excel | Power BI | SAP FI | Reconciliation'),
  degrees: list('B.Com. Accounting, University of Melbourne | Steuerfachwirt, IHK Köln'),
  vacancy:
    'Financial controller: IFRS, a clean monthly close, and reports that people without a finance degree enjoy.',
};

/** The professions of the demo resumes. */
export const CAREERS: readonly Career[] = [software, design, logistics, support, finance];

/** Towns in which they worked. */
export const WORK_PLACES = list('Seattle | Tokyo | Berlin | Lyon | São Paulo | Edinburgh | Remote');

/** Languages they speak. */
export const LANGUAGES = list(
  'English (native) | Japanese (N2) | German (B2) | French (C1) | Spanish (B1) | Portuguese (native)',
);

/** Why a review could not be written. */
export const REVIEW_ERRORS = list(
  'The reviewer did not answer in time. | The file could not be read as text.',
);
