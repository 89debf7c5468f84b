import type { LanguageWords } from './words.ts';

export const german: LanguageWords = {
  code: 'de',
  headings: {
    contact:
      'kontakt|kontaktdaten|persönliche daten|persönliche angaben|zur person|anschrift|persönliches',
    summary:
      'profil|kurzprofil|zusammenfassung|über mich|berufliches profil|berufsprofil|ziel|berufsziel|zielsetzung',
    experience:
      'berufserfahrung|beruflicher werdegang|werdegang|berufliche erfahrung|berufspraxis|praktische erfahrung|berufliche stationen|arbeitserfahrung|beschäftigung|praktika|praxiserfahrung|berufliche laufbahn|erfahrung',
    education:
      'ausbildung|bildung|bildungsweg|studium|schulbildung|schulische ausbildung|akademischer werdegang|hochschulbildung|aus- und weiterbildung|studium und ausbildung|ausbildung und studium',
    skills:
      'kenntnisse|fähigkeiten|kompetenzen|fachkenntnisse|it-kenntnisse|edv-kenntnisse|technische kenntnisse|fachliche kompetenzen|kernkompetenzen|besondere kenntnisse|software-kenntnisse|technologien|stärken|edv',
    projects: 'projekte|ausgewählte projekte|projekterfahrung|eigene projekte',
    languages: 'sprachen|sprachkenntnisse|fremdsprachen',
    certificates:
      'zertifikate|zertifizierungen|weiterbildung|weiterbildungen|fortbildungen|kurse|lizenzen',
    awards: 'auszeichnungen|preise|stipendien|erfolge',
    publications: 'publikationen|veröffentlichungen|vorträge|patente',
    volunteer:
      'ehrenamt|ehrenamtliches engagement|engagement|ehrenamtliche tätigkeiten|mitgliedschaften|soziales engagement',
    interests: 'interessen|hobbys|hobbies|interessen und hobbys|hobbys und interessen|freizeit',
    references: 'referenzen',
  },
  months: [
    'januar|jan|jänner',
    'februar|feb',
    'märz|mär|mrz',
    'april|apr',
    'mai',
    'juni|jun',
    'juli|jul',
    'august|aug',
    'september|sept|sep',
    'oktober|okt',
    'november|nov',
    'dezember|dez',
  ],
  present: 'heute|jetzt|aktuell|laufend|gegenwärtig|dato|derzeit',
  since: 'seit|ab',
  titles:
    'ingenieur-|entwickler-|leiter-|leitung|manager-|berater-|sachbearbeiter-|assistent-|kaufmann|kauffrau|techniker-|lehrer-|arzt|ärztin|pfleger-|krankenschwester|pflegefachkraft|architekt-|analyst-|referent-|koordinator-|verkäufer-|buchhalter-|controller-|praktikant-|praktikum|werkstudent-|auszubildende-|geschäftsführer-|meister-|mechaniker-|elektriker-|schreiner-|koch|köchin|fahrer-|redakteur-|journalist-|designer-|gestalter-|wissenschaftlich-|dozent-|professor-|forscher-|jurist-|anwalt|anwältin|teamleiter-|projektleiter-|abteilungsleiter-|softwareentwickler-|systemadministrator-|lagerist-|disponent-|einkäufer-|vertriebsleiter-|marketingmanager-|fachinformatiker-|erzieher-|programmierer-|administrator-|spezialist-|mitarbeiter-|fachkraft',
  employers:
    'gmbh|ag|kg|ohg|ug|e.v.|ev|se|mbh|co. kg|klinik-|klinikum|krankenhaus|universität|hochschule|bank|sparkasse|versicherung-|verlag|werke|stiftung|institut|gruppe|stadt|landkreis|behörde|verein|schule|gymnasium|agentur|kanzlei',
  degrees:
    'bachelor-|master-|diplom-|promotion|doktor-|dr.|magister|staatsexamen|abitur|fachabitur|ausbildung zum|ausbildung zur|mittlere reife|realschulabschluss|matura|b.sc.|m.sc.|b.a.|m.a.|b.eng.|m.eng.|fachhochschulreife|allgemeine hochschulreife',
  schools:
    'universität|hochschule|fachhochschule|gymnasium|realschule|schule|berufsschule|akademie|tu|fh|eth|berufskolleg|gesamtschule|oberschule',
  frequent: 'und|der|die|das|von|mit|für|den|im|in|des|zur|zum|auf|bei|eine|einer|ich',
};
