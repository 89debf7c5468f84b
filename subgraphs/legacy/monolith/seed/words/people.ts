import { list } from './list.ts';

/** Where a customer lives, with the words for names and addresses. */
export interface Region {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** BCP 47. */
  readonly language: string;
  /** How numbers begin, and how many digits follow: ranges that belong to nobody, where a country has some. */
  readonly phone: readonly [code: string, digits: number];
  /** `name` or `name/how it is written in ASCII`. */
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly familyFirst: boolean;
  /** `#` stands for the house number. */
  readonly streets: readonly string[];
  /** Second lines of addresses. `#` stands for a number. */
  readonly flats: readonly string[];
  /** Town, state (may be empty), postal code (`#` stands for a digit). */
  readonly towns: readonly (readonly [town: string, state: string, postalCode: string])[];
}

const unitedStates: Region = {
  country: 'US',
  language: 'en-US',
  phone: ['+120655501', 2],
  given: list(
    'Emma | Liam | Olivia | Noah | Ava | Ethan | Sophia | Mason | Isabella | Lucas | Mia | Jamal | Grace | Carlos | Chloe | Tyler | Aaliyah | Dylan',
  ),
  family: list(
    "Johnson | Williams | Garcia | Miller | Davis | Rodriguez | Martinez | Wilson | Anderson | Taylor | Nguyen | O'Brien | Jackson | Kim | Patel",
  ),
  familyFirst: false,
  streets: list('# Maple Street | # Oak Avenue | # Lakeview Drive | # 5th Avenue | # Sunset Blvd'),
  flats: list('Apt # | Suite # | Unit #B'),
  towns: [
    ['Seattle', 'WA', '981##'],
    ['Austin', 'TX', '787##'],
    ['Brooklyn', 'NY', '112##'],
    ['San José', 'CA', '951##'],
    ['Madison', 'WI', '537##'],
  ],
};

const japan: Region = {
  country: 'JP',
  language: 'ja',
  phone: ['+81900000', 4],
  given: list(
    '美咲/misaki | 大翔/hiroto | さくら/sakura | 健太/kenta | 陽菜/hina | 蓮/ren | 結衣/yui | 直樹/naoki | 恵子/keiko | 翔/sho | 香織/kaori | 悠真/yuma',
  ),
  family: list(
    '佐藤/sato | 鈴木/suzuki | 高橋/takahashi | 田中/tanaka | 渡辺/watanabe | 伊藤/ito | 山本/yamamoto | 中村/nakamura | 小林/kobayashi | 加藤/kato | 髙木/takagi',
  ),
  familyFirst: true,
  streets: list('神南1-#-3 | 本町2-# | 桜丘町#-12 | 中央3丁目#番 | 北山通#'),
  flats: list('コーポ桜 #号室 | サンライズマンション#号 | #階'),
  towns: [
    ['渋谷区', '東京都', '150-00##'],
    ['横浜市西区', '神奈川県', '220-00##'],
    ['京都市左京区', '京都府', '606-8###'],
    ['札幌市中央区', '北海道', '060-00##'],
    ['福岡市博多区', '福岡県', '812-00##'],
  ],
};

const britain: Region = {
  country: 'GB',
  language: 'en-GB',
  phone: ['+447700900', 3],
  given: list('Amelia | Oliver | Isla | George | Poppy | Harry | Freya | Arjun | Niamh | Rhys'),
  family: list('Smith | Jones | Evans | Thompson | Khan | Hughes | MacLeod | Baker | Fraser'),
  familyFirst: false,
  streets: list('# High Street | # Church Lane | # Station Road | # Victoria Terrace'),
  flats: list('Flat # | Floor #'),
  towns: [
    ['London', '', 'N1 #AB'],
    ['Bristol', '', 'BS1 #QT'],
    ['Edinburgh', 'Scotland', 'EH3 #LT'],
    ['Cardiff', 'Wales', 'CF10 #AF'],
  ],
};

const germany: Region = {
  country: 'DE',
  language: 'de',
  phone: ['+4917139200', 2],
  given: list(
    'Anna | Jürgen | Lena | Björn | Sophie | Maximilian | Käthe | Emre | Mareike | Jonas',
  ),
  family: list('Müller | Schmidt | Weiß | Krüger | Schäfer | Yılmaz | Köhler | Lange | Böhm'),
  familyFirst: false,
  streets: list('Lindenstraße # | Goethestraße # | Am Mühlbach # | Königsallee #'),
  flats: list('Hinterhaus, #. OG | c/o WG #'),
  towns: [
    ['Berlin', '', '104##'],
    ['München', 'Bayern', '803##'],
    ['Köln', '', '506##'],
    ['Görlitz', 'Sachsen', '028##'],
  ],
};

const france: Region = {
  country: 'FR',
  language: 'fr',
  phone: ['+3363998', 4],
  given: list('Chloé | Léa | Hugo | Zoé | Théo | Inès | François | Noémie | Raphaël | Aïcha'),
  family: list('Lefèvre | Moreau | Dubois | Bélanger | Garçon | Petit | Benoît | Nguyễn | Faure'),
  familyFirst: false,
  streets: list(
    '# rue de la République | # avenue Foch | # bis, rue du Château | # quai des Célestins',
  ),
  flats: list('Bâtiment B, appt. # | #e étage'),
  towns: [
    ['Paris', '', '750##'],
    ['Lyon', '', '690##'],
    ['Saint-Étienne', 'Loire', '420##'],
    ['Besançon', '', '250##'],
  ],
};

const brazil: Region = {
  country: 'BR',
  language: 'pt-BR',
  phone: ['+55119000', 5],
  given: list('João | Beatriz | Antônio | Letícia | Thiago | Mônica | Rafael | Conceição'),
  family: list('Souza | Gonçalves | Araújo | Pereira | Magalhães | Lima | Simões | Ribeiro'),
  familyFirst: false,
  streets: list('Rua das Acácias, # | Avenida Paulista, # | Travessa São João, #'),
  flats: list('Apto. # | Bloco C, sala #'),
  towns: [
    ['São Paulo', 'SP', '01###-000'],
    ['Florianópolis', 'SC', '88###-000'],
    ['Belém', 'PA', '66###-000'],
  ],
};

/** The regions in which customers live; a region named several times has more of them. */
export const REGIONS: readonly Region[] = [
  unitedStates,
  unitedStates,
  unitedStates,
  japan,
  japan,
  japan,
  britain,
  germany,
  france,
  brazil,
];

/** Where the demo accounts live. */
export const HOME_REGION = unitedStates;

/** Why orders are cancelled. */
export const CANCEL_REASONS = list(
  'Ordered twice by mistake | Found it cheaper elsewhere | Takes too long | Changed my mind | Payment did not arrive | 住所を間違えました',
);

/** Why orders are returned. */
export const RETURN_REASONS = list(
  'Does not fit | Arrived damaged | Not as described | Wrong colour | A present that was not needed | サイズが合いませんでした',
);

/** What is noted when goods come in. */
export const RECEIPT_NOTES = list(
  'Delivery from supplier | Restock | Container HLCU 4411827 | Transfer from another warehouse | 入荷',
);

/** What is noted when a count is corrected. */
export const ADJUSTMENT_NOTES = list(
  'Stocktaking | Damaged in the warehouse | Found behind a shelf | 棚卸差異',
);
