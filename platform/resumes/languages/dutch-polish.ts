import type { LanguageWords } from './words.ts';

export const dutch: LanguageWords = {
  code: 'nl',
  headings: {
    contact: 'contact|contactgegevens|persoonlijke gegevens|personalia|persoonsgegevens',
    summary: 'profiel|samenvatting|over mij|persoonlijk profiel|profielschets|doel|doelstelling',
    experience:
      'ervaring|werkervaring|relevante werkervaring|loopbaan|arbeidsverleden|beroepservaring|stages|professionele ervaring',
    education: 'opleiding|opleidingen|onderwijs|studie|studies|opleiding en training|vooropleiding',
    skills:
      'vaardigheden|competenties|technische vaardigheden|kennis|kennis en vaardigheden|it-vaardigheden|computervaardigheden|expertise|kernkwaliteiten',
    projects: 'projecten|eigen projecten',
    languages: 'talen|talenkennis|taalvaardigheden|taalvaardigheid',
    certificates: 'certificaten|certificeringen|cursussen|trainingen|cursussen en trainingen',
    awards: 'prijzen|onderscheidingen|prestaties',
    publications: 'publicaties',
    volunteer: 'vrijwilligerswerk|nevenactiviteiten|bestuurswerk',
    interests: "interesses|hobby's|hobby’s|hobbies|vrije tijd|hobby's en interesses",
    references: 'referenties',
  },
  months: [
    'januari|jan',
    'februari|feb',
    'maart|mrt',
    'april|apr',
    'mei',
    'juni|jun',
    'juli|jul',
    'augustus|aug',
    'september|sept|sep',
    'oktober|okt',
    'november|nov',
    'december|dec',
  ],
  present: 'heden|nu|vandaag|huidig|tot heden',
  since: 'sinds|vanaf',
  titles:
    'ingenieur|ontwikkelaar|softwareontwikkelaar|manager|directeur|teamleider|medewerker-|adviseur|consultant|analist|architect|assistent-|coördinator|verpleegkundige|arts|docent-|leraar|lerares|stagiair-|stage|boekhouder|administrateur|projectleider|verkoper|kok|chauffeur|monteur|redacteur|journalist|ontwerper|onderzoeker|jurist|advocaat|planner|inkoper|beheerder|hoofd|leidinggevende|programmeur|controller',
  employers:
    'bv|b.v.|nv|n.v.|groep|bank|ziekenhuis|universiteit|hogeschool|gemeente|stichting|school|bureau|verzekeringen|vof|umc|uitgeverij',
  degrees: 'bachelor-|master-|hbo|mbo|vwo|havo|vmbo|doctoraal|promotie|diploma|propedeuse|wo',
  schools:
    'universiteit|hogeschool|college|school|roc|lyceum|academie|tu|vrije universiteit|gymnasium',
  frequent: 'de|het|een|en|van|in|voor|met|op|te|bij|aan|als|ik|naar|door',
};

export const polish: LanguageWords = {
  code: 'pl',
  headings: {
    contact: 'kontakt|dane osobowe|dane kontaktowe|informacje kontaktowe',
    summary: 'profil|podsumowanie|o mnie|profil zawodowy|podsumowanie zawodowe|cel zawodowy|cel',
    experience:
      'doświadczenie|doświadczenie zawodowe|przebieg kariery|historia zatrudnienia|kariera zawodowa|praktyki|przebieg pracy zawodowej',
    education: 'wykształcenie|edukacja|edukacja i wykształcenie|studia|wykształcenie i kursy',
    skills:
      'umiejętności|kompetencje|umiejętności techniczne|umiejętności zawodowe|znajomość programów|kwalifikacje|technologie|umiejętności i kompetencje',
    projects: 'projekty|wybrane projekty',
    languages: 'języki|języki obce|znajomość języków|znajomość języków obcych',
    certificates:
      'certyfikaty|kursy|szkolenia|kursy i szkolenia|szkolenia i kursy|kursy i certyfikaty',
    awards: 'nagrody|osiągnięcia|wyróżnienia|stypendia',
    publications: 'publikacje',
    volunteer: 'wolontariat|działalność społeczna|aktywność społeczna',
    interests: 'zainteresowania|hobby',
    references: 'referencje',
  },
  months: [
    'styczeń|stycznia|sty',
    'luty|lutego|lut',
    'marzec|marca|mar',
    'kwiecień|kwietnia|kwi',
    'maj|maja',
    'czerwiec|czerwca|cze',
    'lipiec|lipca|lip',
    'sierpień|sierpnia|sie',
    'wrzesień|września|wrz',
    'październik|października|paź',
    'listopad|listopada|lis',
    'grudzień|grudnia|gru',
  ],
  present: 'obecnie|teraz|do dziś|nadal|dziś|do teraz|do chwili obecnej|chwili obecnej|aktualnie',
  since: 'od',
  titles:
    'inżynier|programista|programistka|kierownik|kierowniczka|dyrektor|dyrektorka|specjalista|specjalistka|menedżer|manager|analityk|analityczka|konsultant-|technik|asystent-|księgow-|sprzedawca|sprzedawczyni|handlow-|pielęgniarka|pielęgniarz|lekarz|lekarka|nauczyciel-|stażyst-|staż|praktykant-|koordynator-|prawnik|prawniczka|grafik|graficzka|redaktor-|dziennikarz|dziennikarka|kucharz|kucharka|kelner-|kierowca|administrator-|architekt-|projektant-|magazynier-|operator-|sekretarz|sekretarka|doradca|przedstawiciel-|mistrz|zastępca|pracownik|tester-|lider-|referent-',
  employers:
    'sp. z o.o.|sp. z o. o.|s.a.|sa|spółka|grupa|bank|szpital|uniwersytet|politechnika|urząd|fundacja|szkoła|biuro|agencja|instytut|zakład|zakłady|hurtownia|wydawnictwo|hotel',
  degrees:
    'licencjat|magister|mgr|inżynier|inż.|studia|doktorat|technik|matura|licencjackie|magisterskie|inżynierskie|podyplomowe',
  schools: 'uniwersytet|politechnika|szkoła|akademia|liceum|technikum|uczelnia|sgh|agh',
  frequent: 'i|w|z|na|do|oraz|dla|od|o|po|się|przez|za|ze|jest',
};
