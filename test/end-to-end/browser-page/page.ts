import { createFrontEnd } from '../../clients/front-end/front-end.ts';
import { MyResumesDocument } from '../../clients/resume/operations.generated.ts';
import { StoreHomeDocument } from '../../clients/store-front/operations.generated.ts';
import { announceFile, completeFile, putFile } from '../../clients/resume/upload.ts';

// A store front and a resume page in one, as small as can be. `?gateway=` says where the graph is.
const gateway = new URLSearchParams(location.search).get('gateway') ?? '';
const frontEnd = createFrontEnd({ url: gateway, name: 'store' });
const element = (selector: string) => document.querySelector(selector) as HTMLElement;
const say = (text: string) => {
  element('#status').textContent = text;
};
const items = (texts: readonly string[]) =>
  texts.map((text) => Object.assign(document.createElement('li'), { textContent: text }));

async function showProducts(): Promise<void> {
  const { data } = await frontEnd.client.query({
    query: StoreHomeDocument,
    variables: { featured: 4 },
  });
  const names = data?.products?.nodes.map(({ name }) => name) ?? [];
  element('#products').replaceChildren(...items(names));
}

function showResumes(): void {
  frontEnd.client.watchQuery({ query: MyResumesDocument }).subscribe(({ data, dataState }) => {
    if (dataState !== 'complete') return;
    const resumes = data.me?.resumes?.nodes.map(({ id, filename }) => `${filename} ${id}`) ?? [];
    element('#resumes').replaceChildren(...items(resumes));
  });
}

async function send(file: File): Promise<void> {
  say('sending');
  const { id, url } = await announceFile(frontEnd, file);
  const status = await putFile(gateway + url, file);
  const result = await completeFile(frontEnd, id);
  say(`${status} ${result?.__typename} ${id}`);
}

const told = (work: Promise<void>) => work.catch((error: unknown) => say(String(error)));

element('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const file = (element('input') as HTMLInputElement).files?.[0];
  if (file) void told(send(file));
});

async function start(): Promise<void> {
  await showProducts();
  await frontEnd.login('customer@example.com');
  showResumes();
  say('ready');
}
void told(start());
