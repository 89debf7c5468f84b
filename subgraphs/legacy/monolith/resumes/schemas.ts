import { Type, type Static } from '@fastify/type-provider-typebox';
import { groupBody, groupsOf, listOf, listQuery } from '../lists.ts';
import {
  answers,
  created,
  errorSchema,
  idList,
  idParams,
  itemsOf,
  lookupBody,
  ref,
  uuidSchema,
} from '../schemas.ts';

export const resumeSchema = Type.Object(
  {
    resume_id: uuidSchema(),
    user_id: uuidSchema(),
    file_name: Type.String(),
    mime_type: Type.String(),
    size_bytes: Type.Integer(),
    sha256: Type.String(),
    uploaded_at: Type.String(),
  },
  { $id: 'Resume', description: 'A resume of an account.' },
);

export const ticketSchema = Type.Object(
  {
    upload_id: uuidSchema('The resume will have the same id.'),
    url: Type.String({ description: 'Where to PUT the bytes: a path that needs no login.' }),
    expires_at: Type.String(),
  },
  { $id: 'UploadTicket', description: 'Permission to send one file.' },
);

export const fileLinkSchema = Type.Object(
  {
    resume_id: uuidSchema(),
    url: Type.String({ description: 'Where to GET the file: a path that needs no login.' }),
    expires_at: Type.String(),
  },
  { $id: 'FileLink', description: 'Permission to read the file of a resume.' },
);

/** The schemas that the answers of this area name. */
export const resumeSchemas = [resumeSchema, ticketSchema, fileLinkSchema];

const ticketBody = Type.Object({
  file_name: Type.String({ description: '1 to 200 characters; never used as a path.' }),
  mime_type: Type.String({ description: 'PDF, DOCX, ODT, plain text or Markdown.' }),
  size_bytes: Type.Integer({ description: '1 to 10,485,760 unless the server is set otherwise.' }),
  sha256: Type.String({ description: '64 hexadecimal digits.' }),
});
const byUsersBody = Type.Object({ user_ids: idList(), ...groupBody });

export type TicketBody = Static<typeof ticketBody>;

const tags = ['resumes'];

export const uploadResume = {
  operationId: 'uploadResume',
  summary: 'Sends a resume as the field `file` of a multipart form. Of the caller.',
  tags,
  consumes: ['multipart/form-data'],
  response: created(ref(resumeSchema)),
};

export const createUploadTicket = {
  operationId: 'createUploadTicket',
  summary: 'Asks for permission to send a file.',
  tags,
  body: ticketBody,
  response: created(ref(ticketSchema)),
};

const signed = {
  tags,
  params: idParams,
  querystring: Type.Object({
    expires: Type.Optional(Type.String()),
    signature: Type.Optional(Type.String()),
  }),
};
const refusals = { '4xx': ref(errorSchema), '5xx': ref(errorSchema) };
/** The path of the service that owns the upload. */
const elsewhere = { 307: Type.Null() };

export const receiveUpload = {
  operationId: 'receiveUpload',
  summary: 'Takes the bytes of a file, by the URL of a ticket.',
  ...signed,
  response: { 204: Type.Null(), ...refusals },
};

export const receivePart = {
  operationId: 'receiveUploadPart',
  summary: 'Takes the rest of a file, as the core protocol of tus 1.0 has it.',
  ...signed,
  response: { 204: Type.Null(), ...elsewhere, ...refusals },
};

export const tellProgress = {
  operationId: 'tellUploadProgress',
  summary: 'Tells how much of a file has come, as the core protocol of tus 1.0 has it.',
  ...signed,
  response: { 200: Type.Null(), ...elsewhere, ...refusals },
};

export const readFile = {
  operationId: 'readResumeFile',
  summary: 'Gives the file of a resume, by the URL of a link.',
  ...signed,
  // The type of the file is its own.
  response: refusals,
};

export const linkFiles = {
  operationId: 'linkResumeFiles',
  summary: 'Links to the files of resumes: of those that exist and may be seen.',
  tags,
  body: lookupBody,
  response: answers(itemsOf(fileLinkSchema)),
};

export const completeUpload = {
  operationId: 'completeUpload',
  summary: 'Turns the received file into a resume; doing it twice gives the same resume.',
  tags,
  params: idParams,
  response: answers(ref(resumeSchema)),
};

export const getResume = {
  operationId: 'getResume',
  summary: "A resume of the caller's own, or any for staff.",
  tags,
  params: idParams,
  response: answers(ref(resumeSchema)),
};

export const lookUpResumes = {
  operationId: 'lookUpResumes',
  summary: 'Resumes by id: those that exist and may be seen.',
  tags,
  body: lookupBody,
  response: answers(itemsOf(resumeSchema)),
};

export const listResumesByUsers = {
  operationId: 'listResumesByUsers',
  summary: 'The resumes of accounts, newest first.',
  tags,
  body: byUsersBody,
  response: answers(groupsOf(resumeSchema)),
};

export const listMyResumes = {
  operationId: 'listMyResumes',
  summary: 'The resumes of the caller, newest first.',
  tags,
  querystring: Type.Object(listQuery),
  response: answers(listOf(resumeSchema)),
};

export const deleteResume = {
  operationId: 'deleteResume',
  summary: 'Deletes a resume with its file and reviews.',
  tags,
  params: idParams,
  response: answers(Type.Object({ deleted_id: uuidSchema() })),
};
