import type { LanguageWords } from './words.ts';

export const italian: LanguageWords = {
  code: 'it',
  headings: {
    contact: 'contatti|contatto|dati personali|informazioni personali|recapiti',
    summary:
      'profilo|profilo professionale|sommario|presentazione|chi sono|obiettivo|obiettivo professionale|su di me',
    experience:
      'esperienza|esperienze|esperienza lavorativa|esperienze lavorative|esperienza professionale|esperienze professionali|percorso professionale',
    education:
      'istruzione|formazione|istruzione e formazione|studi|titoli di studio|formazione accademica|educazione',
    skills:
      'competenze|competenze tecniche|capacità|conoscenze|capacità e competenze|competenze informatiche|competenze professionali|abilità|competenze digitali',
    projects: 'progetti|progetti personali',
    languages: 'lingue|competenze linguistiche|lingue straniere|conoscenze linguistiche',
    certificates: 'certificazioni|certificati|corsi|patenti',
    awards: 'premi|riconoscimenti|borse di studio',
    publications: 'pubblicazioni',
    volunteer: 'volontariato|attività',
    interests: 'interessi|hobby|interessi personali',
    references: 'referenze',
  },
  months: [
    'gennaio|gen',
    'febbraio|feb',
    'marzo|mar',
    'aprile|apr',
    'maggio|mag',
    'giugno|giu',
    'luglio|lug',
    'agosto|ago',
    'settembre|set',
    'ottobre|ott',
    'novembre|nov',
    'dicembre|dic',
  ],
  present: 'oggi|presente|attuale|in corso|attualmente',
  since: 'dal|da',
  titles:
    'ingegnere|sviluppatore|sviluppatrice|responsabile|direttore|direttrice|impiegat-|tecnic-|consulente|analista|assistente|contabile|ragionier-|infermier-|medico|insegnante|docente|stagista|tirocinante|tirocinio|addett-|coordinatore|coordinatrice|cuoc-|camerier-|progettista|grafic-|avvocat-|commess-|magazzinier-|operai-|programmatore|programmatrice|capo|ricercatore|ricercatrice|segretari-|venditore|venditrice',
  employers:
    's.p.a.|spa|s.r.l.|srl|s.n.c.|gruppo|banca|ospedale|università|istituto|comune|scuola|azienda|studio|agenzia|cooperativa|albergo|ristorante',
  degrees: 'laurea-|diploma-|dottorato|master-|maturità|licenza|perito',
  schools: 'università|politecnico|liceo|istituto|scuola|accademia',
  frequent: 'di|e|il|la|in|per|con|del|della|un|una|dei|al|che|da',
};

export const portuguese: LanguageWords = {
  code: 'pt',
  headings: {
    contact: 'contato|contacto|contatos|dados pessoais|informações pessoais|informação de contato',
    summary:
      'perfil|resumo|sobre mim|objetivo|perfil profissional|resumo profissional|objetivo profissional|apresentação',
    experience:
      'experiência|experiência profissional|experiências|histórico profissional|experiências profissionais|percurso profissional|experiência de trabalho',
    education:
      'educação|formação|formação acadêmica|formação académica|escolaridade|habilitações|habilitações académicas|educação e formação|habilitações literárias',
    skills:
      'habilidades|competências|conhecimentos|competências técnicas|aptidões|habilidades técnicas|conhecimentos técnicos|ferramentas|tecnologias',
    projects: 'projetos|projetos pessoais',
    languages: 'idiomas|línguas|competências linguísticas',
    certificates: 'certificações|certificados|cursos|formação complementar',
    awards: 'prêmios|prémios|distinções|bolsas',
    publications: 'publicações',
    volunteer: 'voluntariado|trabalho voluntário|atividades',
    interests: 'interesses|hobbies|passatempos',
    references: 'referências',
  },
  months: [
    'janeiro|jan',
    'fevereiro|fev',
    'março|mar',
    'abril|abr',
    'maio|mai',
    'junho|jun',
    'julho|jul',
    'agosto|ago',
    'setembro|set',
    'outubro|out',
    'novembro|nov',
    'dezembro|dez',
  ],
  present: 'presente|atual|atualmente|hoje|até o momento|momento|o momento',
  since: 'desde',
  titles:
    'engenheir-|desenvolvedor-|programador-|gerente|gestor-|diretor-|analista|consultor-|técnic-|assistente|auxiliar|contador-|contabilista|vendedor-|enfermeir-|médic-|professor-|estagiári-|estágio|coordenador-|chefe|advogad-|designer|jornalista|cozinheir-|motorista|administrador-|arquitet-|pesquisador-|investigador-|operador-|secretári-|rececionista|recepcionista|supervisor-|líder|responsável',
  employers:
    'ltda|lda|s.a.|sa|grupo|banco|hospital|clínica|universidade|instituto|escola|câmara|agência|fundação|hotel|restaurante|indústrias|serviços',
  degrees:
    'licenciatura|bacharelado|mestrado|doutorado|doutoramento|graduação|pós-graduação|tecnólogo|ensino médio|curso técnico|bacharel',
  schools: 'universidade|faculdade|instituto|escola|colégio|politécnico|senai',
  frequent: 'de|e|a|o|em|do|da|para|com|um|uma|dos|das|no|na|que',
};
