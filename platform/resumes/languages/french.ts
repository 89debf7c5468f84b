import type { LanguageWords } from './words.ts';

export const french: LanguageWords = {
  code: 'fr',
  headings: {
    contact: 'contact|coordonnées|informations personnelles|état civil|me contacter',
    summary:
      'profil|résumé|à propos|à propos de moi|objectif|objectif professionnel|profil professionnel|présentation|synthèse|accroche',
    experience:
      'expérience|expériences|expérience professionnelle|expériences professionnelles|parcours professionnel|parcours|emplois|carrière|stages',
    education:
      'formation|formations|éducation|études|diplômes|formation académique|parcours académique|parcours scolaire|cursus|études et diplômes|diplômes et formations|formation et diplômes|scolarité',
    skills:
      'compétences|compétences techniques|compétences clés|compétences professionnelles|savoir-faire|connaissances|outils|informatique|compétences informatiques|logiciels|atouts|domaines de compétences',
    projects: 'projets|projets personnels|réalisations|projets réalisés|projets sélectionnés',
    languages: 'langues|compétences linguistiques|langues étrangères',
    certificates: 'certifications|certificats|formations complémentaires|permis|formation continue',
    awards: 'prix|distinctions|récompenses|bourses',
    publications: 'publications|conférences|brevets',
    volunteer: 'bénévolat|engagement associatif|vie associative|engagements|activités associatives',
    interests: "centres d'intérêt|centres d’intérêt|loisirs|intérêts|activités|passions|hobbies",
    references: 'références',
  },
  months: [
    'janvier|janv|jan',
    'février|févr|fév|fev',
    'mars',
    'avril|avr',
    'mai',
    'juin',
    'juillet|juil',
    'août|aout',
    'septembre|sept',
    'octobre|oct',
    'novembre|nov',
    'décembre|déc|dec',
  ],
  present:
    "aujourd'hui|aujourd’hui|présent|à ce jour|actuel|actuellement|en cours|ce jour|maintenant",
  since: 'depuis|dès',
  titles:
    'ingénieur-|développeu-|responsable|directeur|directrice|chef|cheffe|chargé|chargée|assistant-|consultant-|technicien-|comptable|gestionnaire|analyste|architecte|conseiller|conseillère|commercial|commerciale|vendeu-|infirmi-|médecin|enseignant-|professeur-|formateur|formatrice|stagiaire|stage|apprenti-|alternant-|coordinateur|coordinatrice|secrétaire|juriste|avocat-|graphiste|rédacteur|rédactrice|journaliste|cuisini-|serveu-|conducteur|conductrice|acheteu-|administrateur|administratrice|designer|chercheu-|doctorant-|animateur|animatrice|éducateur|éducatrice|magasini-|logisticien-|préparateur|opérateur|opératrice|adjoint-|agent|gérant-|traducteur|traductrice|cadre',
  employers:
    'sa|sas|sarl|sasu|eurl|groupe|banque|société|cabinet|clinique|hôpital|chu|mairie|université|école|lycée|institut|agence|association|laboratoire-|ministère|éditions|studio|conseil|assurances|hôtel|restaurant|entrepôts|industries',
  degrees:
    'licence-|master-|doctorat|diplôme-|baccalauréat|bac|bts|dut|but|mba|ingénieur diplômé|maîtrise|deug|cap|bep|dea|dess|brevet|magistère',
  schools:
    'université|école|lycée|institut|iut|collège|insa|hec|essec|polytechnique|faculté|sciences po|ens|cnam|ifsi',
  frequent: "de|la|le|les|et|des|du|en|un|une|pour|dans|sur|avec|au|aux|d'une|par",
};
