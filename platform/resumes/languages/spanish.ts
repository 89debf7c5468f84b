import type { LanguageWords } from './words.ts';

export const spanish: LanguageWords = {
  code: 'es',
  headings: {
    contact:
      'contacto|datos personales|datos de contacto|información personal|información de contacto',
    summary:
      'perfil|resumen|perfil profesional|sobre mí|objetivo|objetivo profesional|extracto|acerca de mí|resumen profesional|presentación',
    experience:
      'experiencia|experiencia laboral|experiencia profesional|historial laboral|trayectoria profesional|trayectoria|empleo|prácticas',
    education:
      'educación|formación|formación académica|estudios|titulaciones|educación y formación|formación y estudios|antecedentes académicos|datos académicos',
    skills:
      'habilidades|competencias|conocimientos|aptitudes|habilidades técnicas|competencias técnicas|conocimientos técnicos|informática|conocimientos informáticos|herramientas|destrezas|tecnologías|capacidades',
    projects: 'proyectos|proyectos personales|proyectos destacados',
    languages: 'idiomas|lenguas|conocimiento de idiomas',
    certificates:
      'certificaciones|certificados|cursos|formación complementaria|cursos y certificaciones|licencias',
    awards: 'premios|logros|reconocimientos|becas|premios y reconocimientos',
    publications: 'publicaciones|ponencias|conferencias|patentes',
    volunteer: 'voluntariado|actividades|asociaciones|experiencia de voluntariado',
    interests: 'intereses|aficiones|pasatiempos|hobbies|intereses personales',
    references: 'referencias',
  },
  months: [
    'enero|ene',
    'febrero|feb',
    'marzo|mar',
    'abril|abr',
    'mayo|may',
    'junio|jun',
    'julio|jul',
    'agosto|ago',
    'septiembre|setiembre|sept|sep',
    'octubre|oct',
    'noviembre|nov',
    'diciembre|dic',
  ],
  present: 'actualidad|presente|actual|actualmente|hoy|la actualidad|la fecha|hasta la fecha',
  since: 'desde',
  titles:
    'ingenier-|desarrollador-|gerente|director-|jefe|jefa|responsable|analista|consultor-|técnic-|asistente|auxiliar|administrativ-|contable|contador-|comercial|vendedor-|enfermer-|médic-|profesor-|docente|maestr-|becari-|practicante|coordinador-|encargad-|abogad-|diseñador-|redactor-|periodista|cociner-|camarer-|conductor-|comprador-|administrador-|arquitect-|investigador-|programador-|operari-|secretari-|recepcionista|supervisor-|ejecutiv-|especialista|gestor-|traductor-|mozo|líder|asesor-|monitor-',
  employers:
    's.a.|s.l.|sa|sl|s.a|s.l|slu|s.l.u.|grupo|banco|hospital|clínica|universidad|instituto|colegio|ayuntamiento|agencia|fundación|asociación|hotel|restaurante|consultores|laboratorios|industrias|servicios|sistemas|logística|editorial|estudio|seguros|almacenes',
  degrees:
    'grado en|grado|licenciatura|licenciad-|máster-|maestría|doctorado|ingeniería|diplomatura|bachillerato|técnico superior|formación profesional|ciclo formativo|fp|título|eso|graduad-|posgrado|mba',
  schools:
    'universidad|universitat|instituto|colegio|escuela|ies|facultad|politécnica|uned|academia|escola',
  frequent: 'de|la|el|en|y|los|las|del|con|para|un|una|por|al|que|se|su',
};
