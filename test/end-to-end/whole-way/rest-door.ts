import {
  Fault,
  type Door,
  type Order,
  type Resume,
  type Review,
  type Session,
  type Status,
} from './door.ts';
import { ADDRESS } from './graph-documents.ts';
import {
  centsOf,
  NOT_FOUND,
  restSender,
  type Answer,
  type Reply,
  type Send,
} from './rest-request.ts';
import { restCatalogue, restStock } from './rest-shelves.ts';

/** The REST API of the monolith. @param name for people @param url of the monolith itself, or of a gateway that passes it on */
export function restDoor(name: string, url: string): Door {
  const send = restSender(url);
  return {
    name,
    ...accounts(send),
    ...restCatalogue(send),
    ...restStock(send),
    ...orders(send),
    ...resumes(send, url),
  };
}

const sessionOf = ({ status, body }: Reply): Session | null =>
  status < 300
    ? {
        accessToken: body.access_token,
        refreshToken: body.refresh_token,
        userId: body.user.user_id,
      }
    : null;

const accountOf = ({ user_id: id, email, full_name: displayName }: Answer) => ({
  id,
  email,
  displayName,
});

function accounts(send: Send) {
  return {
    register: async (email, password, full_name) =>
      sessionOf(
        await send('POST /api/auth/register', { body: { email, password, full_name } }),
      ) as Session,
    login: async (email, password) =>
      sessionOf(
        await send('POST /api/auth/login', {
          body: { email, password },
          refusals: ['BAD_LOGIN'],
        }),
      ),
    refresh: async (refresh_token) =>
      sessionOf(
        await send('POST /api/auth/refresh', {
          body: { refresh_token },
          refusals: ['BAD_REFRESH_TOKEN'],
        }),
      ),
    logout: async (refresh_token) =>
      (await send('POST /api/auth/logout', { body: { refresh_token } })).body.logged_out,
    me: async (token) => accountOf((await send('GET /api/auth/me', { token })).body),
    changeProfile: async (token, { email, displayName }) => {
      const body = {
        ...(email === undefined ? {} : { email }),
        ...(displayName === undefined ? {} : { full_name: displayName }),
      };
      return accountOf((await send('PATCH /api/auth/me', { token, body })).body);
    },
    changePassword: async (token, current_password, new_password) =>
      sessionOf(
        await send('POST /api/auth/change-password', {
          token,
          body: { current_password, new_password },
        }),
      ) as Session,
    deleteAccount: async (token, current_password) => {
      const body = { current_password };
      return (await send('POST /api/auth/delete-account', { token, body })).body.deleted_id;
    },
  } satisfies Partial<Door>;
}

const STATUSES: Readonly<Record<string, Status>> = {
  NEW: 'PLACED',
  CONF: 'CONFIRMED',
  PAID: 'PAID',
  SHIP: 'SHIPPED',
  DLVD: 'DELIVERED',
  CANC: 'CANCELLED',
  RETD: 'RETURNED',
};
const SHIP_TO = {
  name: ADDRESS.name,
  addr1: ADDRESS.line1,
  city: ADDRESS.city,
  zip: ADDRESS.postalCode,
  country: ADDRESS.country,
};
/** What each step is told beside the order. */
const SAID: Readonly<Record<string, object | undefined>> = {
  pay: { payment_token: 'tok_ok' },
  ship: { tracking_no: 'JP-1' },
  cancel: { reason: 'changed my mind' },
  return: { reason: 'too small' },
};

function orderOf({ order_id: id, status, total_amount, items }: Answer): Order {
  return {
    id,
    status: STATUSES[status] as Status,
    cents: centsOf(total_amount),
    items: items.map(({ product_id: productId, qty: quantity }: Answer) => ({
      productId,
      quantity,
    })),
  };
}

function orders(send: Send) {
  return {
    place: async (token, idem_key, product_id, qty) => {
      const body = { idem_key, items: [{ product_id, qty }], ship_to: SHIP_TO };
      const refusals = ['OUT_OF_STOCK'];
      const answer = await send('POST /api/orders', { token, body, refusals });
      return answer.status === 409 ? 'out of stock' : orderOf(answer.body);
    },
    take: async (token, id, step) => {
      const body = SAID[step];
      const call = `POST /api/orders/${id}/${step}` as const;
      return orderOf((await send(call, { token, ...(body ? { body } : {}) })).body);
    },
    order: async (token, id) => {
      const { status, body } = await send(`GET /api/orders/${id}`, { token, refusals: NOT_FOUND });
      return status === 404 ? null : orderOf(body);
    },
    orders: async (token, first) => {
      const { body } = await send(`GET /api/orders/mine?limit=${first}`, { token });
      return { total: body.total, items: body.items.map(orderOf) };
    },
  } satisfies Partial<Door>;
}

const resumeOf = ({
  resume_id: id,
  file_name: filename,
  sha256,
  size_bytes: byteSize,
}: Answer): Resume => ({ id, filename, sha256, byteSize });

function reviewOf({ review_id: id, resume_id: resumeId, state, score, sections }: Answer): Review {
  return {
    id,
    resumeId,
    status: state === 'DONE' ? 'COMPLETED' : 'FAILED',
    score,
    sections: sections.length,
  };
}

function resumes(send: Send, url: string) {
  return {
    announce: async (token, { filename, bytes, sha256 }) => {
      const body = {
        file_name: filename,
        mime_type: 'text/plain',
        size_bytes: bytes.length,
        sha256,
      };
      const ticket = (await send('POST /api/uploads/tickets', { token, body })).body;
      return { id: ticket.upload_id, url: ticket.url };
    },
    send: async (path, { bytes }) => {
      const response = await fetch(url + path, { method: 'PUT', body: bytes });
      const text = await response.text();
      if (!response.ok) throw new Fault(`the bytes are answered ${response.status} ${text}`);
    },
    complete: async (token, id) =>
      resumeOf((await send(`POST /api/uploads/${id}/complete`, { token })).body),
    sendAtOnce: async (token, { filename, bytes }) => {
      const form = new FormData();
      form.set('file', new File([bytes], filename, { type: 'text/plain' }));
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/api/uploads`, { method: 'POST', headers, body: form });
      const text = await response.text();
      if (response.ok) return resumeOf(JSON.parse(text));
      throw new Fault(`POST /api/uploads is answered ${response.status} ${text}`);
    },
    deleteResume: async (token, id) => {
      await send(`DELETE /api/resumes/${id}`, { token });
    },
    resume: async (token, id) => {
      const { status, body } = await send(`GET /api/resumes/${id}`, { token, refusals: NOT_FOUND });
      return status === 404 ? null : resumeOf(body);
    },
    resumes: async (token, first) => {
      const { body } = await send(`GET /api/resumes/mine?limit=${first}`, { token });
      return { total: body.total, items: body.items.map(resumeOf) };
    },
    requestReview: async (token, resume_id) =>
      (await send('POST /api/reviews', { token, body: { resume_id } })).body.review_id,
    review: async (token, id) => {
      const { status, body } = await send(`GET /api/reviews/${id}`, { token, refusals: NOT_FOUND });
      return status === 404 ? null : reviewOf(body);
    },
  } satisfies Partial<Door>;
}
