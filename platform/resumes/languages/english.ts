import type { LanguageWords } from './words.ts';

export const english: LanguageWords = {
  code: 'en',
  headings: {
    contact:
      'contact|contact information|contact details|contact data|contact me|personal details|personal information|personal data|details',
    summary:
      'summary|professional summary|executive summary|career summary|summary of qualifications|profile|professional profile|personal profile|about|about me|objective|career objective|personal statement|introduction|highlights|qualifications summary',
    experience:
      'experience|work experience|professional experience|relevant experience|employment|employment history|work history|career history|career|professional background|positions held|experience and achievements|industry experience|work|professional history|selected experience|research experience|teaching experience|other experience|earlier experience|clinical experience',
    education:
      'education|academic background|academic history|education and training|qualifications|academic qualifications|studies|training|education and qualifications|academic training|schooling',
    skills:
      'skills|technical skills|key skills|core skills|core competencies|competencies|technologies|expertise|areas of expertise|skills and tools|tools|tools and technologies|skills and expertise|technical expertise|technical proficiencies|strengths|skill set|it skills|computer skills|professional skills|software|tech stack|skills summary|soft skills',
    projects:
      'projects|selected projects|personal projects|side projects|key projects|open source|portfolio|project experience|open source projects',
    languages: 'languages|language skills|spoken languages|foreign languages',
    certificates:
      'certifications|certificates|licenses|licences|licenses and certifications|certifications and licenses|professional certifications|courses|professional development|training and certifications',
    awards:
      'awards|honors|honours|awards and honors|achievements|accomplishments|honors and awards|scholarships|prizes|key achievements|grants',
    publications:
      'publications|selected publications|patents|papers|talks|conference talks|presentations|research',
    volunteer:
      'volunteering|volunteer|volunteer work|volunteer experience|community|community service|voluntary work|activities|leadership|extracurricular activities|memberships|affiliations',
    interests: 'interests|hobbies|hobbies and interests|personal interests|interests and hobbies',
    references: 'references|referees',
  },
  months: [
    'january|jan',
    'february|feb',
    'march|mar',
    'april|apr',
    'may',
    'june|jun',
    'july|jul',
    'august|aug',
    'september|sept|sep',
    'october|oct',
    'november|nov',
    'december|dec',
  ],
  present: 'present|now|today|current|currently|to date|ongoing|date|until now',
  since: 'since|from',
  titles:
    'engineer|developer|manager|director|lead|leader|head|analyst|architect|consultant|designer|administrator|assistant|associate|coordinator|officer|specialist|supervisor|technician|scientist|researcher|teacher|tutor|lecturer|professor|nurse|physician|doctor|accountant|auditor|clerk|cashier|buyer|planner|programmer|intern|internship|trainee|apprentice|president|vp|ceo|cto|cfo|coo|founder|co-founder|partner|owner|editor|writer|journalist|copywriter|representative|agent|advisor|adviser|recruiter|operator|driver|chef|cook|waiter|waitress|barista|bartender|mechanic|electrician|plumber|carpenter|attorney|lawyer|paralegal|solicitor|counsel|secretary|receptionist|translator|interpreter|photographer|producer|strategist|tester|fellow|postdoc|instructor|trainer|coach|librarian|pharmacist|therapist|psychologist|dentist|veterinarian|economist|statistician|worker|handler|foreman|inspector|executive|chief|marketer|merchandiser|salesperson|sales|controller|bookkeeper|treasurer|curator|freelancer|contractor|counselor|caregiver|picker|packer|machinist|welder|surveyor|artist|dispatcher|host|steward|sre|dba|qa|scrum master|product owner',
  employers:
    'inc|inc.|llc|ltd|ltd.|limited|corp|corp.|corporation|co.|company|plc|group|holdings|partners|labs|laboratories|solutions|systems|technologies|consulting|services|bank|hospital|clinic|agency|studio|studios|institute|foundation|school|university|college|council|ministry|department|hotel|restaurant|logistics|freight|media|press|software|industries|associates|motors|airlines|insurance|foods|pharma|retail|stores|energy|capital|ventures|works|library|museum|trust|society',
  degrees:
    "bsc|b.sc.|b.sc|msc|m.sc.|m.sc|ba|b.a.|ma|m.a.|bs|b.s.|ms|m.s.|mba|phd|ph.d.|dphil|bachelor-|master of|master in|masters|master's|doctor of|doctorate|associate of|associate degree|diploma|a-levels|a levels|gcse|ged|certificate in|beng|meng|b.eng.|m.eng.|btech|mtech|jd|llb|llm|md|minor in|major in|high school diploma|bfa|mfa|bba|bed|b.ed.|postgraduate",
  schools:
    'university|college|school|institute|academy|polytechnic|mit|eth|ucla|conservatory|faculty',
  frequent: 'the|and|of|to|in|for|with|a|on|by|from|at|an|as|was|were|that|is',
};
