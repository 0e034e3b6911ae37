"use strict";

// Relative to this page, so that it also works below a proxy's prefix.
const address = (path) => new URL(path, window.location.href).href;
const language = document.documentElement.lang;

// Whoever has signed in with the sign-in page stays so for a shift: the session, which no script can read,
// gives this page a new token before the last one ends.
const SCHEME = "person";
const PART_OF_LIFE = 0.8; // of a token, after which it is renewed
const PATIENCE = 10_000; // milliseconds before trying again, where the service did not answer
const signOut = document.getElementById("sign-out");
let renewal = { timer: 0, due: Infinity, running: null };

const wait = (milliseconds) => {
  window.clearTimeout(renewal.timer);
  renewal = { ...renewal, timer: window.setTimeout(renew, milliseconds), due: Date.now() + milliseconds };
};

const signedIn = (token) => {
  signOut.hidden = false;
  wait(token.expires_in * 1000 * PART_OF_LIFE);
};

const signedOut = () => {
  window.clearTimeout(renewal.timer);
  renewal = { ...renewal, due: Infinity };
  if (!signOut.hidden) ui.authActions.logoutWithPersistOption([SCHEME]);
  signOut.hidden = true;
};

const ask = async () => {
  try {
    const answer = await fetch(address("oauth2/session/token"), { method: "POST" });
    if (answer.status === 204) return signedOut();
    if (!answer.ok) return wait(PATIENCE);
    const token = await answer.json();
    const schema = ui.specSelectors.securityDefinitions().get(SCHEME);
    ui.authActions.authorizeOauth2WithPersistOption({ auth: { name: SCHEME, schema }, token });
    signedIn(token);
  } catch {
    wait(PATIENCE);
  }
};

// One at a time, whoever asks: the timer, or a request that finds the token too old after a sleep.
const renew = async () => {
  renewal.running ??= ask().finally(() => { renewal.running = null; });
  await renewal.running;
};

const ui = SwaggerUIBundle({
  url: address(`openapi.json?lang=${language}`),
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  // What a schema says stands with each operation; all of them below it would be a long page, drawn slowly.
  defaultModelsExpandDepth: -1,
  // Only the groups: with more than 150 lines the page would draw those alone that are in sight.
  docExpansion: "none",
  oauth2RedirectUrl: address("docs/static/swagger/oauth2-redirect.html"),
  onComplete: renew,
  persistAuthorization: true,
  // Refusals come in the language of the page, whatever the browser is set to.
  requestInterceptor: async (request) => {
    request.headers["Accept-Language"] = language;
    return request;
  },
  // The page renews from its session: what else would renew is not for a page to keep.
  responseInterceptor: (response) => {
    if (response.ok && response.url.split("?")[0] === address("oauth2/token")) {
      const { refresh_token, ...token } = JSON.parse(response.data);
      response.data = JSON.stringify(token);
      void renew();
    }
    return response;
  },
  tryItOutEnabled: true,
  // The public validator would be told the address of an internal service.
  validatorUrl: null,
});

// A browser that slept has missed its timer.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && Date.now() >= renewal.due) void renew();
});

signOut.addEventListener("submit", () => ui.authActions.logoutWithPersistOption([SCHEME]));

// A public client: PKCE stands in for the secret that a browser cannot keep.
ui.initOAuth({
  clientId: "swagger-ui",
  clientSecret: "",
  usePkceWithAuthorizationCodeGrant: true,
  additionalQueryStringParams: { lang: language },
});
