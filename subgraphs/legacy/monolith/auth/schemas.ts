import { Type, type Static } from '@fastify/type-provider-typebox';
import { idsQuery, listQuery } from '../lists.ts';
import { idList, nullableText, ref, requestBody, uuidSchema } from '../schemas.ts';

const password = Type.String({ description: '8 to 72 bytes of UTF-8.' });
const fullName = Type.String({ description: '1 to 100 characters.' });
const lang = Type.String({ description: 'A BCP 47 language tag.' });
const token = Type.String({ description: 'A refresh token.' });

const roleSchema = Type.Union([Type.Literal('CUST'), Type.Literal('STAFF'), Type.Literal('ADM')], {
  description: 'Customer, staff or admin.',
});

export const userSchema = Type.Object(
  {
    user_id: uuidSchema(),
    email: nullableText({ description: 'Null unless the caller is this account or staff.' }),
    full_name: Type.String(),
    role: roleSchema,
    tel: nullableText({ description: 'E.164. Null unless the caller is this account or staff.' }),
    lang,
    created_at: Type.String(),
    updated_at: Type.String(),
    deleted_at: nullableText({
      description:
        'Null where it was not, and unless the caller is this account or staff. A deleted one has no email and no tel.',
    }),
  },
  { $id: 'User' },
);
export type UserAnswer = Static<typeof userSchema>;

export const sessionSchema = Type.Object(
  {
    access_token: Type.String({ description: 'A JSON Web Token for 15 minutes.' }),
    access_expires_at: Type.String(),
    refresh_token: Type.String({ description: 'For one use, within 30 days.' }),
    refresh_expires_at: Type.String(),
    user: ref(userSchema),
  },
  { $id: 'Session' },
);
export type SessionAnswer = Static<typeof sessionSchema>;

export const registerBody = requestBody({
  email: Type.String(),
  password,
  full_name: fullName,
  lang: Type.Optional(lang),
});
export type RegisterBody = Static<typeof registerBody>;

export const loginBody = requestBody({ email: Type.String(), password: Type.String() });
export type LoginBody = Static<typeof loginBody>;

export const refreshBody = requestBody({ refresh_token: token });

export const logoutAnswer = Type.Object({
  logged_out: Type.Boolean({ description: 'False when the session was unknown or had ended.' }),
});

export const logoutAllBody = requestBody({
  keep_refresh_token: Type.Optional(
    Type.String({ description: 'A refresh token of the session to keep.' }),
  ),
});

export const logoutAllAnswer = Type.Object({
  revoked: Type.Integer({ description: 'How many live sessions ended.' }),
});

export const changePasswordBody = requestBody({
  current_password: Type.String(),
  new_password: password,
});
export type ChangePasswordBody = Static<typeof changePasswordBody>;

export const profileBody = requestBody({
  email: Type.Optional(Type.String()),
  full_name: Type.Optional(fullName),
  tel: Type.Optional(nullableText({ description: 'E.164; null removes it.' })),
  lang: Type.Optional(lang),
});
export type ProfileBody = Static<typeof profileBody>;

export const deleteAccountBody = requestBody({ current_password: Type.String() });
export type DeleteAccountBody = Static<typeof deleteAccountBody>;

export const deletedAnswer = Type.Object({ deleted_id: uuidSchema() });

export const usersQuery = Type.Object({
  role: Type.Optional(roleSchema),
  q: Type.Optional(Type.String({ description: 'A part of the e-mail address or the name.' })),
  deleted_since: Type.Optional(
    Type.String({ description: 'ISO 8601: those deleted at or after, not those that are left.' }),
  ),
  ...idsQuery,
  ...listQuery,
});
export type UsersQuery = Static<typeof usersQuery>;

export const usersLookupBody = requestBody({ ids: idList() });
