/** What a person is, not what they can do: whatever stands there, the score is the same. */
const PERSONAL_LINE =
  /^(?:[-*•]\s*)?(?:age|date of birth|birth ?date|born|place of birth|nationality|citizenship|gender|sex|marital status|religion|ethnicity|children|geburtsdatum|geboren|geburtsort|alter|staatsangehörigkeit|nationalität|familienstand|geschlecht|date de naissance|né le|née le|nationalité|âge|situation familiale|sexe|fecha de nacimiento|nacionalidad|edad|sexo|estado civil|geboortedatum|nationaliteit|leeftijd|geslacht|data urodzenia|narodowość|obywatelstwo|wiek|дата рождения|возраст|гражданство|пол|национальность|дата народження|вік|громадянство|стать|出生日期|性别|国籍|年龄|民族|生年月日|性別|年齢|تاريخ الميلاد|الجنسية|العمر|الجنس)\s*(?:[:：\t–-]|\s(?=\d))/iu;
const GENDER_WORDS =
  /(?<![\p{L}])(?:he|she|him|her|hers|his|himself|herself|they|them|their|mr|mrs|ms|miss|male|female|man|woman|father|mother|husband|wife|herr|frau|monsieur|madame|señor|señora|he\/him|she\/her|they\/them)(?![\p{L}])\.?/giu;
const AGE =
  /(?:,?\s*(?:a\s+)?\d{2}[- ]years?[- ]old|,?\s*aged?\s+\d{2}(?!\d)|,?\s*born\s+(?:on\s+|in\s+)?[\d./-]{4,10}|\d{2} Jahre alt|\d{2} ans(?! d)|(?:満)?\d{2}歳|\d{2}岁)/giu;
const NATIONALITY =
  /(?<![\p{L}])(?:american|british|german|french|spanish|italian|polish|dutch|russian|ukrainian|chinese|japanese|korean|indian|pakistani|nigerian|kenyan|egyptian|moroccan|turkish|syrian|iranian|mexican|brazilian|canadian|australian|irish|swedish|danish|norwegian|finnish|portuguese|greek|vietnamese|filipino|ethiopian|somali|afghan|israeli|lebanese|jordanian) (?:citizen|national|passport holder)?(?![\p{L}])/giu;

/** Whether a line says nothing but what somebody is. */
export const isPersonalLine = (line: string) => line.length < 80 && PERSONAL_LINE.test(line);

/** A text without the name of the person, words of gender, age and nationality. */
export function withoutPerson(text: string, name: string | null): string {
  const parts = (name ?? '').split(/\s+/).filter((part) => part.length > 1);
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const named =
    pattern === ''
      ? text
      : text.replace(new RegExp(`(?<![\\p{L}@.])(?:${pattern})(?![\\p{L}@])`, 'giu'), ' ');
  return named.replace(AGE, ' ').replace(NATIONALITY, ' ').replace(GENDER_WORDS, ' ');
}
