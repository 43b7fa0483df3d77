// Shows /openapi.json without anything from another machine.

const COMMON = /^#\/components\/schemas\//;

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 */
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Text in which `code` is set as code. @param {string} text */
function prose(text) {
  const parts = String(text ?? '').split('`');
  return element('span', {}, ...parts.map((part, i) => (i % 2 ? element('code', {}, part) : part)));
}

/** A link to a schema. @param {string} name */
const link = (name) => element('a', { href: `#schema-${name}` }, name);

/** What a schema takes, in a few words. @param {any} schema @returns {Node|string} */
function typeOf(schema) {
  if (!schema) return '';
  if (schema.$ref) return link(schema.$ref.replace(COMMON, ''));
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several) {
    const span = element('span', {});
    several.forEach((one, i) => span.append(i ? ' or ' : '', typeOf(one)));
    return span;
  }
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array') return element('span', {}, 'list of ', typeOf(schema.items));
  const limits = ['minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'format', 'default']
    .filter((key) => schema[key] !== undefined)
    .map((key) => `${key} ${JSON.stringify(schema[key])}`);
  return [schema.type ?? 'any', ...limits].join(', ');
}

/** @param {[string, Node|string, Node|string][]} rows */
function table(rows) {
  return element('table', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell)))));
}

/** @param {any} content  by media type */
function contents(content) {
  const span = element('span', {});
  for (const [media, { schema }] of Object.entries(content ?? {})) {
    span.append(element('code', {}, media), ' ', typeOf(schema), ' ');
  }
  return span;
}

/** @param {string} path @param {string} method @param {any} operation */
function operationView(path, method, operation) {
  const view = element('section', {},
    element('h3', {}, element('span', { class: 'method' }, method.toUpperCase()), path),
    element('p', {}, element('strong', {}, `${operation.summary ?? ''}. `), prose(operation.description)));
  if (operation.parameters?.length) {
    view.append(element('h4', {}, 'Parameters'), table(operation.parameters.map((parameter) => [
      parameter.name, typeOf(parameter.schema), prose(parameter.description)])));
  }
  if (operation.requestBody) {
    view.append(element('h4', {}, 'Body'), prose(operation.requestBody.description), ' ',
      contents(operation.requestBody.content));
  }
  view.append(element('h4', {}, 'Responses'), table(Object.entries(operation.responses).map(
    ([status, response]) => [status, prose(response.description), contents(response.content)])));
  for (const [key, title] of [['x-messages-from-screen', 'From the screen'], ['x-messages-to-screen', 'To the screen']]) {
    if (operation[key]) view.append(element('h4', {}, title), typeOf(operation[key]));
  }
  return view;
}

/** @param {string} name @param {any} schema */
function schemaView(name, schema) {
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([field, of]) => [
    field + (required.has(field) ? '' : ' ?'), typeOf(of), prose(of.description)]);
  return element('section', { id: `schema-${name}` }, element('h3', {}, name),
    element('p', {}, prose(schema.description), ' ', rows.length ? '' : typeOf(schema)),
    table(/** @type {any} */ (rows)));
}

const api = await (await fetch('/openapi.json')).json();
const main = /** @type {HTMLElement} */ (document.getElementById('reference'));
main.replaceChildren(element('h1', {}, api.info.title), element('p', {}, prose(api.info.description)),
  element('p', {}, 'Machine-readable: ', element('a', { href: '/openapi.json' }, '/openapi.json')));
const topics = new Map();
for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const topic = operation.tags?.[0] ?? 'other';
    if (!topics.has(topic)) topics.set(topic, element('section', {}, element('h2', {}, topic)));
    topics.get(topic).append(operationView(path, method, operation));
  }
}
main.append(...topics.values(), element('h2', {}, 'schemas'));
for (const [name, schema] of Object.entries(api.components.schemas)) main.append(schemaView(name, schema));
