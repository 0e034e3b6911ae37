"use strict";

// Relative to this page, so that it also works below a proxy's prefix.
const address = (path) => new URL(path, window.location.href).href;
const language = document.documentElement.lang;

const ui = SwaggerUIBundle({
  url: address(`openapi.json?lang=${language}`),
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  // What a schema says stands with each operation; all of them below it would be a long page.
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  oauth2RedirectUrl: address("docs/static/swagger/oauth2-redirect.html"),
  persistAuthorization: true,
  // Refusals come in the language of the page, whatever the browser is set to.
  requestInterceptor: (request) => {
    request.headers["Accept-Language"] = language;
    return request;
  },
  tryItOutEnabled: true,
  // The public validator would be told the address of an internal service.
  validatorUrl: null,
});

// A public client: PKCE stands in for the secret that a browser cannot keep.
ui.initOAuth({ clientId: "swagger-ui", clientSecret: "", usePkceWithAuthorizationCodeGrant: true });
