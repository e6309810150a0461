// A certified identity provider for the tests: anybody may be whoever they type, and says how strongly when asked.
// It binds first and is then given its name, prints that on one line, and ends when its standard input does.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const audience = process.env.API_AUDIENCE;
const server = createServer();
server.listen(0, '127.0.0.1', () => start(`http://localhost:${server.address().port}`));

function start(issuer) {
  const provider = new Provider(issuer, configuration());
  // The tests' application listens wherever there is room.
  const isTheTests = (path) => (uri) => new URL(uri).hostname === 'localhost' && new URL(uri).pathname === path;
  provider.Client.prototype.redirectUriAllowed = isTheTests('/sign-in/back');
  provider.Client.prototype.postLogoutRedirectUriAllowed = isTheTests('/signed-out');
  provider.on('server_error', (ctx, error) => console.error(error));
  provider.on('backchannel.error', (ctx, error) => console.error(error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url.startsWith('/interaction/')) interact(provider, request, response).catch(console.error);
    else answer(request, response);
  });
  console.log(JSON.stringify({ issuer }));
  process.stdin.resume().on('end', () => process.exit(0));
}

function configuration() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: 'attested',
        client_secret: 'a-secret-that-only-the-tests-know-of',
        redirect_uris: ['http://localhost:8000/sign-in/back'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        backchannel_logout_session_required: true,
        ...(process.env.LOGOUT_AT ? { backchannel_logout_uri: process.env.LOGOUT_AT } : {}),
      },
      ...['hr-feed', 'lms-feed', 'stranger'].map((client_id) => ({
        client_id,
        client_secret: `the-secret-of-${client_id}-is-this-long`,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      })),
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'tests-1', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only-the-tests-know'] },
    pkce: { required: () => true },
    acrValues: ['urn:test:password', 'urn:test:security-key'],
    claims: { openid: ['sub'] },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    loadExistingGrant: consented,
    // Of itself it calls no address of this very machine, where the tests' application is.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const button = '<button name="logout" value="yes" form="op.logoutForm">Sign out everywhere</button>';
          ctx.body = page('Sign out', `${form}${button}`);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (ctx.oidc.params?.grant_type === 'client_credentials' ? audience : undefined),
        useGrantedResource: () => false,
        getResourceServerInfo: (ctx, resource) => ({
          scope: '',
          audience: resource,
          accessTokenTTL: 300,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 300, AuthorizationCode: 60 },
  };
}

async function consented(ctx) {
  const { client, session, provider } = ctx.oidc;
  const before = session.grantIdFor(client.clientId);
  if (before) return provider.Grant.find(before);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid');
  await grant.save();
  return grant;
}

async function interact(provider, request, response) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') {
    const form = '<form method="post"><label>Who are you? <input name="login" autofocus></label><button>Sign in</button></form>';
    response.writeHead(200, { 'content-type': 'text/html' }).end(page('Sign in at the force', form));
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const said = new URLSearchParams(body);
  const result = said.has('abort')
    ? { error: 'access_denied' }
    : { login: { accountId: said.get('login'), acr: said.get('acr') ?? params.acr_values?.split(' ')[0] } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function page(title, body) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title><body><main><h1>${title}</h1>${body}</main></body></html>`;
}
