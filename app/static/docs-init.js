"use strict";

// Relative to this page, so that it also works below a proxy's prefix.
const address = (path) => new URL(path, window.location.href).href;

const ui = SwaggerUIBundle({
  url: address("openapi.json"),
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  oauth2RedirectUrl: address("docs/static/swagger/oauth2-redirect.html"),
  persistAuthorization: true,
  tryItOutEnabled: true,
  // The public validator would be told the address of an internal service.
  validatorUrl: null,
});

// A public client: PKCE stands in for the secret that a browser cannot keep.
ui.initOAuth({ clientId: "swagger-ui", clientSecret: "", usePkceWithAuthorizationCodeGrant: true });
